package intake

import (
	"iter"
	"regexp"
	"strconv"
	"strings"
)

// Level is the rank of a unit in its document.
type Level int

// The levels, from the widest down.
const (
	Part       Level = iota + 1 // phần
	Chapter                     // chương
	Section                     // mục
	Subsection                  // tiểu mục
	Article                     // điều
	Clause                      // khoản
	Point                       // điểm
)

var levelNames = map[Level]string{
	Part: "Phần", Chapter: "Chương", Section: "Mục", Subsection: "Tiểu mục",
	Article: "Điều", Clause: "khoản", Point: "điểm",
}

// String names the level in Vietnamese.
func (l Level) String() string { return levelNames[l] }

// Unit is a numbered part of a document, with the units inside it.
type Unit struct {
	Level Level
	Label string // its number as printed, without what surrounds it: "IV", "12", "7a", "đ"
	Title string // tên; empty: it has none, as most clauses
	Text  string // its own text, that of its units left out; paragraphs are lines
	Place Place
	Units []*Unit

	paragraphs []paragraph
	quotes     [][]line // blocks in quotation marks: the words of another document
}

// paragraph is gathered line by line.
type paragraph struct {
	text   string
	quoted bool // begun inside quotation marks
}

// Name is how the unit is called: "Điều 12", "khoản 3", "điểm đ".
func (u *Unit) Name() string { return u.Level.String() + " " + u.Label }

// All yields the units of a tree in the order of the document, each with the path that leads to it.
func All(units []*Unit) iter.Seq2[[]*Unit, *Unit] {
	return func(yield func([]*Unit, *Unit) bool) { each(nil, units, yield) }
}

func each(path, units []*Unit, yield func([]*Unit, *Unit) bool) bool {
	for _, u := range units {
		if !yield(path, u) || !each(append(path[:len(path):len(path)], u), u.Units, yield) {
			return false
		}
	}
	return true
}

// Count returns how many units of a level a tree has.
func Count(units []*Unit, level Level) int {
	n := 0
	for _, u := range All(units) {
		if u.Level == level {
			n++
		}
	}
	return n
}

// longest is the length in bytes from which no more lines are joined to a paragraph: none of the law
// comes near it.
const longest = 1 << 16

// add puts a line of text into the unit: on to its last paragraph, or as one of its own.
func (u *Unit) add(l line, joins, quoted bool) {
	if n := len(u.paragraphs); joins && n > 0 && len(u.paragraphs[n-1].text) < longest {
		u.paragraphs[n-1].text = glue(u.paragraphs[n-1].text, l.text)
		return
	}
	u.paragraphs = append(u.paragraphs, paragraph{l.text, quoted})
}

// ends reports whether the text so far ends a sentence or an item.
func ends(s string) bool {
	return endsSentence(s) || strings.HasSuffix(s, "”") || strings.HasSuffix(s, "\"")
}

func endsSentence(s string) bool { return s == "" || strings.ContainsAny(s[len(s)-1:], ".;:!?") }

// settle makes title and text of the paragraphs gathered, here and below.
func (u *Unit) settle() {
	lines := make([]string, len(u.paragraphs))
	for i, p := range u.paragraphs {
		lines[i] = p.text
	}
	switch {
	case u.Level < Article:
		u.Title, lines = strings.Join(lines, " "), nil
	case len(lines) > 0 && u.Level == Article && !ends(lines[0]) && !u.paragraphs[0].quoted:
		u.Title, lines = lines[0], lines[1:]
	}
	u.Text = strings.Join(lines, "\n")
	for _, inner := range u.Units {
		inner.settle()
	}
}

var (
	articleForm    = regexp.MustCompile(`^(?:Điều|ĐIỀU)\s+(\d{1,3}[a-zđ]?)\s*(?:[.:]\s*[-–—]?|[-–—])\s*(.*)$`)
	bareArticle    = regexp.MustCompile(`^(?:Điều|ĐIỀU)\s+(\d{1,3}[a-zđ]?)(?:\s+[–-]?\s*(\p{Lu}.*))?$`)
	partForm       = regexp.MustCompile(`^(?:Phần|PHẦN)\s+(?:(?:thứ|THỨ)\s+)?(` + ordinal + `|\d{1,2}|[\p{L}]+)\s*[.:]?\s*(.*)$`)
	chapterForm    = regexp.MustCompile(`^(?:Chương|CHƯƠNG)\s+(` + ordinal + `|\d{1,2}[a-z]?)\s*[.:]?(?:\s+(.*))?$`)
	sectionForm    = regexp.MustCompile(`^(?:Mục|MỤC)\s+(` + ordinal + `|\d{1,2}[a-z]?)\s*[.:]?(?:\s+(.*))?$`)
	subsectionForm = regexp.MustCompile(`^(?:Tiểu mục|TIỂU MỤC)\s+(` + ordinal + `|\d{1,2}[a-z]?)\s*[.:]?(?:\s+(.*))?$`)
	clauseForm     = regexp.MustCompile(`^(\d{1,3}[a-zđ]?)(?:\.\s*([^\s\d].*|\d.*\s.*)|\s?[-/]\s+(\p{L}.*)|\.)$`)
	pointForm      = regexp.MustCompile(`^([a-zđ])(\d?)(?:[)/]\s*(\S.*)|\.\s+(\p{L}.*))$`)
)

// ordinal are the Roman numbers that chapters have, with the letter of one put in later.
const ordinal = `[IVXLC]+[a-z]?`

// heading is what a line would begin if it began a unit.
type heading struct {
	level Level
	label string
	rest  string
	bare  bool // "Điều 5" without a full stop, which is how the text refers to articles
}

// headingOf reads the beginning of a line as that of a unit.
func headingOf(s string) (heading, bool) {
	if m := articleForm.FindStringSubmatch(s); m != nil {
		return heading{Article, m[1], m[2], false}, true
	}
	if m := clauseForm.FindStringSubmatch(s); m != nil && !isDecimal(s) {
		return heading{Clause, m[1], m[2] + m[3], false}, true
	}
	if m := pointForm.FindStringSubmatch(s); m != nil {
		return heading{Point, m[1] + m[2], m[3] + m[4], false}, true
	}
	for _, group := range []struct {
		level Level
		form  *regexp.Regexp
	}{{Chapter, chapterForm}, {Section, sectionForm}, {Subsection, subsectionForm}, {Part, partForm}} {
		if m := group.form.FindStringSubmatch(s); m != nil && orderOf(m[1]) > 0 {
			return heading{group.level, m[1], m[2], false}, true
		}
	}
	if m := bareArticle.FindStringSubmatch(s); m != nil {
		return heading{Article, m[1], m[2], true}, true
	}
	return heading{}, false
}

// isHeading reports whether a line looks like the beginning of a group or an article.
func isHeading(s string) bool {
	h, ok := headingOf(s)
	return ok && h.level <= Article
}

var decimalForm = regexp.MustCompile(`^\d{1,3}\.\d`)

// isDecimal tells numbers such as 1.800.000 and 1.2 from the number of a clause.
func isDecimal(s string) bool { return decimalForm.MatchString(s) }

// alphabet are the letters of points, in their order.
const alphabet = "abcdđeghiklmnopqrstuvxy"

var words = map[string]int{
	"nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}

// orderOf puts labels in order: 12 is 12·64, 12a is 12·64+1; Roman numbers and words alike. It is 0
// for what is no label.
func orderOf(label string) int {
	const step = 64 // room for the units put in after one
	if n, ok := words[strings.ToLower(label)]; ok {
		return n * step
	}
	digits := strings.TrimRight(label, "abcdefghijklmnopqrstuvwxyzđ")
	suffix := label[len(digits):]
	n, err := strconv.Atoi(digits)
	if err != nil {
		n = romanValue(digits)
	}
	if n <= 0 || len([]rune(suffix)) > 1 {
		return 0
	}
	return n*step + letterOrder(suffix)
}

// letterOrder returns the place of a letter in the alphabet of points, from 1; 0 for no letter.
func letterOrder(letter string) int {
	if letter == "" {
		return 0
	}
	for i, r := range []rune(alphabet) {
		if string(r) == letter {
			return i + 1
		}
	}
	return 0
}

// foreign are the letters that Vietnamese has not, by the letter that they come after; Word puts
// them into the lists it numbers itself.
var foreign = map[string]string{"f": "e", "j": "i", "w": "v", "z": "y"}

// afterForeign sets a foreign letter between two of the alphabet.
const afterForeign = 32

// pointOrder puts points in order, those put in later (a1) after their letter.
func pointOrder(label string) int {
	letter := strings.TrimRight(label, "0123456789")
	if before, ok := foreign[letter]; ok {
		return letterOrder(before)*64 + afterForeign
	}
	after, _ := strconv.Atoi(label[len(letter):])
	return letterOrder(letter)*64 + after
}

func romanValue(s string) int {
	if s == "" {
		return 0
	}
	total, before := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		v := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}[s[i]]
		if v == 0 {
			return 0
		}
		if v < before {
			total -= v
		} else {
			total, before = total+v, v
		}
	}
	if roman(total) != s {
		return 0
	}
	return total
}
