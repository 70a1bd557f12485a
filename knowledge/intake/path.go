package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// pathOf returns the path of a unit as content writes it, d6/k6/b; empty for one that content
// cannot name, such as a point right under an article.
func pathOf(path []*Unit, u *Unit) string {
	var b strings.Builder
	for _, p := range append(path[:len(path):len(path)], u) {
		switch p.Level {
		case Article:
			b.WriteString("d" + asciiLabel(p.Label))
		case Clause:
			b.WriteString("/k" + asciiLabel(p.Label))
		case Point:
			b.WriteString("/" + asciiLabel(p.Label))
		}
	}
	if !contentPath.MatchString(b.String()) {
		return ""
	}
	return b.String()
}

// contentPath is the form that [knowledge.Load] takes.
var contentPath = regexp.MustCompile(`^d\d+[a-z]?(?:/k\d+[a-z]?(?:/(?:dd|[a-z]))?)?$`)

func asciiLabel(s string) string { return strings.ReplaceAll(s, "đ", "dd") }

const (
	numberList = `\d{1,3}[a-zđ]?(?:\s*,\s*\d{1,3}[a-zđ]?)*(?:\s+và\s+\d{1,3}[a-zđ]?)?`
	letterList = `[a-zđ]\d?(?:\s*,\s*[a-zđ]\d?)*(?:\s+và\s+[a-zđ]\d?)?(?:[^\p{L}\d]|$)`
)

var (
	citation = regexp.MustCompile(`(?i:(điểm))\s+(` + letterList + `)|(?i:(khoản))\s+(` + numberList + `)|(Điều|điều)\s+(` + numberList + `)`)
)

// pathsIn returns the provisions that a text names, "điểm a và b khoản 3 Điều 12", as paths, each
// once. What is named without its article belongs to the path given; where that is empty, it is
// left out.
func pathsIn(s, within string) []string {
	c := cited{article: within}
	if article, clause, found := strings.Cut(within, "/"); found {
		c.article = article
		c.clause, _, _ = strings.Cut(clause, "/")
	}
	for _, m := range citation.FindAllStringSubmatch(spellRanges(s), -1) {
		switch {
		case m[1] != "":
			c.points = append(c.points, items(m[2])...)
		case m[3] != "":
			c.addClauses(items(m[4]))
		default:
			c.addArticles(items(m[6]))
		}
	}
	c.end()
	return c.paths
}

// items returns the labels of a list: "a, b và c".
func items(list string) []string {
	labels := strings.FieldsFunc(list, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(labels, func(s string) bool { return s == "và" })
}

var articleRange = regexp.MustCompile(`[Tt]ừ\s+[Đđ]iều\s+(\d{1,3})\s+đến\s+(?:hết\s+)?[Đđ]iều\s+(\d{1,3})`)

// spellRanges writes "từ Điều 4 đến Điều 6" as "Điều 4, 5, 6".
func spellRanges(s string) string {
	return articleRange.ReplaceAllStringFunc(s, func(found string) string {
		m := articleRange.FindStringSubmatch(found)
		from, _ := strconv.Atoi(m[1])
		to, _ := strconv.Atoi(m[2])
		if from >= to {
			return found
		}
		all := "Điều " + m[1]
		for n := from + 1; n <= to; n++ {
			all += ", " + strconv.Itoa(n)
		}
		return all
	})
}

// cited gathers what a text names. The law names the smallest part first, so points and clauses
// wait for their article.
type cited struct {
	article, clause string // of what is named without
	points          []string
	waiting         []string // k3, k3/a
	paths           []string
}

func (c *cited) addClauses(labels []string) {
	for _, label := range labels {
		clause := "k" + asciiLabel(label)
		if len(c.points) == 0 {
			c.waiting = append(c.waiting, clause)
		}
		for _, p := range c.points {
			c.waiting = append(c.waiting, clause+"/"+asciiLabel(p))
		}
	}
	c.points = nil
}

func (c *cited) addArticles(labels []string) {
	for _, label := range labels {
		article := "d" + asciiLabel(label)
		if len(c.waiting) == 0 {
			c.name(article)
		}
		for _, inner := range c.waiting {
			c.name(article + "/" + inner)
		}
		c.waiting, c.points = nil, nil
	}
}

func (c *cited) end() {
	for _, inner := range c.waiting {
		if c.article != "" {
			c.name(c.article + "/" + inner)
		}
	}
	for _, p := range c.points {
		if c.article != "" && c.clause != "" {
			c.name(c.article + "/" + c.clause + "/" + asciiLabel(p))
		}
	}
}

func (c *cited) name(path string) {
	if !slices.Contains(c.paths, path) {
		c.paths = append(c.paths, path)
	}
}
