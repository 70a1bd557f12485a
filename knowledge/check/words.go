package check

import (
	"slices"
	"unicode/utf8"

	"policybot/knowledge"
)

const maxLabel = 24 // letters that a button has room for

var wordKinds = []knowledge.WordKind{
	knowledge.WordGroup, knowledge.WordSubject, knowledge.WordAspect, knowledge.WordCrisis,
	knowledge.WordAbuse, knowledge.WordSocial, knowledge.WordBeyond,
	knowledge.WordFiller,
}

// exclusive are the kinds of which two words never mean the same: whoever is poor is not near-poor,
// and a message settled by a word alone is settled one way. Subjects and aspects may overlap.
var exclusive = append([]knowledge.WordKind{knowledge.WordGroup}, settling...)

// settling are the kinds of words that a message is answered by alone.
var settling = []knowledge.WordKind{
	knowledge.WordCrisis, knowledge.WordAbuse, knowledge.WordSocial, knowledge.WordBeyond,
}

func (c *checker) words() {
	type saying struct {
		kind knowledge.WordKind
		says string
	}
	said := map[saying]*knowledge.Word{}
	for _, w := range c.Words {
		c.letters(w.Pos)
		c.word(w)
		if !slices.Contains(exclusive, w.Kind) {
			continue
		}
		for i, s := range w.Says {
			key := saying{w.Kind, same(s)}
			if other := said[key]; other != nil && !related(w, other) {
				c.report(ruleSharedWord, s+": "+other.ID+", "+w.ID, w.Pos, "says", i)
			}
			said[key] = w
		}
	}
}

func (c *checker) word(w *knowledge.Word) {
	if !slices.Contains(wordKinds, w.Kind) {
		c.report(ruleUnknownKind, string(w.Kind), w.Pos, "kind")
	}
	c.required(w.Pos, map[string]bool{
		"says": len(w.Says) > 0, "card": w.Card != "" || !slices.Contains(settling, w.Kind),
	})
	if w.Card != "" && c.Card(w.Card) == nil {
		c.report(ruleUnknownCard, string(w.Card), w.Pos, "card")
	}
	if utf8.RuneCountInString(w.Label) > maxLabel {
		c.report(ruleLongLabel, w.Label, w.Pos, "label")
	}
	for i, id := range w.Implies {
		if c.Word(id) == nil {
			c.report(ruleUnknownWord, id, w.Pos, "implies", i)
		}
	}
}

// related reports whether one of two words is the broader notion of the other.
func related(a, b *knowledge.Word) bool {
	return slices.Contains(a.Implies, b.ID) || slices.Contains(b.Implies, a.ID)
}
