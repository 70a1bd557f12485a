package content_test

import (
	"strings"
	"testing"

	"policybot/knowledge"
	"policybot/knowledge/content"
)

// span is what a figure is from a day on, until the next span of its row.
type span struct{ from, want string }

// always is a figure that has not changed since the first day it is known for.
func always(from, want string) []span { return []span{{from, want}} }

// supportTable says what each figure on training, credit, assistance, schooling, electricity and
// justice is from which day, typed by hand from the tables of the law. "–" is not known.
var supportTable = map[string][]span{
	"training.rural.cap":      always("2026-01-01", "4.000.000 đồng"),
	"training.meal":           always("2026-01-01", "50.000 đồng"),
	"training.travel":         always("2026-01-01", "200.000 đồng"),
	"training.travel.km":      always("2026-01-01", "15"),
	"training.travel_hard":    always("2026-01-01", "300.000 đồng"),
	"training.travel_hard.km": always("2026-01-01", "10"),
	"training.youth.months":   always("2026-01-01", "12 tháng"),
	"training.youth.cap":      {{"2026-01-01", "28.080.000 đồng"}, {"2026-07-01", "30.360.000 đồng"}, {"2027-01-01", "–"}},
	"training.request.days":   always("2026-01-01", "7 ngày làm việc"),
	"training.short":          {{"2016-01-01", "3 tháng"}, {"2026-01-01", "3 tháng"}},

	"training.q46.disabled":          always("2016-01-01", "6.000.000 đồng"),
	"training.q46.poor_minority":     always("2016-01-01", "4.000.000 đồng"),
	"training.q46.poor_hard":         always("2016-01-01", "4.000.000 đồng"),
	"training.q46.poor":              always("2016-01-01", "3.000.000 đồng"),
	"training.q46.minority":          always("2016-01-01", "3.000.000 đồng"),
	"training.q46.merit":             always("2016-01-01", "3.000.000 đồng"),
	"training.q46.land":              always("2016-01-01", "3.000.000 đồng"),
	"training.q46.woman_jobless":     always("2016-01-01", "3.000.000 đồng"),
	"training.q46.fisher":            always("2016-01-01", "3.000.000 đồng"),
	"training.q46.near_poor":         always("2016-01-01", "2.500.000 đồng"),
	"training.q46.woman":             always("2016-01-01", "2.000.000 đồng"),
	"training.q46.rural":             always("2016-01-01", "2.000.000 đồng"),
	"training.q46.times":             always("2016-01-01", "1"),
	"training.meal_2015":             always("2016-01-01", "30.000 đồng"),
	"training.travel_2015":           always("2016-01-01", "200.000 đồng"),
	"training.travel_2015.km":        always("2016-01-01", "15"),
	"training.travel_hard_2015":      always("2016-01-01", "300.000 đồng"),
	"training.travel_hard_2015.km":   always("2016-01-01", "5"),
	"training.age.min":               always("2024-01-01", "15 tuổi"),
	"training.age.women":             always("2024-01-01", "55 tuổi"),
	"training.age.men":               always("2024-01-01", "60 tuổi"),
	"skills.groups":                  always("2026-01-01", "9"),
	"jobless.rate":                   always("2026-01-01", "60%"),
	"jobless.average":                always("2026-01-01", "6 tháng"),
	"jobless.cap":                    always("2026-01-01", "5"),
	"jobless.paid":                   always("2026-01-01", "12 tháng"),
	"jobless.paid_window":            always("2026-01-01", "24 tháng"),
	"jobless.first":                  always("2026-01-01", "3 tháng"),
	"jobless.first_paid":             always("2026-01-01", "36 tháng"),
	"jobless.step":                   always("2026-01-01", "12 tháng"),
	"jobless.step_gain":              always("2026-01-01", "1 tháng"),
	"jobless.max":                    always("2026-01-01", "12 tháng"),
	"jobless.start":                  always("2026-01-01", "11"),
	"jobless.training.paid":          always("2026-01-01", "9 tháng"),
	"jobless.training.paid_window":   always("2026-01-01", "36 tháng"),
	"jobless.training.file":          always("2026-01-01", "12 tháng"),
	"jobless.training.max":           always("2026-01-01", "6 tháng"),
	"abroad.orientation":             always("2026-01-01", "530.000 đồng"),
	"abroad.meal":                    always("2026-01-01", "50.000 đồng"),
	"abroad.housing":                 always("2026-01-01", "400.000 đồng"),
	"abroad.travel":                  always("2026-01-01", "200.000 đồng"),
	"abroad.travel_hard":             always("2026-01-01", "300.000 đồng"),
	"abroad.training":                always("2026-01-01", "4.000.000 đồng"),
	"abroad.language":                always("2026-01-01", "4.000.000 đồng"),
	"abroad.health":                  always("2026-01-01", "750.000 đồng"),
	"loan.poor.rate":                 {{"2024-01-01", "6,6%"}, {"2025-12-01", "6,24%"}},
	"loan.near_poor.rate":            {{"2024-01-01", "7,92%"}, {"2025-12-01", "7,488%"}},
	"loan.escaped.rate":              {{"2024-01-01", "8,25%"}, {"2025-12-01", "7,8%"}},
	"loan.student.rate":              {{"2024-01-01", "6,6%"}, {"2025-12-01", "6,24%"}},
	"loan.water.rate":                {{"2024-01-01", "9%"}, {"2025-12-01", "8,4%"}},
	"loan.hard_area.rate":            {{"2024-01-01", "9%"}, {"2025-12-01", "7,8%"}},
	"loan.minority.rate":             {{"2024-01-01", "3,3%"}, {"2025-12-01", "3,12%"}},
	"loan.poor.rate_month":           always("2025-12-01", "0,52%"),
	"loan.near_poor.rate_month":      always("2025-12-01", "0,624%"),
	"loan.escaped.rate_month":        always("2025-12-01", "0,65%"),
	"loan.poor.cap":                  always("2024-01-01", "100.000.000 đồng"),
	"loan.near_poor.cap":             always("2024-01-01", "100.000.000 đồng"),
	"loan.escaped.cap":               always("2024-01-01", "100.000.000 đồng"),
	"loan.poor.term_years":           always("2024-01-01", "10"),
	"loan.near_poor.term_years":      always("2024-01-01", "10"),
	"loan.escaped.term_years":        always("2024-01-01", "5"),
	"loan.poor.cap_interest":         always("2025-12-01", "520.000 đồng"),
	"loan.near_poor.cap_interest":    always("2025-12-01", "624.000 đồng"),
	"loan.escaped.cap_interest":      always("2025-12-01", "650.000 đồng"),
	"loan.sample":                    always("2025-12-01", "50.000.000 đồng"),
	"loan.poor.sample_interest":      always("2025-12-01", "260.000 đồng"),
	"loan.near_poor.sample_interest": always("2025-12-01", "312.000 đồng"),
	"loan.escaped.sample_interest":   always("2025-12-01", "325.000 đồng"),
	"loan.student.month":             always("2024-01-01", "4.000.000 đồng"),
	"loan.stem.month":                always("2026-01-01", "5.000.000 đồng"),
	"loan.water.cap":                 always("2024-01-01", "25.000.000 đồng"),
	"loan.job.rate_2025":             {{"2025-12-01", "7,488%"}, {"2026-01-01", "–"}},
	"loan.job.preferred":             always("2026-01-01", "100%"),
	"loan.job.factor":                always("2026-01-01", "127%"),
	"loan.job.rate":                  always("2026-01-01", "7,9248%"),
	"loan.job.rate_month":            always("2026-01-01", "0,6604%"),
	"loan.job.cap":                   always("2026-01-01", "200.000.000 đồng"),
	"loan.job.business.cap":          always("2026-01-01", "10.000.000.000 đồng"),
	"loan.job.business.worker":       always("2026-01-01", "200.000.000 đồng"),
	"loan.job.term":                  always("2026-01-01", "120 tháng"),
	"loan.job.days":                  always("2026-01-01", "7 ngày làm việc"),
	"loan.job.sample_interest":       always("2026-01-01", "330.200 đồng"),
	"loan.job.cap_interest":          always("2026-01-01", "1.320.800 đồng"),
	"loan.overdue":                   always("2026-01-01", "130%"),
	"loan.abroad.share":              always("2026-01-01", "100%"),
	"loan.abroad.secured_over":       always("2026-01-01", "200.000.000 đồng"),

	"social_standard": {{"2021-07-01", "360.000 đồng"}, {"2024-07-01", "500.000 đồng"}, {"2026-07-01", "540.000 đồng"}},

	"allowance.orphan_small":               {{"2021-07-01", "900.000 đồng"}, {"2024-07-01", "1.250.000 đồng"}, {"2026-07-01", "1.350.000 đồng"}},
	"allowance.orphan":                     {{"2021-07-01", "540.000 đồng"}, {"2024-07-01", "750.000 đồng"}, {"2026-07-01", "810.000 đồng"}},
	"allowance.single_parent":              {{"2021-07-01", "360.000 đồng"}, {"2024-07-01", "500.000 đồng"}, {"2026-07-01", "540.000 đồng"}},
	"allowance.older_alone":                {{"2021-07-01", "540.000 đồng"}, {"2024-07-01", "750.000 đồng"}, {"2026-07-01", "810.000 đồng"}},
	"allowance.older_alone_80":             {{"2021-07-01", "720.000 đồng"}, {"2024-07-01", "1.000.000 đồng"}, {"2026-07-01", "1.080.000 đồng"}},
	"allowance.disabled_extreme":           {{"2021-07-01", "720.000 đồng"}, {"2024-07-01", "1.000.000 đồng"}, {"2026-07-01", "1.080.000 đồng"}},
	"allowance.disabled_extreme_young_old": {{"2021-07-01", "900.000 đồng"}, {"2024-07-01", "1.250.000 đồng"}, {"2026-07-01", "1.350.000 đồng"}},
	"allowance.disabled_severe":            {{"2021-07-01", "540.000 đồng"}, {"2024-07-01", "750.000 đồng"}, {"2026-07-01", "810.000 đồng"}},
	"allowance.disabled_severe_young_old":  {{"2021-07-01", "720.000 đồng"}, {"2024-07-01", "1.000.000 đồng"}, {"2026-07-01", "1.080.000 đồng"}},

	"allowance.orphan_small.coefficient":               always("2021-07-01", "2,5"),
	"allowance.orphan.coefficient":                     always("2021-07-01", "1,5"),
	"allowance.single_parent.coefficient":              always("2021-07-01", "1"),
	"allowance.older_alone.coefficient":                always("2021-07-01", "1,5"),
	"allowance.older_alone_80.coefficient":             always("2021-07-01", "2"),
	"allowance.disabled_extreme.coefficient":           always("2021-07-01", "2"),
	"allowance.disabled_extreme_young_old.coefficient": always("2021-07-01", "2,5"),
	"allowance.disabled_severe.coefficient":            always("2021-07-01", "1,5"),
	"allowance.disabled_severe_young_old.coefficient":  always("2021-07-01", "2"),
	"child.under":          always("2024-01-01", "16 tuổi"),
	"allowance.age.small":  always("2021-07-01", "4 tuổi"),
	"allowance.age.older":  always("2021-07-01", "60 tuổi"),
	"allowance.age.oldest": always("2021-07-01", "80 tuổi"),

	"funeral":                      {{"2021-07-01", "7.200.000 đồng"}, {"2024-07-01", "10.000.000 đồng"}, {"2026-07-01", "10.800.000 đồng"}},
	"funeral.coefficient":          always("2021-07-01", "20"),
	"funeral.age":                  always("2021-07-01", "80 tuổi"),
	"emergency.injury":             {{"2021-07-01", "3.600.000 đồng"}, {"2024-07-01", "5.000.000 đồng"}, {"2026-07-01", "5.400.000 đồng"}},
	"emergency.injury.coefficient": always("2021-07-01", "10"),
	"emergency.death":              {{"2021-07-01", "18.000.000 đồng"}, {"2024-07-01", "25.000.000 đồng"}, {"2026-07-01", "27.000.000 đồng"}},
	"emergency.death.coefficient":  always("2021-07-01", "50"),
	"emergency.house.lost":         always("2021-07-01", "40.000.000 đồng"),
	"emergency.house.move":         always("2021-07-01", "30.000.000 đồng"),
	"emergency.house.damaged":      always("2021-07-01", "20.000.000 đồng"),
	"emergency.rice":               always("2021-07-01", "15"),
	"emergency.rice.tet":           always("2021-07-01", "1 tháng"),
	"emergency.rice.max":           always("2021-07-01", "3 tháng"),
	"emergency.days":               always("2021-07-01", "2 ngày"),

	"social_pension":          {{"2025-07-01", "500.000 đồng"}, {"2026-07-01", "540.000 đồng"}},
	"social_pension.age":      always("2025-07-01", "75 tuổi"),
	"social_pension.age_poor": always("2025-07-01", "70 tuổi"),
	"social_pension.days":     always("2025-07-01", "10 ngày làm việc"),
	"merit_standard":          always("2026-07-01", "3.012.000 đồng"),
	"tuition.cut.high":        always("2025-09-03", "70%"),
	"tuition.cut.half":        always("2025-09-03", "50%"),
	"electricity.kwh":         always("2024-01-01", "30"),
	"electricity.price":       {{"2025-01-01", "1.893 đồng"}, {"2025-05-10", "1.984 đồng"}, {"2026-01-01", "–"}},
	"electricity.support":     {{"2025-01-01", "56.790 đồng"}, {"2025-05-10", "59.520 đồng"}, {"2026-01-01", "–"}},
	"record.fee":              always("2026-01-01", "200.000 đồng"),
}

// TestSupportFigures asks for each figure on the day before and on the day of each change, and on
// the last day the bot answers for.
func TestSupportFigures(t *testing.T) {
	library := loadContent(t)
	for name, row := range supportTable {
		before := "–"
		for _, s := range row {
			if got := figureOn(t, library, name, dayBefore(t, s.from)); got != before {
				t.Errorf("%s on the day before %s = %s, want %s", name, s.from, got, before)
			}
			if got := figureOn(t, library, name, s.from); got != s.want {
				t.Errorf("%s on %s = %s, want %s", name, s.from, got, s.want)
			}
			before = s.want
		}
		if got := figureOn(t, library, name, "2027-12-31"); got != before {
			t.Errorf("%s on 2027-12-31 = %s, want %s", name, got, before)
		}
	}
}

// TestSupportTableIsWhole holds that no figure of these files goes unchecked.
func TestSupportTableIsWhole(t *testing.T) {
	for _, f := range loadContent(t).Figures {
		switch f.Pos.File {
		case "figures/training.yaml", "figures/support.yaml":
			if supportTable[f.Name] == nil {
				t.Errorf("%s:%d: %s is not in supportTable", f.Pos.File, f.Pos.Line(), f.Name)
			}
		}
	}
}

// TestSupportConfidence holds which figures answers must call unchecked on 23/11/2026.
func TestSupportConfidence(t *testing.T) {
	library := loadContent(t)
	on := knowledge.NewDate(2026, 11, 23)
	for name, want := range map[string]knowledge.Confidence{
		"loan.poor.rate": knowledge.Checked, "loan.job.rate": knowledge.Checked, "jobless.rate": knowledge.Checked,
		"social_pension.age": knowledge.Checked, "training.q46.poor": knowledge.Checked,
		"training.rural.cap": knowledge.OneSource, "training.meal": knowledge.OneSource,
		"training.youth.cap": knowledge.OneSource, "loan.poor.cap_interest": knowledge.OneSource,
		"social_standard": knowledge.OneSource, "social_pension": knowledge.OneSource,
		"allowance.disabled_severe": knowledge.OneSource, "funeral": knowledge.OneSource,
		"emergency.death": knowledge.OneSource, "emergency.house.lost": knowledge.OneSource,
		"merit_standard": knowledge.OneSource, "record.fee": knowledge.OneSource,
	} {
		if v, err := library.Figure(name, on); err != nil || v.Confidence != want {
			t.Errorf("%s: confidence %s (%v), want %s", name, v.Confidence, err, want)
		}
	}
	if v, err := library.Figure("funeral", knowledge.NewDate(2026, 6, 30)); err != nil || v.Confidence != knowledge.Checked {
		t.Errorf("funeral under the old decree: confidence %s (%v), want A", v.Confidence, err)
	}
}

// TestUnconfirmedAmountsStayOut holds that amounts which people repeat and no source confirms are
// in no answer about them.
func TestUnconfirmedAmountsStayOut(t *testing.T) {
	library := loadContent(t)
	on := knowledge.NewDate(2026, 11, 23)
	for id, amounts := range map[knowledge.CardID][]string{
		"hoc-nghe-mat-viec":           {"1.500.000"},
		"hoc-nghe-mat-viec-bao-nhieu": {"1.500.000"},
		"chi-phi-hoc-tap-ho-ngheo":    {"150.000"},
		"nha-tam-nha-dot":             {"60.000.000", "30.000.000", "11.500"},
		"tro-cap-nop-o-dau":           {"20 ngày"},
		"tien-dien-ho-chinh-sach":     {"59.520", "50 kWh"},
	} {
		card := library.Card(id)
		if card == nil {
			t.Errorf("no card %s", id)
			continue
		}
		r, err := library.Render(card, on)
		if err != nil {
			t.Errorf("%s: %v", id, err)
		}
		text := r.Answer + "\n" + strings.Join(append(r.Bullets, r.More...), "\n")
		for _, amount := range amounts {
			if strings.Contains(text, amount) {
				t.Errorf("%s says %s:\n%s", id, amount, text)
			}
		}
	}
}

func loadContent(t *testing.T) *knowledge.Library {
	t.Helper()
	library, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return library
}

func dayBefore(t *testing.T, day string) string {
	t.Helper()
	d, err := knowledge.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	return d.AddDays(-1).String()
}
