package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"policybot/bot"
	"policybot/bot/referral"
)

// said is what a referral says, as it is sealed.
type said struct {
	Matter referral.Matter   `json:"matter"`
	Added  []referral.Matter `json:"added,omitempty"`
}

func saidPlace(code referral.Code) string    { return "referral " + string(code) }
func contactPlace(code referral.Code) string { return "contact " + string(code) }

const referralColumns = `code, draft, version, writes, state, coalesce(resident, ''), ward, desk, coalesce(holder, 0), said, contact, consent,
	sent, due, taken, talk_ends, closed, reopened`

// Referral implements [bot.Cases].
func (db *DB) Referral(ctx context.Context, code referral.Code) (referral.Referral, error) {
	all, err := db.referrals(ctx, `WHERE code = ?`, code)
	if err == nil && len(all) == 0 {
		err = bot.ErrNoCase
	}
	if err != nil {
		return referral.Referral{}, fmt.Errorf("read referral: %w", err)
	}
	return all[0], nil
}

// Referrals implements [bot.Cases].
func (db *DB) Referrals(ctx context.Context, of bot.Whose) ([]referral.Referral, error) {
	where, arg := `WHERE resident = ? ORDER BY sent DESC, code`, any(of.Resident)
	if of.Resident == "" {
		where, arg = `WHERE desk = ? AND state IN ('sent', 'accepted', 'waiting') ORDER BY sent DESC, code`, any(of.Desk)
	}
	all, err := db.referrals(ctx, where, arg)
	if err != nil {
		return nil, fmt.Errorf("read referrals: %w", err)
	}
	return all, nil
}

func (db *DB) referrals(ctx context.Context, where string, arg any) ([]referral.Referral, error) {
	all, err := collect(ctx, db.r, db.scanReferral, `SELECT `+referralColumns+` FROM referrals `+where, arg)
	if err != nil {
		return nil, db.explain(err)
	}
	for i := range all {
		r := &all[i]
		const cards = `SELECT person FROM referral_cards WHERE code = ? ORDER BY person`
		if r.Shown, err = collect(ctx, db.r, scanOne[bot.ChatID], cards, r.Code); err != nil {
			return nil, db.explain(err)
		}
		if r.Gone, err = db.isBlocked(ctx, r.Resident); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func scanOne[T any](rows *sql.Rows) (v T, err error) {
	err = rows.Scan(&v)
	return v, err
}

func (db *DB) scanReferral(rows *sql.Rows) (r referral.Referral, err error) {
	var text, contact []byte
	var sent, due int64
	var taken, talkEnds, closed sql.NullInt64
	err = rows.Scan(&r.Code, &r.Draft, &r.Version, &r.Writes, &r.State, &r.Resident, &r.Ward, &r.Desk, &r.Holder, &text, &contact, &r.Consent,
		&sent, &due, &taken, &talkEnds, &closed, &r.Reopened)
	if err != nil {
		return r, err
	}
	r.Sent, r.Due = time.Unix(sent, 0), time.Unix(due, 0)
	r.Taken, r.TalkEnds, r.Closed = timeOf(taken), timeOf(talkEnds), timeOf(closed)
	if text != nil {
		var s said
		if text, err = db.seal.open(text, saidPlace(r.Code)); err == nil {
			err = json.Unmarshal(text, &s)
		}
		r.Matter, r.Added = s.Matter, s.Added
	}
	if err == nil && contact != nil {
		contact, err = db.seal.open(contact, contactPlace(r.Code))
		r.Contact = string(contact)
	}
	return r, err
}

func timeOf(seconds sql.NullInt64) time.Time {
	if !seconds.Valid {
		return time.Time{}
	}
	return time.Unix(seconds.Int64, 0)
}

func secondsOf(t time.Time) sql.NullInt64 { return sql.NullInt64{Int64: t.Unix(), Valid: !t.IsZero()} }

// Standing implements [bot.Cases].
func (db *DB) Standing(ctx context.Context, person bot.ChatID) (s referral.Standing, err error) {
	officers, err := db.officers(ctx, `WHERE person = ? AND revoked IS NULL`, person)
	if err != nil {
		return s, fmt.Errorf("read standing: %w", err)
	}
	if len(officers) > 0 {
		s.Officer = officers[0]
	}
	const talk = `SELECT code FROM referrals WHERE resident = ? AND state IN ('accepted', 'waiting') AND talk_ends > ?
		ORDER BY talk_ends DESC LIMIT 1`
	err = db.r.QueryRowContext(ctx, talk, person, time.Now().Unix()).Scan(&s.Talk)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return s, fmt.Errorf("read standing: %w", db.explain(err))
	}
	return s, nil
}
