package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"policybot/bot/telegram"
)

const outboxPlace = "outbox"

// first is true of the call o if no earlier one of its chat waits.
const first = `NOT EXISTS (SELECT 1 FROM outbox p WHERE p.chat = o.chat AND p.id < o.id AND p.done IS NULL)`

const insertCall = `INSERT INTO outbox (chat, grouped, method, body, screen, created, due_ms)
	VALUES (coalesce((SELECT moved_to FROM chats WHERE id = ?1), ?1), ?2, ?3, ?4, ?5, ?6, ?7)`

// enqueue adds calls in their order. A call to a group that has moved goes to where it is now.
func (db *DB) enqueue(ctx context.Context, tx tx, out []telegram.Outgoing, now time.Time) error {
	for _, o := range out {
		sealed, err := db.seal.close(o.Body, outboxPlace)
		if err != nil {
			return err
		}
		_, err = tx.exec(ctx, insertCall, o.Chat, o.Group, o.Method, sealed, o.Screen, now.Unix(), now.UnixMilli())
		if err != nil {
			return err
		}
	}
	return nil
}

// Add implements [telegram.Outbox].
func (db *DB) Add(ctx context.Context, out ...telegram.Outgoing) error {
	err := db.update(ctx, func(tx tx) error { return db.enqueue(ctx, tx, out, time.Now()) })
	if err != nil {
		return fmt.Errorf("add calls: %w", err)
	}
	return nil
}

// Due implements [telegram.Outbox]. A call whose stored text is damaged is dropped, so that it does
// not hold up its chat for ever.
func (db *DB) Due(ctx context.Context, now time.Time, limit int) ([]telegram.Outgoing, error) {
	const query = `SELECT id, chat, grouped, method, body, screen, tries, created FROM outbox o
		WHERE done IS NULL AND due_ms <= ? AND ` + first + ` ORDER BY due_ms, id LIMIT ?`
	due, err := collect(ctx, db.r, scanOutgoing, query, now.UnixMilli(), limit)
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", db.explain(err))
	}
	sound := due[:0]
	for _, o := range due {
		if o.Body, err = db.seal.open(o.Body, outboxPlace); err == nil {
			sound = append(sound, o)
			continue
		}
		db.lg.ErrorContext(ctx, "stored call is damaged", "call", o.ID, "err", err)
		if err := db.Drop(ctx, o.ID, "damaged"); err != nil {
			return nil, err
		}
	}
	return sound, nil
}

func scanOutgoing(rows *sql.Rows) (o telegram.Outgoing, err error) {
	var created int64
	err = rows.Scan(&o.ID, &o.Chat, &o.Group, &o.Method, &o.Body, &o.Screen, &o.Tries, &created)
	o.Created = time.Unix(created, 0)
	return o, err
}

// Next implements [telegram.Outbox].
func (db *DB) Next(ctx context.Context, now time.Time) (time.Time, error) {
	const query = `SELECT due_ms FROM outbox o
		WHERE done IS NULL AND due_ms > ? AND ` + first + ` ORDER BY due_ms LIMIT 1`
	var due int64
	err := db.r.QueryRowContext(ctx, query, now.UnixMilli()).Scan(&due)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read outbox: %w", db.explain(err))
	}
	return time.UnixMilli(due), nil
}

const (
	finishCall    = `UPDATE outbox SET done = ?, body = NULL WHERE id = ? AND done IS NULL RETURNING chat, screen`
	upsertMessage = `INSERT INTO messages (chat, screen, message, sent) VALUES (?, ?, ?, ?)
		ON CONFLICT (chat, screen) DO UPDATE SET message = excluded.message, sent = excluded.sent`
)

// Sent implements [telegram.Outbox]. A call that is done already, or unknown, changes nothing.
func (db *DB) Sent(ctx context.Context, id int64, message int64, at time.Time) error {
	err := db.update(ctx, func(tx tx) error {
		var chat int64
		var screen int
		err := tx.row(ctx, finishCall, at.Unix(), id).Scan(&chat, &screen)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil || message == 0 || screen == 0 {
			return err
		}
		_, err = tx.exec(ctx, upsertMessage, chat, screen, message, at.Unix())
		return err
	})
	if err != nil {
		return fmt.Errorf("record call %d as sent: %w", id, err)
	}
	return nil
}

// Again implements [telegram.Outbox]. A call that is done already, or unknown, changes nothing.
func (db *DB) Again(ctx context.Context, id int64, until time.Time, reason string) error {
	const query = `UPDATE outbox SET due_ms = ?, reason = ?, tries = tries + 1 WHERE id = ? AND done IS NULL`
	// Rounded up: a call must not leave before its time.
	due := until.Add(time.Millisecond - 1).UnixMilli()
	if _, err := db.exec(ctx, query, due, reason, id); err != nil {
		return fmt.Errorf("put off call %d: %w", id, err)
	}
	return nil
}

// Drop implements [telegram.Outbox]. A call that is done already, or unknown, changes nothing.
func (db *DB) Drop(ctx context.Context, id int64, reason string) error {
	const query = `UPDATE outbox SET done = ?, body = NULL, dropped = 1, reason = ? WHERE id = ? AND done IS NULL`
	if _, err := db.exec(ctx, query, time.Now().Unix(), reason, id); err != nil {
		return fmt.Errorf("drop call %d: %w", id, err)
	}
	return nil
}

// Message implements [telegram.Outbox].
func (db *DB) Message(ctx context.Context, chat int64, screen int) (message int64, err error) {
	const query = `SELECT message FROM messages WHERE chat = ? AND screen = ?`
	err = db.r.QueryRowContext(ctx, query, chat, screen).Scan(&message)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read message of screen %d: %w", screen, db.explain(err))
	}
	return message, nil
}
