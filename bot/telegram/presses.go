package telegram

import (
	"context"
	"log/slog"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
)

const (
	pressPatience = 700 * time.Millisecond // a press is answered after that, whatever comes of it
	pressCallTime = 5 * time.Second
	pressAgain    = 3 * time.Second // the same button within that is a double tap
)

// presses answers callback queries: when the turn is done, or when the person has waited long
// enough for the button to stop spinning. Answers are not worth storing: Telegram takes them only
// for seconds.
type presses struct {
	lg     *slog.Logger
	api    *api
	mu     sync.Mutex
	open   map[string]chan string
	double recently[string]
	ctx    context.Context // of all calls; ended by stop
	stop   context.CancelFunc
	wg     sync.WaitGroup
}

func newPresses(lg *slog.Logger, api *api) *presses {
	p := &presses{lg: lg, api: api, open: map[string]chan string{}}
	p.ctx, p.stop = context.WithCancel(context.Background())
	return p
}

// expect sees to it that a query that has just come in is answered in time.
func (p *presses) expect(query string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open[query] != nil {
		return
	}
	text := make(chan string, 1)
	p.open[query] = text
	p.wg.Go(func() {
		late := time.NewTimer(pressPatience)
		defer late.Stop()
		select {
		case t := <-text:
			p.answer(query, t)
		case <-late.C:
			p.answer(query, "")
		}
	})
}

// settle answers a query now, if it is not answered yet; an empty text just ends the spinning. A
// query that nobody expected is from before the start, and most likely too old.
func (p *presses) settle(query, text string) {
	if query == "" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if waiting := p.open[query]; waiting != nil {
		delete(p.open, query)
		waiting <- text
		return
	}
	p.wg.Go(func() { p.answer(query, text) })
}

func (p *presses) answer(query, text string) {
	ctx, cancel := context.WithTimeout(p.ctx, pressCallTime)
	defer cancel()
	_, err := p.api.lib.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: query, Text: text})
	if v := verdictOf(err); v.fate != taken && v.fate != refused { // refused: too late
		p.lg.Warn("press not answered", "err", v.why)
	}
}
