package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"policybot/bot"
	"policybot/bot/telegram"
	"policybot/knowledge"
)

func TestTrials(t *testing.T) {
	db := open(t, t.TempDir())
	want := bot.Trial{At: time.Unix(1_790_000_000, 0), Day: knowledge.NewDate(2026, 11, 23), Flow: "Tính lãi vay vốn", Facts: []string{"Số tiền vay: 50 triệu"},
		Got: []string{"một tháng lãi 260.000 đồng"}, Want: "260.000 đồng", Author: "1001", Content: "c1"}
	now := turn(1, 1)
	now.Trials = []bot.Trial{want}
	must(t, db.Accept(t.Context(), []telegram.Update{raw(1, 1)}))
	for range 2 { // a repeat keeps nothing twice
		if _, err := db.Commit(t.Context(), 1, now, nil); err != nil {
			t.Fatal(err)
		}
	}
	got, err := db.Trials(t.Context(), 10)
	must(t, err)
	if d := cmp.Diff([]bot.Trial{want}, got, cmpopts.EquateComparable(knowledge.Date{})); d != "" {
		t.Error(d)
	}
}
