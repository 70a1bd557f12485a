package premium_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"policybot/knowledge"
	"policybot/knowledge/content"
	"policybot/knowledge/premium"
)

func library(t *testing.T) *knowledge.Library {
	t.Helper()
	l, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The totals are the worked examples of the policy, typed by hand.
func TestHousehold(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		on             string
		people, months int
		want           knowledge.VND
	}{
		{"2026-12-15", 1, 12, 1_366_200},
		{"2026-12-15", 4, 12, 3_825_360},
		{"2026-05-15", 4, 12, 3_538_080},
		{"2026-12-15", 5, 12, 4_371_840},
		{"2026-12-15", 6, 12, 4_918_320}, // another 546.480 for the sixth
		{"2026-12-15", 1, 3, 341_550},
		{"2026-12-15", 1, 6, 683_100},
		{"2026-06-30", 1, 12, 1_263_600},
		{"2026-07-01", 1, 12, 1_366_200},
	} {
		on, err := knowledge.ParseDate(c.on)
		if err != nil {
			t.Fatal(err)
		}
		bill, err := premium.Together(l, on, c.people, c.months)
		if err != nil || bill.Total != c.want || len(bill.Lines) != c.people {
			t.Errorf("%d people, %d months on %s: %v, %v; want %v", c.people, c.months, on, bill.Total, err, c.want)
		}
	}
}

func TestHouseholdRefuses(t *testing.T) {
	l := library(t)
	today := knowledge.NewDate(2026, 11, 23)
	for _, c := range []struct{ people, months int }{{0, 12}, {-1, 12}, {3, 0}} {
		if bill, err := premium.Together(l, today, c.people, c.months); err == nil {
			t.Errorf("%d people for %d months pay %v", c.people, c.months, bill.Total)
		}
	}
	if _, err := premium.Together(l, knowledge.NewDate(2027, 1, 1), 1, 12); !errors.Is(err, knowledge.ErrNotKnown) {
		t.Errorf("in 2027: %v, want ErrNotKnown", err)
	}
}

func TestLinesAddUpAndFall(t *testing.T) {
	l := library(t)
	today := knowledge.NewDate(2026, 11, 23)
	rapid.Check(t, func(t *rapid.T) {
		people, months := rapid.IntRange(1, 15).Draw(t, "people"), rapid.IntRange(1, 12).Draw(t, "months")
		bill, err := premium.Together(l, today, people, months)
		if err != nil {
			t.Fatal(err)
		}
		var sum knowledge.VND
		for i, line := range bill.Lines {
			sum += line.Amount
			if line.Person != i+1 || line.Amount <= 0 || i > 0 && line.Amount > bill.Lines[i-1].Amount {
				t.Fatalf("lines %v", bill.Lines)
			}
		}
		if sum != bill.Total {
			t.Fatalf("lines add up to %v, total %v", sum, bill.Total)
		}
	})
}

// What the person and the others pay is the whole premium, one more supporting group never costs
// more, and joining together never costs more than alone.
func TestPersonProperties(t *testing.T) {
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		on := knowledge.NewDate(2025, 7, 1).AddDays(rapid.IntRange(0, 548).Draw(t, "day")) // to the end of 2026
		months := rapid.SampledFrom([]int{3, 6, 12}).Draw(t, "months")
		group := rapid.SampledFrom(premium.Groups()).Draw(t, "group")
		full, err := l.Figure("premium.month", on)
		if err != nil {
			t.Fatal(err)
		}
		c, err := premium.Person(l, on, []premium.Group{group}, months)
		if group == premium.Worker {
			if !errors.Is(err, premium.ErrBySalary) {
				t.Fatalf("a worker: %v", err)
			}
			return
		}
		if err != nil || c.Most < 0 || c.Most+c.Least != knowledge.VND(full.Amount.N*int64(months)) || len(c.Basis) == 0 {
			t.Fatalf("%s: %s and %s of %s a month, resting on %v, %v", group, c.Most, c.Least, full.Amount, c.Basis, err)
		}
		other := rapid.SampledFrom(premium.Groups()).Draw(t, "one more group")
		both, err := premium.Person(l, on, []premium.Group{group, other}, months)
		if other != premium.Worker && (err != nil || both.Most > c.Most) {
			t.Fatalf("%s pays %s, with %s as well %s, %v", group, c.Most, other, both.Most, err)
		}
		people := rapid.IntRange(1, 9).Draw(t, "people")
		alone, err1 := premium.Alone(l, on, people, months)
		together, err2 := premium.Together(l, on, people, months)
		if err := errors.Join(err1, err2); err != nil || together.Total > alone.Total || people == 1 && together.Total != alone.Total {
			t.Fatalf("%d people: alone %s, together %s, %v", people, alone.Total, together.Total, err)
		}
	})
}

func TestPersonRefuses(t *testing.T) {
	l := library(t)
	today := knowledge.NewDate(2026, 11, 23)
	for _, groups := range [][]premium.Group{nil, {"rich"}, {premium.NearPoor, "rich"}} {
		if c, err := premium.Person(l, today, groups, 12); !errors.Is(err, premium.ErrNoGroup) {
			t.Errorf("%v: %v, %v; want no such group", groups, c, err)
		}
	}
	if c, err := premium.Person(l, today, []premium.Group{premium.NearPoor}, 0); err == nil {
		t.Errorf("for no month: %v", c)
	}
	if s, err := premium.OfSalary(l, today, -1); err == nil {
		t.Errorf("of a negative salary: %v", s)
	}
	if p, err := premium.AfterChange(l, premium.NearPoor, today, 0); err == nil {
		t.Errorf("paid for no month: %v", p)
	}
}
