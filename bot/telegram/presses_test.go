package telegram_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"policybot/bot"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
)

// TestPresses: every press is answered within a second; one that is not ours, or comes twice at
// once, leads to no turn.
func TestPresses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.talk.change = func(turn *bot.Turn) {
			if tap := turn.Inbound.Tap; tap != nil && tap.Button == 1 {
				turn.Replies = nil // what a conversation says of a button it no longer knows
			}
		}
		r.start()
		p, other := r.person(1), r.person(2)
		say(t, p, "một")
		say(t, other, "hai")
		r.hears(p, "#1 một")
		r.hears(other, "#1 hai")
		m := p.Last()
		data := m.ReplyMarkup.Rows[0][0].CallbackData
		theirs := other.Last().ReplyMarkup.Rows[0][0].CallbackData
		swapped := data[:3] + string(data[3]^1) + data[4:]
		for _, c := range []struct {
			name, data, toast string
			turns             int // after it
		}{
			{"forged", "1AQABAAAAAAAAAAA", telegram.ToastUnknown, 1},
			{"altered", swapped, telegram.ToastUnknown, 1},
			{"of another chat", theirs, telegram.ToastUnknown, 1},
			{"of another version", "2" + data[1:], telegram.ToastUnknown, 1},
			{"no sense", "x", telegram.ToastUnknown, 1},
			{"good", data, "", 2},
			{"the same again at once", data, telegram.ToastAgain, 2},
			{"unknown to the conversation", m.ReplyMarkup.Rows[0][1].CallbackData, telegram.ToastStale, 3},
		} {
			query, err := p.PressData(m.ID, c.data)
			if err != nil {
				t.Fatal(err)
			}
			pressed := time.Now()
			r.wait(c.name, func() bool { return p.Answer(query) != nil })
			if took := time.Since(pressed); took > time.Second {
				t.Errorf("%s: answered after %v", c.name, took)
			}
			if got := p.Answer(query).Text; got != c.toast {
				t.Errorf("%s: toast %q, want %q", c.name, got, c.toast)
			}
			synctest.Wait()
			if got := r.version(p); got != c.turns {
				t.Errorf("%s: %d turns, want %d", c.name, got, c.turns)
			}
		}
		time.Sleep(time.Minute)
		if _, err := p.PressData(m.ID, data); err != nil {
			t.Fatal(err)
		}
		r.hears(p, "#4 bấm 1.0")
	})
}

// TestPressOfASlowTurn: the button stops spinning before the turn is done, also behind another turn
// and when the turn fails.
func TestPressOfASlowTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.talk.before = func(_ context.Context, in bot.Inbound) error {
			if in.Tap != nil || in.Text == "lâu" {
				time.Sleep(7 * time.Second)
			}
			if in.Tap != nil {
				panic("broken")
			}
			return nil
		}
		r.start()
		p := r.person(1)
		say(t, p, "một")
		r.hears(p, "#1 một")
		say(t, p, "lâu")
		query, err := p.Press("Xem thêm")
		if err != nil {
			t.Fatal(err)
		}
		pressed := time.Now()
		r.wait("answer", func() bool { return p.Answer(query) != nil })
		if took := time.Since(pressed); took > time.Second {
			t.Errorf("answered after %v", took)
		}
		r.hears(p, strings.Split(telegram.Apology, "\n")[0])
		if n := len(r.srv.Calls("answerCallbackQuery")); n != 1 {
			t.Errorf("%d answers to one press", n)
		}
	})
}
