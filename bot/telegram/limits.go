package telegram

import (
	"time"

	"golang.org/x/time/rate"
)

// Limits are how fast messages go out. A zero field is no limit.
type Limits struct {
	PerSecond float64       // messages in all
	ChatEvery time.Duration // between messages to one person, after ChatBurst at once
	ChatBurst int
	// GroupMinute is how many messages a group gets within any minute; a fifth of them at once.
	GroupMinute int
}

// TelegramLimits stay below what Telegram publishes: about 30 messages a second in all, one a second
// in a chat with a short burst, 20 a minute in a group.
func TelegramLimits() Limits {
	return Limits{PerSecond: 25, ChatEvery: time.Second, ChatBurst: 2, GroupMinute: 20}
}

const (
	allBurst    = 3         // 25 a second and 3 at once are 28 in any second
	idleLimiter = time.Hour // a chat's limiter is long full by then
	sweepEvery  = 10 * time.Minute
	// leastWait keeps the sender from spinning: what is left of a token is a rounded number, and the
	// limiter may ask for another nanosecond for ever.
	leastWait = time.Millisecond
)

// A limiter says when a chat may get its next message. It belongs to one goroutine.
type limiter struct {
	limits Limits
	all    *rate.Limiter
	chats  map[int64]*chatLimiter
	swept  time.Time
}

type chatLimiter struct {
	*rate.Limiter
	used time.Time
}

func newLimiter(l Limits) *limiter {
	all := rate.NewLimiter(rate.Inf, 0)
	if l.PerSecond > 0 {
		all = rate.NewLimiter(rate.Limit(l.PerSecond), allBurst)
	}
	return &limiter{limits: l, all: all, chats: map[int64]*chatLimiter{}}
}

// take lets one message go now, or says how long to wait: for the chat, or for all.
func (l *limiter) take(chat int64, group bool, now time.Time) (wait time.Duration, all bool) {
	l.sweep(now)
	c := l.chat(chat, group)
	c.used = now
	own := c.ReserveN(now, 1)
	if d := own.DelayFrom(now); d > 0 {
		own.CancelAt(now)
		return max(d, leastWait), false
	}
	common := l.all.ReserveN(now, 1)
	if d := common.DelayFrom(now); d > 0 {
		common.CancelAt(now)
		own.CancelAt(now)
		return max(d, leastWait), true
	}
	return 0, false
}

func (l *limiter) chat(chat int64, group bool) *chatLimiter {
	if c := l.chats[chat]; c != nil {
		return c
	}
	c := &chatLimiter{Limiter: rate.NewLimiter(rate.Inf, 0)}
	switch {
	case group && l.limits.GroupMinute > 0:
		burst := max(l.limits.GroupMinute/5, 1) // the burst and a minute's refill are the limit together
		each := rate.Limit(float64(l.limits.GroupMinute-burst) / 60)
		c.Limiter = rate.NewLimiter(max(each, 1.0/60), burst)
	case !group && l.limits.ChatEvery > 0:
		c.Limiter = rate.NewLimiter(rate.Every(l.limits.ChatEvery), max(l.limits.ChatBurst, 1))
	}
	l.chats[chat] = c
	return c
}

// sweep forgets chats that have been idle.
func (l *limiter) sweep(now time.Time) {
	if now.Sub(l.swept) < sweepEvery {
		return
	}
	l.swept = now
	for chat, c := range l.chats {
		if now.Sub(c.used) > idleLimiter {
			delete(l.chats, chat)
		}
	}
}
