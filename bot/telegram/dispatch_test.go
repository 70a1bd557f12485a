package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A scriptedInbox is an inbox in memory. What during holds runs within the next reading, after the
// rows were found: what may happen on another goroutine at that moment.
type scriptedInbox struct {
	Inbox
	mu      sync.Mutex
	waiting []Update
	during  func()
	err     error
	reads   int
}

func (s *scriptedInbox) Waiting(_ context.Context, after int64, limit int) ([]Update, error) {
	s.mu.Lock()
	s.reads++
	var found []Update
	for _, u := range s.waiting {
		if u.ID > after && len(found) < limit {
			found = append(found, u)
		}
	}
	during, err := s.during, s.err
	s.during = nil
	s.mu.Unlock()
	if during != nil {
		during()
	}
	return found, err
}

func (s *scriptedInbox) add(updates ...Update) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = append(s.waiting, updates...)
	slices.SortFunc(s.waiting, func(a, b Update) int { return int(a.ID - b.ID) })
}

func (s *scriptedInbox) done(u Update) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = slices.DeleteFunc(s.waiting, func(w Update) bool { return w.ID == u.ID })
}

// A bench runs a dispatcher over a scripted inbox, and notes what is worked on.
type bench struct {
	*dispatcher
	inbox *scriptedInbox
	hold  chan struct{} // not nil: work waits for it
	mu    sync.Mutex
	did   []string
	busy  int
	most  int
}

func newBench(t *testing.T) *bench {
	b := &bench{inbox: &scriptedInbox{}}
	b.dispatcher = newDispatcher(slog.New(slog.DiscardHandler), b.inbox, func(_ context.Context, u Update) {
		b.mu.Lock()
		b.did = append(b.did, fmt.Sprintf("%d/%d", u.Chat, u.ID))
		b.busy++
		b.most = max(b.most, b.busy)
		b.mu.Unlock()
		if b.hold != nil {
			<-b.hold
		}
		b.inbox.done(u)
		b.mu.Lock()
		b.busy--
		b.mu.Unlock()
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { b.run(ctx); close(ended) }()
	t.Cleanup(func() { cancel(); <-ended; b.wg.Wait() })
	return b
}

// bring stores updates of a chat and tells the dispatcher.
func (b *bench) bring(chat int64, ids ...int64) {
	var updates []Update
	for _, id := range ids {
		updates = append(updates, Update{ID: id, Chat: chat})
	}
	b.inbox.add(updates...)
	b.note(updates)
}

func (b *bench) expect(t *testing.T, want ...string) {
	t.Helper()
	synctest.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	if !slices.Equal(b.did, want) {
		t.Errorf("worked on %v, want %v", b.did, want)
	}
}

// TestLateUpdate: an update with a number below what was worked off is found.
func TestLateUpdate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.bring(1, 50, 51)
		b.expect(t, "1/50", "1/51")
		b.bring(1, 40)
		b.expect(t, "1/50", "1/51", "1/40")
	})
}

// TestLateUpdateWhileReading: it is also found when it is stored just after the reading.
func TestLateUpdateWhileReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		synctest.Wait()
		b.inbox.during = func() { b.bring(1, 40) }
		b.bring(1, 50)
		b.expect(t, "1/50", "1/40")
	})
}

// TestDoneWhileReading: an update that was read as waiting and is done by the time the reading is
// looked at is not worked on again.
func TestDoneWhileReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.hold = make(chan struct{})
		b.bring(1, 50)
		b.expect(t, "1/50")
		b.inbox.mu.Lock()
		b.inbox.during = func() { close(b.hold); b.wg.Wait() }
		b.inbox.mu.Unlock()
		b.bring(2, 40) // sends the reading back before 50
		b.expect(t, "1/50", "2/40")
	})
}

// TestDispatchBounds: memory holds a bounded head of the inbox, and a bounded number of chats is
// worked on at once; all is done in the end.
func TestDispatchBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.hold = make(chan struct{})
		const all = 5 * heldAtOnce
		for id := range int64(all) {
			b.inbox.add(Update{ID: id, Chat: id % 500})
		}
		b.note([]Update{{ID: 0}})
		synctest.Wait()
		if len(b.held) > heldAtOnce || b.busy != chatsAtOnce {
			t.Errorf("%d updates held, want at most %d; %d chats at work, want %d", len(b.held), heldAtOnce, b.busy, chatsAtOnce)
		}
		close(b.hold)
		synctest.Wait()
		if len(b.did) != all || b.most > chatsAtOnce {
			t.Errorf("%d of %d done, at most %d at once", len(b.did), all, b.most)
		}
		last := map[int64]int64{}
		for _, did := range b.did {
			var chat, id int64
			fmt.Sscanf(did, "%d/%d", &chat, &id)
			if before, ok := last[chat]; ok && id < before {
				t.Fatalf("chat %d: %d after %d", chat, id, before)
			}
			last[chat] = id
		}
	})
}

// TestInboxCannotBeRead: an inbox that cannot be read is read again, and not all the time.
func TestInboxCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.inbox.err = errors.New("locked")
		b.bring(1, 50)
		time.Sleep(10 * time.Minute)
		b.inbox.mu.Lock()
		b.inbox.err = nil
		reads := b.inbox.reads
		b.inbox.mu.Unlock()
		if reads > 40 {
			t.Errorf("read %d times in ten minutes of failure", reads)
		}
		time.Sleep(time.Minute)
		b.expect(t, "1/50")
	})
}
