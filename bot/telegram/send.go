package telegram

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

const (
	sendersAtOnce = 32  // calls under way: 25 a second need few, unless Telegram is slow
	readAtOnce    = 256 // calls read from the outbox at a time
	stormAfter    = 3   // failures one after the other, in whatever chats, before all sending pauses
)

// A sender drains the outbox: of each chat the first call that waits, several chats at once, as fast
// as Telegram allows. It sleeps until something is committed, put off or done.
type sender struct {
	lg    *slog.Logger
	api   *api
	out   Outbox
	chats Chats
	limit *limiter
	move  func(from, to int64) Move
	wake  chan struct{}
	reads trouble
	// Of the loop only:
	ready []Outgoing // read and not begun
	full  bool       // the last reading did not get all
	begun int        // calls begun since then
	later time.Time  // when the first of those may go that were read and must wait; zero: none

	mu      sync.Mutex
	changed bool           // the outbox, since it was last read
	busy    map[int64]bool // chats with a call under way
	ended   map[int64]bool // calls done since the outbox was last read
	strikes int            // failures in a row that were not the fault of a call
	struck  time.Time      // the last of them
	pause   time.Time      // nothing goes out before
	wg      sync.WaitGroup // calls under way
}

func newSender(lg *slog.Logger, api *api, out Outbox, chats Chats, limit *limiter) *sender {
	return &sender{
		lg: lg, api: api, out: out, chats: chats, limit: limit,
		wake:    make(chan struct{}, 1),
		reads:   trouble{lg: lg, what: "outbox cannot be read"},
		changed: true, // what a process left undone
		busy:    map[int64]bool{}, ended: map[int64]bool{},
	}
}

// look tells the sender that the outbox has changed.
func (s *sender) look() {
	s.mu.Lock()
	s.changed = true
	s.mu.Unlock()
	signal(s.wake)
}

// run sends until the context ends, or flush is closed and nothing is left that may go now. It
// waits for the calls under way.
func (s *sender) run(ctx context.Context, flush <-chan struct{}) {
	defer s.wg.Wait()
	flushing := false
	for ctx.Err() == nil {
		next, again := s.round(ctx)
		switch {
		case again:
			continue
		case flushing && s.isIdle():
			return
		}
		var alarm <-chan time.Time
		if !next.IsZero() {
			alarm = time.After(time.Until(next))
		}
		select {
		case <-s.wake:
		case <-alarm:
		case <-flush:
			flush, flushing = nil, true
		case <-ctx.Done():
		}
		// Whatever woke us: when the alarm is due as well, what it was set for is to be read.
		if !next.IsZero() && !time.Now().Before(next) {
			s.look()
		}
	}
}

// isIdle reports whether nothing is under way and nothing may go before some time has passed.
func (s *sender) isIdle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.busy) == 0 && (time.Now().Before(s.pause) || !s.changed && len(s.ready) == 0)
}

// round begins what may go now. It says whether to come back at once, or else when; the zero time:
// when woken.
func (s *sender) round(ctx context.Context) (next time.Time, again bool) {
	now := time.Now()
	if until := s.pausedUntil(); until.After(now) {
		return until, false
	}
	if len(s.ready) == 0 {
		if err := s.read(ctx, now); err != nil {
			return now.Add(s.reads.failed(err.Error())), false
		}
		s.reads.over()
	}
	next = s.begin(ctx, now)
	switch {
	case len(s.ready) > 0: // those put off are read again after these; an alarm for them would only spin
		return next, false
	case s.hasChanged(), s.full && s.begun > 0:
		s.look()
		return time.Time{}, true
	}
	due, err := s.out.Next(ctx, now)
	if err != nil {
		return now.Add(s.reads.failed(err.Error())), false
	}
	return sooner(s.later, due), false
}

// read reads the outbox, if it has changed.
func (s *sender) read(ctx context.Context, now time.Time) (err error) {
	s.mu.Lock()
	changed := s.changed
	s.changed = false
	clear(s.ended)
	s.mu.Unlock()
	if !changed {
		return nil
	}
	if s.ready, err = s.out.Due(ctx, now, readAtOnce); err != nil {
		s.mu.Lock()
		s.changed = true // it is still to be read
		s.mu.Unlock()
	}
	s.full, s.begun, s.later = len(s.ready) == readAtOnce, 0, time.Time{}
	return err
}

// begin begins calls that were read, in their order. If some are left, it says when to go on; the
// zero time: when a call has ended. Calls whose chat must wait are read again later.
func (s *sender) begin(ctx context.Context, now time.Time) time.Time {
	for len(s.ready) > 0 {
		o := s.ready[0]
		switch s.state(o) {
		case overMeanwhile:
			s.ready = s.ready[1:]
			continue
		case noRoom:
			return time.Time{}
		}
		wait, all := s.limit.take(o.Chat, o.Group, now)
		if wait > 0 && all {
			return now.Add(wait)
		}
		s.ready = s.ready[1:]
		if wait > 0 {
			s.later = sooner(s.later, now.Add(wait))
			continue
		}
		s.mu.Lock()
		s.busy[o.Chat] = true
		s.mu.Unlock()
		s.begun++
		s.wg.Go(func() { s.send(ctx, o) })
	}
	return time.Time{}
}

type callState int

const (
	mayBegin      callState = iota
	overMeanwhile           // it was under way, or done, while the outbox was being read
	noRoom
)

func (s *sender) state(o Outgoing) callState {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.busy[o.Chat], s.ended[o.ID]:
		return overMeanwhile
	case len(s.busy) >= sendersAtOnce:
		return noRoom
	}
	return mayBegin
}

// end notes that a call is no longer under way.
func (s *sender) end(o Outgoing) {
	s.mu.Lock()
	delete(s.busy, o.Chat)
	s.ended[o.ID] = true
	s.mu.Unlock()
	s.look()
}

func (s *sender) hasChanged() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

func (s *sender) pausedUntil() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pause
}

// weather draws conclusions for all sending from one call. Calls that began before the last failure
// tell nothing new.
func (s *sender) weather(v verdict, began time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v.fate != unsure && v.fate != limited && v.fate != rejected {
		s.strikes, s.pause = 0, time.Time{}
		return
	}
	if !began.After(s.struck) && s.strikes > 0 {
		return
	}
	s.strikes++
	s.struck = time.Now()
	if s.strikes < stormAfter {
		return
	}
	s.pause = s.struck.Add(max(v.after, backoff(s.strikes-stormAfter+1)))
	if s.strikes == stormAfter {
		s.lg.Warn("sending pauses", "err", v.why)
	}
}

// sooner is the earlier of two times, of which the zero time is none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
