package copay_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"policybot/knowledge"
	"policybot/knowledge/copay"
)

// golden is a case of a file under testdata/golden, as officers write them: facts line by line, and
// what must come out.
type golden struct {
	name    string
	facts   copay.Facts
	patient string // "" when it is open
	fund    string // "" when it does not matter
	missing string
	may     string
	notSaid bool
}

const notSaid = "chưa có quy định"

// readGolden reads the cases of a file: blocks of lines, apart by an empty one; # begins a remark.
func readGolden(t *testing.T, path string) (all []golden) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split(string(data), "\n\n") {
		var g golden
		for line := range strings.Lines(block) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if err := g.read(line); err != nil {
				t.Fatalf("%s: %q: %v", path, line, err)
			}
		}
		if g.name != "" {
			all = append(all, g)
		}
	}
	return all
}

func (g *golden) read(line string) error {
	key, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	switch key {
	case "tên":
		g.name = value
	case "người bệnh trả":
		g.patient = value
	case "quỹ trả":
		g.fund = value
	case "thiếu":
		g.missing = value
	case "có thể trả":
		g.may = value
	case notSaid:
		g.notSaid = true
	default:
		known, err := g.facts.Read(line)
		if err == nil && !known {
			err = errors.New("no such key")
		}
		return err
	}
	return nil
}

// check compares what follows from the facts with what is written.
func (g golden) check(t *testing.T, l *knowledge.Library) {
	f, err := copay.Settle(l, g.facts)
	if g.notSaid {
		if !errors.Is(err, knowledge.ErrNotKnown) {
			t.Errorf("%s: %v, %v; want no rule", g.name, f.Outcomes, err)
		}
		return
	}
	if err != nil {
		t.Errorf("%s: %v", g.name, err)
		return
	}
	if out, settled := f.Settled(); g.patient != "" {
		if !settled || out.Patient.Digits() != g.patient || g.fund != "" && out.Fund.Digits() != g.fund {
			t.Errorf("%s: patient %s, fund %s, missing %v; want %s and %s", g.name, out.Patient, out.Fund, f.Missing, g.patient, g.fund)
		}
		return
	}
	var missing, may []string
	for _, m := range f.Missing {
		missing = append(missing, string(m))
	}
	for _, o := range f.Outcomes {
		sum := notSaid
		if o.Known {
			sum = o.Patient.Digits()
		}
		may = append(may, sum)
	}
	if got := strings.Join(missing, "; "); got != g.missing {
		t.Errorf("%s: missing %s, want %s", g.name, got, g.missing)
	}
	if got := strings.Join(may, "; "); got != g.may {
		t.Errorf("%s: may be %s, want %s", g.name, got, g.may)
	}
}

func TestGolden(t *testing.T) {
	l := library(t)
	files, err := filepath.Glob("testdata/golden/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			for _, g := range readGolden(t, file) {
				g.check(t, l)
			}
		})
	}
}

// TestTextReadsBack: facts written as text are the same facts when they are read.
func TestTextReadsBack(t *testing.T) {
	files, _ := filepath.Glob("testdata/golden/*.txt")
	for _, file := range files {
		for _, g := range readGolden(t, file) {
			var back copay.Facts
			for line := range strings.Lines(g.facts.Text()) {
				if known, err := back.Read(strings.TrimSpace(line)); !known || err != nil {
					t.Fatalf("%s: %q: %v", g.name, line, err)
				}
			}
			if back.Text() != g.facts.Text() || !slices.Equal(back.Also, g.facts.Also) {
				t.Errorf("%s: written\n%sread back\n%s", g.name, g.facts.Text(), back.Text())
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, line := range []string{"chi phí: 8000000", "nhóm: giàu", "mã thẻ: ZZ9", "số trên thẻ: 7", "ngày: 31/02/2026", "ngày: 01/01/2026 đến mai", "cách đi: bay", "ngoài phạm vi: x", "nhóm: cận nghèo; giàu"} {
		var f copay.Facts
		if known, err := f.Read(line); !known || err == nil {
			t.Errorf("%q is read: %v, %v", line, known, err)
		}
	}
}
