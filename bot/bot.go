package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"policybot/bot/answer"
	"policybot/bot/flow"
	"policybot/bot/privacy"
	"policybot/bot/screens"
	"policybot/knowledge"
)

// Bot holds conversations. It is safe for concurrent use by different chats.
type Bot struct {
	lg    *slog.Logger
	known atomic.Pointer[known]
	filed atomic.Pointer[knowledge.Blocks] // from a file outside the content; nil: none
	state atomic.Pointer[ContentState]     // nil: not told
	store Store
	cases Cases
}

// known is what a bot answers from. A turn keeps to one from its start to its end.
type known struct {
	library *knowledge.Library
	answers *answer.Answerer
	flows   *flow.Flows
}

// New returns a Bot that answers from a library. A Store that is also [Cases] carries referrals; with
// another one a referral can be drafted and not sent.
func New(lg *slog.Logger, l *knowledge.Library, a *answer.Answerer, s Store) *Bot {
	b := &Bot{lg: lg, store: s, cases: none{}}
	if c, ok := s.(Cases); ok {
		b.cases = marked{c}
	}
	b.Learn(l, a)
	return b
}

// Learn makes the turns that begin from now on answer from another library.
func (b *Bot) Learn(l *knowledge.Library, a *answer.Answerer) {
	b.known.Store(&known{l, a, flow.New(l, a)})
}

// Handle decides what an Inbound leads to. Nothing is stored or sent: that is for the caller to do
// with the Turn. A failure of ours is a Turn as well, so that nobody is left without a word; the
// error is only for a session or a referral that cannot be read.
func (b *Bot) Handle(ctx context.Context, in Inbound) (Turn, error) {
	start := time.Now()
	session, err := b.store.Session(ctx, in.Chat)
	if err != nil {
		return Turn{}, fmt.Errorf("read the session: %w", err)
	}
	t := &turn{Turn: Turn{Inbound: in, Session: session}, known: *b.known.Load(), log: b.store, state: b.state.Load(), cases: b.cases, now: start}
	if t.blocks, err = b.blocks(ctx, t.library); err != nil {
		return Turn{}, fmt.Errorf("read what is blocked: %w", err)
	}
	t.Session.Version++
	t.forgetFlow()
	t.keepDraft()
	t.Record.Content = t.library.Version
	err = b.lead(ctx, t, session)
	if errors.Is(err, errCases) {
		return Turn{}, err
	}
	if err != nil {
		b.lg.ErrorContext(ctx, "turn failed", "key", in.Key, "err", err)
		t.fail(session)
	}
	t.Record.Took = time.Since(start)
	return t.Turn, nil
}

// lead takes a turn to its end. A panic is a failure like any other: one question must not end the
// process, nor the batch it stands in.
func (b *Bot) lead(ctx context.Context, t *turn, before Session) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %T\n%s", p, debug.Stack()) // its text could be a person's
		}
	}()
	if err := t.take(ctx); err != nil {
		return err
	}
	return t.withhold(before)
}

// turn is a Turn in the making.
type turn struct {
	Turn
	known
	blocks knowledge.Blocks
	log    Store  // for what a command wants to read
	rests  []rest // what the replies rest on
	state  *ContentState
	cases  Cases
	now    time.Time
}

// take decides what the person did: a tap, a command, something that is no text, or a question.
func (t *turn) take(ctx context.Context) error {
	in := t.Inbound
	switch {
	case in.Tap != nil && in.Tap.Action != nil:
		return t.pressOnCase(ctx, *in.Tap.Action)
	case in.Tap != nil:
		return t.press(ctx, *in.Tap)
	case strings.HasPrefix(in.Text, "/"):
		return t.command(ctx, in.Text)
	}
	for _, takes := range []func(context.Context) (bool, error){t.relay, t.shared, t.written} {
		if taken, err := takes(ctx); taken || err != nil {
			return err
		}
	}
	switch {
	case in.Sent == Edited:
		return t.show("edited", nil, knowledge.Step, menuButton)
	case in.Sent != "":
		return t.show("not-text", nil, knowledge.Step, menuButton)
	}
	return t.text(ctx, answer.Question{Text: in.Text, Day: in.Day, Before: t.Session.Before})
}

// command runs a slash command; an unknown one gets the help.
func (t *turn) command(ctx context.Context, text string) error {
	t.askNothing()
	words := strings.Fields(text)
	name, _, _ := strings.Cut(words[0], "@")
	switch name {
	case "/start":
		if len(words) > 1 && isTopic(words[1]) { // a deep link to a topic
			return t.topic(knowledge.Topic(words[1]), t.Inbound.Day)
		}
		if len(words) > 1 && t.flows.Has(flow.Kind(words[1])) { // or to a flow
			return t.startFlow(flow.Kind(words[1]))
		}
		if secret := invitation(strings.Join(words[1:], "")); secret != "" {
			return t.invited(ctx, secret)
		}
		return t.show("start", nil, knowledge.Step, t.topics()...)
	case "/menu":
		return t.show("menu", nil, knowledge.Step, t.topics()...)
	case "/hoso":
		return t.mine(ctx)
	}
	if done, err := t.officerCommand(ctx, name); done || err != nil {
		return err
	}
	if do := adminCommands[name]; do != nil && t.Inbound.Admin != "" {
		return do(t, ctx, words[1:])
	}
	return t.show("help", t.Inbound.Admin, knowledge.Step, menuButton)
}

// written takes a text for what was asked for, or for a wish to speak with an officer.
func (t *turn) written(ctx context.Context) (bool, error) {
	if t.Inbound.Sent != "" {
		return false, nil
	}
	if taken, err := t.writeDraft(ctx, t.Inbound.Text); taken || err != nil {
		return taken, err
	}
	return t.wish()
}

// ask answers a question.
func (t *turn) ask(ctx context.Context, q answer.Question) error {
	q.Explain = t.Inbound.Explain
	a, err := t.answers.Answer(ctx, q)
	if err != nil {
		return err
	}
	return t.answered(a, q)
}

// answered keeps what a question was, and shows the answer to it.
func (t *turn) answered(a answer.Answer, q answer.Question) error {
	t.Record.Question = privacy.Mask(q.Text)
	t.Record.Understood = privacy.Mask(a.Asked)
	if a.Outcome != knowledge.Social {
		t.Session.Before = privacy.Mask(a.Asked)
		if place := t.placeIn(q.Text); place != "" {
			t.Session.Place = place
		}
	}
	return t.reply(a, q)
}

// reply shows an answer.
func (t *turn) reply(a answer.Answer, q answer.Question) error {
	t.note(a)
	t.Session.Matter = matterOf(a, q, t.Session.Matter)
	a.Notes = t.unblocked(a.Notes)
	v := newView(a, t.Inbound.Day)
	if err := v.fit(screenOf(a)); err != nil {
		return err
	}
	buttons := t.withHeard(a, t.buttons(a))
	if t.askNothing(); t.Session.Draft != nil {
		buttons = append(buttons, onButton)
	}
	if a.Understood != "" {
		buttons = append(buttons, Button{"Đúng như tôi gõ", Action{Verb: AsTyped, Text: privacy.Mask(q.Text)}})
	}
	return t.show(screenOf(a), v, a.Outcome, few(buttons)...)
}

// few leaves out what can be spared of more buttons than a message may have.
func few(buttons []Button) []Button {
	for _, spare := range []Verb{ShowNext, NotRight} {
		if len(buttons) > mostButtons {
			buttons = slices.DeleteFunc(buttons, func(b Button) bool { return b.Action.Verb == spare })
		}
	}
	return buttons
}

// screenOf names the screen that shows an answer.
func screenOf(a answer.Answer) string {
	switch {
	case a.Missing != nil:
		return "missing"
	case a.Lead != "":
		return "answer"
	case a.Outcome == knowledge.Clarify:
		return "clarify"
	case a.Outcome == knowledge.NoEvidence:
		return "no-evidence"
	}
	return "out-of-scope"
}

// note keeps what an answer rests on.
func (t *turn) note(a answer.Answer) {
	t.Answer = &a
	t.Record.Referral = a.Referral
	t.restOn(a)
	if a.Card != nil {
		t.Record.Card = string(a.Card.ID)
	}
	for _, p := range a.Provisions {
		t.Record.Provisions = append(t.Record.Provisions, p.ID)
		if s := p.Source(); !slices.Contains(t.Record.Sources, s) {
			t.Record.Sources = append(t.Record.Sources, s)
		}
	}
}

// show adds a message with its buttons, and ends the turn with an outcome.
func (t *turn) show(screen string, data any, outcome knowledge.Outcome, buttons ...Button) error {
	html, err := screens.Write(screen, data)
	if err != nil {
		return err
	}
	t.Record.Outcome = outcome
	t.add(Reply{HTML: html, Buttons: t.withResume(buttons)})
	return nil
}

// kept is how many screens a session remembers; the buttons of older ones are stale.
const kept = 8

// add numbers a reply and remembers its buttons.
func (t *turn) add(r Reply) {
	t.Session.LastScreen++
	r.Screen = t.Session.LastScreen
	t.Replies = append(t.Replies, r)
	if len(r.Buttons) == 0 {
		return
	}
	all := append(slices.Clone(t.Session.Screens), Screen{r.Screen, t.Session.Version, r.Buttons})
	t.Session.Screens = all[max(0, len(all)-kept):]
}

// fail takes back whatever the turn has done and says that we could not answer.
func (t *turn) fail(before Session) {
	before.Version++
	t.Posts, t.Changes, t.Toast = nil, nil, ""
	t.Session, t.Replies, t.Answer, t.Record = before, nil, nil, Record{Outcome: knowledge.Failed, Content: t.Record.Content}
	html, err := screens.Write("failed", nil)
	if err != nil {
		html = "Máy đang trục trặc, bà con nhắn lại sau ít phút."
	}
	t.add(Reply{HTML: html, Buttons: []Button{menuButton}})
}
