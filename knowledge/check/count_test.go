package check

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"policybot/knowledge"
)

// The counts of good.txtar, by hand, 40 days after all of it was confirmed; one figure, of confidence B,
// is behind an old card.
func TestCounts(t *testing.T) {
	fsys, err := txtar.FS(readArchive(t, "good.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := knowledge.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, n := range Counts(l, knowledge.NewDate(2026, 12, 11)) {
		if n.All > 0 {
			fmt.Fprintln(&got, n.Of, n.All, n.Needs, n.Drafts, n.Sure, n.Fresh, n.Aging, n.Old)
		}
	}
	want := `insurance 4 3 0 map[A:2 B:1 C:1] 0 4 0
beyond 1 1 0 map[:1] 0 0 0
procedures 1 0 0 map[B:1] 0 1 0
documents 5 0 0 map[A:3 B:1 C:1] 0 5 0
provisions 7 0 0 map[A:5 B:1 C:1] 0 7 0
figures 7 0 0 map[A:6 B:1] 0 7 0
`
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}
