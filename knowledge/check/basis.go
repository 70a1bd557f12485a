package check

import (
	"regexp"
	"slices"

	"policybot/knowledge"
)

// basis reports provisions of a list that do not exist or stand there twice.
func (c *checker) basis(ids []knowledge.ProvisionID, at knowledge.Pos, path ...any) {
	for i, id := range ids {
		here := append(slices.Clip(path), i)
		if c.Provision(id) == nil {
			c.report(ruleUnknownProvision, string(id), at, here...)
		}
		if slices.Index(ids, id) < i {
			c.report(ruleRepeatedBasis, string(id), at, here...)
		}
	}
}

// pageBasis compares the days and the place of a page with those of the law it cites.
func (c *checker) pageBasis(p page) {
	c.basis(p.basis, p.pos, "basis")
	if len(p.basis) == 0 {
		if p.states() {
			c.report(ruleNoBasis, p.id, p.pos)
		}
		return
	}
	if !p.states() || p.applies.IsEmpty() {
		return // what is not answered may well name law of other days or places
	}
	for i, id := range p.basis {
		law := c.Provision(id)
		switch {
		case law == nil:
		case !touch(law.Applies, p.applies):
			c.report(ruleBasisNever, string(id), p.pos, "basis", i)
		case law.Place == knowledge.OtherProvince:
			c.report(ruleOtherProvince, string(id), p.pos, "basis", i)
		}
	}
	main := c.applying(c.mainLine(p.basis))
	if gap, some := uncovered(p.applies, main); some && len(main) > 0 {
		c.report(ruleBasisGap, gap.String(), p.pos, "basis")
	}
}

// mainLine returns the main provision of a basis, which is its first, with those that carry on from
// it: of the same document, or of one that replaces, amends or repeals it or the other way round.
func (c *checker) mainLine(basis []knowledge.ProvisionID) []knowledge.ProvisionID {
	line := basis[:1:1]
	for grown := true; grown; {
		grown = false
		for _, id := range basis {
			if !slices.Contains(line, id) && slices.ContainsFunc(line, func(in knowledge.ProvisionID) bool {
				return c.follows(in.Document(), id.Document())
			}) {
				line, grown = append(line, id), true
			}
		}
	}
	return line
}

// follows reports whether one of two documents takes the place of the other.
func (c *checker) follows(a, b knowledge.DocumentID) bool {
	return a == b || c.succeeds(a, b) || c.succeeds(b, a)
}

func (c *checker) succeeds(newer, older knowledge.DocumentID) bool {
	d := c.Document(newer)
	return d != nil && slices.ContainsFunc(d.Relations, func(r knowledge.Relation) bool {
		return r.Replaces == older || r.Amends == older || r.Repeals == older || r.Consolidates == older
	})
}

// hedge is how an answer says that something is not established.
var hedge = regexp.MustCompile(`(?i)xác nhận|kiểm chứng|chưa chắc|chưa đối chiếu|chưa rõ`)

// unconfirmed reports law of confidence C behind a page that states it as fact. What the page shows
// of figures is with its texts.
func (c *checker) unconfirmed(p page, shown string) {
	if !p.states() || hedge.MatchString(shown) {
		return
	}
	if p.confidence == knowledge.Unconfirmed {
		c.report(ruleUnconfirmedFact, p.id, p.pos, "confidence")
	}
	for i, id := range p.basis {
		if law := c.Provision(id); law != nil && law.Confidence == knowledge.Unconfirmed {
			c.report(ruleUnconfirmedFact, string(id), p.pos, "basis", i)
		}
	}
}
