package pension_test

import (
	"errors"
	"testing"

	"policybot/knowledge"
	"policybot/knowledge/content"
	. "policybot/knowledge/pension"
)

func library(t *testing.T) *knowledge.Library {
	t.Helper()
	l, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatalf("load the content: %v", err)
	}
	return l
}

func day(s string) knowledge.Date {
	d, err := knowledge.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// The raise of July 2026 is paid afterwards: its decree is in force since October.
func TestLate(t *testing.T) {
	l := library(t)
	social, err := Social(l, day("2026-11-26"))
	if err != nil {
		t.Fatal(err)
	}
	want := Late{From: day("2026-07-01"), InForce: day("2026-10-05"), Month: 40_000}
	if social.Amount != 540_000 || social.Late != want {
		t.Errorf("social pension: %+v", social)
	}
	severe, err := Allowance(l, day("2026-11-26"), DisabledSevere, 1)
	if err != nil {
		t.Fatal(err)
	}
	want.Month = 60_000 // 810.000 − 750.000
	if severe.Amount != 810_000 || severe.Late != want {
		t.Errorf("severe disability: %+v", severe)
	}
	before, err := Social(l, day("2026-06-30"))
	if err != nil || before.Amount != 500_000 || before.Late != (Late{}) {
		t.Errorf("before the raise: %+v, %v", before, err)
	}
}

func TestHigher(t *testing.T) {
	a, b := Sum{Amount: 1}, Sum{Amount: 1, Times: 2}
	if Higher(a, b).Times != 0 || Higher(a, Sum{Amount: 2}).Amount != 2 || Higher(Sum{Amount: 3}, a).Amount != 3 {
		t.Error("the higher is not the higher")
	}
}

func TestErrors(t *testing.T) {
	l := library(t)
	if _, err := Social(l, day("2025-06-30")); !errors.Is(err, knowledge.ErrNotKnown) {
		t.Errorf("before there was a social pension: %v", err)
	}
	if _, err := Funeral(l, day("2021-06-30")); !errors.Is(err, knowledge.ErrNotKnown) {
		t.Errorf("before the standard: %v", err)
	}
	if _, err := Allowance(l, day("2026-11-26"), OlderAlone, 2); err == nil {
		t.Error("an older person is two")
	}
	if _, err := Allowance(l, day("2026-11-26"), SingleParent, 0); err == nil {
		t.Error("a single parent of nobody")
	}
}
