package answer

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"policybot/index"
	"policybot/index/vi"
	"policybot/knowledge"
)

// How sure a card must be; product.md asks for silence over a guess. Set on the probe wordings of
// the cards and on questions that have no card.
const (
	sure        = 0.46 // from here on the card answers
	certain     = 0.78 // from here on it answers even if something speaks against it
	firm        = 0.60 // from here on it answers a question that has something beyond us in it as well
	telling     = 0.55 // from here on it may answer a question that names no notion of ours
	outstanding = 0.88 // how much its score and its lead make together then
	familiar    = 0.62 // the same where every syllable stands in some wording of ours
	fair        = 0.38 // from here on it may answer when nothing else comes near
	clear       = 0.48 // how much its score and its lead make together then
	likely      = 0.31 // from here on it is worth asking back
	closeCall   = 0.05 // two cards nearer than this to each other are told apart by asking
	wrongGroup  = 0.65 // taken off a card about other people
	noGroup     = 0.04 // taken off a card about certain people when the question names none
	otherGroup  = 0.05 // taken off a card that is about certain people together with those of the question
	noCore      = 0.03 // taken off for each subject or aspect of the card that the question leaves out
	alone       = 0.25 // share of the closest wording by itself in a score
	nearest     = 100  // documents fetched from the index
)

// candidate is a card that may answer.
type candidate struct {
	card  *knowledge.Card
	score float64
}

// learn makes the needs of all cards, and the documents they are found by: one for each wording and
// one for what the card says.
func (a *Answerer) learn() []index.Doc {
	var docs []index.Doc
	said, days := map[*need][]features{}, turningDays(a.library)
	for _, c := range a.library.Cards {
		if !a.library.Shows(c) || c.Topic == knowledge.Beyond {
			continue
		}
		x := &need{card: c, share: map[string]float64{}, groups: map[string]bool{}, about: map[string]bool{}, wordings: map[string]bool{}, figures: a.figures(c, days)}
		add := func(text string, words []*knowledge.Word) {
			id := fmt.Sprintf("%s#%02d", c.ID, len(docs))
			docs = append(docs, index.Doc{ID: id, Title: text, Body: tags(words), Topic: string(c.Topic), Applies: c.Applies})
			a.cardOf[id] = c
		}
		for _, text := range c.Ask {
			text = vi.Normalize(text)
			tokens := tokenize(vi.Reading{Original: text, Text: text})
			words := a.lexicon.find(tokens)
			f := featuresOf(tokens, words)
			x.learn(f, words, len(c.Ask))
			said[x] = append(said[x], f)
			x.wordings[foldOf(tokens)] = true
			add(text, words)
		}
		body := vi.Normalize(action.ReplaceAllString(c.Answer+". "+strings.Join(c.Bullets, ". "), " "))
		tokens := tokenize(vi.Reading{Original: body, Text: body})
		x.learnBody(featuresOf(tokens, a.lexicon.find(tokens)))
		add(body, nil)
		x.settle()
		a.needs[c.ID] = x
	}
	a.space = newSpace(a.needs)
	a.showing = map[knowledge.Amount]int{}
	for _, x := range a.needs {
		for amount := range x.figures {
			a.showing[amount]++
		}
	}
	for x, all := range said {
		a.space.measure(x, all)
	}
	return docs
}

// action is a template action inside a card's text.
var action = regexp.MustCompile(`\{\{[^}]*\}\}`)

// rank returns the cards that may answer, best first.
func (a *Answerer) rank(ctx context.Context, r *reading) ([]candidate, error) {
	found, err := a.searcher.Search(ctx, index.Query{Text: r.Text + tags(r.words), Day: r.day, Limit: nearest})
	if err != nil {
		return nil, fmt.Errorf("search the wordings: %w", err)
	}
	seen := map[*knowledge.Card]bool{}
	var ranked []candidate
	question := featuresOf(withoutWards(a.places, r.tokens), r.words)
	vector, quotes := a.space.vector(question), a.quotedIn(r)
	for _, hit := range found.Hits {
		if c := a.cardOf[hit.ID]; !seen[c] {
			seen[c] = true
			x := a.needs[c.ID]
			score := a.score(question, vector, r, x)
			ranked = append(ranked, candidate{c, score + a.confirms(x, quotes)})
		}
	}
	slices.SortFunc(ranked, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.card.ID, b.card.ID))
	})
	return ranked, nil
}

// score says how well a card fits the question: how much of it the need covers, less what speaks
// against it.
func (a *Answerer) score(question features, v vector, r *reading, x *need) float64 {
	if x.wordings[foldOf(r.tokens)] {
		return 1 // the very words that the card is for
	}
	s := (1-alone)*a.space.covered(question, x) + alone*v.nearest(x)
	for _, name := range x.core {
		if _, named := question[name]; !named {
			s -= noCore
		}
	}
	asked := ofKind(r.words, knowledge.WordGroup)
	switch {
	case len(x.about) == 0:
	case len(asked) == 0:
		s -= noGroup
	case !slices.ContainsFunc(asked, func(g *knowledge.Word) bool { return x.groups[g.ID] }):
		s -= wrongGroup
	default:
		for g := range x.about {
			if !slices.ContainsFunc(asked, func(w *knowledge.Word) bool { return w.ID == g }) {
				s -= otherGroup
			}
		}
	}
	return s
}
