package answer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"policybot/index"
	"policybot/index/vi"
	"policybot/knowledge"
)

// How far a wording may be and still count; product.md asks for silence over a guess. The figures
// were set on the probe wordings of the cards and on questions that have no card.
const (
	sure       = 0.50 // above: the card answers
	likely     = 0.34 // above: worth asking back
	closeCall  = 0.05 // two cards nearer than this to each other are told apart by asking
	wrongGroup = 0.45 // taken off a card about other people
	noGroup    = 0.12 // taken off a card about certain people when the question names none
	otherSide  = 0.06 // taken off when another side of the subject is asked about
	nearest    = 80   // wordings fetched from the index
)

// wording is one way to ask for a card.
type wording struct {
	card   *knowledge.Card
	text   string
	words  []*knowledge.Word
	vector vector
}

// candidate is a card that may answer.
type candidate struct {
	card  *knowledge.Card
	score float64
	by    *wording // the wording nearest to the question
}

// wordings prepares all wordings of all cards, with the document each is found by.
func (a *Answerer) wordings() []index.Doc {
	var docs []index.Doc
	var all []features
	var ids []string
	for _, c := range a.library.Cards {
		if c.Draft || c.Topic == knowledge.Beyond {
			continue
		}
		for i, text := range c.Ask {
			w := &wording{card: c, text: text}
			tokens := tokenize(vi.Reading{Original: text, Text: vi.Normalize(text)})
			w.words = a.lexicon.find(tokens)
			id := fmt.Sprintf("%s#%02d", c.ID, i)
			a.byID[id] = w
			ids = append(ids, id)
			all = append(all, featuresOf(tokens, w.words))
			docs = append(docs, index.Doc{ID: id, Title: vi.Normalize(text), Body: strings.TrimSpace(tags(w.words)), Topic: string(c.Topic), Applies: c.Applies})
		}
	}
	a.space = newSpace(all)
	for i, id := range ids {
		a.byID[id].vector = a.space.place(all[i])
	}
	a.profiles = profiles(a.byID)
	return docs
}

// profile is what the wordings of a card have in common.
type profile struct{ groups map[string]bool }

// profiles finds the groups that at least half of a card's wordings name: the people it is about.
func profiles(wordings map[string]*wording) map[knowledge.CardID]profile {
	count := map[knowledge.CardID]map[string]int{}
	total := map[knowledge.CardID]int{}
	for _, w := range wordings {
		id := w.card.ID
		total[id]++
		if count[id] == nil {
			count[id] = map[string]int{}
		}
		for _, g := range ofKind(w.words, knowledge.WordGroup) {
			count[id][g.ID]++
		}
	}
	out := map[knowledge.CardID]profile{}
	for id, groups := range count {
		p := profile{map[string]bool{}}
		for g, n := range groups {
			if 2*n >= total[id] {
				p.groups[g] = true
			}
		}
		out[id] = p
	}
	return out
}

// rank returns the cards that may answer, best first.
func (a *Answerer) rank(ctx context.Context, r *reading) ([]candidate, error) {
	found, err := a.searcher.Search(ctx, index.Query{Text: r.Text + tags(r.words), Day: r.day, Limit: nearest})
	if err != nil {
		return nil, fmt.Errorf("search the wordings: %w", err)
	}
	best := map[knowledge.CardID]candidate{}
	for _, hit := range found.Hits {
		w := a.byID[hit.ID]
		if w == nil {
			continue
		}
		score := a.score(r, w)
		if old, ok := best[w.card.ID]; !ok || score > old.score {
			best[w.card.ID] = candidate{w.card, score, w}
		}
	}
	var ranked []candidate
	for _, c := range best {
		ranked = append(ranked, c)
	}
	slices.SortFunc(ranked, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.card.ID, b.card.ID))
	})
	return ranked, nil
}

// score says how well a wording fits the question: how alike they are, less what speaks against it.
func (a *Answerer) score(r *reading, w *wording) float64 {
	s := alike(r.vector, w.vector)
	asked := ofKind(r.words, knowledge.WordGroup)
	about := a.profiles[w.card.ID].groups
	switch {
	case len(about) == 0:
	case len(asked) == 0:
		s -= noGroup
	case !slices.ContainsFunc(asked, func(g *knowledge.Word) bool { return about[g.ID] || namesGroup(w, g) }):
		s -= wrongGroup
	}
	if conflict(r.words, w.words, knowledge.WordAspect) {
		s -= otherSide
	}
	return s
}

func namesGroup(w *wording, g *knowledge.Word) bool { return slices.Contains(w.words, g) }

// conflict reports whether both name notions of the kind and share none.
func conflict(a, b []*knowledge.Word, kind knowledge.WordKind) bool {
	x, y := ofKind(a, kind), ofKind(b, kind)
	return len(x) > 0 && len(y) > 0 && !slices.ContainsFunc(x, func(w *knowledge.Word) bool { return slices.Contains(y, w) })
}
