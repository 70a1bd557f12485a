package index

import (
	"strings"

	"policybot/index/vi"
)

// A field is one way the words of a Doc are looked for.
type field int8

const (
	words field = iota // syllables as spelt
	pairs              // two syllables in a row, as spelt

	storedFields // the fields above are indexed; those below are made of them

	bareWords = iota - 1 // syllables without diacritics
	barePairs
)

// fieldKeys are the names of the fields in the index, short because each segment repeats them.
var fieldKeys = [storedFields]string{"w", "p"}

func (f field) String() string { return [...]string{"word", "pair", "bare word", "bare pair"}[f] }

// analyze gives the words of text as both documents and questions are indexed by: formal
// abbreviations written out, document numbers whole and also by kind and number, so that
// "nghị định 188", "nđ188" and "188/2025/NĐ-CP" meet.
func analyze(text string) []string {
	return numberKeys(vi.Expand(vi.Syllables(vi.Normalize(text))))
}

// kinds of documents as they stand before a number, by their folded name.
var kinds = map[string]string{
	"nd": "nd", "tt": "tt", "nq": "nq", "qd": "qd", "kh": "kh", "ct": "ct", "cv": "cv",
	"nghi dinh": "nd", "thong tu": "tt", "nghi quyet": "nq", "quyet dinh": "qd",
	"ke hoach": "kh", "chi thi": "ct", "cong van": "cv", "luat": "qh",
}

// numberKeys adds a key such as "nd188" after each document number among words.
func numberKeys(words []string) []string {
	var out []string
	for i, w := range words {
		key := documentKey(words, i)
		if key == "" {
			if out != nil {
				out = append(out, w)
			}
			continue
		}
		if out == nil {
			out = append(make([]string, 0, len(words)+2), words[:i]...)
		}
		if key == w {
			out = append(out, w)
		} else {
			out = append(out, w, key)
		}
	}
	if out == nil {
		return words
	}
	return out
}

// documentKey returns the key of the document number that words[i] is or ends, or "".
func documentKey(words []string, i int) string {
	w := words[i]
	digits := leadingDigits(w)
	switch {
	case digits > 0 && digits < len(w) && strings.IndexByte(w, '/') == digits: // 188/2025/nđ-cp
		kind := w[strings.LastIndexByte(w, '/')+1:]
		kind, _, _ = strings.Cut(vi.Fold(kind), "-")
		return strings.TrimRight(kind, "0123456789") + w[:digits]
	case digits == len(w) && digits <= 4: // nghị định 188, nghị định số 188
		if i > 0 && vi.Fold(words[i-1]) == "so" {
			i--
		}
		for n := 1; n <= min(2, i); n++ {
			if kind, ok := kinds[vi.Fold(strings.Join(words[i-n:i], " "))]; ok {
				return kind + w
			}
		}
	case digits == 0: // nđ188
		letters := strings.TrimRight(w, "0123456789")
		if n := len(w) - len(letters); n > 0 && n <= 4 {
			if kind, ok := kinds[vi.Fold(letters)]; ok && kind != "qh" {
				return kind + w[len(letters):]
			}
		}
	}
	return ""
}

func leadingDigits(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}
