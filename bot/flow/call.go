package flow

import (
	"regexp"
	"slices"
	"strings"

	"policybot/bot/answer"
	"policybot/index/vi"
)

var (
	// wants asks for something to be worked out. "Coi thu nhập", without marks, is no "coi thử".
	wants = regexp.MustCompile(`\b(?:(?:tinh|tinh toan|xem|coi) (?:giup|dum|gium)|tinh thu (?:tien|giup|xem|coi)|kiem tra (?:giup|dum|gium|thu|xem|coi|dieu kien|nha|gia dinh|ho (?:toi|minh|em|tui)))\b`)
	// starts begins a short order to do so, such as what the flows are called.
	starts = regexp.MustCompile(`^(?:tinh (?:tien|lai|vien phi)|kiem tra ho)\b`)
	digit  = regexp.MustCompile(`\d`)
)

// Called returns the flow that a text calls for: "tính giúp tôi tiền viện phí". One with a number in
// it tells facts, and is a question.
func (f *Flows) Called(text string) (k Kind, called bool) {
	said := vi.Fold(strings.ToLower(vi.Normalize(text)))
	if digit.MatchString(said) {
		return "", false
	}
	for _, k := range f.Kinds() {
		if IsLabel(text, f.Title(k)) {
			return k, true
		}
	}
	if !wants.MatchString(said) && !(starts.MatchString(said) && IsBrief(text)) {
		return "", false
	}
	for _, k := range f.Kinds() {
		if p := f.plans[k]; p.called.MatchString(said) && (p.beside == nil || !p.beside.MatchString(said)) {
			return k, true
		}
	}
	return "", false
}

// For returns the flow that goes on from an answer, and how it is offered; offered is false when none
// does. It is the one that works with the figures that the answer shows.
func (f *Flows) For(a answer.Answer) (k Kind, label string, offered bool) {
	for _, k := range f.Kinds() {
		p := f.plans[k]
		if slices.ContainsFunc(p.figures, a.Uses) {
			return k, p.button, true
		}
	}
	return "", "", false
}
