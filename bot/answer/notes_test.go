package answer

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"policybot/knowledge"
)

// TestNotes: what is beside an answer when something behind it is old, unsure or about to end.
func TestNotes(t *testing.T) {
	today := knowledge.NewDate(2026, 11, 26)
	ago := func(days int) knowledge.Date { return today.AddDays(-days) }
	law := func(confirmed knowledge.Date) *knowledge.Provision {
		return &knowledge.Provision{Confidence: knowledge.Checked, ConfirmedOn: confirmed}
	}
	next := &knowledge.Card{ID: "next", WordingsOf: "card", Outcome: knowledge.Answered, Applies: knowledge.Period{From: today.AddDays(60)}}
	for _, c := range []struct {
		name string
		card knowledge.Card
		law  *knowledge.Provision
		used knowledge.Value
		want []Note
	}{
		{"confirmed 90 days ago", knowledge.Card{}, law(ago(90)), knowledge.Value{}, nil},
		{"91 days ago", knowledge.Card{}, law(ago(91)), knowledge.Value{}, []Note{{Kind: Stale, From: ago(91)}}},
		{"a figure is older", knowledge.Card{}, law(ago(91)), knowledge.Value{ConfirmedOn: ago(200)}, []Note{{Kind: Stale, From: ago(200)}}},
		{"the card is older", knowledge.Card{ConfirmedOn: ago(100)}, law(ago(1)), knowledge.Value{}, []Note{{Kind: Stale, From: ago(100)}}},
		{"a figure of one source", knowledge.Card{}, law(ago(1)), knowledge.Value{Confidence: knowledge.OneSource}, []Note{{Kind: NotChecked}}},
		{"ends in 61 days", knowledge.Card{ID: "alone", Applies: knowledge.Period{Until: today.AddDays(61)}}, law(today), knowledge.Value{}, nil},
		{"ends in 60 days", knowledge.Card{ID: "alone", Applies: knowledge.Period{Until: today.AddDays(60)}}, law(today), knowledge.Value{},
			[]Note{{Kind: Ends, From: today.AddDays(59)}}},
		{"goes on in 60 days", knowledge.Card{ID: "card", Applies: knowledge.Period{Until: today.AddDays(60)}}, law(today), knowledge.Value{},
			[]Note{{Kind: NewRule, From: today.AddDays(60)}}},
		{"nothing behind it", knowledge.Card{ConfirmedOn: ago(100)}, nil, knowledge.Value{}, nil},
	} {
		a := &Answerer{library: &knowledge.Library{Cards: []*knowledge.Card{next}}}
		out := Answer{Day: today}
		if c.law != nil {
			out.Provisions = []*knowledge.Provision{c.law}
		}
		if diff := cmp.Diff(c.want, a.notes(&c.card, &out, []knowledge.Value{c.used}, today), cmp.AllowUnexported(knowledge.Date{})); diff != "" {
			t.Errorf("%s: notes, - wanted, + found:\n%s", c.name, diff)
		}
	}
}

// TestOldFactsAreNotedByRulesToo: a stated bill and a stated income carry the note as cards do.
func TestOldFactsAreNotedByRulesToo(t *testing.T) {
	a := answerer(t)
	later := knowledge.NewDate(2027, 12, 1)
	for _, text := range []string{"thẻ hộ gia đình nằm viện 10 triệu tháng 11/2026 trả mấy đồng", "cận nghèo nằm viện trả bao nhiêu",
		"nhà ở xã thu nhập mỗi người 1 triệu rưỡi hồi tháng 11/2026 có phải hộ nghèo không"} {
		got, err := a.Answer(t.Context(), Question{Text: text, Day: later})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, n := range got.Notes {
			found = found || n.Kind == Stale
		}
		if !found || len(got.Provisions) == 0 {
			t.Errorf("%s: %s, notes %+v", text, got.Lead, got.Notes)
		}
	}
}
