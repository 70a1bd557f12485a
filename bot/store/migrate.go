package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

// Migrations are numbered from 0001 without a gap, and never edited after a release.
//
//go:embed migrations/*.sql
var migrations embed.FS

// application marks our files in SQLite's header ("PBot"), so that no other database is taken for one.
const application = 0x50426f74

// migrate brings the database to the newest version. Each step is a transaction of its own, so an
// interrupted start goes on where it stopped. A tool beside a service only checks.
func (db *DB) migrate(ctx context.Context, checkOnly bool) error {
	names, err := fs.Glob(migrations, "migrations/*.sql") // sorted by name
	if err != nil {
		return err
	}
	have, err := version(ctx, db.w)
	if err != nil {
		return err
	}
	if have > len(names) {
		return fmt.Errorf("the database has version %d and this program knows up to %d: use the newer program", have, len(names))
	}
	if checkOnly && have < len(names) {
		return fmt.Errorf("the database has version %d and this program wants %d: start the service of this version once", have, len(names))
	}
	for i := have; i < len(names); i++ {
		if err := db.step(ctx, names[i], i); err != nil {
			return fmt.Errorf("migration %s: %w", names[i], err)
		}
	}
	return nil
}

// version returns the number of the last migration; 0 for an empty database.
func version(ctx context.Context, q *sql.DB) (n int, err error) {
	var app, tables int
	err = q.QueryRowContext(ctx, `SELECT u.user_version, a.application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version u, pragma_application_id a`).Scan(&n, &app, &tables)
	if err == nil && app != application && (n != 0 || tables != 0) {
		err = errors.New("this is the database of another program")
	}
	return n, err
}

func (db *DB) step(ctx context.Context, name string, from int) error {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	return db.update(ctx, func(tx tx) error {
		stamp := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", application, from+1)
		_, err := tx.exec(ctx, string(text)+stamp)
		return err
	})
}
