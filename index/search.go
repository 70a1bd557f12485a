package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	bleve "github.com/blevesearch/bleve_index_api"
)

// BM25's parameters, and what each field weighs.
const k1 = 1.2

var (
	fieldB      = [fieldCount]float64{0.75, 0.75, 0.75, 0.75}
	fieldWeight = [fieldCount]float64{1, 1, 0.3, 0.3}
)

const defaultLimit = 10

// Search finds the Docs that fit q. Finding nothing is no error.
func (ix *Index) Search(ctx context.Context, q Query) (Result, error) {
	if q.Limit < 1 {
		q.Limit = defaultLimit
	}
	t := newTerms()
	t.add(q.Text, 1)
	scores := map[int]float64{}
	reasons := map[int][]Reason{}
	var best float64
	for f := range fieldCount {
		avg := float64(ix.stats.lengths[f]) / float64(max(1, ix.stats.docs))
		for term, n := range t[f] {
			idf, err := ix.each(ctx, f, term, func(doc int, freq, length float64, idf float64) {
				s := fieldWeight[f] * float64(n) * idf * freq * (k1 + 1) /
					(freq + k1*(1-fieldB[f]+fieldB[f]*length/avg))
				scores[doc] += s
				if q.Explain {
					reasons[doc] = append(reasons[doc], Reason{f.String(), term, int(freq), s})
				}
			})
			if err != nil {
				return Result{}, fmt.Errorf("search %v %q: %w", f, term, err)
			}
			best += fieldWeight[f] * float64(n) * idf
		}
	}
	hits := ix.top(scores, q)
	for i := range hits {
		hits[i].Reasons = reasons[hits[i].doc]
	}
	return ix.result(hits, best), nil
}

type scored struct {
	Hit
	doc int
}

func (ix *Index) top(scores map[int]float64, q Query) []scored {
	var hits []scored
	for doc, s := range scores {
		e := &ix.docs[doc]
		if (q.Topic == "" || e.topic == q.Topic) && (q.Day.IsZero() || e.applies.Contains(q.Day)) {
			hits = append(hits, scored{Hit{ID: e.id, Score: s}, doc})
		}
	}
	slices.SortFunc(hits, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return hits[:min(q.Limit, len(hits))]
}

// result adds a first measure of confidence: how much of what the question could score at most
// the first hit has, and how far it is ahead.
func (ix *Index) result(hits []scored, best float64) Result {
	r := Result{}
	for _, h := range hits {
		r.Hits = append(r.Hits, h.Hit)
	}
	if len(hits) == 0 {
		return r
	}
	share := math.Min(1, hits[0].Score/(best+1e-9))
	margin := 1.0
	if len(hits) > 1 {
		margin = 1 - hits[1].Score/hits[0].Score
	}
	r.Confidence = 1 / (1 + math.Exp(-(8*(share-0.5) + 2*margin)))
	return r
}

func (ix *Index) each(ctx context.Context, f field, term string, visit func(doc int, freq, length, idf float64)) (idf float64, err error) {
	r, err := ix.reader.TermFieldReader(ctx, []byte(term), fieldKeys[f], true, true, false)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	n := float64(r.Count())
	idf = math.Log(1 + (float64(ix.stats.docs)-n+0.5)/(n+0.5))
	var posting bleve.TermFieldDoc
	for {
		p, err := r.Next(&posting)
		if err != nil || p == nil {
			return idf, err
		}
		length := float64(math.Float32bits(float32(p.Norm)))
		visit(docNumber(p.ID), float64(p.Freq), length, idf)
	}
}
