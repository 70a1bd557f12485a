// Package store keeps everything that must survive the process, in one SQLite database: updates
// that came in, calls that are to go out, conversations, and the record of each turn. It is the
// only package that knows SQL.
//
// One connection writes and a few read. What may hold a person's words (updates, sessions, calls)
// is sealed with a key that is not in the database, and blanked as soon as it has served.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	_ "modernc.org/sqlite" // the driver
)

const (
	fileName = "policybot.db"
	lockName = "policybot.lock"
)

// Sync says what a committed transaction survives.
type Sync string

// The degrees of Sync. Empty is Normal.
const (
	Normal Sync = "normal" // the death of the process
	Full   Sync = "full"   // the loss of power too; each commit waits for the disk
)

// Options are the choices of [Open].
type Options struct {
	Sync Sync
	// Key seals what people wrote. A service needs one, of at least 32 characters, the same each
	// time; a tool that reads no sealed text may leave it empty.
	Key Key
	// Beside opens the database next to a service that may be running, for a tool: it takes no
	// instance lock, creates nothing and migrates nothing.
	Beside bool
}

// DB is an open database. Its methods may be called from several goroutines.
type DB struct {
	w    *sql.DB // one connection, every transaction immediate
	r    *sql.DB // read-only
	lg   *slog.Logger
	path string
	seal *sealer // nil: opened without a key
	hot  map[string]*sql.Stmt
	lock *instance
}

// Open opens the database in dir, and creates both where they are missing. A second service on the
// same dir is refused with the name of the first. The caller closes the DB.
func Open(ctx context.Context, lg *slog.Logger, dir string, opt Options) (_ *DB, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	if opt, err = opt.checked(); err != nil {
		return nil, err
	}
	db := &DB{lg: lg, path: filepath.Join(dir, fileName)}
	defer func() {
		if err != nil {
			db.Close()
		}
	}()
	if err := db.claim(dir, opt); err != nil {
		return nil, err
	}
	if err := db.connect(ctx, opt); err != nil {
		return nil, fmt.Errorf("open database: %w", db.explain(err))
	}
	if err := db.unlock(ctx, opt); err != nil {
		return nil, fmt.Errorf("open database: %w", db.explain(err))
	}
	if err := db.prepare(ctx); err != nil {
		return nil, fmt.Errorf("open database: %w", db.explain(err))
	}
	return db, nil
}

func (opt Options) checked() (Options, error) {
	switch opt.Sync {
	case "":
		opt.Sync = Normal
	case Normal, Full:
	default:
		return opt, fmt.Errorf("sync %q: want %s or %s", opt.Sync, Normal, Full)
	}
	if opt.Key == "" && opt.Beside {
		return opt, nil
	}
	return opt, opt.Key.check()
}

// claim makes sure that the database file exists and, for a service, that it is the only one.
func (db *DB) claim(dir string, opt Options) (err error) {
	if opt.Beside {
		if _, err := os.Stat(db.path); err != nil {
			return fmt.Errorf("no database to work on, start the service once or name another data directory: %w", err)
		}
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	if db.lock, err = claimInstance(filepath.Join(dir, lockName)); err != nil {
		return err
	}
	// SQLite would create the file readable by everybody; its companions take the mode over.
	f, err := os.OpenFile(db.path, os.O_CREATE|os.O_RDONLY, 0o600)
	if err != nil {
		return fmt.Errorf("create database: %w", err)
	}
	return f.Close()
}

func (db *DB) connect(ctx context.Context, opt Options) (err error) {
	if db.w, err = sql.Open("sqlite", db.source("_txlock=immediate&_journal_mode=WAL&_pragma=secure_delete(1)"+
		"&_pragma=journal_size_limit(67108864)&_synchronous="+string(opt.Sync))); err != nil {
		return err
	}
	db.w.SetMaxOpenConns(1)
	db.w.SetConnMaxLifetime(0)
	if err := db.w.PingContext(ctx); err != nil {
		return err
	}
	if err := db.migrate(ctx, opt.Beside); err != nil {
		return err
	}
	if db.r, err = sql.Open("sqlite", db.source("mode=ro")); err != nil {
		return err
	}
	readers := max(2, runtime.NumCPU())
	db.r.SetMaxOpenConns(readers)
	db.r.SetMaxIdleConns(readers)
	return db.r.PingContext(ctx)
}

func (db *DB) source(query string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(db.path), RawQuery: common + query}
	return u.String()
}

// Backups and tools are other processes: a writer waits for them this long.
const common = "_busy_timeout=5000&_foreign_keys=on&_dqs=0&"

// Close ends the use of the database, and lets another service have it. A second Close does
// nothing.
func (db *DB) Close() error {
	var errs []error
	if db.r != nil {
		errs = append(errs, db.r.Close())
	}
	if db.w != nil {
		errs = append(errs, db.w.Close())
	}
	if db.lock != nil {
		errs = append(errs, db.lock.release())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}
