package eligibility_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policybot/knowledge"
	"policybot/knowledge/content"
	. "policybot/knowledge/eligibility"
)

var load = sync.OnceValues(func() (*knowledge.Library, error) { return knowledge.Load(content.FS) })

func library(t *testing.T) *knowledge.Library {
	t.Helper()
	l, err := load()
	if err != nil {
		t.Fatalf("load the content: %v", err)
	}
	return l
}

var (
	day2025 = knowledge.NewDate(2025, 12, 31)
	day2026 = knowledge.NewDate(2026, 12, 31)
	day2027 = knowledge.NewDate(2027, 1, 1)
)

// The worked examples of policy/10 §10.1, and what they are with few or many lacks.
func TestWorkedExamples(t *testing.T) {
	l := library(t)
	cases := []struct {
		name    string
		on      knowledge.Date
		place   Place
		total   knowledge.VND
		people  int
		lacking Fact[int]
		perHead knowledge.VND
		want    []PovertyStatus
	}{
		{"four in a xã, income condition met", day2026, Rural, 5_600_000, 4, Fact[int]{}, 1_400_000, []PovertyStatus{NearPoor, Poor}},
		{"four in a xã, lacking three", day2026, Rural, 5_600_000, 4, knowledge.Known(3), 1_400_000, []PovertyStatus{Poor}},
		{"four in a xã, lacking two", day2026, Rural, 5_600_000, 4, knowledge.Known(2), 1_400_000, []PovertyStatus{NearPoor}},
		{"four in a xã, lacking nothing", day2026, Rural, 5_600_000, 4, knowledge.Known(0), 1_400_000, []PovertyStatus{NearPoor}},
		{"four in a phường, 2026", day2026, Urban, 9_000_000, 4, knowledge.Known(12), 2_250_000, []PovertyStatus{AverageLiving}},
		{"four in a phường, 2027: perhaps", day2027, Urban, 9_000_000, 4, knowledge.Known(4), 2_250_000, []PovertyStatus{NearPoor, Poor}},
		{"three in a xã, 2026", day2026, Rural, 6_300_000, 3, Fact[int]{}, 2_100_000, []PovertyStatus{AverageLiving}},
		{"three in a xã, 2027: perhaps", day2027, Rural, 6_300_000, 3, Fact[int]{}, 2_100_000, []PovertyStatus{NearPoor, Poor}},
		{"five in a phường, exactly the line", day2026, Urban, 10_000_000, 5, knowledge.Known(3), 2_000_000, []PovertyStatus{Poor}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			perHead := PerHead(c.total, c.people, 1)
			if perHead != c.perHead {
				t.Errorf("PerHead(%d, %d, 1) = %d, want %d", c.total, c.people, perHead, c.perHead)
			}
			got, err := Status(l, c.on, Facts{Income: knowledge.Known(perHead), Place: knowledge.Known(c.place), Lacking: c.lacking})
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(got.Possible)
			if d := cmp.Diff(c.want, got.Possible); d != "" {
				t.Error(d)
			}
		})
	}
}

// One đồng below, at and above every limit, on the last and first days of the law.
func TestLimits(t *testing.T) {
	l := library(t)
	cases := []struct {
		on    knowledge.Date
		place Place
		limit knowledge.VND
		want  [3]PovertyStatus
	}{
		{day2025, Rural, 1_500_000, [3]PovertyStatus{Poor, Poor, AverageLiving}},
		{day2026, Rural, 1_500_000, [3]PovertyStatus{Poor, Poor, AverageLiving}},
		{day2026, Rural, 2_250_000, [3]PovertyStatus{AverageLiving, AverageLiving, None}},
		{day2026, Urban, 2_000_000, [3]PovertyStatus{Poor, Poor, AverageLiving}},
		{day2026, Urban, 3_000_000, [3]PovertyStatus{AverageLiving, AverageLiving, None}},
		{day2027, Rural, 2_200_000, [3]PovertyStatus{Unknown, Unknown, AboveLine}},
		{day2027, Urban, 2_800_000, [3]PovertyStatus{Unknown, Unknown, AboveLine}},
		{day2027, Urban, 3_000_000, [3]PovertyStatus{AboveLine, AboveLine, AboveLine}},
	}
	for _, c := range cases {
		for i, want := range c.want {
			income := c.limit + knowledge.VND(i-1)
			got, err := Status(l, c.on, Facts{Income: knowledge.Known(income), Place: knowledge.Known(c.place), Lacking: knowledge.Known(3)})
			if err != nil {
				t.Fatal(err)
			}
			if got.Verdict != want {
				t.Errorf("%s, %s, %s: got %s, want %s", c.on, c.place, income, got.Verdict, want)
			}
			if len(got.Used) == 0 || len(got.Used[0].Basis) == 0 {
				t.Errorf("%s, %s, %s: rests on nothing", c.on, c.place, income)
			}
		}
	}
}

// byHand is the rule a second time, with the numbers of policy/10 §10.1 written out.
func byHand(on knowledge.Date, p Place, income knowledge.VND, lacking int) PovertyStatus {
	line, average := knowledge.VND(1_500_000), knowledge.VND(2_250_000)
	if p == Urban {
		line, average = 2_000_000, 3_000_000
	}
	if !on.Before(day2027) {
		line, average = 2_200_000, -1
		if p == Urban {
			line = 2_800_000
		}
	}
	if income > line {
		switch {
		case average < 0:
			return AboveLine
		case income > average:
			return None
		}
		return AverageLiving
	}
	if lacking < 3 {
		return NearPoor
	}
	return Poor
}

// The verdict is Unknown exactly when two completions disagree, and Possible is what they say.
func TestUnknownExactlyWhenCompletionsDisagree(t *testing.T) {
	l := library(t)
	incomes := []knowledge.VND{0, 1}
	for _, limit := range []knowledge.VND{1_500_000, 2_000_000, 2_200_000, 2_250_000, 2_800_000, 3_000_000} {
		incomes = append(incomes, limit-1, limit, limit+1)
	}
	incomes = append(incomes, 50_000_000)
	counts := []int{0, 1, 2, 3, 4, 11, 12}
	both := []Place{Rural, Urban}
	for _, on := range []knowledge.Date{day2025, day2026, day2027} {
		for _, income := range orUnknown(incomes) {
			for _, place := range orUnknown(both) {
				for _, lacking := range orUnknown(counts) {
					allowed := counts
					if n, known := lacking.Value(); known && on.Before(day2027) {
						allowed = []int{n}
					}
					var want []PovertyStatus
					for _, i := range all(income, incomes) {
						for _, p := range all(place, both) {
							for _, n := range allowed {
								want = append(want, byHand(on, p, i, n))
							}
						}
					}
					slices.Sort(want)
					check(t, l, on, Facts{Income: income, Place: place, Lacking: lacking}, slices.Compact(want))
				}
			}
		}
	}
}

func check(t *testing.T, l *knowledge.Library, on knowledge.Date, f Facts, want []PovertyStatus) {
	t.Helper()
	got, err := Status(l, on, f)
	if err != nil {
		t.Fatalf("%s %v: %v", on, f, err)
	}
	slices.Sort(got.Possible)
	if d := cmp.Diff(want, got.Possible); d != "" {
		t.Errorf("%s %v: %s", on, f, d)
	}
	if open := len(want) > 1; open != (got.Verdict == Unknown) || open != (len(got.Missing) > 0) {
		t.Errorf("%s %v: verdict %s, possible %v, missing %v", on, f, got.Verdict, want, got.Missing)
	}
}

func orUnknown[T comparable](values []T) []Fact[T] {
	facts := []Fact[T]{{}}
	for _, v := range values {
		facts = append(facts, knowledge.Known(v))
	}
	return facts
}

func all[T comparable](f Fact[T], values []T) []T {
	if v, known := f.Value(); known {
		return []T{v}
	}
	return values
}

func TestMissing(t *testing.T) {
	l := library(t)
	cases := []struct {
		name  string
		on    knowledge.Date
		facts Facts
		want  []Missing
	}{
		{"nothing is known", day2026, Facts{}, []Missing{MissingIncome, MissingPlace, MissingLacking}},
		{"below both lines the place does not matter", day2026, Facts{Income: knowledge.Known[knowledge.VND](1_400_000)}, []Missing{MissingLacking}},
		{"between the lines it does", day2026, Facts{Income: knowledge.Known[knowledge.VND](1_700_000), Lacking: knowledge.Known(4)}, []Missing{MissingPlace}},
		{"above the line the lacks do not matter", day2026, Facts{Income: knowledge.Known[knowledge.VND](2_400_000), Place: knowledge.Known(Urban)}, nil},
		{"no income is not an unknown one", day2026, Facts{Income: knowledge.Known[knowledge.VND](0), Lacking: knowledge.Known(0)}, nil},
		{"in 2027 nobody can count the lacks", day2027, Facts{Income: knowledge.Known[knowledge.VND](1_400_000), Place: knowledge.Known(Rural), Lacking: knowledge.Known(4)}, []Missing{MissingIndicators}},
	}
	for _, c := range cases {
		got, err := Status(l, c.on, c.facts)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(c.want, got.Missing); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// A quotient rounded up is above a line exactly when the quotient itself is.
func TestPerHeadKeepsTheSideOfTheLine(t *testing.T) {
	for _, c := range []struct{ total, line knowledge.VND }{{9_999_999, 2_000_000}, {10_000_000, 2_000_000}, {10_000_001, 2_000_000}} {
		if got, want := PerHead(c.total, 5, 1) > c.line, c.total > 5*c.line; got != want {
			t.Errorf("%d among five above %d: got %v, want %v", c.total, c.line, got, want)
		}
	}
	if got := PerHead(67_200_000, 4, 12); got != 1_400_000 {
		t.Errorf("a year's income: got %d, want 1400000", got)
	}
}

func TestErrors(t *testing.T) {
	l := library(t)
	if _, err := Status(l, knowledge.NewDate(2021, 12, 31), Facts{}); !errors.Is(err, knowledge.ErrNotKnown) {
		t.Errorf("before the first line: got %v, want ErrNotKnown", err)
	}
	if _, err := Status(l, knowledge.NewDate(2031, 1, 1), Facts{}); !errors.Is(err, knowledge.ErrNotKnown) {
		t.Errorf("after the last line: got %v, want ErrNotKnown", err)
	}
	for _, f := range []Facts{{Income: knowledge.Known[knowledge.VND](-1)}, {Lacking: knowledge.Known(-1)}, {Place: knowledge.Known(Place("sea"))}} {
		if _, err := Status(l, day2026, f); !errors.Is(err, ErrImpossible) {
			t.Errorf("%v: got %v, want ErrImpossible", f, err)
		}
	}
	if PlaceOf(knowledge.Phuong) != Urban || PlaceOf(knowledge.Xa) != Rural {
		t.Error("a phường is urban, a xã is rural")
	}
}
