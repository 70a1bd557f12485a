package eval

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
)

// Pair are two cards that are hard to tell apart, on days that both hold.
type Pair struct {
	A       knowledge.CardID `json:"a"`
	B       knowledge.CardID `json:"b"`
	File    string           `json:"file"` // of B
	Line    int              `json:"line"`
	What    string           `json:"what"` // ask: a wording of each; answer: what they say
	Overlap float64          `json:"overlap"`
	TextA   string           `json:"text_a"`
	TextB   string           `json:"text_b"`
}

// How much of two texts may be the same, by the weight of their syllables. Rare syllables weigh more.
const (
	nearAsk    = 0.85
	nearAnswer = 0.85
)

// Near returns the pairs of cards whose wordings or answers are nearly the same, nearest first.
func Near(l *knowledge.Library) []Pair {
	asks, answers := newPile(), newPile()
	for _, c := range l.Cards {
		if c.Draft || c.Topic == knowledge.Beyond {
			continue
		}
		if c.WordingsOf == "" {
			for i, s := range c.Ask {
				asks.add(c, s, c.Pos.Line("ask", i))
			}
		}
		if c.Outcome != knowledge.Answered {
			continue // that nothing is known reads alike everywhere
		}
		said := action.ReplaceAllString(strings.Join(append([]string{c.Answer}, c.Bullets...), " "), " ")
		answers.add(c, said, c.Pos.Line("answer"))
	}
	near := append(asks.near("ask", nearAsk), answers.near("answer", nearAnswer)...)
	slices.SortStableFunc(near, func(a, b Pair) int { return cmp.Compare(b.Overlap, a.Overlap) })
	return near
}

var action = regexp.MustCompile(`\{\{.*?\}\}`)

// pile is texts by the syllables they hold.
type pile struct {
	number map[string]int // of a syllable, without marks
	in     []float64      // in how many texts each is; its weight, once near has run
	texts  []leaf
}

// leaf is a text: its syllables by number, each once.
type leaf struct {
	card  *knowledge.Card
	text  string
	line  int
	holds []int
}

func newPile() *pile { return &pile{number: map[string]int{}} }

func (p *pile) add(c *knowledge.Card, text string, line int) {
	var holds []int
	for _, s := range vi.Syllables(vi.Fold(vi.Normalize(text))) {
		n, known := p.number[s]
		if !known {
			n = len(p.number)
			p.number[s] = n
			p.in = append(p.in, 0)
		}
		if !slices.Contains(holds, n) {
			holds = append(holds, n)
			p.in[n]++
		}
	}
	slices.Sort(holds)
	p.texts = append(p.texts, leaf{c, text, line, holds})
}

// near compares all texts of different needs; of two cards only the nearest pair is told.
func (p *pile) near(what string, least float64) []Pair {
	for n, texts := range p.in {
		p.in[n] = math.Log(1 + float64(len(p.texts))/texts)
	}
	best := map[[2]knowledge.CardID]Pair{}
	for i, b := range p.texts {
		for _, a := range p.texts[:i] {
			if needOf(a.card) == needOf(b.card) || a.card.Applies.Intersect(b.card.Applies).IsEmpty() {
				continue
			}
			key := [2]knowledge.CardID{a.card.ID, b.card.ID}
			if o := p.overlap(a.holds, b.holds); o >= least && o > best[key].Overlap {
				best[key] = Pair{a.card.ID, b.card.ID, b.card.Pos.File, b.line, what, math.Round(o*100) / 100, a.text, b.text}
			}
		}
	}
	var pairs []Pair
	for _, pair := range best {
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(a, b Pair) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	return pairs
}

// overlap is the weight of what two texts share, of all that they hold.
func (p *pile) overlap(a, b []int) float64 {
	shared, all := 0.0, 0.0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			shared += p.in[a[0]]
			all += p.in[a[0]]
			a, b = a[1:], b[1:]
		case a[0] < b[0]:
			all += p.in[a[0]]
			a = a[1:]
		default:
			all += p.in[b[0]]
			b = b[1:]
		}
	}
	for _, n := range append(slices.Clip(a), b...) {
		all += p.in[n]
	}
	if all == 0 {
		return 0
	}
	return shared / all
}
