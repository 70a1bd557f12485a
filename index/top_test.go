package index

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestTopIsTheFullSum compares the pruned search with the sum over every Doc, on lists of all
// densities that fill several windows.
func TestTopIsTheFullSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chance := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		ix := &Index{docs: make([]entry, rapid.IntRange(0, 3*windowSize).Draw(t, "docs"))}
		for i := range ix.docs {
			ix.docs[i].id = fmt.Sprintf("d%d", chance.IntN(1<<30))
		}
		coarse := rapid.Bool().Draw(t, "equal scores")
		var clauses []clause
		for range rapid.IntRange(0, 8).Draw(t, "clauses") {
			l, density := newList(0, windows(len(ix.docs))), chance.Float64()
			for doc := range ix.docs {
				if chance.Float64() < density*density*density {
					impact := 1 + chance.IntN(1<<15)
					if coarse {
						impact = 1 + impact>>14
					}
					l.add(uint32(doc), uint16(impact))
				}
			}
			clauses = append(clauses, clause{factor: score(1 + chance.IntN(1<<14)), list: l.finish()})
		}
		every := rapid.IntRange(1, 3).Draw(t, "every")
		allowed := func(doc uint32) bool { return int(doc)%every == 0 }
		k := rapid.IntRange(1, 40).Draw(t, "k")
		got, want := ix.top(clauses, k, allowed), ix.fullSum(clauses, k, allowed)
		if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(ranked{})); diff != "" {
			t.Fatalf("top %d of %d: %s", k, len(ix.docs), diff)
		}
	})
}

func (ix *Index) fullSum(clauses []clause, k int, allowed func(uint32) bool) []ranked {
	var all []ranked
	for doc := range ix.docs {
		r := ranked{doc: uint32(doc)}
		for _, c := range clauses {
			r.score += c.factor * score(c.list.at(r.doc))
		}
		if r.score > 0 && allowed(r.doc) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(ix.docs[x.doc].id, ix.docs[y.doc].id))
	})
	return all[:min(k, len(all))]
}

// TestScoresAreBM25 compares the scores of a search with the formula, worked out from the texts.
func TestScoresAreBM25(t *testing.T) {
	vocabulary := []string{"hộ", "nghèo", "cận", "vay", "vốn", "thẻ", "điện", "nhà"}
	text := rapid.Custom(func(t *rapid.T) string {
		s := ""
		for range rapid.IntRange(0, 12).Draw(t, "words") {
			s += rapid.SampledFrom(vocabulary).Draw(t, "word") + " "
		}
		return s
	})
	rapid.Check(t, func(t *rapid.T) {
		var docs []Doc
		for i := range rapid.IntRange(1, 12).Draw(t, "docs") {
			docs = append(docs, Doc{ID: fmt.Sprint(i), Title: text.Draw(t, "title"), Body: text.Draw(t, "body")})
		}
		ix, err := Build(context.Background(), slices.Values(docs))
		if err != nil {
			t.Fatal(err)
		}
		defer ix.Close()
		q := Query{Text: text.Draw(t, "question"), Limit: len(docs), Explain: true}
		r, err := ix.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range r.Hits {
			var id, sum = 0, 0.0
			fmt.Sscan(hit.ID, &id)
			for _, reason := range hit.Reasons {
				sum += reason.Score
				if f := slices.Index([]string{"word", "pair"}, reason.Field); f >= 0 {
					times := countIn(q.Text, field(f), reason.Term)
					want := times * bm25(docs, id, field(f), reason.Term)
					if diff := reason.Score - want; diff < -1e-3*want || diff > 1e-3*want {
						t.Fatalf("%q gives %s %v, want %v", reason.Term, hit.ID, reason.Score, want)
					}
				}
			}
			if diff := sum - hit.Score; diff < -1e-9 || diff > 1e-9 {
				t.Fatalf("the reasons of %s add up to %v, not to %v", hit.ID, sum, hit.Score)
			}
		}
	})
}

// bm25 is the formula in floating point.
func bm25(docs []Doc, id int, f field, term string) float64 {
	var df, total, length, frequency float64
	for i, d := range docs {
		n := (1+titleWeight)*countIn(d.Title, f, term) + countIn(d.Body, f, term)
		size := (1+titleWeight)*countIn(d.Title, f, "") + countIn(d.Body, f, "")
		total += size
		if n > 0 {
			df++
		}
		if i == id {
			frequency, length = n, size
		}
	}
	average := total / float64(len(docs))
	return idf(int(df), len(docs)) * frequency * (k1 + 1) / (frequency + k1*(1-b+b*length/max(1, average)))
}

// countIn counts a term of a text, "" for all terms.
func countIn(text string, f field, term string) (n float64) {
	w := analyze(text)
	for i := range w {
		t := w[i]
		if f == pairs {
			if i == 0 {
				continue
			}
			t = w[i-1] + " " + w[i]
		}
		if term == "" || t == term {
			n++
		}
	}
	return n
}
