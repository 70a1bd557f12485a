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
	"policybot/knowledge"
)

const (
	trungNhut = knowledge.WardCode("31217")
	thotNot   = knowledge.WardCode("31207")
)

// A town is the bot on a real store, without Telegram: what people do is handled and committed, and
// what they read is kept for each.
type town struct {
	t      *testing.T
	bot    *bot.Bot
	db     *store.DB
	update int64
	last   map[bot.ChatID]bot.Turn    // the last turn of a chat that had replies
	posts  map[bot.ChatID][]bot.Reply // what was posted to a chat
	toast  string                     // of the last turn
}

func newTown(t *testing.T) *town {
	t.Helper()
	shared, err := theBot()
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), slog.New(slog.DiscardHandler), t.TempDir(), store.Options{Key: "0123456789abcdef0123456789abcdef"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &town{t: t, bot: bot.New(slog.New(slog.DiscardHandler), shared.library, shared.answers, db), db: db,
		last: map[bot.ChatID]bot.Turn{}, posts: map[bot.ChatID][]bot.Reply{}}
}

// handle lets the bot decide, and writes nothing yet.
func (w *town) handle(in bot.Inbound) bot.Turn {
	w.t.Helper()
	if in.Day.IsZero() {
		in.Day = day
	}
	turn, err := w.bot.Handle(w.t.Context(), in)
	if err != nil {
		w.t.Fatal(err)
	}
	if turn.Record.Outcome == knowledge.Failed {
		w.t.Fatalf("%+v failed", in)
	}
	return turn
}

// commit writes a turn, or returns telegram.ErrStale.
func (w *town) commit(turn bot.Turn) error {
	w.t.Helper()
	w.update++
	chat := int64(len(turn.Inbound.Chat)) // any number will do
	if err := w.db.Accept(w.t.Context(), []telegram.Update{{ID: w.update, Chat: chat, Body: []byte("{}")}}); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.db.Commit(w.t.Context(), w.update, turn, nil); err != nil {
		if !errors.Is(err, telegram.ErrStale) {
			w.t.Fatal(err)
		}
		return err
	}
	if w.toast = turn.Toast; len(turn.Replies) > 0 {
		w.last[turn.Inbound.Chat] = turn
	}
	for _, p := range turn.Posts {
		w.posts[p.To] = append(w.posts[p.To], p.Reply)
	}
	return nil
}

// does handles and commits, and returns what the person reads.
func (w *town) does(in bot.Inbound) string {
	w.t.Helper()
	turn := w.handle(in)
	if err := w.commit(turn); err != nil {
		w.t.Fatal(err)
	}
	return read(turn)
}

func read(turn bot.Turn) string {
	var texts []string
	for _, r := range turn.Replies {
		texts = append(texts, r.Plain())
	}
	return strings.Join(texts, "\n")
}

func (w *town) says(who bot.ChatID, text string) string {
	return w.does(bot.Inbound{Chat: who, Text: text})
}

// button finds the newest button that begins so, in the chat of a person.
func (w *town) button(who bot.ChatID, label string) *bot.Tap {
	w.t.Helper()
	tap := func(r bot.Reply) *bot.Tap {
		for i, b := range r.Buttons {
			if !strings.HasPrefix(b.Label, label) {
				continue
			}
			if b.Action.Case != "" {
				return &bot.Tap{Action: &b.Action}
			}
			return &bot.Tap{Screen: r.Screen, Button: i}
		}
		return nil
	}
	replies := append(append([]bot.Reply{}, w.posts[who]...), w.last[who].Replies...)
	for i := len(replies) - 1; i >= 0; i-- {
		if found := tap(replies[i]); found != nil {
			return found
		}
	}
	w.t.Fatalf("%s has no button %q", who, label)
	return nil
}

func (w *town) presses(who bot.ChatID, label string) string {
	w.t.Helper()
	return w.does(bot.Inbound{Chat: who, Tap: w.button(who, label)})
}

// link makes a person an officer.
func (w *town) link(who bot.ChatID, ward knowledge.WardCode, role referral.Role) {
	w.t.Helper()
	inv, err := w.db.Invite(w.t.Context(), ward, "Cán bộ "+string(who), role)
	if err != nil {
		w.t.Fatal(err)
	}
	if got := w.says(who, "/start "+inv.Payload); !strings.Contains(got, "đã được liên kết") {
		w.t.Fatalf("the invitation says %q", got)
	}
}

// sends brings a resident as far as the code, and returns it.
func (w *town) sends(who bot.ChatID, question, place, ward string) referral.Code {
	w.t.Helper()
	w.says(who, question)
	w.presses(who, "Gửi cán bộ")
	w.says(who, place)
	w.presses(who, ward)
	said := w.presses(who, "Đồng ý gửi")
	_, code, _ := strings.Cut(said, "Mã phiếu của bà con: ")
	code, _, _ = strings.Cut(code, "\n")
	if referral.Code(code).Number() == 0 {
		w.t.Fatalf("there is no code in %q", said)
	}
	return referral.Code(code)
}

func (w *town) referral(code referral.Code) referral.Referral {
	w.t.Helper()
	r, err := w.db.Referral(w.t.Context(), code)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (w *town) of(who bot.ChatID) []referral.Referral {
	w.t.Helper()
	all, err := w.db.Referrals(w.t.Context(), bot.Whose{Resident: who})
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// reads is the last thing posted to somebody.
func (w *town) reads(who bot.ChatID) string {
	if n := len(w.posts[who]); n > 0 {
		return w.posts[who][n-1].Plain()
	}
	return ""
}

const question = "cận nghèo nằm viện trả bao nhiêu"

func TestAgreedTwiceIsSentOnce(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	w.says("r", question)
	w.presses("r", "Gửi cán bộ")
	w.says("r", "phường Trung Nhứt")
	w.presses("r", "Phường Trung Nhứt")
	tap := w.button("r", "Đồng ý gửi")
	first := w.does(bot.Inbound{Chat: "r", Tap: tap})
	for range 3 {
		if again := w.does(bot.Inbound{Chat: "r", Tap: tap}); again != first {
			t.Errorf("agreed again, it says\n%s\nafter\n%s", again, first)
		}
	}
	if all := w.of("r"); len(all) != 1 {
		t.Errorf("%d referrals", len(all))
	}
	if n := len(w.posts["a"]); n != 1 {
		t.Errorf("the officer has %d cards", n)
	}
}

// TestAgreedTwiceAtOnce: both presses are handled before either is committed.
func TestAgreedTwiceAtOnce(t *testing.T) {
	w := newTown(t)
	w.says("r", question)
	w.presses("r", "Gửi cán bộ")
	w.says("r", "phường Trung Nhứt")
	w.presses("r", "Phường Trung Nhứt")
	in := bot.Inbound{Chat: "r", Tap: w.button("r", "Đồng ý gửi")}
	one, two := w.handle(in), w.handle(in)
	if err := w.commit(one); err != nil {
		t.Fatal(err)
	}
	if err := w.commit(two); !errors.Is(err, telegram.ErrStale) {
		t.Errorf("the second commit = %v", err)
	}
	if all := w.of("r"); len(all) != 1 {
		t.Errorf("%d referrals", len(all))
	}
}

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
	if got := w.does(forB); !strings.Contains(got, "đã nhận phiếu") {
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

func TestWhatIsAskedAgainWithinADayIsAdded(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	code := w.sends("r", question, "trung nhut", "Phường Trung Nhứt")
	w.says("r", "cận nghèo đóng bảo hiểm y tế một tháng bao nhiêu")
	w.presses("r", "Gửi cán bộ")
	w.presses("r", "Phường Trung Nhứt") // chosen before, so it is offered
	if got := w.presses("r", "Đồng ý gửi"); !strings.Contains(got, "Đã thêm vào phiếu "+string(code)) {
		t.Errorf("it says %q", got)
	}
	if all := w.of("r"); len(all) != 1 || len(all[0].Added) != 1 {
		t.Errorf("referrals %+v", all)
	}
	if got := w.reads("a"); !strings.Contains(got, "Hỏi thêm: «cận nghèo đóng bảo hiểm y tế") {
		t.Errorf("the card says %q", got)
	}
	w.says("r", "hộ nghèo vay vốn lãi suất bao nhiêu") // another topic
	w.presses("r", "Gửi cán bộ")
	w.presses("r", "Phường Trung Nhứt")
	w.presses("r", "Đồng ý gửi")
	if all := w.of("r"); len(all) != 2 {
		t.Errorf("%d referrals, want 2", len(all))
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

func TestANumberIsTheSendersOwn(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	w.says("r", question)
	w.presses("r", "Gửi cán bộ")
	w.says("r", "phường Trung Nhứt")
	w.presses("r", "Phường Trung Nhứt")
	w.presses("r", "Thêm số điện thoại")
	if keys := w.last["r"].Replies[0].Keys; keys == nil || keys.Contact == "" {
		t.Error("there is no key that shares the number")
	}
	if got := w.does(bot.Inbound{Chat: "r", Sent: bot.Contact}); !strings.Contains(got, "của chính bà con") {
		t.Errorf("of another's contact it says %q", got)
	}
	for _, bad := range []string{"123", "090912345678901", "09091234"} {
		if got := w.says("r", bad); !strings.Contains(got, "chưa đúng") {
			t.Errorf("of %q it says %q", bad, got)
		}
	}
	w.does(bot.Inbound{Chat: "r", Sent: bot.Contact, Contact: "84909123456"})
	w.presses("r", "Đồng ý gửi")
	if all := w.of("r"); len(all) != 1 || all[0].Contact != "+84909123456" {
		t.Fatalf("referrals %+v", all)
	}
	for _, card := range w.posts["a"] {
		if strings.Contains(card.HTML, "909123456") {
			t.Errorf("the number stands on the card: %s", card.HTML)
		}
	}
	if got := w.presses("a", "Nhận"); !strings.Contains(got, "+84909123456") {
		t.Errorf("who accepted reads %q", got)
	}
}

func TestNamesAndNumbersInTheWordsAreMasked(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	w.says("r", "cho tôi gặp cán bộ")
	w.says("r", "trung nhut")
	w.presses("r", "Phường Trung Nhứt")
	if got := w.says("r", "tôi tên là Trần Văn Tám, số 0909 123 456, nhờ cấp lại sổ hộ nghèo"); strings.Contains(got, "Tám") || strings.Contains(got, "0909") {
		t.Errorf("what will be sent is %q", got)
	}
	w.presses("r", "Đồng ý gửi")
	if got := w.reads("a"); strings.Contains(got, "Tám") || strings.Contains(got, "0909") || !strings.Contains(got, "cấp lại sổ hộ nghèo") {
		t.Errorf("the card says %q", got)
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

// TestTalkEnds: a day after the officer's last word a text is for the bot again.
func TestTalkEnds(t *testing.T) {
	r := referral.Referral{State: referral.Accepted}
	now := time.Now()
	next, err := r.Move(referral.Reply, 1, now)
	if err != nil || next.TalkEnds.Sub(now) != 24*time.Hour {
		t.Errorf("talk until %v, %v", next.TalkEnds, err)
	}
}

func TestAConsentForAnotherDeskIsAskedAgain(t *testing.T) {
	w := newTown(t)
	w.says("r", question)
	w.presses("r", "Gửi cán bộ")
	w.says("r", "phường Trung Nhứt")
	w.presses("r", "Phường Trung Nhứt")
	w.link("a", trungNhut, referral.Plain)
	if got := w.presses("r", "Đồng ý gửi"); !strings.Contains(got, "Nơi nhận vừa thay đổi") || len(w.of("r")) != 0 {
		t.Errorf("it says %q, with %d referrals", got, len(w.of("r")))
	}
	w.presses("r", "Đồng ý gửi")
	if len(w.of("r")) != 1 {
		t.Error("then nothing is sent")
	}
}

// TestATurnAsideLeavesTheDraft: a menu, a command or a flow in between takes texts for itself.
func TestATurnAsideLeavesTheDraft(t *testing.T) {
	for name, aside := range map[string]func(w *town){
		"menu":    func(w *town) { w.says("r", "/menu"); w.presses("r", "Bảo hiểm y tế") },
		"command": func(w *town) { w.says("r", "/hoso") },
		"flow":    func(w *town) { w.says("r", "/start household") },
	} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			w.says("r", question)
			w.presses("r", "Gửi cán bộ")
			aside(w)
			if got := w.says("r", "phường"); strings.Contains(got, "chưa tìm ra phường") {
				t.Errorf("a text is taken for a place: %q", got)
			}
			w.says("r", "/hoso")
			if got := w.presses("r", "Tiếp tục gửi phiếu"); !strings.Contains(got, "Bà con ở phường, xã nào") {
				t.Errorf("the draft goes on with %q", got)
			}
		})
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
