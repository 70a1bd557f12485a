package vi

import (
	"math"
	"slices"
)

//go:generate go run train.go

// Words every model knows.
const (
	unknown  int32 = iota // a word not in the model
	boundary              // before the first word and after the last
	number
	firstWord
)

// A model knows how likely a syllable is after the two before it: from the table of the language
// at large, and from our own content, which counts for more where it knows the words before.
type model struct {
	base     *grams
	ids      map[string]int32    // of base, and after them of the words only our content has
	readings map[string][]string // the syllables of each folded form, likeliest first
	own      counts
}

// ownShare is how much our own content has to say where it knows the word before.
const ownShare = 0.3

// costNotOwn is added where our content knows the word before, but not the word after it.
var costNotOwn = -math.Log(1 - ownShare)

// costUnseen is the cost of a word that only our content has, elsewhere.
const costUnseen = 16.0

// counts are how often words, pairs and triples stood in the texts learnt from.
type counts struct {
	words   map[int32]float64
	pairs   map[[2]int32]float64
	triples map[[3]int32]float64
}

func newModel(base *grams) *model {
	m := &model{
		base: base, ids: make(map[string]int32, len(base.words)), readings: map[string][]string{},
		own: counts{map[int32]float64{}, map[[2]int32]float64{}, map[[3]int32]float64{}},
	}
	for i, w := range base.words { // by falling frequency: so are the readings
		if int32(i) >= firstWord {
			m.addWord(w)
		}
	}
	return m
}

func (m *model) addWord(w string) int32 {
	id := firstWord + int32(len(m.ids))
	m.ids[w] = id
	if isSyllable(w) {
		folded := Fold(w)
		m.readings[folded] = append(m.readings[folded], w)
	}
	return id
}

func (m *model) id(word string) int32 {
	if isNumber(word) {
		return number
	}
	return m.ids[word]
}

// learn counts the words of a text of our own, new ones too. Content also holds words as people
// type them: forms, which isForm tells, and words without their diacritics. They are not learnt.
func (m *model) learn(text []string, isForm func(string) bool) {
	a, b := boundary, boundary
	add := func(w int32) {
		m.own.words[b]++
		m.own.pairs[[2]int32{b, w}]++
		m.own.triples[[3]int32{a, b, w}]++
		a, b = b, w
	}
	for _, w := range text {
		id := m.id(w)
		if isForm(w) || id == unknown && isFolded(w) && len(m.readings[w]) > 0 {
			a, b = boundary, boundary
			continue
		}
		if id == unknown {
			id = m.addWord(w)
		}
		add(id)
	}
	add(boundary)
}

// ready drops readings that nobody means: far rarer than the likeliest of the same folded form.
func (m *model) ready() {
	for folded, words := range m.readings {
		if len(words) > maxReadings {
			m.readings[folded] = slices.Clone(words[:maxReadings])
		}
	}
}

// maxReadings bounds the readings tried for one word; no folded syllable has more in use.
const maxReadings = 24

// cost is −ln of the probability of w after a and b.
func (m *model) cost(a, b, w int32) float64 {
	cost := m.base.cost(a, b, w)
	before := m.own.words[b]
	if before == 0 {
		return cost
	}
	own := m.own.pairs[[2]int32{b, w}] / before
	if own == 0 {
		return cost + costNotOwn
	}
	if n := m.own.pairs[[2]int32{a, b}]; n > 0 {
		own = 0.3*own + 0.7*m.own.triples[[3]int32{a, b, w}]/n
	}
	return -math.Log((1-ownShare)*math.Exp(-cost) + ownShare*own)
}
