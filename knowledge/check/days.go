package check

import (
	"slices"

	"policybot/knowledge"
)

// uncovered returns the first days of p that lie in none of the other periods; ok is false when
// there are none.
func uncovered(p knowledge.Period, by []knowledge.Period) (gap knowledge.Period, ok bool) {
	if p.IsEmpty() {
		return knowledge.Period{}, false
	}
	for at := p.From; ; {
		i := slices.IndexFunc(by, func(q knowledge.Period) bool { return q.Contains(at) })
		if i < 0 {
			return knowledge.Period{From: at, Until: firstStart(at, p.Until, by)}, true
		}
		at = by[i].Until
		if at.IsZero() || !p.Until.IsZero() && !at.Before(p.Until) {
			return knowledge.Period{}, false
		}
	}
}

// firstStart returns the day after at on which one of the periods begins, and until when none does
// before it.
func firstStart(at, until knowledge.Date, periods []knowledge.Period) knowledge.Date {
	first := until
	for _, p := range periods {
		if at.Before(p.From) && !p.IsEmpty() && (first.IsZero() || p.From.Before(first)) {
			first = p.From
		}
	}
	return first
}

// touch reports whether two periods share a day.
func touch(p, q knowledge.Period) bool {
	return !p.IsEmpty() && !q.IsEmpty() && !p.Intersect(q).IsEmpty()
}

// applying returns the days that each of the known provisions applies to.
func (c *checker) applying(ids []knowledge.ProvisionID) []knowledge.Period {
	var days []knowledge.Period
	for _, id := range ids {
		if p := c.Provision(id); p != nil {
			days = append(days, p.Applies)
		}
	}
	return days
}
