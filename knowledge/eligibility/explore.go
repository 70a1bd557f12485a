package eligibility

import (
	"errors"
	"slices"

	"policybot/knowledge"
)

// decider is the rule of one benefit: it asks the case for facts in the order that decides soonest,
// and is run for every way to fill in those that are not known.
type decider func(c *oneCase) outcome

// outcome is what a case comes to, with the provisions it rests on. The zero outcome says that the
// sources do not tell.
type outcome struct {
	verdict Verdict
	way     Way
	basis   [2]knowledge.ProvisionID
}

var unread = outcome{verdict: CannotConclude}

// explorer runs a decider over all completions of what is known.
type explorer struct {
	library   *knowledge.Library
	day       knowledge.Date
	household Household
	member    Member
	decide    decider

	ages    []int // of the day, see ageEdges
	used    []knowledge.Value
	decided []Missing
	err     error
}

// pick fixes a fact that is not known to the i-th of the values it may have.
type pick struct {
	fact Missing
	i    int
}

// oneCase is a household in which the facts are known as far as they have been picked. Once a fact
// comes up that has not been, the rest of the run counts for nothing.
type oneCase struct {
	*explorer
	picked  []pick
	open    Missing // the first fact that has not been picked
	choices int
}

// choose returns the value of a fact.
func choose[T comparable](c *oneCase, what Missing, f Fact[T], all []T) T {
	may := f.Among(all)
	if f.Told() && c.open == "" && !slices.Contains(c.decided, what) {
		c.decided = append(c.decided, what)
	}
	if len(may) == 1 {
		return may[0]
	}
	for _, p := range c.picked {
		if p.fact == what {
			return may[p.i]
		}
	}
	if c.open == "" {
		c.open, c.choices = what, len(may)
	}
	return may[0]
}

// is reports whether something is so of the case.
func (c *oneCase) is(what Missing, f Fact[bool]) bool { return choose(c, what, f, yesNo) }

// figure returns a figure of the day; ok is false when the sources have none.
func (c *oneCase) figure(name string) (n int64, ok bool) {
	v, err := c.library.Figure(name, c.day)
	switch {
	case errors.Is(err, knowledge.ErrNotKnown):
		return 0, false
	case err != nil:
		c.err = err
		return 0, false
	}
	if c.open == "" && !slices.ContainsFunc(c.used, func(w knowledge.Value) bool { return w.Name == v.Name }) {
		c.used = append(c.used, v)
	}
	return v.Amount.N, true
}

// ageFigures are the ages that rules ask about.
var ageFigures = []string{"insurance.child_under", "child.under", "training.age.min", "social_pension.age", "social_pension.age_poor",
	"allowance.age.small", "allowance.age.older", "allowance.age.oldest", "funeral.age"}

// ageEdges are enough ages to tell apart whatever the rules do.
func (x *explorer) ageEdges() []int {
	all := []int{0}
	for _, name := range ageFigures {
		v, err := x.library.Figure(name, x.day)
		if errors.Is(err, knowledge.ErrNotKnown) {
			continue
		}
		if err != nil {
			x.err = err
		}
		all = append(all, int(v.Amount.N)-1, int(v.Amount.N))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// branch is what the completions of some picked facts come to: an outcome, or a fact that tells
// several branches apart.
type branch struct {
	outcome
	fact     Missing // empty: the outcome is it
	branches []branch
}

// explore runs the decider for all completions of the picked facts. A fact whose values all come to
// the same tells nothing apart, and is left out.
func (x *explorer) explore(picked []pick) branch {
	c := &oneCase{explorer: x, picked: picked}
	out := x.decide(c)
	if c.open == "" {
		return branch{outcome: x.grounded(out)}
	}
	b := branch{fact: c.open}
	for i := range c.choices {
		b.branches = append(b.branches, x.explore(append(slices.Clip(picked), pick{c.open, i})))
	}
	if !slices.ContainsFunc(b.branches, func(other branch) bool { return !other.equal(b.branches[0]) }) {
		return b.branches[0]
	}
	return b
}

func (b branch) equal(other branch) bool {
	return b.fact == other.fact && b.outcome == other.outcome && slices.EqualFunc(b.branches, other.branches, branch.equal)
}

// collect gathers all outcomes, and the facts that tell them apart in the order they are asked for.
func (b branch) collect() (outcomes []outcome, missing []Missing) {
	if b.fact == "" {
		return []outcome{b.outcome}, nil
	}
	missing = []Missing{b.fact}
	for _, below := range b.branches {
		o, m := below.collect()
		outcomes, missing = union(outcomes, o), union(missing, m)
	}
	return outcomes, missing
}

func union[T comparable](all, more []T) []T {
	for _, v := range more {
		if !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

// grounded turns an outcome that rests on nothing in force on the day into one that the sources do
// not tell.
func (x *explorer) grounded(out outcome) outcome {
	if out.verdict == CannotConclude || len(x.inForce(out)) == 0 {
		return unread
	}
	return out
}

// inForce returns the provisions of an outcome that apply on the day.
func (x *explorer) inForce(out outcome) []knowledge.ProvisionID {
	return slices.DeleteFunc(slices.Clone(out.basis[:]), func(id knowledge.ProvisionID) bool {
		p := x.library.Provision(id)
		return p == nil || !p.Applies.Contains(x.day)
	})
}

// entitlement explores everything, and says what all of it comes to.
func (x *explorer) entitlement() (Entitlement, error) {
	x.used, x.decided, x.ages = nil, nil, x.ageEdges()
	outcomes, missing := x.explore(nil).collect()
	out := Entitlement{Missing: missing, Decided: x.decided, Used: x.used, Verdict: outcomes[0].verdict}
	for _, o := range outcomes {
		if o.verdict != out.Verdict {
			out.Verdict = CannotConclude
		}
		out.Basis = union(out.Basis, x.inForce(o))
		if o.verdict != CannotConclude {
			out.Ways = union(out.Ways, []Way{o.way})
		}
	}
	if slices.Contains(outcomes, unread) {
		out.Missing = append(out.Missing, MissingSources)
	}
	return out, x.err
}

// changes returns the next verdict that another age brings, and the next that another day does.
func (x *explorer) changes(now Entitlement) ([]Change, error) {
	if now.Verdict == CannotConclude {
		return nil, nil
	}
	var all []Change
	if age, known := x.member.Age.Value(); known && slices.Contains(now.Decided, MissingAge) {
		for _, older := range x.ages {
			if older <= age {
				continue
			}
			later := *x
			later.member.Age = knowledge.Known(older)
			then, err := later.entitlement()
			if err != nil {
				return nil, err
			}
			if then.Verdict != now.Verdict {
				all = append(all, Change{Age: older, Verdict: then.Verdict})
				break
			}
		}
	}
	for _, day := range x.turns(now) {
		later := *x
		later.day = day
		then, err := later.entitlement()
		if err != nil {
			return nil, err
		}
		if then.Verdict != now.Verdict {
			return append(all, Change{On: day, Verdict: then.Verdict}), nil
		}
	}
	return all, nil
}

// turns returns the days on which something that an entitlement rests on ends, in order.
func (x *explorer) turns(now Entitlement) []knowledge.Date {
	var days []knowledge.Date
	for _, v := range now.Used {
		days = append(days, v.Period.Until)
	}
	for _, id := range now.Basis {
		days = append(days, x.library.Provision(id).Applies.Until)
	}
	days = slices.DeleteFunc(days, func(d knowledge.Date) bool { return !x.day.Before(d) })
	slices.SortFunc(days, knowledge.Date.Compare)
	return slices.Compact(days)
}
