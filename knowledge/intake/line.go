package intake

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Place is where something stands in a source. The zero Place is nowhere.
type Place struct {
	Page int // from 1; 0: the source has no pages
	Line int // on the page, or among the paragraphs of the source, from 1
}

// Flow says whether a line begins a paragraph.
type Flow int

const (
	flowUnknown Flow = iota // the source does not show it
	begins                  // it does, as an indented line or a paragraph of Word
	continues               // it carries on the line before
)

// line is one line of a source, as printed: of a PDF, or a whole paragraph elsewhere.
type line struct {
	text  string
	place Place
	flow  Flow
	bold  bool
	table int // tables it lies in, those for the layout left out; in a table nothing begins a provision

	size        float64 // height of its letters in points; 0: not known
	left, right float64 // where it begins and ends, in points from the left edge
	top, bottom float64 // points from the bottom of the page
	marked      bool    // it begins with a small raised number, as a footnote does
}

// source is a document as read, before it is understood.
type source struct {
	format Format
	pages  int // 0: the source has no pages
	lines  []line
	notes  []line // footnotes, taken out of the text
	doubts []Doubt
}

// clean puts text into the form content has: NFC, no invisible letters, single spaces.
func clean(s string) string {
	s = norm.NFC.String(s)
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || r == '\u00a0':
			space = true
		case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Co, r) || r == unicode.ReplacementChar:
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

// fullLine is how many letters a line broken by hand has at least.
const fullLine = 45

var alwaysNew = regexp.MustCompile(`^(?:Căn cứ|Theo đề nghị|Xét đề nghị)\s`)

// joins reports whether a line carries on the paragraph of the one before. Where the source does
// not show it, a line does unless the one before ended, or stopped short and this one begins anew.
func joins(before, l line) bool {
	if l.flow != flowUnknown {
		return l.flow == continues
	}
	first, _ := utf8.DecodeRuneInString(l.text)
	_, numbered := headingOf(l.text)
	switch {
	case alwaysNew.MatchString(l.text):
		return false
	case ends(before.text): // a mark of quotation ends a sentence or a word
		return !endsSentence(before.text) && unicode.IsLower(first) && !numbered
	}
	return !unicode.IsUpper(first) || utf8.RuneCountInString(before.text) >= fullLine
}

// glue puts the text of a line to that of the line before: with a space, unless a number such as
// 08/2023/TT-BYT is broken at its hyphen.
func glue(before, s string) string {
	if trimmed := strings.TrimSuffix(before, "-"); trimmed != before && trimmed != "" && !strings.HasSuffix(trimmed, " ") {
		return before + s
	}
	return before + " " + s
}
