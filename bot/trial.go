package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"policybot/knowledge"
)

// Trial is a finished check that an administrator has put by for review: the draft of a golden case.
// What is right is for a person to say, never for the program that is checked.
type Trial struct {
	At      time.Time
	Day     knowledge.Date // whose law it is by
	Flow    string         // what the calculator is called
	Facts   []string       // a line each
	Got     []string       // what the bot said, a line each
	Want    string         // what is right, in the words of who put it by; empty: still to be said
	Author  string         // see Inbound.Admin
	Content string         // version of the content
}

// String writes a trial as the golden files have their cases: a key and a value a line.
func (c Trial) String() string {
	var b strings.Builder
	line := func(key, value string) { fmt.Fprintf(&b, "%s: %s\n", key, value) }
	line("tên", c.Flow)
	line("ngày", c.Day.Vietnamese())
	for _, f := range c.Facts {
		fmt.Fprintln(&b, f)
	}
	line("kết quả đúng", c.Want)
	for _, g := range c.Got {
		fmt.Fprintf(&b, "# máy nói: %s\n", g)
	}
	return b.String()
}

// Trials remembers what was put by.
type Trials interface {
	// Trials returns the latest, newest first, at most that many.
	Trials(ctx context.Context, most int) ([]Trial, error)
}

// putBy keeps the last result as the draft of a golden case. The words say what would be right.
func (t *turn) putBy(_ context.Context, words []string) error {
	g := t.Session.Flow
	if g == nil || !g.Done {
		return t.show("trial-how", nil, knowledge.Step)
	}
	r, err := t.flows.Conclude(g.State, t.Inbound.Day)
	if err != nil {
		return err
	}
	c := Trial{At: t.now, Day: r.Day, Flow: r.Flow, Got: append([]string{r.Lead}, r.Bullets...), Want: strings.Join(words, " "),
		Author: t.Inbound.Admin, Content: t.library.Version}
	for _, f := range r.Facts {
		c.Facts = append(c.Facts, f.Title+": "+f.Value)
	}
	t.Trials = append(t.Trials, c)
	return t.show("trial", []Trial{c}, knowledge.Step, resultButton)
}

// listTrials shows what was put by lately.
func (t *turn) listTrials(ctx context.Context, _ []string) error {
	const most = 5
	trials, err := t.log.Trials(ctx, most)
	if err != nil {
		return fmt.Errorf("read the trials: %w", err)
	}
	return t.show("trial", trials, knowledge.Step)
}
