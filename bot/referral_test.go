package bot_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

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

// TestACardIsOneMessage: whatever was asked and added, so that it can be edited in place.
func TestACardIsOneMessage(t *testing.T) {
	w := newTown(t)
	w.link("a", trungNhut, referral.Plain)
	w.says("r", "cho tôi gặp cán bộ")
	w.says("r", "trung nhut")
	w.presses("r", "Phường Trung Nhứt")
	if got := w.says("r", strings.Repeat("dài quá ", 200)); !strings.Contains(got, "dài quá") || !strings.Contains(got, "1500") {
		t.Errorf("of too long a text it says %q", got)
	}
	w.says("r", strings.Repeat("câu dài ", 187))
	w.presses("r", "Đồng ý gửi")
	for n := range 6 {
		w.says("r", "cho tôi gặp cán bộ")
		w.presses("r", "Phường Trung Nhứt")
		w.says("r", strings.Repeat(strconv.Itoa(n)+" nữa ", 240))
		w.presses("r", "Đồng ý gửi")
	}
	if all := w.of("r"); len(all) != 1 || len(all[0].Added) != 6 {
		t.Fatalf("%d referrals", len(all))
	}
	if n := utf8.RuneCountInString(w.reads("a")); n > 4000 {
		t.Errorf("the card has %d letters", n)
	}
}

// TestConsentHasItsVersion: whoever changes the wording gives it a new version, beside the old ones.
func TestConsentHasItsVersion(t *testing.T) {
	wordings := map[string]string{ // version to the beginning of the SHA-256 of bot/screens/refer-consent.html
		"2026-11-26": "f49585aedc98ad1d",
	}
	text, err := os.ReadFile("screens/refer-consent.html")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%x", sha256.Sum256(text))[:16]; wordings[referral.Consent] != got {
		t.Errorf("the wording of consent is %s, and version %q is %q: a changed wording wants a new referral.Consent", got, referral.Consent, wordings[referral.Consent])
	}
}
