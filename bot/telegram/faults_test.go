package telegram_test

import (
	"context"
	"sync"

	"policybot/bot"
	"policybot/bot/telegram"
)

// A brokenStore fails on demand in some of its methods, by name; without names, in all.
type brokenStore struct {
	telegram.Store
	mu  sync.Mutex
	err error
	in  []string
}

func (b *brokenStore) set(err error, in ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err, b.in = err, in
}

func (b *brokenStore) failure(method string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, name := range b.in {
		if name == method {
			return b.err
		}
	}
	if len(b.in) == 0 {
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

func (b *brokenStore) Commit(ctx context.Context, update int64, turn bot.Turn, out []telegram.Outgoing) (bool, error) {
	if err := b.failure("Commit"); err != nil {
		return false, err
	}
	return b.Store.Commit(ctx, update, turn, out)
}
