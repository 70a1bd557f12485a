package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"policybot/knowledge"
)

// numberForm is the number of a document: 51/2024/QH15, 844/QĐ-TTg, 02/2022/TT-BLĐTBXH.
const numberForm = `\d{1,5}/(?:\d{4}/)?(?:QH\d+|UBTVQH\d+|[A-ZĐ][A-ZĐa-zđ]*(?:-[A-ZĐ][A-Za-zĐđƯ&]*\d*)+)`

var (
	anyNumber    = regexp.MustCompile(numberForm)
	consolidated = regexp.MustCompile(`\d{1,5}/VBHN-[A-ZĐ]+`)
	day          = regexp.MustCompile(`(?i)(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})|ngày\s+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})`)
)

// dateIn returns the first day named in a text; zero when there is none.
func dateIn(s string) knowledge.Date {
	if m := day.FindStringSubmatch(s); m != nil {
		return dateOf(m)
	}
	return knowledge.Date{}
}

func dateOf(m []string) knowledge.Date {
	if m[1] == "" {
		m = m[3:]
	}
	d, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	y, _ := strconv.Atoi(m[3])
	date := knowledge.NewDate(y, time.Month(month), d)
	if t := date.Time(); t.Day() != d || int(t.Month()) != month || y < 1945 {
		return knowledge.Date{}
	}
	return date
}

// kinds are the kinds of documents: how their title names them, and how their numbers and IDs do.
var kinds = []struct {
	kind   knowledge.DocumentKind
	word   string // as the title names it
	number *regexp.Regexp
	prefix string // of the ID
}{
	{knowledge.Law, "Bộ luật", regexp.MustCompile(`^never$`), "luat"},
	{knowledge.Law, "Luật", regexp.MustCompile(`/\d{4}/QH\d+$`), "luat"},
	{"", "Pháp lệnh", regexp.MustCompile(`/PL-`), "pl"}, // content has no such kind
	{knowledge.Resolution, "Nghị quyết", regexp.MustCompile(`NQ-|UBTVQH`), "nq"},
	{knowledge.Decree, "Nghị định", regexp.MustCompile(`/NĐ-CP$`), "nd"},
	{knowledge.Circular, "Thông tư", regexp.MustCompile(`/TT(?:LT)?-`), "tt"},
	{knowledge.Decision, "Quyết định", regexp.MustCompile(`/QĐ-`), "qd"},
	{knowledge.Plan, "Kế hoạch", regexp.MustCompile(`/KH-`), "kh"},
	{knowledge.Letter, "Công văn", anyNumber, "cv"},
}

// kindOf tells the kind of a document from the word in its title, or else from its number.
func kindOf(word, number string) knowledge.DocumentKind {
	for _, k := range kinds {
		if word != "" && strings.HasPrefix(strings.ToLower(word), strings.ToLower(k.word)) {
			return k.kind
		}
	}
	for _, k := range kinds {
		if number != "" && k.number.MatchString(number) {
			return k.kind
		}
	}
	return ""
}

// idOf makes the ID that a document of that number has: nd-188-2025, tt-02-2022-bldtbxh. The year
// of a number without one is that of the day of issue.
func idOf(kind knowledge.DocumentKind, number string, issued knowledge.Date) knowledge.DocumentID {
	parts := strings.Split(number, "/")
	if len(parts) < 2 {
		return ""
	}
	year, code := "", parts[len(parts)-1]
	if len(parts) == 3 {
		year = parts[1]
	} else if !issued.IsZero() {
		year = strconv.Itoa(issued.Year())
	}
	if year == "" {
		return ""
	}
	prefix := "vb"
	for _, k := range kinds {
		if k.kind == kind && (kind != "" || k.number.MatchString(number)) {
			prefix = k.prefix
		}
	}
	id := prefix + "-" + parts[0] + "-" + year
	_, office, _ := strings.Cut(code, "-")
	switch kind {
	case knowledge.Law, knowledge.Decree:
		office = ""
	case knowledge.Resolution:
		if office == "" { // of the National Assembly or its committee
			office = code
		}
	}
	if office = plainName(office); office != "" {
		id += "-" + office
	}
	return knowledge.DocumentID(id)
}

// plainName writes a text in small letters of ASCII, digits and hyphens.
func plainName(s string) string {
	s = strings.NewReplacer("Đ", "D", "đ", "d").Replace(s)
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case (r == '-' || r == ' ') && b.Len() > 0:
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

// sameNumber compares numbers as people write them: Đ and D, capitals and small letters, leading
// zeros alike.
func sameNumber(a, b string) bool {
	return a != "" && strings.TrimLeft(plainName(strings.ReplaceAll(a, "/", " ")), "0") == strings.TrimLeft(plainName(strings.ReplaceAll(b, "/", " ")), "0")
}
