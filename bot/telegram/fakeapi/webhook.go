package fakeapi

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`)

// webhookPatience is how long one delivery may take.
const webhookPatience = time.Minute

// A webhook is where updates are pushed to, one at a time and in order.
type webhook struct {
	url, secret string
	max         int
	stop        context.CancelFunc
	failed      int64 // unix time of the last failure; 0: none
	why         string
}

func (s *Server) setWebhook(c *call) (any, error) {
	target := c.params["url"]
	if target == "" {
		return s.deleteWebhook(c)
	}
	u, err := url.Parse(target)
	switch {
	case err != nil || u.Host == "":
		return nil, bad("bad webhook: invalid webhook URL specified")
	case u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())): // plain HTTP: only for tests on this machine
		return nil, bad("bad webhook: An HTTPS URL must be provided for webhook")
	case !secretToken.MatchString(c.params["secret_token"]):
		return nil, bad("secret token contains unallowed characters")
	case c.num("max_connections") < 0 || c.num("max_connections") > 100:
		return nil, bad("max_connections must be between 1 and 100")
	}
	if err := s.allow(c); err != nil {
		return nil, err
	}
	if c.flag("drop_pending_updates") {
		s.world.Queue.Waiting = nil
	}
	s.endPoll("terminated by setWebhook request")
	s.stopHook()
	ctx, stop := context.WithCancel(s.ctx)
	h := &webhook{url: target, secret: c.params["secret_token"], max: int(c.num("max_connections")), stop: stop}
	s.hook = h
	s.wg.Go(func() { s.deliverTo(ctx, h) })
	s.touch()
	return true, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s *Server) stopHook() {
	if s.hook != nil {
		s.hook.stop()
		s.hook = nil
	}
}

func (s *Server) deleteWebhook(c *call) (any, error) {
	s.stopHook()
	if c.flag("drop_pending_updates") {
		s.world.Queue.Waiting = nil
	}
	s.touch()
	return true, nil
}

func (s *Server) getWebhookInfo(*call) (any, error) {
	info := map[string]any{"url": "", "has_custom_certificate": false, "pending_update_count": len(s.world.Queue.Waiting)}
	if allowed := s.world.Queue.Allowed; allowed != nil {
		info["allowed_updates"] = allowed
	}
	if h := s.hook; h != nil {
		info["url"] = h.url
		info["max_connections"] = 40
		if h.max > 0 {
			info["max_connections"] = h.max
		}
		if h.failed != 0 {
			info["last_error_date"], info["last_error_message"] = h.failed, h.why
		}
	}
	return info, nil
}

// deliverTo delivers updates to a webhook until it is replaced or the server closes.
func (s *Server) deliverTo(ctx context.Context, h *webhook) {
	for ctx.Err() == nil {
		s.mu.Lock()
		changed := s.changed
		u, ok := s.nextPush()
		twice := s.disturb.Duplicate
		s.mu.Unlock()
		if !ok {
			select {
			case <-changed:
			case <-ctx.Done():
			}
			continue
		}
		err := s.post(ctx, h, u)
		if err == nil && twice {
			err = s.post(ctx, h, u)
		}
		if err == nil {
			s.mu.Lock()
			s.pushed(u)
			s.mu.Unlock()
			continue
		}
		s.mu.Lock()
		h.failed, h.why = time.Now().Unix(), err.Error()
		s.touch()
		s.mu.Unlock()
		if s.pause(ctx, s.opt.WebhookRetry) != nil {
			return
		}
	}
}

// nextPush is the update to deliver next: the oldest, or with Disturbance.Reorder one of the ten
// oldest.
func (s *Server) nextPush() (pending, bool) {
	q := &s.world.Queue
	if len(q.Waiting) == 0 {
		return pending{}, false
	}
	i := 0
	if s.disturb.Reorder {
		s.disturb.Seed++
		i = rand.New(rand.NewPCG(s.disturb.Seed, 0)).IntN(min(len(q.Waiting), 10))
	}
	return q.Waiting[i], true
}

// pushed confirms an update that the webhook has taken.
func (s *Server) pushed(u pending) {
	q := &s.world.Queue
	q.Waiting = slices.DeleteFunc(slices.Clone(q.Waiting), func(w pending) bool { return w.ID == u.ID })
	s.touch()
}

// post delivers one update once; anything but 2xx is an error.
func (s *Server) post(ctx context.Context, h *webhook, u pending) error {
	ctx, cancel := context.WithTimeout(ctx, webhookPatience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(u.Body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := s.opt.Webhook.Do(r)
	if err != nil {
		return fmt.Errorf("connection failed: %w", err)
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20)) //nolint:errcheck // only the status counts
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("wrong response from the webhook: %s", resp.Status)
	}
	return nil
}
