package fakeapi

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"time"
)

// Telegram keeps updates that nobody fetches for a day, gives at most a hundred at once and lets a
// poll wait for at most fifty seconds.
const (
	updateLife = 24 * time.Hour
	maxBatch   = 100
	maxPoll    = 50 * time.Second
)

// Kinds of updates that are sent only when asked for by name.
var optIn = []string{"chat_member", "message_reaction", "message_reaction_count"}

// A queue holds the updates the bot has not confirmed.
type queue struct {
	Next    int64     // the number the next update gets
	Waiting []pending // ascending
	Done    []pending // the latest confirmed ones, for Disturbance.Replay
	Allowed []string  // nil: everything but optIn
}

type pending struct {
	ID   int64
	At   time.Time
	Body json.RawMessage
}

// A Disturbance makes getUpdates deliver badly, as networks and restarts do. The zero value is
// Telegram at its best. Offsets keep their meaning.
type Disturbance struct {
	Duplicate bool   `json:"duplicate,omitempty"` // every update of a batch comes twice
	Reorder   bool   `json:"reorder,omitempty"`   // batches are shuffled
	Replay    int    `json:"replay,omitempty"`    // so many confirmed updates come again with each batch that has news
	Seed      uint64 `json:"seed,omitempty"`      // of the shuffling
}

// Disturb sets how getUpdates misbehaves from now on.
func (s *Server) Disturb(d Disturbance) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.disturb = d
}

// A poll is a getUpdates call that waits.
type poll struct {
	ended chan struct{} // closed when another call takes its place
	why   error
}

// end answers the waiting poll with a conflict. The caller holds s.mu.
func (s *Server) endPoll(why string) {
	if s.poll != nil {
		s.poll.why = conflict(why)
		close(s.poll.ended)
		s.poll = nil
	}
}

// push queues an update if the bot wants its kind. The caller holds s.mu.
func (s *Server) push(u *Update) {
	q := &s.world.Queue
	wanted := slices.Contains(q.Allowed, u.kind())
	if q.Allowed == nil {
		wanted = !slices.Contains(optIn, u.kind())
	}
	if !wanted {
		return
	}
	u.ID = q.Next
	q.Next++
	body, err := json.Marshal(u)
	if err != nil {
		panic(err) // our own types always marshal
	}
	q.Waiting = append(q.Waiting, pending{u.ID, time.Now(), body})
}

func (s *Server) getUpdates(ctx context.Context, c *call) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook != nil {
		return nil, conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	s.endPoll("terminated by other getUpdates request; make sure that only one bot instance is running")
	if err := s.allow(c); err != nil {
		return nil, err
	}
	s.confirm(c.num("offset"))
	p := &poll{ended: make(chan struct{})}
	s.poll = p
	timeout := time.NewTimer(min(time.Duration(max(c.num("timeout"), 0))*time.Second, maxPoll))
	defer timeout.Stop()
	for {
		if batch := s.batch(int(c.num("limit"))); len(batch) > 0 || c.num("timeout") <= 0 {
			s.poll = nil
			return batch, nil
		}
		changed := s.changed
		s.mu.Unlock()
		expired := false
		select {
		case <-changed:
		case <-p.ended:
		case <-timeout.C:
			expired = true
		case <-ctx.Done():
			expired = true
		case <-s.ctx.Done():
			expired = true
		}
		s.mu.Lock()
		if s.poll != p {
			return nil, p.why
		}
		if expired {
			s.poll = nil
			return s.batch(int(c.num("limit"))), nil
		}
	}
}

// allow remembers which kinds of updates the bot wants; unsaid, the last word holds.
func (s *Server) allow(c *call) error {
	if c.params["allowed_updates"] == "" {
		return nil
	}
	var kinds []string
	if err := c.decode("allowed_updates", &kinds); err != nil {
		return err
	}
	if len(kinds) == 0 {
		kinds = nil
	}
	s.world.Queue.Allowed = kinds
	return nil
}

// confirm forgets updates below the offset; a negative offset keeps that many at the end.
func (s *Server) confirm(offset int64) {
	q := &s.world.Queue
	n := 0
	if offset < 0 {
		n = max(len(q.Waiting)+int(offset), 0)
	}
	for n < len(q.Waiting) && (q.Waiting[n].ID < offset || time.Since(q.Waiting[n].At) > updateLife) {
		n++
	}
	if n == 0 {
		return
	}
	q.Done = append(q.Done, q.Waiting[:n]...)
	q.Done = slices.Clone(q.Done[max(len(q.Done)-maxBatch, 0):])
	q.Waiting = q.Waiting[n:]
	s.touch()
}

// batch is what a poll is answered with, never nil.
func (s *Server) batch(limit int) []json.RawMessage {
	if limit <= 0 || limit > maxBatch {
		limit = maxBatch
	}
	q := &s.world.Queue
	out := []json.RawMessage{}
	for _, u := range q.Waiting[:min(limit, len(q.Waiting))] {
		out = append(out, u.Body)
	}
	if len(out) == 0 {
		return out
	}
	d := &s.disturb
	for _, u := range q.Done[max(len(q.Done)-d.Replay, 0):] {
		out = append(out, u.Body)
	}
	if d.Duplicate {
		out = append(out, out...)
	}
	if d.Reorder {
		d.Seed++
		r := rand.New(rand.NewPCG(d.Seed, 0))
		r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	return out
}

// Unconfirmed is the number of updates the bot has not confirmed: by a higher offset, or by
// answering 2xx to the webhook.
func (s *Server) Unconfirmed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.world.Queue.Waiting)
}
