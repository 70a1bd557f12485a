package knowledge

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for _, bad := range []string{"", "2026-02-30", "23/11/2026", "2026-1-1", "2026-01-01T00:00:00Z"} {
		if d, err := ParseDate(bad); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", bad, d)
		}
	}
	d, err := ParseDate("2026-11-23")
	if err != nil || d != NewDate(2026, time.November, 23) || d.Vietnamese() != "23/11/2026" {
		t.Errorf("ParseDate = %v, %v", d, err)
	}
}

func TestDateIsTheCalendarsOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-2e9, 8e9).Draw(t, "unix"), 0).UTC()
		d := DateOf(at)
		if got, want := d.String(), at.Format(time.DateOnly); got != want {
			t.Fatalf("DateOf(%v) = %s", at, got)
		}
		n := rapid.IntRange(-4000, 4000).Draw(t, "days")
		if got := d.AddDays(n); got.Sub(d) != n || got.String() != at.AddDate(0, 0, n).Format(time.DateOnly) {
			t.Fatalf("%v + %d days = %v", d, n, got)
		}
	})
}

func TestPeriod(t *testing.T) {
	year := Period{NewDate(2026, 1, 1), NewDate(2027, 1, 1)}
	for _, c := range []struct {
		day  string
		want bool
	}{{"2025-12-31", false}, {"2026-01-01", true}, {"2026-12-31", true}, {"2027-01-01", false}} {
		d, _ := ParseDate(c.day)
		if got := year.Contains(d); got != c.want {
			t.Errorf("%v contains %s = %v", year, c.day, got)
		}
		if !(Period{}).Contains(d) {
			t.Errorf("always does not contain %s", c.day)
		}
	}
	if year.Last() != NewDate(2026, 12, 31) || !(Period{}).Last().IsZero() {
		t.Errorf("last days: %v, %v", year.Last(), Period{}.Last())
	}
}

func TestIntersectHoldsTheDaysOfBoth(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) Date {
		return NewDate(2026, 1, rapid.IntRange(1, 40).Draw(t, "day"))
	})
	period := rapid.Custom(func(t *rapid.T) Period {
		p := Period{}
		if rapid.Bool().Draw(t, "has start") {
			p.From = day.Draw(t, "from")
		}
		if rapid.Bool().Draw(t, "has end") {
			p.Until = day.Draw(t, "until")
		}
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		p, q, d := period.Draw(t, "p"), period.Draw(t, "q"), day.Draw(t, "d")
		both := p.Intersect(q)
		if got, want := both.Contains(d), p.Contains(d) && q.Contains(d); got != want {
			t.Fatalf("%v ∩ %v = %v, contains %v: %v", p, q, both, d, got)
		}
		if both.IsEmpty() && both.Contains(d) {
			t.Fatalf("%v is empty and contains %v", both, d)
		}
	})
}
