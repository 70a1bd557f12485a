package telegram

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"
)

// A lateBox holds one call that becomes due while the outbox is being read, so that the reading does not
// find it; a wake-up for something else comes meanwhile.
type lateBox struct {
	Outbox
	due  time.Time
	wake chan struct{}
	done bool
}

func (b *lateBox) Due(_ context.Context, now time.Time, _ int) ([]Outgoing, error) {
	switch {
	case b.done:
		return nil, nil
	case now.Before(b.due):
		time.Sleep(time.Until(b.due) + time.Millisecond)
		signal(b.wake)
		return nil, nil
	}
	return []Outgoing{{ID: 1, Chat: 1, Method: "unknown"}}, nil // it is dropped, and that is all we want
}

func (b *lateBox) Next(_ context.Context, now time.Time) (time.Time, error) {
	if now.Before(b.due) {
		return b.due, nil
	}
	return time.Time{}, nil
}

func (b *lateBox) Drop(context.Context, int64, string) error { b.done = true; return nil }

// TestACallThatBecomesDueWhileReadingIsSent: whether the sender wakes by the alarm or by the wake-up.
func TestACallThatBecomesDueWhileReadingIsSent(t *testing.T) {
	for range 20 { // which of two is taken is chance
		synctest.Test(t, func(t *testing.T) {
			box := &lateBox{due: time.Now().Add(time.Second)}
			s := newSender(slog.New(slog.DiscardHandler), nil, box, nil, newLimiter(Limits{}))
			box.wake = s.wake
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() { s.run(ctx, nil); close(ended) }()
			time.Sleep(time.Minute)
			synctest.Wait()
			if cancel(); !box.done {
				t.Error("a minute later it still waits")
			}
			<-ended
		})
	}
}

// A nullBox is an outbox in which nothing more waits.
type nullBox struct{ Outbox }

func (nullBox) Due(context.Context, time.Time, int) ([]Outgoing, error) { return nil, nil }
func (nullBox) Next(context.Context, time.Time) (time.Time, error)      { return time.Time{}, nil }
func (nullBox) Drop(context.Context, int64, string) error               { return nil }

// TestTheSenderDoesNotSpin: while calls that were read wait for the limit of all chats, the time of
// those put off before, though it has passed, wakes nobody.
func TestTheSenderDoesNotSpin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSender(slog.New(slog.DiscardHandler), nil, nullBox{}, nil, newLimiter(Limits{PerSecond: 1}))
		s.changed = false
		for id := range int64(allBurst + 2) {
			s.ready = append(s.ready, Outgoing{ID: id, Chat: id, Method: "unknown"})
		}
		s.later = time.Now().Add(-time.Second)
		if next, again := s.round(t.Context()); again || !next.After(time.Now()) {
			t.Errorf("it comes back at %v, again %t; now is %v", next, again, time.Now())
		}
		s.wg.Wait()
	})
}
