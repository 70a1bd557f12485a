package copay_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"policybot/knowledge"
	"policybot/knowledge/content"
	"policybot/knowledge/copay"
)

func library(t *testing.T) *knowledge.Library {
	t.Helper()
	l, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func day(t *testing.T, s string) knowledge.Date {
	t.Helper()
	d, err := knowledge.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const (
	in   = copay.Inpatient
	out  = copay.Outpatient
	reg  = copay.Registered
	self = copay.SelfReferred
	emg  = copay.Emergency
)

// TestShare are the worked examples of the policy table and the days and đồng around each change,
// typed by hand.
func TestShare(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		name, day, group string
		care             copay.Care
		route            copay.Route
		facility         copay.Facility
		bill, patient    knowledge.VND
	}{
		{"1", "2026-11-20", "near_poor", in, reg, "", 8_000_000, 0},
		{"2", "2025-12-20", "near_poor", in, reg, "", 8_000_000, 400_000},
		{"3", "2026-06-10", "household", out, reg, "", 300_000, 0},
		{"4", "2026-07-05", "household", out, reg, "", 360_000, 0},
		{"5", "2026-06-20", "household", out, reg, "", 360_000, 72_000},
		{"6", "2026-08-01", "household", out, reg, "", 379_500, 75_900},
		{"7", "2026-10-15", "household", in, reg, "", 10_000_000, 2_000_000},
		{"8", "2026-10-15", "pension", in, reg, "", 10_000_000, 500_000},
		{"9", "2026-10-15", "poor", in, reg, "", 10_000_000, 0},
		{"10", "2026-08-20", "household", out, self, copay.Province, 1_000_000, 600_000},
		{"11", "2026-08-20", "near_poor", out, self, copay.Province, 1_000_000, 500_000},
		{"12", "2026-08-20", "household", out, self, copay.Province, 300_000, 150_000},
		{"13", "2026-08-20", "household", in, self, copay.Central, 20_000_000, 13_600_000},
		{"14", "2026-08-20", "near_poor", in, self, copay.Central, 20_000_000, 12_000_000},
		{"16", "2026-09-15", "household", in, emg, copay.Central, 5_000_000, 1_000_000},
		{"17", "2026-11-15", "household", out, reg, copay.Primary, 600_000, 0},

		{"threshold until June, one less", "2026-06-30", "household", out, reg, "", 350_999, 0},
		{"threshold until June", "2026-06-30", "household", out, reg, "", 351_000, 70_200},
		{"threshold until June, one more", "2026-06-30", "household", out, reg, "", 351_001, 70_200},
		{"threshold from July, one less", "2026-07-01", "household", out, reg, "", 379_499, 0},
		{"threshold from July", "2026-07-01", "household", out, reg, "", 379_500, 75_900},
		{"threshold from July, one more", "2026-07-01", "household", out, reg, "", 379_501, 75_900},

		{"last day of 95%", "2025-12-31", "near_poor", in, reg, "", 8_000_000, 400_000},
		{"first day of 100%", "2026-01-01", "near_poor", in, reg, "", 8_000_000, 0},
		{"second day of 100%", "2026-01-02", "near_poor", in, reg, "", 8_000_000, 0},
		{"75, last day of 80%", "2025-12-31", "social_pension_75", in, reg, "", 1_000_000, 200_000},
		{"75, first day of 100%", "2026-01-01", "social_pension_75", in, reg, "", 1_000_000, 0},
		{"last day without half", "2026-06-30", "household", out, self, copay.Province, 1_000_000, 1_000_000},
		{"first day of half", "2026-07-01", "household", out, self, copay.Province, 1_000_000, 600_000},
		{"before 2025, plain", "2024-10-01", "near_poor", in, reg, "", 8_000_000, 400_000},

		{"primary", "2026-08-20", "household", out, self, copay.Primary, 1_000_000, 0},
		{"district", "2026-08-20", "household", out, self, copay.FormerDistrict, 1_000_000, 200_000},
		{"basic low out", "2026-08-20", "household", out, self, copay.BasicLow, 1_000_000, 200_000},
		{"basic mid out", "2026-08-20", "household", out, self, copay.BasicMid, 1_000_000, 600_000},
		{"basic province out", "2026-08-20", "household", out, self, copay.BasicFormerProvince, 1_000_000, 600_000},
		{"basic low in", "2026-08-20", "household", in, self, copay.BasicLow, 1_000_000, 200_000},
		{"basic mid in", "2026-08-20", "household", in, self, copay.BasicMid, 1_000_000, 200_000},
		{"basic province in", "2026-08-20", "household", in, self, copay.BasicFormerProvince, 1_000_000, 200_000},
		{"province in", "2026-08-20", "household", in, self, copay.Province, 1_000_000, 200_000},
		{"central out", "2026-08-20", "near_poor", out, self, copay.Central, 1_000_000, 1_000_000},
		{"central in, 2025", "2025-08-20", "near_poor", in, self, copay.Central, 1_000_000, 620_000},
	} {
		got, err := copay.Share(l, copay.Case{Day: day(t, c.day), Groups: []copay.Group{copay.Group(c.group)}, Bill: c.bill, Care: c.care, Route: c.route, Facility: c.facility})
		if err != nil || got.Patient != c.patient || got.Fund != c.bill-c.patient {
			t.Errorf("%s: patient pays %s, fund %s, %v; want %s", c.name, got.Patient, got.Fund, err, c.patient)
		}
	}
}

// TestHardAreaAndOutside are examples 15 and 18.
func TestHardAreaAndOutside(t *testing.T) {
	l := library(t)
	got, err := copay.Share(l, copay.Case{Day: day(t, "2026-08-20"), Groups: []copay.Group{copay.Poor}, Bill: 20_000_000, Care: in, Route: self, Facility: copay.Central, HardArea: true})
	if err != nil || got.Patient != 0 {
		t.Errorf("poor in a hard area pays %s, %v; want nothing", got.Patient, err)
	}
	got, err = copay.Share(l, copay.Case{Day: day(t, "2026-11-15"), Groups: []copay.Group{copay.Poor}, Bill: 3_000_000, Outside: 2_000_000})
	if err != nil || got.Patient != 2_000_000 || got.Fund != 3_000_000 {
		t.Errorf("with care on request: patient %s, fund %s, %v; want 2.000.000 and 3.000.000", got.Patient, got.Fund, err)
	}
}

func TestShareRefuses(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		name     string
		in       copay.Case
		notKnown bool
	}{
		{"self-referred before the rules", copay.Case{Day: day(t, "2024-12-31"), Groups: []copay.Group{copay.NearPoor}, Bill: 1_000_000, Care: in, Route: self, Facility: copay.Central}, true},
		{"emergency before the rules", copay.Case{Day: day(t, "2024-12-31"), Groups: []copay.Group{copay.NearPoor}, Bill: 1_000_000, Care: in, Route: emg}, true},
		{"before any figure", copay.Case{Day: day(t, "2020-01-01"), Groups: []copay.Group{copay.NearPoor}, Bill: 1_000_000}, true},
		{"negative", copay.Case{Day: day(t, "2026-01-01"), Groups: []copay.Group{copay.NearPoor}, Bill: -1}, false},
		{"no such group", copay.Case{Day: day(t, "2026-01-01"), Groups: []copay.Group{"nobody"}, Bill: 1}, false},
		{"no facility", copay.Case{Day: day(t, "2026-01-01"), Groups: []copay.Group{copay.NearPoor}, Bill: 1, Care: in, Route: self}, false},
		{"no care", copay.Case{Day: day(t, "2026-01-01"), Groups: []copay.Group{copay.NearPoor}, Bill: 1, Route: self, Facility: copay.Central}, false},
	} {
		if _, err := copay.Share(l, c.in); err == nil || errors.Is(err, knowledge.ErrNotKnown) != c.notKnown {
			t.Errorf("%s: error %v; want one, not known: %v", c.name, err, c.notKnown)
		}
	}
}

// TestShareProperties: nobody pays less than nothing or more than the bill, the parts and the lines
// are the whole, a larger bill never costs less, and neither a better level, one more group, a digit on
// the card nor more that was paid before ever costs more.
func TestShareProperties(t *testing.T) {
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		on, v := anyVisit(t)
		c := v.asCase(on)
		c.Outside = knowledge.VND(rapid.Int64Range(0, 1e9).Draw(t, "outside"))
		got, err := copay.Share(l, c)
		if errors.Is(err, copay.ErrNotSaid) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if got.Fund < 0 || got.Patient < c.Outside || got.Fund+got.Patient != c.Bill+c.Outside {
			t.Fatalf("fund %s, patient %s of %s and %s", got.Fund, got.Patient, c.Bill, c.Outside)
		}
		linesAddUp(t, l, c, got)
		for name, better := range betterThan(t, c) {
			more, err := copay.Share(l, better)
			if errors.Is(err, copay.ErrNotSaid) {
				continue
			}
			if err != nil || more.Patient > got.Patient {
				t.Fatalf("with %s %s, %v; without %s", name, more.Patient, err, got.Patient)
			}
		}
	})
}

func linesAddUp(t *rapid.T, l *knowledge.Library, c copay.Case, got copay.Result) {
	sum := map[copay.Payer]knowledge.VND{}
	for _, line := range got.Lines {
		sum[line.Payer] += line.Amount
		applies := func(id knowledge.ProvisionID) bool {
			p := l.Provision(id)
			return p != nil && p.Applies.Contains(c.Day)
		}
		if !slices.ContainsFunc(line.Basis, applies) {
			t.Fatalf("a line rests on %v, none of which applies on %s", line.Basis, c.Day)
		}
	}
	if sum[copay.Fund] != got.Fund || sum[copay.Patient] != got.Patient {
		t.Fatalf("lines %v do not add up to %s and %s", got.Lines, got.Fund, got.Patient)
	}
}

// betterThan returns cases that cost no more than c.
func betterThan(t *rapid.T, c copay.Case) map[string]copay.Case {
	all := map[string]copay.Case{}
	smaller := c
	smaller.Bill = knowledge.VND(rapid.Int64Range(0, int64(c.Bill)).Draw(t, "a smaller bill"))
	all["a smaller bill"] = smaller
	oneMore := c
	oneMore.Groups = append(slices.Clone(c.Groups), rapid.SampledFrom(copay.Groups()).Draw(t, "one more group"))
	all["one more group"] = oneMore
	digit := c
	digit.Digit = rapid.IntRange(1, 5).Draw(t, "digit")
	all["a digit"] = digit
	paid := c
	paid.FiveYears, paid.Paid.Total = true, c.Paid.Total+knowledge.VND(rapid.Int64Range(0, 1e8).Draw(t, "more paid"))
	if c.FiveYears || c.Paid.Total == 0 {
		all["more paid before"] = paid
	}
	emergency := c
	emergency.Route = copay.Emergency
	all["an emergency"] = emergency
	listed := c
	listed.Listed = true
	all["a disease on the list"] = listed
	return all
}

func TestLeft(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		day         string
		paid        copay.Paid
		left, limit knowledge.VND
	}{
		{"2026-08-01", copay.Paid{Total: 7_020_000, Before: 7_020_000}, 7_590_000, 15_180_000}, // the worked example
		{"2026-08-01", copay.Paid{}, 15_180_000, 15_180_000},
		{"2026-08-01", copay.Paid{Total: 14_040_000, Before: 14_040_000}, 0, 15_180_000},
		{"2026-08-01", copay.Paid{Total: 14_040_001, Before: 14_040_001}, -1, 15_180_000},
		{"2026-08-01", copay.Paid{Total: 1, Before: 1}, 15_179_998, 15_180_000}, // 15.179.998,92: the đồng above it exceeds it
		{"2026-06-30", copay.Paid{Total: 7_020_000}, 7_020_000, 14_040_000},
		{"2027-01-01", copay.Paid{}, 0, 0},
	} {
		left, limit, err := copay.Left(l, day(t, c.day), c.paid)
		if c.limit == 0 {
			if !errors.Is(err, knowledge.ErrNotKnown) {
				t.Errorf("%s: %s, %v; want not known", c.day, left, err)
			}
			continue
		}
		if err != nil || left != c.left || limit.Amount.N != int64(c.limit) {
			t.Errorf("%s %+v: %s of %s, %v; want %s of %s", c.day, c.paid, left, limit.Amount, err, c.left, c.limit)
		}
	}
	if _, _, err := copay.Left(l, day(t, "2026-08-01"), copay.Paid{Total: 1, Before: 2}); !errors.Is(err, copay.ErrImpossible) {
		t.Errorf("a part above its whole: %v", err)
	}
}

// TestPasses: the visit that takes the year over the limit is shared as any other, and says so.
func TestPasses(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		paid   knowledge.VND
		passes bool
	}{{13_180_000, false}, {13_180_001, true}, {15_180_000, true}, {15_180_001, false}} {
		got, err := copay.Share(l, copay.Case{Day: day(t, "2026-11-20"), Groups: []copay.Group{copay.Household}, Bill: 10_000_000, FiveYears: true, Paid: copay.Paid{Total: c.paid}})
		if err != nil || got.Passes != c.passes {
			t.Errorf("paid %s: passes %v, %v; want %v", c.paid, got.Passes, err, c.passes)
		}
	}
}

func TestParseCode(t *testing.T) {
	for _, c := range []struct {
		text   string
		groups []copay.Group
		digit  int
	}{
		{"CN2", []copay.Group{copay.NearPoor}, 0}, {"cn 3", []copay.Group{copay.NearPoor}, 0}, {"GD4", []copay.Group{copay.Household}, 4},
		{"GD 4 92 1234567890", []copay.Group{copay.Household}, 4}, {"HN2921234567890", []copay.Group{copay.Poor}, 2}, {"HT", []copay.Group{copay.Pensioner}, 0},
		{"LH2", []copay.Group{copay.SocialPension75}, 0}, {"LH4", []copay.Group{copay.SocialPension75, copay.SocialPension}, 0}, {" TE1 ", []copay.Group{copay.Child}, 1},
	} {
		code, ok := copay.ParseCode(c.text)
		if !ok || !slices.Equal(code.Groups(), c.groups) || code.Digit() != c.digit {
			t.Errorf("%q: %v, %d, %v; want %v, %d", c.text, code.Groups(), code.Digit(), ok, c.groups, c.digit)
		}
	}
	for _, text := range []string{"", "ZZ9", "CNX", "C", "cận nghèo", "CN6", "NO4", "DT2", "1234567890"} {
		if code, ok := copay.ParseCode(text); ok {
			t.Errorf("%q is the code %+v", text, code)
		}
	}
}

func TestSettleRefuses(t *testing.T) {
	l := library(t)
	known := copay.Facts{Day: day(t, "2026-11-20"), Group: knowledge.Known(copay.Poor), Bill: knowledge.Known[knowledge.VND](1)}
	for name, change := range map[string]func(*copay.Facts){
		"no day": func(f *copay.Facts) { f.Day = knowledge.Date{}; f.Days = knowledge.Period{From: day(t, "2026-01-01")} },
		"a day beside the days": func(f *copay.Facts) {
			f.Days = knowledge.Period{From: day(t, "2026-01-01"), Until: day(t, "2026-02-01")}
		},
		"negative": func(f *copay.Facts) { f.Bill = knowledge.Known[knowledge.VND](-1) },
		"a part above its whole": func(f *copay.Facts) {
			f.Paid, f.Before = knowledge.Known[knowledge.VND](1), knowledge.Known[knowledge.VND](2)
		},
		"an amount beyond all sums": func(f *copay.Facts) { f.Bill = knowledge.Known[knowledge.VND](1e15) },
	} {
		f := known
		change(&f)
		if got, err := copay.Settle(l, f); !errors.Is(err, copay.ErrImpossible) {
			t.Errorf("%s: %v, %v; want impossible", name, got, err)
		}
	}
}
