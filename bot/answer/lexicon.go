package answer

import (
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
)

// token is one syllable or number of a text.
type token struct {
	text   string // lower case, with its marks
	fold   string // without marks
	marked bool   // its marks were typed by a person, not restored: they count
}

// tokenize splits a reading into tokens. Only marks that the person typed tell words apart, because
// a restored one may be wrong.
func tokenize(r vi.Reading) []token {
	typed := map[string]bool{}
	for _, s := range vi.Syllables(vi.Normalize(r.Original)) {
		typed[s] = true
	}
	syllables := vi.Syllables(r.Text)
	tokens := make([]token, len(syllables))
	for i, s := range syllables {
		fold := vi.Fold(s)
		tokens[i] = token{s, fold, fold != s && typed[s]}
	}
	return tokens
}

// lexicon finds the words of the domain in a text.
type lexicon struct {
	byFirst map[string][]saying // by the first syllable, without marks; longest first
	aged    []*knowledge.Word   // those that stand for ages
	byID    map[string]*knowledge.Word
}

// saying is one way to say a word.
type saying struct {
	word   *knowledge.Word
	tokens []token
	parts  []int // how many tokens each of its parts has; other words may stand between two parts
	strict bool  // asks for the same marks, typed or restored
}

// between stands in a way to say a word where a few other syllables may come in: "uống … thuốc sâu".
const between = "…"

// apart is how many syllables may come in.
const apart = 3

// isStrict reports whether a way to say a word counts only with its marks: single syllables, which are
// too many things without ("vay", "vậy"), and short ones that settle a message by themselves ("Thanh
// Hóa", "Thạnh Hòa"). Danger is heard without marks too, where no everyday words sound like it.
func isStrict(w *knowledge.Word, syllables int) bool {
	switch {
	case syllables == 1:
		return true
	case w.Kind == knowledge.WordCrisis:
		return syllables == 2 && w.Exact
	}
	return syllables == 2 && settles(w.Kind)
}

// settles reports whether words of the kind end a question by themselves.
func settles(kind knowledge.WordKind) bool {
	switch kind {
	case knowledge.WordGroup, knowledge.WordSubject, knowledge.WordAspect, knowledge.WordFiller:
		return false
	}
	return true
}

func newLexicon(words []*knowledge.Word) *lexicon {
	x := &lexicon{byFirst: map[string][]saying{}, byID: map[string]*knowledge.Word{}}
	for _, w := range words {
		x.byID[w.ID] = w
		if w.Ages != nil {
			x.aged = append(x.aged, w)
		}
		for _, s := range w.Says {
			one := saying{word: w}
			for part := range strings.SplitSeq(s, between) {
				tokens := tokenize(vi.Reading{Original: part, Text: vi.Normalize(part)})
				one.tokens, one.parts = append(one.tokens, tokens...), append(one.parts, len(tokens))
			}
			if len(one.tokens) > 0 {
				const short = 3 // torn apart, that much without marks is many things: "xỉn … đánh", "xin danh mục"
				one.strict = isStrict(w, len(one.tokens)) || len(one.parts) > 1 && len(one.tokens) <= short && settles(w.Kind)
				first := one.tokens[0].fold
				x.byFirst[first] = append(x.byFirst[first], one)
			}
		}
	}
	for _, all := range x.byFirst {
		slices.SortStableFunc(all, func(a, b saying) int { return len(b.tokens) - len(a.tokens) })
	}
	return x
}

// find returns the words in tokens, each once, in their order. Of two that overlap and are of one
// kind the longer counts: "cận nghèo" is not "nghèo". A group inside the name of a subject is not
// who is asked about: "chuẩn nghèo" is of everybody; nor is the "xã" of "trợ giúp xã hội" a place. What is not ours gives way to what is: "xin tiền
// mai táng" begs for nothing; and danger to a way of speaking: "lo muốn chết".
func (x *lexicon) find(tokens []token) []*knowledge.Word {
	var found []*knowledge.Word
	spans := x.spans(tokens)
	for _, s := range spans {
		if s.word.Kind != knowledge.WordFiller && !slices.ContainsFunc(spans, s.givesWayTo) {
			found = x.with(found, s.word)
		}
	}
	for _, age := range ages(tokens) {
		for _, w := range x.aged {
			if w.Ages.Contains(age) {
				found = x.with(found, w)
			}
		}
	}
	return x.withCodes(found, tokens)
}

// withCodes adds what the code of a card says: that it is about one, and whose card it is.
func (x *lexicon) withCodes(found []*knowledge.Word, tokens []token) []*knowledge.Word {
	for _, code := range codesIn(tokens) {
		found = x.with(found, x.byID["card_code"])
		for id, group := range cardGroups {
			if groups := code.Groups(); len(groups) == 1 && groups[0] == group {
				found = x.with(found, x.byID[id])
			}
		}
	}
	return found
}

// span is a word where it stands: from one token up to another.
type span struct {
	word     *knowledge.Word
	from, to int
}

// idiom is the word for ways of speaking that sound like danger.
const idiom = "idiom"

// givesWayTo reports whether another word that takes some of the same tokens, and no fewer, shows
// that this one is not meant.
func (s span) givesWayTo(o span) bool {
	if o.from >= s.to || s.from >= o.to || o.to-o.from < s.to-s.from {
		return false
	}
	switch s.word.Kind {
	case knowledge.WordBeyond:
		return o.word.Kind == knowledge.WordSubject
	case knowledge.WordCrisis:
		return o.word.ID == idiom
	}
	return false
}

// isMonth reports whether a token is the number of a month: "tháng 5 năm ngoái" is no five years.
func isMonth(tokens []token, i int) bool {
	return i > 0 && tokens[i-1].fold == "thang" && isNumber(tokens[i])
}

// spans returns where the words stand, in their order.
func (x *lexicon) spans(tokens []token) []span {
	var found []span
	taken := map[knowledge.WordKind]int{} // up to where a kind has its words
	for i := range tokens {
		if isMonth(tokens, i) {
			continue
		}
		for _, s := range x.byFirst[tokens[i].fold] {
			kind := s.word.Kind
			n := s.length(tokens[i:])
			end := i + n
			if i < taken[kind] || n == 0 {
				continue
			}
			if (kind == knowledge.WordGroup || isFrame(s.word)) && (end <= taken[knowledge.WordSubject] || x.longest(tokens[i:], of(knowledge.WordSubject)) > n) {
				continue
			}
			taken[kind] = end
			found = append(found, span{s.word, i, end})
		}
	}
	return found
}

// with adds a word and what it implies.
func (x *lexicon) with(found []*knowledge.Word, w *knowledge.Word) []*knowledge.Word {
	if w == nil || slices.Contains(found, w) {
		return found
	}
	found = append(found, w)
	for _, id := range w.Implies {
		found = x.with(found, x.byID[id])
	}
	return found
}

// matches reports whether a text starts with a way to say a word.
func matches(tokens []token, s saying) bool { return s.length(tokens) > 0 }

// length returns how many tokens at the start of a text the saying takes; 0: it is not there.
func (s saying) length(tokens []token) int {
	at, rest := 0, s.tokens
	for i, size := range s.parts {
		gap := 0
		for i > 0 && gap < apart && !s.stands(tokens[min(at+gap, len(tokens)):], rest[:size]) {
			gap++
		}
		at += gap
		if at > len(tokens) || !s.stands(tokens[at:], rest[:size]) {
			return 0
		}
		at, rest = at+size, rest[size:]
	}
	return at
}

// stands reports whether a text starts with a part of the saying.
func (s saying) stands(tokens, part []token) bool {
	if len(tokens) < len(part) {
		return false
	}
	for i, say := range part {
		t := tokens[i]
		if t.fold != say.fold || (t.marked || s.strict) && t.text != say.text {
			return false
		}
		if s.strict && s.word.Typed && say.fold != say.text && !t.marked {
			return false
		}
	}
	return true
}

// currency is what sums of money are counted in, without marks.
var currency = []string{"ngan", "nghin", "trieu", "dong", "ty"}

// namesSum reports whether a sum of money is told.
func namesSum(tokens []token) bool {
	for i := 1; i < len(tokens); i++ {
		if isNumber(tokens[i-1]) && slices.Contains(currency, tokens[i].fold) {
			return true
		}
	}
	return false
}

// ages returns the ages told in full years, in digits or words: "76 tuổi", "bảy mươi lăm tuổi".
func ages(tokens []token) []int {
	var all []int
	for i := 1; i < len(tokens); i++ {
		if tokens[i].fold != "tuoi" {
			continue
		}
		if n := countBefore(tokens[:i]); n > 0 && n < 130 {
			all = append(all, n)
		}
	}
	return all
}

// ofKind returns the words of one kind.
func ofKind(words []*knowledge.Word, kind knowledge.WordKind) []*knowledge.Word {
	var some []*knowledge.Word
	for _, w := range words {
		if w.Kind == kind {
			some = append(some, w)
		}
	}
	return some
}

// tags writes words as one searchable text, a made-up syllable each.
func tags(words []*knowledge.Word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(" qq" + strings.ReplaceAll(w.ID, "_", ""))
	}
	return b.String()
}

// without returns the tokens that none of the words covers.
func (x *lexicon) without(tokens []token, drop func(*knowledge.Word) bool) []token {
	var rest []token
	for i := 0; i < len(tokens); {
		if n := x.longest(tokens[i:], drop); n > 0 {
			i += n
			continue
		}
		rest = append(rest, tokens[i])
		i++
	}
	return rest
}

// longest returns how many tokens the longest of the words takes at the start; 0: none is there.
func (x *lexicon) longest(tokens []token, which func(*knowledge.Word) bool) int {
	for _, s := range x.byFirst[tokens[0].fold] {
		if n := s.length(tokens); n > 0 && which(s.word) {
			return n
		}
	}
	return 0
}

// of selects words of the kinds.
func of(kinds ...knowledge.WordKind) func(*knowledge.Word) bool {
	return func(w *knowledge.Word) bool { return slices.Contains(kinds, w.Kind) }
}
