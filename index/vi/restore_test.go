package vi

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestRestoreQuestions measures the restoring of diacritics on the questions train.go left out.
// They are not ours to ship: name the file in POLICYBOT_TRAIN_QUESTIONS.
func TestRestoreQuestions(t *testing.T) {
	file := os.Getenv("POLICYBOT_TRAIN_QUESTIONS")
	if file == "" {
		t.Skip("POLICYBOT_TRAIN_QUESTIONS names no file of questions")
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(slices.Values([]string(nil)))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	var right, all int
	var took []time.Duration
	for i := 0; i < len(lines); i += 5 {
		want := Syllables(Normalize(lines[i]))
		bare := Fold(lines[i])
		start := time.Now()
		read := r.Read(bare)
		took = append(took, time.Since(start))
		got := Syllables(read.Text)
		n := matches(want, got)
		right, all = right+n, all+len(want)
		if n < len(want) && testing.Verbose() {
			var diff []string
			if len(want) == len(got) {
				for j := range want {
					if want[j] != got[j] {
						diff = append(diff, want[j]+"/"+got[j])
					}
				}
			}
			t.Logf("%v %s", diff, strings.TrimSpace(lines[i]))
		}
	}
	slices.Sort(took)
	share := float64(right) / float64(all)
	t.Logf("%.4f of %d syllables right; p50 %v, p99 %v", share, all, took[len(took)/2], took[len(took)*99/100])
	if share < 0.985 {
		t.Errorf("%.4f of the syllables right, want 0.985", share)
	}
}

// matches counts the words of want that stand in got in the same order.
func matches(want, got []string) int {
	row := make([]int, len(got)+1)
	for i := range want {
		diagonal := 0
		for j := range got {
			up := row[j+1]
			switch {
			case want[i] == got[j]:
				row[j+1] = diagonal + 1
			default:
				row[j+1] = max(up, row[j])
			}
			diagonal = up
		}
	}
	return row[len(got)]
}
