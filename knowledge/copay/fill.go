package copay

import (
	"errors"

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

// valuesOf returns the value of a fact, or all that it may have.
func valuesOf[T any](f knowledge.Fact[T], all ...T) []T {
	if v, known := f.Value(); known {
		return []T{v}
	}
	return all
}

// group fills in the group of the patient: one for each level there is on the day.
func (f *filler) group(c Case) ([]Case, error) {
	put := func(c *Case, g []Group) { c.Groups = g }
	if g, known := f.Groups.Value(); known {
		return each(c, [][]Group{g}, put), nil
	}
	among := f.Among
	if len(among) == 0 {
		among = Groups()
	}
	seen := map[int64]bool{}
	var all [][]Group
	for _, g := range among {
		level := int64(-1) // not known
		v, err := f.library.Figure(g.Figure(), c.Day)
		if err != nil && !errors.Is(err, knowledge.ErrNotKnown) {
			return nil, err
		}
		if err == nil {
			level = v.Amount.N
		}
		if !seen[level] {
			seen[level] = true
			all = append(all, []Group{g})
		}
	}
	return each(c, all, put), nil
}

// bill fills in the bill: one on each side of the threshold.
func (f *filler) bill(c Case) ([]Case, error) {
	const large = 10_000_000 // đồng: any sum that is no small bill
	small := knowledge.VND(1)
	if v, err := f.library.Figure("copay.small_bill", c.Day); err == nil {
		small = knowledge.VND(v.Amount.N) - 1
	}
	return each(c, valuesOf(f.Bill, small, large), func(c *Case, v knowledge.VND) { c.Bill = v }), nil
}

func (f *filler) route(c Case) ([]Case, error) {
	return each(c, valuesOf(f.Route, Registered, Emergency, SelfReferred), func(c *Case, r Route) { c.Route = r }), nil
}

// facility fills in the class of the facility: all of them for those who refer themselves, else the
// two that decide for everyone, and any other.
func (f *filler) facility(c Case) ([]Case, error) {
	told, known := f.Facility.Value()
	var places []Facility
	for _, p := range Facilities() {
		switch {
		case known && told != "" && p != told, known && told == "" && forAll(p):
		case forAll(p), c.Route == SelfReferred:
			places = append(places, p)
		}
	}
	if c.Route != SelfReferred && (!known || !forAll(told)) {
		places = append(places, told)
	}
	return each(c, places, func(c *Case, p Facility) { c.Facility = p }), nil
}

func (f *filler) care(c Case) ([]Case, error) {
	return each(c, valuesOf(f.Care, Inpatient, Outpatient), func(c *Case, v Care) { c.Care = v }), nil
}

func (f *filler) hardArea(c Case) ([]Case, error) {
	c.HardArea, _ = f.HardArea.Value()
	if c.Route != SelfReferred {
		return []Case{c}, nil
	}
	return each(c, valuesOf(f.HardArea, false, true), func(c *Case, v bool) { c.HardArea = v }), nil
}

func (f *filler) listed(c Case) ([]Case, error) {
	c.Listed, _ = f.Listed.Value()
	if c.Route != SelfReferred {
		return []Case{c}, nil
	}
	return each(c, valuesOf(f.Listed, false, true), func(c *Case, v bool) { c.Listed = v }), nil
}

func (f *filler) fiveYears(c Case) ([]Case, error) {
	return each(c, valuesOf(f.FiveYears, false, true), func(c *Case, v bool) { c.FiveYears = v }), nil
}

// paid fills in what was paid in the year: as little as there can be, and the limit with the đồng
// above it.
func (f *filler) paid(c Case) ([]Case, error) {
	least, _ := f.Before.Value()
	put := func(c *Case, v knowledge.VND) { c.Paid.Total = v }
	if f.Paid.IsKnown() || !c.FiveYears {
		return each(c, valuesOf(f.Paid, least), put), nil
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
	all := valuesOf(f.Before, 0, c.Paid.Total)
	if !c.FiveYears || f.changed.IsZero() {
		all = all[:1]
	}
	return each(c, all, func(c *Case, v knowledge.VND) { c.Paid.Before = v }), nil
}
