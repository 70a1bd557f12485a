// Package simulator is the bot without Telegram: a page on this machine with the phones of residents
// and officers, who talk with the real bot through the real adapter. What the page shows is what
// Telegram would get, because only Telegram's server is a fake one.
//
// Beside the phones the page shows what each answer was chosen by, and lets the day be set on which
// questions are asked. People, chats and the database outlive the process; [Simulator.Restart]
// begins anew.
package simulator

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"policybot/bot/store"
	"policybot/bot/telegram"
)

// Config of a [Simulator].
type Config struct {
	Dir string // its own folder, with nothing else in it: it is emptied by a restart
	// Network lets others than this machine use the page.
	Network bool
	// Hurry lifts the limits on how fast messages go, Telegram's and the bot's own: for tests.
	Hurry bool
	// Talk builds the conversation on a database.
	Talk func(context.Context, *store.DB) (telegram.Conversation, error)
}

// A Simulator is a page and the bot behind it. Start it with [Simulator.Run].
type Simulator struct {
	lg    *slog.Logger
	cfg   Config
	key   store.Key
	token string // of the page: other pages cannot know it

	failed chan error    // of the bot that runs
	opened chan struct{} // closed when there is a first world
	mu     sync.Mutex
	world  *world // nil: not running
}

// New returns a simulator. Nothing happens before [Simulator.Run].
func New(lg *slog.Logger, cfg Config) *Simulator {
	return &Simulator{lg: lg, cfg: cfg, token: rand.Text(), failed: make(chan error, 1), opened: make(chan struct{})}
}

// Run keeps the bot at work until the context ends or it fails. It is called once.
func (s *Simulator) Run(ctx context.Context) (err error) {
	if s.key, err = readKey(s.cfg.Dir); err != nil {
		return err
	}
	if err := s.open(ctx); err != nil {
		return err
	}
	close(s.opened)
	defer func() { err = errors.Join(err, s.close()) }()
	select {
	case <-ctx.Done():
		return nil
	case err := <-s.failed:
		return err
	}
}

// Ready is closed when the bot is at work.
func (s *Simulator) Ready() <-chan struct{} { return s.opened }

func (s *Simulator) open(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, err := s.newWorld(ctx)
	if err != nil {
		return err
	}
	s.world = w
	return nil
}

func (s *Simulator) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.world == nil {
		return nil
	}
	w := s.world
	s.world = nil
	return w.close()
}

// Restart forgets all conversations and begins anew.
func (s *Simulator) Restart(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.world == nil {
		return errNotRunning
	}
	err := s.world.close()
	s.world = nil
	if err == nil {
		err = s.wipe()
	}
	if err == nil {
		s.world, err = s.newWorld(ctx)
	}
	if err != nil {
		err = fmt.Errorf("begin anew: %w", err)
		s.fail(err)
	}
	return err
}

var errNotRunning = errors.New("the simulator is not running")

// wipe removes what a world leaves behind. The database goes first: phones without their bot's memory
// are a nuisance, a bot that remembers other phones would be wrong.
func (s *Simulator) wipe() error {
	if err := store.Remove(s.cfg.Dir); err != nil {
		return err
	}
	err := os.Remove(filepath.Join(s.cfg.Dir, worldName))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// current is the world that runs; nil: none does.
func (s *Simulator) current() *world {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world
}

// TellAdmins tells the administrator something that nobody asked for, as [telegram.Adapter.TellAdmins]
// does. Where no bot runs nobody is told.
func (s *Simulator) TellAdmins(ctx context.Context, html string) error {
	w := s.current()
	if w == nil {
		return nil
	}
	return w.adapter.TellAdmins(ctx, html)
}

// fail ends Run with an error; only the first counts.
func (s *Simulator) fail(err error) {
	select {
	case s.failed <- err:
	default:
	}
}

const keyName = "key"

// readKey reads the key of the folder, making both where there is none. It guards no real person's
// words, so that it may lie beside the database.
func readKey(dir string) (store.Key, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	name := filepath.Join(dir, keyName)
	text, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		text = []byte(rand.Text() + rand.Text() + "\n")
		err = os.WriteFile(name, text, 0o600)
	}
	if err != nil {
		return "", fmt.Errorf("key of the simulator: %w", err)
	}
	return store.Key(strings.TrimSpace(string(text))), nil
}
