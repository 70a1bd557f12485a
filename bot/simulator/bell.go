package simulator

import "sync"

// A bell tells everybody who waits that something changed, and at last that nothing will any more.
type bell struct {
	ended chan struct{} // closed at the end

	mu   sync.Mutex
	rung chan struct{} // closed and replaced at every ring
}

func newBell() *bell { return &bell{ended: make(chan struct{}), rung: make(chan struct{})} }

// next is closed at the next ring.
func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rung
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.rung)
	b.rung = make(chan struct{})
}
