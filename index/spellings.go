package index

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	bleve "github.com/blevesearch/bleve_index_api"

	"policybot/index/vi"
)

// spellings lists the words of an index by their form without diacritics: "ngheo" → "nghèo",
// "nghẻo". With them a bare word or pair is searched without being stored a second time. A word
// that is its own only spelling is left out.
type spellings map[string][]string

func readSpellings(reader bleve.IndexReader) (s spellings, err error) {
	dict, err := reader.FieldDict(fieldKeys[words])
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, dict.Close()) }()
	s = spellings{}
	for {
		e, err := dict.Next()
		if err != nil || e == nil {
			return s, err
		}
		if bare := vi.Fold(e.Term); bare != e.Term {
			s[bare] = append(s[bare], strings.Clone(e.Term))
		}
	}
}

// of returns the words of the index that are spelt bare without their diacritics, and bare itself.
func (s spellings) of(bare string) []string { return append([]string{bare}, s[bare]...) }

// maxSpellings bounds the spellings of a pair that are looked up.
const maxSpellings = 256

// mergeSpellings makes the list of a bare word or pair: a Doc has the impact of the spelling that
// has the largest in it.
func (ix *Index) mergeSpellings(ctx context.Context, t term) (*list, error) {
	spelt, in := ix.spellings.of(t.text), words
	if t.field == barePairs {
		in, spelt = pairs, nil
		first, second, _ := strings.Cut(t.text, " ")
		for _, a := range ix.spellings.of(first) {
			for _, b := range ix.spellings.of(second) {
				spelt = append(spelt, a+" "+b)
			}
		}
	}
	best := map[uint32]uint16{}
	for _, s := range spelt[:min(len(spelt), maxSpellings)] {
		l, err := ix.postings(ctx, term{in, s})
		if err != nil {
			return nil, err
		}
		for w := range l.tops {
			places, impacts := l.window(w)
			for i, place := range places {
				doc := uint32(w<<windowBits) + uint32(place)
				best[doc] = max(best[doc], impacts[i])
			}
		}
	}
	merged := newList(len(best), windows(len(ix.docs)))
	for _, doc := range slices.Sorted(maps.Keys(best)) {
		merged.add(doc, best[doc])
	}
	return merged.finish(), nil
}
