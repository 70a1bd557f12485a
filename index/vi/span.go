package vi

import (
	"time"

	"policybot/knowledge"
)

// Stay finds the days of something that lasted, told by its first and last day or month: "từ
// 25/12/2025 đến 5/1/2026", "28/6 - 3/7". ok is false when the text tells none.
func Stay(text string, today knowledge.Date) (span knowledge.Period, ok bool) {
	return stayIn(dayText(text), today)
}

var (
	fromDayToDay     = dayPattern(`(\d{1,2})/(\d{1,2})(?:/(20\d\d))? ?(?:-|–|den|toi|qua)(?: ngay)? ?(\d{1,2})/(\d{1,2})(?:/(20\d\d))?`)
	fromMonthToMonth = dayPattern(`thang (\d{1,2})(?:(?:/| nam )(20\d\d))? (?:-|den|toi|qua) thang (\d{1,2})(?:(?:/| nam )(20\d\d))?`)
)

func stayIn(s string, today knowledge.Date) (knowledge.Period, bool) {
	if m := fromDayToDay.FindStringSubmatch(s); m != nil {
		firstYear, lastYear := yearsOf(m[3], m[6], atoi(m[2]) > atoi(m[5]), today)
		first, real := aDay(firstYear, atoi(m[2]), atoi(m[1]))
		last, realToo := aDay(lastYear, atoi(m[5]), atoi(m[4]))
		span := knowledge.Period{From: first.From, Until: last.Until}
		return span, real && realToo && !span.IsEmpty()
	}
	if m := fromMonthToMonth.FindStringSubmatch(s); m != nil && isMonth(m[1]) && isMonth(m[3]) {
		firstYear, lastYear := yearsOf(m[2], m[4], atoi(m[1]) > atoi(m[3]), today)
		first, _ := aMonth(firstYear, atoi(m[1]))
		last, _ := aMonth(lastYear, atoi(m[3]))
		span := knowledge.Period{From: first.From, Until: last.Until}
		return span, !span.IsEmpty()
	}
	return knowledge.Period{}, false
}

func isMonth(s string) bool { return atoi(s) >= 1 && atoi(s) <= 12 }

// yearsOf reads the years of two days. One that is not told is that of the other, or this year; turned
// says that a new year lies between them.
func yearsOf(first, last string, turned bool, today knowledge.Date) (from, to int) {
	step := 0
	if turned {
		step = 1
	}
	switch {
	case last != "" && first != "":
		return atoi(first), atoi(last)
	case first != "":
		return atoi(first), atoi(first) + step
	case last != "":
		return atoi(last) - step, atoi(last)
	}
	return today.Year() - step, today.Year()
}

// newYears are the first days of the lunar years (mùng một Tết) that people may speak of.
var newYears = []knowledge.Date{knowledge.NewDate(2023, time.January, 22), knowledge.NewDate(2024, time.February, 10), knowledge.NewDate(2025, time.January, 29),
	knowledge.NewDate(2026, time.February, 17), knowledge.NewDate(2027, time.February, 6), knowledge.NewDate(2028, time.January, 26)}

// festival returns the days of a Tết: from three days before the first to a week after it.
func festival(first knowledge.Date) knowledge.Period {
	const before, after = 3, 7
	return knowledge.Period{From: first.AddDays(-before), Until: first.AddDays(after)}
}

// newYear reads "hồi tết", "tết năm ngoái", "tết tới": the last one that has begun, that of a year, or
// the next one.
func newYear(g []string, today knowledge.Date) (span knowledge.Period, ok bool) {
	switch g[1] {
	case "nay", "toi", "sap toi":
		for _, first := range newYears {
			if !festival(first).From.Before(today) {
				return festival(first), true
			}
		}
		return span, false
	case "", "roi", "vua roi", "vua qua", "qua":
		for _, first := range newYears {
			if !today.Before(festival(first).From) {
				span, ok = festival(first), true
			}
		}
		return span, ok
	}
	for _, first := range newYears {
		if first.Year() == year(g[1], today) {
			return festival(first), true
		}
	}
	return span, false
}

// monthGone reads "tháng 12 vừa rồi": the last one that has begun.
func monthGone(g []string, today knowledge.Date) (knowledge.Period, bool) {
	if !isMonth(g[1]) {
		return knowledge.Period{}, false
	}
	of := today.Year()
	if atoi(g[1]) > int(today.Time().Month()) {
		of--
	}
	return aMonth(of, atoi(g[1]))
}
