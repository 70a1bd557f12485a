package telegram_test

import (
	"cmp"
	"context"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"policybot/bot"
	"policybot/bot/store"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
	"policybot/knowledge"
)

const (
	storeKey   store.Key = "0123456789abcdef0123456789abcdef"
	adapterKey string    = "fedcba9876543210fedcba9876543210"
)

// An echo is a conversation that says what it was told, numbered by the turns of its session.
// Numbers that repeat or leave one out show a turn that was lost or counted twice.
type echo struct {
	sessions bot.Sessions
	before   func(context.Context, bot.Inbound) error // nil: nothing happens before
	change   func(*bot.Turn)                          // nil: the turn is as it is
}

func (e echo) Handle(ctx context.Context, in bot.Inbound) (bot.Turn, error) {
	if e.before != nil {
		if err := e.before(ctx, in); err != nil {
			return bot.Turn{}, err
		}
	}
	s, err := e.sessions.Session(ctx, in.Chat)
	if err != nil {
		return bot.Turn{}, err
	}
	s.Version++
	s.LastScreen++
	turn := bot.Turn{Inbound: in, Session: s, Record: bot.Record{Outcome: knowledge.Answered}}
	turn.Replies = []bot.Reply{{
		Screen:  s.LastScreen,
		HTML:    fmt.Sprintf("#%d <b>%s</b>", s.Version, html.EscapeString(heard(in))),
		Buttons: []bot.Button{{Label: "Xem thêm"}, {Label: "Chọn chủ đề"}},
	}}
	if e.change != nil {
		e.change(&turn)
	}
	return turn, nil
}

// heard is what the conversation was told, in a word.
func heard(in bot.Inbound) string {
	if in.Tap != nil {
		return fmt.Sprintf("bấm %d.%d", in.Tap.Screen, in.Tap.Button)
	}
	return cmp.Or(in.Text, string(in.Sent))
}

// A rig is an adapter with a real store against the fake, all in one process and without a network.
type rig struct {
	t    *testing.T
	srv  *fakeapi.Server
	dir  string // of the database
	db   *store.DB
	talk *echo
	// What the adapter gets; changed before start.
	cfg   telegram.Config
	store telegram.Store
	stop  func() error // of the adapter that restart has started
}

func newRig(t *testing.T, opt fakeapi.Options) *rig {
	t.Helper()
	r := &rig{t: t}
	hook := &hook{}
	opt.Webhook = hook
	r.srv = fakeapi.New(opt)
	t.Cleanup(r.srv.Close)
	r.dir = t.TempDir()
	r.db = openStore(t, r.dir)
	r.store, r.talk = r.db, &echo{sessions: r.db}
	r.cfg = telegram.Config{Token: telegram.Token(r.srv.Token()), Key: []byte(adapterKey), Client: r.srv}
	return r
}

func openStore(t testing.TB, dir string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), testLog(), dir, store.Options{Key: storeKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// testLog discards, unless POLICYBOT_TEST_LOG is set.
func testLog() *slog.Logger {
	if os.Getenv("POLICYBOT_TEST_LOG") == "" {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(os.Stderr, nil))
}

// adapter builds the adapter.
func (r *rig) adapter() *telegram.Adapter {
	r.t.Helper()
	a, err := telegram.New(testLog(), r.cfg, r.talk, r.store)
	if err != nil {
		r.t.Fatal(err)
	}
	return a
}

// start runs an adapter. Stop ends it and returns what Run returned; it is called at the end of
// the test in any case.
func (r *rig) start() (stop func() error) {
	r.t.Helper()
	return run(r.t, r.adapter())
}

// restart ends the adapter, if one was started so before, and starts a new one.
func (r *rig) restart() {
	r.t.Helper()
	if r.stop != nil {
		if err := r.stop(); err != nil {
			r.t.Error(err)
		}
	}
	r.stop = r.start()
}

func run(t *testing.T, a *telegram.Adapter) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { stop() })
	return stop
}

// person is the phone of the nth person.
func (r *rig) person(n int) *fakeapi.Phone {
	return r.srv.Phone(fakeapi.User{ID: int64(1000 + n), FirstName: fmt.Sprintf("Người %d", n)})
}

// say sends a text.
func say(t testing.TB, p *fakeapi.Phone, text string) fakeapi.Message {
	t.Helper()
	m, err := p.Send(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// said are the texts of the bot in an open chat, oldest first.
func (r *rig) said(p *fakeapi.Phone) []string { return saidBy(r.srv, p) }

func saidBy(srv *fakeapi.Server, p *fakeapi.Phone) []string {
	var out []string
	for _, m := range p.Messages() {
		if m.From != nil && m.From.ID == srv.Bot().ID && m.Text != "" {
			out = append(out, m.Text)
		}
	}
	return out
}

// wait waits until ok holds; within a bubble, for hours that cost nothing.
func (r *rig) wait(what string, ok func() bool) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Hour)
	defer cancel()
	if err := r.srv.Wait(ctx, ok); err != nil {
		r.t.Fatalf("%s: %v", what, err)
	}
}

// hears waits for a text of the bot that contains a part.
func (r *rig) hears(p *fakeapi.Phone, part string) {
	r.t.Helper()
	r.wait("waiting for "+part, func() bool { return strings.Contains(strings.Join(r.said(p), "\n"), part) })
}

// version is how many turns the conversation of a person has had.
func (r *rig) version(p *fakeapi.Phone) int {
	r.t.Helper()
	s, err := r.db.Session(context.Background(), telegram.Pseudonym([]byte(adapterKey), p.Chat()))
	if err != nil {
		r.t.Fatal(err)
	}
	return s.Version
}

// a hook brings webhook deliveries to a handler without a network.
type hook struct {
	mu sync.Mutex
	to http.Handler
}

func (h *hook) Do(r *http.Request) (*http.Response, error) {
	h.mu.Lock()
	to := h.to
	h.mu.Unlock()
	w := httptest.NewRecorder()
	to.ServeHTTP(w, r)
	return w.Result(), nil
}
