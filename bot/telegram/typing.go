package telegram

import (
	"context"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	tgmodels "github.com/go-telegram/bot/models"
	"golang.org/x/time/rate"
)

const (
	// typingAfter is how long a turn may take without a sign. Nearly all are done by then, and a
	// sign sent beside the answer could arrive after it and stand there for seconds.
	typingAfter = 100 * time.Millisecond
	typingEvery = 4 * time.Second // Telegram shows it for five
)

// typing shows in a chat that its turn is being worked on.
type typing struct {
	api   *api
	limit *rate.Limiter // signs must not use up what answers need
	wg    sync.WaitGroup
}

func newTyping(api *api) *typing { return &typing{api: api, limit: rate.NewLimiter(10, 10)} }

// show shows it until stop is called.
func (t *typing) show(ctx context.Context, at place) (stop func()) {
	ctx, stop = context.WithCancel(ctx)
	t.wg.Go(func() {
		for wait := typingAfter; sleep(ctx, wait); wait = typingEvery {
			if t.limit.Allow() {
				t.sign(ctx, at)
			}
		}
	})
	return stop
}

// sign is a courtesy: its failure is nobody's concern.
func (t *typing) sign(ctx context.Context, at place) {
	ctx, cancel := context.WithTimeout(ctx, typingEvery)
	defer cancel()
	t.api.lib.SendChatAction(ctx, &tg.SendChatActionParams{ //nolint:errcheck // see above
		ChatID: at.chat, MessageThreadID: at.thread, Action: tgmodels.ChatActionTyping,
	})
}
