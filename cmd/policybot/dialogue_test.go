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
	"policybot/bot/answer"
	"policybot/bot/bottest"
	"policybot/bot/store"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
	"policybot/index"
	"policybot/knowledge"
)

// TestDialoguesOnTelegram plays the dialogues on phones: through the adapter, the index and SQLite.
func TestDialoguesOnTelegram(t *testing.T) {
	r := newRadio(t)
	people := int64(0)
	bottest.Run(t, os.DirFS("../../bot/testdata/dialogues"), "*.txtar", func(t *testing.T) bottest.Player {
		people++
		return r.phone(5000 + people)
	})
}

// TestBlocksOnTelegram gives the commands of an administrator on a phone: what is blocked is kept in
// SQLite and heeded by the next turn of anybody.
func TestBlocksOnTelegram(t *testing.T) {
	r := newRadio(t)
	day := knowledge.NewDate(2026, 11, 23)
	admin, resident := r.phone(adminID), r.phone(5000)
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
	db   *store.DB
	talk telegram.Conversation

	mu   sync.Mutex
	day  knowledge.Date // that questions are asked on
	last bot.Turn       // the latest
}

// theContent is the embedded content, read once for all radios.
var theContent = sync.OnceValues(func() (known struct {
	library *knowledge.Library
	answers *answer.Answerer
}, err error) {
	if known.library, err = (settings{}).library(); err == nil {
		known.answers, err = answer.New(context.Background(), known.library, index.Build)
	}
	return known, err
})

func newRadio(t *testing.T) *radio { return newLoggedRadio(t, slog.New(slog.DiscardHandler)) }

func newLoggedRadio(t *testing.T, lg *slog.Logger) *radio {
	db, err := store.Open(t.Context(), lg, t.TempDir(), store.Options{Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	known, err := theContent()
	if err != nil {
		t.Fatal(err)
	}
	r := &radio{db: db, talk: bot.New(lg, known.library, known.answers, db), srv: fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{}})}
	t.Cleanup(r.srv.Close)
	a, err := telegram.New(lg, telegram.Config{Token: telegram.Token(r.srv.Token()), Key: []byte(testKey),
		Client: r.srv, Limits: &telegram.Limits{}, Day: r.today, Groups: db.Welcomes, Admins: []int64{adminID}}, r, db)
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

// phone is a [bottest.Watcher] on a phone.
type phone struct {
	*radio
	*fakeapi.Phone
	known map[int]string // the messages that were seen, and what they said
}

func (r *radio) phone(id int64) *phone {
	return &phone{r, r.srv.Phone(fakeapi.User{ID: id}), map[int]string{}}
}

func (p *phone) Say(t *testing.T, text string, on knowledge.Date) bottest.Screen {
	t.Helper()
	return p.screenAfter(t, on, func() error { _, err := p.Send(text); return err })
}

func (p *phone) Press(t *testing.T, label string, on knowledge.Date) bottest.Screen {
	t.Helper()
	return p.screenAfter(t, on, func() error { _, err := p.Phone.Press(label); return err })
}

// screenAfter does something and waits for all that the bot has to say to it.
func (p *phone) screenAfter(t *testing.T, on knowledge.Date, do func() error) bottest.Screen {
	t.Helper()
	p.mu.Lock()
	p.day, p.last = on, bot.Turn{}
	p.mu.Unlock()
	before := len(p.said())
	p.look()
	defer p.look()
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
		s.Buttons = append(s.Buttons, labels(m)...)
	}
	s.Text = strings.Join(texts, "\n")
	return s
}

// look remembers what the phone shows.
func (p *phone) look() {
	for _, m := range p.said() {
		p.known[m.ID] = m.Text + m.Caption
	}
}

// Watch implements [bottest.Watcher].
func (p *phone) Watch(t *testing.T, ok func(bottest.Screen) bool) bottest.Screen {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var seen bottest.Screen
	p.srv.Wait(ctx, func() bool { //nolint:errcheck // what is missing then, the dialogue says
		seen = p.news()
		return ok(seen)
	})
	return seen
}

// news is what the phone shows that was not seen.
func (p *phone) news() (s bottest.Screen) {
	for _, m := range p.said() {
		if text := m.Text + m.Caption; p.known[m.ID] != text {
			s.Text += text + "\n"
			s.Buttons = append(s.Buttons, labels(m)...)
		}
	}
	return s
}

func labels(m fakeapi.Message) (all []string) {
	if m.ReplyMarkup == nil {
		return nil
	}
	for _, row := range m.ReplyMarkup.Rows {
		for _, b := range row {
			all = append(all, b.Text)
		}
	}
	return all
}
