package telegram

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

// longest is the longest pause between two tries of anything: an outage ends at most that much
// later for us than for Telegram.
const longest = 30 * time.Second

// backoff is how long to wait after so many failures in a row: a second, doubled each time, with
// a fifth of jitter so that those who failed together do not come back together.
func backoff(failures int) time.Duration {
	d := longest
	if failures < 6 {
		d = min(time.Second<<max(failures-1, 0), longest)
	}
	return jitter(d)
}

func jitter(d time.Duration) time.Duration {
	return d + time.Duration((rand.Float64()-0.5)*0.4*float64(d))
}

// sleep waits, and reports whether it waited to the end.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// trouble counts failures in a row and logs the first, and then only when the reason changes.
type trouble struct {
	lg       *slog.Logger
	what     string
	failures int
	last     string
}

// failed counts a failure and returns how long to wait.
func (t *trouble) failed(why string) time.Duration {
	t.failures++
	if why != t.last {
		t.last = why
		t.lg.Warn(t.what, "err", why, "failures", t.failures)
	}
	return backoff(t.failures)
}

// over notes a success.
func (t *trouble) over() {
	if t.failures > 0 {
		t.lg.Info(t.what+": over", "failures", t.failures)
	}
	t.failures, t.last = 0, ""
}

// recently remembers when things last happened, for a while. The zero value is ready to use.
type recently[K comparable] struct {
	mu sync.Mutex
	at map[K]time.Time
}

// recentlyKept bounds the memory of a recently; half a minute of the busiest traffic fits.
const recentlyKept = 10_000

// again notes that k happens now, and reports whether it happened within the last while.
func (r *recently[K]) again(k K, while time.Duration) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	if r.at == nil || len(r.at) >= recentlyKept {
		fresh := map[K]time.Time{}
		for old, at := range r.at {
			if now.Sub(at) < while {
				fresh[old] = at
			}
		}
		if len(fresh) >= recentlyKept {
			clear(fresh)
		}
		r.at = fresh
	}
	last, known := r.at[k]
	r.at[k] = now
	return known && now.Sub(last) < while
}

// has reports whether k was noted within the last while.
func (r *recently[K]) has(k K, while time.Duration) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	at, known := r.at[k]
	return known && time.Since(at) < while
}
