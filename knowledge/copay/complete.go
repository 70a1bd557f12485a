package copay

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"policybot/knowledge"
)

// decides reports whether a figure is one that the rules of this package look at.
func decides(name string) bool {
	return strings.HasPrefix(name, "copay.") || strings.HasPrefix(name, "card.code.") || name == "base_salary"
}

// guess is a case with a value for every fact, and what comes out. A fact that makes no difference
// there is free: the guess stands for all its values.
type guess struct {
	Outcome
	free map[Missing]bool
}

// question is a fact that may be missing.
type question struct {
	missing Missing
	told    func(f *filler) bool // whether it is known which value it has
	// fill returns the case with each value that the fact may have and that the rules can tell apart,
	// given what was filled in before. One value where it is not looked at.
	fill func(f *filler, c Case) ([]Case, error)
	// agree reports whether two cases may have the same value.
	agree func(a, b Case) bool
}

// questions are all facts, in the order in which they decide.
var questions = []question{
	{MissingGroup, func(f *filler) bool { return f.Group.IsKnown() }, (*filler).group, func(a, b Case) bool { return slices.Equal(a.Groups, b.Groups) }},
	{MissingBill, func(f *filler) bool { return f.Bill.IsKnown() }, (*filler).bill, func(a, b Case) bool { return a.Bill == b.Bill }},
	{MissingRoute, func(f *filler) bool { return f.Route.IsKnown() }, (*filler).route, func(a, b Case) bool { return a.Route == b.Route }},
	{MissingFacility, func(f *filler) bool { return f.Facility.IsKnown() }, (*filler).facility, func(a, b Case) bool { return agreePlace(a.Facility, b.Facility) }},
	{MissingCare, func(f *filler) bool { return f.Care.IsKnown() }, (*filler).care, func(a, b Case) bool { return a.Care == b.Care }},
	{MissingFiveYears, func(f *filler) bool { return f.FiveYears.IsKnown() }, (*filler).fiveYears, func(a, b Case) bool { return a.FiveYears == b.FiveYears }},
	{MissingPaid, func(f *filler) bool { return f.Paid.IsKnown() }, (*filler).paid, func(a, b Case) bool { return a.Paid.Total == b.Paid.Total }},
	{MissingBefore, func(f *filler) bool { return f.Before.IsKnown() }, (*filler).before, func(a, b Case) bool { return a.Paid.Before == b.Paid.Before }},
	{MissingHardArea, func(f *filler) bool { return f.HardArea.IsKnown() }, (*filler).hardArea, func(a, b Case) bool { return a.HardArea == b.HardArea }},
	{MissingListed, func(f *filler) bool { return f.Listed.IsKnown() }, (*filler).listed, func(a, b Case) bool { return a.Listed == b.Listed }},
}

// agreePlace reports whether two classes may be the same: the empty one is any but the two that
// decide for everyone.
func agreePlace(a, b Facility) bool {
	return a == b || a == "" && !forAll(b) || b == "" && !forAll(a)
}

// forAll reports whether a class decides for those who were sent there as well.
func forAll(f Facility) bool { return f == Primary || f == Clinic }

// filler fills in the facts that are not known, as far as the rules of a day tell their values apart.
type filler struct {
	Facts
	library *knowledge.Library
	changed knowledge.Date  // the base salary changed then in the year; zero: it did not
	limits  []knowledge.VND // each a limit of the year, and the đồng above it
}

// complete returns the guesses for a day.
func (f Facts) complete(l *knowledge.Library, day knowledge.Date) ([]guess, error) {
	total, told := f.Paid.Value()
	if before, _ := f.Before.Value(); told && before > total {
		return nil, fmt.Errorf("%d of %d paid: %w", before, total, ErrImpossible)
	}
	fill := &filler{Facts: f, library: l}
	changed, err := ChangeIn(l, day)
	if err != nil && !errors.Is(err, knowledge.ErrNotKnown) {
		return nil, err
	}
	fill.changed = changed
	if v, err := l.Figure("copay.five_year", day); err == nil {
		fill.limits = []knowledge.VND{knowledge.VND(v.Amount.N), knowledge.VND(v.Amount.N) + 1}
	}
	return fill.expand(0, Case{Day: day, Digit: f.Digit, Outside: f.Outside})
}

// expand fills in the facts from the i-th on. Values that lead to the same are taken together.
func (f *filler) expand(i int, c Case) ([]guess, error) {
	if i == len(questions) {
		out, err := outcomeOf(f.library, c)
		return []guess{{Outcome: out}}, err
	}
	cases, err := questions[i].fill(f, c)
	if err != nil {
		return nil, err
	}
	var all [][]guess
	for _, c := range cases {
		some, err := f.expand(i+1, c)
		if err != nil {
			return nil, err
		}
		all = append(all, some)
	}
	alike := func(some []guess) bool {
		return slices.EqualFunc(some, all[0], func(g, h guess) bool { return g.alike(h, i) })
	}
	if !questions[i].told(f) && !slices.ContainsFunc(all, func(some []guess) bool { return !alike(some) }) {
		for j := range all[0] {
			all[0][j] = all[0][j].with(questions[i].missing)
		}
		return all[0], nil
	}
	return slices.Concat(all...), nil
}

// alike reports whether two guesses differ in the i-th fact only, if at all.
func (g guess) alike(h guess, i int) bool {
	if !same(g.Outcome, h.Outcome) || !maps.Equal(g.free, h.free) {
		return false
	}
	for j, q := range questions {
		if j != i && !g.free[q.missing] && !q.agree(g.Case, h.Case) {
			return false
		}
	}
	return true
}

// with returns the guess with a fact free.
func (g guess) with(m Missing) guess {
	free := map[Missing]bool{m: true}
	maps.Copy(free, g.free)
	g.free = free
	return g
}

// depends returns the facts by which some of the guesses are told apart: two that differ in their sum
// while they may agree in every other fact.
func depends(guesses []guess) []Missing {
	var all []Missing
	for i, q := range questions {
		if slices.ContainsFunc(guesses, func(g guess) bool {
			return slices.ContainsFunc(guesses, func(h guess) bool { return !same(g.Outcome, h.Outcome) && onlyIn(i, g, h) })
		}) {
			all = append(all, q.missing)
		}
	}
	return all
}

// onlyIn reports whether two guesses may agree in every fact but the i-th.
func onlyIn(i int, g, h guess) bool {
	for j, q := range questions {
		if j != i && !g.free[q.missing] && !h.free[q.missing] && !q.agree(g.Case, h.Case) {
			return false
		}
	}
	return true
}
