package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"policybot/bot"
	"policybot/bot/store"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
	"policybot/knowledge"
)

// botUser is the bot's account on the phones.
var botUser = fakeapi.User{FirstName: "Trợ lý chính sách Cần Thơ", Username: "policybot"}

// A world is one run of the bot with its people, from one start to its end.
type world struct {
	file    string
	srv     *fakeapi.Server
	db      *store.DB
	adapter *telegram.Adapter
	key     store.Key
	talk    telegram.Conversation
	bell    *bell
	stops   []func() error // what runs

	saving sync.Mutex // held while the world is written down
	mu     sync.Mutex
	day    knowledge.Date        // that questions are asked on; zero: today
	turns  map[bot.ChatID][]turn // the latest of each chat, oldest first
}

// saved is a world as it is written down.
type saved struct {
	Day  knowledge.Date  `json:"day,omitzero"`
	Fake json.RawMessage `json:"fake"`
}

const worldName = "world.json"

// newWorld goes on with the world of the folder, or begins one.
func (s *Simulator) newWorld(ctx context.Context) (_ *world, err error) {
	w := &world{file: filepath.Join(s.cfg.Dir, worldName), key: s.key, bell: newBell(), turns: map[bot.ChatID][]turn{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	if w.db, err = store.Open(ctx, s.lg, s.cfg.Dir, store.Options{Key: s.key}); err != nil {
		return nil, err
	}
	if err = w.load(s.cfg.Hurry); err != nil {
		return nil, err
	}
	if w.talk, err = s.cfg.Talk(ctx, w.db); err != nil {
		return nil, err
	}
	limits := telegram.TelegramLimits()
	if s.cfg.Hurry {
		limits = telegram.Limits{}
	}
	w.adapter, err = telegram.New(s.lg, telegram.Config{
		Token: telegram.Token(w.srv.Token()), Key: []byte(s.key), Client: w, Day: w.today, Limits: &limits, Grace: time.Second,
		Groups: w.db.Welcomes, Admins: []int64{admin},
	}, w, w.db)
	if err != nil {
		return nil, err
	}
	if err = w.appoint(ctx); err != nil {
		return nil, fmt.Errorf("appoint officers: %w", err)
	}
	w.stops = append(w.stops, runs(w.adapter.Run, s.fail), runs(w.meetInGroup, s.fail))
	return w, nil
}

// load reads the world of the folder and brings everybody into it. Update numbers of a new one are
// higher than those of any before, which the database may remember.
func (w *world) load(hurry bool) error {
	text, err := os.ReadFile(w.file)
	opt := fakeapi.Options{Bot: botUser, FirstUpdate: time.Now().Unix(), KeepCalls: 1}
	if hurry {
		opt.Limits = &fakeapi.Limits{QueryTTL: fakeapi.TelegramLimits().QueryTTL}
	}
	if err == nil {
		var old saved
		if err = json.Unmarshal(text, &old); err == nil {
			w.day, opt.Saved = old.Day, old.Fake
		}
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("read %s, remove it to begin with empty phones: %w", w.file, err)
	}
	if w.srv, err = fakeapi.Open(opt); err != nil {
		return fmt.Errorf("read %s, remove it to begin with empty phones: %w", w.file, err)
	}
	for _, p := range people {
		w.srv.Phone(p.User)
	}
	return nil
}

// save writes the world down. It takes the place of the old one at once or not at all.
func (w *world) save() error {
	w.saving.Lock()
	defer w.saving.Unlock()
	fake, err := w.srv.Save()
	if err != nil {
		return err
	}
	w.mu.Lock()
	day := w.day
	w.mu.Unlock()
	text, err := json.Marshal(saved{day, fake})
	if err != nil {
		return err
	}
	if err := os.WriteFile(w.file+".new", text, 0o600); err != nil {
		return fmt.Errorf("save the phones: %w", err)
	}
	return os.Rename(w.file+".new", w.file)
}

// quiet are the calls that change nothing worth keeping.
var quiet = map[string]bool{"getUpdates": true, "getMe": true, "sendChatAction": true}

// Do implements [telegram.Client] without a network. What a call changes is written down before the
// bot hears of its success, so that no message is lost with the process.
func (w *world) Do(r *http.Request) (*http.Response, error) {
	resp, err := w.srv.Do(r)
	if err == nil && !quiet[path.Base(r.URL.Path)] {
		err = w.save()
	}
	return resp, err
}

// act lets a person do something, and writes it down.
func (w *world) act(a fakeapi.Action) (fakeapi.Done, error) {
	done, err := w.srv.Act(a)
	if err != nil {
		return done, err
	}
	return done, w.save()
}

// today is the day that questions are asked on; zero: the real one.
func (w *world) today() knowledge.Date {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.day
}

// travel sets the day; zero: back to the real one.
func (w *world) travel(to knowledge.Date) error {
	w.mu.Lock()
	w.day = to
	w.mu.Unlock()
	w.bell.ring()
	return w.save()
}

// close ends the world. Everything in it is kept.
func (w *world) close() error {
	var errs []error
	for _, stop := range slices.Backward(w.stops) {
		errs = append(errs, stop())
	}
	close(w.bell.ended)
	if w.srv != nil {
		w.srv.Close()
		errs = append(errs, w.save())
	}
	if w.db != nil {
		errs = append(errs, w.db.Close())
	}
	return errors.Join(errs...)
}

// runs starts a part and returns what ends it and waits for it. A part that fails by itself is
// reported.
func runs(part func(context.Context) error, failed func(error)) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		err := part(ctx)
		if err != nil && ctx.Err() == nil {
			failed(err)
		}
		ended <- err
	}()
	return func() error {
		cancel()
		return <-ended
	}
}
