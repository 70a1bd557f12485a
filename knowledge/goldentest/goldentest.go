// Package goldentest reads golden cases: questions with the answers that the law gives to them, which
// officers read and add to. Only tests import it.
package goldentest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"policybot/knowledge"
)

// Row is one case, its values in the order of the keys that were asked for.
type Row struct {
	Where string   // file and line, for messages
	Cells []string // empty: the case does not have the key
}

// Rows reads the cases of the files that match a pattern. A case is a block of lines "key: value",
// parted from the next by an empty line; lines that begin with "#" are for readers. It fails the test
// when a line is of another form or has another key, and when there is no case at all.
func Rows(t testing.TB, pattern string, keys ...string) []Row {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	var rows []Row
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		open := false
		for i, line := range strings.Split(string(text), "\n") {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				open = open && line != ""
				continue
			}
			where := fmt.Sprintf("%s:%d", filepath.Base(name), i+1)
			if !open {
				rows, open = append(rows, Row{where, make([]string, len(keys))}), true
			}
			key, value, _ := strings.Cut(line, ":")
			at := slices.Index(keys, strings.TrimSpace(key))
			if at < 0 {
				t.Fatalf("%s: no line begins with %q; they may begin with: %s", where, key, strings.Join(keys, ", "))
			}
			rows[len(rows)-1].Cells[at] = strings.TrimSpace(value)
		}
	}
	if len(rows) == 0 {
		t.Fatalf("%s holds no case", pattern)
	}
	return rows
}

// Day reads a day written as 26/11/2026.
func (r Row) Day(t testing.TB, column int) knowledge.Date {
	t.Helper()
	var d, m, y int
	if _, err := fmt.Sscanf(r.Cells[column], "%d/%d/%d", &d, &m, &y); err != nil {
		t.Fatalf("%s: day %q: want one written as 26/11/2026", r.Where, r.Cells[column])
	}
	day, err := knowledge.ParseDate(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
	if err != nil {
		t.Fatalf("%s: %v", r.Where, err)
	}
	return day
}

// VND reads an amount written as 1.500.000.
func (r Row) VND(t testing.TB, column int) knowledge.VND {
	t.Helper()
	v, err := knowledge.ParseVND(r.Cells[column])
	if err != nil {
		t.Fatalf("%s: %v", r.Where, err)
	}
	return v
}

// Word looks a cell up among the words that may stand there.
func Word[T any](t testing.TB, r Row, column int, words map[string]T) T {
	t.Helper()
	v, known := words[r.Cells[column]]
	if !known {
		t.Fatalf("%s: %q is not one of the words for this key", r.Where, r.Cells[column])
	}
	return v
}
