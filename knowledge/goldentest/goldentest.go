// Package goldentest reads golden cases: tables of questions with the answers that the law gives to
// them, which officers read and add to. Only tests import it.
package goldentest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"policybot/knowledge"
)

// Row is one case: the cells of a line, without the blanks around them.
type Row struct {
	Where string // file and line, for messages
	Cells []string
}

// Rows reads the tables that match a pattern. Each line is a case, its cells parted by "|"; lines
// that begin with "#" and empty ones are for readers. All cases have as many cells as there are
// columns. It fails the test when there is no case at all.
func Rows(t testing.TB, pattern string, columns int) []Row {
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
		for i, line := range strings.Split(string(text), "\n") {
			if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			row := Row{Where: fmt.Sprintf("%s:%d", filepath.Base(name), i+1)}
			for cell := range strings.SplitSeq(line, "|") {
				row.Cells = append(row.Cells, strings.TrimSpace(cell))
			}
			if len(row.Cells) != columns {
				t.Fatalf("%s: %d columns, want %d: %s", row.Where, len(row.Cells), columns, line)
			}
			rows = append(rows, row)
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
		t.Fatalf("%s: %q is not one of the words for this column", r.Where, r.Cells[column])
	}
	return v
}
