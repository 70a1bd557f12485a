package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"policybot/bot/telegram"
)

// A fault makes the database unusable for writing, and undoes that.
type fault struct {
	name   string
	begin  func(t *testing.T, db *DB) (end func())
	code   int      // of SQLite
	advice []string // what the error says to do
}

var faults = []fault{
	{"locked by another program", func(t *testing.T, db *DB) func() {
		pragma(t, db, `busy_timeout = 1`)
		tool := openWith(t, filepath.Dir(db.path), Options{Beside: true})
		tx, err := tool.w.BeginTx(t.Context(), nil)
		must(t, err)
		return func() { must(t, tx.Rollback()) }
	}, sqlite3.SQLITE_BUSY, []string{"another program", fileName}},
	{"read-only", func(t *testing.T, db *DB) func() {
		pragma(t, db, `query_only = on`)
		return func() { pragma(t, db, `query_only = off`) }
	}, sqlite3.SQLITE_READONLY, []string{"write access"}},
	{"full", func(t *testing.T, db *DB) func() {
		pragma(t, db, `max_page_count = 1`) // SQLite takes the present size instead
		return func() { pragma(t, db, `max_page_count = 1000000`) }
	}, sqlite3.SQLITE_FULL, []string{"no space", "free some"}},
}

func pragma(t *testing.T, db *DB, setting string) {
	t.Helper()
	_, err := db.w.ExecContext(t.Context(), `PRAGMA `+setting)
	must(t, err)
}

// large fills pages, so that a full database cannot take it in.
func large(id, chat int64) telegram.Update {
	u := raw(id, chat)
	u.Body = append(u.Body, make([]byte, 1<<16)...)
	return u
}

func TestNothingIsAcknowledgedThatIsNotStored(t *testing.T) {
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			db := open(t, t.TempDir())
			must(t, db.Accept(t.Context(), []telegram.Update{raw(1, 1)}))
			out := message(1, 1)
			out.Body = large(1, 1).Body
			end := f.begin(t, db)

			err := db.Accept(t.Context(), []telegram.Update{raw(2, 2), large(3, 3)})
			f.check(t, "Accept", err)
			fresh, err := db.Commit(t.Context(), 1, turn(1, 1), []telegram.Outgoing{out})
			f.check(t, "Commit", err)
			if fresh {
				t.Error("Commit says that it has written")
			}
			if f.code != sqlite3.SQLITE_FULL { // a full one can still write a few bytes in place
				f.check(t, "Writable", db.Writable(t.Context()))
			}
			// Reading goes on, and shows the state before.
			waiting, err := db.Waiting(t.Context(), 0, 10)
			if err != nil || len(waiting) != 1 || waiting[0].ID != 1 {
				t.Errorf("Waiting = %d updates, %v; want update 1 alone", len(waiting), err)
			}

			end()
			must(t, db.Writable(t.Context()))
			must(t, db.Accept(t.Context(), []telegram.Update{raw(2, 2), large(3, 3)}))
			if fresh, err := db.Commit(t.Context(), 1, turn(1, 1), []telegram.Outgoing{out}); err != nil || !fresh {
				t.Errorf("Commit afterwards = %v, %v; want true, nil", fresh, err)
			}
		})
	}
}

func (f fault) check(t *testing.T, call string, err error) {
	t.Helper()
	failure, ok := errors.AsType[*sqlite.Error](err)
	if !ok || failure.Code()&0xff != f.code {
		t.Fatalf("%s = %v, want SQLite's code %d", call, err, f.code)
	}
	wantAll(t, err.Error(), f.advice...)
}

func TestWaitingForALockEndsWithTheContext(t *testing.T) {
	db := open(t, t.TempDir())
	tool := openWith(t, filepath.Dir(db.path), Options{Beside: true})
	tx, err := tool.w.BeginTx(t.Context(), nil)
	must(t, err)
	defer tx.Rollback()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.Writable(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Writable = %v, want %v", err, context.Canceled)
	}
}

func TestReadOnlyDirectory(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("modes of files do not bind root")
	}
	dir := t.TempDir()
	made(t, dir)
	must(t, os.Chmod(dir, 0o500))
	defer os.Chmod(dir, 0o700)
	must(t, os.Chmod(filepath.Join(dir, fileName), 0o400))
	must(t, os.Chmod(filepath.Join(dir, lockName), 0o400))
	wantAll(t, openFails(t, dir, Options{Key: testKey}), "write access")
}

func TestDamagedFileIsSaid(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	commit(t, db, 1, 1, 1)
	must(t, db.Close())
	text, err := os.ReadFile(db.path)
	must(t, err)
	copy(text[100:], strings.Repeat("x", 4000)) // the schema
	must(t, os.WriteFile(db.path, text, 0o600))
	wantAll(t, openFails(t, dir, Options{Key: testKey}), "damaged", "restore")
}
