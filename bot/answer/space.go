package answer

import (
	"math"
	"slices"

	"policybot/knowledge"
)

// What questions and cards are compared by, and how much each sort of it counts. Notions count
// most, because they are the same however they are said; pairs of syllables come near to the words
// of the language. The figures were set on half of the probe wordings and judged on the other half.
const (
	weightSyllable = 1.0
	weightPair     = 0.6
	weightGroup    = 3.0
	weightSubject  = 3.0
	weightAspect   = 2.5
	rarity         = 0.65 // power of the rarity of a feature
	inBody         = 0.10 // share of wordings that standing in the card's own text is worth
	half           = 0.16 // share of wordings at which a feature counts half
)

// features are what a text is compared by: its syllables and pairs of them without marks, and its
// notions, each with the weight of its sort.
type features map[string]float64

func featuresOf(tokens []token, words []*knowledge.Word) features {
	f := features{}
	for i, t := range tokens {
		f[t.fold] = weightSyllable
		if i > 0 {
			f[tokens[i-1].fold+" "+t.fold] = weightPair
		}
	}
	if namesSum(tokens) {
		f["#amount"] = weightAspect // "vẫn là 500 ngàn hả" asks for an amount as well
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

// need is what a card is for: how often each feature stands among its wordings.
type need struct {
	card     *knowledge.Card
	wordings map[string]bool           // without marks
	share    map[string]float64        // of its wordings, from 0 to 1
	groups   map[string]bool           // people that any wording names
	about    map[string]bool           // people that most wordings name: those it is for
	core     []string                  // subjects and aspects that most wordings name
	said     []wording                 // each by itself
	figures  map[knowledge.Amount]bool // that it shows on some day
	foreign  bool                      // some wording names another province: it says what holds here all the same
}

// learn counts one of n wordings in.
func (x *need) learn(f features, words []*knowledge.Word, n int) {
	for name := range f {
		x.share[name] += 1 / float64(n)
	}
	for _, g := range ofKind(words, knowledge.WordGroup) {
		x.groups[g.ID] = true
	}
	x.foreign = x.foreign || slices.ContainsFunc(words, func(w *knowledge.Word) bool { return w.ID == otherProvince })
}

// learnBody counts the card's own text in, a little.
func (x *need) learnBody(f features) {
	for name := range f {
		x.share[name] += inBody
	}
}

// settle finds who and what the card is for: the people, subjects and aspects that at least half of
// its wordings name.
func (x *need) settle() {
	const most = 0.5
	for g := range x.groups {
		if x.share["#"+g] >= most {
			x.about[g] = true
		}
	}
	for name, share := range x.share {
		if name[0] == '#' && share >= most && !x.groups[name[1:]] {
			x.core = append(x.core, name)
		}
	}
}

// space knows how rare every feature is among the needs.
type space struct {
	idf     map[string]float64
	number  map[string]int // of each feature, from 0
	unknown float64        // of what stands in no need
}

func newSpace(needs map[knowledge.CardID]*need) *space {
	seen := map[string]float64{}
	for _, x := range needs {
		for f, share := range x.share {
			if share > inBody {
				seen[f]++
			} else {
				seen[f] += 0.5
			}
		}
	}
	n := float64(len(needs))
	rare := func(df float64) float64 { return math.Pow(math.Log(1+n/(df+0.5)), rarity) }
	s := &space{idf: make(map[string]float64, len(seen)), number: make(map[string]int, len(seen)), unknown: rare(0)}
	for f, df := range seen {
		s.idf[f], s.number[f] = rare(df), len(s.number)
	}
	return s
}

// covered returns how much of a question a need covers, from 0 to 1: of everything the question
// says, weighed by rarity, the part that people say when they have this need.
func (s *space) covered(question features, x *need) float64 {
	sum, all := 0.0, 0.0
	for name, weight := range question {
		part, whole := s.weigh(name, weight, x)
		sum, all = sum+part, all+whole
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// weigh returns how much a feature of a question says, and the part of it that a need covers.
func (s *space) weigh(name string, weight float64, x *need) (part, whole float64) {
	idf, known := s.idf[name]
	if !known {
		if weight == weightPair {
			return 0, 0 // an unknown pair says no more than its unknown syllables
		}
		idf = s.unknown
	}
	whole = weight * idf
	if share := x.share[name]; share > 0 {
		part = whole * share / (share + half) * (1 + half)
	}
	return part, whole
}

// wording is one way to ask for a need, by the numbers of what it says.
type wording struct {
	features []int
	weight   float64
}

// vector is a question by the numbers of what it says.
type vector struct {
	weights []float64 // of each feature any need has
	weight  float64   // of all it says
}

// vector turns a question into numbers, once for all the needs it is held against.
func (s *space) vector(question features) vector {
	v := vector{make([]float64, len(s.number)), s.weight(question)}
	for name, weight := range question {
		if i, known := s.number[name]; known {
			v.weights[i] = weight * s.idf[name]
		}
	}
	return v
}

// measure turns the wordings of a need into numbers.
func (s *space) measure(x *need, said []features) {
	for _, f := range said {
		w := wording{weight: s.weight(f)}
		for name := range f {
			w.features = append(w.features, s.number[name])
		}
		x.said = append(x.said, w)
	}
}

// nearest returns how close the closest wording of a need is to a question, from 0 to 1: twice what they
// share over all that both say, weighed by rarity.
func (v vector) nearest(x *need) float64 {
	best := 0.0
	for _, w := range x.said {
		shared := 0.0
		for _, i := range w.features {
			shared += v.weights[i]
		}
		if all := v.weight + w.weight; all > 0 {
			best = max(best, 2*shared/all)
		}
	}
	return best
}

// weight is how much a text says.
func (s *space) weight(f features) float64 {
	sum := 0.0
	for name, weight := range f {
		_, whole := s.weigh(name, weight, &need{})
		sum += whole
	}
	return sum
}
