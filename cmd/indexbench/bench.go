package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"policybot/index"
	"policybot/index/vi"
)

// A bench is an index and the questions put to it.
type bench struct {
	config
	ix        *index.Index
	reader    *vi.Reader
	questions []question
	built     time.Duration // 0: the index was there already
}

// newBench builds or opens the index. The reader knows no words of the corpus beyond its own
// table, as it would with questions about anything.
func newBench(ctx context.Context, c config) (*bench, error) {
	b := &bench{config: c}
	var err error
	if b.questions, err = questions(c.queries, c.qrels); err != nil {
		return nil, err
	}
	if b.reader, err = vi.NewReader(slices.Values([]string(nil))); err != nil {
		return nil, err
	}
	return b, b.open(ctx)
}

func (b *bench) open(ctx context.Context) (err error) {
	var failed error
	start := time.Now()
	if b.dir == "" {
		b.ix, err = index.Build(ctx, corpus(b.corpus, &failed))
		b.built = time.Since(start)
	} else {
		if _, missing := os.Stat(b.dir); errors.Is(missing, fs.ErrNotExist) {
			err = index.Create(ctx, b.dir, corpus(b.corpus, &failed))
			b.built = time.Since(start)
		}
		if err == nil && failed == nil {
			b.ix, err = index.Open(b.dir)
		}
	}
	if err = errors.Join(failed, err); err != nil && b.ix != nil {
		err = errors.Join(err, b.ix.Close())
	}
	return err
}

// depth is how far down the hits recall is measured.
const depth = 100

// measure asks every question three times: deep for the scores, then twice as a user would, of
// which the second is timed.
func (b *bench) measure(ctx context.Context) (*report, error) {
	r := &report{Typing: b.typing, Built: b.built.Seconds(), Bytes: size(b.dir)}
	typed := b.typed()
	readings := make([]string, len(typed))
	for i, text := range typed {
		start := time.Now()
		readings[i] = b.reader.Read(text).Text
		r.reads = append(r.reads, time.Since(start))
		found, err := b.ix.Search(ctx, index.Query{Text: readings[i], Limit: depth})
		if err != nil {
			return nil, fmt.Errorf("question %s: %w", b.questions[i].ID, err)
		}
		r.add(b.questions[i].gold, found)
	}
	for pass := range 2 {
		for _, text := range readings {
			start := time.Now()
			if _, err := b.ix.Search(ctx, index.Query{Text: text, Limit: b.k}); err != nil {
				return nil, err
			}
			if pass == 1 {
				r.searches = append(r.searches, time.Since(start))
			}
		}
	}
	r.finish()
	return r, nil
}

// typed returns the questions as typed.
func (b *bench) typed() []string {
	texts := make([]string, len(b.questions))
	chance := rand.New(rand.NewPCG(1, 1))
	for i, q := range b.questions {
		switch b.typing {
		case "full":
			texts[i] = q.Text
		case "none":
			texts[i] = vi.Fold(q.Text)
		case "half":
			words := strings.Fields(q.Text)
			for j := range words {
				if chance.Float64() < 0.5 {
					words[j] = vi.Fold(words[j])
				}
			}
			texts[i] = strings.Join(words, " ")
		}
	}
	return texts
}

// size is how many bytes the files of a directory hold; 0 for none.
func size(dir string) (n int64) {
	if dir == "" {
		return 0
	}
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return n
}
