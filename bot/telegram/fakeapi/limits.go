package fakeapi

import (
	"net/http"
	"strconv"
	"time"
)

// Limits are Telegram's limits on what a bot may do in a time. A zero field is no limit.
type Limits struct {
	PerSecond   int           `json:"per_second"`   // messages in any second, all chats together
	ChatBurst   int           `json:"chat_burst"`   // messages a private chat takes at once; then one per ChatEvery
	ChatEvery   time.Duration `json:"chat_every"`   // nanoseconds in JSON
	GroupMinute int           `json:"group_minute"` // messages in any minute in one group
	QueryTTL    time.Duration `json:"query_ttl"`    // how long a callback query may be answered
}

// TelegramLimits are the published limits: about 30 messages a second in all, one a second in a
// chat with a short burst, 20 a minute in a group. Telegram does not publish the burst nor the life
// of a callback query; 3 and 15 seconds are on the strict side of what bots report.
func TelegramLimits() Limits {
	return Limits{PerSecond: 30, ChatBurst: 3, ChatEvery: time.Second, GroupMinute: 20, QueryTTL: 15 * time.Second}
}

// SetLimits replaces the limits from now on; Limits{} lifts them all.
func (s *Server) SetLimits(l Limits) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits = l
	s.sent = limiter{}
}

// A limiter remembers when messages were sent. Refused messages do not count.
type limiter struct {
	all    []time.Time
	groups map[int64][]time.Time
	owed   map[int64]time.Time // private chats: when the burst will be whole again
}

// allow counts one message to the chat, or refuses it with 429 and the seconds to wait.
func (l *limiter) allow(lim Limits, c *chat, now time.Time) error {
	if l.groups == nil {
		l.groups, l.owed = map[int64][]time.Time{}, map[int64]time.Time{}
	}
	wait := full(l.all, lim.PerSecond, time.Second, now)
	group := c.Chat.Type != private
	owed := l.owed[c.Chat.ID]
	if owed.Before(now) {
		owed = now
	}
	switch {
	case group:
		wait = max(wait, full(l.groups[c.Chat.ID], lim.GroupMinute, time.Minute, now))
	case lim.ChatBurst > 0:
		wait = max(wait, owed.Add(lim.ChatEvery).Sub(now)-time.Duration(lim.ChatBurst)*lim.ChatEvery)
	}
	if wait > 0 {
		return tooMany(wait)
	}
	l.all = keep(l.all, lim.PerSecond, now)
	if group {
		l.groups[c.Chat.ID] = keep(l.groups[c.Chat.ID], lim.GroupMinute, now)
	} else if lim.ChatBurst > 0 {
		l.owed[c.Chat.ID] = owed.Add(lim.ChatEvery)
	}
	return nil
}

// full tells how long until one more fits into the window; at most n are remembered.
func full(sent []time.Time, n int, window time.Duration, now time.Time) time.Duration {
	if n == 0 || len(sent) < n {
		return 0
	}
	return sent[len(sent)-n].Add(window).Sub(now)
}

func keep(sent []time.Time, n int, now time.Time) []time.Time {
	if n == 0 {
		return nil
	}
	if len(sent) >= n {
		sent = append(sent[:0], sent[len(sent)-n+1:]...)
	}
	return append(sent, now)
}

func tooMany(wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	return &apiError{
		Code:        http.StatusTooManyRequests,
		Description: "Too Many Requests: retry after " + strconv.Itoa(seconds),
		RetryAfter:  seconds,
	}
}
