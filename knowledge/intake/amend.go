package intake

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Amendment is one change that a document makes in another: the provision named, and its new
// words.
type Amendment struct {
	Number string // of the document that is changed; empty: not found
	Path   string // of the provision that is changed, d12/k3/o
	Text   string // its new words; empty: repealed, or only some words replaced
	By     string // the provision that makes the change, as d1/k10
	Place  Place
}

var (
	changing = regexp.MustCompile(`(?i)sửa đổi|bổ sung|bãi bỏ|thay|bỏ |hủy bỏ`)
	fixedAt  = regexp.MustCompile(`\s(?:vào\s+)?(?:sau|trước|liền sau)\s+(?:điểm|khoản|Điều|điều)\s`)
)

// readAmendments takes the instructions of an amending document apart: which provision of which
// document each one changes, and the words put in.
func (d *Document) readAmendments(t text) {
	if d.Consolidated != "" {
		return
	}
	main := ""
	for _, r := range d.References {
		if r.Tie == Amends && main == "" {
			main = r.Number
		}
	}
	for _, article := range All(d.Units) {
		if article.Level != Article || !changing.MatchString(article.Title+" "+firstLine(article.Text)) {
			continue
		}
		number := main
		if m := named.FindStringSubmatch(article.Title + "\n" + firstLine(article.Text)); m != nil {
			number = m[2]
		}
		d.amendments(number, nil, article, "")
	}
}

// amendments reads the instruction of a unit, and then of its units, which say the rest of it.
func (d *Document) amendments(number string, path []*Unit, u *Unit, within string) {
	said := u.instruction()
	if m := named.FindStringSubmatch(said); m != nil && u.Level > Article {
		number = m[2]
	}
	paths := []string{}
	if changing.MatchString(said) && (u.Level > Article || len(u.Units) == 0) {
		for _, part := range instructionParts(said) {
			paths = append(paths, pathsIn(part, within)...)
		}
	}
	if len(u.Units) > 0 && len(u.quotes) == 0 {
		if whole := pathsIn(said, within); u.Level > Article && len(whole) > 0 {
			within = whole[len(whole)-1]
		}
		for _, inner := range u.Units {
			d.amendments(number, append(path[:len(path):len(path)], u), inner, within)
		}
		return
	}
	new := map[string]string{}
	for _, q := range u.quotes {
		readQuote(q, paths, new)
	}
	for _, p := range paths {
		d.Amendments = append(d.Amendments, Amendment{number, p, new[p], pathOf(path, u), u.Place})
		delete(new, p)
	}
	for _, p := range sortedKeys(new) {
		d.Amendments = append(d.Amendments, Amendment{number, p, new[p], pathOf(path, u), u.Place})
	}
}

// instruction is what a unit says itself, before the words it quotes.
func (u *Unit) instruction() string {
	var own []string
	for _, p := range u.paragraphs {
		if !p.quoted && !strings.HasPrefix(p.text, "“") && !strings.HasPrefix(p.text, "\"") {
			own = append(own, p.text)
		}
	}
	return strings.Join(own, " ")
}

// instructionParts cuts the places a provision is put at out of an instruction: "khoản 9 vào sau
// khoản 8 Điều 2" changes khoản 9 Điều 2.
func instructionParts(s string) []string {
	at := fixedAt.FindStringIndex(s)
	if at == nil {
		return []string{s}
	}
	before, anchor, rest := s[:at[0]], s[at[0]:at[1]], s[at[1]:]
	within := articleIn
	if strings.Contains(anchor, "điểm") {
		within = clauseIn
	}
	if strings.Contains(before, "Điều ") {
		return []string{before}
	}
	return []string{before + " " + within.FindString(rest)}
}

var (
	articleIn = regexp.MustCompile(`Điều\s+\d{1,3}[a-zđ]?`)
	clauseIn  = regexp.MustCompile(`(?:[Kk]hoản\s+\d{1,3}[a-zđ]?\s+)?Điều\s+\d{1,3}[a-zđ]?|[Kk]hoản\s+\d{1,3}[a-zđ]?`)
)

// readQuote takes the quoted words of one instruction apart into provisions of the document they
// are for.
func readQuote(q []line, paths []string, into map[string]string) {
	lines := append([]line(nil), q...)
	lines[0].text = strings.TrimLeft(lines[0].text, "“\"„« ")
	last := &lines[len(lines)-1]
	last.text = strings.TrimRight(strings.TrimRight(last.text, " .;”\"»"), "”\"»")
	b := &builder{doubts: func(Place, string) {}, loose: true}
	if h, ok := headingOf(lines[0].text); ok && h.level > Article && len(paths) > 0 {
		b.stand(paths[0], h.level)
	}
	for _, l := range lines {
		b.line(l)
		b.before = l
	}
	for _, u := range b.units {
		u.settle()
	}
	for path, u := range All(b.units) {
		if at := pathOf(path, u); at != "" && u.Place != (Place{}) {
			into[at] = strings.TrimSpace(u.Title + "\n" + u.Text)
		}
	}
	if len(b.units) == 0 && len(paths) == 1 {
		into[paths[0]] = strings.Join(texts(paragraphs(lines)), "\n")
	}
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
