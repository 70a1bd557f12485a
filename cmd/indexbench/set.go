package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"policybot/index"
)

// A question is one line of the question file with its gold.
type question struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	gold map[string]bool
}

// lines decodes each JSON line of a file, gzipped if its name says so.
func lines[T any](file string, take func(T) bool) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = bufio.NewReaderSize(f, 1<<20)
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(r); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	for d := json.NewDecoder(r); ; {
		var v T
		if err := d.Decode(&v); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if !take(v) {
			return nil
		}
	}
}

// corpus yields the documents of a file; failed is set when reading it ended early.
func corpus(file string, failed *error) iter.Seq[index.Doc] {
	return func(yield func(index.Doc) bool) {
		type line struct {
			ID, Title, Text string
			Doc             string `json:"doc"`
			DocName         string `json:"doc_name"`
		}
		*failed = lines(file, func(l line) bool {
			source := l.DocName
			if source == "" {
				source = l.Doc
			}
			return yield(index.Doc{ID: l.ID, Title: l.Title, Body: l.Text, Source: source})
		})
	}
}

// questions reads the questions that have gold.
func questions(file, qrels string) ([]question, error) {
	gold, err := readGold(qrels)
	if err != nil {
		return nil, err
	}
	var all []question
	err = lines(file, func(q question) bool {
		if q.gold = gold[q.ID]; len(q.gold) > 0 {
			all = append(all, q)
		}
		return true
	})
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s: no question has gold in %s", file, qrels)
	}
	return all, err
}

func readGold(file string) (map[string]map[string]bool, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	gold := map[string]map[string]bool{}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			return nil, fmt.Errorf("%s:%d: want question, document and 1, separated by tabs", file, n)
		}
		if gold[fields[0]] == nil {
			gold[fields[0]] = map[string]bool{}
		}
		gold[fields[0]][fields[1]] = fields[2] != "0"
	}
	return gold, nil
}
