package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"

	"policybot/knowledge"
)

// ErrVersion is returned by [Open] for a directory that another version of this package made, or
// that holds no index: make it anew with [Create].
var ErrVersion = errors.New("not an index of this version")

// version goes up with every change of analysis or layout.
const version = 1

// summaryKey is where the summary stands in Bleve's own records.
const summaryKey = "policybot"

// A summary is what an index on disk says of itself.
type summary struct {
	Version int
	Docs    int
	Lengths [storedFields]int64
	Entries map[string]summaryEntry // of Docs with a topic or a period
}

type summaryEntry struct {
	Topic       string
	From, Until knowledge.Date
}

// Create makes an index of docs in a directory that must not exist yet, for [Open]. When it fails
// there is no directory.
func Create(ctx context.Context, dir string, docs iter.Seq[Doc]) error {
	if _, err := os.Lstat(dir); err == nil {
		return fmt.Errorf("create index %s: %w", dir, os.ErrExist)
	}
	work, err := os.MkdirTemp(filepath.Dir(filepath.Clean(dir)), ".index-*")
	if err != nil {
		return fmt.Errorf("create index %s: %w", dir, err)
	}
	defer os.RemoveAll(work)
	if err := create(ctx, work, docs); err != nil {
		return fmt.Errorf("create index %s: %w", dir, err)
	}
	if err := os.Rename(filepath.Join(work, "index"), dir); err != nil {
		return fmt.Errorf("create index %s: %w", dir, err)
	}
	return nil
}

func create(ctx context.Context, work string, docs iter.Seq[Doc]) error {
	internal := map[string][]byte{} // read by the builder when it closes
	builder, err := scorch.NewBuilder(map[string]any{
		"path": filepath.Join(work, "index"), "buildPathPrefix": work, "internal": internal,
		"batchSize": 4000, "mergeMax": 1000,
	})
	if err != nil {
		return err
	}
	s := summary{Version: version, Entries: map[string]summaryEntry{}}
	err = count(ctx, docs, func(d counted) error {
		s.Docs++
		for f, t := range d.stored.terms {
			s.Lengths[f] += int64(t.length)
		}
		if d.topic != "" || d.applies != (knowledge.Period{}) {
			s.Entries[d.id] = summaryEntry{d.topic, d.applies.From, d.applies.Until}
		}
		return builder.Index(d.stored)
	})
	if err != nil {
		return err
	}
	if s.Docs == 0 {
		return errors.New("no documents")
	}
	if internal[summaryKey], err = json.Marshal(s); err != nil {
		return err
	}
	return builder.Close()
}

// Open opens a directory that [Create] made, for reading only; several processes may.
func Open(dir string) (*Index, error) {
	if _, err := os.Stat(filepath.Join(dir, "root.bolt")); err != nil {
		return nil, fmt.Errorf("open index %s: %w: %w", dir, ErrVersion, err)
	}
	ix, err := open(map[string]any{"path": dir, "read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	if ix.reader, err = ix.scorch.Reader(); err == nil {
		err = ix.load()
	}
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, errors.Join(err, ix.Close()))
	}
	return ix, nil
}

func (ix *Index) load() error {
	record, err := ix.reader.GetInternal([]byte(summaryKey))
	if err != nil {
		return err
	}
	var s summary
	if err := json.Unmarshal(record, &s); err != nil || s.Version != version {
		return ErrVersion
	}
	ix.stats = stats{docs: s.Docs, lengths: s.Lengths}
	return ix.prepare(func(id string) entry {
		e := s.Entries[id]
		return entry{id, e.Topic, knowledge.Period{From: e.From, Until: e.Until}}
	})
}

// A counted is a Doc whose terms are counted.
type counted struct {
	entry
	stored *storedDoc
}

func countDoc(d Doc) counted {
	c := counted{entry{d.ID, d.Topic, d.Applies}, newStoredDoc(d.ID)}
	c.stored.add(d.Source, 1)
	c.stored.add(d.Title, 1+titleWeight)
	c.stored.add(d.Body, 1)
	return c
}

// count counts the terms of docs on all processors and hands them to take, one at a time and in
// no order. It ends at the first error, its own or take's, which it returns.
func count(ctx context.Context, docs iter.Seq[Doc], take func(counted) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	todo, done := make(chan Doc, 64), make(chan counted, 64)
	var workers, feeder sync.WaitGroup
	feeder.Go(func() {
		defer close(todo)
		ids := map[string]struct{}{}
		for d := range docs {
			if _, taken := ids[d.ID]; taken || d.ID == "" {
				cancel(fmt.Errorf("ID %q: %w", d.ID, ErrDoc))
				return
			}
			ids[d.ID] = struct{}{}
			select {
			case todo <- d:
			case <-ctx.Done():
				return
			}
		}
	})
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for d := range todo {
				done <- countDoc(d)
			}
		})
	}
	go func() { workers.Wait(); close(done) }()
	for c := range done {
		if ctx.Err() != nil {
			continue // let the workers finish
		}
		if err := take(c); err != nil {
			cancel(err)
		}
	}
	feeder.Wait()
	return context.Cause(ctx)
}

// open opens scorch.
func open(config map[string]any) (*Index, error) {
	ix := &Index{queue: bleve.NewAnalysisQueue(runtime.GOMAXPROCS(0))}
	var err error
	if ix.scorch, err = scorch.NewScorch(scorch.Name, config, ix.queue); err == nil {
		err = ix.scorch.Open()
	}
	if err != nil {
		ix.queue.Close()
		return nil, err
	}
	return ix, nil
}
