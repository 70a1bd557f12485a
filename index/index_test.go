package index_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policybot/index"
	"policybot/knowledge"
)

var law = []index.Doc{
	{ID: "premium", Topic: "insurance", Title: "Hộ cận nghèo đóng BHYT bao nhiêu một năm?"},
	{ID: "copay-2025", Topic: "insurance", Title: "Hộ cận nghèo đi khám bệnh phải trả bao nhiêu?",
		Applies: knowledge.Period{Until: knowledge.NewDate(2026, 1, 1)}},
	{ID: "copay-2026", Topic: "insurance", Title: "Hộ cận nghèo đi khám bệnh phải trả bao nhiêu?",
		Applies: knowledge.Period{From: knowledge.NewDate(2026, 1, 1)}},
	{ID: "loan", Topic: "loan", Title: "Hộ nghèo vay vốn lãi suất bao nhiêu?",
		Body: "Theo Nghị định 188/2025/NĐ-CP và các văn bản khác."},
}

func build(t *testing.T, docs []index.Doc) *index.Index {
	t.Helper()
	ix, err := index.Build(context.Background(), slices.Values(docs))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	})
	return ix
}

func TestSearch(t *testing.T) {
	ix := build(t, law)
	for _, c := range []struct {
		q    index.Query
		want string // ID of the first hit, empty for none
	}{
		{index.Query{Text: "cận nghèo đóng bảo hiểm y tế bao nhiêu"}, "premium"},
		{index.Query{Text: "can ngheo dong bhyt"}, "premium"},
		{index.Query{Text: "cận nghèo khám bệnh", Day: knowledge.NewDate(2025, 12, 31)}, "copay-2025"},
		{index.Query{Text: "cận nghèo khám bệnh", Day: knowledge.NewDate(2026, 1, 1)}, "copay-2026"},
		{index.Query{Text: "cận nghèo khám bệnh", Topic: "loan"}, "loan"},
		{index.Query{Text: "nđ188"}, "loan"},
		{index.Query{Text: "nghị định số 188/2025/NĐ-CP"}, "loan"},
		{index.Query{Text: "nghi dinh 188"}, "loan"},
		{index.Query{Text: "what is the weather"}, ""},
		{index.Query{Text: ""}, ""},
	} {
		got, err := ix.Search(context.Background(), c.q)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case c.want == "" && (len(got.Hits) != 0 || got.Confidence != 0):
			t.Errorf("%+v found %+v, want nothing", c.q, got)
		case c.want != "" && (len(got.Hits) == 0 || got.Hits[0].ID != c.want):
			t.Errorf("%+v found %+v, want %s first", c.q, got, c.want)
		}
	}
}

func TestCreateAndOpenFindWhatBuildFinds(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "index")
	if err := index.Create(ctx, dir, slices.Values(law)); err != nil {
		t.Fatal(err)
	}
	if err := index.Create(ctx, dir, slices.Values(law)); !errors.Is(err, os.ErrExist) {
		t.Errorf("Create over an index: %v, want %v", err, os.ErrExist)
	}
	onDisk, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer onDisk.Close()
	again, err := index.Open(dir) // read-only: two processes may
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	inMemory := build(t, law)
	for _, text := range []string{"cận nghèo khám bệnh", "ho ngheo vay von", "nghị định 188", "không có gì"} {
		q := index.Query{Text: text, Day: knowledge.NewDate(2026, 5, 1), Explain: true}
		want, err := inMemory.Search(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, ix := range []*index.Index{onDisk, again} {
			got, err := ix.Search(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q: %s", text, diff)
			}
		}
	}
}

func TestOpenRefusesWhatIsNoIndex(t *testing.T) {
	if _, err := index.Open(t.TempDir()); !errors.Is(err, index.ErrVersion) {
		t.Errorf("Open of an empty directory: %v, want %v", err, index.ErrVersion)
	}
}

func TestBuildRefusesBadIDs(t *testing.T) {
	for _, docs := range [][]index.Doc{{{ID: ""}}, {{ID: "a"}, {ID: "b"}, {ID: "a"}}} {
		if _, err := index.Build(context.Background(), slices.Values(docs)); !errors.Is(err, index.ErrDoc) {
			t.Errorf("Build(%+v): %v, want %v", docs, err, index.ErrDoc)
		}
	}
}

func TestCreateLeavesNothingWhenItFails(t *testing.T) {
	parent := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, ctx := range []context.Context{ctx, context.Background()} {
		err := index.Create(ctx, filepath.Join(parent, "index"), slices.Values([]index.Doc{{ID: "a"}, {ID: "a"}}))
		if err == nil {
			t.Error("Create with a cancelled context or a double ID did not fail")
		}
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestEmptyIndexFindsNothing(t *testing.T) {
	got, err := build(t, nil).Search(context.Background(), index.Query{Text: "hộ nghèo"})
	if err != nil || len(got.Hits) > 0 || got.Confidence != 0 {
		t.Errorf("found %+v, %v", got, err)
	}
}

func FuzzSearch(f *testing.F) {
	ix, err := index.Build(context.Background(), slices.Values(law))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { ix.Close() })
	for _, s := range []string{
		"", "👍👍", "\xff\xfe", "hộ\u200bnghèo\U000E0041", "ជំរាបសួរ", "what is this", strings.Repeat("nghèo ", 20_000),
		"nghị định 188", "188/2025/NĐ-CP", "////", "0", "hộ hộ hộ",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ix.Search(context.Background(), index.Query{Text: s, Explain: true})
		if err != nil {
			t.Fatal(err)
		}
		if r.Confidence < 0 || r.Confidence > 1 || (len(r.Hits) == 0) != (r.Confidence == 0) {
			t.Fatalf("%q: %d hits with confidence %v", s, len(r.Hits), r.Confidence)
		}
		for i, hit := range r.Hits {
			if hit.Score <= 0 || len(hit.Reasons) == 0 || i > 0 && hit.Score > r.Hits[i-1].Score {
				t.Fatalf("%q: hits %+v", s, r.Hits)
			}
		}
	})
}

func TestSearchIsForMany(t *testing.T) {
	ix := build(t, law)
	q := index.Query{Text: "ho ngheo vay von bao nhieu"}
	want, err := ix.Search(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				got, err := ix.Search(context.Background(), q)
				if diff := cmp.Diff(want, got); err != nil || diff != "" {
					t.Errorf("%v %s", err, diff)
				}
			}
		})
	}
	wg.Wait()
}
