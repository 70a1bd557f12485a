package answer

import (
	"context"
	"sync"
	"testing"

	"policybot/index"
	"policybot/knowledge"
	"policybot/knowledge/content"
)

// embedded answers from the content built into the binary.
var embedded = sync.OnceValues(func() (*Answerer, error) {
	l, err := knowledge.Load(content.FS)
	if err != nil {
		return nil, err
	}
	return New(context.Background(), l, index.Build)
})

func answerer(t testing.TB) *Answerer {
	t.Helper()
	a, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Every card must get past the guard on every day it holds, or a resident would be told that the
// machine has failed.
func TestEveryCardCanBeSaid(t *testing.T) {
	a := answerer(t)
	first, last := knowledge.NewDate(2024, 1, 1), knowledge.NewDate(2027, 12, 31)
	for _, c := range a.library.Cards {
		for day := first; !last.Before(day); day = day.AddDays(9) {
			if !c.Applies.Contains(day) {
				continue
			}
			if _, err := a.Card(c, day, day); err != nil {
				t.Errorf("%s: %v", c.Pos.File, err)
				break
			}
		}
	}
}

func TestGuardRefusesANumberWithoutSource(t *testing.T) {
	a := answerer(t)
	c := a.library.Card("bhyt-can-ngheo-dong-bao-nhieu")
	said, err := a.Card(c, knowledge.NewDate(2026, 11, 23), knowledge.NewDate(2026, 11, 23))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Đóng 34.156 đồng.", "Được hỗ trợ 71%.", "Từ ngày 02/07/2026.", "Theo 189/2025/NĐ-CP."} {
		out := said
		out.Bullets = []string{text}
		if err := a.guard(&out, nil); err == nil {
			t.Errorf("the guard let %q pass", text)
		}
	}
	if err := a.guard(&said, nil); err == nil {
		t.Error("the guard let figures pass that were not used")
	}
}

func TestCardsNameRulesThatExist(t *testing.T) {
	a := answerer(t)
	for _, c := range a.library.Cards {
		if c.Rule != "" && rules[c.Rule] == nil {
			t.Errorf("%s:%d: card %s names the rule %q, which there is none of", c.Pos.File, c.Pos.Line("rule"), c.ID, c.Rule)
		}
	}
}
