package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"policybot/bot"
	"policybot/bot/flow"
	"policybot/bot/referral"
	"policybot/bot/telegram"
)

// TestForget lets a day pass between conversations, in a bubble where time is ours.
func TestForget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := open(t, t.TempDir())
		commit(t, db, 1, 1, 1) // day 0: chat 1, never heard of again
		sendAll(t, db)
		commit(t, db, 2, 2, 1) // day 0: chat 2
		time.Sleep(50 * day)
		commit(t, db, 3, 2, 2) // day 50: chat 2 again; its message of day 0 is still waiting
		counts := func(want map[string]int) {
			t.Helper()
			for table, n := range want {
				if got := count(t, db, `SELECT count(*) FROM `+table); got != n {
					t.Errorf("%d rows in %s, want %d", got, table, n)
				}
			}
		}

		must(t, db.Forget(t.Context(), time.Now()))
		counts(map[string]int{"turns": 3, "people": 2, "sessions": 2, "messages": 1, "outbox": 2, "inbox": 1})

		time.Sleep(40*day - time.Second)
		must(t, db.Forget(t.Context(), time.Now()))
		counts(map[string]int{"turns": 3, "people": 2, "sessions": 2, "messages": 1})
		time.Sleep(time.Second)
		must(t, db.Forget(t.Context(), time.Now()))
		counts(map[string]int{"turns": 1, "people": 1, "sessions": 1, "messages": 0, "outbox": 2, "inbox": 0})

		// What waits is never forgotten, and a known person goes on.
		if got := len(due(t, db, time.Now())); got != 1 {
			t.Errorf("%d calls are due, want the one of day 0", got)
		}
		if s, err := db.Session(t.Context(), person(2)); err != nil || s.Version != 2 {
			t.Errorf("Session = %+v, %v; want version 2", s, err)
		}
		commit(t, db, 4, 1, 1) // and a forgotten one starts anew
	})
}

func sendAll(t *testing.T, db *DB) {
	t.Helper()
	for _, o := range due(t, db, time.Now()) {
		must(t, db.Sent(t.Context(), o.ID, 500+o.ID, time.Now()))
	}
}

func TestBackupAndRestore(t *testing.T) {
	db := open(t, t.TempDir())
	for i := range int64(20) {
		commit(t, db, i+1, i%3, int(i/3)+1)
	}
	file := filepath.Join(t.TempDir(), "bản sao.db")
	must(t, db.Backup(t.Context(), file))
	commit(t, db, 21, 2, 7) // after it: not in the copy
	if err := db.Backup(t.Context(), file); err == nil {
		t.Error("Backup wrote over an older one")
	}
	must(t, CheckBackup(t.Context(), file))

	dir := filepath.Join(t.TempDir(), "new")
	must(t, Restore(t.Context(), file, dir))
	restored := open(t, dir)
	if got := count(t, restored, `SELECT count(*) FROM turns`); got != 20 {
		t.Errorf("%d turns are restored, want 20", got)
	}
	if s, err := restored.Session(t.Context(), person(2)); err != nil || s.Version != 6 {
		t.Errorf("Session = %+v, %v; want version 6", s, err)
	}
	commit(t, restored, 21, 2, 7)

	wantAll(t, errorText(Restore(t.Context(), file, dir)), "another service", "process")
	must(t, restored.Close())
	wantAll(t, errorText(Restore(t.Context(), file, dir)), "move it away")
	if _, err := os.Stat(file); err != nil {
		t.Errorf("the backup itself: %v", err)
	}
}

func TestNothingIsRestoredFromABrokenBackup(t *testing.T) {
	db := open(t, t.TempDir())
	for i := range int64(50) {
		commit(t, db, i+1, i, 1)
	}
	good := filepath.Join(t.TempDir(), "good")
	must(t, db.Backup(t.Context(), good))
	text, err := os.ReadFile(good)
	must(t, err)
	for name, broken := range map[string][]byte{
		"cut":            text[:len(text)/2],
		"empty":          {},
		"not a database": []byte("hello, this is not a database at all, by no means"),
		"altered":        append(append([]byte(nil), text[:8192]...), append(make([]byte, 8192), text[16384:]...)...),
	} {
		t.Run(name, func(t *testing.T) {
			file, dir := filepath.Join(t.TempDir(), "file"), filepath.Join(t.TempDir(), "data")
			must(t, os.WriteFile(file, broken, 0o600))
			if err := Restore(t.Context(), file, dir); err == nil {
				t.Fatal("Restore succeeded")
			}
			if _, err := os.Stat(filepath.Join(dir, fileName)); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("a database is there: %v", err)
			}
		})
	}
}

func errorText(err error) string {
	if err == nil {
		return "no error"
	}
	return err.Error()
}

// What people told a calculator goes when its time is over, and nothing else of the session does.
func TestFactsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := open(t, t.TempDir())
		now := turn(1, 1)
		now.Session.Before = "kept"
		now.Session.Flow = &bot.Going{State: flow.State{Kind: flow.Household, Given: []flow.Given{{Fact: "people", Value: "4"}}}, Ends: time.Now().Add(day).Unix()}
		now.Session.Matter = &referral.Matter{Question: "kept", Facts: []string{"4 người"}}
		must(t, db.Accept(t.Context(), []telegram.Update{raw(1, 1)}))
		if _, err := db.Commit(t.Context(), 1, now, nil); err != nil {
			t.Fatal(err)
		}
		check := func(facts bool) {
			t.Helper()
			must(t, db.Forget(t.Context(), time.Now()))
			s, err := db.Session(t.Context(), person(1))
			must(t, err)
			if has := s.Flow != nil && len(s.Matter.Facts) > 0; has != facts || s.Before != "kept" || s.Matter.Question != "kept" || s.Version != 1 {
				t.Errorf("facts kept: %v, want %v; session %+v", has, facts, s)
			}
		}
		time.Sleep(day - time.Second)
		check(true)
		time.Sleep(time.Second)
		check(false)
		commit(t, db, 2, 1, 2) // and the conversation goes on
	})
}
