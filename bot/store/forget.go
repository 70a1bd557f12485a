package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

const (
	day = 24 * time.Hour
	// keepRecords is how long turns, conversations and what was sent are kept.
	keepRecords = 90 * day
	// keepKeys is how long the number of a finished update is kept, to recognise a repeat. Telegram
	// repeats for a day, and may start its numbers anew after a week.
	keepKeys = 7 * day
)

// Forget deletes what is past its time: turns, conversations of people who have been silent, and
// traces of delivery after 90 days; numbers of finished updates after 7. What waits is kept.
func (db *DB) Forget(ctx context.Context, now time.Time) error {
	records, keys := now.Add(-keepRecords).Unix(), now.Add(-keepKeys).Unix()
	var turns, people int64
	err := db.update(ctx, func(tx *sql.Tx) error {
		for _, d := range []struct {
			query  string
			before int64
			count  *int64
		}{
			{`DELETE FROM turns WHERE at <= ?`, records, &turns},
			{`DELETE FROM people WHERE seen <= ?`, records, &people},
			{`DELETE FROM messages WHERE sent <= ?`, records, nil},
			{`DELETE FROM outbox WHERE done <= ?`, records, nil},
			{`DELETE FROM inbox WHERE done <= ?`, keys, nil},
		} {
			n, err := affected(tx.ExecContext(ctx, d.query, d.before))
			if err != nil {
				return err
			}
			if d.count != nil {
				*d.count = n
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forget what is past its time: %w", err)
	}
	db.lg.InfoContext(ctx, "forgot what is past its time", "turns", turns, "people", people)
	return nil
}
