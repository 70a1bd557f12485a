package answer

import (
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/eligibility"
)

// WordsIn returns the IDs of the domain's words in a text, in their order.
func (a *Answerer) WordsIn(text string) []string {
	var ids []string
	for _, w := range a.read(Question{Text: text}).words {
		ids = append(ids, w.ID)
	}
	return ids
}

// PlaceIn returns whether a text names a ward that is urban or one that is rural; now says what a
// former unit it names is today, empty when it names none.
func (a *Answerer) PlaceIn(text string) (place eligibility.Fact[eligibility.Place], now string) {
	return a.placeIn(a.read(Question{Text: text}).tokens)
}

// CountIn returns the one whole number of people that a text tells, in digits or in words: "4", "nhà
// bốn người". told is false when it tells none, or several.
func (a *Answerer) CountIn(text string) (n int, told bool) {
	tokens := a.read(Question{Text: text, AsTyped: true}).tokens
	if n, told = peopleIn(tokens); told {
		return n, true
	}
	n = countBefore(tokens)
	return n, n > 0 && !slices.ContainsFunc(tokens, func(t token) bool { return !isNumeral(t) })
}

// isNumeral reports whether a token belongs to a number, or is the "dạ" before it. What bears marks
// must bear those of the number: "đông lắm" is not five.
func isNumeral(t token) bool {
	const said = " một mốt hai ba bốn tư năm lăm sáu bảy bẩy tám chín mười mươi chục dạ người "
	if isNumber(t) {
		return true
	}
	if t.text == t.fold {
		return strings.Contains(vi.Fold(said), " "+t.fold+" ")
	}
	return strings.Contains(said, " "+t.text+" ")
}

// Uses reports whether an answer shows a figure whose name starts so.
func (out Answer) Uses(prefix string) bool {
	return slices.ContainsFunc(out.used, func(v knowledge.Value) bool { return strings.HasPrefix(v.Name, prefix) })
}

// Ground is what an answer that rules have worked out rests on.
type Ground struct {
	Basis   []knowledge.ProvisionID // the rules themselves
	Used    []knowledge.Value       // the figures of the law behind its numbers
	Besides []knowledge.ProvisionID // what stands beside it, as a procedure
	Told    []knowledge.Value       // what the resident told, and what arithmetic has made of it
}

// Rest sets what an answer rests on, and what is to be noted of it. It refuses one with a number that
// stands in none of the provisions and figures, and that was not told either.
func (a *Answerer) Rest(out *Answer, g Ground, today knowledge.Date) error {
	out.Provisions = nil
	for _, some := range [][]*knowledge.Provision{a.basis(&knowledge.Card{Basis: g.Basis}, g.Used, out.Day), a.basis(&knowledge.Card{Basis: g.Besides}, nil, out.Day)} {
		for _, p := range some {
			if !slices.Contains(out.Provisions, p) {
				out.Provisions = append(out.Provisions, p)
			}
		}
	}
	card := &knowledge.Card{ID: "rule"}
	out.Notes, out.used = a.notes(card, out, g.Used, today), g.Used
	said := *out
	said.Card = card // the guard names the card it refuses
	return a.guard(&said, append(slices.Clone(g.Told), g.Used...))
}
