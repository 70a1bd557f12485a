package telegram_test

import (
	"context"
	"slices"
	"sync"
	"time"

	"policybot/bot"
	"policybot/bot/telegram"
)

// A brokenStore fails on demand, in the methods that are named, or in all.
type brokenStore struct {
	telegram.Store
	mu  sync.Mutex
	err error
	in  []string
}

// set begins a failure, or with nil ends it.
func (b *brokenStore) set(err error, in ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err, b.in = err, in
}

func (b *brokenStore) failure(method string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.in) == 0 || slices.Contains(b.in, method) {
		return b.err
	}
	return nil
}

func (b *brokenStore) Accept(ctx context.Context, updates []telegram.Update) error {
	if err := b.failure("Accept"); err != nil {
		return err
	}
	return b.Store.Accept(ctx, updates)
}

func (b *brokenStore) Waiting(ctx context.Context, after int64, limit int) ([]telegram.Update, error) {
	if err := b.failure("Waiting"); err != nil {
		return nil, err
	}
	return b.Store.Waiting(ctx, after, limit)
}

func (b *brokenStore) Commit(ctx context.Context, update int64, turn bot.Turn, out []telegram.Outgoing) (bool, error) {
	if err := b.failure("Commit"); err != nil {
		return false, err
	}
	return b.Store.Commit(ctx, update, turn, out)
}

func (b *brokenStore) Done(ctx context.Context, update int64, out ...telegram.Outgoing) error {
	if err := b.failure("Done"); err != nil {
		return err
	}
	return b.Store.Done(ctx, update, out...)
}

func (b *brokenStore) Due(ctx context.Context, now time.Time, limit int) ([]telegram.Outgoing, error) {
	if err := b.failure("Due"); err != nil {
		return nil, err
	}
	return b.Store.Due(ctx, now, limit)
}

func (b *brokenStore) Next(ctx context.Context, now time.Time) (time.Time, error) {
	if err := b.failure("Next"); err != nil {
		return time.Time{}, err
	}
	return b.Store.Next(ctx, now)
}

func (b *brokenStore) Sent(ctx context.Context, id, message int64, at time.Time) error {
	if err := b.failure("Sent"); err != nil {
		return err
	}
	return b.Store.Sent(ctx, id, message, at)
}

func (b *brokenStore) Again(ctx context.Context, id int64, until time.Time, reason string) error {
	if err := b.failure("Again"); err != nil {
		return err
	}
	return b.Store.Again(ctx, id, until, reason)
}

func (b *brokenStore) Drop(ctx context.Context, id int64, reason string) error {
	if err := b.failure("Drop"); err != nil {
		return err
	}
	return b.Store.Drop(ctx, id, reason)
}

func (b *brokenStore) Message(ctx context.Context, chat int64, screen int) (int64, error) {
	if err := b.failure("Message"); err != nil {
		return 0, err
	}
	return b.Store.Message(ctx, chat, screen)
}

func (b *brokenStore) Blocked(ctx context.Context, chat int64, blocked bool, at time.Time) error {
	if err := b.failure("Blocked"); err != nil {
		return err
	}
	return b.Store.Blocked(ctx, chat, blocked, at)
}

func (b *brokenStore) Moved(ctx context.Context, m telegram.Move) error {
	if err := b.failure("Moved"); err != nil {
		return err
	}
	return b.Store.Moved(ctx, m)
}
