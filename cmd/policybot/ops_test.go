package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"policybot/bot"
)

// answers is a Telegram that answers a status, or nothing when it is zero.
type answers int

func (a answers) Do(r *http.Request) (*http.Response, error) {
	if a == 0 {
		return nil, errors.New("cut off")
	}
	return &http.Response{StatusCode: int(a), Body: http.NoBody, Request: r}, nil
}

// full is a database that cannot be written.
type full struct{}

func (full) Writable(context.Context) error { return errors.New("disk full") }

// roomy is one that can.
type roomy struct{}

func (roomy) Writable(context.Context) error { return nil }

func TestReady(t *testing.T) {
	type step struct {
		wait   time.Duration
		answer answers
	}
	for _, c := range []struct {
		name  string
		steps []step
		after time.Duration
		db    writable
		want  int
		says  string
	}{
		{"not reached yet", nil, 0, roomy{}, 503, "telegram: not reached since the start"},
		{"reached", []step{{0, 200}}, 0, roomy{}, 200, "telegram: ok"},
		{"reached, and silence of ours", []step{{0, 200}}, 8 * time.Hour, roomy{}, 200, "telegram: ok"},
		{"a failure a moment ago", []step{{0, 200}, {time.Minute, 0}}, time.Second, roomy{}, 200, "telegram: ok"},
		{"failures for minutes", []step{{0, 200}, {time.Minute, 502}, {2 * time.Minute, 0}}, 0, roomy{}, 503, "telegram: not reached since 2000-01-01T00:00:00Z"},
		{"back again", []step{{0, 200}, {time.Hour, 0}, {time.Hour, 429}}, 0, roomy{}, 200, "telegram: ok"},
		{"never anything but failures", []step{{0, 500}, {time.Second, 0}}, 0, roomy{}, 503, "telegram: not reached since the start"},
		{"database full", []step{{0, 200}}, 0, full{}, 503, "database: disk full"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newReach(nil)
				for _, s := range c.steps {
					<-time.After(s.wait)
					r.client = s.answer
					r.Do(httptest.NewRequest(http.MethodPost, "/", nil)) //nolint:errcheck // what came of it is what is tested
				}
				<-time.After(c.after)
				w := httptest.NewRecorder()
				opsHandler(func() bot.ContentState { return bot.ContentState{Version: "v"} }, c.db, r).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
				if w.Code != c.want || !strings.Contains(w.Body.String(), c.says) {
					t.Errorf("readyz: %d %q, want %d and %q", w.Code, w.Body, c.want, c.says)
				}
			})
		})
	}
}

// TestReachGivenUp ends a request ourselves, which says nothing of Telegram.
func TestReachGivenUp(t *testing.T) {
	r := newReach(answers(200))
	req := httptest.NewRequest(http.MethodPost, "/", nil)
	r.Do(req) //nolint:errcheck // it is answered
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r.client = answers(0)
	r.Do(req.WithContext(ctx)) //nolint:errcheck // it is given up
	if err := r.lately(time.Now().Add(time.Hour)); err != nil {
		t.Errorf("after a request that was given up: %v", err)
	}
}

func TestHourly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var at []time.Duration
		begun := time.Now()
		job := func(_ context.Context, now time.Time) error {
			at = append(at, now.Sub(begun))
			return errors.New("the first failure must not be the last try")
		}
		ctx, cancel := context.WithTimeout(t.Context(), 150*time.Minute)
		defer cancel()
		if err := hourly(ctx, slog.New(slog.NewTextHandler(io.Discard, nil)), job); err != nil {
			t.Error(err)
		}
		if len(at) != 3 || at[0] != 0 || at[2] != 2*time.Hour {
			t.Errorf("in 150 minutes the job was done at %v, want at once and after one and two hours", at)
		}
	})
}

func TestCleanups(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []string
		var down cleanups
		down.add("first", func(context.Context) error { order = append(order, "first"); return nil })
		stuck := make(chan struct{})
		down.add("second", start(make(chan error, 1), func(context.Context) error { <-stuck; return nil }))
		down.add("third", func(context.Context) error { order = append(order, "third"); return nil })
		begun := time.Now()
		err := down.run(time.Minute)
		if err == nil || !strings.Contains(err.Error(), "stop second: not done in time") {
			t.Errorf("run = %v, want the name of the part that is stuck", err)
		}
		if took := time.Since(begun); took != time.Minute || strings.Join(order, " ") != "third first" {
			t.Errorf("after %v %v are down, want third and first after a minute", took, order)
		}
		close(stuck)
	})
}

func TestReachable(t *testing.T) {
	for address, want := range map[string]string{
		":9090": "127.0.0.1:9090", "0.0.0.0:9090": "127.0.0.1:9090", "[::]:9090": "[::1]:9090",
		"127.0.0.1:9090": "127.0.0.1:9090", "bot.internal:80": "bot.internal:80",
	} {
		if got := reachable(address); got != want {
			t.Errorf("reachable(%q) = %q, want %q", address, got, want)
		}
	}
}

// Refused files are no reason to send people elsewhere: the last good content serves.
func TestReadyTellsOfRefusedFiles(t *testing.T) {
	r := newReach(answers(200))
	if _, err := r.Do(httptest.NewRequest(http.MethodGet, "http://telegram/", nil)); err != nil {
		t.Fatal(err)
	}
	state := bot.ContentState{Version: "v", Refused: []string{"cards/x.yaml:7: sai", "y"}, Stale: []string{"a"}, Ending: []string{"b", "c"}}
	w := httptest.NewRecorder()
	opsHandler(func() bot.ContentState { return state }, roomy{}, r).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	for _, want := range []string{"freshness: 1 not confirmed for long, 2 about to end\n", "new files: refused since", "2 faults: cards/x.yaml:7: sai\n"} {
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%d %q, want %q", w.Code, w.Body, want)
		}
	}
}
