// Package eligibility says what a household is by the poverty standard (chuẩn nghèo) of a day, and
// which benefits follow for whom, from facts of which each may be unknown.
package eligibility

import (
	"errors"
	"fmt"
	"slices"

	"policybot/knowledge"
)

// Fact is a fact of a household or of somebody in it.
type Fact[T any] = knowledge.Fact[T]

// Place is which of the two lines a household is measured by.
type Place string

// The places of the poverty lines, as the figures are named.
const (
	Rural Place = "rural" // nông thôn: xã
	Urban Place = "urban" // thành thị: phường
)

var places = []Place{Rural, Urban}

// PlaceOf returns the place of a kind of ward; policy/README ruling 2.
func PlaceOf(kind knowledge.WardKind) Place {
	if kind == knowledge.Phuong {
		return Urban
	}
	return Rural
}

// Facts are what is known of a household to tell its poverty status.
type Facts struct {
	Income  Fact[knowledge.VND] // of one person in one month, see [PerHead]
	Place   Fact[Place]
	Lacking Fact[int] // how many indicators of basic services it lacks
	// Lacks are the indicators it lacks by dimension, for whom no count of all is known; both
	// together may not contradict each other.
	Lacks Deprivations
}

// PerHead returns the income of one person in one month, from what all of them have in some months.
// It is rounded up to the đồng: that is above a line exactly when the true quotient is. People and
// months must be at least 1.
func PerHead(total knowledge.VND, people, months int) knowledge.VND {
	shares := knowledge.VND(people * months)
	return (total + shares - 1) / shares
}

// PovertyStatus is what a household is.
type PovertyStatus string

// What a household may be. Poor and near-poor share one income line; what the household lacks tells
// them apart. Nobody is [Escaped] by their facts: the commune has to have said so.
const (
	Poor          PovertyStatus = "poor"           // hộ nghèo
	NearPoor      PovertyStatus = "near-poor"      // hộ cận nghèo
	Escaped       PovertyStatus = "escaped"        // hộ mới thoát nghèo
	AverageLiving PovertyStatus = "average-living" // hộ có mức sống trung bình
	None          PovertyStatus = "none"           // above the average-living standard, too
	AboveLine     PovertyStatus = "above-line"     // neither poor nor near-poor; no more is known that day
	Unknown       PovertyStatus = "unknown"        // the facts allow several of the others
)

// Missing is something that would help to reach a verdict.
type Missing string

// What may be missing to tell the status. The indicators are missing in the sources: no resident can
// tell them.
const (
	MissingIncome     Missing = "income"
	MissingPlace      Missing = "place"
	MissingLacking    Missing = "lacking"
	MissingIndicators Missing = "indicators" // what counts as lacking on that day
)

// Finding is what follows from the facts.
type Finding struct {
	Verdict  PovertyStatus
	Possible []PovertyStatus // all that the facts allow, never Unknown; one exactly when there is a verdict
	// Missing is what could change the verdict, the most useful first; empty when there is a verdict.
	Missing []Missing
	// Ask are the dimensions still to be asked about when MissingLacking is missing, in their order.
	Ask  []Dimension
	Used []knowledge.Value // the figures it rests on, the income lines first
}

// ErrImpossible says that a fact cannot be: less than nothing, or a place that has no line.
var ErrImpossible = errors.New("no household is like that")

// Status returns what a household is on a day. The verdict is Unknown exactly when two ways to fill
// in what is not known disagree. The error is [knowledge.ErrNotKnown] when there is no income line
// for the day, and [ErrImpossible] for facts that cannot be.
func Status(l *knowledge.Library, on knowledge.Date, f Facts) (Finding, error) {
	s, err := standardOn(l, on)
	if err != nil {
		return Finding{}, fmt.Errorf("status of a household: %w", err)
	}
	cases, err := s.completions(f)
	if err != nil {
		return Finding{}, fmt.Errorf("status of a household: %w", err)
	}
	out := Finding{Verdict: Unknown, Used: s.used(cases)}
	for _, c := range cases {
		if v := s.verdict(c); !slices.Contains(out.Possible, v) {
			out.Possible = append(out.Possible, v)
		}
	}
	if len(out.Possible) == 1 {
		out.Verdict = out.Possible[0]
		return out, nil
	}
	out.Missing = s.missing(f, cases)
	if slices.Contains(out.Missing, MissingLacking) {
		out.Ask = f.Lacks.open()
	}
	return out, nil
}

// missing returns the unknown facts by which some of the cases are told apart. The income comes
// first, because beyond the line nothing else counts, and then what decides the line.
func (s *standard) missing(f Facts, cases []household) []Missing {
	var all []Missing
	if _, known := f.Income.Value(); !known && s.dependsOn(cases, func(h *household) { h.income = 0 }) {
		all = append(all, MissingIncome)
	}
	if _, known := f.Place.Value(); !known && s.dependsOn(cases, func(h *household) { h.place = "" }) {
		all = append(all, MissingPlace)
	}
	if s.dependsOn(cases, func(h *household) { h.lacking = 0 }) {
		why := MissingLacking
		if !s.countable() {
			why = MissingIndicators
		}
		all = append(all, why)
	}
	return all
}

// dependsOn reports whether two cases differ in their verdict that are alike once a fact is blanked.
func (s *standard) dependsOn(cases []household, blank func(*household)) bool {
	seen := map[household]PovertyStatus{}
	for _, c := range cases {
		v := s.verdict(c)
		blank(&c)
		if before, met := seen[c]; met && before != v {
			return true
		}
		seen[c] = v
	}
	return false
}
