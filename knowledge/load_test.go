package knowledge

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// folder returns the small content folder, with old replaced by new in one of its files.
func folder(t *testing.T, file, old, new string) fstest.MapFS {
	t.Helper()
	text, err := os.ReadFile("testdata/small.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, f := range txtar.Parse(text).Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	if file != "" {
		before := string(fsys[file].Data)
		if strings.Count(before, old) != 1 {
			t.Fatalf("%q stands %d times in %s", old, strings.Count(before, old), file)
		}
		fsys[file].Data = []byte(strings.Replace(before, old, new, 1))
	}
	return fsys
}

func small(t *testing.T) *Library {
	t.Helper()
	l, err := Load(folder(t, "", "", ""))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func day(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestLoadRefuses(t *testing.T) {
	for _, c := range []struct {
		name, file, old, new string
		want                 string // the faults, a line each, shortened at " … "
	}{
		{"unknown key", "documents/a.yaml", "  issued: 2024-12-01", "  isued: 2024-12-01",
			"documents/a.yaml:5: unknown-key: isued"},
		{"unknown key in a value", "figures/a.yaml", `{from: 2025-01-01, value: "1,5"`, `{form: 2025-01-01, value: "1,5"`,
			"figures/a.yaml:37: unknown-key: form"},
		{"repeated key", "cards/a.yaml", "  probe: [phải đóng mấy đồng]", "  topic: credit",
			"cards/a.yaml:4: repeated-key: topic"},
		{"a day of no calendar", "documents/a.yaml", "2024-12-01", "2024-02-30",
			`documents/a.yaml:5: bad-value: date "2024-02-30"`},
		{"a day written otherwise", "cards/a.yaml", "  applies: {until: 2025-01-01}", "  applies: {until: 01/01/2025}",
			`cards/a.yaml:21: bad-value: date "01/01/2025"`},
		{"money without dots", "figures/a.yaml", `"1.333.333"`, `"1333333"`,
			`figures/a.yaml:6: bad-value: amount "1333333"`},
		{"money that YAML takes for a decimal", "figures/a.yaml", `"1.333.333"`, "500.000",
			"figures/a.yaml:6: bad-value: amount 500.000: want quotes"},
		{"a rate with a point", "figures/a.yaml", `"4,5%"`, `"4.5%"`,
			`figures/a.yaml:12: bad-value: rate "4.5%"`},
		{"a count with a dot", "figures/a.yaml", `"12"`, `"1.2"`,
			`figures/a.yaml:28: bad-value: number "1.2"`},
		{"a unit nobody knows", "figures/a.yaml", "  title: số lần\n  unit: factor", "  title: số lần\n  unit: lần",
			`figures/a.yaml:35: bad-value: unit "lần"`},
		{"a text where a list is due", "cards/a.yaml", "basis: [nd-1-2025/d6/k6/b]", "basis: nd-1-2025/d6/k6/b",
			"cards/a.yaml:13: bad-value: cannot unmarshal"},
		{"an article by another name", "documents/a.yaml", "- id: d6/k6/b", "- id: dieu-6",
			`documents/a.yaml:17: bad-value: provision id "dieu-6"`},
		{"a whole with a name of its own", "documents/a.yaml", "  whole:\n    applies", "  whole:\n    id: d1\n    applies",
			"documents/a.yaml:12: bad-value: whole has no id"},
		{"two documents of one name", "documents/a.yaml", "- id: nd-2-2026", "- id: nd-1-2025",
			"documents/a.yaml:25: repeated-name: \"nd-1-2025\"\ndocuments/a.yaml:35: repeated-name: nd-1-2025"},
		{"two provisions of one name", "documents/a.yaml", "- id: d6/k6/b", "- id: d6",
			"documents/a.yaml:17: repeated-name: nd-1-2025/d6"},
		{"a card without a name", "cards/a.yaml", "- id: nhap\n  topic", "- topic",
			`cards/a.yaml:22: repeated-name: "."`},
		{"a figure of itself", "figures/a.yaml", "product: [times, wage]", "product: [times, allowance]",
			"figures/a.yaml:38: figure-cycle: allowance"},
		{"figures of each other", "figures/a.yaml", "rest_of: support", "product: [year]",
			"figures/a.yaml:20: figure-cycle: share\nfigures/a.yaml:29: figure-cycle: year"},
		{"an item without content", "wards/a.yaml", "- {code: \"00002\", name: Phong Điền, kind: xa, former: cantho-cu}", "-",
			"wards/a.yaml:2: empty: an empty item"},
		{"two YAML documents", "wards/a.yaml", "- {code: \"00002\"", "---\n- {code: \"00002\"",
			"wards/a.yaml:0: unreadable: more than one YAML document"},
		{"a quote left open", "words/a.yaml", "kind: group", `kind: "group`,
			"words/a.yaml:2: unreadable: found unexpected end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := Load(folder(t, c.file, c.old, c.new))
			if err == nil || l != nil {
				t.Fatalf("Load accepts it")
			}
			got, want := strings.Split(err.Error(), "\n"), strings.Split(c.want, "\n")
			for i := range min(len(got), len(want)) {
				if strings.HasPrefix(got[i], want[i]) {
					got[i] = want[i]
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("faults, - wanted, + found:\n%s", diff)
			}
		})
	}
}

func TestLoadGathersTheFaultsOfAllFiles(t *testing.T) {
	fsys := folder(t, "cards/a.yaml", "  topic: insurance\n  ask", "  topik: insurance\n  tags: [a]\n  ask")
	fsys["wards/a.yaml"] = &fstest.MapFile{Data: []byte("# nothing yet\n")}
	delete(fsys, "words/a.yaml")
	_, err := Load(fsys)
	faults, ok := errors.AsType[Faults](err)
	if !ok {
		t.Fatalf("Load = %v", err)
	}
	want := Faults{
		{"cards/a.yaml", 2, RuleUnknownKey, "topik"},
		{"cards/a.yaml", 3, RuleUnknownKey, "tags"},
		{"wards/a.yaml", 0, RuleEmpty, "the file holds no list"},
		{"words", 0, RuleEmpty, "no .yaml file"},
	}
	if diff := cmp.Diff(want, faults); diff != "" {
		t.Errorf("faults, - wanted, + found:\n%s", diff)
	}
}

func TestVersionChangesWithAnyByte(t *testing.T) {
	before := small(t).Version
	if before == "" || before != small(t).Version {
		t.Fatalf("the same content has the versions %q and %q", before, small(t).Version)
	}
	for _, file := range []string{"documents/a.yaml", "figures/a.yaml", "cards/a.yaml", "procedures/a.yaml", "wards/a.yaml", "words/a.yaml"} {
		fsys := folder(t, "", "", "")
		fsys[file].Data = append(fsys[file].Data, "# a note\n"...)
		l, err := Load(fsys)
		if err != nil {
			t.Fatal(err)
		}
		if l.Version == before {
			t.Errorf("a change of %s leaves the version %s", file, before)
		}
	}
}

func TestFilesOfAFolderAreOneList(t *testing.T) {
	fsys := folder(t, "", "", "")
	fsys["wards/b.yaml"] = &fstest.MapFile{Data: []byte("- {code: \"00003\", name: Thới Lai, kind: xa}\n")}
	l, err := Load(fsys)
	if err != nil || len(l.Wards) != 3 || l.Ward("00003").Pos.File != "wards/b.yaml" {
		t.Errorf("Load = %v, %v", l, err)
	}
}
