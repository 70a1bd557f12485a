package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"policybot/bot"
	"policybot/bot/referral"
	"policybot/bot/telegram"
)

// commitment is a turn on its way into the database.
type commitment struct {
	*DB
	tx     tx
	update int64
	chat   int64 // Telegram's number of the turn's own chat
	turn   bot.Turn
	now    time.Time
}

// changes writes what the turn does to referrals and officers. What builds on something that has
// changed meanwhile fails with telegram.ErrStale.
func (c *commitment) changes(ctx context.Context) error {
	for _, change := range c.turn.Changes {
		var err error
		switch change := change.(type) {
		case referral.Moved:
			err = c.moved(ctx, change)
		case referral.Linked:
			err = c.linked(ctx, change)
		case referral.Left:
			_, err = revoke(ctx, c.tx, change.Officer, c.now)
		case referral.Writes:
			err = c.one(ctx, `UPDATE officers SET writes = ?, until = ? WHERE id = ? AND revoked IS NULL`,
				change.Code, change.Until.Unix(), change.Officer)
		case referral.Grouped:
			err = c.grouped(ctx, change)
		default:
			err = errors.New("unknown change")
		}
		if err != nil {
			return fmt.Errorf("%T: %w", change, err)
		}
	}
	return c.cards(ctx)
}

// one runs a statement that must change one row; otherwise what it builds on has changed.
func (c *commitment) one(ctx context.Context, query string, args ...any) error {
	n, err := c.tx.exec(ctx, query, args...)
	if err == nil && n != 1 {
		err = telegram.ErrStale
	}
	return err
}

const (
	insertReferral = `INSERT INTO referrals (draft, version, state, resident, topic, ward, desk, holder, said, contact, consent,
		sent, due, taken, talk_ends, closed, reopened, code, writes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING`
	updateReferral = `UPDATE referrals SET draft = ?, version = ?, state = ?, resident = ?, topic = ?, ward = ?, desk = ?, holder = ?, said = ?,
		contact = ?, consent = ?, sent = ?, due = ?, taken = ?, talk_ends = ?, closed = ?, reopened = ?, writes = writes + 1
		WHERE code = ? AND writes = ? AND said IS NOT NULL`
	insertEvent = `INSERT INTO referral_events (code, version, event, officer, update_id, at) VALUES (?, ?, ?, ?, ?, ?)`
)

func (c *commitment) moved(ctx context.Context, m referral.Moved) error {
	r := m.Referral
	text, err := json.Marshal(said{r.Matter, r.Added})
	if err != nil {
		return err
	}
	sealed, err := c.seal.close(text, saidPlace(r.Code))
	if err != nil {
		return err
	}
	var contact []byte
	if r.Contact != "" {
		if contact, err = c.seal.close([]byte(r.Contact), contactPlace(r.Code)); err != nil {
			return err
		}
	}
	args := []any{r.Draft, r.Version, r.State, r.Resident, r.Matter.Topic, r.Ward, r.Desk, officer(r.Holder), sealed, contact, r.Consent,
		r.Sent.Unix(), r.Due.Unix(), secondsOf(r.Taken), secondsOf(r.TalkEnds), secondsOf(r.Closed), r.Reopened, r.Code}
	if m.Event == referral.Send {
		if err := c.saveAddress(ctx, c.tx, r.Resident, c.chat); err != nil {
			return err
		}
		err = c.one(ctx, insertReferral, args...)
	} else {
		err = c.one(ctx, updateReferral, append(args, m.From.Writes)...)
	}
	if err != nil {
		return err
	}
	_, err = c.tx.exec(ctx, insertEvent, r.Code, r.Version, m.Event, officer(m.By), c.update, c.now.Unix())
	return err
}

// officer is a number as it is stored; none is NULL.
func officer(id referral.OfficerID) sql.NullInt64 {
	return sql.NullInt64{Int64: int64(id), Valid: id != 0}
}

// linked binds an invitation to a person. They are one officer at a time: what they were before ends.
func (c *commitment) linked(ctx context.Context, l referral.Linked) error {
	const before = `UPDATE officers SET revoked = ? WHERE person = ? AND revoked IS NULL`
	if _, err := c.tx.exec(ctx, before, c.now.Unix(), l.Chat); err != nil {
		return err
	}
	const link = `UPDATE officers SET person = ?, linked = ?, invite = NULL
		WHERE id = ? AND person IS NULL AND revoked IS NULL AND invited > ?`
	if err := c.one(ctx, link, l.Chat, c.now.Unix(), l.Officer, c.now.Add(-inviteLife).Unix()); err != nil {
		return err
	}
	return c.saveAddress(ctx, c.tx, l.Chat, c.chat)
}

func (c *commitment) grouped(ctx context.Context, g referral.Grouped) error {
	if _, err := c.tx.exec(ctx, `DELETE FROM desks WHERE ward = ? OR person = ?`, g.Desk, g.Chat); err != nil {
		return err
	}
	if _, err := c.tx.exec(ctx, `INSERT INTO desks (ward, person) VALUES (?, ?)`, g.Desk, g.Chat); err != nil {
		return err
	}
	return c.saveAddress(ctx, c.tx, g.Chat, c.chat)
}

// cards notes which chats show the card of a referral.
func (c *commitment) cards(ctx context.Context) error {
	for _, p := range c.turn.Posts {
		code := referral.CodeOf(-p.Reply.Screen)
		if code == "" {
			continue
		}
		const insert = `INSERT INTO referral_cards (code, person) VALUES (?, ?) ON CONFLICT DO NOTHING`
		if _, err := c.tx.exec(ctx, insert, code, p.To); err != nil {
			return err
		}
	}
	return nil
}

func addressPlace(person bot.ChatID) string { return "address " + string(person) }

// saveAddress keeps how a chat can be reached.
func (db *DB) saveAddress(ctx context.Context, tx tx, person bot.ChatID, chat int64) error {
	sealed, err := db.seal.close(binary.BigEndian.AppendUint64(nil, uint64(chat)), addressPlace(person))
	if err != nil {
		return err
	}
	const upsert = `INSERT INTO addresses (person, chat) VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET chat = excluded.chat`
	_, err = tx.exec(ctx, upsert, person, sealed)
	return err
}

// Address implements [telegram.Chats].
func (db *DB) Address(ctx context.Context, person bot.ChatID) (int64, error) {
	var sealed []byte
	err := db.r.QueryRowContext(ctx, `SELECT chat FROM addresses WHERE person = ?`, person).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	var chat, now int64
	if err == nil {
		chat, err = db.openAddress(person, sealed)
	}
	if err != nil {
		return 0, fmt.Errorf("read an address: %w", db.explain(err))
	}
	err = db.r.QueryRowContext(ctx, `SELECT moved_to FROM chats WHERE id = ? AND moved_to IS NOT NULL`, chat).Scan(&now)
	if errors.Is(err, sql.ErrNoRows) {
		return chat, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read a chat: %w", db.explain(err))
	}
	return now, nil
}

func (db *DB) openAddress(person bot.ChatID, sealed []byte) (int64, error) {
	text, err := db.seal.open(sealed, addressPlace(person))
	if err != nil || len(text) != 8 {
		return 0, errors.Join(err, errors.New("an address is damaged"))
	}
	return int64(binary.BigEndian.Uint64(text)), nil
}
