package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Backup writes a copy of the database to file, which must not exist, while others go on using it.
// The copy is complete or not there. It does not hold the key.
func (db *DB) Backup(ctx context.Context, file string) error {
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("backup: %s exists already: name another file", file)
	}
	part, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".part-*") // readable by its owner only
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer os.Remove(part.Name()) // gone already if all went well
	defer part.Close()
	// An empty file is as good as none to VACUUM INTO, and keeps its mode.
	if _, err := db.r.ExecContext(ctx, `VACUUM INTO ?`, part.Name()); err != nil {
		return fmt.Errorf("backup: %w", db.explain(err))
	}
	if err := part.Sync(); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := CheckBackup(ctx, part.Name()); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := os.Rename(part.Name(), file); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

// CheckBackup reads a whole backup and returns what is wrong with it.
func CheckBackup(ctx context.Context, file string) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		return err
	}
	db := &DB{path: path}
	if db.r, err = sql.Open("sqlite", db.source("mode=ro&immutable=1")); err != nil {
		return err
	}
	defer db.r.Close()
	if err := db.sound(ctx); err != nil {
		return fmt.Errorf("%s cannot be used as a backup: %w", file, err)
	}
	return nil
}

func (db *DB) sound(ctx context.Context) error {
	n, err := version(ctx, db.r)
	if err != nil {
		return err
	}
	if n == 0 {
		return errors.New("it is empty")
	}
	var verdict string
	if err := db.r.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return errors.New(verdict)
	}
	var orphans int
	if err := db.r.QueryRowContext(ctx, `SELECT count(*) FROM pragma_foreign_key_check`).Scan(&orphans); err != nil {
		return err
	}
	if orphans > 0 {
		return fmt.Errorf("%d rows belong to nothing", orphans)
	}
	return nil
}

// Restore puts a checked backup into dir, where no service may be running and no database may be:
// what is there has to be moved away first, so that nothing is overwritten by mistake.
func Restore(ctx context.Context, file, dir string) error {
	if err := CheckBackup(ctx, file); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	lock, err := claimInstance(filepath.Join(dir, lockName))
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer lock.release()
	path := filepath.Join(dir, fileName)
	for _, old := range []string{path, path + "-wal", path + "-shm"} {
		if _, err := os.Lstat(old); !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("restore: %s is there already: move it away, with -wal and -shm of the same name", old)
		}
	}
	if err := copyFile(file, path); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return nil
}

// copyFile makes path appear only once it is complete and on the disk.
func copyFile(from, path string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	part, err := os.CreateTemp(filepath.Dir(path), fileName+".part-*")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name()) // gone already if all went well
	defer part.Close()
	if _, err := io.Copy(part, in); err != nil {
		return err
	}
	if err := part.Sync(); err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}
