package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"policybot/bot/telegram"
)

const insertUpdate = `INSERT INTO inbox (update_id, chat, body, received) VALUES (?, ?, ?, ?)
	ON CONFLICT (update_id) DO NOTHING`

// Accept implements [telegram.Inbox].
func (db *DB) Accept(ctx context.Context, updates []telegram.Update) error {
	received := time.Now().Unix()
	err := db.update(ctx, func(tx tx) error {
		for _, u := range updates {
			sealed, err := db.seal.close(u.Body, inboxPlace(u.ID))
			if err != nil {
				return err
			}
			if _, err := tx.exec(ctx, insertUpdate, u.ID, u.Chat, sealed, received); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("accept %d updates: %w", len(updates), err)
	}
	return nil
}

func inboxPlace(update int64) string { return "inbox " + strconv.FormatInt(update, 10) }

// Waiting implements [telegram.Inbox]. An update whose stored text is damaged is left out and
// logged, so that it does not keep the others from being answered.
func (db *DB) Waiting(ctx context.Context, after int64, limit int) ([]telegram.Update, error) {
	for {
		page, err := db.waitingPage(ctx, after, limit)
		if err != nil {
			return nil, fmt.Errorf("read inbox: %w", db.explain(err))
		}
		if sound := db.unsealed(ctx, page); len(sound) > 0 || len(page) == 0 {
			return sound, nil
		}
		after = page[len(page)-1].ID // a page of nothing but damage is not the end
	}
}

func (db *DB) waitingPage(ctx context.Context, after int64, limit int) ([]telegram.Update, error) {
	const query = `SELECT update_id, chat, body FROM inbox
		WHERE done IS NULL AND update_id > ? ORDER BY update_id LIMIT ?`
	return collect(ctx, db.r, func(rows *sql.Rows) (u telegram.Update, err error) {
		err = rows.Scan(&u.ID, &u.Chat, &u.Body)
		return u, err
	}, query, after, limit)
}

// unsealed leaves out what is damaged.
func (db *DB) unsealed(ctx context.Context, sealed []telegram.Update) []telegram.Update {
	sound := sealed[:0]
	for _, u := range sealed {
		body, err := db.seal.open(u.Body, inboxPlace(u.ID))
		if err != nil {
			db.lg.ErrorContext(ctx, "stored update is damaged", "update", u.ID, "err", err)
			continue
		}
		u.Body = body
		sound = append(sound, u)
	}
	return sound
}

// Done implements [telegram.Inbox].
func (db *DB) Done(ctx context.Context, update int64, out ...telegram.Outgoing) error {
	now := time.Now()
	err := db.update(ctx, func(tx tx) error {
		fresh, err := finish(ctx, tx, update, now)
		if err != nil || !fresh {
			return err
		}
		return db.enqueue(ctx, tx, out, now)
	})
	if err != nil {
		return fmt.Errorf("finish update %d: %w", update, err)
	}
	return nil
}

var errUnknownUpdate = errors.New("it was never accepted")

const finishUpdate = `UPDATE inbox SET done = ?, body = NULL WHERE update_id = ? AND done IS NULL`

// finish marks an update done and blanks it; it reports whether it was waiting until now.
func finish(ctx context.Context, tx tx, update int64, now time.Time) (bool, error) {
	n, err := tx.exec(ctx, finishUpdate, now.Unix(), update)
	if err != nil || n == 1 {
		return n == 1, err
	}
	err = tx.row(ctx, `SELECT 1 FROM inbox WHERE update_id = ?`, update).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		err = errUnknownUpdate
	}
	return false, err
}

// collect reads all rows of a query.
func collect[T any](ctx context.Context, q *sql.DB, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		row, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, rows.Err()
}
