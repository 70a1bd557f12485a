package copay_test

import (
	"errors"
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

// TestShareProperties: nobody pays less than nothing or more than the bill, the parts are the whole,
// and a better group never costs more.
func TestShareProperties(t *testing.T) {
	l := library(t)
	first, last := day(t, "2025-07-01"), day(t, "2026-12-31") // the base salary of 2027 is not known
	groups := []copay.Group{"household", "pension", "poor"}   // each better than the one before
	rapid.Check(t, func(t *rapid.T) {
		c := copay.Case{
			Day:      first.AddDays(rapid.IntRange(0, last.Sub(first)).Draw(t, "day")),
			Bill:     knowledge.VND(rapid.OneOf(rapid.Int64Range(0, 800_000), rapid.Int64Range(0, 1e12)).Draw(t, "bill")),
			Outside:  knowledge.VND(rapid.Int64Range(0, 1e9).Draw(t, "outside")),
			Care:     rapid.SampledFrom([]copay.Care{in, out}).Draw(t, "care"),
			Route:    rapid.SampledFrom([]copay.Route{reg, emg, self}).Draw(t, "route"),
			Facility: rapid.SampledFrom(copay.Facilities()).Draw(t, "facility"),
			HardArea: rapid.Bool().Draw(t, "hard area"),
		}
		before := c.Bill + c.Outside
		for _, group := range groups {
			c.Groups = []copay.Group{group}
			got, err := copay.Share(l, c)
			if errors.Is(err, copay.ErrNotSaid) && c.Facility == copay.Clinic && c.Route == self {
				t.Skip("not in the sources")
			}
			if err != nil {
				t.Fatal(err)
			}
			if got.Fund < 0 || got.Patient < c.Outside || got.Fund+got.Patient != c.Bill+c.Outside {
				t.Fatalf("%s: fund %s, patient %s of %s and %s", group, got.Fund, got.Patient, c.Bill, c.Outside)
			}
			if got.Patient > before {
				t.Fatalf("%s pays %s, a worse group %s", group, got.Patient, before)
			}
			before = got.Patient
			sum := map[copay.Payer]knowledge.VND{}
			for _, line := range got.Lines {
				sum[line.Payer] += line.Amount
			}
			if sum[copay.Fund] != got.Fund || sum[copay.Patient] != got.Patient {
				t.Fatalf("lines %v do not add up to %s and %s", got.Lines, got.Fund, got.Patient)
			}
		}
	})
}
