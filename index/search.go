package index

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	bleve "github.com/blevesearch/bleve_index_api"

	"policybot/index/vi"
)

// defaultLimit is the number of hits when a Query names none.
const defaultLimit = 10

// What a word or pair without diacritics weighs, where as spelt it found nothing.
const (
	bareWordWeight = 0.3
	barePairWeight = 0.3
)

// maxWords bounds the words of a question that are searched for.
const maxWords = 256

// Search finds the Docs that fit q. Finding nothing is no error.
func (ix *Index) Search(ctx context.Context, q Query) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	if q.Limit < 1 {
		q.Limit = defaultLimit
	}
	p, err := ix.plan(ctx, q.Text)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	best := ix.top(p.clauses, max(q.Limit, rivals), ix.filter(q))
	r := Result{Confidence: ix.confidence(p, best)}
	for _, b := range best[:min(q.Limit, len(best))] {
		hit := Hit{ID: ix.docs[b.doc].id, Score: b.score.float()}
		if q.Explain {
			if hit.Reasons, err = ix.reasons(ctx, p.clauses, b.doc); err != nil {
				return Result{}, fmt.Errorf("explain %s: %w", hit.ID, err)
			}
		}
		r.Hits = append(r.Hits, hit)
	}
	return r, nil
}

// filter returns which Docs a query may find.
func (ix *Index) filter(q Query) func(doc uint32) bool {
	return func(doc uint32) bool {
		e := &ix.docs[doc]
		return (q.Topic == "" || e.topic == q.Topic) && (q.Day.IsZero() || e.applies.Contains(q.Day))
	}
}

// A plan is a question made ready: its terms that some Doc holds, and how many it asked for.
type plan struct {
	clauses []clause
	asked   [storedFields]float64 // what the words and the pairs of the question could say, as idf
	words   int
}

// plan looks up the words of a question and the pairs they make. A pair that nothing holds as
// spelt is looked for without diacritics, and so is a word none of whose pairs is known: a wrong
// mark, typed or restored, must not hide the answer.
func (ix *Index) plan(ctx context.Context, text string) (*plan, error) {
	spelt := analyze(text)
	spelt = spelt[:min(len(spelt), maxWords)]
	p := planner{ix: ix, ctx: ctx, at: map[term]int{}}
	p.words = len(spelt)
	known := make([]bool, len(spelt)+1) // of the pair before each word
	for i := 1; i < len(spelt); i++ {
		pair := spelt[i-1] + " " + spelt[i]
		if known[i] = p.ask(term{pairs, pair}); !known[i] {
			p.add(term{barePairs, vi.Fold(pair)}, barePairWeight)
		}
	}
	for i, w := range spelt {
		p.ask(term{words, w})
		if !known[i] && !known[i+1] {
			p.add(term{bareWords, vi.Fold(w)}, bareWordWeight)
		}
	}
	return &p.plan, p.err
}

// A planner gathers clauses; a term asked for twice counts twice.
type planner struct {
	plan
	ix  *Index
	ctx context.Context
	at  map[term]int // place in clauses, -1: nothing holds it
	err error
}

// ask adds a term as spelt and reports whether any Doc holds it.
func (p *planner) ask(t term) bool {
	df := p.add(t, 1)
	p.asked[t.field] += idf(df, len(p.ix.docs))
	return df > 0
}

// add adds a term and returns how many Docs hold it.
func (p *planner) add(t term, weight float64) int {
	i, again := p.at[t]
	if !again {
		l, err := p.ix.postings(p.ctx, t)
		if err != nil {
			p.err = errors.Join(p.err, err)
			return 0
		}
		i = -1
		if len(l.places) > 0 {
			i = len(p.clauses)
			p.clauses = append(p.clauses, clause{term: t, list: l})
		}
		p.at[t] = i
	}
	if i < 0 {
		return 0
	}
	c := &p.clauses[i]
	c.factor += factor(weight, len(c.list.places), len(p.ix.docs))
	return len(c.list.places)
}

// reasons says what each clause gave to a Doc.
func (ix *Index) reasons(ctx context.Context, clauses []clause, doc uint32) ([]Reason, error) {
	var reasons []Reason
	for i := range clauses {
		c := &clauses[i]
		s := c.factor * score(c.list.at(doc))
		if s == 0 {
			continue
		}
		frequency := 0
		if c.term.field < storedFields {
			var err error
			if frequency, err = ix.frequency(ctx, c.term, doc); err != nil {
				return nil, err
			}
		}
		reasons = append(reasons, Reason{c.term.field.String(), c.term.text, frequency, s.float()})
	}
	return reasons, nil
}

func (ix *Index) frequency(ctx context.Context, t term, doc uint32) (n int, err error) {
	r, err := ix.reader.TermFieldReader(ctx, []byte(t.text), fieldKeys[t.field], true, false, false)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	p, err := r.Advance(binary.BigEndian.AppendUint64(nil, uint64(doc)), &bleve.TermFieldDoc{})
	if err != nil || p == nil {
		return 0, err
	}
	return int(p.Freq), nil
}
