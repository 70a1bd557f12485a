package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"policybot/bot"
	"policybot/bot/telegram"
	"policybot/knowledge"
)

// Blocks are kept with the turn that gave them, once, over a new start; the log forgets nothing.
func TestBlocks(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	at := time.Unix(1_795_000_000, 0)
	change := func(item, reason string, freed bool, after time.Duration) bot.BlockChange {
		return bot.BlockChange{Block: knowledge.Block{Item: item, Reason: reason, Author: "1001", Since: at.Add(after)}, Freed: freed}
	}
	changes := []bot.BlockChange{change("nd-1-2025", "sai số", false, 0), change("insurance", "rà soát", false, time.Hour),
		change("nd-1-2025", "đã sửa", true, 2*time.Hour), change("nd-1-2025", "lại sai", false, 3*time.Hour)}
	for i, c := range changes {
		id := int64(i + 1)
		must(t, db.Accept(t.Context(), []telegram.Update{raw(id, 42)}))
		tn := turn(42, i+1)
		tn.Blocked = []bot.BlockChange{c}
		for range 2 {
			if _, err := db.Commit(t.Context(), id, tn, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	must(t, db.Close())
	db = open(t, dir)
	got, err := db.Blocks(t.Context())
	must(t, err)
	if diff := cmp.Diff(knowledge.Blocks{changes[1].Block, changes[3].Block}, got, cmp.AllowUnexported(knowledge.Pos{})); diff != "" {
		t.Errorf("blocked, - wanted, + found:\n%s", diff)
	}
	log, err := db.BlockLog(t.Context(), 3)
	must(t, err)
	if diff := cmp.Diff([]bot.BlockChange{changes[3], changes[2], changes[1]}, log, cmp.AllowUnexported(knowledge.Pos{})); diff != "" {
		t.Errorf("log, - wanted, + found:\n%s", diff)
	}
	must(t, db.Forget(t.Context(), at.AddDate(5, 0, 0)))
	if got, err := db.Blocks(t.Context()); err != nil || len(got) != 2 {
		t.Errorf("years later %v, %v are blocked", got, err)
	}
}
