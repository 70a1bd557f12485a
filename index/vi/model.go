package vi

import (
	"math"
	"slices"
)

// Words every model knows.
const (
	unknown  int32 = iota // a word not in the model
	boundary              // before the first word and after the last
	number
	firstWord
)

// A model knows how likely a syllable is after the two before it.
type model struct {
	ids      map[string]int32
	readings map[string][]string // the syllables of each folded form, likeliest first
	own      counts
}

// counts are how often words, pairs and triples stood in the texts learnt from.
type counts struct {
	total   float64
	words   map[int32]float64
	pairs   map[uint64]float64
	triples map[[3]int32]float64
}

func newModel() *model {
	return &model{
		ids:      map[string]int32{},
		readings: map[string][]string{},
		own:      counts{words: map[int32]float64{}, pairs: map[uint64]float64{}, triples: map[[3]int32]float64{}},
	}
}

func (m *model) id(word string) int32 {
	if isNumber(word) {
		return number
	}
	return m.ids[word]
}

func (m *model) learn(words []string) {
	a, b := boundary, boundary
	for _, w := range words {
		id := m.id(w)
		if id == unknown {
			id = firstWord + int32(len(m.ids))
			m.ids[w] = id
			folded := Fold(w)
			m.readings[folded] = append(m.readings[folded], w)
		}
		m.own.add(a, b, id)
		a, b = b, id
	}
	m.own.add(a, b, boundary)
}

func (c *counts) add(a, b, w int32) {
	c.total++
	c.words[w]++
	c.pairs[pair(b, w)]++
	c.triples[[3]int32{a, b, w}]++
}

func pair(b, w int32) uint64 { return uint64(b)<<32 | uint64(w) }

// ready sorts the readings; nothing is learnt after it.
func (m *model) ready() {
	for _, words := range m.readings {
		slices.SortStableFunc(words, func(x, y string) int {
			return int(m.own.words[m.id(y)] - m.own.words[m.id(x)])
		})
	}
}

// cost is −ln of the probability of w after a and b.
func (m *model) cost(a, b, w int32) float64 {
	c := &m.own
	p := 0.02 * (c.words[w] + 0.1) / (c.total + 1)
	if n := c.words[b]; n > 0 {
		p += 0.3 * c.pairs[pair(b, w)] / n
	}
	if n := c.pairs[pair(a, b)]; n > 0 {
		p += 0.6 * c.triples[[3]int32{a, b, w}] / n
	}
	return -math.Log(p)
}
