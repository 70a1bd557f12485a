package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"policybot/bot"
	"policybot/bot/telegram"
)

// A writable can say why it cannot be written; *store.DB is the real one.
type writable interface {
	Writable(ctx context.Context) error
}

// opsHandler answers /healthz, which only says that the process lives, and /readyz, which lists what
// the service needs, a line each, with 503 when something is missing.
func opsHandler(content func() bot.ContentState, db writable, r *reach) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, req *http.Request) {
		ctx, cancel := context.WithTimeout(req.Context(), 3*time.Second)
		defer cancel()
		stored, reached := db.Writable(ctx), r.lately(time.Now())
		if stored != nil || reached != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		state := content()
		fmt.Fprintf(w, "content: %s\ndatabase: %s\ntelegram: %s\n", state.Version, okOr(stored), okOr(reached))
		fmt.Fprintf(w, "freshness: %d not confirmed for long, %d about to end\n", len(state.Stale), len(state.Ending))
		if len(state.Refused) > 0 { // no reason to stop: the last good content serves
			fmt.Fprintf(w, "new files: refused since %s, %d faults: %s\n", state.RefusedAt.UTC().Format(time.RFC3339), len(state.Refused), state.Refused[0])
		}
	})
	return mux
}

func okOr(err error) string {
	if err != nil {
		return err.Error()
	}
	return "ok"
}

// lately is how old the last answer of Telegram may be while calls fail. A poll takes up to a minute.
const lately = 2 * time.Minute

// reach makes the adapter's requests and remembers whether Telegram was there.
type reach struct {
	client telegram.Client

	mu       sync.Mutex
	answered time.Time // last answer that was no failure of the server; zero: none yet
	failing  bool      // the latest request got none
}

func newReach(c telegram.Client) *reach { return &reach{client: c} }

// Do implements [telegram.Client].
func (r *reach) Do(req *http.Request) (*http.Response, error) {
	resp, err := r.client.Do(req)
	if req.Context().Err() != nil && err != nil && !errors.Is(req.Context().Err(), context.DeadlineExceeded) {
		return resp, err // given up by ourselves: says nothing of Telegram
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failing = err != nil || resp.StatusCode >= http.StatusInternalServerError
	if !r.failing {
		r.answered = time.Now()
	}
	return resp, err
}

// lately returns why Telegram counts as out of reach, or nil. Silence while nothing is asked, as with
// a webhook at night, is no trouble.
func (r *reach) lately(now time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.answered.IsZero():
		return errors.New("not reached since the start")
	case r.failing && now.Sub(r.answered) > lately:
		return fmt.Errorf("not reached since %s", r.answered.UTC().Format(time.RFC3339))
	}
	return nil
}

// newClient is the HTTP client for Telegram. The adapter gives each call a deadline of its own.
func newClient() *http.Client {
	const longestPoll = 70 * time.Second
	transport := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSHandshakeTimeout: 10 * time.Second,
		ForceAttemptHTTP2:   true,
		MaxIdleConns:        64,
		MaxIdleConnsPerHost: 64,
		IdleConnTimeout:     90 * time.Second,
	}
	return &http.Client{Timeout: longestPoll, Transport: transport}
}

// health asks a running service whether it lives.
func health(ctx context.Context, a *app, args []string) error {
	flags := a.flags("health")
	chosen := choose(flags, "POLICYBOT_OPS_LISTEN")
	if err := a.parse(flags, args); err != nil {
		return err
	}
	s, err := a.readSettings(chosen)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+reachable(s.Ops)+"/healthz", nil)
	if err != nil {
		return fmt.Errorf("ask the service: %w", err)
	}
	resp, err := (&http.Client{Transport: &http.Transport{}}).Do(req) // no proxy: it is this machine
	if err != nil {
		return fmt.Errorf("no service answers, is it running with the same POLICYBOT_OPS_LISTEN: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the service answers %s", resp.Status)
	}
	fmt.Fprintln(a.stdout, "ok")
	return nil
}

// reachable turns an address to listen on into one to call: every interface is also this machine. It
// names no localhost, which an empty image may not know.
func reachable(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	ip := net.ParseIP(host)
	switch {
	case host == "" || ip.Equal(net.IPv4zero):
		return net.JoinHostPort("127.0.0.1", port)
	case ip.Equal(net.IPv6unspecified):
		return net.JoinHostPort("::1", port)
	}
	return address
}
