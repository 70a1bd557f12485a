package bot

import (
	"context"
	"slices"
	"sync"

	"policybot/knowledge"
)

// Memory keeps sessions as long as the process lives: for the terminal and for batches.
type Memory struct {
	mu       sync.Mutex
	sessions map[ChatID]Session
	blocks   knowledge.Blocks
	log      []BlockChange // oldest first
	trials   []Trial       // oldest first
}

// NewMemory returns an empty Memory.
func NewMemory() *Memory { return &Memory{sessions: map[ChatID]Session{}} }

// Session implements [Sessions].
func (m *Memory) Session(_ context.Context, chat ChatID) (Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sessions[chat], nil
}

// Commit keeps the session that a turn ends with, and what it blocked.
func (m *Memory) Commit(t Turn) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions[t.Inbound.Chat] = t.Session
	m.trials = append(m.trials, t.Trials...)
	for _, c := range t.Blocked {
		m.log = append(m.log, c)
		m.blocks = slices.DeleteFunc(slices.Clone(m.blocks), func(b knowledge.Block) bool { return b.Item == c.Item })
		if !c.Freed {
			m.blocks = append(m.blocks, c.Block)
		}
	}
}

// Blocks implements [Blocks].
func (m *Memory) Blocks(context.Context) (knowledge.Blocks, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.blocks, nil
}

// BlockLog implements [Blocks].
func (m *Memory) BlockLog(_ context.Context, most int) ([]BlockChange, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	log := slices.Clone(m.log)
	slices.Reverse(log)
	return log[:min(most, len(log))], nil
}

// Trials implements [Trials].
func (m *Memory) Trials(_ context.Context, most int) ([]Trial, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	trials := slices.Clone(m.trials)
	slices.Reverse(trials)
	return trials[:min(most, len(trials))], nil
}

// Forget drops the session of a chat.
func (m *Memory) Forget(chat ChatID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.sessions, chat)
}
