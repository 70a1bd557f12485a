package answer

import (
	"math"

	"policybot/knowledge"
)

// Weights of what a wording is compared by. Notions count most, because they are the same however
// they are said; pairs of syllables come near to the words of the language.
const (
	weightSyllable = 0.5
	weightPair     = 0.8
	weightGroup    = 2.0
	weightSubject  = 1.8
	weightAspect   = 1.3
)

// space measures how alike two texts are: by the angle between their vectors of syllables, pairs
// and notions, the rarer the heavier, marks left aside.
type space struct {
	idf     map[string]float64
	unknown float64 // of what stands in no wording
}

// vector is a text of length one in the space.
type vector map[string]float64

// newSpace learns from all wordings how rare everything is.
func newSpace(wordings []features) *space {
	seen := map[string]int{}
	for _, w := range wordings {
		for f := range w {
			seen[f]++
		}
	}
	n := float64(len(wordings))
	s := &space{idf: make(map[string]float64, len(seen)), unknown: math.Log(1 + n/0.5)}
	for f, k := range seen {
		s.idf[f] = math.Log(1 + n/(float64(k)+0.5))
	}
	return s
}

// features are the parts of a text with the weight of their sort.
type features map[string]float64

func featuresOf(tokens []token, words []*knowledge.Word) features {
	f := features{}
	for i, t := range tokens {
		f[t.fold] = weightSyllable
		if i > 0 {
			f[tokens[i-1].fold+" "+t.fold] = weightPair
		}
	}
	for _, w := range words {
		switch w.Kind {
		case knowledge.WordGroup:
			f["#"+w.ID] = weightGroup
		case knowledge.WordSubject:
			f["#"+w.ID] = weightSubject
		case knowledge.WordAspect:
			f["#"+w.ID] = weightAspect
		}
	}
	return f
}

func (s *space) vector(tokens []token, words []*knowledge.Word) vector {
	return s.place(featuresOf(tokens, words))
}

func (s *space) place(f features) vector {
	v := make(vector, len(f))
	sum := 0.0
	for name, weight := range f {
		idf, known := s.idf[name]
		if !known {
			if weight == weightPair {
				continue // an unknown pair says no more than its unknown syllables
			}
			idf = s.unknown
		}
		v[name] = weight * idf
		sum += v[name] * v[name]
	}
	for name := range v {
		v[name] /= math.Sqrt(sum)
	}
	return v
}

// alike returns the cosine of the angle between two texts: 1 for the same, 0 for nothing shared.
func alike(a, b vector) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	sum := 0.0
	for name, x := range a {
		sum += x * b[name]
	}
	return sum
}
