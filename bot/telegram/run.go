package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
)

// Run is the bot at work, until the context ends or Telegram refuses it for good. It then stops
// taking in, ends the work that has begun and sends what may go, all within the grace of the
// configuration, and returns nil, or [ErrToken] or [ErrConflict]. Whatever is not done by then is
// done by the next Run. It is called once.
func (a *Adapter) Run(ctx context.Context) error {
	if err := a.meet(ctx); err != nil {
		return ignoreEnd(ctx, err)
	}
	work, endWork := context.WithCancel(context.WithoutCancel(ctx))
	defer endWork()
	context.AfterFunc(work, a.presses.stop)
	flush := make(chan struct{})
	var loops sync.WaitGroup
	loops.Go(func() { a.jobs.run(work) })
	loops.Go(func() { a.sender.run(work, flush) })
	loops.Go(func() { a.introduce(ctx) })

	a.open.Store(true)
	err := a.receive(ctx)
	a.open.Store(false)

	grace := time.AfterFunc(a.cfg.Grace, endWork)
	defer grace.Stop()
	a.jobs.close()
	close(flush)
	loops.Wait()
	a.presses.wg.Wait()
	endWork()
	a.typing.wg.Wait()
	return ignoreEnd(ctx, err)
}

// ignoreEnd is for errors that only say that the context has ended.
func ignoreEnd(ctx context.Context, err error) error {
	if ctx.Err() != nil && !errors.Is(err, ErrToken) && !errors.Is(err, ErrConflict) {
		return nil
	}
	return err
}

// meet learns the bot's own name, however long Telegram is out of reach.
func (a *Adapter) meet(ctx context.Context) error {
	return a.insist(ctx, "Telegram cannot be reached", func(ctx context.Context) error {
		me, err := a.api.lib.GetMe(ctx)
		if err == nil {
			a.me = identity{id: me.ID, username: me.Username}
		}
		return err
	})
}

// Username asks Telegram, once, what the bot of a configuration is called. Of the configuration it
// needs the token and the address.
func Username(ctx context.Context, cfg Config) (string, error) {
	cfg.Key = make([]byte, 16) // signs nothing here
	if err := cfg.complete(); err != nil {
		return "", err
	}
	api, err := newAPI(slog.New(slog.DiscardHandler), cfg)
	if err != nil {
		return "", err
	}
	me, err := api.lib.GetMe(ctx)
	if err != nil {
		return "", fmt.Errorf("telegram: %s", verdictOf(err).why)
	}
	return me.Username, nil
}

// insist repeats a call until it succeeds, the context ends, or Telegram refuses it as wrong.
func (a *Adapter) insist(ctx context.Context, what string, call func(context.Context) error) error {
	failing := trouble{lg: a.lg, what: what}
	for {
		err := withTime(ctx, call)
		v := verdictOf(err)
		switch v.fate {
		case taken:
			failing.over()
			return nil
		case rejected:
			return ErrToken
		case unsure, limited:
		default:
			return fmt.Errorf("telegram: %s", v.why)
		}
		if !sleep(ctx, max(v.after, failing.failed(v.why))) {
			return ctx.Err()
		}
	}
}

func withTime(ctx context.Context, call func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	return call(ctx)
}

// receive takes updates in until the context ends: by polling or by webhook, never both.
func (a *Adapter) receive(ctx context.Context) error {
	if a.cfg.Webhook == nil {
		return a.poll(ctx)
	}
	err := a.insist(ctx, "webhook cannot be set", func(ctx context.Context) error {
		_, err := a.api.lib.SetWebhook(ctx, &tg.SetWebhookParams{
			URL: a.cfg.Webhook.URL, SecretToken: string(a.cfg.Webhook.Secret), AllowedUpdates: allowed,
		})
		return err
	})
	if err == nil {
		<-ctx.Done()
	}
	return err
}

// deleteWebhook makes polling possible. What waits at Telegram stays there.
func (a *Adapter) deleteWebhook(ctx context.Context) error {
	return a.insist(ctx, "webhook cannot be deleted", func(ctx context.Context) error {
		_, err := a.api.lib.DeleteWebhook(ctx, &tg.DeleteWebhookParams{})
		return err
	})
}
