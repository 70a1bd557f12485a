package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"policybot/bot"
	"policybot/bot/telegram"
)

func TestCommitIsWholeAndOnce(t *testing.T) {
	db := open(t, t.TempDir())
	u := raw(7, 42)
	must(t, db.Accept(t.Context(), []telegram.Update{u}))
	waiting, err := db.Waiting(t.Context(), 0, 10)
	must(t, err)
	if diff := cmp.Diff([]telegram.Update{u}, waiting); diff != "" {
		t.Fatalf("Waiting after Accept (-want +got):\n%s", diff)
	}

	want := turn(42, 1)
	for i, fresh := range []bool{true, false, false} {
		got, err := db.Commit(t.Context(), 7, want, []telegram.Outgoing{message(42, 1)})
		if err != nil || got != fresh {
			t.Fatalf("Commit number %d = %v, %v; want %v, nil", i+1, got, err, fresh)
		}
	}
	must(t, db.Accept(t.Context(), []telegram.Update{u})) // Telegram repeats itself

	if waiting, err = db.Waiting(t.Context(), 0, 10); err != nil || len(waiting) != 0 {
		t.Errorf("Waiting after Commit = %v, %v; want none", waiting, err)
	}
	if got, err := db.Session(t.Context(), person(42)); err != nil || !cmp.Equal(got, want.Session) {
		t.Errorf("Session = %+v, %v; want %+v", got, err, want.Session)
	}
	for query, want := range map[string]int{
		`SELECT count(*) FROM turns`:                    1,
		`SELECT count(*) FROM outbox`:                   1,
		`SELECT count(*) FROM inbox WHERE body IS NULL`: 1,
		`SELECT count(*) FROM turns WHERE outcome = 'answered' AND day = '2026-11-23' AND took_us = 1500
			AND provisions ->> 0 = 'nd-188-2025/d6'`: 1,
	} {
		if got := count(t, db, query); got != want {
			t.Errorf("%s = %d, want %d", query, got, want)
		}
	}
}

func TestRecordIsMasked(t *testing.T) {
	db := open(t, t.TempDir())
	must(t, db.Accept(t.Context(), []telegram.Update{raw(1, 42)}))
	tn := turn(42, 1)
	tn.Record.Question, tn.Record.Understood = "gọi tôi 0909 123 456", "gọi tôi 0909123456"
	if _, err := db.Commit(t.Context(), 1, tn, nil); err != nil {
		t.Fatal(err)
	}
	const want = "gọi tôi [điện thoại]"
	if got := count(t, db, `SELECT count(*) FROM turns WHERE question = ? AND understood = ?`, want, want); got != 1 {
		t.Errorf("the question is not recorded as %q", want)
	}
}

func TestSessionOfAStrangerIsZero(t *testing.T) {
	db := open(t, t.TempDir())
	if got, err := db.Session(t.Context(), "nobody"); err != nil || !cmp.Equal(got, bot.Session{}) {
		t.Errorf("Session = %+v, %v; want the zero Session", got, err)
	}
}

func TestCommitRefuses(t *testing.T) {
	for _, c := range []struct {
		name    string
		update  int64
		version int
		want    error
	}{
		{"a second turn on the same session", 2, 1, telegram.ErrStale},
		{"a turn that skips one", 2, 3, telegram.ErrStale},
		{"a turn without a version", 2, 0, telegram.ErrStale},
		{"an update nobody accepted", 99, 2, errUnknownUpdate},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := open(t, t.TempDir())
			commit(t, db, 1, 42, 1)
			must(t, db.Accept(t.Context(), []telegram.Update{raw(2, 42)}))
			fresh, err := db.Commit(t.Context(), c.update, turn(42, c.version), []telegram.Outgoing{message(42, 2)})
			if fresh || !errors.Is(err, c.want) {
				t.Fatalf("Commit = %v, %v; want false, %v", fresh, err, c.want)
			}
			// Nothing of it is there, and the update still waits.
			if waiting, err := db.Waiting(t.Context(), 0, 10); err != nil || len(waiting) != 1 || waiting[0].ID != 2 {
				t.Errorf("Waiting = %v, %v; want update 2", waiting, err)
			}
			if turns, calls := count(t, db, `SELECT count(*) FROM turns`), count(t, db, `SELECT count(*) FROM outbox`); turns != 1 || calls != 1 {
				t.Errorf("%d turns and %d calls are stored, want 1 and 1", turns, calls)
			}
		})
	}
}

func TestDoneWithoutATurn(t *testing.T) {
	db := open(t, t.TempDir())
	must(t, db.Accept(t.Context(), []telegram.Update{raw(1, 42)}))
	for range 2 {
		must(t, db.Done(t.Context(), 1, message(42, 0)))
	}
	if waiting, err := db.Waiting(t.Context(), 0, 10); err != nil || len(waiting) != 0 {
		t.Errorf("Waiting = %v, %v; want none", waiting, err)
	}
	if got := len(due(t, db, time.Now())); got != 1 {
		t.Errorf("%d calls are due, want 1", got)
	}
	if err := db.Done(t.Context(), 2); !errors.Is(err, errUnknownUpdate) {
		t.Errorf("Done of an unknown update = %v, want %v", err, errUnknownUpdate)
	}
}

func TestWaitingPages(t *testing.T) {
	db := open(t, t.TempDir())
	must(t, db.Accept(t.Context(), []telegram.Update{raw(5, 1), raw(3, 2), raw(4, 1)}))
	var got []int64
	for after := int64(0); ; {
		page, err := db.Waiting(t.Context(), after, 2)
		must(t, err)
		if len(page) == 0 {
			break
		}
		for _, u := range page {
			got, after = append(got, u.ID), u.ID
		}
	}
	if diff := cmp.Diff([]int64{3, 4, 5}, got); diff != "" {
		t.Errorf("order of waiting updates (-want +got):\n%s", diff)
	}
}

// TestNoWordsOnDisk looks through the files themselves for what a person and the bot wrote.
func TestNoWordsOnDisk(t *testing.T) {
	const secret = "BIMATRIENGTU"
	dir := t.TempDir()
	db := open(t, dir)
	u := raw(1, 42)
	u.Body = []byte(`{"text":"` + secret + `"}`)
	must(t, db.Accept(t.Context(), []telegram.Update{u}))
	look := func(when string) {
		t.Helper()
		for _, name := range []string{fileName, fileName + "-wal"} {
			text, err := os.ReadFile(filepath.Join(dir, name))
			must(t, err)
			if strings.Contains(string(text), secret) {
				t.Errorf("%s: %s holds the words", when, name)
			}
		}
	}
	look("waiting")
	tn := turn(42, 1)
	tn.Session.Before = secret
	tn.Session.Screens = []bot.Screen{{Number: 1, Buttons: []bot.Button{{Label: "Hỏi", Action: bot.Action{Verb: bot.Ask, Text: secret}}}}}
	out := message(42, 1)
	out.Body = u.Body
	if _, err := db.Commit(t.Context(), 1, tn, []telegram.Outgoing{out}); err != nil {
		t.Fatal(err)
	}
	look("committed")
	if got := due(t, db, time.Now()); len(got) != 1 || string(got[0].Body) != string(u.Body) {
		t.Errorf("Due = %s, want the words back", asJSON(got))
	}
}

func TestDamagedUpdateDoesNotStopTheOthers(t *testing.T) {
	db := open(t, t.TempDir())
	must(t, db.Accept(t.Context(), []telegram.Update{raw(1, 1), raw(2, 2), raw(3, 3)}))
	// The text of another update is as wrong as a broken one: each is bound to its place.
	if _, err := db.exec(t.Context(), `UPDATE inbox SET body = (SELECT body FROM inbox WHERE update_id = 3) WHERE update_id = 2`); err != nil {
		t.Fatal(err)
	}
	waiting, err := db.Waiting(t.Context(), 0, 10)
	must(t, err)
	if len(waiting) != 2 || waiting[0].ID != 1 || waiting[1].ID != 3 {
		t.Errorf("Waiting = %s, want updates 1 and 3", asJSON(waiting))
	}
	// Not even from behind a page of which nothing is left.
	waiting, err = db.Waiting(t.Context(), 1, 1)
	must(t, err)
	if len(waiting) != 1 || waiting[0].ID != 3 {
		t.Errorf("Waiting after 1 = %s, want update 3", asJSON(waiting))
	}
}
