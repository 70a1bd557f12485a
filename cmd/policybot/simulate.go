package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"

	"policybot/bot/simulator"
	"policybot/bot/store"
	"policybot/bot/telegram"
)

// inBrowser runs the simulator until the context ends or it fails. Its data lie in a folder of their
// own, apart from those of a bot on Telegram.
func inBrowser(ctx context.Context, a *app, s settings) (err error) {
	if !s.Network && !isLoopback(s.Listen) {
		return fmt.Errorf("POLICYBOT_LISTEN is %q: the simulator is for this machine only, want an address such as 127.0.0.1:8080; "+
			"to let others use it, set POLICYBOT_SIMULATOR=network", s.Listen)
	}
	lg := a.logger(s)
	content, err := openContents(ctx, lg, s, true)
	if err != nil {
		return err
	}
	web, err := listen(ctx, "POLICYBOT_LISTEN", s.Listen)
	if err != nil {
		return err
	}
	sim := simulator.New(lg, simulator.Config{
		Dir: filepath.Join(s.Data, "simulator"), Network: s.Network,
		Talk: func(_ context.Context, db *store.DB) (telegram.Conversation, error) { return content.newBot(db), nil },
	})
	content.alarm = sim.TellAdmins
	var down cleanups
	defer func() { err = errors.Join(err, down.run(endTime)) }()
	failed := make(chan error, 3)
	down.add("page", start(failed, httpPart(lg, web, sim.Handler())))
	down.add("content", start(failed, content.follow))
	down.add("simulator", start(failed, sim.Run))
	ready := sim.Ready()
	for {
		select {
		case <-ready:
			fmt.Fprintf(a.stdout, "Không có TELEGRAM_BOT_TOKEN nên bot chạy trên trang thử: mở http://%s trong trình duyệt. Ctrl-C để thôi.\n", web.Addr())
			ready = nil // told
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return err
		}
	}
}

// isLoopback reports whether an address can be reached from this machine only.
func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
