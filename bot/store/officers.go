package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"policybot/bot"
	"policybot/bot/referral"
	"policybot/knowledge"
)

// inviteLife is how long an invitation holds.
const inviteLife = 24 * time.Hour

// An Invitation makes whoever opens it first an officer.
type Invitation struct {
	Officer referral.OfficerID
	// Payload goes into a deep link: https://t.me/BOT?start=PAYLOAD. It is told once and not stored.
	Payload string
	Until   time.Time
}

// Invite creates an officer of a ward, or of the city for a role that is, who is linked as soon as
// somebody sends the bot "/start " and the payload in a private chat. That is all it takes, also
// inside one process: a test or the simulator calls Invite and lets a phone of fakeapi open it with
// Start(invitation.Payload).
//
// A name is what residents read. Only the hash of the secret is stored.
func (db *DB) Invite(ctx context.Context, ward knowledge.WardCode, name string, role referral.Role) (Invitation, error) {
	name = strings.Join(strings.Fields(name), " ")
	switch {
	case name == "" || len([]rune(name)) > 60:
		return Invitation{}, fmt.Errorf("the name %q: want 1 to 60 letters", name)
	case !slices.Contains(referral.Roles, role):
		return Invitation{}, fmt.Errorf("the role %q: want officer, supervisor, duty or admin", role)
	case role.OfCity():
		ward = referral.City
	case ward == "" || ward == referral.City:
		return Invitation{}, fmt.Errorf("the role %s is for a ward: want its code", role)
	}
	now, secret := time.Now(), rand.Text()
	const insert = `INSERT INTO officers (name, ward, role, invited, invite) VALUES (?, ?, ?, ?, ?) RETURNING id`
	inv := Invitation{Payload: bot.InvitePrefix + secret, Until: now.Add(inviteLife)}
	err := db.update(ctx, func(tx tx) error {
		return tx.row(ctx, insert, name, ward, role, now.Unix(), hash(secret)).Scan(&inv.Officer)
	})
	if err != nil {
		return Invitation{}, fmt.Errorf("invite an officer: %w", err)
	}
	return inv, nil
}

func hash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Invited implements [bot.Cases].
func (db *DB) Invited(ctx context.Context, secret string) (referral.Officer, error) {
	found, err := db.officers(ctx, `WHERE invite = ? AND person IS NULL AND revoked IS NULL AND invited > ?`,
		hash(secret), time.Now().Add(-inviteLife).Unix())
	if err == nil && len(found) == 0 {
		err = bot.ErrNoCase
	}
	if err != nil {
		return referral.Officer{}, fmt.Errorf("look an invitation up: %w", err)
	}
	return found[0], nil
}

const officerColumns = `id, name, ward, role, coalesce(person, ''), writes, until`

func (db *DB) officers(ctx context.Context, where string, args ...any) ([]referral.Officer, error) {
	all, err := collect(ctx, db.r, func(rows *sql.Rows) (o referral.Officer, err error) {
		var until int64
		err = rows.Scan(&o.ID, &o.Name, &o.Ward, &o.Role, &o.Chat, &o.Writes, &until)
		o.Until = time.Unix(until, 0)
		return o, err
	}, `SELECT `+officerColumns+` FROM officers `+where, args...)
	return all, db.explain(err)
}

// Table implements [bot.Cases]. Chats that do not want the bot are left out: nothing reaches them.
func (db *DB) Table(ctx context.Context) (t referral.Table, err error) {
	gone, err := db.gone(ctx)
	if err != nil {
		return t, err
	}
	linked, err := db.officers(ctx, `WHERE person IS NOT NULL AND revoked IS NULL ORDER BY id`)
	if err != nil {
		return t, fmt.Errorf("read officers: %w", err)
	}
	t.Officers = slices.DeleteFunc(linked, func(o referral.Officer) bool { return gone[o.Chat] })
	type desk struct {
		ward  knowledge.WardCode
		group bot.ChatID
	}
	desks, err := collect(ctx, db.r, func(rows *sql.Rows) (d desk, err error) {
		err = rows.Scan(&d.ward, &d.group)
		return d, err
	}, `SELECT ward, person FROM desks`)
	if err != nil {
		return t, fmt.Errorf("read desks: %w", db.explain(err))
	}
	t.Groups = map[knowledge.WardCode]bot.ChatID{}
	for _, d := range desks {
		if !gone[d.group] {
			t.Groups[d.ward] = d.group
		}
	}
	return t, nil
}

// gone are the officers and the groups that do not want the bot.
func (db *DB) gone(ctx context.Context) (map[bot.ChatID]bool, error) {
	blocked, err := collect(ctx, db.r, scanOne[int64], `SELECT id FROM chats WHERE blocked IS NOT NULL`)
	if err != nil {
		return nil, fmt.Errorf("read chats: %w", db.explain(err))
	}
	gone := map[bot.ChatID]bool{}
	if len(blocked) == 0 {
		return gone, nil
	}
	among := map[int64]bool{}
	for _, chat := range blocked {
		among[chat] = true
	}
	const query = `SELECT person, chat FROM addresses WHERE person IN (SELECT person FROM officers WHERE revoked IS NULL) OR person IN (SELECT person FROM desks)`
	_, err = collect(ctx, db.r, func(rows *sql.Rows) (_ struct{}, err error) {
		var person bot.ChatID
		var sealed []byte
		if err = rows.Scan(&person, &sealed); err != nil {
			return
		}
		chat, err := db.openAddress(person, sealed)
		gone[person] = among[chat]
		return struct{}{}, err
	}, query)
	if err != nil {
		return nil, fmt.Errorf("read addresses: %w", db.explain(err))
	}
	return gone, nil
}

// isBlocked reports whether a chat does not want the bot. One that is not known does.
func (db *DB) isBlocked(ctx context.Context, person bot.ChatID) (bool, error) {
	chat, err := db.Address(ctx, person)
	if err != nil || chat == 0 {
		return false, err
	}
	var blocked bool
	err = db.r.QueryRowContext(ctx, `SELECT blocked IS NOT NULL FROM chats WHERE id = ?`, chat).Scan(&blocked)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("read a chat: %w", db.explain(err))
	}
	return blocked, nil
}

// Link is an officer as the operator sees them.
type Link struct {
	referral.Officer
	Invited time.Time
	Linked  time.Time // zero: the invitation is not used
	Revoked time.Time // zero: may act
}

// Links returns all officers, the latest invited last. It needs no key.
func (db *DB) Links(ctx context.Context) ([]Link, error) {
	all, err := collect(ctx, db.r, func(rows *sql.Rows) (l Link, err error) {
		var invited, linked, revoked sql.NullInt64
		err = rows.Scan(&l.ID, &l.Name, &l.Ward, &l.Role, &l.Chat, &invited, &linked, &revoked)
		l.Invited, l.Linked, l.Revoked = timeOf(invited), timeOf(linked), timeOf(revoked)
		return l, err
	}, `SELECT id, name, ward, role, coalesce(person, ''), invited, linked, revoked FROM officers ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list officers: %w", db.explain(err))
	}
	return all, nil
}

// IsOver reports whether the invitation can be used no more.
func (l Link) IsOver() bool { return time.Since(l.Invited) >= inviteLife }

// ErrNoOfficer says that there is no officer of that number who may act.
var ErrNoOfficer = errors.New("no officer with that number who may still act")

// Revoke takes all rights from an officer at once, and an invitation its use. What they hold goes
// back to their desk, unheld.
func (db *DB) Revoke(ctx context.Context, id referral.OfficerID) error {
	now := time.Now()
	err := db.update(ctx, func(tx tx) error {
		n, err := revoke(ctx, tx, id, now)
		if err == nil && n == 0 {
			err = ErrNoOfficer
		}
		if err != nil {
			return err
		}
		const events = `INSERT INTO referral_events (code, version, event, officer, update_id, at)
			SELECT code, version + 1, 'release', ?1, 0, ?2 FROM referrals WHERE holder = ?1 AND state IN ('accepted', 'waiting')`
		if _, err := tx.exec(ctx, events, id, now.Unix()); err != nil {
			return err
		}
		_, err = tx.exec(ctx, `UPDATE referrals SET state = 'sent', version = version + 1, writes = writes + 1, holder = NULL, taken = NULL, talk_ends = NULL
			WHERE holder = ? AND state IN ('accepted', 'waiting')`, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("revoke officer %d: %w", id, err)
	}
	return nil
}

func revoke(ctx context.Context, tx tx, id referral.OfficerID, now time.Time) (int64, error) {
	return tx.exec(ctx, `UPDATE officers SET revoked = ?, invite = NULL, writes = '', until = 0 WHERE id = ? AND revoked IS NULL`, now.Unix(), id)
}

// Welcomes reports whether the bot belongs in a group: it is the group of a desk, or an officer who
// may act does something there, such as adding the bot.
func (db *DB) Welcomes(ctx context.Context, group, by bot.ChatID) (bool, error) {
	const query = `SELECT EXISTS (SELECT 1 FROM desks WHERE person = ?)
		OR EXISTS (SELECT 1 FROM officers WHERE person = ? AND revoked IS NULL)`
	var ok bool
	if err := db.r.QueryRowContext(ctx, query, group, by).Scan(&ok); err != nil {
		return false, fmt.Errorf("read desks: %w", db.explain(err))
	}
	return ok, nil
}
