package knowledge

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLookUps(t *testing.T) {
	l := small(t)
	for name, found := range map[string]bool{
		"document":  l.Document("nd-1-2025") == l.Documents[0],
		"whole":     l.Provision("nd-1-2025") == l.Documents[0].Whole,
		"provision": l.Provision("nd-1-2025/d6/k6/b") == &l.Documents[0].Provisions[1],
		"card":      l.Card("nhap") == l.Cards[2],
		"procedure": l.Procedure("nop") == l.Procedures[0],
		"ward":      l.Ward("00002") == l.Wards[1],
		"word":      l.Word("older75") == l.Words[0],
		"figure":    l.FigureNamed("wage") == l.Figures[0],
	} {
		if !found {
			t.Errorf("%s: the look-up does not lead to the item", name)
		}
	}
	if l.Document("x") != nil || l.Provision("x") != nil || l.Card("x") != nil || l.Procedure("x") != nil ||
		l.Ward("x") != nil || l.Word("x") != nil || l.FigureNamed("x") != nil {
		t.Error("a look-up finds what is not there")
	}
}

func TestProvisionsTakeFromTheirDocument(t *testing.T) {
	l := small(t)
	d := l.Document("nd-1-2025")
	for _, c := range []struct {
		id         ProvisionID
		applies    Period
		confidence Confidence
		confirmed  string
		place      PlaceID
		line       int
	}{
		{"nd-1-2025", Period{From: day("2025-01-01")}, Checked, "2026-11-01", National, 12},
		{"nd-1-2025/d6", d.InForce, Checked, "2026-11-01", National, 15},
		{"nd-1-2025/d6/k6/b", Period{day("2025-01-01"), day("2026-01-01")}, OneSource, "2026-10-01", Cantho, 17},
	} {
		p := l.Provision(c.id)
		if p.Document != d || p.Applies != c.applies || p.Confidence != c.confidence ||
			p.ConfirmedOn != day(c.confirmed) || p.Place != c.place || p.Pos.Line() != c.line {
			t.Errorf("%s = %+v, line %d", c.id, *p, p.Pos.Line())
		}
	}
}

func TestInForce(t *testing.T) {
	l := small(t)
	for on, want := range map[string][]ProvisionID{
		"2024-12-31": nil,
		"2025-01-01": {"nd-1-2025", "nd-1-2025/d6/k6/b"},
		"2025-01-15": {"nd-1-2025", "nd-1-2025/d12a/k3/dd", "nd-1-2025/d6", "nd-1-2025/d6/k6/b"},
		"2026-01-01": {"nd-1-2025", "nd-1-2025/d12a/k3/dd", "nd-1-2025/d6"},
		"2026-07-01": {"nd-1-2025", "nd-1-2025/d12a/k3/dd", "nd-1-2025/d6", "nd-2-2026"},
	} {
		var got []ProvisionID
		for _, p := range l.InForce(day(on)) {
			got = append(got, p.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in force on %s, - wanted, + found:\n%s", on, diff)
		}
	}
	if ids := l.Provisions(); len(ids) != 5 || !slices.IsSortedFunc(ids, func(a, b *Provision) int {
		return strings.Compare(string(a.ID), string(b.ID))
	}) {
		t.Errorf("provisions: %v", ids)
	}
}

func TestCardsOn(t *testing.T) {
	l := small(t)
	for on, want := range map[string]CardID{"2024-12-31": "dong-bao-nhieu-xua", "2025-01-01": "dong-bao-nhieu"} {
		if got := l.CardsOn(day(on)); len(got) != 1 || got[0].ID != want {
			t.Errorf("cards on %s = %v, want %s alone: drafts are never shown", on, got, want)
		}
	}
}

func TestCardsBorrowWordings(t *testing.T) {
	l := small(t)
	first, earlier := l.Card("dong-bao-nhieu"), l.Card("dong-bao-nhieu-xua")
	if !slices.Equal(earlier.Ask, first.Ask) || !slices.Equal(earlier.Probe, first.Probe) {
		t.Errorf("%s is asked by %v, %v", earlier.ID, earlier.Ask, earlier.Probe)
	}
	if first.Outcome != Answered || earlier.Outcome != NoEvidence {
		t.Errorf("outcomes %s, %s", first.Outcome, earlier.Outcome)
	}
}

func TestSource(t *testing.T) {
	l := small(t)
	for id, want := range map[ProvisionID]string{
		"nd-1-2025":            "1/2025/NĐ-CP",
		"nd-1-2025/d6":         "1/2025/NĐ-CP, Điều 6",
		"nd-1-2025/d6/k6/b":    "1/2025/NĐ-CP, Điều 6 khoản 6 điểm b",
		"nd-1-2025/d12a/k3/dd": "1/2025/NĐ-CP, Điều 12a khoản 3 điểm đ",
		"nd-2-2026":            "Nghị định hai (chưa rõ số)",
	} {
		if got := l.Provision(id).Source(); got != want {
			t.Errorf("%s reads %q, want %q", id, got, want)
		}
		if got := id.Document(); got != l.Provision(id).Document.ID {
			t.Errorf("%s belongs to %q", id, got)
		}
	}
}

func TestRelationTargets(t *testing.T) {
	r := Relation{Replaces: "a", Amends: "b", Repeals: "c", Consolidates: "d", Details: "e"}
	if diff := cmp.Diff([]DocumentID{"a", "b", "c", "d", "e"}, r.Targets()); diff != "" {
		t.Error(diff)
	}
	if got := small(t).Document("nd-2-2026").Relations[0].Targets(); !slices.Equal(got, []DocumentID{"nd-1-2025"}) {
		t.Errorf("targets = %v", got)
	}
}

func TestConfidenceLower(t *testing.T) {
	for _, c := range []struct{ a, b, want Confidence }{
		{Checked, Checked, Checked}, {Checked, OneSource, OneSource}, {Unconfirmed, OneSource, Unconfirmed},
	} {
		if got := c.a.Lower(c.b); got != c.want || c.b.Lower(c.a) != got {
			t.Errorf("%s with %s is %s", c.a, c.b, got)
		}
	}
}

func TestWardNames(t *testing.T) {
	l := small(t)
	if got := l.Ward("00001").FullName(); got != "Phường Trung Nhứt" {
		t.Errorf("got %q", got)
	}
	if got := l.Ward("00002").FullName(); got != "Xã Phong Điền" {
		t.Errorf("got %q", got)
	}
}

func TestAges(t *testing.T) {
	older := *small(t).Word("older75").Ages
	for age, want := range map[int]bool{74: false, 75: true, 110: true} {
		if older.Contains(age) != want {
			t.Errorf("%d years old: %v", age, !want)
		}
	}
	child := Ages{Until: 6}
	if !child.Contains(0) || !child.Contains(5) || child.Contains(6) {
		t.Error("under 6 holds the wrong ages")
	}
}

func TestLinesOfParts(t *testing.T) {
	l := small(t)
	card := l.Card("dong-bao-nhieu")
	for _, c := range []struct {
		path []any
		want int
	}{
		{nil, 1}, {[]any{"answer"}, 5}, {[]any{"bullets", 1}, 8}, {[]any{"bullets", 9}, 7},
		{[]any{"applies", "from"}, 14}, {[]any{"draft"}, 1},
	} {
		if got := card.Pos.Line(c.path...); got != c.want {
			t.Errorf("line of %v = %d, want %d", c.path, got, c.want)
		}
	}
	if got := (Pos{}).Line("answer"); got != 0 {
		t.Errorf("nowhere has the line %d", got)
	}
	texts := map[string]int{}
	for line, s := range l.Ward("00002").Pos.Texts() {
		texts[s] = line
	}
	if texts["Phong Điền"] != 2 || texts["name"] != 2 || len(texts) != 8 {
		t.Errorf("texts = %v", texts)
	}
}
