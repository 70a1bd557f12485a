package premium

import (
	"fmt"

	"policybot/knowledge"
)

// Settlement says what becomes of a premium that is paid already when the base salary changes.
type Settlement string

// The settlements.
const (
	NoChange    Settlement = "no_change"    // the base salary does not change in the time paid for, as far as is known
	NothingMore Settlement = "nothing_more" // no back payment and no refund
	StatePays   Settlement = "state_pays"   // the state pays all and adjusts it by itself
	NotSaid     Settlement = "not_said"     // the sources do not say
	BySalary    Settlement = "by_salary"    // goes by the salary, not by the base salary
)

// Paid is what follows from a change of the base salary for somebody who has paid.
type Paid struct {
	Settlement Settlement
	Changed    knowledge.Date // the first change in the time paid for; zero: none is known
	Basis      []knowledge.ProvisionID
}

// adjusted names the rules that say it for a group: near-poor people's own part is in none.
var adjusted = map[Group]knowledge.ProvisionID{
	Student:   "nd-188-2025/d8/k2",
	Farmer:    "nd-188-2025/d8/k2",
	Household: "nd-188-2025/d8/k3",
}

// AfterChange says what becomes of the premium of a group that was paid on a day, for some months from
// that day. The error is [knowledge.ErrNotKnown] when the base salary of the day is not known. A
// change that is not decided yet is no change.
func AfterChange(l *knowledge.Library, g Group, paid knowledge.Date, months int) (Paid, error) {
	if months < 1 {
		return Paid{}, fmt.Errorf("paid for %d months: must be at least 1", months)
	}
	if g == Worker {
		return Paid{Settlement: BySalary}, nil
	}
	v, err := l.Figure("base_salary", paid)
	if err != nil {
		return Paid{}, fmt.Errorf("base salary: %w", err)
	}
	end := addMonths(paid, months)
	next, known := l.Next("base_salary", paid)
	if !known || !v.Period.Until.Before(end) {
		return Paid{Settlement: NoChange}, nil
	}
	out := Paid{Settlement: NotSaid, Changed: next.Period.From}
	if id := adjusted[g]; id != "" && l.Provision(id).Applies.Contains(out.Changed) {
		out.Settlement, out.Basis = NothingMore, []knowledge.ProvisionID{id}
		return out, nil
	}
	support, err := l.Figure("premium."+string(g)+".support", paid)
	if err == nil && knowledge.Rate(support.Amount.N) == knowledge.Whole {
		out.Settlement, out.Basis = StatePays, support.Basis
	}
	return out, nil
}

// addMonths returns the same day some months later, or the last of that month when it is shorter.
func addMonths(d knowledge.Date, months int) knowledge.Date {
	t := d.Time()
	first := knowledge.NewDate(t.Year(), t.Month(), 1).Time().AddDate(0, months, 0)
	end := knowledge.NewDate(first.Year(), first.Month()+1, 1).AddDays(-1)
	return knowledge.NewDate(first.Year(), first.Month(), min(t.Day(), end.Time().Day()))
}
