package intake_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"policybot/knowledge/intake"
)

// gazette returns the folder of real documents, or skips the test: they are not ours to publish.
// POLICYBOT_DOCUMENTS names it; otherwise it is looked for beside the repository.
func gazette(t *testing.T) string {
	t.Helper()
	for _, dir := range []string{os.Getenv("POLICYBOT_DOCUMENTS"), "../../../shared/documents", "../../../../shared/documents"} {
		if info, err := os.Stat(filepath.Join(dir, "congbao")); dir != "" && err == nil && info.IsDir() {
			return dir
		}
	}
	t.Skip("no folder of real documents; POLICYBOT_DOCUMENTS names one")
	return ""
}

// Articles, clauses and points of signed gazette PDFs, counted by hand, without those that amending
// documents quote, without footnotes, forms and annexes. Those of the last one, which quotes
// nothing, were counted line by line in the plain text that the gazette gives beside it.
func TestGazetteCounts(t *testing.T) {
	dir := gazette(t)
	if testing.Short() {
		t.Skip("reads 308 pages")
	}
	var r intake.Reader
	defer r.Close()
	for _, want := range []struct {
		file                      string
		articles, clauses, points int
	}{
		{"quyet-dinh-so-28-2021-qd-ttg-34546.pdf", 8, 22, 16},
		{"thong-tu-so-02-2022-tt-bldtbxh-37042.pdf", 2, 7, 0},
		{"luat-so-51-2024-qh15-43559.pdf", 3, 40, 19},
		{"van-ban-hop-nhat-so-1346-vbhn-bldtbxh-41622.pdf", 14, 40, 33},
		{"quyet-dinh-so-844-qd-ttg-469526.pdf", 3, 0, 0},
		{"thong-tu-so-10-2022-tt-bldtbxh-37336.pdf", 7, 18, 10},
		{"nghi-dinh-so-188-2025-nd-cp-45593.pdf", 72, 327, 324},
	} {
		documents, err := r.File(context.Background(), filepath.Join(dir, "congbao", want.file))
		if err != nil {
			t.Errorf("%s: %v", want.file, err)
			continue
		}
		units := documents[0].Units
		if a, c, p := intake.Count(units, intake.Article), intake.Count(units, intake.Clause), intake.Count(units, intake.Point); a != want.articles || c != want.clauses || p != want.points {
			t.Errorf("%s: %d articles, %d clauses, %d points; by hand %d, %d, %d", want.file, a, c, p, want.articles, want.clauses, want.points)
		}
		loads(t, want.file, documents)
	}
}
