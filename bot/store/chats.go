package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"policybot/bot/telegram"
)

// Blocked implements [telegram.Chats]. What waits for somebody who has stopped the bot is dropped:
// Telegram would refuse each call of it.
func (db *DB) Blocked(ctx context.Context, chat int64, blocked bool, at time.Time) error {
	const mark = `INSERT INTO chats (id, blocked) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET blocked = excluded.blocked`
	const drop = `UPDATE outbox SET done = ?, body = NULL, dropped = 1, reason = 'blocked' WHERE chat = ? AND done IS NULL`
	since := sql.NullInt64{Int64: at.Unix(), Valid: blocked}
	err := db.update(ctx, func(tx tx) error {
		_, err := tx.exec(ctx, mark, chat, since)
		if err == nil && blocked {
			_, err = tx.exec(ctx, drop, at.Unix(), chat)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("mark a chat blocked: %w", err)
	}
	return nil
}

// Moved implements [telegram.Chats]. Calls committed later for the old ID go to the new one too.
// The old messages cannot be edited from the new ID, so its screens start anew. A desk's group stays
// that under its new pseudonym.
func (db *DB) Moved(ctx context.Context, m telegram.Move) error {
	from, to := m.From, m.To
	if from == to {
		return nil
	}
	err := db.update(ctx, func(tx tx) error {
		for _, query := range []string{
			`UPDATE chats SET moved_to = NULL WHERE id = ?2 AND ?1 <> ?2`,
			`INSERT INTO chats (id, moved_to) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET moved_to = excluded.moved_to`,
			`UPDATE chats SET moved_to = ?2 WHERE moved_to = ?1 AND id <> ?2`,
			`UPDATE outbox SET chat = ?2 WHERE chat = ?1 AND done IS NULL`,
		} {
			if _, err := tx.exec(ctx, query, from, to); err != nil {
				return err
			}
		}
		return db.rename(ctx, tx, m)
	})
	if err != nil {
		return fmt.Errorf("move a group to its new ID: %w", err)
	}
	return nil
}

// rename lets what is kept of a group by its pseudonym follow it.
func (db *DB) rename(ctx context.Context, tx tx, m telegram.Move) error {
	known, err := tx.exec(ctx, `DELETE FROM addresses WHERE person = ?`, m.Was)
	if err != nil || known == 0 {
		return err
	}
	for _, query := range []string{
		`UPDATE OR REPLACE desks SET person = ?2 WHERE person = ?1`,
		`UPDATE OR REPLACE referral_cards SET person = ?2 WHERE person = ?1`,
	} {
		if _, err := tx.exec(ctx, query, m.Was, m.Is); err != nil {
			return err
		}
	}
	return db.saveAddress(ctx, tx, m.Is, m.To)
}
