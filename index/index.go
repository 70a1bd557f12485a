package index

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"github.com/blevesearch/bleve/v2/index/scorch"
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
	lengths [fieldCount]int64 // terms in all Docs
}

// titleWeight is how often the words of a title are counted.
const titleWeight = 2

// ErrDoc is returned for a Doc that cannot be indexed: without an ID, or with one that is taken.
var ErrDoc = errors.New("document cannot be indexed")

// Build indexes docs in memory. No docs make an index that finds nothing.
func Build(ctx context.Context, docs iter.Seq[Doc]) (*Index, error) {
	ix := &Index{queue: bleve.NewAnalysisQueue(2)}
	var err error
	if ix.scorch, err = scorch.NewScorch(scorch.Name, map[string]any{"path": ""}, ix.queue); err != nil {
		return nil, fmt.Errorf("make an index in memory: %w", err)
	}
	if err = ix.scorch.Open(); err != nil {
		return nil, fmt.Errorf("open an index in memory: %w", err)
	}
	if err = ix.fill(ctx, docs); err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

func (ix *Index) fill(ctx context.Context, docs iter.Seq[Doc]) error {
	entries := map[string]entry{}
	batch := bleve.NewBatch()
	for d := range docs {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("index documents: %w", err)
		}
		if _, taken := entries[d.ID]; taken || d.ID == "" {
			return fmt.Errorf("ID %q: %w", d.ID, ErrDoc)
		}
		entries[d.ID] = entry{d.ID, d.Topic, d.Applies}
		t := newTerms()
		t.add(d.Source, 1)
		t.add(d.Title, titleWeight)
		t.add(d.Body, 1)
		for f := range fieldCount {
			ix.stats.lengths[f] += int64(t.length(f))
		}
		batch.Update(newStoredDoc(d.ID, t))
	}
	ix.stats.docs = len(entries)
	if err := ix.scorch.Batch(batch); err != nil {
		return fmt.Errorf("index %d documents: %w", len(entries), err)
	}
	return ix.number(entries)
}

// number lists the entries by Bleve's document numbers.
func (ix *Index) number(entries map[string]entry) (err error) {
	if ix.reader, err = ix.scorch.Reader(); err != nil {
		return fmt.Errorf("read the index: %w", err)
	}
	ix.docs = make([]entry, len(entries))
	all, err := ix.reader.DocIDReaderAll()
	if err != nil {
		return fmt.Errorf("list the index: %w", err)
	}
	defer func() { err = errors.Join(err, all.Close()) }()
	for {
		internal, err := all.Next()
		if err != nil || internal == nil {
			return err
		}
		id, err := ix.reader.ExternalID(internal)
		if err != nil {
			return fmt.Errorf("list the index: %w", err)
		}
		ix.docs[docNumber(internal)] = entries[id]
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
