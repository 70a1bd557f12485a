package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"policybot/bot/telegram"
)

// queue puts calls into the outbox: for each chat named, in order, a message whose screen is its place.
func queue(t *testing.T, db *DB, chats ...int64) {
	t.Helper()
	var out []telegram.Outgoing
	for i, chat := range chats {
		out = append(out, message(chat, i+1))
	}
	must(t, db.Accept(t.Context(), []telegram.Update{raw(1000, 1)}))
	must(t, db.Done(t.Context(), 1000, out...))
}

// screens returns which calls are due, by chat and screen.
func screens(t *testing.T, db *DB, now time.Time) []string {
	t.Helper()
	var all []string
	for _, o := range due(t, db, now) {
		all = append(all, fmt.Sprintf("%d/%d", o.Chat, o.Screen))
	}
	return all
}

func wantScreens(t *testing.T, db *DB, now time.Time, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, screens(t, db, now)); diff != "" {
		t.Errorf("calls due (-want +got):\n%s", diff)
	}
}

func TestOutboxKeepsTheOrderOfEachChat(t *testing.T) {
	db := open(t, t.TempDir())
	queue(t, db, 1, 1, 2, 1, 2)
	now := time.Now()
	wantScreens(t, db, now, "1/1", "2/3")

	first := due(t, db, now)
	must(t, db.Sent(t.Context(), first[0].ID, 501, now))
	wantScreens(t, db, now, "1/2", "2/3")

	// A call that has to wait holds up its chat, and no other.
	must(t, db.Again(t.Context(), first[1].ID, now.Add(time.Minute), "429"))
	wantScreens(t, db, now, "1/2")
	if next, err := db.Next(t.Context(), now); err != nil || !next.Equal(now.Add(time.Minute).Truncate(time.Millisecond).Add(time.Millisecond)) && !next.Equal(now.Add(time.Minute)) {
		t.Errorf("Next = %v, %v; want a minute after %v", next, err, now)
	}
	wantScreens(t, db, now.Add(time.Minute+time.Millisecond), "1/2", "2/3")
	if got := due(t, db, now.Add(time.Hour))[1]; got.Tries != 1 {
		t.Errorf("Tries = %d after one Again, want 1", got.Tries)
	}

	must(t, db.Drop(t.Context(), first[1].ID, "gone"))
	wantScreens(t, db, now, "1/2", "2/5")
	if next, err := db.Next(t.Context(), now); err != nil || !next.IsZero() {
		t.Errorf("Next = %v, %v with nothing put off, want the zero time", next, err)
	}
	if got := count(t, db, `SELECT count(*) FROM outbox WHERE dropped = 1 AND reason = 'gone' AND body IS NULL`); got != 1 {
		t.Errorf("%d calls are recorded as dropped, want 1", got)
	}
}

func TestACallIsNotDueBeforeItsTime(t *testing.T) {
	db := open(t, t.TempDir())
	queue(t, db, 1)
	until := time.Now().Add(time.Second).Truncate(time.Millisecond).Add(time.Microsecond)
	must(t, db.Again(t.Context(), due(t, db, time.Now())[0].ID, until, "429"))
	wantScreens(t, db, until.Add(-time.Microsecond))
	wantScreens(t, db, until.Add(time.Millisecond), "1/1")
}

func TestWhatIsDoneStaysDone(t *testing.T) {
	for name, again := range map[string]func(db *DB, id int64) error{
		"sent":    func(db *DB, id int64) error { return db.Sent(t.Context(), id, 999, time.Now()) },
		"put off": func(db *DB, id int64) error { return db.Again(t.Context(), id, time.Now(), "late") },
		"dropped": func(db *DB, id int64) error { return db.Drop(t.Context(), id, "late") },
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t, t.TempDir())
			queue(t, db, 1)
			id := due(t, db, time.Now())[0].ID
			must(t, db.Sent(t.Context(), id, 501, time.Now()))
			must(t, again(db, id))
			must(t, again(db, id+100)) // one that never was
			wantScreens(t, db, time.Now().Add(time.Hour))
			if got, err := db.Message(t.Context(), 1, 1); err != nil || got != 501 {
				t.Errorf("Message = %d, %v; want 501", got, err)
			}
			if got := count(t, db, `SELECT count(*) FROM outbox WHERE dropped = 0 AND tries = 0 AND reason = ''`); got != 1 {
				t.Error("the call that was sent has changed")
			}
		})
	}
}

func TestMessageOfAScreen(t *testing.T) {
	db := open(t, t.TempDir())
	queue(t, db, 1)
	if got, err := db.Message(t.Context(), 1, 1); err != nil || got != 0 {
		t.Errorf("Message before it is sent = %d, %v; want 0", got, err)
	}
	must(t, db.Sent(t.Context(), due(t, db, time.Now())[0].ID, 501, time.Now()))
	for chat, want := range map[int64]int64{1: 501, 2: 0} {
		if got, err := db.Message(t.Context(), chat, 1); err != nil || got != want {
			t.Errorf("Message of chat %d = %d, %v; want %d", chat, got, err, want)
		}
	}
}

func TestDamagedCallDoesNotHoldUpItsChat(t *testing.T) {
	db := open(t, t.TempDir())
	queue(t, db, 1, 1)
	if _, err := db.exec(t.Context(), `UPDATE outbox SET body = x'00' WHERE screen = 1`); err != nil {
		t.Fatal(err)
	}
	wantScreens(t, db, time.Now())
	wantScreens(t, db, time.Now(), "1/2")
}

func TestBlocked(t *testing.T) {
	db := open(t, t.TempDir())
	queue(t, db, 1, 1, 2)
	must(t, db.Blocked(t.Context(), 1, true, time.Now()))
	wantScreens(t, db, time.Now(), "2/3")
	if got := count(t, db, `SELECT count(*) FROM chats WHERE id = 1 AND kind = 'private' AND blocked > 0`); got != 1 {
		t.Error("the chat is not marked")
	}
	must(t, db.Blocked(t.Context(), 1, false, time.Now()))
	if got := count(t, db, `SELECT count(*) FROM chats WHERE id = 1 AND blocked IS NULL`); got != 1 {
		t.Error("the mark is not taken away")
	}
	commit(t, db, 1, 1, 1)
	wantScreens(t, db, time.Now(), "2/3", "1/1")
}

func TestMoved(t *testing.T) {
	db := open(t, t.TempDir())
	queue(t, db, -1, -1, 2)
	must(t, db.Sent(t.Context(), due(t, db, time.Now())[0].ID, 501, time.Now()))
	must(t, db.Moved(t.Context(), telegram.Move{From: -1, To: -100}))
	must(t, db.Moved(t.Context(), telegram.Move{From: -100, To: -200}))
	must(t, db.Moved(t.Context(), telegram.Move{From: -200, To: -200})) // nowhere
	wantScreens(t, db, time.Now(), "-200/2", "2/3")

	// What is committed for either of the old numbers arrives as well, behind what waits.
	commit(t, db, 1, -1, 1)
	commit(t, db, 2, -100, 1)
	if got := count(t, db, `SELECT count(*) FROM outbox WHERE chat = -200 AND done IS NULL AND grouped = 1`); got != 3 {
		t.Errorf("%d calls wait for the new number, want 3", got)
	}
	if got, err := db.Message(t.Context(), -200, 1); err != nil || got != 0 {
		t.Errorf("Message = %d, %v; want 0, since the old message cannot be edited from the new number", got, err)
	}
	must(t, db.Moved(t.Context(), telegram.Move{From: -200, To: -1})) // and back, as a fault of Telegram's might have it
	wantScreens(t, db, time.Now(), "-1/2", "2/3")
	commit(t, db, 3, -200, 1)
	commit(t, db, 4, -1, 2)
	if got := count(t, db, `SELECT count(*) FROM outbox WHERE chat = -1 AND done IS NULL`); got != 5 {
		t.Errorf("%d calls wait for the first number, want 5", got)
	}
}
