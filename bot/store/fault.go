package store

import (
	"errors"
	"fmt"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// explain adds to a failure of SQLite what to do about it.
func (db *DB) explain(err error) error {
	failure, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	advice := ""
	switch failure.Code() & 0xff { // the family of the extended code
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		advice = "another program has held the database for too long: end the tool that works on " + db.path
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		advice = "the database cannot be written: give the service's user write access to " + filepath.Dir(db.path)
	case sqlite3.SQLITE_FULL:
		advice = "no space is left: free some on the disk of " + filepath.Dir(db.path) + ", the service then goes on by itself"
	case sqlite3.SQLITE_IOERR:
		advice = "the disk is failing or full: look at the disk of " + filepath.Dir(db.path)
	case sqlite3.SQLITE_CANTOPEN:
		advice = "the database cannot be opened: look at the owner and the mode of " + filepath.Dir(db.path)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		advice = "the database is damaged: keep it aside and restore the latest backup into " + filepath.Dir(db.path)
	default:
		return err
	}
	return fmt.Errorf("%s: %w", advice, err)
}
