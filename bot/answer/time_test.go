package answer

import (
	"slices"
	"strings"
	"testing"
	"time"

	"policybot/knowledge"
)

// turns are the days on which an answer changes between 2024 and 2027, typed by hand from the timeline
// of the law.
var turns = []string{
	"2024-01-01", "2024-07-01", "2025-01-01", "2025-03-01", "2025-05-10", "2025-07-01", "2025-08-15", "2025-09-03",
	"2025-12-01", "2026-01-01", "2026-02-15", "2026-05-13", "2026-07-01", "2026-09-01", "2026-10-05", "2027-01-01", "2027-12-31",
}

// aroundTurns returns the day before, the day of and the day after every turn, and the fifteenth of every
// month between.
func aroundTurns(t *testing.T) []knowledge.Date {
	t.Helper()
	var days []knowledge.Date
	for _, s := range turns {
		day, err := knowledge.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		days = append(days, day.AddDays(-1), day, day.AddDays(1))
	}
	for year := 2024; year <= 2027; year++ {
		for month := time.January; month <= time.December; month++ {
			days = append(days, knowledge.NewDate(year, month, 15))
		}
	}
	return days
}

// No answer rests on law of other days: every provision and every figure it shows applies on its day,
// unless the text says of a figure that it is the one before, the one after, or that of a day it names.
func TestEveryAnswerRestsOnLawOfItsDay(t *testing.T) {
	a := answerer(t)
	for _, c := range a.library.Cards {
		for _, day := range aroundTurns(t) {
			if !c.Applies.Contains(day) {
				continue
			}
			said, err := a.Card(c, day, day)
			if err != nil {
				t.Fatalf("%s on %s: %v", c.ID, day, err)
			}
			for _, p := range said.Provisions {
				if !p.Applies.Contains(day) {
					t.Errorf("%s on %s rests on %s, which applies %v", c.ID, day, p.ID, p.Applies)
				}
			}
			for _, v := range said.used {
				if !v.Period.Contains(day) && !tellsOtherDay(c, v.Name) {
					t.Errorf("%s on %s shows %s of %v as if it were of the day", c.ID, day, v.Name, v.Period)
				}
			}
		}
	}
}

// tellsOtherDay reports whether a card tells what a figure was before, will be, or is on a day it names.
func tellsOtherDay(c *knowledge.Card, name string) bool {
	text := strings.Join(slices.Concat([]string{c.Answer}, c.Bullets, c.More), "\n")
	return slices.ContainsFunc([]string{"prev", "next", "at"}, func(f string) bool { return strings.Contains(text, f+` "`+name+`"`) })
}

// The law of another province answers nothing for Cần Thơ, and what held for the former city alone is
// told with its name.
func TestLawOfOtherPlacesIsNotOurs(t *testing.T) {
	a := answerer(t)
	for _, c := range a.library.Cards {
		for day := range slices.Values(aroundTurns(t)[:3*len(turns)]) {
			if !c.Applies.Contains(day) {
				continue
			}
			said, err := a.Card(c, day, day)
			if err != nil {
				t.Fatalf("%s on %s: %v", c.ID, day, err)
			}
			for _, p := range said.Provisions {
				switch {
				case p.Place == "other-provinces" && said.answers():
					t.Errorf("%s on %s answers from %s of another province", c.ID, day, p.ID)
				case p.Place == "cantho-cu" && said.Outcome == knowledge.Answered && !tellsPlace(said):
					t.Errorf("%s on %s rests on %s of the former city and does not say so", c.ID, day, p.ID)
				}
			}
		}
	}
}

func tellsPlace(a Answer) bool {
	text := strings.Join(append([]string{a.Lead}, a.Bullets...), "\n")
	return strings.Contains(text, "Cần Thơ cũ") || strings.Contains(text, "Tháng 4 năm 2024")
}

// What is not known after a day is said to be unknown, not carried on.
func TestNothingIsCarriedBeyondWhatIsKnown(t *testing.T) {
	l := answerer(t).library
	unknown := []string{"base_salary", "premium.month", "premium.near_poor.year", "copay.small_bill", "copay.five_year",
		"average_line.rural", "average_line.urban", "deprivation.indicators", "review.days", "training.youth.cap"}
	for _, name := range unknown {
		if _, err := l.Figure(name, knowledge.NewDate(2026, 12, 31)); err != nil {
			t.Errorf("%s on 2026-12-31: %v", name, err)
		}
		if v, err := l.Figure(name, knowledge.NewDate(2027, 1, 1)); err == nil {
			t.Errorf("%s is %s on 2027-01-01, which nobody knows", name, v.Amount)
		}
	}
	if v, err := l.Figure("electricity.support", knowledge.NewDate(2026, 1, 1)); err == nil {
		t.Errorf("electricity.support is %s on 2026-01-01, which nobody knows", v.Amount)
	}
}
