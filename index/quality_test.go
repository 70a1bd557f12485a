package index_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/google/go-cmp/cmp"

	"policybot/index"
	"policybot/index/vi"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestQuality pins how a small set is ranked in three typings, and how sure the index is of it, in
// testdata/quality/ranks.txt: a change of ranking is a diff to read.
func TestQuality(t *testing.T) {
	var docs []index.Doc
	var vocabulary []string
	for _, r := range rows(t, "testdata/quality/docs.txt", 3) {
		docs = append(docs, index.Doc{ID: r[0], Topic: r[1], Title: r[2]})
		vocabulary = append(vocabulary, r[2])
	}
	reader, err := vi.NewReader(slices.Values(vocabulary))
	if err != nil {
		t.Fatal(err)
	}
	ix := build(t, docs)
	questions := rows(t, "testdata/quality/questions.txt", 2)
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 1, ' ', 0)
	fmt.Fprintln(w, "typing\tR@1\tR@5\tR@10\tMRR@10\tconfidence if right, if wrong, if nothing answers")
	var detail strings.Builder
	var table reliability
	for _, typing := range []string{"full", "none", "half"} {
		var s summary
		half := rand.New(rand.NewPCG(1, 1))
		for _, q := range questions {
			read := reader.Read(typed(q[1], typing, half)).Text
			found, err := ix.Search(context.Background(), index.Query{Text: read})
			if err != nil {
				t.Fatal(err)
			}
			rank := s.add(q[0], found)
			table.add(found.Confidence, rank == 1)
			fmt.Fprintf(&detail, "%s %2d %.2f %s: %s\n", typing, rank, found.Confidence, q[0], read)
		}
		fmt.Fprintf(w, "%s\t%.3f\t%.3f\t%.3f\t%.3f\t%.2f %.2f %.2f\n", typing,
			s.within[0]/s.asked, s.within[1]/s.asked, s.within[2]/s.asked, s.reciprocal/s.asked,
			s.mean(right), s.mean(wrong), s.mean(without))
	}
	w.Flush()
	golden(t, "testdata/quality/ranks.txt", out.String()+table.String()+"\ntyping, rank of the target (0: not in the first ten), confidence, target: as read\n"+detail.String())
}

// A summary adds up how questions were answered.
type summary struct {
	asked      float64    // questions with a target
	within     [3]float64 // 1, 5, 10
	reciprocal float64
	confidence [3][]float64 // by right, wrong, without
}

const (
	right = iota
	wrong
	without
)

func (s *summary) add(target string, found index.Result) (rank int) {
	for i, hit := range found.Hits {
		if strings.TrimSuffix(hit.ID, "-2") == target {
			rank = i + 1
			break
		}
	}
	outcome := wrong
	switch {
	case target == "-":
		outcome = without
	case rank == 1:
		outcome = right
	}
	s.confidence[outcome] = append(s.confidence[outcome], found.Confidence)
	if target == "-" {
		return 0
	}
	s.asked++
	for i, most := range [...]int{1, 5, 10} {
		if rank > 0 && rank <= most {
			s.within[i]++
		}
	}
	if rank > 0 {
		s.reciprocal += 1 / float64(rank)
	}
	return rank
}

func (s *summary) mean(outcome int) (sum float64) {
	for _, c := range s.confidence[outcome] {
		sum += c
	}
	return sum / float64(max(1, len(s.confidence[outcome])))
}

// A reliability compares confidences, in fifths, with how often the first hit was right.
type reliability [5]struct{ questions, confidence, right float64 }

func (r *reliability) add(confidence float64, right bool) {
	b := &r[min(len(r)-1, int(confidence*float64(len(r))))]
	b.questions++
	b.confidence += confidence
	if right {
		b.right++
	}
}

func (r *reliability) String() string {
	var out strings.Builder
	out.WriteString("\nconfidence: questions, mean confidence, share right, all typings\n")
	for i, b := range r {
		if b.questions > 0 {
			fmt.Fprintf(&out, "%.1f…%.1f: %3.0f %.2f %.2f\n", float64(i)/5, float64(i+1)/5,
				b.questions, b.confidence/b.questions, b.right/b.questions)
		}
	}
	return out.String()
}

func typed(text, typing string, half *rand.Rand) string {
	words := strings.Fields(text)
	for i := range words {
		if typing == "none" || typing == "half" && half.Float64() < 0.5 {
			words[i] = vi.Fold(words[i])
		}
	}
	return strings.Join(words, " ")
}

// rows reads a file of lines with fields separated by bars.
func rows(t *testing.T, file string, fields int) (all [][]string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if line[0] == '#' {
			continue
		}
		row := strings.Split(strings.TrimSpace(line), " | ")
		if len(row) != fields {
			t.Fatalf("%s: %q has %d fields, want %d", file, line, len(row), fields)
		}
		all = append(all, row)
	}
	return all
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s changed; read the diff, then go test -update:\n%s", file, diff)
	}
}
