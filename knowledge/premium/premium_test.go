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
