package store

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"policybot/bot/telegram"
)

// holdEnv names the directory that a second process of this test opens and holds.
const holdEnv = "STORE_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdEnv); dir != "" {
		hold(dir)
	}
	if dir := os.Getenv(workEnv); dir != "" {
		work(dir)
	}
	// Each check of a property opens several databases; the command line may ask for more.
	if err := flag.Set("rapid.checks", "40"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// hold is a service that stores an update, says so, and works on until it is killed.
func hold(dir string) {
	ctx := context.Background()
	db, err := Open(ctx, discard, dir, Options{Key: testKey})
	if err == nil {
		err = db.Accept(ctx, []telegram.Update{raw(1, 1)})
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("holding")
	io.Copy(io.Discard, os.Stdin) // until its parent is gone, should the kill not come
	os.Exit(0)
}

func openFails(t *testing.T, dir string, opt Options) string {
	t.Helper()
	db, err := Open(t.Context(), discard, dir, opt)
	if err == nil {
		db.Close()
		t.Fatal("Open succeeded, want an error")
	}
	return err.Error()
}

func wantAll(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not say %q", text, part)
		}
	}
}

func TestSecondServiceIsRefusedUntilTheFirstIsDead(t *testing.T) {
	dir := t.TempDir()
	first := exec.Command(os.Args[0])
	first.Env = append(os.Environ(), holdEnv+"="+dir)
	stdin, err := first.StdinPipe()
	must(t, err)
	defer stdin.Close()
	stdout, err := first.StdoutPipe()
	must(t, err)
	must(t, first.Start())
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil || line != "holding\n" {
		t.Fatalf("the first service said %q, %v", line, err)
	}

	host, err := os.Hostname()
	must(t, err)
	wantAll(t, openFails(t, dir, Options{Key: testKey}),
		"another service", fmt.Sprintf("process %d on host %s since 20", first.Process.Pid, host))
	wantAll(t, fmt.Sprint(Restore(t.Context(), "no file", dir)), "no such file")

	// Tools may work beside it.
	tool := openWith(t, dir, Options{Beside: true})
	must(t, tool.Writable(t.Context()))
	must(t, tool.Backup(t.Context(), filepath.Join(t.TempDir(), "copy")))
	if _, err := tool.Waiting(t.Context(), 0, 1); err != nil {
		t.Errorf("Waiting without a key = %v, want no error and no words", err)
	}
	must(t, tool.Close())

	must(t, first.Process.Kill())
	first.Wait() // says that it was killed
	// The lock file is still there and says who held it; the kernel knows better.
	db := open(t, dir)
	if waiting, err := db.Waiting(t.Context(), 0, 10); err != nil || len(waiting) != 1 {
		t.Errorf("Waiting after the kill = %s, %v; want the update", asJSON(waiting), err)
	}
}

func TestOpenRefuses(t *testing.T) {
	other := testKey[1:] + "x"
	for _, c := range []struct {
		name    string
		prepare func(t *testing.T, dir string)
		opt     Options
		says    []string
	}{
		{"a wrong key", made, Options{Key: other}, []string{"wrong key", "new data directory"}},
		{"a tool with a wrong key", made, Options{Key: other, Beside: true}, []string{"wrong key"}},
		{"a short key", nothing, Options{Key: "short"}, []string{"5 characters", "32"}},
		{"no key", nothing, Options{}, []string{"0 characters", "32"}},
		{"a bad sync", nothing, Options{Key: testKey, Sync: "off"}, []string{`"off"`, "normal", "full"}},
		{"a tool where nothing is", nothing, Options{Beside: true}, []string{"no database"}},
		{"a newer database", func(t *testing.T, dir string) {
			made(t, dir)
			alter(t, dir, `PRAGMA user_version = 999`)
		}, Options{Key: testKey}, []string{"version 999", "newer program"}},
		{"a tool before the migration", func(t *testing.T, dir string) {
			made(t, dir)
			alter(t, dir, `PRAGMA user_version = 0`)
		}, Options{Beside: true}, []string{"version 0", "start the service"}},
		{"another program's database", func(t *testing.T, dir string) {
			made(t, dir)
			alter(t, dir, `PRAGMA application_id = 7`)
		}, Options{Key: testKey}, []string{"another program"}},
		{"a file that is no database", func(t *testing.T, dir string) {
			must(t, os.WriteFile(filepath.Join(dir, fileName), []byte(strings.Repeat("no database ", 1000)), 0o600))
		}, Options{Key: testKey}, []string{"damaged", "backup"}},
		{"a directory that is a file", func(t *testing.T, dir string) {
			must(t, os.Remove(dir))
			must(t, os.WriteFile(dir, nil, 0o600))
		}, Options{Key: testKey}, []string{"data directory"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			must(t, os.Mkdir(dir, 0o700))
			c.prepare(t, dir)
			got := openFails(t, dir, c.opt)
			wantAll(t, got, c.says...)
			if strings.Contains(got, string(c.opt.Key)) && c.opt.Key != "" && c.opt.Key != "short" {
				t.Errorf("%q tells the key", got)
			}
		})
	}
}

func nothing(*testing.T, string) {}

func made(t *testing.T, dir string) { must(t, open(t, dir).Close()) }

// alter changes a closed database behind its back.
func alter(t *testing.T, dir, query string) {
	t.Helper()
	db := openWith(t, dir, Options{Beside: true})
	_, err := db.w.ExecContext(t.Context(), query)
	must(t, err)
	must(t, db.Close())
}

func TestOpenAgainKeepsEverything(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dữ liệu & 100% ? #1")
	db := open(t, dir)
	commit(t, db, 1, 42, 1)
	must(t, db.Close())
	db = openWith(t, dir, Options{Key: testKey, Sync: Full})
	if s, err := db.Session(t.Context(), person(42)); err != nil || s.Version != 1 {
		t.Errorf("Session = %+v, %v; want version 1", s, err)
	}
	newest, err := fs.Glob(migrations, "migrations/*.sql")
	must(t, err)
	if got := count(t, db, `SELECT user_version FROM pragma_user_version`); got != len(newest) {
		t.Errorf("the database is at version %d, not %d", got, len(newest))
	}
}

// TestAnOlderDatabaseIsBroughtUpToDate: what a first version kept is there after the migrations, also
// where it came out of a backup.
func TestAnOlderDatabaseIsBroughtUpToDate(t *testing.T) {
	dir, restored := t.TempDir(), filepath.Join(t.TempDir(), "data")
	db := open(t, dir)
	commit(t, db, 1, 42, 1)
	must(t, db.Close())
	alter(t, dir, `DROP INDEX sessions_facts; ALTER TABLE sessions DROP COLUMN facts_end; DROP TABLE trials;
		DROP TABLE referral_cards; DROP TABLE referral_events; DROP TABLE referrals; DROP TABLE desks; DROP TABLE officers; DROP TABLE addresses;
		DROP TABLE block_events; PRAGMA user_version = 1`)
	must(t, Restore(t.Context(), filepath.Join(dir, fileName), restored))
	wantAll(t, openFails(t, restored, Options{Beside: true}), "version 1", "start the service")
	db = open(t, restored)
	if s, err := db.Session(t.Context(), person(42)); err != nil || s.Version != 1 {
		t.Errorf("Session = %+v, %v; want version 1", s, err)
	}
	if n := count(t, db, `SELECT count(*) FROM turns`); n != 1 {
		t.Errorf("%d turns, want the one of before", n)
	}
	commit(t, db, 2, 42, 2)
	must(t, db.Forget(t.Context(), time.Now()))
	if _, err := db.Table(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestFilesAreForTheirOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	db := open(t, dir)
	commit(t, db, 1, 42, 1)
	copied := filepath.Join(t.TempDir(), "copy")
	must(t, db.Backup(t.Context(), copied))
	for _, path := range []string{dir, db.path, db.path + "-wal", copied} {
		info, err := os.Stat(path)
		must(t, err)
		if open := info.Mode().Perm() & 0o077; open != 0 {
			t.Errorf("%s has mode %o", path, info.Mode().Perm())
		}
	}
}

func TestKeyIsNotPrinted(t *testing.T) {
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("key", "key", testKey, "options", Options{Key: testKey})
	for _, text := range []string{fmt.Sprint(testKey), fmt.Sprintf("%v %+v %#v %s %q", testKey, Options{Key: testKey}, Options{Key: testKey}, testKey, testKey), log.String()} {
		if strings.Contains(text, string(testKey)) {
			t.Errorf("%s tells the key", text)
		}
	}
}
