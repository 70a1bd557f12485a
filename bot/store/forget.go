package store

import (
	"context"
	"fmt"
	"time"
)

const (
	day = 24 * time.Hour
	// keepRecords is how long turns, conversations and the places of messages are kept.
	keepRecords = 90 * day
	// keepTraces is how long it is remembered that an update or a call is done, to recognise a repeat
	// and to look into a fault. Telegram repeats for a day, and may start its numbers anew after a week.
	keepTraces = 7 * day
)

// Forget deletes what is past its time: turns, and conversations of people who have been silent,
// after 90 days; what is left of finished updates and calls after 7. What waits is kept.
func (db *DB) Forget(ctx context.Context, now time.Time) error {
	records, traces := now.Add(-keepRecords).Unix(), now.Add(-keepTraces).Unix()
	var turns, people int64
	err := db.update(ctx, func(tx tx) error {
		for _, d := range []struct {
			query  string
			before int64
			count  *int64
		}{
			{`DELETE FROM turns WHERE at <= ?`, records, &turns},
			{`DELETE FROM people WHERE seen <= ?`, records, &people},
			{`DELETE FROM messages WHERE sent <= ?`, records, nil},
			{`DELETE FROM outbox WHERE done <= ?`, traces, nil},
			{`DELETE FROM inbox WHERE done <= ?`, traces, nil},
		} {
			n, err := tx.exec(ctx, d.query, d.before)
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
