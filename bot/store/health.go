package store

import (
	"context"
	"fmt"
	"time"
)

// Writable tries to write, and returns why the database cannot be written. It waits for whoever
// holds the database: ctx says how long.
func (db *DB) Writable(ctx context.Context) error {
	const query = `INSERT INTO meta (name, value) VALUES ('checked', ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	if _, err := db.exec(ctx, query, []byte(time.Now().UTC().Format(time.RFC3339))); err != nil {
		return fmt.Errorf("write to the database: %w", err)
	}
	return nil
}
