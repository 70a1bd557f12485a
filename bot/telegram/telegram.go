// Package telegram is the bot on Telegram: it takes updates in, hands what people did to the
// conversation, and sends what the conversation wants said.
//
// Nothing is lost on the way. An update is stored before it is confirmed, worked on in the order of
// its chat, and its turn is committed together with the calls that follow from it; the sender makes
// those calls within Telegram's limits and repeats them until Telegram has taken them. Whatever
// comes twice changes nothing twice, and what a process left undone the next one does.
//
// A person's Telegram id and name stop here: the conversation knows a chat by a pseudonym.
package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"policybot/bot"
	"policybot/knowledge"
)

// A Conversation decides what a person reads next. *bot.Bot is the real one. A turn for a press
// that has no replies says that the button was stale.
type Conversation interface {
	Handle(ctx context.Context, in bot.Inbound) (bot.Turn, error)
}

// A Store keeps what must survive the process.
type Store interface {
	Inbox
	Outbox
	Chats
}

// A Client makes HTTP requests; *http.Client is one.
type Client interface {
	Do(*http.Request) (*http.Response, error)
}

// Config of an [Adapter].
type Config struct {
	Token Token
	URL   string // of the Bot API; empty: Telegram's own
	// Key makes the pseudonyms of chats and signs buttons: 16 bytes or more, and the same at every
	// start, or people lose their conversations and their buttons.
	Key     []byte
	Webhook *Webhook // nil: long polling
	// Groups tells whether the bot belongs in a group where by, a person, does something; it leaves all
	// others. Nil: in none. Empty: Telegram does not say who. The store has it as Welcomes.
	Groups func(ctx context.Context, group, by bot.ChatID) (bool, error)
	Admins []int64 // who looks after the service, by their Telegram ids
	// Day is the day that questions are asked on. Nil, or a zero Date: the real one.
	Day    func() knowledge.Date
	Client Client        // nil: one with deadlines of its own
	Limits *Limits       // nil: Telegram's
	Grace  time.Duration // for ending work that has begun, at shutdown; 0: eight seconds
}

// A Webhook is where Telegram pushes updates to. Secret has 1 to 256 letters, digits, _ and -.
type Webhook struct {
	URL    string
	Secret Token
}

// ErrConflict says that another process polls with the same token.
var ErrConflict = errors.New("another instance of this bot is polling with the same token: " +
	"stop it, or give this one a token of its own")

// ErrToken says that Telegram does not know the token.
var ErrToken = errors.New("the bot token is refused by Telegram: check TELEGRAM_BOT_TOKEN and TELEGRAM_API_URL")

// An Adapter connects a conversation with Telegram. Start it with [Adapter.Run].
type Adapter struct {
	lg      *slog.Logger
	cfg     Config
	talk    Conversation
	store   Store
	api     *api
	keys    keys
	me      identity
	open    atomic.Bool // updates are taken in
	door    door
	jobs    *dispatcher
	presses *presses
	typing  *typing
	sender  *sender
	left    recently[int64] // unknown groups that were just told why
}

// New checks the configuration and builds an adapter. Nothing happens before [Adapter.Run].
func New(lg *slog.Logger, cfg Config, talk Conversation, store Store) (*Adapter, error) {
	if err := cfg.complete(); err != nil {
		return nil, err
	}
	api, err := newAPI(lg, cfg)
	if err != nil {
		return nil, err
	}
	a := &Adapter{lg: lg, cfg: cfg, talk: talk, store: store, api: api, keys: newKeys(cfg.Key)}
	a.jobs = newDispatcher(lg, store, a.work)
	a.presses = newPresses(lg, api)
	a.typing = newTyping(api)
	a.sender = newSender(lg, api, store, store, newLimiter(*cfg.Limits))
	a.sender.move = a.keys.move
	return a, nil
}

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// complete fills in what was left out and refuses what cannot work.
func (c *Config) complete() error {
	if c.URL == "" {
		c.URL = "https://api.telegram.org"
	}
	if c.Client == nil {
		c.Client = newClient()
	}
	if c.Limits == nil {
		limits := TelegramLimits()
		c.Limits = &limits
	}
	if c.Grace == 0 {
		c.Grace = 8 * time.Second
	}
	u, err := url.Parse(c.URL)
	switch {
	case strings.TrimSpace(string(c.Token)) == "":
		return errors.New("telegram: the bot token is empty")
	case err != nil || u.Host == "":
		return fmt.Errorf("telegram: API address %q: want something like https://api.telegram.org", c.URL)
	case len(c.Key) < 16:
		return fmt.Errorf("telegram: the key has %d bytes: want 16 or more", len(c.Key))
	case c.Webhook != nil && !secretForm.MatchString(string(c.Webhook.Secret)):
		return errors.New("telegram: the webhook secret must be 1 to 256 letters, digits, _ or -")
	}
	return nil
}

// vietnam is the time of the country, which has known no summer time since 1975.
var vietnam = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// day is the day that something sent at a time was asked on; the zero time: now.
func (a *Adapter) day(sent time.Time) knowledge.Date {
	if a.cfg.Day != nil {
		if day := a.cfg.Day(); !day.IsZero() {
			return day
		}
	}
	if sent.IsZero() {
		sent = time.Now()
	}
	return knowledge.DateOf(sent.In(vietnam))
}
