package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"policybot/bot"
	"policybot/bot/referral"
	"policybot/bot/store"
	"policybot/bot/telegram"
)

func TestTwoOfficersAtOnceOneWinsTheOtherIsTold(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	w.link("b", trungNhut, referral.Plain)
	code := w.sends("r", question, "trung nhut", "Phường Trung Nhứt")
	forA, forB := bot.Inbound{Chat: "a", Tap: w.button("a", "Nhận")}, bot.Inbound{Chat: "b", Tap: w.button("b", "Nhận")}
	one, two := w.handle(forA), w.handle(forB)
	if err := w.commit(two); err != nil {
		t.Fatal(err)
	}
	if err := w.commit(one); !errors.Is(err, telegram.ErrStale) {
		t.Fatalf("the slower commit = %v", err)
	}
	if got := w.does(forA); !strings.Contains(got, "Cán bộ b đã nhận lúc") || !strings.Contains(w.toast, "Cán bộ b") {
		t.Errorf("the slower one reads %q", got)
	}
	if r := w.referral(code); r.State != referral.Accepted || r.Version != 2 {
		t.Errorf("the referral is %s, version %d", r.State, r.Version)
	}
	if got := w.reads("r"); !strings.Contains(got, "Cán bộ b, Phường Trung Nhứt, đã nhận") {
		t.Errorf("the resident reads %q", got)
	}
	if got := w.does(forB); !strings.Contains(got, "do anh/chị giữ") {
		t.Errorf("pressed again, the winner reads %q", got)
	}
	if got := w.presses("a", "Trả lời"); !strings.Contains(got, "do Cán bộ b giữ") {
		t.Errorf("who does not hold it reads %q", got)
	}
}

// TestOldButtons: a button drawn before the state changed does nothing, whoever presses it.
func TestOldButtons(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	code := w.sends("r", question, "trung nhut", "Phường Trung Nhứt")
	accept := w.button("a", "Nhận")
	w.presses("a", "Nhận")
	closing, back := w.button("a", "Xong"), w.button("a", "Trả lại")
	w.does(bot.Inbound{Chat: "a", Tap: closing})
	reopen := w.button("r", "Chưa, xin mở lại")
	w.does(bot.Inbound{Chat: "r", Tap: reopen})
	before := w.referral(code)
	for name, in := range map[string]bot.Inbound{
		"accept":               {Chat: "a", Tap: accept},
		"close":                {Chat: "a", Tap: closing},
		"give back":            {Chat: "a", Tap: back},
		"reopen":               {Chat: "r", Tap: reopen},
		"a stranger's accept":  {Chat: "x", Tap: w.button("a", "Nhận")},
		"a stranger's reopen":  {Chat: "x", Tap: reopen},
		"cancel by an officer": {Chat: "a", Tap: &bot.Tap{Action: &bot.Action{Verb: bot.CaseCancel, Case: code, Version: before.Version}}},
		"no such referral":     {Chat: "a", Tap: &bot.Tap{Action: &bot.Action{Verb: bot.CaseAccept, Case: "CT-2222", Version: 1}}},
		"no such verb":         {Chat: "a", Tap: &bot.Tap{Action: &bot.Action{Verb: "xxx", Case: code, Version: before.Version}}},
	} {
		if got := w.does(in); got == "" {
			t.Errorf("%s: nothing is said", name)
		}
		if after := w.referral(code); after.Version != before.Version || after.State != before.State || after.Writes != before.Writes {
			t.Errorf("%s: the referral is now %s, version %d", name, after.State, after.Version)
		}
	}
}

func TestResidentsNeverCross(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	var codes []referral.Code
	for n := range 4 {
		codes = append(codes, w.sends(bot.ChatID(fmt.Sprint("r", n)), question, "trung nhut", "Phường Trung Nhứt"))
	}
	version := w.referral(codes[0]).Version
	press := func(code referral.Code, v bot.Verb, version int) {
		w.does(bot.Inbound{Chat: "a", Tap: &bot.Tap{Action: &bot.Action{Verb: v, Case: code, Version: version}}})
	}
	for _, code := range codes {
		press(code, bot.CaseAccept, version)
	}
	for n, code := range codes {
		press(code, bot.CaseReply, version+1)
		w.says("a", fmt.Sprint("lời cho người số ", n))
	}
	for n := range codes {
		who := bot.ChatID(fmt.Sprint("r", n))
		if got := w.reads(who); !strings.Contains(got, fmt.Sprint("lời cho người số ", n)) || !strings.Contains(got, string(codes[n])) {
			t.Errorf("%s reads %q", who, got)
		}
		w.says(who, fmt.Sprint("trả lời của người số ", n))
		if got := w.reads("a"); !strings.Contains(got, fmt.Sprint("trả lời của người số ", n)) || !strings.Contains(got, string(codes[n])) {
			t.Errorf("of %s the officer reads %q", who, got)
		}
	}
}

func TestInvitations(t *testing.T) {
	w := newTown(t)
	inv, err := w.db.Invite(t.Context(), trungNhut, "  Trần  Thị B ", referral.Plain)
	if err != nil {
		t.Fatal(err)
	}
	const refused = "không dùng được"
	for name, payload := range map[string]string{"guessed": bot.InvitePrefix + "AAAAAAAAAAAAAAAAAAAAAAAAAA", "empty": bot.InvitePrefix + " ", "cut": inv.Payload[:len(inv.Payload)-1],
		"lower": strings.ToLower(inv.Payload)} {
		if got := w.says("x", "/start "+payload); strings.Contains(got, "liên kết") {
			t.Errorf("%s: %q", name, got)
		}
	}
	one, two := w.handle(bot.Inbound{Chat: "a", Text: "/start " + inv.Payload}), w.handle(bot.Inbound{Chat: "b", Text: "/start " + inv.Payload})
	if err := w.commit(one); err != nil {
		t.Fatal(err)
	}
	if err := w.commit(two); !errors.Is(err, telegram.ErrStale) {
		t.Errorf("opened by two at once, the second commit = %v", err)
	}
	for _, who := range []bot.ChatID{"a", "b"} {
		if got := w.says(who, "/start "+inv.Payload); !strings.Contains(got, refused) {
			t.Errorf("used, %s reads %q", who, got)
		}
	}
	if s, err := w.db.Standing(t.Context(), "a"); err != nil || s.Officer.Name != "Trần Thị B" || s.Officer.Ward != trungNhut {
		t.Errorf("standing %+v, %v", s, err)
	}
	if s, err := w.db.Standing(t.Context(), "b"); err != nil || s.Officer.ID != 0 {
		t.Errorf("standing %+v, %v", s, err)
	}
}

func TestRightsEndAtOnce(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	w.link("b", trungNhut, referral.Plain)
	w.link("c", thotNot, referral.Plain)
	code := w.sends("r", question, "trung nhut", "Phường Trung Nhứt")
	if got := w.does(bot.Inbound{Chat: "c", Tap: w.button("a", "Nhận")}); !strings.Contains(got, "không thuộc đầu mối") {
		t.Errorf("an officer of another ward reads %q", got)
	}
	w.presses("a", "Nhận")
	if got := w.says("a", "/nghi"); !strings.Contains(got, "đã thôi nhận phiếu") {
		t.Errorf("/nghi says %q", got)
	}
	if r := w.referral(code); r.State != referral.Sent || r.Holder != 0 {
		t.Errorf("what was held is %s", r.State)
	}
	for _, label := range []string{"Trả lời", "Xong", "Nhận"} {
		if got := w.presses("a", label); !strings.Contains(got, "chưa được liên kết") {
			t.Errorf("%s: who has left reads %q", label, got)
		}
	}
	if got := w.says("a", "/phieu"); !strings.Contains(got, "Cách hỏi") {
		t.Errorf("/phieu says %q to who has left", got)
	}
	if got := w.presses("b", "Nhận"); !strings.Contains(got, "đã nhận phiếu") {
		t.Errorf("a colleague reads %q", got)
	}
	s, err := w.db.Standing(t.Context(), "b")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.Revoke(t.Context(), s.Officer.ID); err != nil {
		t.Fatal(err)
	}
	if got := w.presses("b", "Xong"); !strings.Contains(got, "chưa được liên kết") {
		t.Errorf("revoked, a colleague reads %q", got)
	}
	if r := w.referral(code); r.State != referral.Sent {
		t.Errorf("what the revoked one held is %s", r.State)
	}
	if err := w.db.Revoke(t.Context(), s.Officer.ID); !errors.Is(err, store.ErrNoOfficer) {
		t.Errorf("revoked twice: %v", err)
	}
}

func TestAnOfficersWordGoesNowhereWithoutAPress(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	w.sends("r", question, "trung nhut", "Phường Trung Nhứt")
	w.presses("a", "Nhận")
	before := len(w.posts["r"])
	w.says("a", question)
	w.does(bot.Inbound{Chat: "a", Sent: bot.Photo, Media: &bot.Media{Kind: "photo", File: "f"}})
	w.presses("a", "Trả lời")
	w.presses("a", "Thôi")
	w.says("a", "chữ này không gửi cho ai")
	if n := len(w.posts["r"]); n != before {
		t.Errorf("the resident got %d messages: %q", n-before, w.reads("r"))
	}
}

// TestAHolderWhoIsGoneHoldsNothing: the resident's next word brings the referral back to its desk.
func TestAHolderWhoIsGoneHoldsNothing(t *testing.T) {
	w := newTown(t)
	w.link("aa", trungNhut, referral.Plain) // the store of a town knows chats by the length of their names
	w.link("b", trungNhut, referral.Plain)
	code := w.sends("res", question, "trung nhut", "Phường Trung Nhứt")
	w.presses("aa", "Nhận")
	w.presses("aa", "Trả lời")
	w.says("aa", "lời của phường")
	if err := w.db.Blocked(t.Context(), 2, true, time.Now()); err != nil {
		t.Fatal(err)
	}
	if got := w.says("res", "dạ tôi nghe"); !strings.Contains(got, "chờ người khác nhận") {
		t.Errorf("the resident reads %q", got)
	}
	if r := w.referral(code); r.State != referral.Sent || r.Holder != 0 {
		t.Errorf("the referral is %s", r.State)
	}
	if got := w.presses("b", "Nhận"); !strings.Contains(got, "đã nhận phiếu") {
		t.Errorf("a colleague reads %q", got)
	}
}

// TestTurningToAnotherEndsTheWriting: what is typed after a press on one referral never goes to the
// resident of another.
func TestTurningToAnotherEndsTheWriting(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	one := w.sends("r1", question, "trung nhut", "Phường Trung Nhứt")
	two := w.sends("r2", question, "trung nhut", "Phường Trung Nhứt")
	press := func(code referral.Code, v bot.Verb) {
		w.does(bot.Inbound{Chat: "a", Tap: &bot.Tap{Action: &bot.Action{Verb: v, Case: code, Version: w.referral(code).Version}}})
	}
	press(one, bot.CaseAccept)
	press(one, bot.CaseReply)
	press(two, bot.CaseAccept)
	before := len(w.posts["r1"]) + len(w.posts["r2"])
	w.says("a", "lời này cho ai")
	if after := len(w.posts["r1"]) + len(w.posts["r2"]); after != before {
		t.Errorf("it went out: r1 %q, r2 %q", w.reads("r1"), w.reads("r2"))
	}
	press(two, bot.CaseReply)
	w.says("a", "lời cho người thứ hai")
	if !strings.Contains(w.reads("r2"), "người thứ hai") || strings.Contains(w.reads("r1"), "người thứ hai") {
		t.Errorf("r1 %q, r2 %q", w.reads("r1"), w.reads("r2"))
	}
}

func TestMediaAreRelayed(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	w.sends("r", question, "trung nhut", "Phường Trung Nhứt")
	w.presses("a", "Nhận")
	w.presses("a", "Trả lời")
	w.does(bot.Inbound{Chat: "a", Sent: bot.File, Media: &bot.Media{Kind: "document", File: "mau-don", Caption: "mẫu đơn <b>"}})
	got := w.posts["r"][len(w.posts["r"])-1]
	if got.Media == nil || got.Media.File != "mau-don" || got.Media.Kind != "document" || !strings.Contains(got.HTML, "mẫu đơn &lt;b&gt;") || !strings.Contains(got.HTML, "Phường Trung Nhứt") {
		t.Errorf("the resident gets %+v %q", got.Media, got.HTML)
	}
	w.does(bot.Inbound{Chat: "r", Sent: bot.Voice, Media: &bot.Media{Kind: "voice", File: "giong"}})
	if got := w.posts["a"][len(w.posts["a"])-1]; got.Media == nil || got.Media.File != "giong" {
		t.Errorf("the officer gets %+v", got)
	}
	if got := w.does(bot.Inbound{Chat: "a", Sent: bot.Sticker}); !strings.Contains(got, "chưa gửi") {
		t.Errorf("of a sticker the officer reads %q", got)
	}
	long := strings.Repeat("dài ", 300)
	w.does(bot.Inbound{Chat: "a", Sent: bot.Photo, Media: &bot.Media{Kind: "photo", File: "f", Caption: long}})
	last := w.posts["r"][len(w.posts["r"])-2:]
	if last[0].Media != nil || !strings.Contains(last[0].HTML, strings.TrimSpace(long)) || last[1].Media == nil {
		t.Errorf("a long caption becomes %+v", last)
	}
}

func TestInAGroup(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	w.link("b", trungNhut, referral.Plain)
	inGroup := func(who bot.ChatID, in bot.Inbound) string {
		in.Chat, in.Person = "g", who
		return w.does(in)
	}
	if got := inGroup("x", bot.Inbound{Text: "/nhom"}); strings.Contains(got, "nhận phiếu") {
		t.Errorf("to a stranger /nhom says %q", got)
	}
	if got := inGroup("a", bot.Inbound{Text: "/nhom"}); !strings.Contains(got, "nay nhận phiếu của Phường Trung Nhứt") {
		t.Errorf("/nhom says %q", got)
	}
	code := w.sends("r", question, "trung nhut", "Phường Trung Nhứt")
	if len(w.posts["g"]) != 1 || len(w.posts["a"])+len(w.posts["b"]) != 0 {
		t.Fatalf("cards: group %d, a %d, b %d", len(w.posts["g"]), len(w.posts["a"]), len(w.posts["b"]))
	}
	accept := w.button("g", "Nhận")
	if inGroup("x", bot.Inbound{Tap: accept}); !strings.Contains(w.toast, "chưa được liên kết") {
		t.Errorf("a stranger is told %q", w.toast)
	}
	inGroup("b", bot.Inbound{Tap: accept})
	if got := w.reads("b"); !strings.Contains(got, "đã nhận phiếu") {
		t.Errorf("the officer reads in private %q", got)
	}
	if inGroup("a", bot.Inbound{Tap: accept}); !strings.Contains(w.toast, "Cán bộ b đã nhận") {
		t.Errorf("the other is told %q", w.toast)
	}
	inGroup("b", bot.Inbound{Tap: w.button("g", "Trả lời")})
	if got := w.reads("b"); !strings.Contains(got, "Viết cho người dân") {
		t.Errorf("to answer, the officer reads in private %q", got)
	}
	w.says("b", "lời của phường")
	if got := w.reads("r"); !strings.Contains(got, "lời của phường") {
		t.Errorf("the resident reads %q", got)
	}
	w.says("r", "chuyện nhà tôi")
	for _, card := range w.posts["g"] {
		if strings.Contains(card.HTML, "chuyện nhà tôi") || strings.Contains(card.HTML, "lời của phường") {
			t.Errorf("the group reads %q", card.HTML)
		}
	}
	if r := w.referral(code); r.Holder == 0 {
		t.Error("nobody holds it")
	}
	if got := inGroup("r2", bot.Inbound{Text: "cho tôi gặp cán bộ"}); strings.Contains(got, "phường, xã nào") {
		t.Errorf("in a group a referral begins: %q", got)
	}
}

// TestADeclinedReferralGoesToTheCity: the ward's card says so and offers nothing more.
func TestADeclinedReferralGoesToTheCity(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	w.link("d", "", referral.Duty)
	code := w.sends("r", question, "trung nhut", "Phường Trung Nhứt")
	w.presses("a", "Nhận")
	w.presses("a", "Không thuộc phạm vi")
	if r := w.referral(code); r.Desk != referral.City || r.State != referral.Sent {
		t.Fatalf("the referral is %s at %s", r.State, r.Desk)
	}
	card := w.posts["a"][len(w.posts["a"])-1]
	if !strings.Contains(card.Plain(), "Trực thành phố") || len(card.Buttons) != 0 {
		t.Errorf("the ward's card says %q %v", card.Plain(), card.Buttons)
	}
	if got := w.reads("r"); !strings.Contains(got, "trực của thành phố") {
		t.Errorf("the resident reads %q", got)
	}
	if got := w.presses("d", "Nhận"); !strings.Contains(got, "đã nhận phiếu") {
		t.Errorf("the officer on duty reads %q", got)
	}
}

type brokenCases struct{ *store.DB }

func (brokenCases) Standing(context.Context, bot.ChatID) (referral.Standing, error) {
	return referral.Standing{}, errors.New("disk on fire")
}

// TestWordsAreNotLostWhenReferralsCannotBeRead: the turn is tried again, and not taken for a question.
func TestWordsAreNotLostWhenReferralsCannotBeRead(t *testing.T) {
	w := newTown(t)
	shared, err := theBot()
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(slog.New(slog.DiscardHandler), shared.library, shared.answers, brokenCases{w.db})
	if _, err := b.Handle(t.Context(), bot.Inbound{Chat: "a", Text: "lời cho người dân", Day: day}); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("err = %v", err)
	}
}
