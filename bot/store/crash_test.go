package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"policybot/bot/telegram"
)

// A world is the database beside what it should hold. Between two steps the process may die.
type world struct {
	t   *testing.T
	db  *DB
	now time.Time // of the sender; commits use the real clock, which is earlier

	waiting  map[int64]int64    // updates that are accepted and not done, and their chat
	finished map[int64]bool     // updates that are done
	versions map[int64]int      // of the sessions, by chat
	turns    map[int64]int64    // updates that had a turn, and their chat
	queues   map[int64][]string // calls that wait, by chat
	putOff   map[string]time.Time
	closed   map[string]string // calls that are done: "sent" or "dropped"
}

func newWorld(t *testing.T) *world {
	return &world{t: t, db: openQuick(t, t.TempDir()), now: time.Now().Add(time.Hour).Truncate(time.Second),
		waiting: map[int64]int64{}, finished: map[int64]bool{}, versions: map[int64]int{}, turns: map[int64]int64{},
		queues: map[int64][]string{}, putOff: map[string]time.Time{}, closed: map[string]string{}}
}

// openQuick does not wait for the disk: what dies here is a process, not the machine.
func openQuick(t *testing.T, dir string) *DB {
	db := open(t, dir)
	pragma(t, db, `synchronous = off`)
	return db
}

var anUpdate = rapid.Int64Range(1, 30)

func chatOf(update int64) int64 { return update%4 + 1 }

// calls are what an update leads to; each is named in its method.
func calls(update int64, n int) (out []telegram.Outgoing) {
	for i := range n {
		o := message(chatOf(update), int(update)*10+i)
		o.Method = fmt.Sprintf("%d.%d", update, i)
		out = append(out, o)
	}
	return out
}

func (w *world) accept(t *rapid.T) {
	ids := rapid.SliceOfN(anUpdate, 1, 5).Draw(t, "updates")
	var updates []telegram.Update
	for _, id := range ids {
		updates = append(updates, raw(id, chatOf(id)))
	}
	must(w.t, w.db.Accept(w.t.Context(), updates))
	for _, id := range ids {
		if !w.finished[id] {
			w.waiting[id] = chatOf(id)
		}
	}
}

// commit tries a turn on any update: waiting, done, or never accepted; on the right session or not.
func (w *world) commit(t *rapid.T) {
	id := anUpdate.Draw(t, "update")
	chat, out := chatOf(id), calls(id, rapid.IntRange(0, 3).Draw(t, "calls"))
	shift := rapid.SampledFrom([]int{0, 0, 0, 0, -1, 1}).Draw(t, "version shift")
	fresh, err := w.db.Commit(w.t.Context(), id, turn(chat, w.versions[chat]+1+shift), out)
	_, waits := w.waiting[id]
	switch {
	case !waits && !w.finished[id]:
		if !errors.Is(err, errUnknownUpdate) {
			t.Fatalf("Commit of unknown update %d = %v, %v", id, fresh, err)
		}
	case !waits:
		if fresh || err != nil {
			t.Fatalf("Commit of finished update %d = %v, %v", id, fresh, err)
		}
	case shift != 0:
		if fresh || !errors.Is(err, telegram.ErrStale) {
			t.Fatalf("Commit of update %d on a stale session = %v, %v", id, fresh, err)
		}
	default:
		if !fresh || err != nil {
			t.Fatalf("Commit of update %d = %v, %v", id, fresh, err)
		}
		w.versions[chat]++
		w.turns[id] = chat
		w.finish(id, out)
	}
}

func (w *world) done(t *rapid.T) {
	id := anUpdate.Draw(t, "update")
	out := calls(id, rapid.IntRange(0, 2).Draw(t, "calls"))
	err := w.db.Done(w.t.Context(), id, out...)
	if _, waits := w.waiting[id]; waits {
		w.finish(id, out)
	} else if !w.finished[id] && !errors.Is(err, errUnknownUpdate) || w.finished[id] && err != nil {
		t.Fatalf("Done of update %d = %v", id, err)
	}
}

func (w *world) finish(id int64, out []telegram.Outgoing) {
	delete(w.waiting, id)
	w.finished[id] = true
	for _, o := range out {
		w.queues[o.Chat] = append(w.queues[o.Chat], o.Method)
	}
}

// deliver does to one of the due calls what the sender may do, sometimes twice.
func (w *world) deliver(t *rapid.T) {
	due, err := w.db.Due(w.t.Context(), w.now, 100)
	must(w.t, err)
	if len(due) == 0 {
		t.Skip("nothing is due")
	}
	o := rapid.SampledFrom(due).Draw(t, "call")
	how := rapid.SampledFrom([]string{"sent", "sent", "sent", "again", "dropped"}).Draw(t, "how")
	for range rapid.IntRange(1, 2).Draw(t, "times") {
		switch how {
		case "sent":
			must(w.t, w.db.Sent(w.t.Context(), o.ID, o.ID+1000, w.now))
		case "dropped":
			must(w.t, w.db.Drop(w.t.Context(), o.ID, "refused"))
		case "again":
			w.putOff[o.Method] = w.now.Add(time.Minute)
			must(w.t, w.db.Again(w.t.Context(), o.ID, w.putOff[o.Method], "429"))
		}
	}
	if how == "again" {
		return
	}
	w.queues[o.Chat] = w.queues[o.Chat][1:]
	w.closed[o.Method] = how
}

func (w *world) wait(*rapid.T) { w.now = w.now.Add(40 * time.Second) }

// die goes on with the files as a dead process leaves them.
func (w *world) die(t *rapid.T) {
	if rapid.Bool().Draw(t, "within a transaction") {
		w.dieWithin()
		return
	}
	w.goOn(w.snapshot())
}

// dieWithin dies in the midst of a turn's transaction, after everything but the commit.
func (w *world) dieWithin() {
	ids := slices.Sorted(maps.Keys(w.waiting))
	if len(ids) == 0 {
		return
	}
	id := ids[0]
	chat, dir, now := chatOf(id), "", time.Now()
	died := errors.New("died")
	err := w.db.update(w.t.Context(), func(tx tx) error {
		if _, err := finish(w.t.Context(), tx, id, now); err != nil {
			return err
		}
		tn := turn(chat, w.versions[chat]+1)
		if err := w.db.saveSession(w.t.Context(), tx, person(chat), tn.Session, now); err != nil {
			return err
		}
		if err := saveRecord(w.t.Context(), tx, id, tn, now); err != nil {
			return err
		}
		if err := w.db.enqueue(w.t.Context(), tx, calls(id, 2), now); err != nil {
			return err
		}
		dir = w.snapshot()
		return died
	})
	if !errors.Is(err, died) {
		w.t.Fatal(err)
	}
	w.goOn(dir)
}

// snapshot copies the files as they are. The shared memory is not copied: it dies with its last user.
func (w *world) snapshot() string {
	dir := w.t.TempDir()
	for _, name := range []string{fileName, fileName + "-wal"} {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(w.db.path), name))
		must(w.t, err)
		must(w.t, os.WriteFile(filepath.Join(dir, name), text, 0o600))
	}
	return dir
}

func (w *world) goOn(dir string) {
	must(w.t, w.db.Close())
	w.db = openQuick(w.t, dir)
}

// check compares everything that can be asked with what should be.
func (w *world) check(t *rapid.T) {
	ctx := w.t.Context()
	waiting, err := w.db.Waiting(ctx, 0, 1000)
	must(w.t, err)
	var ids []int64
	for _, u := range waiting {
		ids = append(ids, u.ID)
		if want := raw(u.ID, chatOf(u.ID)); !cmp.Equal(u, want) {
			t.Fatalf("update %d has become %s", u.ID, u.Body)
		}
	}
	if want := slices.Sorted(maps.Keys(w.waiting)); !slices.Equal(ids, want) {
		t.Fatalf("updates %v wait, want %v", ids, want)
	}
	for chat := int64(1); chat <= 4; chat++ {
		if s, err := w.db.Session(ctx, person(chat)); err != nil || s.Version != w.versions[chat] {
			t.Fatalf("session of chat %d has version %d, %v; want %d", chat, s.Version, err, w.versions[chat])
		}
	}
	turns, err := collect(ctx, w.db.r, scan[int64], `SELECT update_id FROM turns ORDER BY update_id`)
	must(w.t, err)
	if want := slices.Sorted(maps.Keys(w.turns)); !slices.Equal(turns, want) {
		t.Fatalf("updates %v had a turn, want %v", turns, want)
	}
	w.checkOutbox(t)
}

func (w *world) checkOutbox(t *rapid.T) {
	var heads, rows []string
	for _, queue := range w.queues {
		if len(queue) > 0 && !w.putOff[queue[0]].After(w.now) {
			heads = append(heads, queue[0])
		}
		for _, call := range queue {
			rows = append(rows, call+" waits")
		}
	}
	for call, how := range w.closed {
		rows = append(rows, call+" "+how)
	}
	slices.Sort(heads)
	slices.Sort(rows)
	due, err := w.db.Due(w.t.Context(), w.now, 1000)
	must(w.t, err)
	var got []string
	for _, o := range due {
		got = append(got, o.Method)
	}
	slices.Sort(got)
	if !slices.Equal(got, heads) {
		t.Fatalf("calls %v are due, want %v", got, heads)
	}
	stored, err := collect(w.t.Context(), w.db.r, scan[string],
		`SELECT method || CASE WHEN done IS NULL THEN ' waits' WHEN dropped THEN ' dropped' ELSE ' sent' END FROM outbox`)
	must(w.t, err)
	slices.Sort(stored)
	if !slices.Equal(stored, rows) {
		t.Fatalf("the outbox holds %v, want %v", stored, rows)
	}
}

// TestAnyInterleaving takes steps of the receiver, the conversation and the sender in any order, with
// repeats, stale sessions and deaths between and within them: nothing is lost, nothing doubled, and
// each chat keeps its order.
func TestAnyInterleaving(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		defer func() { must(t, w.db.Close()) }()
		rt.Repeat(map[string]func(*rapid.T){
			"accept": w.accept, "commit": w.commit, "commit another": w.commit, "done": w.done,
			"deliver": w.deliver, "deliver another": w.deliver, "wait": w.wait,
			"die": w.die, "check": w.check,
		})
		w.check(rt)
	})
}

// TestManyAtOnce lets several receivers, conversations and senders work at the same time.
func TestManyAtOnce(t *testing.T) {
	const chats, perChat = 8, 12
	db := open(t, t.TempDir())
	var wg sync.WaitGroup
	for range 2 { // each update comes in twice
		wg.Go(func() {
			for n := range int64(chats * perChat) {
				if err := db.Accept(t.Context(), []telegram.Update{raw(n+1, n%chats+1)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for chat := int64(1); chat <= chats; chat++ {
		for range 2 { // each chat is worked on by two, who must not both answer
			wg.Go(func() { converse(t, db, chat) })
		}
	}
	sent := make(map[int64][]int)
	wg.Go(func() {
		for left := chats * perChat; left > 0; {
			out, err := db.Due(t.Context(), time.Now().Add(time.Second), 100)
			if err != nil {
				t.Error(err)
				return
			}
			for _, o := range out {
				sent[o.Chat] = append(sent[o.Chat], o.Screen)
				if err := db.Sent(t.Context(), o.ID, o.ID, time.Now()); err != nil {
					t.Error(err)
				}
				left--
			}
		}
	})
	wg.Wait()
	for chat, screens := range sent {
		if !slices.IsSorted(screens) || len(slices.Compact(screens)) != perChat {
			t.Errorf("chat %d was sent %v, want 1 to %d in order", chat, screens, perChat)
		}
	}
	if got := count(t, db, `SELECT count(*) FROM turns`); got != chats*perChat {
		t.Errorf("%d turns, want %d", got, chats*perChat)
	}
}

// converse commits a turn for each update of a chat, beside another that does the same.
func converse(t *testing.T, db *DB, chat int64) {
	for {
		waiting, err := db.Waiting(t.Context(), 0, 1000)
		if err != nil {
			t.Error(err)
			return
		}
		waiting = slices.DeleteFunc(waiting, func(u telegram.Update) bool { return u.Chat != chat })
		if len(waiting) == 0 {
			return
		}
		s, err := db.Session(t.Context(), person(chat))
		if err != nil {
			t.Error(err)
			return
		}
		_, err = db.Commit(t.Context(), waiting[0].ID, turn(chat, s.Version+1), []telegram.Outgoing{message(chat, s.Version+1)})
		if err != nil && !errors.Is(err, telegram.ErrStale) {
			t.Error(err)
			return
		}
	}
}

// workEnv names the directory in which a second process of this test commits turns until it is killed.
const workEnv = "STORE_TEST_WORK"

// work commits one turn after the other, and says which are committed.
func work(dir string) {
	ctx := context.Background()
	db, err := Open(ctx, discard, dir, Options{Key: testKey})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	s, err := db.Session(ctx, person(1))
	for v := s.Version + 1; err == nil; v++ {
		if err = db.Accept(ctx, []telegram.Update{raw(int64(v), 1), raw(int64(v)+1, 1)}); err != nil {
			break
		}
		if _, err = db.Commit(ctx, int64(v), turn(1, v), []telegram.Outgoing{message(1, v)}); err == nil {
			fmt.Println("committed", v)
		}
	}
	fmt.Println(err)
	os.Exit(1)
}

// TestKilled kills a working process again and again. What it said is there is there, at most one
// turn more, and of each turn everything.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	said := 0
	for round := range 5 {
		worker := exec.Command(os.Args[0])
		worker.Env = append(os.Environ(), workEnv+"="+dir)
		stdout, err := worker.StdoutPipe()
		must(t, err)
		must(t, worker.Start())
		lines := bufio.NewScanner(stdout)
		for n := 0; lines.Scan(); n++ {
			if _, err := fmt.Sscanf(lines.Text(), "committed %d", &said); err != nil {
				t.Fatalf("the worker said %q", lines.Text())
			}
			if n == 3+7*round {
				must(t, worker.Process.Kill())
			}
		}
		worker.Wait() // says that it was killed

		db := open(t, dir)
		s, err := db.Session(t.Context(), person(1))
		must(t, err)
		if s.Version != said && s.Version != said+1 {
			t.Fatalf("session has version %d after %d commits were said", s.Version, said)
		}
		for _, query := range []string{`SELECT count(*) FROM turns`, `SELECT count(*) FROM outbox`,
			`SELECT count(*) FROM inbox WHERE done IS NOT NULL`, `SELECT max(screen) FROM outbox`} {
			if got := count(t, db, query); got != s.Version {
				t.Errorf("%s = %d, want %d", query, got, s.Version)
			}
		}
		var verdict string
		must(t, db.r.QueryRowContext(t.Context(), `PRAGMA integrity_check`).Scan(&verdict))
		if !strings.EqualFold(verdict, "ok") {
			t.Error(verdict)
		}
		must(t, db.Close())
	}
}
