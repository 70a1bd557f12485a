package telegram_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"policybot/bot"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
)

// TestRemedies: where Telegram refuses the form of a message, the person reads it in another form.
func TestRemedies(t *testing.T) {
	for _, c := range []struct {
		name   string
		fault  fakeapi.Fault
		want   string
		button bool
	}{
		{"HTML does not parse", fakeapi.Fault{Status: 400, Description: "Bad Request: can't parse entities: x"}, "#1 a & b", true},
		{"topic not found", fakeapi.Fault{Status: 400, Description: "Bad Request: message thread not found"}, "", false},
		{"a fault nobody knows", fakeapi.Fault{Status: 400, Description: "Bad Request: BUTTON_COPY_TEXT_INVALID"}, "#1 a & b", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, fakeapi.Options{})
				c.fault.Method, c.fault.Times = "sendMessage", 1
				r.srv.Fail(c.fault)
				r.start()
				p := r.person(1)
				say(t, p, "a & b")
				r.wait("the second call", func() bool { return len(r.srv.Calls("sendMessage")) == 2 || c.want == "" })
				time.Sleep(time.Minute)
				said := r.said(p)
				if c.want == "" { // in a private chat there is no topic to leave out
					if len(said) != 0 {
						t.Errorf("the person reads %q", said)
					}
					return
				}
				if len(said) != 1 || said[0] != c.want || (p.Last().ReplyMarkup != nil) != c.button {
					t.Errorf("the person reads %q, buttons %v; want %q, %v", said, p.Last().ReplyMarkup, c.want, c.button)
				}
			})
		})
	}
}

// TestEditOfWhatIsGone: the new text is sent instead; and an edit that changes nothing is done.
func TestEdits(t *testing.T) {
	for name, c := range map[string]struct {
		fault fakeapi.Fault
		want  []string
		sends int
	}{
		"message gone":   {fakeapi.Fault{Status: 400, Description: "Bad Request: message to edit not found"}, []string{"#1 một", "#2 bấm 1.0"}, 2},
		"not modified":   {fakeapi.Fault{Status: 400, Description: "Bad Request: message is not modified: x"}, []string{"#1 một"}, 1},
		"answer cut off": {fakeapi.Fault{Cut: true, AfterEffect: true}, []string{"#2 bấm 1.0"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, fakeapi.Options{})
				r.talk.change = func(turn *bot.Turn) {
					if tap := turn.Inbound.Tap; tap != nil {
						turn.Replies[0].Replaces = tap.Screen
					}
				}
				r.start()
				p := r.person(1)
				say(t, p, "một")
				r.hears(p, "#1 một")
				c.fault.Method, c.fault.Times = "editMessageText", 1
				r.srv.Fail(c.fault)
				if _, err := p.Press("Xem thêm"); err != nil {
					t.Fatal(err)
				}
				time.Sleep(5 * time.Minute)
				if got := r.said(p); !slices.Equal(got, c.want) {
					t.Errorf("the person reads %q, want %q", got, c.want)
				}
				if n := len(r.srv.Calls("sendMessage")); n != c.sends {
					t.Errorf("%d messages sent, want %d", n, c.sends)
				}
				if next, err := r.db.Next(context.Background(), time.Now()); !next.IsZero() || err != nil {
					t.Errorf("a call still waits, until %v (%v)", next, err)
				}
			})
		})
	}
}

// TestUnreadableRows: calls of the outbox that this version does not know are dropped, and hold
// nobody up.
func TestUnreadableRows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		p := r.person(1)
		say(t, p, "chào")
		if err := r.db.Accept(context.Background(), []telegram.Update{{ID: 900, Chat: p.Chat(), Body: []byte("{}")}}); err != nil {
			t.Fatal(err)
		}
		if err := r.db.Done(context.Background(), 900,
			telegram.Outgoing{Chat: p.Chat(), Method: "sendRichMessage", Body: []byte("{}")},
			telegram.Outgoing{Chat: p.Chat(), Method: "sendMessage", Body: []byte("[")}); err != nil {
			t.Fatal(err)
		}
		r.start()
		r.hears(p, "#1 chào")
	})
}

// TestRetryAfter: the pause that Telegram asks for is kept, for the chat; in a storm, for all.
func TestRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.start()
		one, two := r.person(1), r.person(2)
		r.srv.Fail(fakeapi.Fault{Method: "sendMessage", Chat: one.Chat(), Status: 429, RetryAfter: 40, Times: 1})
		asked := time.Now()
		say(t, one, "một")
		say(t, two, "hai")
		r.hears(two, "#1")
		if took := time.Since(asked); took > 2*time.Second {
			t.Errorf("another chat waited %v", took)
		}
		r.hears(one, "#1")
		if took := time.Since(asked); took < 40*time.Second || took > 42*time.Second {
			t.Errorf("the chat waited %v, want 40 s", took)
		}

		storm := r.srv.Fail(fakeapi.Fault{Method: "sendMessage", Status: 429, RetryAfter: 20})
		for n := 3; n < 60; n++ {
			say(t, r.person(n), "bão")
		}
		time.Sleep(90 * time.Second)
		if hits := r.srv.Hits(storm); hits > 60 {
			t.Errorf("%d calls in 90 s of a storm that asks for 20 s each time", hits)
		}
		r.srv.Lift(storm)
		for n := 3; n < 60; n++ {
			r.hears(r.person(n), "#1 bão")
		}
	})
}

// TestBurst lets many people ask at once, at the real limits, which the fake enforces: everybody is
// answered in order, at the full rate, without a refusal. POLICYBOT_LONG=1: ten thousand messages.
func TestBurst(t *testing.T) {
	people, each := 60, 5
	if os.Getenv("POLICYBOT_LONG") != "" {
		people = 2000
	}
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{KeepCalls: 100_000})
		r.cfg.Groups = func(context.Context, bot.ChatID, bot.ChatID) (bool, error) { return true, nil }
		for q := range each {
			for n := range people {
				say(t, r.person(n), fmt.Sprintf("câu %d", q+1))
			}
		}
		g := r.srv.Group(-500, "Phường")
		in := r.person(1).In(g)
		g.AddBot(r.person(1))
		for range 30 {
			say(t, in, "/help")
		}
		begun := time.Now()
		r.start()
		want := people * each
		sent := func() int {
			n := 0
			for _, c := range r.srv.Calls("sendMessage") {
				if c.Effect && !strings.HasPrefix(c.Params["chat_id"], "-") {
					n++
				}
			}
			return n
		}
		for sent() < want && time.Since(begun) < time.Hour {
			time.Sleep(time.Second)
		}
		took := time.Since(begun)
		time.Sleep(3 * time.Minute)
		for n := range people {
			for q, text := range r.said(r.person(n)) {
				if want := fmt.Sprintf("#%d câu %d", q+1, q+1); text != want {
					t.Fatalf("person %d reads %q at %d, want %q", n, text, q, want)
				}
			}
		}
		if got := sent(); got != want {
			t.Errorf("%d messages sent, want %d", got, want)
		}
		if got := len(r.said(in)); got != 30 {
			t.Errorf("%d answers in the group, want 30", got)
		}
		refused := 0
		for _, c := range r.srv.Calls() {
			if c.Code == 429 {
				refused++
			}
		}
		if refused > 0 {
			t.Errorf("%d calls beyond the limits", refused)
		}
		if slow := time.Duration(want)*time.Second/25 + time.Minute; took > slow {
			t.Errorf("%d messages took %v, want less than %v", want, took, slow)
		}
		t.Logf("%d messages to %d people in %v of the fake clock: %.1f a second, %d refusals",
			want, people, took.Round(time.Second), float64(want)/took.Seconds(), refused)
	})
}

// TestOwnDuplicates: a message that was refused for its form leaves once in the new form.
func TestBodiesHoldNoChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		var out []telegram.Outgoing
		r.store = committed{r.db, &out}
		r.start()
		p := r.person(1)
		say(t, p, "một")
		r.hears(p, "#1")
		if len(out) != 1 || !json.Valid(out[0].Body) || strings.Contains(string(out[0].Body), "1001") {
			t.Errorf("outgoing %+v", out)
		}
	})
}

type committed struct {
	telegram.Store
	out *[]telegram.Outgoing
}

func (c committed) Commit(ctx context.Context, update int64, turn bot.Turn, out []telegram.Outgoing) (bool, error) {
	*c.out = append(*c.out, out...)
	return c.Store.Commit(ctx, update, turn, out)
}
