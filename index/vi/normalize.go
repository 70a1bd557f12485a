// Package vi knows how Vietnamese is written and how people type it: one spelling for each word,
// words without their marks, the tokens search works on, and a [Reader] that turns what a person
// typed into what they mean.
package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalize gives text one spelling: NFC, the tone mark on one agreed vowel (hoà → hòa), line
// breaks and other controls as spaces, invisible characters (zero width, direction, tags) and
// stray marks dropped, invalid UTF-8 replaced. Case stays. It is idempotent.
func Normalize(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	var out strings.Builder
	out.Grow(len(s))
	var word []rune
	flush := func() {
		placeTone(word)
		for _, r := range word {
			out.WriteRune(r)
		}
		word = word[:0]
	}
	for _, r := range s {
		switch {
		case letterOf(r).bare != 0:
			word = append(word, r)
			continue
		case isInvisible(r):
			continue // inside a word too: "hộ\u200bnghèo" is seen as one word
		}
		flush()
		switch {
		case r == '\n':
			out.WriteByte('\n')
		case unicode.IsSpace(r) || unicode.IsControl(r):
			out.WriteByte(' ')
		default:
			out.WriteRune(r)
		}
	}
	flush()
	return out.String()
}

// isInvisible reports whether r shows nothing of its own. Combining accents that NFC could not
// join to a letter count as invisible; the marks of other scripts do not.
func isInvisible(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r >= 0x0300 && r <= 0x036F: // combining accents
		return true
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return true
	}
	return r >= 0xE0000 && r <= 0xE0FFF // tags
}

// Fold returns text in lower case without any mark: "Hộ Nghèo" → "ho ngheo", đ → d.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for _, r := range norm.NFC.String(s) {
		switch l := letterOf(r); {
		case l.bare != 0:
			out.WriteRune(l.bare)
		case r >= 0x0300 && r <= 0x036F:
		case unicode.IsUpper(r):
			out.WriteRune(unicode.ToLower(r))
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// isFolded reports whether s is ASCII without capitals, which folding would leave alone.
func isFolded(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}
