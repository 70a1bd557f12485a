package index

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	bleve "github.com/blevesearch/bleve_index_api"

	"policybot/knowledge"
)

// An Index finds Docs. It is safe for concurrent use and never changes.
type Index struct {
	scorch bleve.Index
	queue  *bleve.AnalysisQueue
	reader bleve.IndexReader
	docs   []entry // by Bleve's document number
	stats  stats
	cache  cache

	spellings spellings
}

// An entry is what a search needs to know of a Doc besides its terms.
type entry struct {
	id      string
	topic   string
	applies knowledge.Period
}

// stats are what BM25 needs to know of the whole.
type stats struct {
	docs    int
	lengths [storedFields]int64 // terms in all Docs
}

// average is the mean length of a field, 1 for an empty index.
func (s *stats) average(f field) float64 {
	return max(1, float64(s.lengths[f])/float64(max(1, s.docs)))
}

// titleWeight is how often the words of a title are counted besides once.
const titleWeight = 4

// ErrDoc is returned for a Doc that cannot be indexed: without an ID, or with one that is taken.
var ErrDoc = errors.New("document cannot be indexed")

// Build indexes docs in memory. No docs make an index that finds nothing.
func Build(ctx context.Context, docs iter.Seq[Doc]) (*Index, error) {
	ix, err := open(map[string]any{"path": ""})
	if err != nil {
		return nil, fmt.Errorf("make an index in memory: %w", err)
	}
	if err = ix.fill(ctx, docs); err != nil {
		return nil, fmt.Errorf("build index: %w", errors.Join(err, ix.Close()))
	}
	return ix, nil
}

func (ix *Index) fill(ctx context.Context, docs iter.Seq[Doc]) error {
	entries := map[string]entry{}
	batch := bleve.NewBatch()
	err := count(ctx, docs, func(c counted) error {
		entries[c.id] = c.entry
		for f, t := range c.stored.terms {
			ix.stats.lengths[f] += int64(t.length)
		}
		batch.Update(c.stored)
		return nil
	})
	if err != nil {
		return err
	}
	ix.stats.docs = len(entries)
	if err := ix.scorch.Batch(batch); err != nil {
		return err
	}
	if ix.reader, err = ix.scorch.Reader(); err != nil {
		return err
	}
	return ix.prepare(func(id string) entry { return entries[id] })
}

// prepare makes the tables in memory that a search needs.
func (ix *Index) prepare(entryOf func(id string) entry) error {
	if err := ix.number(entryOf); err != nil {
		return fmt.Errorf("list documents: %w", err)
	}
	var err error
	if ix.spellings, err = readSpellings(ix.reader); err != nil {
		return fmt.Errorf("list words: %w", err)
	}
	return nil
}

// number lists the entries by Bleve's document numbers.
func (ix *Index) number(entryOf func(id string) entry) (err error) {
	ix.docs = make([]entry, ix.stats.docs)
	all, err := ix.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, all.Close()) }()
	for {
		internal, err := all.Next()
		if err != nil || internal == nil {
			return err
		}
		id, err := ix.reader.ExternalID(internal)
		if err != nil {
			return err
		}
		n := docNumber(internal)
		if n >= len(ix.docs) {
			return fmt.Errorf("document %d of %d: %w", n, len(ix.docs), ErrVersion)
		}
		ix.docs[n] = entryOf(id)
	}
}

// docNumber is Bleve's number of a document, counted from 0.
func docNumber(id bleve.IndexInternalID) int { return int(binary.BigEndian.Uint64(id)) }

// Close releases the index. No search may be running.
func (ix *Index) Close() error {
	var errs []error
	if ix.reader != nil {
		errs = append(errs, ix.reader.Close())
	}
	errs = append(errs, ix.scorch.Close())
	ix.queue.Close()
	return errors.Join(errs...)
}
