package telegram

import (
	"context"
	"log/slog"
	"math"
	"sync"
	"time"
)

const (
	heldAtOnce  = 1024 // updates in memory; the rest waits in the inbox
	chatsAtOnce = 64   // chats worked on at the same time: most of that is waiting for a model
	pulledAt    = 256  // updates read from the inbox at a time
)

// A dispatcher works off the inbox: in order within a chat, several chats at once. The inbox is the
// queue, memory holds only its head, so that what waited before the start comes first and nothing
// is worked on twice because it came twice.
type dispatcher struct {
	inbox Inbox
	work  func(context.Context, Update) // returns when the update is done, or the context
	wake  chan struct{}
	slots chan struct{}
	pulls trouble

	mu     sync.Mutex
	queues map[int64][]Update // by chat; the first is being worked on
	held   map[int64]bool     // numbers of the updates in queues
	ended  map[int64]bool     // numbers done since the pull began that is under way
	after  int64              // the inbox was read up to here
	low    int64              // the lowest number noted since that pull began
	closed bool               // nothing more is pulled
	wg     sync.WaitGroup
}

func newDispatcher(lg *slog.Logger, inbox Inbox, work func(context.Context, Update)) *dispatcher {
	return &dispatcher{
		inbox: inbox, work: work,
		wake:   make(chan struct{}, 1),
		slots:  make(chan struct{}, chatsAtOnce),
		pulls:  trouble{lg: lg, what: "inbox cannot be read"},
		queues: map[int64][]Update{}, held: map[int64]bool{}, ended: map[int64]bool{},
		after: math.MinInt64, low: math.MaxInt64,
	}
}

// note tells of updates that were just stored. One with a number below what was read already, late
// or after Telegram began to count anew, sends the reading back.
func (d *dispatcher) note(stored []Update) {
	d.mu.Lock()
	for _, u := range stored {
		d.low = min(d.low, u.ID)
		d.after = min(d.after, u.ID-1)
	}
	d.mu.Unlock()
	signal(d.wake)
}

func signal(wake chan struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// run pulls from the inbox until the context ends or close is called. Work goes on under the
// context given here.
func (d *dispatcher) run(ctx context.Context) {
	for {
		more, err := d.pull(ctx)
		var again <-chan time.Time
		switch {
		case ctx.Err() != nil || d.isClosed():
			return
		case err != nil:
			again = time.After(d.pulls.failed(err.Error()))
		case more:
			continue
		default:
			d.pulls.over()
		}
		select {
		case <-d.wake:
		case <-again:
		case <-ctx.Done():
			return
		}
	}
}

// pull moves the next updates from the inbox to memory, as far as there is room, and reports
// whether it is worth pulling again at once.
func (d *dispatcher) pull(ctx context.Context) (more bool, err error) {
	d.mu.Lock()
	after, limit := d.after, min(pulledAt, heldAtOnce-len(d.held))
	d.low = math.MaxInt64
	clear(d.ended)
	d.mu.Unlock()
	if limit <= 0 {
		return false, nil // whoever finishes wakes us
	}
	found, err := d.inbox.Waiting(ctx, after, limit)
	if err != nil {
		return false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return false, nil
	}
	for _, u := range found {
		d.after = max(d.after, u.ID)
		if !d.held[u.ID] && !d.ended[u.ID] {
			d.add(ctx, u)
		}
	}
	d.after = min(d.after, d.low-1)
	return len(found) > 0, nil // a short page may only mean that some of it was damaged
}

// add queues an update in its chat. The caller holds the lock.
func (d *dispatcher) add(ctx context.Context, u Update) {
	d.held[u.ID] = true
	waiting, serving := d.queues[u.Chat]
	d.queues[u.Chat] = append(waiting, u)
	if !serving {
		d.wg.Go(func() { d.serve(ctx, u.Chat) })
	}
}

// serve works off one chat until nothing of it is held.
func (d *dispatcher) serve(ctx context.Context, chat int64) {
	d.slots <- struct{}{}
	defer func() { <-d.slots }()
	for {
		u, ok := d.first(chat)
		if !ok {
			return
		}
		d.work(ctx, u)
		d.finish(u)
	}
}

func (d *dispatcher) first(chat int64) (Update, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if queue := d.queues[chat]; len(queue) > 0 {
		return queue[0], true
	}
	delete(d.queues, chat)
	return Update{}, false
}

func (d *dispatcher) finish(u Update) {
	d.mu.Lock()
	d.queues[u.Chat] = d.queues[u.Chat][1:]
	delete(d.held, u.ID)
	d.ended[u.ID] = true
	room := len(d.held) == heldAtOnce-pulledAt || len(d.held) == 0
	d.mu.Unlock()
	if room {
		signal(d.wake)
	}
}

func (d *dispatcher) isClosed() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.closed
}

// close ends the pulling, and waits for what is held. What still waits in the inbox is for the next
// start.
func (d *dispatcher) close() {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	signal(d.wake)
	d.wg.Wait()
}
