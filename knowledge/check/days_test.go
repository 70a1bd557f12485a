package check

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"policybot/knowledge"
)

// periods draws spans among forty days, some of them open at an end, some of them empty.
var periods = rapid.Custom(func(t *rapid.T) knowledge.Period {
	day := func(name string) (d knowledge.Date) {
		if n := rapid.IntRange(0, 40).Draw(t, name); n > 0 {
			d = knowledge.NewDate(2026, 1, n)
		}
		return d
	}
	return knowledge.Period{From: day("from"), Until: day("until")}
})

func TestUncoveredIsTheFirstGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := periods.Draw(t, "p")
		by := rapid.SliceOfN(periods, 0, 5).Draw(t, "by")
		held := func(d knowledge.Date) bool {
			return slices.ContainsFunc(by, func(q knowledge.Period) bool { return q.Contains(d) })
		}
		gap, some := uncovered(p, by)
		inGap, after := false, false
		for d := knowledge.NewDate(2025, 12, 1); d.Before(knowledge.NewDate(2026, 3, 1)); d = d.AddDays(1) {
			switch open := p.Contains(d) && !held(d); {
			case open && !some:
				t.Fatalf("%v is in %v and in none of %v, and no gap is told", d, p, by)
			case open && !after && !gap.Contains(d):
				t.Fatalf("%v is the first day of %v that none of %v hold, and the gap is %v", d, p, by, gap)
			case !open && some && gap.Contains(d):
				t.Fatalf("%v is in the gap %v of %v, held by %v", d, gap, p, by)
			default:
				after = after || inGap && !open
				inGap = inGap || open
			}
		}
		if some && !inGap {
			t.Fatalf("the gap %v of %v holds no day, by %v", gap, p, by)
		}
	})
}

func TestTouchMeansADayInBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := periods.Draw(t, "p"), periods.Draw(t, "q")
		both := false
		for d := knowledge.NewDate(2025, 12, 1); d.Before(knowledge.NewDate(2026, 3, 1)); d = d.AddDays(1) {
			both = both || p.Contains(d) && q.Contains(d)
		}
		if touch(p, q) != both {
			t.Fatalf("%v and %v touch: %v", p, q, !both)
		}
	})
}
