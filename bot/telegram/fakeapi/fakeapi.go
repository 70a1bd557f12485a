// Package fakeapi is a strict Telegram Bot API server in process, and the people who talk to the
// bot through it.
//
// The bot's side is HTTP: a [Server] is an [http.Handler], and without any network it is an HTTP
// client ([Server.Do], [Server.RoundTrip]) that works inside a testing/synctest bubble, since all
// its time is plain time.Now. Every call is checked for method, parameter names, required
// parameters and types against the Bot API as data, then for Telegram's limits; what Telegram
// refuses is refused, in Telegram's words. Words that begin with "fakeapi:" refuse what Telegram
// would let pass in silence though it is always a slip, or what the fake does not simulate.
//
// The people's side is [Server.Phone]: chats as a person sees them, and everything a person can
// do. [Server.Fail], [Server.Disturb] and [Server.SetLimits] make the weather; [Server.Calls] and
// [Server.State] tell what happened; [Server.Control] offers all that over HTTP to another process.
//
// It is one large package on purpose: methods, people and faults all work on the same chats under
// one lock, and only together are they a server.
package fakeapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// DefaultToken is the bot's token when [Options] name none.
const DefaultToken = "7000000001:fakeapi-token-for-tests-only-000000"

// Options of a [Server]; the zero value is a usable server with Telegram's limits.
type Options struct {
	Token     string  // empty: DefaultToken
	Bot       User    // zero fields get defaults: id from the token, "Bot", "fake_bot"
	Limits    *Limits // nil: TelegramLimits()
	NoPrivacy bool    // the bot reads all text of its groups, as with privacy mode off
	KeepCalls int     // how many calls are remembered; 0: 20,000
	// FirstUpdate is the number of the first update; 0: 1. A bot that remembers numbers across
	// restarts of the fake needs a higher one, or Saved.
	FirstUpdate int64
	Saved       []byte // what Save returned, to go on from there; empty: a new world

	// Webhook delivers updates to the webhook; nil: http.DefaultClient. It must not follow
	// redirects to anything but the bot under test.
	Webhook interface {
		Do(*http.Request) (*http.Response, error)
	}
	// WebhookRetry is the pause after a refused delivery; 0: one second.
	WebhookRetry time.Duration
}

// A Server is the fake Bot API with one bot. Its methods may be called from any goroutine. Close it
// when done.
type Server struct {
	opt Options
	ctx context.Context // ends with Close
	end context.CancelFunc
	wg  sync.WaitGroup // webhook deliveries

	mu      sync.Mutex
	changed chan struct{} // closed and replaced at every change
	version int           // counts the changes
	world   world
	limits  Limits
	sent    limiter
	faults  []*fault
	disturb Disturbance
	calls   []Call
	ncalls  int
	poll    *poll    // the getUpdates call that waits, if one does
	hook    *webhook // set: updates go there
}

// New returns a server. It panics when Options.Saved is no saved world; a program that reads it from
// outside takes [Open].
func New(opt Options) *Server {
	s, err := Open(opt)
	if err != nil {
		panic(err.Error())
	}
	return s
}

// Open returns a server, or an error when Options.Saved is no saved world.
func Open(opt Options) (*Server, error) {
	if opt.Token == "" {
		opt.Token = DefaultToken
	}
	if opt.KeepCalls == 0 {
		opt.KeepCalls = 20_000
	}
	if opt.Webhook == nil {
		opt.Webhook = http.DefaultClient
	}
	if opt.WebhookRetry == 0 {
		opt.WebhookRetry = time.Second
	}
	s := &Server{opt: opt, changed: make(chan struct{}), world: newWorld(), limits: TelegramLimits()}
	if opt.Limits != nil {
		s.limits = *opt.Limits
	}
	s.world.Queue.Next = max(opt.FirstUpdate, 1)
	if len(opt.Saved) > 0 {
		if err := json.Unmarshal(opt.Saved, &s.world); err != nil {
			return nil, fmt.Errorf("fakeapi: saved world: %w", err)
		}
	}
	s.world.Bot = completeBot(opt.Bot, opt.Token)
	s.ctx, s.end = context.WithCancel(context.Background())
	return s, nil
}

// Close ends waiting calls and webhook deliveries and waits for the latter.
func (s *Server) Close() {
	s.end()
	s.wg.Wait()
}

// Token is the bot's token.
func (s *Server) Token() string { return s.opt.Token }

// Bot is the bot's account.
func (s *Server) Bot() User { return s.world.Bot }

// Changed returns a channel that is closed at the next change of anything: a message, an edit,
// an answer, a chat action, a confirmed update. Get the channel first, look at the state, then wait.
func (s *Server) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// Wait returns when ok holds, looking again at every change, or with the context's error.
func (s *Server) Wait(ctx context.Context, ok func() bool) error {
	for {
		changed := s.Changed()
		if ok() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for the fake: %w", ctx.Err())
		}
	}
}

// touch tells everybody who waits that something changed. The caller holds s.mu.
func (s *Server) touch() {
	s.version++
	close(s.changed)
	s.changed = make(chan struct{})
}

// Save returns the chats, accounts, files and unconfirmed updates, for Options.Saved of a later
// server: message and update numbers go on where they were. Faults, calls, limits and a webhook
// are not saved.
func (s *Server) Save() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out, err := json.Marshal(s.world)
	if err != nil {
		return nil, fmt.Errorf("save the fake's world: %w", err)
	}
	return out, nil
}
