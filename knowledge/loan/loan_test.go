package loan_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"policybot/knowledge"
	"policybot/knowledge/content"
	. "policybot/knowledge/loan"
)

func library(t testing.TB) *knowledge.Library {
	t.Helper()
	l, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatalf("load the content: %v", err)
	}
	return l
}

// One day beside another, so that the calculator is seen to take the figures of its day; the worked
// examples and the days of the law are in the golden cases.
func TestMonthly(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		on        string
		programme Programme
		amount    knowledge.VND
		interest  knowledge.VND
		month     string
		capped    knowledge.VND
		term      int
		over      bool
	}{
		{"2026-11-26", Poor, 50_000_000, 260_000, "0,52%", 100_000_000, 120, false},
		{"2025-11-30", Poor, 50_000_000, 275_000, "0,55%", 100_000_000, 120, false},
		{"2026-11-26", Escaped, 100_000_001, 650_000, "0,65%", 100_000_000, 60, true},
		{"2026-11-26", Job, 100_000_000, 660_400, "0,6604%", 200_000_000, 120, false},
		{"2026-11-26", JobPreferred, 100_000_000, 520_000, "0,52%", 200_000_000, 120, false},
		{"2025-12-31", Job, 100_000_000, 624_000, "0,624%", 0, 0, false},
		{"2026-11-26", Minority, 10_000_000, 26_000, "0,26%", 0, 0, false},
	} {
		on, _ := knowledge.ParseDate(c.on)
		got, err := Monthly(l, on, c.programme, c.amount)
		if err != nil {
			t.Errorf("%s %s: %v", c.on, c.programme, err)
			continue
		}
		if got.Interest != c.interest || got.Month.String() != c.month || got.Cap != c.capped || got.Term != c.term || got.OverCap() != c.over {
			t.Errorf("%s %s of %s: %+v", c.on, c.programme, c.amount, got)
		}
	}
}

// Interest grows with the loan and with time, is never negative, and a year of it is the yearly rate.
func TestInterest(t *testing.T) {
	l := library(t)
	on := knowledge.NewDate(2026, 11, 26)
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(Programmes()).Draw(t, "programme")
		amount := knowledge.VND(rapid.Int64Range(1, 10_000_000_000).Draw(t, "amount"))
		c, err := Monthly(l, on, p, amount)
		if err != nil {
			t.Fatal(err)
		}
		more, err := Monthly(l, on, p, amount+knowledge.VND(rapid.Int64Range(1, 1_000_000).Draw(t, "more")))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case c.Interest < 0 || c.Interest > amount:
			t.Fatalf("%s of interest on %s", c.Interest, amount)
		case more.Interest < c.Interest:
			t.Fatalf("more is cheaper: %s on %s, %s on %s", c.Interest, amount, more.Interest, more.Amount)
		case c.Over(12) != c.Year.Of(amount):
			t.Fatalf("a year on %s: %s, by the yearly rate %s", amount, c.Over(12), c.Year.Of(amount))
		case c.Over(1) != c.Interest:
			t.Fatalf("a month on %s: %s and %s", amount, c.Over(1), c.Interest)
		}
	})
}

func TestErrors(t *testing.T) {
	l := library(t)
	on := knowledge.NewDate(2026, 11, 26)
	if _, err := Monthly(l, on, Poor, 0); err == nil {
		t.Error("a loan of nothing has a cost")
	}
	if _, err := Monthly(l, on, "no_such", 1); err == nil || errors.Is(err, knowledge.ErrNotKnown) {
		t.Errorf("a programme that is none: %v", err)
	}
	for _, day := range []knowledge.Date{knowledge.NewDate(2025, 11, 30)} {
		if _, err := Monthly(l, day, Job, 1_000_000); !errors.Is(err, knowledge.ErrNotKnown) {
			t.Errorf("a loan for jobs on %s: %v, want ErrNotKnown", day, err)
		}
	}
	if _, err := Monthly(l, knowledge.NewDate(2025, 12, 31), JobPreferred, 1_000_000); !errors.Is(err, knowledge.ErrNotKnown) {
		t.Errorf("the preferred rate before its law: %v, want ErrNotKnown", err)
	}
}
