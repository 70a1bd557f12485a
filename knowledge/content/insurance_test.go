package content_test

import (
	"errors"
	"testing"

	"policybot/knowledge"
	"policybot/knowledge/content"
)

// insuranceDays are the days around each change of the law, and the columns of insuranceTable.
var insuranceDays = []string{
	"2024-06-30", "2024-07-01", "2025-06-30", "2025-07-01",
	"2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01",
}

// insuranceTable says what each figure is on insuranceDays, typed by hand from the tables of the
// law. "–" is a day that the sources do not cover.
var insuranceTable = map[string][8]string{
	"base_salary":     {"1.800.000 đồng", "2.340.000 đồng", "2.340.000 đồng", "2.340.000 đồng", "2.340.000 đồng", "2.340.000 đồng", "2.340.000 đồng", "2.530.000 đồng"},
	"premium.rate":    {"4,5%", "4,5%", "4,5%", "4,5%", "4,5%", "4,5%", "4,5%", "4,5%"},
	"premium.month":   {"81.000 đồng", "105.300 đồng", "105.300 đồng", "105.300 đồng", "105.300 đồng", "105.300 đồng", "105.300 đồng", "113.850 đồng"},
	"premium.year":    {"972.000 đồng", "1.263.600 đồng", "1.263.600 đồng", "1.263.600 đồng", "1.263.600 đồng", "1.263.600 đồng", "1.263.600 đồng", "1.366.200 đồng"},
	"months.year":     {"12", "12", "12", "12", "12", "12", "12", "12"},
	"months.half":     {"–", "–", "–", "6", "6", "6", "6", "6"},
	"months.quarter":  {"–", "–", "–", "3", "3", "3", "3", "3"},
	"copay.five_year": {"10.800.000 đồng", "14.040.000 đồng", "14.040.000 đồng", "14.040.000 đồng", "14.040.000 đồng", "14.040.000 đồng", "14.040.000 đồng", "15.180.000 đồng"},
	"copay.small_bill": {"270.000 đồng", "351.000 đồng", "351.000 đồng", "351.000 đồng", "351.000 đồng", "351.000 đồng", "351.000 đồng",
		"379.500 đồng"},

	"premium.near_poor.support": {"70%", "70%", "70%", "70%", "70%", "70%", "70%", "70%"},
	"premium.near_poor.share":   {"30%", "30%", "30%", "30%", "30%", "30%", "30%", "30%"},
	"premium.near_poor.month":   {"24.300 đồng", "31.590 đồng", "31.590 đồng", "31.590 đồng", "31.590 đồng", "31.590 đồng", "31.590 đồng", "34.155 đồng"},
	"premium.near_poor.year":    {"291.600 đồng", "379.080 đồng", "379.080 đồng", "379.080 đồng", "379.080 đồng", "379.080 đồng", "379.080 đồng", "409.860 đồng"},

	"premium.student.support": {"30%", "30%", "30%", "50%", "50%", "50%", "50%", "50%"},
	"premium.student.month":   {"56.700 đồng", "73.710 đồng", "73.710 đồng", "52.650 đồng", "52.650 đồng", "52.650 đồng", "52.650 đồng", "56.925 đồng"},
	"premium.student.year":    {"680.400 đồng", "884.520 đồng", "884.520 đồng", "631.800 đồng", "631.800 đồng", "631.800 đồng", "631.800 đồng", "683.100 đồng"},

	"premium.farmer.month":         {"–", "–", "–", "73.710 đồng", "73.710 đồng", "73.710 đồng", "73.710 đồng", "79.695 đồng"},
	"premium.farmer.year":          {"–", "–", "–", "884.520 đồng", "884.520 đồng", "884.520 đồng", "884.520 đồng", "956.340 đồng"},
	"premium.local_force.year":     {"–", "–", "–", "631.800 đồng", "631.800 đồng", "631.800 đồng", "631.800 đồng", "683.100 đồng"},
	"premium.trafficking.year":     {"–", "–", "–", "631.800 đồng", "631.800 đồng", "631.800 đồng", "631.800 đồng", "683.100 đồng"},
	"premium.left_hard_area.month": {"–", "–", "–", "31.590 đồng", "31.590 đồng", "31.590 đồng", "31.590 đồng", "34.155 đồng"},
	"premium.left_hard_area.year":  {"–", "–", "–", "379.080 đồng", "379.080 đồng", "379.080 đồng", "379.080 đồng", "409.860 đồng"},

	"premium.household.1.month":   {"81.000 đồng", "105.300 đồng", "105.300 đồng", "105.300 đồng", "105.300 đồng", "105.300 đồng", "105.300 đồng", "113.850 đồng"},
	"premium.household.1.quarter": {"–", "–", "–", "315.900 đồng", "315.900 đồng", "315.900 đồng", "315.900 đồng", "341.550 đồng"},
	"premium.household.1.half":    {"–", "–", "–", "631.800 đồng", "631.800 đồng", "631.800 đồng", "631.800 đồng", "683.100 đồng"},
	"premium.household.1.year":    {"972.000 đồng", "1.263.600 đồng", "1.263.600 đồng", "1.263.600 đồng", "1.263.600 đồng", "1.263.600 đồng", "1.263.600 đồng", "1.366.200 đồng"},
	"premium.household.2.month":   {"–", "73.710 đồng", "73.710 đồng", "73.710 đồng", "73.710 đồng", "73.710 đồng", "73.710 đồng", "79.695 đồng"},
	"premium.household.2.year":    {"–", "884.520 đồng", "884.520 đồng", "884.520 đồng", "884.520 đồng", "884.520 đồng", "884.520 đồng", "956.340 đồng"},
	"premium.household.3.month":   {"–", "63.180 đồng", "63.180 đồng", "63.180 đồng", "63.180 đồng", "63.180 đồng", "63.180 đồng", "68.310 đồng"},
	"premium.household.3.year":    {"–", "758.160 đồng", "758.160 đồng", "758.160 đồng", "758.160 đồng", "758.160 đồng", "758.160 đồng", "819.720 đồng"},
	"premium.household.4.month":   {"–", "52.650 đồng", "52.650 đồng", "52.650 đồng", "52.650 đồng", "52.650 đồng", "52.650 đồng", "56.925 đồng"},
	"premium.household.4.year":    {"–", "631.800 đồng", "631.800 đồng", "631.800 đồng", "631.800 đồng", "631.800 đồng", "631.800 đồng", "683.100 đồng"},
	"premium.household.5.month":   {"–", "42.120 đồng", "42.120 đồng", "42.120 đồng", "42.120 đồng", "42.120 đồng", "42.120 đồng", "45.540 đồng"},
	"premium.household.5.year":    {"–", "505.440 đồng", "505.440 đồng", "505.440 đồng", "505.440 đồng", "505.440 đồng", "505.440 đồng", "546.480 đồng"},
	"premium.household.total.2.year": {"–", "2.148.120 đồng", "2.148.120 đồng", "2.148.120 đồng", "2.148.120 đồng", "2.148.120 đồng",
		"2.148.120 đồng", "2.322.540 đồng"},
	"premium.household.total.3.year": {"–", "2.906.280 đồng", "2.906.280 đồng", "2.906.280 đồng", "2.906.280 đồng", "2.906.280 đồng",
		"2.906.280 đồng", "3.142.260 đồng"},
	"premium.household.total.4.year": {"–", "3.538.080 đồng", "3.538.080 đồng", "3.538.080 đồng", "3.538.080 đồng", "3.538.080 đồng",
		"3.538.080 đồng", "3.825.360 đồng"},
	"premium.household.total.5.year": {"–", "4.043.520 đồng", "4.043.520 đồng", "4.043.520 đồng", "4.043.520 đồng", "4.043.520 đồng",
		"4.043.520 đồng", "4.371.840 đồng"},

	"copay.poor.fund":              {"100%", "100%", "100%", "100%", "100%", "100%", "100%", "100%"},
	"copay.near_poor.fund":         {"95%", "95%", "95%", "95%", "95%", "100%", "100%", "100%"},
	"copay.near_poor.patient":      {"5%", "5%", "5%", "5%", "5%", "0%", "0%", "0%"},
	"copay.household.fund":         {"80%", "80%", "80%", "80%", "80%", "80%", "80%", "80%"},
	"copay.household.patient":      {"20%", "20%", "20%", "20%", "20%", "20%", "20%", "20%"},
	"copay.pension.fund":           {"95%", "95%", "95%", "95%", "95%", "95%", "95%", "95%"},
	"copay.social_pension_75.fund": {"–", "–", "–", "80%", "80%", "100%", "100%", "100%"},
	"copay.social_pension.fund":    {"–", "–", "–", "80%", "80%", "80%", "80%", "80%"},

	"copay.self_referred.province.outpatient":              {"–", "–", "0%", "0%", "0%", "0%", "0%", "50%"},
	"copay.self_referred.basic_mid.outpatient":             {"–", "–", "0%", "0%", "0%", "0%", "0%", "50%"},
	"copay.self_referred.basic_former_province.outpatient": {"–", "–", "0%", "0%", "0%", "0%", "0%", "50%"},
	"copay.self_referred.basic_low.outpatient":             {"–", "–", "100%", "100%", "100%", "100%", "100%", "100%"},
	"copay.self_referred.province.inpatient":               {"–", "–", "100%", "100%", "100%", "100%", "100%", "100%"},
	"copay.self_referred.basic.inpatient":                  {"–", "–", "100%", "100%", "100%", "100%", "100%", "100%"},
	"copay.self_referred.central.inpatient":                {"–", "–", "40%", "40%", "40%", "40%", "40%", "40%"},
	"copay.self_referred.central.outpatient":               {"–", "–", "0%", "0%", "0%", "0%", "0%", "0%"},
	"copay.self_referred.former_district":                  {"–", "–", "100%", "100%", "100%", "100%", "100%", "100%"},
	"copay.self_referred.emergency":                        {"–", "–", "100%", "100%", "100%", "100%", "100%", "100%"},

	"copay.self_referred.province.outpatient.household":         {"–", "–", "0%", "0%", "0%", "0%", "0%", "40%"},
	"copay.self_referred.province.outpatient.household.patient": {"–", "–", "100%", "100%", "100%", "100%", "100%", "60%"},
	"copay.self_referred.province.outpatient.near_poor.patient": {"–", "–", "100%", "100%", "100%", "100%", "100%", "50%"},
	"copay.self_referred.central.inpatient.household":           {"–", "–", "32%", "32%", "32%", "32%", "32%", "32%"},
	"copay.self_referred.central.inpatient.household.patient":   {"–", "–", "68%", "68%", "68%", "68%", "68%", "68%"},
	"copay.self_referred.central.inpatient.near_poor":           {"–", "–", "38%", "38%", "38%", "40%", "40%", "40%"},
	"premium.worker.rate":   {"–", "–", "–", "1,5%", "1,5%", "1,5%", "1,5%", "1,5%"},
	"premium.employer.rate": {"–", "–", "–", "3%", "3%", "3%", "3%", "3%"},

	"claim.cap.outpatient":  {"–", "–", "–", "–", "351.000 đồng", "351.000 đồng", "351.000 đồng", "379.500 đồng"},
	"claim.cap.inpatient.1": {"–", "–", "–", "–", "1.170.000 đồng", "1.170.000 đồng", "1.170.000 đồng", "1.265.000 đồng"},
	"claim.cap.inpatient.3": {"–", "–", "–", "–", "5.850.000 đồng", "5.850.000 đồng", "5.850.000 đồng", "6.325.000 đồng"},
}

func TestInsuranceFigures(t *testing.T) {
	library, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range insuranceTable {
		for i, want := range row {
			if got := figureOn(t, library, name, insuranceDays[i]); got != want {
				t.Errorf("%s on %s = %s, want %s", name, insuranceDays[i], got, want)
			}
		}
	}
}

// TestInsurance2027 holds what is not decided: no premium and no threshold of 2027 may come out.
func TestInsurance2027(t *testing.T) {
	library, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"base_salary", "premium.rate", "premium.month", "premium.near_poor.month", "premium.student.year",
		"premium.household.4.year", "premium.worker.rate", "copay.small_bill", "copay.five_year", "claim.cap.outpatient",
	} {
		if got := figureOn(t, library, name, "2026-12-31"); got == "–" {
			t.Errorf("%s is not known on its last day", name)
		}
		if got := figureOn(t, library, name, "2027-01-01"); got != "–" {
			t.Errorf("%s in 2027 = %s, want unknown", name, got)
		}
	}
}

func figureOn(t *testing.T, library *knowledge.Library, name, day string) string {
	t.Helper()
	on, err := knowledge.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	v, err := library.Figure(name, on)
	if errors.Is(err, knowledge.ErrNotKnown) {
		return "–"
	}
	if err != nil {
		t.Fatal(err)
	}
	return v.Amount.String()
}

// TestBaseSalary holds every cell of the table of base salaries and what follows from them, typed by hand.
func TestBaseSalary(t *testing.T) {
	library, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"base_salary", "premium.month", "premium.year", "copay.small_bill", "copay.five_year"}
	for _, row := range []struct {
		days  []string
		cells [5]string
	}{
		{[]string{"2019-06-30"}, [5]string{"–", "–", "–", "–", "–"}},
		{[]string{"2019-07-01", "2023-06-30"}, [5]string{"1.490.000 đồng", "67.050 đồng", "804.600 đồng", "223.500 đồng", "8.940.000 đồng"}},
		{[]string{"2023-07-01", "2024-06-30"}, [5]string{"1.800.000 đồng", "81.000 đồng", "972.000 đồng", "270.000 đồng", "10.800.000 đồng"}},
		{[]string{"2024-07-01", "2026-06-30"}, [5]string{"2.340.000 đồng", "105.300 đồng", "1.263.600 đồng", "351.000 đồng", "14.040.000 đồng"}},
		{[]string{"2026-07-01", "2026-12-31"}, [5]string{"2.530.000 đồng", "113.850 đồng", "1.366.200 đồng", "379.500 đồng", "15.180.000 đồng"}},
	} {
		for _, day := range row.days {
			for i, name := range names {
				if got := figureOn(t, library, name, day); got != row.cells[i] {
					t.Errorf("%s on %s = %s, want %s", name, day, got, row.cells[i])
				}
			}
		}
	}
}
