package eval

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"policybot/index/vi"
)

// Typing is a way people type the same words.
type Typing string

// The ways of typing.
const (
	Full  Typing = "full"  // as written, with all marks
	None  Typing = "none"  // no marks at all
	Half  Typing = "half"  // marks on every second word only
	Noisy Typing = "noisy" // as on a phone in a hurry: short forms, southern spelling, slips
)

// Typings are all of them.
var Typings = []Typing{Full, None, Half, Noisy}

// Write types a text that way. The same text is always typed the same.
func (y Typing) Write(text string) string {
	words := strings.Fields(text)
	switch y {
	case None:
		return vi.Fold(text)
	case Half:
		for i := 1; i < len(words); i += 2 {
			words[i] = vi.Fold(words[i])
		}
	case Noisy:
		return newTypist(text).write(words)
	}
	return strings.Join(words, " ")
}

// typist is somebody in a hurry. What they do to a text is drawn from a generator seeded with it.
type typist struct {
	dice  *rand.Rand
	marks bool // types diacritics; every second person does
}

func newTypist(text string) *typist {
	sum := fnv.New64a()
	sum.Write([]byte(text)) //nolint:errcheck // a hash takes everything
	t := &typist{dice: rand.New(rand.NewPCG(sum.Sum64(), 6))}
	t.marks = t.dice.IntN(2) == 0
	return t
}

// slipEvery is how many syllables go by for one slip.
const slipEvery = 6

func (t *typist) write(words []string) string {
	words = t.shorten(words)
	for i, w := range words {
		if southern, ok := southernOf[strings.ToLower(w)]; ok && t.dice.IntN(2) == 0 {
			words[i] = southern
		}
		if !t.marks {
			words[i] = vi.Fold(words[i])
		}
	}
	for part := range slices.Chunk(words, slipEvery) {
		t.slipIn(part)
	}
	return strings.Join(words, " ")
}

// shorten writes some phrases the short way, half of the time.
func (t *typist) shorten(words []string) []string {
	var out []string
	for i := 0; i < len(words); {
		n, short := shortFor(words[i:])
		if n == 0 || t.dice.IntN(2) == 0 {
			out = append(out, words[i])
			i++
			continue
		}
		out = append(out, short)
		i += n
	}
	return out
}

// shortFor returns the short form of the longest phrase that words begin with, and how many of them
// it takes the place of; 0: there is none.
func shortFor(words []string) (n int, short string) {
	const longest = 4
	for n = min(longest, len(words)); n > 0; n-- {
		phrase := strings.ToLower(strings.Join(words[:n], " "))
		end := strings.TrimRight(phrase, ".,?!")
		if short, ok := shortForms[end]; ok {
			return n, short + phrase[len(end):]
		}
	}
	return 0, ""
}

// slipIn slips in one of some words. Short ones and those with a digit are left alone: nobody could read
// them any more.
func (t *typist) slipIn(words []string) {
	var long []int
	for i, w := range words {
		if len([]rune(w)) >= 3 && !strings.ContainsAny(w, "0123456789/%") {
			long = append(long, i)
		}
	}
	if len(long) > 0 {
		i := long[t.dice.IntN(len(long))]
		words[i] = t.slip(words[i])
	}
}

// slip drops, doubles, swaps or mistypes one letter of a word, never the first.
func (t *typist) slip(word string) string {
	letters := []rune(word)
	i := 1 + t.dice.IntN(len(letters)-1)
	near := neighbours[letters[i]]
	switch how := t.dice.IntN(4); {
	case how == 0: // held down
		return string(letters[:i]) + string(letters[i]) + string(letters[i:])
	case how == 1 && i > 1: // swapped with the one before
		letters[i-1], letters[i] = letters[i], letters[i-1]
		return string(letters)
	case how == 2 && near != "": // the key beside it
		letters[i] = rune(near[t.dice.IntN(len(near))])
		return string(letters)
	}
	return string(letters[:i]) + string(letters[i+1:]) // dropped
}

// shortForms are how people shorten what they write all day.
var shortForms = map[string]string{
	"bảo hiểm y tế": "bhyt", "bảo hiểm xã hội": "bhxh", "bảo hiểm": "bh", "bệnh viện": "bv", "không": "ko",
	"được": "dc", "bao nhiêu": "bn", "nhiêu": "nhiu", "như thế nào": "ntn", "thế nào": "tnao", "làm sao": "lsao",
	"với": "vs", "vậy": "v", "người": "ng", "nhà nước": "nn", "thành phố": "tp", "cần thơ": "ct",
	"hộ nghèo": "hn", "hộ cận nghèo": "hcn", "tháng": "th", "triệu": "tr", "nghìn": "k", "ngàn": "k",
	"giấy tờ": "gtờ", "trước": "trc", "những": "nhg", "gia đình": "gđ", "sinh viên": "sv", "học sinh": "hs",
	"ủy ban nhân dân": "ubnd", "căn cước công dân": "cccd", "khám chữa bệnh": "kcb", "cũng": "cg", "rồi": "r",
	"bây giờ": "bjo", "mình": "mk",
}

// southernOf are spellings that follow southern speech: hỏi and ngã are one tone, v is said as d.
var southernOf = map[string]string{
	"nhiều": "nhìu", "về": "dìa", "vậy": "zậy", "vô": "dô", "vợ": "dợ", "bệnh": "bịnh", "không": "hông", "gì": "dì",
	"này": "nầy", "tôi": "tui", "cũng": "củng", "phải": "phãi", "mỗi": "mổi", "nghỉ": "nghĩ", "hỗ": "hổ", "sửa": "sữa",
	"trả": "trã", "cả": "cã", "chính": "chánh", "lãi": "lải", "xã": "xả", "giảm": "giãm", "những": "nhửng", "đã": "đả",
	"được": "đựơc", "nữa": "nửa", "thiệt": "thiệc", "nhân": "nhơn", "bảo": "bão", "hưởng": "hưỡng", "nghĩa": "nghỉa",
}

// neighbours are the keys that lie beside a key.
var neighbours = map[rune]string{
	'a': "sq", 'b': "vn", 'c': "xv", 'd': "sf", 'e': "wr", 'g': "fh", 'h': "gj", 'i': "uo", 'k': "jl", 'l': "k",
	'm': "n", 'n': "bm", 'o': "ip", 'p': "o", 'q': "wa", 'r': "et", 's': "ad", 't': "ry", 'u': "yi", 'v': "cb", 'x': "zc", 'y': "tu",
}
