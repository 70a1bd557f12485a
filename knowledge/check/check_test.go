package check

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"policybot/knowledge"
)

var today = knowledge.NewDate(2026, 11, 23)

func readArchive(t *testing.T, name string) *txtar.Archive {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return txtar.Parse(text)
}

// findings loads and checks a folder, and writes what is found as the cases do.
func findings(t *testing.T, folder *txtar.Archive) []string {
	t.Helper()
	fsys, err := txtar.FS(folder)
	if err != nil {
		t.Fatal(err)
	}
	found := faults(t, fsys)
	var lines []string
	for _, f := range found {
		line := strings.TrimSpace(f.Fault.Error())
		if f.Severity == Warning {
			line += " (warning)"
		}
		lines = append(lines, line)
	}
	return lines
}

func faults(t *testing.T, fsys fs.FS) []Finding {
	l, err := knowledge.Load(fsys)
	if refused, ok := errors.AsType[knowledge.Faults](err); ok {
		var found []Finding
		for _, f := range refused {
			found = append(found, Finding{f, Error})
		}
		return found
	}
	if err != nil {
		t.Fatal(err)
	}
	return Run(l, today)
}

func TestSoundContentHasNoFinding(t *testing.T) {
	if got := findings(t, readArchive(t, "good.txtar")); len(got) > 0 {
		t.Errorf("findings in good.txtar:\n%s", strings.Join(got, "\n"))
	}
}

// change is a case: lines of files of the good folder taken out (-) and put in their place (+), and
// the findings (>) that must come of it, and no others.
type change struct {
	edits []edit
	want  []string
}

type edit struct{ file, before, after string }

func parseChange(text string) (c change) {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		last := len(c.edits) - 1
		switch rest := line[min(1, len(line)):]; {
		case line == "":
		case line[0] == '-':
			c.edits[last].before += rest + "\n"
		case line[0] == '+':
			c.edits[last].after += rest + "\n"
		case line[0] == '>':
			c.want = append(c.want, strings.TrimSpace(rest))
		default:
			c.edits = append(c.edits, edit{file: line})
		}
	}
	return c
}

// apply returns the good folder with the change made.
func (c change) apply(t *testing.T) *txtar.Archive {
	t.Helper()
	folder := readArchive(t, "good.txtar")
	for _, e := range c.edits {
		i := slices.IndexFunc(folder.Files, func(f txtar.File) bool { return f.Name == e.file })
		if i < 0 {
			t.Fatalf("good.txtar has no file %q", e.file)
		}
		before := string(folder.Files[i].Data)
		if n := strings.Count(before, e.before); n != 1 {
			t.Fatalf("the lines to take out stand %d times in %s:\n%s", n, e.file, e.before)
		}
		folder.Files[i].Data = []byte(strings.Replace(before, e.before, e.after, 1))
	}
	return folder
}

func TestSeededFaults(t *testing.T) {
	tried := map[string]bool{}
	for _, file := range readArchive(t, "faults.txtar").Files {
		c := parseChange(string(file.Data))
		t.Run(file.Name, func(t *testing.T) {
			got := findings(t, c.apply(t))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("findings, - wanted, + found:\n%s", diff)
			}
		})
		for _, line := range c.want {
			tried[strings.TrimSuffix(strings.Fields(line)[1], ":")] = true
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(advices)) {
		if !tried[rule] {
			t.Errorf("no case breaks the rule %s", rule)
		}
	}
}

func TestSoundChanges(t *testing.T) {
	for _, file := range readArchive(t, "sound.txtar").Files {
		c := parseChange(string(file.Data))
		t.Run(file.Name, func(t *testing.T) {
			if got := findings(t, c.apply(t)); len(got) > 0 || len(c.edits) == 0 {
				t.Errorf("findings in a sound folder:\n%s", strings.Join(got, "\n"))
			}
		})
	}
}

func TestExplainSaysWhatWasFound(t *testing.T) {
	for rule := range advices {
		for _, lang := range []Lang{Vietnamese, English} {
			got := Explain(knowledge.Fault{Rule: rule, Detail: "CHI TIẾT 100%"}, lang)
			if !strings.Contains(got, "CHI TIẾT 100%") || strings.Contains(got, "%!") || !strings.HasSuffix(got, ".") {
				t.Errorf("%s in %s reads %q", rule, lang, got)
			}
		}
	}
	if got := Explain(knowledge.Fault{Rule: "new-rule", Detail: "x"}, Vietnamese); got != "new-rule: x" {
		t.Errorf("a rule without advice reads %q", got)
	}
}
