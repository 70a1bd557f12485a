package vi

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"policybot/knowledge"
)

// When finds the days that a question names: a day, a month, a year, "năm ngoái", "từ 1/7/2026".
// What it returns is the span of days meant; ok is false when the text names none. Numbers of
// documents and years of birth are not days asked about. A month without a year is of this year.
func When(text string, today knowledge.Date) (span knowledge.Period, ok bool) {
	s := dayText(text)
	if span, ok := stayIn(s, today); ok {
		return span, true
	}
	for _, form := range dayForms {
		m := form.pattern.FindStringSubmatchIndex(s)
		if m == nil || afterCount.MatchString(s[:m[0]]) {
			continue
		}
		groups := make([]string, len(m)/2)
		for i := range groups {
			if m[2*i] >= 0 {
				groups[i] = s[m[2*i]:m[2*i+1]]
			}
		}
		if span, ok = form.read(groups, today); !ok {
			break // 31/2/2026 is no day, and not February either
		}
		return bounded(span, s[:m[0]]), true
	}
	return knowledge.Period{}, false
}

// dayText is a text without the numbers that look like days and are none.
func dayText(text string) string { return notDays.ReplaceAllString(Fold(Normalize(text)), " ; ") }

// DayIn returns the day of a span that a question about it is answered for: today when the span
// holds it, its last day when it is over, its first when it is still to come.
func DayIn(span knowledge.Period, today knowledge.Date) knowledge.Date {
	switch {
	case span.Contains(today):
		return today
	case today.Before(span.From):
		return span.From
	}
	return span.Last()
}

// afterCount is a number that makes a month or a year a span of time: "4 tháng rồi" is no last month.
var afterCount = regexp.MustCompile(`\b(?:\d{1,2}|may) $`)

// notDays are numbers that look like days and are none: document numbers, births, ages of rules.
var notDays = regexp.MustCompile(`\d+/(?:\d{4}/)?(?:nd|nq|qd|tt|ttlt|kh|cv|vbhn|qh|ubtvqh)[\w-]*` +
	`|\d+/\d{4}/[a-z][\w-]*` +
	`|(?:nghi dinh|nghi quyet|quyet dinh|thong tu|luat|ke hoach|nd|nq|qd|tt|kh)(?: so)? \d+(?:[/-]\d{4})?(?:[/-][a-z]+\d*)*` +
	`|sinh (?:ngay |nam |thang )?[\d/.-]+` +
	`|\bthang \d+(?:[.,]\d+)* ?(?:trieu|tr|cu|k|ngan|nghin|dong)\b`) // "một tháng 6 triệu" is no June

type dayForm struct {
	pattern *regexp.Regexp
	read    func(groups []string, today knowledge.Date) (knowledge.Period, bool)
}

// dayForms are tried in this order, the most exact first.
var dayForms = []dayForm{
	{dayPattern(`(20\d\d)-(\d\d)-(\d\d)`), func(g []string, _ knowledge.Date) (knowledge.Period, bool) {
		return aDay(atoi(g[1]), atoi(g[2]), atoi(g[3]))
	}},
	{dayPattern(`(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(20\d\d)`), func(g []string, _ knowledge.Date) (knowledge.Period, bool) {
		return aDay(atoi(g[3]), atoi(g[2]), atoi(g[1]))
	}},
	{dayPattern(`(?:ngay|mung|hom) (\d{1,2}) thang (\d{1,2})(?:,? nam)? (20\d\d)`), func(g []string, _ knowledge.Date) (knowledge.Period, bool) {
		return aDay(atoi(g[3]), atoi(g[2]), atoi(g[1]))
	}},
	{dayPattern(`ngay (\d{1,2})(?: thang | ?/ ?)(\d{1,2})`), func(g []string, today knowledge.Date) (knowledge.Period, bool) {
		return aDay(today.Year(), atoi(g[2]), atoi(g[1]))
	}},
	{dayPattern(`(?:hom|bua|hoi|vao|luc) (\d{1,2})/(\d{1,2})`), func(g []string, today knowledge.Date) (knowledge.Period, bool) {
		return aDay(today.Year(), atoi(g[2]), atoi(g[1]))
	}},
	{dayPattern(`(?:(?:hoi|dip|bua|luc|ngay) tet|tet)(?: (nam (?:ngoai|roi|truoc|vua roi|qua|kia|nay|sau|toi)|20\d\d))`), newYear},
	{dayPattern(`(?:hoi|dip|bua|luc|ngay) tet(?: (nay|toi|sap toi|roi|vua roi|vua qua|qua))?`), newYear},
	{dayPattern(`tet (toi|sap toi|roi|vua roi|vua qua)`), newYear},
	{dayPattern(`(?:thang )?(\d{1,2}) ?[/.-] ?(20\d\d)`), month(1, 2)},
	{dayPattern(`thang (\d{1,2}),?(?: nam)? (20\d\d)`), month(1, 2)},
	{dayPattern(`thang (\d{1,2}|` + anyOf(monthNames) + `) (?:cua )?(nam (?:ngoai|roi|truoc|vua roi|qua|kia|nay|sau|toi|ke))`), month(1, 2)},
	{dayPattern(`(20\d\d) ?(?:-|den|toi) ?(?:nam )?(20\d\d)`), func(g []string, _ knowledge.Date) (knowledge.Period, bool) {
		return years(atoi(g[1]), atoi(g[2]))
	}},
	{dayPattern(`(dau|cuoi|giua) (?:nam )?(20\d\d|nam (?:ngoai|roi|truoc|vua roi|qua|kia|nay|sau|toi|ke))`), partOfYear},
	{dayPattern(`(20\d\d)`), yearAt(1)},
	{dayPattern(`(nam (?:ngoai|roi|truoc|vua roi|qua|kia|sau|toi|ke)|sang nam|qua nam)`), yearAt(1)},
	{dayPattern(`thang (\d{1,2}) (?:vua roi|vua qua)`), monthGone},
	{dayPattern(`thang (\d{1,2}|muoi mot|muoi hai)`), month(1, 0)},
	{dayPattern(`thang (truoc|roi|vua roi|qua|sau|toi)`), func(g []string, today knowledge.Date) (knowledge.Period, bool) {
		step := -1
		if g[1] == "sau" || g[1] == "toi" {
			step = 1
		}
		return aMonth(today.Year(), int(today.Time().Month())+step)
	}},
	{dayPattern(`hom (qua|kia)`), func(_ []string, today knowledge.Date) (knowledge.Period, bool) {
		return knowledge.Period{From: today.AddDays(-1), Until: today}, true
	}},
}

// dayPattern compiles a pattern that must not stand inside a longer number or word.
func dayPattern(s string) *regexp.Regexp { return regexp.MustCompile(`\b` + s + `\b`) }

var monthNames = map[string]int{"gieng": 1, "hai": 2, "ba": 3, "tu": 4, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
	"muoi": 10, "muoi mot": 11, "muoi hai": 12}

func anyOf(m map[string]int) string {
	names := []string{"muoi mot", "muoi hai"} // longer ones first
	for name := range m {
		names = append(names, name)
	}
	return strings.Join(names, "|")
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // only digits get here
	return n
}

func aDay(year, month, day int) (knowledge.Period, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	d := knowledge.DateOf(t)
	return knowledge.Period{From: d, Until: d.AddDays(1)}, t.Day() == day && int(t.Month()) == month
}

func aMonth(year, month int) (knowledge.Period, bool) {
	return knowledge.Period{From: knowledge.NewDate(year, time.Month(month), 1),
		Until: knowledge.NewDate(year, time.Month(month+1), 1)}, true
}

func years(first, last int) (knowledge.Period, bool) {
	return knowledge.Period{From: knowledge.NewDate(first, 1, 1), Until: knowledge.NewDate(last+1, 1, 1)}, first <= last
}

// year reads "2026", "nam ngoai", "sang nam"; "" is this year.
func year(s string, today knowledge.Date) int {
	if n := atoi(s); n > 0 {
		return n
	}
	switch strings.TrimPrefix(s, "nam ") {
	case "ngoai", "roi", "truoc", "vua roi", "qua":
		return today.Year() - 1
	case "kia":
		return today.Year() - 2
	case "sau", "toi", "ke", "sang nam", "qua nam":
		return today.Year() + 1
	}
	return today.Year()
}

func yearAt(i int) func([]string, knowledge.Date) (knowledge.Period, bool) {
	return func(g []string, today knowledge.Date) (knowledge.Period, bool) {
		y := year(g[i], today)
		return years(y, y)
	}
}

// month reads the month in group m and the year in group y; y 0: no year is named.
func month(m, y int) func([]string, knowledge.Date) (knowledge.Period, bool) {
	return func(g []string, today knowledge.Date) (knowledge.Period, bool) {
		n, named := monthNames[g[m]]
		if !named {
			n = atoi(g[m])
		}
		of := today.Year()
		if y > 0 {
			of = year(g[y], today)
		}
		if n < 1 || n > 12 {
			return knowledge.Period{}, false
		}
		return aMonth(of, n)
	}
}

func partOfYear(g []string, today knowledge.Date) (knowledge.Period, bool) {
	y := year(g[2], today)
	switch g[1] {
	case "dau":
		return aMonth(y, 1)
	case "giua":
		return aMonth(y, 7)
	}
	return aMonth(y, 12)
}

var (
	fromForm   = regexp.MustCompile(`\b(?:tu|ke tu|bat dau|sau)(?: ngay| thang| nam| dau| khi)* ?$`)
	beforeForm = regexp.MustCompile(`\btruoc(?: ngay| thang| nam)* ?$`)
)

// bounded widens a span by the word before it: "từ …" has no end, "trước …" lies before it.
func bounded(span knowledge.Period, before string) knowledge.Period {
	switch {
	case fromForm.MatchString(before):
		return knowledge.Period{From: span.From}
	case beforeForm.MatchString(before):
		return knowledge.Period{From: span.From.AddDays(-1), Until: span.From}
	}
	return span
}
