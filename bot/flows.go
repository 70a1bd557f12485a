package bot

import (
	"context"
	"slices"
	"time"

	"policybot/bot/answer"
	"policybot/bot/flow"
	"policybot/bot/privacy"
	"policybot/knowledge"
)

// Going is a flow that somebody is in.
type Going struct {
	flow.State
	Day  knowledge.Date `json:"day"`            // the day of the last answer, as questions go by
	Ends int64          `json:"ends"`           // unix seconds from which on it is forgotten
	Done bool           `json:"done,omitempty"` // the result was shown
	// Asking says that the last message was its question, so that a text may be the answer.
	Asking bool `json:"asking,omitempty"`
}

const (
	keptPaused = 7 // days that a flow waits to be gone on with
	keptDone   = 1 // days that the facts behind a result are kept
)

var (
	resumeButton  = Button{"Tiếp tục", Action{Verb: ResumeFlow}}
	backButton    = Button{"Trở lại", Action{Verb: FlowBack}}
	pauseButton   = Button{"Để sau", Action{Verb: PauseFlow}}
	restartButton = Button{"Làm lại", Action{Verb: RestartFlow}}
	changeButton  = Button{"Sửa câu trả lời", Action{Verb: ChangeFact}}
	resultButton  = Button{"Xem kết quả", Action{Verb: ResumeFlow}}
)

// mostButtons is how many a message to a resident may have.
const mostButtons = 8

// FactsEnd is when what is kept of a person's facts is to be forgotten; the zero time: there are none.
func (s Session) FactsEnd() time.Time {
	if s.Flow == nil {
		return time.Time{}
	}
	return time.Unix(s.Flow.Ends, 0)
}

// WithoutFacts returns the session without the facts that somebody gave in a flow.
func (s Session) WithoutFacts() Session {
	s.Flow = nil
	if s.Matter != nil && len(s.Matter.Facts) > 0 {
		m := *s.Matter
		m.Facts = nil
		s.Matter = &m
	}
	return s
}

// forgetFlow drops a flow whose time is over, by the clock or by the day that questions go by.
func (t *turn) forgetFlow() {
	f := t.Session.Flow
	if f == nil {
		return
	}
	age, kept := t.Inbound.Day.Sub(f.Day), keptPaused
	if f.Done {
		kept = keptDone
	}
	if age > kept || t.now.Unix() >= f.Ends || !t.flows.Has(f.Kind) {
		t.Session = t.Session.WithoutFacts()
	}
}

// waits reports whether a flow is under way.
func (t *turn) waits() bool { return t.Session.Flow != nil && !t.Session.Flow.Done }

// going sets where the flow is. The one before is left as it was, for a turn that fails.
func (t *turn) going(g Going) {
	days := keptPaused
	if g.Done {
		days = keptDone
	}
	g.Day, g.Ends = t.Inbound.Day, t.now.AddDate(0, 0, days).Unix()
	t.Session.Flow = &g
}

// withResume adds the way back into a flow that something else has interrupted.
func (t *turn) withResume(buttons []Button) []Button {
	if !t.waits() {
		return buttons
	}
	if g := *t.Session.Flow; g.Asking {
		g.Asking = false
		t.Session.Flow = &g
	}
	there := slices.ContainsFunc(buttons, func(b Button) bool { return b.Action.Verb == ResumeFlow })
	if t.Record.Outcome == knowledge.Crisis || there {
		return buttons
	}
	return append(slices.Clone(buttons[:min(len(buttons), mostButtons-1)]), resumeButton)
}

// text decides whether a text presses a button of a flow by its label, answers its question, starts
// one, or asks something.
func (t *turn) text(ctx context.Context, q answer.Question) error {
	if do, typed := t.typedLabel(q.Text); typed {
		_, err := t.pressFlow(do)
		return err
	}
	if t.waits() {
		return t.textInFlow(ctx, q)
	}
	if kind, called := t.flows.Called(q.Text); called {
		return t.call(kind, q)
	}
	return t.ask(ctx, q)
}

// typedLabel returns what the button of a flow on the newest screen does whose label was typed.
func (t *turn) typedLabel(text string) (do Action, typed bool) {
	if len(t.Session.Screens) == 0 {
		return Action{}, false
	}
	for _, b := range t.Session.Screens[len(t.Session.Screens)-1].Buttons {
		if slices.Contains(flowVerbs, b.Action.Verb) && b.Action.Verb != TellFact && flow.IsLabel(text, b.Label) {
			return b.Action, true
		}
	}
	return Action{}, false
}

// withHeard takes over the facts of one free sentence, and adds the buttons by which each can be
// corrected and the rest be asked for. A flow that is under way is not disturbed.
func (t *turn) withHeard(a answer.Answer, buttons []Button) []Button {
	s, heard := t.flows.From(a, t.Inbound.Day)
	if !heard || t.waits() {
		return buttons
	}
	t.going(Going{State: s, Done: true})
	more := []Button{changeButton, {"Tính kỹ hơn", Action{Verb: ResumeFlow}}}
	if a.Outcome == knowledge.Clarify {
		more = []Button{{"Trả lời từng câu", Action{Verb: ResumeFlow}}}
	}
	buttons = slices.DeleteFunc(buttons, func(b Button) bool { return b.Action.Verb == StartFlow })
	first := len(a.Options)
	return slices.Insert(buttons, first, more[:min(len(more), mostButtons-len(buttons))]...)
}

// textInFlow takes a text for the answer where it fits, and answers it where it is a question. What
// is neither gets a hint, and loses nothing.
func (t *turn) textInFlow(ctx context.Context, q answer.Question) error {
	g := *t.Session.Flow
	value, heard := t.flows.Hear(g.State, t.Inbound.Day, q.Text)
	if heard && g.Asking {
		return t.tell(value)
	}
	if kind, called := t.flows.Called(q.Text); called {
		return t.call(kind, q)
	}
	a, err := t.answers.Answer(ctx, q)
	switch {
	case err != nil:
		return err
	case heard && saysNothing(a):
		return t.tell(value)
	case g.Asking && (saysNothing(a) || flow.IsBrief(q.Text) && !outranks(a)):
		return t.question(t.flows.Hint(g.State, t.Inbound.Day))
	}
	return t.answered(a, q)
}

// saysNothing reports whether an answer is of no use to whoever was asked something.
func saysNothing(a answer.Answer) bool {
	return a.Outcome == knowledge.OutOfScope || a.Outcome == knowledge.Clarify && len(a.Options) == 0
}

// outranks reports whether an answer goes before whatever was asked.
func outranks(a answer.Answer) bool {
	return a.Outcome == knowledge.Crisis || a.Outcome == knowledge.Guarded || a.Outcome == knowledge.Social
}

// call begins the flow that a free question calls for: a question back.
func (t *turn) call(kind flow.Kind, q answer.Question) error {
	err := t.startFlow(kind)
	t.Record.Question, t.Record.Outcome = privacy.Mask(q.Text), knowledge.Clarify
	return err
}

// startFlow begins a flow. One that is half done is offered again first.
func (t *turn) startFlow(kind flow.Kind) error {
	if t.waits() && t.Session.Flow.Kind == kind && t.Session.Flow.Started() {
		return t.showFlow("flow-half", t.flows.Title(kind), resumeButton, restartButton, menuButton)
	}
	t.Session = t.Session.WithoutFacts() // those of another flow
	t.going(Going{State: flow.State{Kind: kind}})
	return t.question("")
}

// tell takes the answer to the question that is asked, and goes on.
func (t *turn) tell(value string) error {
	g := *t.Session.Flow
	q, more, err := t.flows.Next(g.State, t.Inbound.Day)
	if err != nil || !more {
		return t.goOn(err)
	}
	g.State = t.flows.Answer(g.State, q.Fact, value)
	t.going(g)
	return t.goOn(nil)
}

// goOn asks the next question, or shows the result.
func (t *turn) goOn(err error) error {
	if err != nil {
		return err
	}
	return t.question("")
}

// question asks what is to be asked next, with a hint before it where one helps; when nothing is,
// the result is shown.
func (t *turn) question(hint string) error {
	g := *t.Session.Flow
	q, more, err := t.flows.Next(g.State, t.Inbound.Day)
	if err != nil {
		return err
	}
	if !more {
		return t.result(false)
	}
	g.Asking, g.Done = true, false
	t.going(g)
	var buttons []Button
	for _, o := range q.Options {
		buttons = append(buttons, Button{o.Label, Action{Verb: TellFact, Flow: g.Kind, Fact: q.Fact, Text: o.Value}})
	}
	if g.Started() {
		buttons = append(buttons, backButton)
	}
	data := struct {
		flow.Question
		Hint string
	}{q, hint}
	return t.showFlow("flow-question", data, append(buttons, pauseButton)...)
}

// showFlow shows a message of a flow itself.
func (t *turn) showFlow(screen string, data any, buttons ...Button) error {
	waits := t.Session.Flow
	t.Session.Flow = nil // its own messages need no way back into it
	err := t.show(screen, data, knowledge.Step, buttons...)
	t.Session.Flow = waits
	return err
}

// flowVerbs are what the buttons of flows do.
var flowVerbs = []Verb{StartFlow, TellFact, FlowBack, ResumeFlow, PauseFlow, RestartFlow, ChangeFact, ResultMore, ResultBasis, ResultSteps}

// pressFlow does what a button of a flow says; done is false for any other button.
func (t *turn) pressFlow(do Action) (done bool, err error) {
	switch {
	case !slices.Contains(flowVerbs, do.Verb):
		return false, nil
	case do.Verb == StartFlow:
		return true, t.startFlow(do.Flow)
	case t.Session.Flow == nil:
		return true, t.show("flow-gone", nil, knowledge.Step, t.calculators()...)
	}
	return true, t.pressInFlow(do)
}

// pressInFlow does what a button says to the flow that is under way or done.
func (t *turn) pressInFlow(do Action) error {
	g := *t.Session.Flow
	switch do.Verb {
	case TellFact:
		q, more, err := t.flows.Next(g.State, t.Inbound.Day)
		if err != nil {
			return err
		}
		told := slices.ContainsFunc(g.Given, func(given flow.Given) bool { return given.Fact == do.Fact })
		switch {
		case g.Kind != do.Flow:
			return t.question("")
		case more && q.Fact == do.Fact:
			return t.tell(do.Text)
		case told: // an earlier question: what was answered there is changed, or pressed twice
			g.State = t.flows.Answer(g.State, do.Fact, do.Text)
		}
	case FlowBack:
		g.State = g.Back()
	case RestartFlow:
		g.State = flow.State{Kind: g.Kind}
	case ChangeFact:
		if do.Fact == "" {
			return t.chooseFact(do.Text != "")
		}
		g.State = g.Change(do.Fact)
	case PauseFlow:
		return t.pause()
	case ResultMore:
		return t.result(true)
	case ResultBasis, ResultSteps:
		return t.behindResult(do.Verb)
	}
	t.going(g)
	return t.question("")
}

// pause leaves a flow for later.
func (t *turn) pause() error {
	g := *t.Session.Flow
	g.Asking = false
	t.going(g)
	return t.showFlow("flow-paused", t.flows.Title(g.Kind), resumeButton, restartButton, menuButton)
}

// chooseFact asks which answer to change; rest shows those that did not fit the first time.
func (t *turn) chooseFact(rest bool) error {
	told := t.flows.Told(t.Session.Flow.State, t.Inbound.Day)
	const page = 6
	var buttons []Button
	shown := told
	if len(told) > page+1 {
		shown = told[:page]
		if rest {
			shown = told[page:]
		}
	}
	for _, f := range shown {
		buttons = append(buttons, Button{f.Title, Action{Verb: ChangeFact, Fact: f.Fact}})
	}
	if len(told) > page+1 {
		more := Button{"Câu khác", Action{Verb: ChangeFact, Text: "rest"}}
		if rest {
			more.Action.Text = ""
		}
		buttons = append(buttons, more)
	}
	return t.showFlow("flow-change", told, append(buttons, resultButton)...)
}

// calculators are the flows, as choices.
func (t *turn) calculators() []Button {
	var buttons []Button
	for _, k := range t.flows.Kinds() {
		buttons = append(buttons, Button{t.flows.Title(k), Action{Verb: StartFlow, Flow: k}})
	}
	return append(buttons, menuButton)
}
