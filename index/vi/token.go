package vi

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is one word of a text: a syllable, a number or a document number.
type token struct {
	text       string // lower case, one spelling
	start, end int    // where it stands in the text, in bytes
}

// Syllables returns the words of normalised text in lower case, in order: syllables, numbers
// ("1.500.000" as "1500000", "05" as "5") and document numbers, kept whole ("188/2025/nđ-cp").
// Letters that follow digits are words of their own: "500k" is "500", "k". An open i after h, k,
// l, m, s, t and qu is written y, so that kĩ and kỹ are one word.
func Syllables(s string) []string {
	tokens := tokenize(s)
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.text
	}
	return words
}

func tokenize(s string) []token {
	tokens := make([]token, 0, len(s)/5+1)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= '0' && r <= '9':
			end := numberEnd(s, i)
			tokens = append(tokens, token{numberToken(s[i:end]), i, end})
			i = end
		case isWordRune(r):
			end := wordEnd(s, i, i > 0 && s[i-1] >= '0' && s[i-1] <= '9')
			tokens = append(tokens, token{wordToken(s[i:end]), i, end})
			i = end
		default:
			i += size
		}
	}
	return tokens
}

// isWordRune reports whether r belongs inside a word. Marks of other scripts (Khmer vowels) do.
func isWordRune(r rune) bool {
	if letterOf(r).bare != 0 {
		return true
	}
	return r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r))
}

// maxWord bounds a word in bytes: anything longer is no word of any language here, and is cut.
const maxWord = 64

// wordEnd returns where the word at i ends. A word behind a number ends at the next: "2tr5".
func wordEnd(s string, i int, behindNumber bool) int {
	start := i
	for i < len(s) && i-start < maxWord {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isWordRune(r) && (behindNumber || r < '0' || r > '9') {
			break
		}
		i += size
	}
	return i
}

// documentNumber matches what follows the first digits of a document number: 188/2025/NĐ-CP,
// 1868/QĐ-BYT, 51/2024/QH15.
var documentNumber = regexp.MustCompile(`^[0-9]{1,5}(?:/(?:19|20)[0-9]{2})?/` +
	`(?:(?i:nđ|nd|tt|ttlt|nq|qđ|qd|kh|ct|cv|hd|tb|pl|l|sl|vbhn)(?:-\pL{1,10}[0-9]{0,2})*|(?i:qh|ubtvqh)[0-9]{1,2})`)

var plainNumber = regexp.MustCompile(`^[0-9]{1,18}(?:[.,][0-9]{1,18})*`)

func numberEnd(s string, i int) int {
	window := s[i:min(len(s), i+maxWord)]
	if strings.IndexByte(window, '/') > 0 {
		if m := documentNumber.FindString(window); m != "" && !startsWithLetter(s[i+len(m):]) {
			return i + len(m)
		}
	}
	return i + len(plainNumber.FindString(window))
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isWordRune(r)
}

var thousands = regexp.MustCompile(`^[0-9]{1,3}(?:\.[0-9]{3})+$`)

func numberToken(s string) string {
	switch {
	case strings.IndexByte(s, '/') >= 0:
		return strings.ToLower(s)
	case strings.IndexByte(s, '.') >= 0 && thousands.MatchString(s):
		return strings.ReplaceAll(s, ".", "")
	case len(s) == 2 && s[0] == '0': // of dates: 05/8/2026
		return s[1:]
	}
	return s
}

func wordToken(s string) string {
	word := strings.ToLower(s)
	if !openI(word) {
		return word
	}
	runes := []rune(word)
	end := len(runes) - 1
	if l := letterOf(runes[end]); l.shape == 'i' {
		runes[end] = vowelRows[len(vowelRows)-1][l.tone]
	}
	return string(runes)
}

// openI reports whether word is one of h, k, l, m, s, t, qu and one more letter.
func openI(word string) bool {
	rest, ok := strings.CutPrefix(word, "qu")
	if !ok {
		if len(word) < 2 || !strings.ContainsRune("hklmst", rune(word[0])) {
			return false
		}
		rest = word[1:]
	}
	r, size := utf8.DecodeRuneInString(rest)
	return size == len(rest) && letterOf(r).shape == 'i'
}
