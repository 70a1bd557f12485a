package index_test

import (
	"context"
	"slices"
	"testing"

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
