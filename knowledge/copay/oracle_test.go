package copay_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"policybot/knowledge"
	"policybot/knowledge/copay"
)

// visit is a case of the second implementation of the rules: comparable, in whole percents, with the
// numbers of the tables typed here.
type visit struct {
	group              string
	bill               int64
	route              copay.Route
	facility           string
	care               string
	five, hard, listed bool
	paid, beforeJuly   int64
	in2026, sinceJuly  bool // what day it is
}

const unsaid = -1

// levels are those of table 20.2: until the end of 2025, and after.
var levels = map[string][2]int64{
	"poor": {100, 100}, "hard_area": {100, 100}, "near_poor": {95, 100}, "student": {80, 80}, "farmer": {80, 80}, "local_force": {80, 80},
	"trafficking": {80, 80}, "left_hard_area": {95, 95}, "household": {80, 80}, "allowance": {100, 100}, "social_pension_75": {80, 100},
	"social_pension": {80, 80}, "survivor": {100, 100}, "child": {100, 100}, "merit": {100, 100}, "martyr_relative": {100, 100},
	"merit_relative": {95, 95}, "pension": {95, 95}, "unemployed": {80, 80}, "worker": {80, 80},
}

// away is table 20.6, in percent of the level: outpatient before July 2026 and since, inpatient.
var away = map[string][3]int64{
	"primary": {100, 100, 100}, "former_district": {100, 100, 100}, "basic_low": {100, 100, 100}, "basic_mid": {0, 50, 100},
	"basic_former_province": {0, 50, 100}, "province": {0, 50, 100}, "central": {0, 0, 40},
}

// pays is what the patient pays in the second implementation, or unsaid.
func (v visit) pays() int64 {
	small, limit := int64(351_000), int64(14_040_000)
	if v.sinceJuly {
		small, limit = 379_500, 15_180_000
	}
	level := levels[v.group][0]
	if v.in2026 {
		level = levels[v.group][1]
	}
	part := int64(100)
	switch {
	case v.route == copay.Emergency || v.route == copay.Registered || v.listed:
	case v.facility == "clinic":
		return unsaid
	case v.care == "inpatient":
		part = away[v.facility][2]
		if v.hard && (v.facility == "central" || v.facility == "province") {
			part = 100
		}
	case v.sinceJuly:
		part = away[v.facility][1]
	default:
		part = away[v.facility][0]
	}
	free := v.facility == "primary" || v.facility == "clinic" && v.care == "outpatient" || v.bill < small
	// In months of salary: paid/old + paid/new > 6, without fractions.
	exempt := v.five && v.paid > limit
	if v.five && v.sinceJuly {
		exempt = v.beforeJuly*2_530_000+(v.paid-v.beforeJuly)*2_340_000 > 6*2_340_000*2_530_000
	}
	switch {
	case free:
		level = 100
	case exempt && level < 100 && v.route == copay.SelfReferred && part > 0:
		return unsaid
	case exempt:
		level = 100
	}
	own := 10_000 - level*part
	return (v.bill*own*2 + 10_000) / 20_000
}

func (v visit) asCase(on knowledge.Date) copay.Case {
	return copay.Case{Day: on, Groups: []copay.Group{copay.Group(v.group)}, Bill: knowledge.VND(v.bill), Route: v.route, Facility: copay.Facility(v.facility),
		Care: copay.Care(v.care), FiveYears: v.five, HardArea: v.hard, Listed: v.listed, Paid: copay.Paid{Total: knowledge.VND(v.paid), Before: knowledge.VND(v.beforeJuly)}}
}

// onDay tells the second implementation what day it is.
func (v visit) onDay(on knowledge.Date) visit {
	v.in2026, v.sinceJuly = !on.Before(knowledge.NewDate(2026, 1, 1)), !on.Before(knowledge.NewDate(2026, 7, 1))
	return v
}

var (
	allRoutes   = []copay.Route{reg, emg, self}
	allCares    = []string{"inpatient", "outpatient"}
	someBills   = []int64{1, 350_999, 351_000, 379_499, 379_500, 5_000_000}
	somePaid    = []int64{0, 7_020_000, 14_040_000, 14_040_001, 14_500_000, 15_180_000, 15_180_001, 80_000_000}
	lawDays     = []string{"2025-07-01", "2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01", "2026-12-31"}
	bothAnswers = []bool{false, true}
)

func allFacilities() (all []string) {
	for _, f := range copay.Facilities() {
		all = append(all, string(f))
	}
	return all
}

func allGroups() (all []string) {
	for _, g := range copay.Groups() {
		all = append(all, string(g))
	}
	return all
}

// anyVisit draws a case of the days for which all rules are known.
func anyVisit(t *rapid.T) (knowledge.Date, visit) {
	first, last := knowledge.NewDate(2025, 7, 1), knowledge.NewDate(2026, 12, 31)
	on := first.AddDays(rapid.IntRange(0, last.Sub(first)).Draw(t, "day"))
	v := visit{
		group:    rapid.SampledFrom(allGroups()).Draw(t, "group"),
		bill:     rapid.OneOf(rapid.SampledFrom(someBills), rapid.Int64Range(0, 800_000), rapid.Int64Range(0, 1e12)).Draw(t, "bill"),
		route:    rapid.SampledFrom(allRoutes).Draw(t, "route"),
		facility: rapid.SampledFrom(allFacilities()).Draw(t, "facility"),
		care:     rapid.SampledFrom(allCares).Draw(t, "care"),
		five:     rapid.Bool().Draw(t, "five"), hard: rapid.Bool().Draw(t, "hard"), listed: rapid.Bool().Draw(t, "listed"),
		paid: rapid.OneOf(rapid.SampledFrom(somePaid), rapid.Int64Range(0, 40_000_000)).Draw(t, "paid"),
	}
	v = v.onDay(on)
	if v.sinceJuly {
		v.beforeJuly = rapid.OneOf(rapid.Just(v.paid), rapid.Int64Range(0, v.paid)).Draw(t, "before July")
	}
	return on, v
}

// TestShareAgainstTheSecondImplementation: both come to the same đồng.
func TestShareAgainstTheSecondImplementation(t *testing.T) {
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		on, v := anyVisit(t)
		got, err := copay.Share(l, v.asCase(on))
		want := v.pays()
		if errors.Is(err, copay.ErrNotSaid) {
			got.Patient, err = unsaid, nil
		}
		if err != nil || int64(got.Patient) != want {
			t.Fatalf("%+v on %s: the patient pays %d, %v; want %d", v, on, got.Patient, err, want)
		}
	})
}

// partly draws facts of which each may be known, and all visits that they leave possible.
func partly(t *rapid.T) (copay.Facts, []visit) {
	on := day2(t, rapid.SampledFrom(lawDays).Draw(t, "day"))
	f := copay.Facts{Day: on}
	all := []visit{visit{}.onDay(on)}
	all = spread(t, "group", all, []string{"household", "pension", "poor", "near_poor", "social_pension_75"}, func(v *visit, g string) { v.group = g }, func(g string) { f.Group = knowledge.Known(copay.Group(g)) })
	if !f.Group.IsKnown() {
		f.Group = knowledge.OneOf(copay.Household, copay.Pensioner, copay.Poor, copay.NearPoor, copay.SocialPension75)
	}
	all = spread(t, "bill", all, someBills, func(v *visit, b int64) { v.bill = b }, func(b int64) { f.Bill = knowledge.Known(knowledge.VND(b)) })
	all = spread(t, "route", all, allRoutes, func(v *visit, r copay.Route) { v.route = r }, func(r copay.Route) { f.Route = knowledge.Known(r) })
	all = spread(t, "facility", all, allFacilities(), func(v *visit, p string) { v.facility = p }, func(p string) { f.Facility = knowledge.Known(copay.Facility(p)) })
	all = spread(t, "care", all, allCares, func(v *visit, c string) { v.care = c }, func(c string) { f.Care = knowledge.Known(copay.Care(c)) })
	all = spread(t, "five", all, bothAnswers, func(v *visit, b bool) { v.five = b }, func(b bool) { f.FiveYears = knowledge.Known(b) })
	all = spread(t, "hard", all, bothAnswers, func(v *visit, b bool) { v.hard = b }, func(b bool) { f.HardArea = knowledge.Known(b) })
	all = spread(t, "listed", all, bothAnswers, func(v *visit, b bool) { v.listed = b }, func(b bool) { f.Listed = knowledge.Known(b) })
	all = spread(t, "paid", all, somePaid, func(v *visit, p int64) { v.paid = p }, func(p int64) { f.Paid = knowledge.Known(knowledge.VND(p)) })
	if all[0].sinceJuly {
		before := somePaid
		if p, known := f.Paid.Value(); known {
			before = append(slices.DeleteFunc(slices.Clone(somePaid), func(v int64) bool { return v > int64(p) }), int64(p))
		}
		all = spread(t, "before", all, before, func(v *visit, p int64) { v.beforeJuly = p }, func(p int64) { f.Before = knowledge.Known(knowledge.VND(p)) })
		all = slices.DeleteFunc(all, func(v visit) bool { return v.beforeJuly > v.paid })
	}
	return f, all
}

// spread takes one value into all visits, or lets them have any.
func spread[T comparable](t *rapid.T, name string, visits []visit, values []T, put func(*visit, T), know func(T)) (all []visit) {
	if rapid.IntRange(0, 3).Draw(t, name+" is known") > 0 {
		v := rapid.SampledFrom(values).Draw(t, name)
		know(v)
		values = []T{v}
	}
	for _, visit := range visits {
		for _, v := range values {
			put(&visit, v)
			all = append(all, visit)
		}
	}
	return all
}

func day2(t *rapid.T, s string) knowledge.Date {
	d, err := knowledge.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// blanks take a fact out of a visit.
var blanks = map[copay.Missing]func(*visit){
	copay.MissingGroup: func(v *visit) { v.group = "" }, copay.MissingBill: func(v *visit) { v.bill = 0 }, copay.MissingRoute: func(v *visit) { v.route = 0 },
	copay.MissingFacility: func(v *visit) { v.facility = "" }, copay.MissingCare: func(v *visit) { v.care = "" }, copay.MissingFiveYears: func(v *visit) { v.five = false },
	copay.MissingPaid: func(v *visit) { v.paid = 0 }, copay.MissingBefore: func(v *visit) { v.beforeJuly = 0 }, copay.MissingHardArea: func(v *visit) { v.hard = false },
	copay.MissingListed: func(v *visit) { v.listed = false },
}

// TestOpenExactlyWhenCompletionsDisagree enumerates all that the facts leave possible, with the second
// implementation: a finding is settled exactly when all come to the same, its outcomes are theirs, and
// a fact is missing exactly when two of them differ in it alone and in the sum.
func TestOpenExactlyWhenCompletionsDisagree(t *testing.T) {
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		f, all := partly(t)
		want := map[int64]bool{}
		for _, v := range all {
			want[v.pays()] = true
		}
		got, err := copay.Settle(l, f)
		if errors.Is(err, knowledge.ErrNotKnown) && len(want) == 1 && want[unsaid] {
			return
		}
		if err != nil {
			t.Fatalf("%+v: %v", f, err)
		}
		if _, settled := got.Settled(); settled != (len(want) == 1) || settled != (len(got.Missing) == 0) {
			t.Fatalf("%s\nsettled %v, missing %v; want one of %v", f.Text(), settled, got.Missing, want)
		}
		if f.Bill.IsKnown() {
			sameSums(t, f, got, want)
		}
		for m, blank := range blanks {
			if decides := differIn(all, blank); decides != slices.Contains(got.Missing, m) {
				t.Fatalf("%s\nmissing %v; whether %s decides: %v", f.Text(), got.Missing, m, decides)
			}
		}
	})
}

func sameSums(t *rapid.T, f copay.Facts, got copay.Finding, want map[int64]bool) {
	for _, o := range got.Outcomes {
		sum := int64(o.Patient)
		if !o.Known {
			sum = unsaid
		}
		if !want[sum] {
			t.Fatalf("%s\nmay come to %d, which is none of %v", f.Text(), sum, want)
		}
	}
	if len(got.Outcomes) != len(want) {
		t.Fatalf("%s\n%d outcomes, want %v", f.Text(), len(got.Outcomes), want)
	}
}

// differIn reports whether two visits that are alike once a fact is taken out come to different sums.
func differIn(all []visit, blank func(*visit)) bool {
	seen := map[visit]int64{}
	for _, v := range all {
		sum := v.pays()
		blank(&v)
		if before, met := seen[v]; met && before != sum {
			return true
		}
		seen[v] = sum
	}
	return false
}
