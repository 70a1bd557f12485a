package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"policybot/bot"
	"policybot/bot/referral"
	"policybot/bot/telegram"
)

var _ bot.Cases = (*DB)(nil)

// refer commits a turn of a chat that sends a referral, and returns it.
func refer(t *testing.T, db *DB, update, chat int64, version int) referral.Referral {
	t.Helper()
	r, err := referral.Referral{Code: referral.NewCode(), Draft: "draft " + string(person(chat)), Resident: person(chat), Ward: "31217", Desk: "31217",
		Contact: "0909123456", Matter: referral.Matter{Question: "câu hỏi về vay vốn", Facts: []string{"Diện: hộ cận nghèo"}}, Consent: referral.Consent}.
		Move(referral.Send, 0, time.Now().Truncate(time.Second))
	must(t, err)
	must(t, change(t, db, update, chat, version, referral.Moved{Referral: r, Event: referral.Send}))
	return stored(t, db, r.Code)
}

// change commits a turn with a change.
func change(t *testing.T, db *DB, update, chat int64, version int, c referral.Change, posts ...bot.Post) error {
	t.Helper()
	must(t, db.Accept(t.Context(), []telegram.Update{raw(update, chat)}))
	tn := turn(chat, version)
	tn.Changes, tn.Posts = []referral.Change{c}, posts
	_, err := db.Commit(t.Context(), update, tn, nil)
	return err
}

func stored(t *testing.T, db *DB, code referral.Code) referral.Referral {
	t.Helper()
	r, err := db.Referral(t.Context(), code)
	must(t, err)
	return r
}

// link makes the person of a chat an officer.
func link(t *testing.T, db *DB, update, chat int64, version int) referral.OfficerID {
	t.Helper()
	inv, err := db.Invite(t.Context(), "31217", "Trần Thị B", referral.Plain)
	must(t, err)
	must(t, change(t, db, update, chat, version, referral.Linked{Officer: inv.Officer, Chat: person(chat)}))
	return inv.Officer
}

func TestOfTwoChangesToAReferralOneCounts(t *testing.T) {
	db := open(t, t.TempDir())
	officer := link(t, db, 1, 7, 1)
	r := refer(t, db, 2, 42, 1)
	taken, err := r.Move(referral.Accept, officer, time.Now())
	must(t, err)
	more, err := r.Move(referral.Add, 0, time.Now())
	must(t, err)
	more.Added = []referral.Matter{{Question: "hỏi thêm"}}
	must(t, change(t, db, 3, 42, 2, referral.Moved{Referral: more, From: r, Event: referral.Add}))
	if err := change(t, db, 4, 7, 2, referral.Moved{Referral: taken, From: r, Event: referral.Accept, By: officer}); !errors.Is(err, telegram.ErrStale) {
		t.Errorf("a change that knows nothing of the one before = %v", err)
	}
	if s, err := db.Session(t.Context(), person(7)); err != nil || s.Version != 1 {
		t.Errorf("its session is at version %d, %v", s.Version, err)
	}
	if r := stored(t, db, r.Code); r.State != referral.Sent || len(r.Added) != 1 {
		t.Errorf("stored is %+v", r)
	}
	again := r
	again.Code = referral.NewCode()
	if err := change(t, db, 5, 42, 3, referral.Moved{Referral: again, Event: referral.Send}); !errors.Is(err, telegram.ErrStale) {
		t.Errorf("the same draft again = %v", err)
	}
	again.Code, again.Draft = r.Code, "another"
	if err := change(t, db, 6, 42, 3, referral.Moved{Referral: again, Event: referral.Send}); !errors.Is(err, telegram.ErrStale) {
		t.Errorf("the same code again = %v", err)
	}
	if got := count(t, db, `SELECT count(*) FROM referral_events`); got != 2 {
		t.Errorf("%d events, want 2", got)
	}
}

// TestNothingOfAReferralIsReadableInTheFile: neither words nor number nor Telegram's number of a chat.
func TestNothingOfAReferralIsReadableInTheFile(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	refer(t, db, 1, 42, 1)
	if _, err := db.w.ExecContext(t.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, fileName))
	must(t, err)
	for _, secret := range []string{"0909123456", "vay vốn", "hộ cận nghèo\""} {
		if strings.Contains(string(text), secret) {
			t.Errorf("%q can be read in the file", secret)
		}
	}
	if chat, err := db.Address(t.Context(), person(42)); err != nil || chat != 42 {
		t.Errorf("address %d, %v", chat, err)
	}
	if got := count(t, db, `SELECT count(*) FROM addresses WHERE length(chat) > 20`); got != 1 {
		t.Errorf("%d sealed addresses, want 1", got)
	}
}

func TestReferralsAreForgottenTwelveMonthsAfterClosing(t *testing.T) {
	db := open(t, t.TempDir())
	officer := link(t, db, 1, 7, 1)
	old, open := refer(t, db, 2, 42, 1), refer(t, db, 3, 43, 1)
	taken, err := old.Move(referral.Accept, officer, time.Now())
	must(t, err)
	card := bot.Post{To: person(7), Reply: bot.Reply{Screen: -old.Code.Number()}}
	must(t, change(t, db, 4, 7, 2, referral.Moved{Referral: taken, From: old, Event: referral.Accept, By: officer}, card))
	taken = stored(t, db, old.Code)
	if len(taken.Shown) != 1 || taken.Shown[0] != person(7) {
		t.Errorf("shown in %v", taken.Shown)
	}
	closed, err := taken.Move(referral.Close, officer, time.Now())
	must(t, err)
	must(t, change(t, db, 5, 7, 3, referral.Moved{Referral: closed, From: taken, Event: referral.Close, By: officer}))

	must(t, db.Forget(t.Context(), time.Now().AddDate(0, 11, 25)))
	if r := stored(t, db, old.Code); r.Resident == "" || r.Matter.Question == "" || r.Contact == "" {
		t.Errorf("forgotten too early: %+v", r)
	}
	must(t, db.Forget(t.Context(), time.Now().AddDate(0, 12, 2)))
	if r := stored(t, db, old.Code); r.Resident != "" || r.Matter.Question != "" || r.Contact != "" || r.Shown != nil || r.State != referral.Closed {
		t.Errorf("after a year there is still %+v", r)
	}
	if got := count(t, db, `SELECT count(*) FROM referrals WHERE said IS NULL AND contact IS NULL AND resident IS NULL AND draft = code`); got != 1 {
		t.Errorf("%d referrals are blank, want 1", got)
	}
	if r := stored(t, db, open.Code); r.Matter.Question == "" {
		t.Error("an open referral is forgotten")
	}
	for chat, want := range map[int64]int64{42: 0, 43: 43, 7: 7} {
		if got, err := db.Address(t.Context(), person(chat)); err != nil || got != want {
			t.Errorf("address of %d is %d, %v; want %d", chat, got, err, want)
		}
	}
	if got := count(t, db, `SELECT count(*) FROM referral_events`); got != 4 {
		t.Errorf("%d events, want 4", got)
	}
}

func TestAnInvitationEndsAfterADay(t *testing.T) {
	db := open(t, t.TempDir())
	inv, err := db.Invite(t.Context(), "31217", "Trần Thị B", referral.Plain)
	must(t, err)
	secret := strings.TrimPrefix(inv.Payload, bot.InvitePrefix)
	if o, err := db.Invited(t.Context(), secret); err != nil || o.ID != inv.Officer {
		t.Errorf("Invited = %+v, %v", o, err)
	}
	if got := count(t, db, `SELECT count(*) FROM officers WHERE length(invite) = 32`); got != 1 {
		t.Error("the secret is not stored as a hash")
	}
	_, err = db.exec(t.Context(), `UPDATE officers SET invited = invited - 86401`)
	must(t, err)
	if _, err := db.Invited(t.Context(), secret); !errors.Is(err, bot.ErrNoCase) {
		t.Errorf("after a day Invited = %v", err)
	}
	if err := change(t, db, 1, 7, 1, referral.Linked{Officer: inv.Officer, Chat: person(7)}); !errors.Is(err, telegram.ErrStale) {
		t.Errorf("linked after a day: %v", err)
	}
}

func TestBadInvitations(t *testing.T) {
	db := open(t, t.TempDir())
	for _, c := range []struct {
		ward, name string
		role       referral.Role
	}{{"31217", " ", referral.Plain}, {"31217", strings.Repeat("a", 61), referral.Plain}, {"31217", "B", "boss"}, {"", "B", referral.Plain}, {"city", "B", referral.Supervisor}} {
		if _, err := db.Invite(t.Context(), "", c.name, c.role); err == nil {
			t.Errorf("%+v is invited", c)
		}
	}
	if _, err := db.Invite(t.Context(), "", "B", referral.Duty); err != nil {
		t.Error(err)
	}
}

// TestADesksGroupMoves: it stays the desk's under its new name, its cards with it.
func TestADesksGroupMoves(t *testing.T) {
	db := open(t, t.TempDir())
	link(t, db, 1, 7, 1)
	must(t, change(t, db, 2, -500, 1, referral.Grouped{Desk: "31217", Chat: person(-500)}))
	r := refer(t, db, 3, 42, 1)
	next, err := r.Move(referral.Add, 0, time.Now())
	must(t, err)
	must(t, change(t, db, 4, 42, 2, referral.Moved{Referral: next, From: r, Event: referral.Add},
		bot.Post{To: person(-500), Reply: bot.Reply{Screen: -r.Code.Number()}}))
	must(t, db.Moved(t.Context(), telegram.Move{From: -500, To: -9500, Was: person(-500), Is: person(-9500)}))
	table, err := db.Table(t.Context())
	must(t, err)
	if got := table.Desk("31217").Chats(); len(got) != 1 || got[0] != person(-9500) {
		t.Errorf("the desk's chats are %v", got)
	}
	if chat, err := db.Address(t.Context(), person(-9500)); err != nil || chat != -9500 {
		t.Errorf("address %d, %v", chat, err)
	}
	if r := stored(t, db, r.Code); len(r.Shown) != 1 || r.Shown[0] != person(-9500) {
		t.Errorf("shown in %v", r.Shown)
	}
	for group, want := range map[int64]bool{-9500: true, -500: false, -1: false} {
		if ok, err := db.Welcomes(t.Context(), person(group), "somebody"); err != nil || ok != want {
			t.Errorf("Welcomes(%d) = %v, %v", group, ok, err)
		}
	}
	must(t, db.Blocked(t.Context(), -9500, true, time.Now()))
	table, err = db.Table(t.Context())
	must(t, err)
	if got := table.Desk("31217").Chats(); len(got) != 1 || got[0] != person(7) {
		t.Errorf("the group has thrown the bot out, and the desk's chats are %v", got)
	}
}

func TestABlockedResidentIsKnownToBeGone(t *testing.T) {
	db := open(t, t.TempDir())
	r := refer(t, db, 1, 42, 1)
	must(t, db.Blocked(t.Context(), 42, true, time.Now()))
	if r := stored(t, db, r.Code); !r.Gone {
		t.Error("who has stopped the bot is not gone")
	}
	must(t, db.Blocked(t.Context(), 42, false, time.Now()))
	if r := stored(t, db, r.Code); r.Gone {
		t.Error("who has come back is gone")
	}
}
