package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// set writes a small question set and returns the flags that name it.
func set(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"corpus.jsonl": `{"id":"a","title":"Hộ nghèo vay vốn","text":"Lãi suất cho vay.","doc_name":"Tín dụng"}
{"id":"b","title":"Thẻ bảo hiểm y tế","text":"Hộ cận nghèo được hỗ trợ đóng bảo hiểm y tế."}
{"id":"c","title":"Học nghề","text":"Lao động nông thôn được hỗ trợ học nghề."}
`,
		"queries.jsonl": `{"id":"1","text":"Hộ cận nghèo đóng bảo hiểm y tế"}
{"id":"2","text":"Học nghề ở nông thôn"}
{"id":"3","text":"Không có gold"}
{"id":"4","text":"Hộ nghèo vay vốn lãi suất bao nhiêu"}
`,
		"qrels.tsv": "1\tb\t1\n2\tc\t1\n4\tb\t1\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return []string{
		"-corpus", filepath.Join(dir, "corpus.jsonl"), "-queries", filepath.Join(dir, "queries.jsonl"),
		"-qrels", filepath.Join(dir, "qrels.tsv"),
	}
}

func TestRun(t *testing.T) {
	files := set(t)
	index := filepath.Join(t.TempDir(), "index")
	for _, args := range [][]string{
		nil, {"-typing", "none"}, {"-typing", "half", "-k", "1"}, {"-index", index}, {"-index", index},
	} {
		var out, stderr bytes.Buffer
		args = append(append(args, "-json"), files...)
		if err := run(context.Background(), args, &out, &stderr); err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		var got report
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatalf("%v: %v in %s", args, err, out.Bytes())
		}
		// Two of three are found first; the gold of the fourth question stands second.
		const third = 1.0 / 3
		if got.Questions != 3 || got.R1 != 2*third || got.R10 != 1 || got.MRR != 2.5*third {
			t.Errorf("%v: %+v", args, got)
		}
	}
}

func TestRunPrintsForPeople(t *testing.T) {
	var out bytes.Buffer
	if err := run(context.Background(), set(t), &out, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "recall@1 @5 @10 @100  0.6667 1.0000 1.0000 1.0000") {
		t.Error(out.String())
	}
}

func TestRunRefuses(t *testing.T) {
	files := set(t)
	for _, args := range [][]string{
		{}, append([]string{"-typing", "loud"}, files...), append([]string{"-k", "0"}, files...),
		append([]string{"-wrong"}, files...), append(files, "extra"),
	} {
		if err := run(context.Background(), args, &bytes.Buffer{}, &bytes.Buffer{}); !errors.Is(err, errUsage) {
			t.Errorf("%v: %v, want %v", args, err, errUsage)
		}
	}
	files[1] += ".missing"
	if err := run(context.Background(), files, &bytes.Buffer{}, &bytes.Buffer{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing corpus: %v", err)
	}
}
