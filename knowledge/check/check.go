// Package check reads content the way a careful colleague would: it finds what is well formed and
// still wrong, such as a citation that leads nowhere, a figure typed into an answer, or law cited
// for days it does not apply to. Each finding has a file, a line, a rule with a stable name, and a
// sentence that says what to do.
package check

import (
	"cmp"
	"slices"

	"policybot/knowledge"
)

// Severity says whether content with a finding may be used.
type Severity string

const (
	// Error: a resident could be told something wrong, or the files contradict each other.
	Error Severity = "error"
	// Warning: somebody should look, as at a fact nobody has confirmed for long. Findings in cards
	// marked draft are warnings too, since nobody is shown a draft.
	Warning Severity = "warning"
)

// Finding is a fault of the content and how much it matters.
type Finding struct {
	knowledge.Fault
	Severity Severity
}

// Run returns everything that is wrong with the content, by file and line; nothing when it is
// sound. Freshness is counted from today.
func Run(l *knowledge.Library, today knowledge.Date) []Finding {
	c := &checker{Library: l, today: today, seen: map[knowledge.Fault]bool{}}
	for _, d := range l.Documents {
		c.document(d)
	}
	for _, f := range l.Figures {
		c.figure(f)
	}
	for _, card := range l.Cards {
		before := len(c.found)
		c.card(card)
		if card.Draft {
			soften(c.found[before:])
		}
	}
	for _, p := range l.Procedures {
		c.procedure(p)
	}
	c.blocks(l.Blocks)
	c.wordings()
	c.wards()
	c.words()
	c.freshness()
	c.sort()
	return c.found
}

// Blocks returns the blocks of what there is not, which keep nothing back.
func Blocks(l *knowledge.Library, blocks knowledge.Blocks) []Finding {
	c := &checker{Library: l, seen: map[knowledge.Fault]bool{}}
	c.blocks(blocks)
	return c.found
}

func (c *checker) blocks(blocks knowledge.Blocks) {
	for _, b := range blocks {
		if c.BlockableAs(b.Item) == "" {
			c.report(ruleBlocked, b.Item, b.Pos, "item")
		}
	}
}

func (c *checker) sort() {
	slices.SortStableFunc(c.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Rule, b.Rule))
	})
}

// checker gathers the findings of one run.
type checker struct {
	*knowledge.Library
	today knowledge.Date
	found []Finding
	seen  map[knowledge.Fault]bool
}

// report notes that the part of an item that path leads to breaks a rule.
func (c *checker) report(rule, detail string, at knowledge.Pos, path ...any) {
	c.add(knowledge.Fault{File: at.File, Line: at.Line(path...), Rule: rule, Detail: detail}, Error)
}

// warn is report for what only ought to be looked at.
func (c *checker) warn(rule, detail string, at knowledge.Pos, path ...any) {
	c.add(knowledge.Fault{File: at.File, Line: at.Line(path...), Rule: rule, Detail: detail}, Warning)
}

// add notes a fault, once.
func (c *checker) add(f knowledge.Fault, s Severity) {
	if !c.seen[f] {
		c.seen[f] = true
		c.found = append(c.found, Finding{f, s})
	}
}

func soften(found []Finding) {
	for i := range found {
		found[i].Severity = Warning
	}
}
