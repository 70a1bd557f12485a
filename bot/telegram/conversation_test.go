package telegram_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"policybot/bot"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
	"policybot/knowledge"
)

func TestQuestionPressAndEdit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.talk.change = func(turn *bot.Turn) {
			if tap := turn.Inbound.Tap; tap != nil && tap.Button == 0 {
				turn.Replies[0].Replaces = tap.Screen
			}
		}
		stop := r.start()
		p := r.person(1)
		say(t, p, "hộ <nghèo> & cận nghèo")
		r.hears(p, "#1 hộ <nghèo> & cận nghèo")
		first := p.Last()
		query, err := p.Press("Xem thêm")
		if err != nil {
			t.Fatal(err)
		}
		r.hears(p, "#2 bấm 1.0")
		if got := p.Last(); got.ID != first.ID || got.EditDate == 0 {
			t.Errorf("the reply to the press is %+v, want an edit of message %d", got, first.ID)
		}
		synctest.Wait()
		if a := p.Answer(query); a == nil || a.Text != "" {
			t.Errorf("answer to the press: %+v", a)
		}
		if _, err := p.Press("Chọn chủ đề"); err != nil {
			t.Fatal(err)
		}
		r.hears(p, "#3 bấm 2.1")
		if err := stop(); err != nil {
			t.Errorf("Run = %v", err)
		}
		for _, c := range r.srv.Calls("sendMessage", "editMessageText") {
			if c.Params["link_preview_options"] != `{"is_disabled":true}` || c.Params["parse_mode"] != "HTML" {
				t.Errorf("call %+v", c.Params)
			}
		}
	})
}

// TestHeard lets people do all sorts of things and checks what the conversation is told.
func TestHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{Bot: fakeapi.User{Username: "chinhsach_bot"}})
		inbounds := make(chan bot.Inbound, 10)
		r.talk.before = func(_ context.Context, in bot.Inbound) error { inbounds <- in; return nil }
		r.start()
		p := r.person(1)
		file := func(kind string) func() error {
			return func() error { _, err := p.SendFile(kind, "x", []byte("x"), "kèm lời"); return err }
		}
		text := func(s string) func() error {
			return func() error { _, err := p.Send(s); return err }
		}
		for _, c := range []struct {
			name string
			do   func() error
			want string
		}{
			{"a deep link", func() error { _, err := p.Start("the-bhyt_01"); return err }, "/start the-bhyt_01"},
			{"a question", text("Hộ nghèo là gì?"), "Hộ nghèo là gì?"},
			{"a command with the bot's name", text("/help@ChinhSach_bot"), "/help"},
			{"a command with the name and more", text("/menu@chinhsach_bot nghề"), "/menu nghề"},
			{"a command of another bot", text("/help@other_bot"), "/help@other_bot"},
			{"a command after an emoji", text("😀 /help@chinhsach_bot"), "😀 /help@chinhsach_bot"},
			{"a voice", file("voice"), "voice"},
			{"a photo with a caption", file("photo"), "photo"},
			{"a file", file("document"), "file"},
			{"a video", file("video"), "file"},
			{"a sticker", file("sticker"), "sticker"},
			{"a contact", func() error { _, err := p.ShareContact("84900000001"); return err }, "contact"},
			{"a place", func() error { _, err := p.SendLocation(fakeapi.Location{Latitude: 10, Longitude: 105}); return err }, "location"},
			{"an edit", func() error { return p.Edit(1, "Hộ cận nghèo là gì?") }, "edited"},
		} {
			if err := c.do(); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			got := <-inbounds
			synctest.Wait()
			if h := heard(got); h != c.want || len(inbounds) != 0 || got.Tap != nil {
				t.Errorf("%s: heard %q and %d more, want %q", c.name, h, len(inbounds), c.want)
			}
			if strings.Contains(string(got.Chat), "1001") || got.Key == "" {
				t.Errorf("%s: chat %q, key %q", c.name, got.Chat, got.Key)
			}
		}
	})
}

func TestDayAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		days := make(chan knowledge.Date, 1)
		r.talk.before = func(_ context.Context, in bot.Inbound) error { days <- in.Day; return nil }
		p := r.person(1)
		time.Sleep(time.Until(time.Date(2026, 12, 31, 16, 59, 0, 0, time.UTC))) // 23:59 in Cần Thơ
		say(t, p, "đêm giao thừa")
		time.Sleep(time.Hour) // the bot is started in the new year
		stop := r.start()
		if got := <-days; got.String() != "2026-12-31" {
			t.Errorf("asked on %s, want the last day of the year", got)
		}
		stop()
		travel := knowledge.NewDate(2027, 3, 1)
		r.cfg.Day = func() knowledge.Date { return travel }
		r.start()
		say(t, p, "ngày khác")
		if got := <-days; got != travel {
			t.Errorf("asked on %s, want the day that was set, %s", got, travel)
		}
	})
}

func TestLongReplies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		long := strings.Repeat("Một câu dài vừa phải để thử chia tin. ", 250)
		r.talk.change = func(turn *bot.Turn) { turn.Replies[0].HTML = "<b>Đầu.</b> " + long + "<i>Cuối.</i>" }
		r.start()
		p := r.person(1)
		say(t, p, "dài")
		r.hears(p, "Cuối.")
		said := r.said(p)
		if len(said) != 3 {
			t.Fatalf("%d parts, want 3", len(said))
		}
		for i, m := range p.Messages()[1:] {
			if last := i == len(said)-1; (m.ReplyMarkup != nil) != last {
				t.Errorf("part %d: buttons %+v, want them on the last part only", i, m.ReplyMarkup)
			}
			if !strings.HasSuffix(m.Text, ".") {
				t.Errorf("part %d ends %q, want the end of a sentence", i, m.Text[len(m.Text)-20:])
			}
		}
	})
}

func TestButtonsLayout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.talk.change = func(turn *bot.Turn) {
			turn.Replies[0].Buttons = nil
			for _, label := range []string{"Có", "Không", "Tôi không biết rõ lắm", "Khác", "Nhãn này thì dài quá hai mươi bốn chữ"} {
				turn.Replies[0].Buttons = append(turn.Replies[0].Buttons, bot.Button{Label: label})
			}
		}
		r.start()
		p := r.person(1)
		say(t, p, "nút")
		r.hears(p, "#1")
		var got [][]string
		for _, row := range p.Last().ReplyMarkup.Rows {
			var labels []string
			for _, b := range row {
				labels = append(labels, b.Text)
			}
			got = append(got, labels)
		}
		want := [][]string{{"Có", "Không"}, {"Tôi không biết rõ lắm"}, {"Khác"}, {"Nhãn này thì dài quá ha…"}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// TestTroubleOfTheConversation: whatever happens in it, the person is answered, the others are not
// kept waiting, and the next question is heard.
func TestTroubleOfTheConversation(t *testing.T) {
	for name, trouble := range map[string]func(){
		"an error": func() {},
		"a panic":  func() { panic("lời của bà con") },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, fakeapi.Options{})
				r.talk.before = func(_ context.Context, in bot.Inbound) error {
					if in.Text == "hỏng" {
						trouble()
						return errors.New("broken")
					}
					return nil
				}
				r.start()
				p, other := r.person(1), r.person(2)
				say(t, p, "hỏng")
				say(t, p, "lành")
				say(t, other, "tôi hỏi")
				r.hears(other, "#1 tôi hỏi")
				r.hears(p, "#1 lành")
				if got := r.said(p); len(got) != 2 || got[0] != telegram.Apology {
					t.Errorf("the person reads %q, want an apology and then the answer", got)
				}
			})
		})
	}
}

func TestTyping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.talk.before = func(ctx context.Context, in bot.Inbound) error {
			if in.Text == "lâu" {
				time.Sleep(9 * time.Second)
			}
			return nil
		}
		r.start()
		p := r.person(1)
		say(t, p, "nhanh")
		r.hears(p, "#1")
		if n := len(r.srv.Calls("sendChatAction")); n != 0 {
			t.Errorf("%d typing signs for a turn without delay", n)
		}
		asked := time.Now()
		say(t, p, "lâu")
		r.hears(p, "#2")
		var at []time.Duration
		for _, c := range r.srv.Calls("sendChatAction") {
			at = append(at, c.At.Sub(asked).Truncate(time.Second))
		}
		if want := []time.Duration{0, 4 * time.Second, 8 * time.Second}; !slices.Equal(at, want) {
			t.Errorf("typing signs after %v, want %v", at, want)
		}
		time.Sleep(time.Minute)
		if n := len(r.srv.Calls("sendChatAction")); n != 3 {
			t.Errorf("%d typing signs in the end, want 3", n)
		}
	})
}

// TestShutdown: what has begun is ended, what has not is left for the next start, and a turn that
// takes too long is given up.
func TestShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.talk.before = func(ctx context.Context, in bot.Inbound) error {
			d := map[string]time.Duration{"chậm": 3 * time.Second, "treo": time.Hour}[in.Text]
			select {
			case <-time.After(d):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		stop := r.start()
		slow, stuck := r.person(1), r.person(2)
		say(t, slow, "chậm")
		say(t, stuck, "treo")
		time.Sleep(time.Second)
		begun := time.Now()
		if err := stop(); err != nil {
			t.Errorf("Run = %v", err)
		}
		if took := time.Since(begun); took > 8100*time.Millisecond {
			t.Errorf("stopping took %v, want at most the grace", took)
		}
		if got := r.said(slow); len(got) != 1 || got[0] != "#1 chậm" {
			t.Errorf("the slow turn said %q before the end", got)
		}
		r.talk.before = nil
		r.start()
		r.hears(stuck, "#1 treo")
	})
}
