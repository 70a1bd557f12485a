package bot

import (
	"context"
	"sync"
)

// Memory keeps sessions as long as the process lives: for the terminal and for batches.
type Memory struct {
	mu       sync.Mutex
	sessions map[ChatID]Session
}

// NewMemory returns an empty Memory.
func NewMemory() *Memory { return &Memory{sessions: map[ChatID]Session{}} }

// Session implements [Sessions].
func (m *Memory) Session(_ context.Context, chat ChatID) (Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sessions[chat], nil
}

// Commit keeps the session that a turn ends with.
func (m *Memory) Commit(t Turn) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions[t.Inbound.Chat] = t.Session
}

// Forget drops the session of a chat.
func (m *Memory) Forget(chat ChatID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.sessions, chat)
}
