package eligibility_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"policybot/knowledge"
	. "policybot/knowledge/eligibility"
)

var today = day("2026-11-26")

// entitled is what follows for one person.
func entitled(t *testing.T, on knowledge.Date, b Benefit, h Household, m Member) Entitlement {
	t.Helper()
	h.Members = []Member{m}
	e, err := Entitled(library(t), on, b, h, 0)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// What the law changes by itself: an age that is reached, a day that comes.
func TestChanges(t *testing.T) {
	near := Household{Status: knowledge.Known(NearPoor)}
	rich := Household{Status: knowledge.Known(None)}
	noPension := func(age int) Member {
		return Member{Age: knowledge.Known(age), Pension: knowledge.Known(NoPension)}
	}
	for _, c := range []struct {
		name    string
		benefit Benefit
		h       Household
		m       Member
		want    []Change
	}{
		{"at 72 and not poor the pension begins at 75", SocialPension, rich, noPension(72), []Change{{Age: 75, Verdict: Eligible}}},
		{"at 68 and near-poor at 70", SocialPension, near, noPension(68), []Change{{Age: 70, Verdict: Eligible}}},
		{"at 72 and near-poor nothing changes", SocialPension, near, noPension(72), nil},
		{"legal aid of the poor is not known from 2027", LegalAid, Household{Status: knowledge.Known(Poor)}, Member{}, []Change{{On: jan27, Verdict: CannotConclude}}},
		{"a child is one until 16", RecordFee, rich, Member{Age: knowledge.Known(15), Disability: knowledge.Known(NotDisabled)}, []Change{{Age: 16, Verdict: NotEligible}}},
	} {
		if got := entitled(t, today, c.benefit, c.h, c.m).Changes; !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// A student of a near-poor family takes the help of the near-poor, and its level.
func TestBestGroup(t *testing.T) {
	m := Member{Age: knowledge.Known(19), School: knowledge.Known(Higher), Job: knowledge.Known(NoJob), Pension: knowledge.Known(NoPension),
		DrawsAid: knowledge.Known(false), Merit: knowledge.Known(false)}
	for _, c := range []struct {
		on     string
		status PovertyStatus
		group  string
		level  string
	}{
		{"2025-12-31", NearPoor, "near_poor", "95%"},
		{"2026-01-01", NearPoor, "near_poor", "100%"},
		{"2026-11-26", None, "student", "80%"},
		{"2026-11-26", Poor, "poor", "100%"},
	} {
		e := entitled(t, day(c.on), Insurance, Household{Status: knowledge.Known(c.status)}, m)
		if len(e.Ways) != 1 || e.Ways[0].Group != c.group || e.Ways[0].Level.String() != c.level {
			t.Errorf("%s, %s: %+v", c.on, c.status, e)
		}
	}
}

// What is known only in part suffices where all of it comes to the same.
func TestKnownInPart(t *testing.T) {
	e := entitled(t, today, SocialPension, Household{Status: knowledge.OneOf(Poor, NearPoor)},
		Member{Age: knowledge.OneOf(71, 72, 73), Pension: knowledge.OneOf(NoPension, LowerPension)})
	if e.Verdict != Eligible || len(e.Missing) != 0 {
		t.Errorf("%+v", e)
	}
	e = entitled(t, today, SocialPension, Household{}, Member{Age: knowledge.OneOf(74, 75), Pension: knowledge.Known(NoPension)})
	if d := cmp.Diff([]Missing{MissingAge, MissingStatus}, e.Missing); d != "" || e.Verdict != CannotConclude {
		t.Errorf("%+v: %s", e, d)
	}
}

// The next question is the one that bears on the most, and it is asked of the household once.
func TestNext(t *testing.T) {
	l := library(t)
	h := Household{Members: []Member{{Age: knowledge.Known(76), Pension: knowledge.Known(NoPension)}, {Age: knowledge.Known(10)}}}
	all, err := Entitlements(l, today, h)
	if err != nil {
		t.Fatal(err)
	}
	q, ok := Next(all)
	if !ok || q.Missing != MissingStatus || q.Member != -1 {
		t.Errorf("next is %+v, %v", q, ok)
	}
	// Answering what is asked comes to an end, and nothing is asked twice.
	h.Status, h.Place = knowledge.Known(NearPoor), knowledge.Known(Rural)
	asked := []Question{}
	for range 60 {
		if all, err = Entitlements(l, today, h); err != nil {
			t.Fatal(err)
		}
		if q, ok = Next(all); !ok {
			break
		}
		if slices.Contains(asked, q) {
			t.Fatalf("%+v is asked twice", q)
		}
		asked = append(asked, q)
		answer(&h, q)
	}
	for _, e := range all {
		if e.Verdict == CannotConclude && !slices.Equal(e.Missing, []Missing{MissingSources}) {
			t.Errorf("still open at the end: %+v", e)
		}
	}
}

// answer tells the plainest thing of what is asked.
func answer(h *Household, q Question) {
	if q.Member < 0 {
		h.Farms, h.Recent = knowledge.Known(false), knowledge.Known(false)
		return
	}
	m := &h.Members[q.Member]
	switch q.Missing {
	case MissingPension:
		m.Pension = knowledge.Known(NoPension)
	case MissingDisability:
		m.Disability = knowledge.Known(NotDisabled)
	case MissingSchool:
		m.School = knowledge.Known(NoSchool)
	case MissingJob:
		m.Job = knowledge.Known(NoJob)
	}
	for _, f := range map[Missing][]*Fact[bool]{MissingDrawsSocial: {&m.DrawsSocial}, MissingDrawsAid: {&m.DrawsAid}, MissingSurvivor: {&m.Survivor},
		MissingOrphan: {&m.Orphan}, MissingSingle: {&m.Single}, MissingAlone: {&m.Alone}, MissingMinority: {&m.Minority}, MissingMerit: {&m.Merit},
		MissingServed: {&m.Served}, MissingAccused: {&m.Accused}}[q.Missing] {
		*f = knowledge.Known(false)
	}
}

func TestRecentlyEscaped(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		from, until string // until: the first day after the span
		want        string
	}{
		{"2023-11-27", "2023-11-28", "[true]"},  // a day less than 36 months
		{"2023-11-26", "2023-11-27", "[false]"}, // 36 months
		{"2026-01-01", "2026-02-01", "[true]"},
		{"2023-01-01", "2024-01-01", "[]"}, // some days of it are, some are not
		{"2022-01-01", "2023-01-01", "[false]"},
	} {
		f, err := RecentlyEscaped(l, today, knowledge.Period{From: day(c.from), Until: day(c.until)})
		if got := printed(f.Among(nil)); err != nil || got != c.want {
			t.Errorf("left between %s and %s: %s, %v; want %s", c.from, c.until, got, err, c.want)
		}
	}
	if f, err := RecentlyEscaped(l, today, knowledge.Period{}); err != nil || f.Told() {
		t.Errorf("left at no known time: %v, %v", f, err)
	}
}

func printed(all []bool) string {
	switch {
	case len(all) == 0:
		return "[]"
	case all[0]:
		return "[true]"
	}
	return "[false]"
}

func TestNoSuchPerson(t *testing.T) {
	l := library(t)
	for name, h := range map[string]Household{
		"an age below nothing":   {Members: []Member{{Age: knowledge.Known(-1)}}},
		"two hundred years":      {Members: []Member{{Age: knowledge.Known(200)}}},
		"a status that is none":  {Status: knowledge.Known(PovertyStatus("rich")), Members: []Member{{}}},
		"a status that is asked": {Status: knowledge.Known(Unknown), Members: []Member{{}}},
		"a pension that is none": {Members: []Member{{Pension: knowledge.Known(Pension("big"))}}},
	} {
		if _, err := Entitled(l, today, SocialPension, h, 0); !errors.Is(err, ErrImpossible) {
			t.Errorf("%s: %v, want ErrImpossible", name, err)
		}
	}
	if _, err := Entitled(l, today, "luck", Household{}, -1); err == nil {
		t.Error("a benefit that is none is found")
	}
}

// Whatever is told of the dimensions, the status is unknown exactly when two completions differ.
func TestDimensionsByCompletions(t *testing.T) {
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		lacks, least, most := Deprivations{}, 0, 0
		for _, dim := range Dimensions() {
			may := rapid.SampledFrom([][]int{nil, {0}, {1}, {2}, {0, 1}, {1, 2}}).Draw(t, string(dim))
			if may == nil {
				most += 2
				continue
			}
			lacks[dim] = knowledge.OneOf(may...)
			least, most = least+may[0], most+may[len(may)-1]
		}
		got, err := Status(l, today, Facts{Income: knowledge.Known[knowledge.VND](1_000_000), Place: knowledge.Known(Rural), Lacks: lacks})
		if err != nil {
			t.Fatal(err)
		}
		want := Unknown
		switch {
		case least >= 3:
			want = Poor
		case most < 3:
			want = NearPoor
		}
		if got.Verdict != want || (want == Unknown) != (len(got.Ask) > 0) {
			t.Fatalf("%d to %d lacking: %s, ask %v", least, most, got.Verdict, got.Ask)
		}
	})
}

func TestDimensionsThatCannotBe(t *testing.T) {
	l := library(t)
	base := Facts{Income: knowledge.Known[knowledge.VND](1), Place: knowledge.Known(Rural)}
	for name, f := range map[string]Facts{
		"three of two":            {Lacks: Deprivations{Work: knowledge.Known(3)}},
		"a dimension that is no":  {Lacks: Deprivations{"luck": knowledge.Known(1)}},
		"more than all":           {Lacking: knowledge.Known(13)},
		"two sums that differ":    {Lacking: knowledge.Known(1), Lacks: Deprivations{Work: knowledge.Known(2)}},
		"fewer than in the parts": {Lacking: knowledge.Known(0), Lacks: Deprivations{Water: knowledge.Known(1)}},
	} {
		f.Income, f.Place = base.Income, base.Place
		if _, err := Status(l, today, f); !errors.Is(err, ErrImpossible) {
			t.Errorf("%s: %v, want ErrImpossible", name, err)
		}
	}
}
