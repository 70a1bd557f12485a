package bot

import (
	"context"
	"time"

	"policybot/knowledge"
)

// ContentState is what those who look after the service are told of the content.
type ContentState struct {
	Version string
	Since   time.Time // when it was taken over
	// Refused says why newer files were not taken, a line each; nothing: there are none. The last good
	// ones stay.
	Refused   []string
	RefusedAt time.Time
	Stale     []string // what nobody has confirmed for long, a line each
	Ending    []string // what is about to end, a line each
}

// When says since when it is answered from, in Vietnamese time; empty: not told.
func (s ContentState) When() string { return knowledge.Block{Since: s.Since}.When() }

// Tell lets the bot know how the content stands. An administrator who writes next is told of files that
// were refused, once.
func (b *Bot) Tell(s ContentState) { b.state.Store(&s) }

// warned remembers which refusal an administrator was told of.
type warned struct{ admin, fault string }

// warn adds a word on refused files for an administrator who has not had it.
func (b *Bot) warn(t *turn) error {
	admin := t.Inbound.Admin
	if admin == "" || t.state == nil || len(t.state.Refused) == 0 {
		return nil
	}
	if _, told := b.warned.LoadOrStore(warned{admin, t.state.Refused[0] + t.state.RefusedAt.String()}, true); told {
		return nil
	}
	return t.show("content-refused", t.state, t.Record.Outcome)
}

// content shows how the content stands.
func (t *turn) content(context.Context, []string) error {
	if t.state == nil {
		t.state = &ContentState{Version: t.library.Version}
	}
	shown := struct {
		*ContentState
		Cards, Figures, Documents int
		Blocks                    knowledge.Blocks
	}{t.state, len(t.library.Cards), len(t.library.Figures), len(t.library.Documents), t.blocks}
	return t.show("content", shown, knowledge.Step)
}
