package intake

import (
	"regexp"
	"strconv"
	"strings"

	"policybot/knowledge"
)

// Effect is a provision, or something said of provisions, that is in force on other days than the
// document.
type Effect struct {
	Period knowledge.Period
	Paths  []string // of the provisions named, as d1/k3; only where they are meant as a whole
	Text   string   // the sentence
	Place  Place
}

const docWord = `(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Kế hoạch|Văn bản)`

var (
	takesEffect = regexp.MustCompile(docWord + `(?: liên tịch)? này\s+(?:bắt đầu\s+)?có hiệu lực(?: thi hành)?(?:,)?\s+(?:kể\s+)?từ\s+(ngày ký|` + day.String()[4:] + `)`)
	afterDays   = regexp.MustCompile(docWord + ` này\s+có hiệu lực(?: thi hành)?\s+sau\s+(\d{1,3})\s+ngày,?\s+kể\s+từ\s+ngày\s+(?:ký|công bố)`)
	inEffect    = regexp.MustCompile(`có hiệu lực(?: thi hành)?(?:,)?\s+(?:kể\s+)?từ\s+ngày\s`)
	lastDay     = regexp.MustCompile(`đến (?:hết )?(?:ngày )?\d`)
	wholly      = regexp.MustCompile(`(?i)^(?:(?:các )?quy định (?:tại|của)\s+)?(?:các\s+)?(?:điểm|khoản|điều)\s[^.;]{0,400}?có hiệu lực`)
)

// effectIn returns the day from which a text says something is in force; zero when it does not.
func effectIn(s string) knowledge.Date {
	if at := inEffect.FindStringIndex(s); at != nil {
		return dateIn(s[at[0]:])
	}
	return knowledge.Date{}
}

// readEffects finds the days of the document, and the exceptions, in its own words.
func (d *Document) readEffects() {
	for _, u := range d.onEffect() {
		d.readEffect(u, d.Consolidated == "")
	}
}

var onEffect = regexp.MustCompile(`(?i)hiệu lực|thi hành|bãi bỏ|chuyển tiếp`)

// onEffect returns the articles that say when the document holds and what it ends, each with its
// clauses and points.
func (d *Document) onEffect() []*Unit {
	var units []*Unit
	for _, article := range All(d.Units) {
		if article.Level != Article {
			continue
		}
		inside := []*Unit{}
		says := onEffect.MatchString(article.Title + " " + firstLine(article.Text))
		for _, u := range All([]*Unit{article}) {
			inside = append(inside, u)
			says = says || strings.Contains(u.Text, "này có hiệu lực")
		}
		if says {
			units = append(units, inside...)
		}
	}
	return units
}

// readEffect reads the sentences of one unit. Those inside quotation marks are another document's.
func (d *Document) readEffect(u *Unit, own bool) {
	for i, p := range u.paragraphs {
		if p.quoted || (i == 0 && p.text == u.Title) {
			continue
		}
		for _, s := range sentences(p.text) {
			s = clean(s)
			switch {
			case ownEffect(s) != "" && d.InForce.From.IsZero():
				d.takesEffect(u, s, ownEffect(s))
			case afterDays.MatchString(s) && d.InForce.From.IsZero():
				days, _ := strconv.Atoi(afterDays.FindStringSubmatch(s)[1])
				if !d.Issued.IsZero() {
					d.InForce.From = d.Issued.AddDays(days)
				}
				d.doubt(u.Place, "ngày hiệu lực tính từ ngày ký: “"+short(s)+"”, máy tính ra "+d.InForce.From.Vietnamese()+", cần xem lại")
			case own && inEffect.MatchString(s) && ownEffect(s) == "":
				d.exception(u, s)
			}
		}
	}
}

// ownEffect returns the words with which a sentence says when its document takes effect; empty when
// it speaks of some provisions of it: "Điều 5 của Luật này có hiệu lực".
func ownEffect(s string) string {
	at := takesEffect.FindStringIndex(s)
	if at == nil || strings.HasSuffix(s[:at[0]], "của ") {
		return ""
	}
	return s[at[0]:at[1]]
}

func (d *Document) takesEffect(u *Unit, s, found string) {
	if strings.Contains(found, "ngày ký") {
		d.InForce.From = d.Issued
	} else {
		d.InForce.From = dateIn(found)
	}
	rest := s[strings.Index(s, found)+len(found):]
	d.InForce.Until = untilIn(rest)
	if strings.Contains(rest, "trừ ") {
		d.doubt(u.Place, "hiệu lực có ngoại lệ: “"+strings.TrimLeft(rest, " ,;")+"”")
	}
}

// untilIn returns the first day that is no longer meant by "đến hết ngày …"; zero for no such day.
func untilIn(s string) knowledge.Date {
	if at := lastDay.FindStringIndex(s); at != nil {
		if last := dateIn(s[at[0]:]); !last.IsZero() {
			return last.AddDays(1)
		}
	}
	return knowledge.Date{}
}

// exception notes what takes effect on a day of its own. The provisions are told only where the
// sentence speaks of them as a whole; the rest is for a person to decide.
func (d *Document) exception(u *Unit, s string) {
	from := effectIn(s)
	if from.IsZero() || from == d.InForce.From {
		return
	}
	subject, rest, _ := strings.Cut(s, "có hiệu lực")
	e := Effect{Period: knowledge.Period{From: from, Until: untilIn(rest)}, Text: s, Place: u.Place}
	if wholly.MatchString(s) && !anyNumber.MatchString(subject) && !strings.Contains(subject, "trừ") {
		e.Paths = pathsIn(subject, "")
	}
	d.Effects = append(d.Effects, e)
	if len(e.Paths) == 0 {
		d.doubt(u.Place, "ngày hiệu lực riêng "+from.Vietnamese()+", máy không chắc của những quy định nào: “"+s+"”")
	}
}

// sentences cuts a text after full stops and semicolons that end something.
func sentences(s string) []string {
	var all []string
	start := 0
	for i := 0; i < len(s)-1; i++ {
		if (s[i] == '.' || s[i] == ';') && s[i+1] == ' ' && (i == 0 || !isDigits(s[i-1:i]) || i+2 < len(s) && !isDigits(s[i+2:i+3])) {
			all = append(all, s[start:i+1])
			start = i + 2
		}
	}
	return append(all, s[start:])
}
