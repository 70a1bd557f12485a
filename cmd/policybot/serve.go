package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"policybot/bot/store"
	"policybot/bot/telegram"
)

// serve runs the bot: on Telegram with a token, on a page in the browser without.
func serve(ctx context.Context, a *app, args []string) error {
	flags := a.flags("serve")
	chosen := choose(flags)
	if err := a.parse(flags, args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return &usageError{fmt.Sprintf("serve takes no %q", flags.Arg(0))}
	}
	s, err := a.readSettings(chosen)
	if err != nil {
		return err
	}
	if s.secrets, err = a.readSecrets(s.Webhook != ""); err != nil {
		return err
	}
	if s.Token != "" {
		return onTelegram(ctx, a.logger(s), s)
	}
	return inBrowser(ctx, a, s)
}

const (
	endTime = 9 * time.Second // for all clean-ups together; docker kills after ten
	grace   = 6 * time.Second // of it, for answers that are under way
)

// onTelegram builds the service part by part and runs it until the context ends or a part fails.
// Each part that exists is taken down again in reverse order, whether the start succeeded or not.
func onTelegram(ctx context.Context, lg *slog.Logger, s settings) (err error) {
	var down cleanups
	defer func() {
		if errors.Is(err, context.Cause(ctx)) || errors.Is(err, ctx.Err()) {
			err = nil // told to end while it was starting
		}
		err = errors.Join(err, down.run(endTime))
	}()
	failed := make(chan error, 5) // one for each part that runs by itself

	content, err := openContents(ctx, lg, s, false)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, lg, s.Data, store.Options{Sync: s.Sync, Key: s.Key})
	if err != nil {
		return err
	}
	down.add("database", func(context.Context) error { return db.Close() })
	b := content.newBot(db)
	reach := newReach(newClient())
	cfg := s.adapter(reach)
	cfg.Groups = db.Welcomes
	adapter, err := telegram.New(lg, cfg, b, db)
	if err != nil {
		return err
	}
	content.alarm = adapter.TellAdmins
	ops, err := listen(ctx, "POLICYBOT_OPS_LISTEN", s.Ops)
	if err != nil {
		return err
	}
	down.add("ops server", start(failed, httpPart(lg, ops, opsHandler(content.State, db, reach))))
	if s.Webhook != "" {
		web, err := listen(ctx, "POLICYBOT_LISTEN", s.Listen)
		if err != nil {
			return err
		}
		mux := http.NewServeMux()
		mux.Handle(webhookPath, adapter)
		down.add("webhook", start(failed, httpPart(lg, web, mux)))
	}
	down.add("retention", start(failed, func(ctx context.Context) error { return hourly(ctx, lg, db.Forget) }))
	down.add("content", start(failed, content.follow))
	down.add("telegram", start(failed, adapter.Run))

	lg.InfoContext(ctx, "serving", "content", content.State().Version, "data", s.Data, "ops", ops.Addr().String(),
		"webhook", s.Webhook != "", "admins", len(s.Admins))
	select {
	case <-ctx.Done():
		lg.Info("stopping")
		return nil
	case err := <-failed:
		return err
	}
}

// adapter is what the Telegram adapter is told.
func (s settings) adapter(c telegram.Client) telegram.Config {
	cfg := telegram.Config{Token: s.Token, URL: s.API, Key: []byte(s.Key), Client: c, Grace: grace, Admins: s.Admins}
	if s.Webhook != "" {
		cfg.Webhook = &telegram.Webhook{URL: s.Webhook, Secret: s.WebhookSecret}
	}
	return cfg
}

// listen opens an address, and names its setting when that fails.
func listen(ctx context.Context, name, address string) (net.Listener, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s is %q: want a free address of this machine: %w", name, address, err)
	}
	return l, nil
}

// httpPart serves a handler until its context ends, and lets the requests that are under way finish.
func httpPart(lg *slog.Logger, l net.Listener, h http.Handler) func(context.Context) error {
	return func(ctx context.Context) error {
		server := &http.Server{
			Handler:           h,
			ReadHeaderTimeout: 5 * time.Second,
			ReadTimeout:       15 * time.Second,
			WriteTimeout:      15 * time.Second,
			IdleTimeout:       2 * time.Minute,
			ErrorLog:          slog.NewLogLogger(lg.Handler(), slog.LevelWarn),
		}
		served := make(chan error, 1)
		go func() { served <- server.Serve(l) }()
		select {
		case err := <-served:
			return fmt.Errorf("serve %s: %w", l.Addr(), err)
		case <-ctx.Done():
		}
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if server.Shutdown(within) != nil {
			server.Close() //nolint:errcheck // whoever has not finished by now is cut off
		}
		return nil
	}
}

// hourly does a job now and every hour until the context ends. A failure is logged and tried again
// the hour after.
func hourly(ctx context.Context, lg *slog.Logger, job func(context.Context, time.Time) error) error {
	every := time.NewTicker(time.Hour)
	defer every.Stop()
	for {
		if err := job(ctx, time.Now()); err != nil && ctx.Err() == nil {
			lg.ErrorContext(ctx, "hourly job", "err", err)
		}
		select {
		case <-every.C:
		case <-ctx.Done():
			return nil
		}
	}
}
