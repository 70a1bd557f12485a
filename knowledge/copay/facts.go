package copay

import (
	"errors"
	"fmt"
	"slices"

	"policybot/knowledge"
)

// Facts are what is known of a visit. Each fact may be unknown, which is no value of its own.
type Facts struct {
	Day knowledge.Date // of the visit, or the day among Days whose rules are cited
	// Days are those of a stay, or those among which the visit lies; zero: just Day.
	Days  knowledge.Period
	Group knowledge.Fact[Group]
	Also  []Group // other groups that the patient belongs to as well; the best of all counts
	Digit int     // see [Code.Digit]; 0: none told
	Bill  knowledge.Fact[knowledge.VND]
	// Outside is what the insurance does not cover, as far as it was told: Settle is about the
	// covered part of the bill.
	Outside   knowledge.VND
	Care      knowledge.Fact[Care]
	Route     knowledge.Fact[Route]
	Facility  knowledge.Fact[Facility] // known and empty: neither Primary nor Clinic
	Listed    knowledge.Fact[bool]
	HardArea  knowledge.Fact[bool]
	FiveYears knowledge.Fact[bool]
	Paid      knowledge.Fact[knowledge.VND] // see [Paid.Total]
	Before    knowledge.Fact[knowledge.VND] // see [Paid.Before]
}

// Missing is a fact that could change what comes out.
type Missing string

// What may be missing, in the order in which it decides. The day is missing when the days of a stay
// come to different sums: which of them counts is not in the sources; policy/README ruling 13.
const (
	MissingGroup     Missing = "group"
	MissingBill      Missing = "bill"
	MissingRoute     Missing = "route"
	MissingFacility  Missing = "facility"
	MissingCare      Missing = "care"
	MissingFiveYears Missing = "five_years"
	MissingPaid      Missing = "paid"
	MissingBefore    Missing = "paid_before"
	MissingHardArea  Missing = "hard_area"
	MissingListed    Missing = "listed"
	MissingDay       Missing = "day"
)

// Outcome is a sum that may come out, on the days of a stretch.
type Outcome struct {
	Days  knowledge.Period // among those of the facts
	Case  Case             // one way to fill in the facts that leads to it; its day is cited
	Known bool             // false: for that case the sources have no rule, and Result is zero
	Result
}

// Finding is what follows from facts.
type Finding struct {
	// Outcomes are the different sums that may come out, by stretches of days and then the least
	// first; what the sources do not say comes last. There is one exactly when nothing is missing.
	Outcomes []Outcome
	// Missing is what could change the sum, the most decisive first; empty when all is settled.
	Missing []Missing
}

// Settled returns the one outcome of a finding that has no other.
func (f Finding) Settled() (out Outcome, settled bool) {
	if len(f.Outcomes) != 1 {
		return Outcome{}, false
	}
	return f.Outcomes[0], true
}

// Range returns the least and the most that the patient may pay among the outcomes that are known;
// whole is false when there are others.
func (f Finding) Range() (least, most knowledge.VND, whole bool) {
	whole, first := true, true
	for _, o := range f.Outcomes {
		if !o.Known {
			whole = false
			continue
		}
		if first {
			least, most, first = o.Patient, o.Patient, false
		}
		least, most = min(least, o.Patient), max(most, o.Patient)
	}
	return least, most, whole
}

// Settle says what the patient pays. It is open exactly when two ways to fill in what is not known
// come to different sums of the patient. When the bill is not known and the patient pays nothing of
// any, the fund's sum is zero as well. The errors are those of [Share], for facts that lead nowhere
// else.
func Settle(l *knowledge.Library, f Facts) (Finding, error) {
	days := f.Days
	if days == (knowledge.Period{}) {
		days = knowledge.Period{From: f.Day, Until: f.Day.AddDays(1)}
	}
	if days.IsEmpty() || days.Until.IsZero() || !days.Contains(f.Day) {
		return Finding{}, fmt.Errorf("the days %s of %s: %w", days, f.Day, ErrImpossible)
	}
	var all Finding
	missing := map[Missing]bool{}
	for _, stretch := range stretches(l, days) {
		guesses, err := f.complete(l, f.cited(stretch))
		if err != nil {
			return Finding{}, err
		}
		if len(guesses) == 0 {
			return Finding{}, fmt.Errorf("facts that exclude each other: %w", ErrImpossible)
		}
		for _, m := range depends(guesses) {
			missing[m] = true
		}
		all.add(stretch, distinct(guesses), f.Day)
	}
	all.Missing = sorted(missing)
	if slices.ContainsFunc(all.Outcomes, func(o Outcome) bool { return o.Days != all.Outcomes[0].Days }) {
		all.Missing = append(all.Missing, MissingDay)
	}
	if out, settled := all.Settled(); settled && !out.Known {
		_, err := Share(l, out.Case)
		return Finding{}, err
	}
	return all, nil
}

// add appends the outcomes of the days from the start of a stretch. When they are those of the days
// before it, both are one stretch, which cites the law of the day asked about.
func (f *Finding) add(stretch knowledge.Period, next []Outcome, asked knowledge.Date) {
	for i := range next {
		next[i].Days = stretch
	}
	if len(f.Outcomes) == 0 {
		f.Outcomes = next
		return
	}
	last := f.Outcomes[len(f.Outcomes)-1].Days
	start := slices.IndexFunc(f.Outcomes, func(o Outcome) bool { return o.Days == last })
	before := f.Outcomes[start:]
	if !slices.EqualFunc(before, next, same) {
		f.Outcomes = append(f.Outcomes, next...)
		return
	}
	if !asked.Before(stretch.From) {
		copy(before, next)
	}
	for i := range before {
		before[i].Days = knowledge.Period{From: last.From, Until: stretch.Until}
	}
}

// cited returns the day of a stretch whose rules are cited: the day asked about, or the one nearest to
// it.
func (f Facts) cited(stretch knowledge.Period) knowledge.Date {
	switch {
	case stretch.Contains(f.Day):
		return f.Day
	case f.Day.Before(stretch.From):
		return stretch.From
	}
	return stretch.Last()
}

// same reports whether two outcomes are the same sum.
func same(o, p Outcome) bool { return o.Known == p.Known && o.Patient == p.Patient }

// distinct returns one guess for each sum, the least first.
func distinct(guesses []guess) []Outcome {
	var all []Outcome
	for _, g := range guesses {
		if !slices.ContainsFunc(all, func(o Outcome) bool { return same(o, g.Outcome) }) {
			all = append(all, g.Outcome)
		}
	}
	slices.SortStableFunc(all, func(o, p Outcome) int {
		switch {
		case o.Known != p.Known:
			return map[bool]int{true: -1, false: 1}[o.Known]
		case o.Patient < p.Patient:
			return -1
		case o.Patient > p.Patient:
			return 1
		}
		return 0
	})
	return all
}

// sorted returns what is missing in the order in which it decides.
func sorted(missing map[Missing]bool) []Missing {
	var all []Missing
	for _, q := range questions {
		if missing[q.missing] {
			all = append(all, q.missing)
		}
	}
	return all
}

// stretches cuts the days where a figure changes.
func stretches(l *knowledge.Library, days knowledge.Period) []knowledge.Period {
	starts := []knowledge.Date{days.From}
	for _, f := range l.Figures {
		if !decides(f.Name) {
			continue
		}
		edges := []knowledge.Date{}
		for _, v := range f.Values {
			edges = append(edges, v.From, v.Until)
		}
		if !f.KnownUntil.IsZero() {
			edges = append(edges, f.KnownUntil.AddDays(1))
		}
		for _, d := range edges {
			if days.Contains(d) && !slices.Contains(starts, d) {
				starts = append(starts, d)
			}
		}
	}
	slices.SortFunc(starts, knowledge.Date.Compare)
	var all []knowledge.Period
	for i, d := range starts {
		p := knowledge.Period{From: d, Until: days.Until}
		if i+1 < len(starts) {
			p.Until = starts[i+1]
		}
		all = append(all, p)
	}
	return all
}

// outcomeOf works out a case; what the sources do not say is an outcome too.
func outcomeOf(l *knowledge.Library, c Case) (Outcome, error) {
	r, err := Share(l, c)
	if errors.Is(err, knowledge.ErrNotKnown) {
		return Outcome{Case: c}, nil
	}
	return Outcome{Case: c, Known: true, Result: r}, err
}
