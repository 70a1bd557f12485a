package copay

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"policybot/knowledge"
)

// each returns the case with each of the values put into it.
func each[T any](c Case, all []T, put func(*Case, T)) []Case {
	var cases []Case
	for _, v := range all {
		put(&c, v)
		cases = append(cases, c)
	}
	return cases
}

// group fills in the group of the patient: one for each level there is on the day, the lowest first and
// what is not known last.
func (f *filler) group(c Case) ([]Case, error) {
	level := map[Group]int64{}
	var all []Group
	for _, g := range f.Group.Among(Groups()) {
		v, err := f.library.Figure(g.Figure(), c.Day)
		if err != nil && !errors.Is(err, knowledge.ErrNotKnown) {
			return nil, err
		}
		level[g] = math.MaxInt64 // not known
		if err == nil {
			level[g] = v.Amount.N
		}
		if !slices.ContainsFunc(all, func(h Group) bool { return level[g] == level[h] }) {
			all = append(all, g)
		}
	}
	slices.SortStableFunc(all, func(g, h Group) int { return cmp.Compare(level[g], level[h]) })
	return each(c, all, func(c *Case, g Group) { c.Groups = append([]Group{g}, f.Also...) }), nil
}

// bill fills in the bill: one on each side of the threshold.
func (f *filler) bill(c Case) ([]Case, error) {
	const large = 10_000_000 // đồng: any sum that is no small bill
	small := knowledge.VND(1)
	if v, err := f.library.Figure("copay.small_bill", c.Day); err == nil {
		small = knowledge.VND(v.Amount.N) - 1
	}
	return each(c, f.Bill.Among([]knowledge.VND{small, large}), func(c *Case, v knowledge.VND) { c.Bill = v }), nil
}

func (f *filler) route(c Case) ([]Case, error) {
	return each(c, f.Route.Among([]Route{Registered, Emergency, SelfReferred}), func(c *Case, r Route) { c.Route = r }), nil
}

// facility fills in the class of the facility: all of them for those who refer themselves, else the
// two that decide for everyone, and any other. The empty one stands for all that are neither.
func (f *filler) facility(c Case) ([]Case, error) {
	told := f.Facility.Among([]Facility{Primary, Clinic, ""})
	var places []Facility
	for _, p := range told {
		if p != "" || c.Route != SelfReferred {
			places = append(places, p)
			continue
		}
		for _, p := range Facilities() {
			if !forAll(p) && !slices.Contains(told, p) {
				places = append(places, p)
			}
		}
	}
	return each(c, places, func(c *Case, p Facility) { c.Facility = p }), nil
}

func (f *filler) care(c Case) ([]Case, error) {
	return each(c, f.Care.Among([]Care{Inpatient, Outpatient}), func(c *Case, v Care) { c.Care = v }), nil
}

func (f *filler) hardArea(c Case) ([]Case, error) {
	c.HardArea, _ = f.HardArea.Value()
	if c.Route != SelfReferred {
		return []Case{c}, nil
	}
	return each(c, f.HardArea.Among([]bool{false, true}), func(c *Case, v bool) { c.HardArea = v }), nil
}

func (f *filler) listed(c Case) ([]Case, error) {
	c.Listed, _ = f.Listed.Value()
	if c.Route != SelfReferred {
		return []Case{c}, nil
	}
	return each(c, f.Listed.Among([]bool{false, true}), func(c *Case, v bool) { c.Listed = v }), nil
}

func (f *filler) fiveYears(c Case) ([]Case, error) {
	return each(c, f.FiveYears.Among([]bool{false, true}), func(c *Case, v bool) { c.FiveYears = v }), nil
}

// paid fills in what was paid in the year: as little as there can be, and the limit with the đồng
// above it.
func (f *filler) paid(c Case) ([]Case, error) {
	least, _ := f.Before.Value()
	put := func(c *Case, v knowledge.VND) { c.Paid.Total = v }
	if f.Paid.Told() || !c.FiveYears {
		return each(c, f.Paid.Among([]knowledge.VND{least}), put), nil
	}
	all := []knowledge.VND{least}
	for _, v := range f.limits {
		if v > least {
			all = append(all, v)
		}
	}
	return each(c, all, put), nil
}

// before fills in the part that was paid before the base salary changed: none or all of it.
func (f *filler) before(c Case) ([]Case, error) {
	var all []knowledge.VND
	for _, v := range f.Before.Among([]knowledge.VND{0, c.Paid.Total}) {
		if v <= c.Paid.Total {
			all = append(all, v)
		}
	}
	if !c.FiveYears || f.changed.IsZero() {
		all = all[:min(1, len(all))]
	}
	return each(c, all, func(c *Case, v knowledge.VND) { c.Paid.Before = v }), nil
}
