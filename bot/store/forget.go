package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"policybot/bot"
	"policybot/bot/referral"
)

const (
	day = 24 * time.Hour
	// keepRecords is how long turns, conversations and the places of messages are kept.
	keepRecords = 90 * day
	// keepTraces is how long it is remembered that an update or a call is done, to recognise a repeat
	// and to look into a fault. Telegram repeats for a day, and may start its numbers anew after a week.
	keepTraces = 7 * day
)

const (
	// blankReferrals leaves of referrals that were closed up to a time their codes and times.
	blankReferrals = `UPDATE referrals SET resident = NULL, said = NULL, contact = NULL, talk_ends = NULL, draft = code
		WHERE closed <= ? AND said IS NOT NULL`
	dropCards = `DELETE FROM referral_cards WHERE code IN (SELECT code FROM referrals WHERE closed <= ?)`
	// dropAddresses drops the addresses that nothing needs.
	dropAddresses = `DELETE FROM addresses
		WHERE person NOT IN (SELECT resident FROM referrals WHERE resident IS NOT NULL)
		AND person NOT IN (SELECT person FROM officers WHERE person IS NOT NULL AND revoked IS NULL)
		AND person NOT IN (SELECT person FROM desks)`
)

const (
	factsOver = `SELECT person, state FROM sessions WHERE facts_end <= ?`
	dropFacts = `UPDATE sessions SET state = ?, facts_end = NULL WHERE person = ?`
)

// forgetFacts takes out of the sessions what people told a calculator, once its time is over.
func (db *DB) forgetFacts(ctx context.Context, tx tx, now time.Time) error {
	over, err := sessionsOver(ctx, tx, now)
	if err != nil {
		return err
	}
	for chat, sealed := range over {
		if sealed, err = db.withoutFacts(chat, sealed); err != nil {
			return fmt.Errorf("forget the facts of a session: %w", err)
		}
		if _, err := tx.exec(ctx, dropFacts, sealed, chat); err != nil {
			return err
		}
	}
	return nil
}

// sessionsOver returns the sealed sessions with facts whose time is over.
func sessionsOver(ctx context.Context, tx tx, now time.Time) (map[bot.ChatID][]byte, error) {
	rows, err := tx.QueryContext(ctx, factsOver, now.Unix())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	over := map[bot.ChatID][]byte{}
	for rows.Next() {
		var chat bot.ChatID
		var sealed []byte
		if err := rows.Scan(&chat, &sealed); err != nil {
			return nil, err
		}
		over[chat] = sealed
	}
	return over, rows.Err()
}

func (db *DB) withoutFacts(chat bot.ChatID, sealed []byte) ([]byte, error) {
	state, err := db.seal.open(sealed, sessionPlace(chat))
	if err != nil {
		return nil, err
	}
	var s bot.Session
	if err := json.Unmarshal(state, &s); err != nil {
		return nil, err
	}
	if state, err = json.Marshal(s.WithoutFacts()); err != nil {
		return nil, err
	}
	return db.seal.close(state, sessionPlace(chat))
}

// Forget deletes what is past its time: what was told to calculators, when its session says; turns, and
// conversations of people who have been silent, after 90 days; what is left of finished updates and
// calls after 7; of referrals the person and all words, 12 months after closing. What waits is kept.
func (db *DB) Forget(ctx context.Context, now time.Time) error {
	records, traces := now.Add(-keepRecords).Unix(), now.Add(-keepTraces).Unix()
	closed := now.AddDate(0, -referral.Keep, 0).Unix()
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
			{blankReferrals, closed, nil},
			{dropCards, closed, nil},
		} {
			n, err := tx.exec(ctx, d.query, d.before)
			if err != nil {
				return err
			}
			if d.count != nil {
				*d.count = n
			}
		}
		if err := db.forgetFacts(ctx, tx, now); err != nil {
			return err
		}
		_, err := tx.exec(ctx, dropAddresses)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget what is past its time: %w", err)
	}
	db.lg.InfoContext(ctx, "forgot what is past its time", "turns", turns, "people", people)
	return nil
}
