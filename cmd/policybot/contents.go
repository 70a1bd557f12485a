package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"policybot/bot"
	"policybot/bot/answer"
	"policybot/index"
	"policybot/knowledge"
	"policybot/knowledge/check"
)

// lookEvery is how often files are looked at for a change. One is taken when two looks in a row find the
// same, so that nothing is read that is half written.
const lookEvery = 2 * time.Second

// contents is what a bot answers from, and keeps answering from while newer files are faulty.
type contents struct {
	lg     *slog.Logger
	s      settings
	drafts bool // shown, for a preview
	// alarm tells those who look after the service; nil: the log alone does.
	alarm func(ctx context.Context, html string) error

	mu      sync.Mutex
	library *knowledge.Library
	answers *answer.Answerer
	blocks  knowledge.Blocks // of the file beside the database
	bot     *bot.Bot         // that learns what is new; nil: none yet
	state   bot.ContentState
}

// openContents reads the content that the settings choose, and the file of blocks beside the database.
// Faulty ones are an error: there is nothing good to keep yet.
func openContents(ctx context.Context, lg *slog.Logger, s settings, drafts bool) (*contents, error) {
	l, err := s.library()
	if err != nil {
		return nil, err
	}
	c := &contents{lg: lg, s: s, drafts: drafts}
	if c.blocks, err = c.readBlocks(); err != nil {
		return nil, err
	}
	if drafts {
		l = l.Preview()
	}
	if c.answers, err = answer.New(ctx, l, index.Build); err != nil {
		return nil, err
	}
	c.library = l
	c.state = bot.ContentState{Version: l.Version, Since: time.Now(), Refused: idle(l, c.blocks), RefusedAt: time.Now()}
	c.freshen()
	return c, nil
}

// newBot returns a bot on the content, which learns from now on in the place of one made before.
func (c *contents) newBot(store bot.Store) *bot.Bot {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bot = bot.New(c.lg, c.library, c.answers, store)
	c.bot.Block(c.blocks)
	c.bot.Tell(c.state)
	return c.bot
}

// State says what is answered from, and what is wrong with newer files.
func (c *contents) State() bot.ContentState {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// follow takes over changes of the files until the context ends.
func (c *contents) follow(ctx context.Context) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	taken := c.digest()
	last, day := taken, c.s.today()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
		now := c.digest()
		if now == last && now != taken {
			taken = now
			c.take(ctx)
		}
		last = now
		if today := c.s.today(); today != day { // what was fresh yesterday may be stale
			day = today
			c.update(func() {})
		}
	}
}

// digest changes with any byte of the files that are followed.
func (c *contents) digest() (sum [sha256.Size]byte) {
	all := sha256.New()
	add := func(folder, name string) {
		text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err == nil {
			fmt.Fprintf(all, "%s %d\n%s", name, len(text), text)
		}
	}
	add(c.s.Data, knowledge.BlocksFile)
	if c.s.Content != "" {
		add(c.s.Content, knowledge.BlocksFile)
		names, _ := fs.Glob(os.DirFS(c.s.Content), "*/*.yaml") // the pattern is good: there is no error
		for _, name := range names {
			add(c.s.Content, name)
		}
	}
	return [sha256.Size]byte(all.Sum(nil))
}

// take reads the files and, where they are good, lets the bot answer from them. The blocks beside the
// database are heeded whether the content is good or not.
func (c *contents) take(ctx context.Context) {
	l, answers, refused := c.read(ctx)
	if ctx.Err() != nil {
		return
	}
	if l == nil {
		l = c.library
	}
	blocks, err := c.readBlocks()
	if err != nil {
		refused = append(refused, err.Error())
	}
	refused = append(refused, idle(l, blocks)...)
	before := c.State()
	c.update(func() {
		if answers != nil {
			c.library, c.answers = l, answers
			c.state.Version, c.state.Since = l.Version, time.Now()
		}
		if err == nil {
			c.blocks = blocks
		}
		c.state.Refused, c.state.RefusedAt = refused, time.Now()
	})
	if len(refused) > 0 || len(before.Refused) > 0 {
		c.ring(ctx)
	}
	if len(refused) > 0 {
		c.lg.ErrorContext(ctx, "new files refused, the last good ones stay", "faults", len(refused), "first", refused[0], "content", c.State().Version)
		return
	}
	c.lg.InfoContext(ctx, "new files taken over", "content", c.State().Version, "blocks", len(blocks)+len(l.Blocks))
}

// ring tells those who look after the service how the content stands now.
func (c *contents) ring(ctx context.Context) {
	html, err := c.State().Alarm()
	if err == nil && c.alarm != nil {
		err = c.alarm(ctx, html)
	}
	if err != nil {
		c.lg.ErrorContext(ctx, "administrators not told of refused files", "err", err)
	}
}

// update changes what is kept and tells the bot.
func (c *contents) update(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
	c.freshen()
	if c.bot != nil {
		c.bot.Learn(c.library, c.answers)
		c.bot.Block(c.blocks)
		c.bot.Tell(c.state)
	}
}

// freshen counts what nobody has confirmed for long and what is about to end.
func (c *contents) freshen() {
	c.state.Stale, c.state.Ending = nil, nil
	for _, f := range check.Freshness(c.library, c.s.today()) {
		line := fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Detail)
		if f.Rule == check.Stale {
			c.state.Stale = append(c.state.Stale, line)
		} else {
			c.state.Ending = append(c.state.Ending, line)
		}
	}
}

// read loads the content, checks it and tries it. What is not the one that is answered from already
// and has no fault comes back; of faults, each has a line.
func (c *contents) read(ctx context.Context) (*knowledge.Library, *answer.Answerer, []string) {
	files, err := c.s.files()
	if err != nil {
		return nil, nil, []string{err.Error()}
	}
	l, err := knowledge.Load(files)
	if faults, ok := errors.AsType[knowledge.Faults](err); ok {
		return nil, nil, explained(faults)
	}
	if err != nil {
		return nil, nil, []string{err.Error()}
	}
	if l.Version == c.library.Version {
		return nil, nil, nil
	}
	var faults knowledge.Faults
	for _, f := range check.Run(l, c.s.today()) {
		if f.Severity == check.Error {
			faults = append(faults, f.Fault)
		}
	}
	if len(faults) > 0 {
		return nil, nil, explained(faults)
	}
	if c.drafts {
		l = l.Preview()
	}
	answers, err := answer.New(ctx, l, index.Build)
	if err == nil {
		err = sayAll(l, answers, c.s.today())
	}
	if err != nil {
		return nil, nil, []string{err.Error()}
	}
	return l, answers, nil
}

// sayAll tries every card of today, drafts left to their authors: one that the guard refuses would fail the turn of whoever asks.
func sayAll(l *knowledge.Library, a *answer.Answerer, today knowledge.Date) error {
	for _, card := range l.CardsOn(today) {
		if _, err := a.Card(card, today, today); err != nil && !card.Draft {
			return fmt.Errorf("%s:%d: %w", card.Pos.File, card.Pos.Line(), err)
		}
	}
	return nil
}

func explained(faults knowledge.Faults) []string {
	lines := make([]string, len(faults))
	for i, f := range faults {
		lines[i] = fmt.Sprintf("%s:%d: %s", f.File, f.Line, check.Explain(f, check.Vietnamese))
	}
	return lines
}

// readBlocks reads the file of blocks beside the database.
func (c *contents) readBlocks() (knowledge.Blocks, error) {
	blocks, err := knowledge.ReadBlocks(os.DirFS(c.s.Data))
	if faults, ok := errors.AsType[knowledge.Faults](err); ok {
		return nil, fmt.Errorf("the file of blocks in %s has faults: %s", c.s.Data, strings.Join(explained(faults), "; "))
	}
	return blocks, err
}

// idle says which blocks keep nothing back, because there is no such thing.
func idle(l *knowledge.Library, blocks knowledge.Blocks) (lines []string) {
	for _, f := range check.Blocks(l, blocks) {
		lines = append(lines, explained(knowledge.Faults{f.Fault})...)
	}
	return lines
}
