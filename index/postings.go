package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"

	bleve "github.com/blevesearch/bleve_index_api"
)

// A list is the postings of one term, read from Bleve and made ready for scoring. The Docs are
// divided into windows of windowSize by number.
type list struct {
	docs    []uint32 // rising
	impacts []uint16 // of each of docs
	starts  []uint32 // where each window starts in docs, and where the last ends
	tops    []uint16 // the largest impact in each window
}

const (
	windowBits = 11
	windowSize = 1 << windowBits
)

func windows(docs int) int { return (docs + windowSize - 1) >> windowBits }

// window returns the postings of window w.
func (l *list) window(w int) ([]uint32, []uint16) {
	start, end := l.starts[w], l.starts[w+1]
	return l.docs[start:end], l.impacts[start:end]
}

// divide notes where the windows start and what their largest impacts are.
func (l *list) divide(windows int) {
	l.starts, l.tops = make([]uint32, windows+1), make([]uint16, windows)
	i := 0
	for w := range windows {
		l.starts[w] = uint32(i)
		for ; i < len(l.docs) && int(l.docs[i]>>windowBits) == w; i++ {
			l.tops[w] = max(l.tops[w], l.impacts[i])
		}
	}
	l.starts[windows] = uint32(i)
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
	l = &list{docs: make([]uint32, 0, n), impacts: make([]uint16, 0, n)}
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
		l.docs = append(l.docs, uint32(docNumber(p.ID)))
		l.impacts = append(l.impacts, impact(float64(p.Freq), fieldLength(p), average))
	}
	l.divide(windows(len(ix.docs)))
	return l, nil
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
	cacheBytes = 48 << 20
)

func (c *cache) get(t term) *list {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.lists[t]
}

func (c *cache) put(t term, l *list) {
	if len(l.docs) < cachedFrom {
		return
	}
	size := 6*len(l.docs) + 6*len(l.starts) + 128
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
