package telegram

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"time"

	"policybot/bot"
)

// triesOfATurn is how often the conversation is asked before the person gets an apology. A store
// that cannot be written is waited for as long as it takes.
const triesOfATurn = 5

// errTurn marks a failure of the conversation itself.
var errTurn = errors.New("turn failed")

// work brings one update to its end: a committed turn, or none where it leads to none. It gives up
// only with the context; the update then waits in the inbox for the next start.
func (a *Adapter) work(ctx context.Context, u Update) {
	failing := trouble{lg: a.lg.With("update", u.ID), what: "update not worked off"}
	failed, stale := 0, false
	for {
		err := a.attempt(ctx, u, failed >= triesOfATurn)
		if err == nil {
			failing.over()
			return
		}
		if ctx.Err() != nil {
			return
		}
		if errors.Is(err, ErrStale) && !stale {
			stale = true // somebody was quicker: what they did is there to be read at once
			continue
		}
		if errors.Is(err, errTurn) {
			failed++
		}
		if !sleep(ctx, failing.failed(err.Error())) {
			return
		}
	}
}

// attempt works on an update once. A panic is a failure like any other: a text that makes the
// conversation panic would otherwise end the process again at every start.
func (a *Adapter) attempt(ctx context.Context, u Update, giveUp bool) (err error) {
	defer func() {
		if p := recover(); p != nil {
			a.lg.ErrorContext(ctx, "panic", "update", u.ID, "panic", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %w", errTurn)
		}
	}()
	e, err := a.translate(u)
	if err != nil {
		a.lg.ErrorContext(ctx, "update cannot be read", "update", u.ID)
		return a.store.Done(ctx, u.ID)
	}
	switch e.kind {
	case spoken, unusual, welcome:
		return a.answer(ctx, u, e, giveUp)
	case stopped:
		err = a.store.Blocked(ctx, e.place.chat, true, time.Now())
	case renamed:
		err = a.store.Moved(ctx, a.keys.move(e.place.chat, e.to))
	}
	if err != nil {
		return err
	}
	return a.store.Done(ctx, u.ID)
}

// answer handles what somebody said or pressed, and the bot's being added.
func (a *Adapter) answer(ctx context.Context, u Update, e event, giveUp bool) error {
	known, err := a.belongs(ctx, e)
	switch {
	case err != nil:
		return err
	case !known:
		a.presses.settle(e.query, toastUnknown)
		return a.leave(ctx, u, e)
	case e.kind == welcome:
		if err := a.store.Blocked(ctx, e.place.chat, false, time.Now()); err != nil {
			return err
		}
		return a.store.Done(ctx, u.ID)
	case e.kind == unusual:
		a.presses.settle(e.query, toastUnknown)
		return a.store.Done(ctx, u.ID)
	case giveUp:
		a.presses.settle(e.query, "")
		return a.apologise(ctx, u, e.place)
	case a.presses.isDouble(u.ID, e):
		a.presses.settle(e.query, toastAgain)
		return a.store.Done(ctx, u.ID)
	}
	return a.turn(ctx, u, e)
}

// turn asks the conversation and commits what it says.
func (a *Adapter) turn(ctx context.Context, u Update, e event) error {
	stop := a.typing.show(ctx, e.place)
	defer stop()
	turn, err := a.talk.Handle(ctx, e.in)
	if err != nil {
		return fmt.Errorf("%w: %w", errTurn, err)
	}
	out, err := a.render(ctx, e.place, turn)
	if err != nil {
		return fmt.Errorf("%w: %w", errTurn, err)
	}
	if _, err := a.store.Commit(ctx, u.ID, turn, out); err != nil {
		return err
	}
	a.presses.settle(e.query, toastOf(e, turn))
	a.sender.look()
	return nil
}

func toastOf(e event, turn bot.Turn) string {
	if e.in.Tap != nil && turn.Toast == "" && len(turn.Replies)+len(turn.Posts) == 0 {
		return toastStale
	}
	return turn.Toast
}

// belongs reports whether the bot talks where something happens.
func (a *Adapter) belongs(ctx context.Context, e event) (bool, error) {
	if !e.place.group {
		return true, nil
	}
	if a.cfg.Groups == nil {
		return false, nil
	}
	return a.cfg.Groups(ctx, a.keys.chatID(e.place.chat), e.by)
}

// sayOnce is how long a group is not told again why the bot leaves.
const sayOnce = time.Minute

// leave ends an update from a group where the bot does not belong.
func (a *Adapter) leave(ctx context.Context, u Update, e event) error {
	if a.left.has(e.place.chat, sayOnce) && e.kind != welcome {
		return a.store.Done(ctx, u.ID)
	}
	say, err := e.place.show(message{HTML: notHere, Thread: e.place.thread}, 0)
	if err != nil {
		return err
	}
	out := Outgoing{Chat: e.place.chat, Group: true, Method: leaveChat, Body: []byte("{}")}
	if err := a.store.Done(ctx, u.ID, say, out); err != nil {
		return err
	}
	a.left.again(e.place.chat, sayOnce)
	a.sender.look()
	return nil
}

// apologise ends an update that the conversation cannot handle.
func (a *Adapter) apologise(ctx context.Context, u Update, at place) error {
	sorry, err := at.show(message{HTML: apology, Thread: at.thread}, 0)
	if err != nil {
		return err
	}
	if err := a.store.Done(ctx, u.ID, sorry); err != nil {
		return err
	}
	a.lg.ErrorContext(ctx, "apologised", "update", u.ID)
	a.sender.look()
	return nil
}

// isDouble reports whether a press repeats one that came moments before. The same update may be
// tried several times.
func (p *presses) isDouble(update int64, e event) bool {
	if e.in.Tap == nil {
		return false
	}
	button := fmt.Sprint(e.place.chat, " ", e.by, " ", e.in.Tap.Screen, " ", e.in.Tap.Button)
	if do := e.in.Tap.Action; do != nil {
		button = fmt.Sprint(e.place.chat, " ", e.by, " ", do.Case, " ", do.Verb, " ", do.Version)
	}
	mine := button + " " + strconv.FormatInt(update, 10)
	if p.double.has(mine, longest) {
		return false
	}
	if p.double.again(button, pressAgain) {
		return true
	}
	p.double.again(mine, longest)
	return false
}
