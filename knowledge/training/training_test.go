package training_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"policybot/knowledge"
	"policybot/knowledge/content"
	. "policybot/knowledge/training"
)

func library(t *testing.T) *knowledge.Library {
	t.Helper()
	l, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatalf("load the content: %v", err)
	}
	return l
}

var today = knowledge.NewDate(2026, 11, 26)

func TestUnknownParts(t *testing.T) {
	l := library(t)
	all, err := Grants(l, Class{Day: today, Group: NearPoor, Days: knowledge.Known(20)})
	if err != nil || len(all) != 2 || all[0].Rule != Decree338 || all[1].Rule != Decision46 {
		t.Fatalf("%+v, %v", all, err)
	}
	decree := all[0]
	if decree.Whole || decree.Total != 1_000_000 || decree.Lines[0].Amount != 4_000_000 || decree.Lines[0].Known {
		t.Errorf("by the decree: %+v", decree)
	}
	if way := decree.Lines[2]; way.Known || way.Amount != 300_000 || len(way.Missing) != 2 {
		t.Errorf("the way when neither distance nor area is known: %+v", way)
	}
	if decision := all[1]; decision.Total != 600_000 || decision.Lines[0].Rate != 2_500_000 {
		t.Errorf("by the decision: %+v", decision)
	}
}

// Nine kilometres are too few everywhere by the decree, so the area needs not be known.
func TestAreaThatDoesNotMatter(t *testing.T) {
	l := library(t)
	all, err := Grants(l, Class{Day: today, Km: knowledge.Known(9)})
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	if way := all[0].Lines[2]; !way.Known || way.Amount != 0 {
		t.Errorf("nine kilometres: %+v", way)
	}
}

// Nothing is negative, more days never bring less, and nothing is above its limit.
func TestBounds(t *testing.T) {
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		c := Class{Day: today, Group: rapid.SampledFrom(Groups()).Draw(t, "group"),
			Fee: knowledge.Known(knowledge.VND(rapid.Int64Range(0, 50_000_000).Draw(t, "fee"))), Days: knowledge.Known(rapid.IntRange(0, 90).Draw(t, "days")),
			Km: knowledge.Known(rapid.IntRange(0, 30).Draw(t, "km")), Hard: knowledge.Known(rapid.Bool().Draw(t, "hard"))}
		some, err := Grants(l, c)
		if err != nil {
			t.Fatal(err)
		}
		days, _ := c.Days.Value()
		c.Days = knowledge.Known(days + 1)
		more, err := Grants(l, c)
		if err != nil {
			t.Fatal(err)
		}
		for i, g := range some {
			fee, _ := c.Fee.Value()
			for _, line := range g.Lines {
				if line.Amount < 0 || !line.Known || line.Part == Fees && (line.Amount > fee || line.Amount > line.Rate) {
					t.Fatalf("%+v: %+v", c, line)
				}
			}
			if !g.Whole || g.Cap > 0 && g.Total > g.Cap || more[i].Total < g.Total {
				t.Fatalf("%+v: %+v, then %+v", c, g, more[i])
			}
		}
	})
}

// Groups come in the order of what they get.
func TestGroupsAreInOrder(t *testing.T) {
	l := library(t)
	last := knowledge.VND(1 << 40)
	for _, g := range Groups() {
		if g == Youth {
			continue
		}
		v, err := l.Figure("training.q46."+string(g), today)
		if err != nil || knowledge.VND(v.Amount.N) > last {
			t.Errorf("%s: %v, %v after %s", g, v.Amount, err, last)
		}
		last = knowledge.VND(v.Amount.N)
	}
}

func TestErrors(t *testing.T) {
	l := library(t)
	if _, err := Grants(l, Class{Day: today, Days: knowledge.Known(-1)}); err == nil {
		t.Error("minus one day of learning")
	}
	if _, err := Grants(l, Class{Day: knowledge.NewDate(2015, 12, 31), Group: Poor}); !errors.Is(err, knowledge.ErrNotKnown) {
		t.Errorf("before both rules: %v", err)
	}
}
