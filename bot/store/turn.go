package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"policybot/bot"
	"policybot/bot/privacy"
	"policybot/bot/telegram"
)

// Commit implements [telegram.Inbox].
func (db *DB) Commit(ctx context.Context, update int64, turn bot.Turn, out []telegram.Outgoing) (bool, error) {
	now := time.Now()
	// Masked once more: this is the last place where a person's data could slip into what is kept.
	turn.Record.Question = privacy.Mask(turn.Record.Question)
	turn.Record.Understood = privacy.Mask(turn.Record.Understood)
	var fresh bool
	err := db.update(ctx, func(tx tx) (err error) {
		var chat int64
		if fresh, err = finish(ctx, tx, update, now); err != nil || !fresh {
			return err
		}
		if len(turn.Changes) > 0 || len(turn.Posts) > 0 {
			if err := tx.row(ctx, `SELECT chat FROM inbox WHERE update_id = ?`, update).Scan(&chat); err != nil {
				return err
			}
			c := &commitment{DB: db, tx: tx, update: update, chat: chat, turn: turn, now: now}
			if err := c.changes(ctx); err != nil {
				return err
			}
		}
		if err := db.saveSession(ctx, tx, turn.Inbound.Chat, turn.Session, now); err != nil {
			return err
		}
		if err := saveRecord(ctx, tx, update, turn, now); err != nil {
			return err
		}
		if err := saveTrials(ctx, tx, update, turn.Trials); err != nil {
			return err
		}
		if err := saveBlockChanges(ctx, tx, update, turn.Blocked); err != nil {
			return err
		}
		return db.enqueue(ctx, tx, out, now)
	})
	if err != nil {
		return false, fmt.Errorf("commit turn of update %d: %w", update, err)
	}
	for _, c := range turn.Blocked {
		db.lg.WarnContext(ctx, "blocked or freed", "item", c.Item, "freed", c.Freed, "author", c.Author, "new", fresh)
	}
	return fresh, nil
}

// Session implements [bot.Sessions].
func (db *DB) Session(ctx context.Context, chat bot.ChatID) (s bot.Session, err error) {
	var sealed []byte
	err = db.r.QueryRowContext(ctx, `SELECT state FROM sessions WHERE person = ?`, chat).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return bot.Session{}, nil
	}
	var state []byte
	if err == nil {
		state, err = db.seal.open(sealed, sessionPlace(chat))
	}
	if err == nil {
		err = json.Unmarshal(state, &s)
	}
	if err != nil {
		return bot.Session{}, fmt.Errorf("read session: %w", db.explain(err))
	}
	return s, nil
}

func sessionPlace(chat bot.ChatID) string { return "session " + string(chat) }

const (
	upsertPerson  = `INSERT INTO people (id, seen) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET seen = excluded.seen`
	updateSession = `UPDATE sessions SET version = ?, state = ?, facts_end = ? WHERE person = ? AND version = ?`
	insertSession = `INSERT INTO sessions (version, state, facts_end, person) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
)

// saveSession stores s if it comes right after the stored one, and fails with telegram.ErrStale
// if another turn of the conversation has come between.
func (db *DB) saveSession(ctx context.Context, tx tx, chat bot.ChatID, s bot.Session, now time.Time) error {
	if _, err := tx.exec(ctx, upsertPerson, chat, now.Unix()); err != nil {
		return err
	}
	state, err := json.Marshal(s)
	if err != nil {
		return err
	}
	sealed, err := db.seal.close(state, sessionPlace(chat))
	if err != nil {
		return err
	}
	var ends sql.NullInt64
	if end := s.FactsEnd(); !end.IsZero() {
		ends = sql.NullInt64{Int64: end.Unix(), Valid: true}
	}
	query, args := updateSession, []any{s.Version, sealed, ends, chat, s.Version - 1}
	if s.Version == 1 {
		query, args = insertSession, args[:4]
	}
	n, err := tx.exec(ctx, query, args...)
	if err == nil && n == 0 {
		err = fmt.Errorf("session version %d: %w", s.Version, telegram.ErrStale)
	}
	return err
}

const insertTurn = `INSERT INTO turns (person, update_id, at, day, question, understood, outcome, card,
	provisions, sources, referral, content, took_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

func saveRecord(ctx context.Context, tx tx, update int64, turn bot.Turn, now time.Time) error {
	r := turn.Record
	provisions, err := list(r.Provisions)
	if err != nil {
		return err
	}
	sources, err := list(r.Sources)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, insertTurn, turn.Inbound.Chat, update, now.Unix(), turn.Inbound.Day.String(),
		r.Question, r.Understood, r.Outcome, r.Card,
		provisions, sources, r.Referral, r.Content, r.Took.Microseconds())
	return err
}

// list writes values as JSON; none as [].
func list[T any](values []T) (string, error) {
	if len(values) == 0 {
		return "[]", nil
	}
	text, err := json.Marshal(values)
	return string(text), err
}
