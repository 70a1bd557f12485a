package answer

import (
	"slices"
	"strconv"

	"policybot/knowledge"
	"policybot/knowledge/copay"
	"policybot/knowledge/eligibility"
)

// Calculation is what a question that tells facts wants to be worked out.
type Calculation string

// The calculations.
const (
	AboutStatus   Calculation = "household" // is the household poor or near-poor?
	AboutSupports Calculation = "supports"  // which benefits follow for it?
	AboutPension  Calculation = "pension"   // social pension, monthly allowance
	AboutTraining Calculation = "training"
	AboutLoan     Calculation = "loan"
	AboutBill     Calculation = "copay"
	AboutPremium  Calculation = "premium"
)

// Heard is what a question tells of the person's own case, piece by piece, so that it can be shown,
// corrected and gone on with. The zero Heard is nothing.
type Heard struct {
	About Calculation
	Facts []HeardFact // in the order in which they are shown
	// Bill is what was heard of a treatment and its cost, when About is [AboutBill]; else nil.
	Bill *copay.Facts
}

// HeardFact is one piece. What is not told is not among them.
type HeardFact struct {
	// Fact names it: place, people, income (of one person in a month), lacking, status, age, pension,
	// disability, orphan, single, children, alone, amount, programme, days, km, fee, group, months,
	// salary (of a month).
	Fact string
	// Value is a number in plain digits (đồng, people, years, days, kilometres), yes, no, or a word of
	// the packages under knowledge: rural, near-poor, severe.
	Value string
	Said  string // as a person reads it
}

// Value returns the value of a fact; told is false when it was not.
func (h Heard) Value(fact string) (value string, told bool) {
	i := slices.IndexFunc(h.Facts, func(f HeardFact) bool { return f.Fact == fact })
	if i < 0 {
		return "", false
	}
	return h.Facts[i].Value, true
}

func (h *Heard) add(fact, value, said string) {
	if value != "" {
		h.Facts = append(h.Facts, HeardFact{fact, value, said})
	}
}

func (h *Heard) count(fact string, n int, said string) { h.add(fact, strconv.Itoa(n), said) }

// addPlace tells where the household lives, when that is known.
func (h *Heard) addPlace(f knowledge.Fact[eligibility.Place]) {
	if p, known := f.Value(); known {
		h.add("place", string(p), placeNames[p])
	}
}

// told writes all pieces in one line; empty when there are none.
func (h Heard) told() string {
	line := ""
	for _, f := range h.Facts {
		if f.Said == "" {
			continue
		}
		if line != "" {
			line += ", "
		}
		line += f.Said
	}
	if line == "" {
		return ""
	}
	return "Theo lời bà con: " + line + "."
}
