package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// plain is a text without what does not matter when words are compared.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("“”„«»\"", r):
			return '"'
		case unicode.Is(unicode.Pd, r):
			return '-'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, clean(s))
	return strings.TrimRight(strings.Join(strings.Fields(s), " "), " .;,")
}

var figure = regexp.MustCompile(`\d+(?:[.,]\d+)*\s*%?`)

// figuresLost returns the figures of a summary that stand nowhere in the words.
func figuresLost(summary, words string) []string {
	there := map[string]bool{}
	for _, f := range figure.FindAllString(words, -1) {
		there[bareFigure(f)] = true
	}
	var lost []string
	for _, f := range figure.FindAllString(summary, -1) {
		f = strings.TrimSpace(f)
		if !there[bareFigure(f)] && !slices.Contains(lost, f) {
			lost = append(lost, f)
		}
	}
	return lost
}

// bareFigure writes 05 as 5 and 70 % as 70%.
func bareFigure(s string) string {
	s = strings.ReplaceAll(s, " ", "")
	if strings.HasPrefix(s, "0,") {
		return s
	}
	return strings.TrimLeft(s, "0")
}
