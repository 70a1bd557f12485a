package answer

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"policybot/index"
	"policybot/knowledge"
)

// An Explanation is what an answer was chosen by, for those who want to know why.
type Explanation struct {
	Words []*knowledge.Word // the notions of the question
	Found []Found           // the cards that came nearest, best first; none where none was looked for
	// Sure is the score from which on a card answers, Likely the one from which on it is worth
	// asking back.
	Sure, Likely float64
}

// Found is a card that might have answered.
type Found struct {
	Card  *knowledge.Card
	Score float64 // how well the card fits; 1: these are its very words
	Parts []Part  // what the question's features gave to the score, most first
	// Index is the score of the card's best wording in the index, comparable within one Explanation
	// only, and Terms are what it is made of.
	Index float64
	Terms []index.Reason
}

// A Part is what one feature of the question gave to the score of a card: a syllable, a pair of them,
// or a notion, which begins with #.
type Part struct {
	Feature string
	Score   float64
}

// explainedCards is how many cards an explanation tells of.
const explainedCards = 5

// explain tells what a draft was settled by. It searches once more, with reasons.
func (a *Answerer) explain(ctx context.Context, d *draft) (*Explanation, error) {
	e := &Explanation{Words: d.words, Sure: sure, Likely: likely}
	if len(d.ranked) == 0 {
		return e, nil
	}
	result, err := a.searcher.Search(ctx, index.Query{Text: d.reading.Text + tags(d.words), Day: d.day, Limit: nearest, Explain: true})
	if err != nil {
		return nil, fmt.Errorf("search the wordings: %w", err)
	}
	question := featuresOf(withoutWards(a.places, d.tokens), d.words)
	for _, c := range d.ranked[:min(explainedCards, len(d.ranked))] {
		f := Found{Card: c.card, Score: c.score, Parts: a.space.parts(question, a.needs[c.card.ID])}
		i := slices.IndexFunc(result.Hits, func(h index.Hit) bool { return a.cardOf[h.ID] == c.card })
		if i >= 0 {
			f.Index, f.Terms = result.Hits[i].Score, result.Hits[i].Reasons
		}
		e.Found = append(e.Found, f)
	}
	return e, nil
}

// parts returns what each feature of a question gives to [space.covered], without those that give
// nothing.
func (s *space) parts(question features, x *need) []Part {
	var parts []Part
	all := 0.0
	for name, weight := range question {
		part, whole := s.weigh(name, weight, x)
		all += whole
		if part > 0 {
			parts = append(parts, Part{name, part})
		}
	}
	for i := range parts {
		parts[i].Score /= math.Max(all, math.SmallestNonzeroFloat64)
	}
	slices.SortFunc(parts, func(p, q Part) int {
		return cmp.Or(cmp.Compare(q.Score, p.Score), cmp.Compare(p.Feature, q.Feature))
	})
	return parts
}
