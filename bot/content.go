package bot

import (
	"context"
	"time"

	"policybot/bot/screens"
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

// Alarm says that newer files were refused, as a message for administrators; with none refused, that the
// files are good again.
func (s ContentState) Alarm() (html string, err error) {
	return screens.Write("content-alarm", s)
}

// Tell lets the bot know how the content stands, for administrators who ask.
func (b *Bot) Tell(s ContentState) { b.state.Store(&s) }

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
