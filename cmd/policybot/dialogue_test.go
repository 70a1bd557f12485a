package main

import (
	"context"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"policybot/bot"
	"policybot/bot/bottest"
	"policybot/bot/store"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
	"policybot/knowledge"
)

// TestDialoguesOnTelegram plays the dialogues on phones: through the adapter, the index and SQLite.
func TestDialoguesOnTelegram(t *testing.T) {
	r := newRadio(t)
	people := int64(0)
	bottest.Run(t, os.DirFS("../../bot/testdata/dialogues"), "*.txtar", func(t *testing.T) bottest.Player {
		people++
		return &phone{r, r.srv.Phone(fakeapi.User{ID: 5000 + people})}
	})
}

// TestBlocksOnTelegram gives the commands of an administrator on a phone: what is blocked is kept in
// SQLite and heeded by the next turn of anybody.
func TestBlocksOnTelegram(t *testing.T) {
	r := newRadio(t)
	day := knowledge.NewDate(2026, 11, 23)
	admin, resident := &phone{r, r.srv.Phone(fakeapi.User{ID: adminID})}, &phone{r, r.srv.Phone(fakeapi.User{ID: 5000})}
	const question, figure = "cận nghèo đóng bhyt bao nhiêu", "34.155"
	for _, step := range []struct {
		who        *phone
		text, says string
	}{
		{resident, question, figure},
		{resident, "/khoa nd-188-2025 tôi muốn vậy", "Cách hỏi"},
		{resident, question, figure},
		{admin, "/khoa nd-188-2025/d6/k6/b đang chờ đính chính", "Đã khóa"},
		{resident, question, "đang được kiểm tra lại"},
		{admin, "/dskhoa", "đang chờ đính chính"},
		{admin, "/mokhoa nd-188-2025/d6/k6/b", "Đã mở khóa"},
		{resident, question, figure},
	} {
		if s := step.who.Say(t, step.text, day); !strings.Contains(s.Text, step.says) {
			t.Errorf("%s: %q, want %s", step.text, s.Text, step.says)
		}
	}
}

// adminID is who looks after the bot of a radio.
const adminID = 4999

// radio is a bot on Telegram whose turns can be listened to. One person talks at a time.
type radio struct {
	srv  *fakeapi.Server
	talk telegram.Conversation

	mu   sync.Mutex
	day  knowledge.Date // that questions are asked on
	last bot.Turn       // the latest
}

func newRadio(t *testing.T) *radio {
	lg := slog.New(slog.DiscardHandler)
	db, err := store.Open(t.Context(), lg, t.TempDir(), store.Options{Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	l, err := settings{}.library()
	if err != nil {
		t.Fatal(err)
	}
	r := &radio{srv: fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{}})}
	t.Cleanup(r.srv.Close)
	if r.talk, err = conversation(t.Context(), lg, l, db); err != nil {
		t.Fatal(err)
	}
	a, err := telegram.New(lg, telegram.Config{Token: telegram.Token(r.srv.Token()), Key: []byte(testKey),
		Client: r.srv, Limits: &telegram.Limits{}, Day: r.today, Admins: []int64{adminID}}, r, db)
	if err != nil {
		t.Fatal(err)
	}
	stop := start(make(chan error, 1), a.Run)
	t.Cleanup(func() {
		if err := stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return r
}

func (r *radio) today() knowledge.Date {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.day
}

// Handle implements [telegram.Conversation].
func (r *radio) Handle(ctx context.Context, in bot.Inbound) (bot.Turn, error) {
	turn, err := r.talk.Handle(ctx, in)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = turn
	return turn, err
}

// phone is a [bottest.Player] on a phone.
type phone struct {
	*radio
	*fakeapi.Phone
}

func (p *phone) Say(t *testing.T, text string, on knowledge.Date) bottest.Screen {
	return p.screenAfter(t, on, func() error { _, err := p.Send(text); return err })
}

func (p *phone) Press(t *testing.T, label string, on knowledge.Date) bottest.Screen {
	return p.screenAfter(t, on, func() error { _, err := p.Phone.Press(label); return err })
}

// screenAfter does something and waits for all that the bot has to say to it.
func (p *phone) screenAfter(t *testing.T, on knowledge.Date, do func() error) bottest.Screen {
	t.Helper()
	p.mu.Lock()
	p.day, p.last = on, bot.Turn{}
	p.mu.Unlock()
	before := len(p.said())
	if err := do(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := p.srv.Wait(ctx, func() bool { return p.isComplete(p.said()[before:]) }); err != nil {
		t.Fatal(err)
	}
	return p.screen(p.said()[before:])
}

func (p *phone) said() []fakeapi.Message {
	return slices.DeleteFunc(p.Messages(), func(m fakeapi.Message) bool { return m.From == nil || m.From.ID != p.srv.Bot().ID })
}

// isComplete tells whether messages show every reply of the last turn: each reply that has buttons
// shows them under its last message.
func (p *phone) isComplete(messages []fakeapi.Message) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	want, got := 0, 0
	for _, r := range p.last.Replies {
		if len(r.Buttons) > 0 {
			want++
		}
	}
	for _, m := range messages {
		if m.ReplyMarkup != nil {
			got++
		}
	}
	return len(p.last.Replies) > 0 && len(messages) >= len(p.last.Replies) && got >= want
}

// screen is what the person reads: the text and the buttons from the phone, the rest from the turn.
func (p *phone) screen(messages []fakeapi.Message) bottest.Screen {
	p.mu.Lock()
	defer p.mu.Unlock()
	record := p.last.Record
	s := bottest.Screen{Outcome: record.Outcome, Sources: append([]string{}, record.Sources...), Stored: record.Question}
	var texts []string
	for _, m := range messages {
		texts = append(texts, m.Text)
		if m.ReplyMarkup == nil {
			continue
		}
		for _, row := range m.ReplyMarkup.Rows {
			for _, b := range row {
				s.Buttons = append(s.Buttons, b.Text)
			}
		}
	}
	s.Text = strings.Join(texts, "\n")
	return s
}
