package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	bleve "github.com/blevesearch/bleve_index_api"
)

// A list is the postings of one term, read from Bleve and made ready for scoring. The Docs are
// divided into windows of windowSize by number.
type list struct {
	places  []uint16 // of the Docs in their windows, rising in each
	impacts []uint16 // of each of places
	starts  []uint32 // where each window starts in places, and where the last ends
	tops    []uint16 // the largest impact in each window
}

const (
	windowBits = 11
	windowSize = 1 << windowBits
)

// windows is how many windows a number of Docs makes.
func windows(docs int) int { return (docs + windowSize - 1) >> windowBits }

func newList(postings, windows int) *list {
	return &list{
		places: make([]uint16, 0, postings), impacts: make([]uint16, 0, postings),
		starts: make([]uint32, windows+1), tops: make([]uint16, windows),
	}
}

// add adds a posting; the Docs of a list are added in rising order.
func (l *list) add(doc uint32, impact uint16) {
	l.places = append(l.places, uint16(doc%windowSize))
	l.impacts = append(l.impacts, impact)
	w := doc >> windowBits
	l.starts[w+1]++
	l.tops[w] = max(l.tops[w], impact)
}

// finish ends the adding: starts become places in the list instead of counts.
func (l *list) finish() *list {
	for w := range l.tops {
		l.starts[w+1] += l.starts[w]
	}
	return l
}

// window returns the postings of window w.
func (l *list) window(w int) (places, impacts []uint16) {
	start, end := l.starts[w], l.starts[w+1]
	return l.places[start:end], l.impacts[start:end]
}

// at returns the impact of a Doc, 0 when the list does not hold it.
func (l *list) at(doc uint32) uint16 {
	places, impacts := l.window(int(doc >> windowBits))
	if i, ok := slices.BinarySearch(places, uint16(doc%windowSize)); ok {
		return impacts[i]
	}
	return 0
}

// A term is a word or a pair of words in one field.
type term struct {
	field field
	text  string
}

// postings returns the list of a term; an unknown term has an empty one.
func (ix *Index) postings(ctx context.Context, t term) (*list, error) {
	if l := ix.cache.get(t); l != nil {
		return l, nil
	}
	read := ix.readPostings
	if t.field >= storedFields {
		read = ix.mergeSpellings
	}
	l, err := read(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("postings of %v %q: %w", t.field, t.text, err)
	}
	ix.cache.put(t, l)
	return l, nil
}

func (ix *Index) readPostings(ctx context.Context, t term) (l *list, err error) {
	r, err := ix.reader.TermFieldReader(ctx, []byte(t.text), fieldKeys[t.field], true, true, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	n := int(r.Count())
	l = newList(n, windows(len(ix.docs)))
	average := ix.stats.average(t.field)
	var posting bleve.TermFieldDoc
	for n > 0 {
		p, err := r.Next(&posting)
		if err != nil {
			return nil, err
		}
		if p == nil {
			break
		}
		l.add(uint32(docNumber(p.ID)), impact(float64(p.Freq), fieldLength(p), average))
	}
	return l.finish(), nil
}

// fieldLength is how many terms the field of a posting holds: Bleve's norm is one over its root.
func fieldLength(p *bleve.TermFieldDoc) float64 {
	return math.Round(1 / (p.Norm * p.Norm))
}

// A cache keeps the lists of frequent terms, which nearly every question holds. When it is full
// it starts afresh.
type cache struct {
	mu    sync.RWMutex
	lists map[term]*list
	bytes int
}

const (
	cachedFrom = 64 // postings; shorter lists are read from Bleve each time
	cacheBytes = 80 << 20
)

func (c *cache) get(t term) *list {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.lists[t]
}

func (c *cache) put(t term, l *list) {
	if len(l.places) < cachedFrom {
		return
	}
	size := 4*len(l.places) + 6*len(l.starts) + 128
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lists == nil || c.bytes+size > cacheBytes {
		c.lists, c.bytes = map[term]*list{}, 0
	}
	if c.lists[t] == nil {
		c.lists[t] = l
		c.bytes += size
	}
}
