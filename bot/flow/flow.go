// Package flow asks for the facts a calculation needs, one question at a time, and works out what
// follows from them. A conversation in it is a value: no clock, no network, no screen.
package flow

import (
	"fmt"
	"regexp"
	"slices"

	"policybot/bot/answer"
	"policybot/knowledge"
	"policybot/knowledge/eligibility"
)

// Kind names a flow. The zero Kind is none.
type Kind string

// The flows.
const (
	Household Kind = "household" // is this household poor or near-poor?
	Bill      Kind = "bill"      // who pays what of a hospital bill?
	Premium   Kind = "premium"   // what is paid for health insurance?
	Loan      Kind = "loan"      // what does a loan of the Social Policy Bank cost?
	Supports  Kind = "supports"  // which benefits are there for somebody?
	Pension   Kind = "pension"   // which monthly allowance is there for somebody?
	Training  Kind = "class"     // what is given to whoever learns a trade?
)

// Unknown is the answer of somebody who does not know. It is kept like any other, so that nothing is
// asked twice, and the rules take it as a fact that is not known.
const Unknown = "unknown"

// State is how far somebody has come in a flow. It holds the facts they gave, never their words. It
// is not changed in place: whatever leads on returns another one.
type State struct {
	Kind  Kind    `json:"kind"`
	Given []Given `json:"given,omitempty"` // in the order in which they were given
	// Changing is the fact that is asked for again, to change it; empty: none is.
	Changing string `json:"changing,omitempty"`
	// On is the day whose law counts; zero: the day it is looked at.
	On knowledge.Date `json:"on,omitzero"`
}

// Given is a fact as it was told: the value of an option, a number, a day.
type Given struct {
	Fact  string `json:"fact"`
	Value string `json:"value"`
}

// value returns what was told of a fact; told is false when it was not asked for yet.
func (s State) value(fact string) (value string, told bool) {
	i := s.index(fact)
	if i < 0 {
		return "", false
	}
	return s.Given[i].Value, true
}

func (s State) index(fact string) int {
	return slices.IndexFunc(s.Given, func(g Given) bool { return g.Fact == fact })
}

// known returns the value of a fact that was told and is not [Unknown]; else "".
func (s State) known(fact string) string {
	if v, _ := s.value(fact); v != Unknown {
		return v
	}
	return ""
}

// Question is what is asked next, as a person reads it.
type Question struct {
	Fact    string
	Flow    string // what the flow is called
	Text    string // may have several lines
	Example string // of what may be typed
	Options []Option
	Number  int // of this question, from 1; 0: it is a change of an earlier answer
	Of      int // how many there are at most
}

// Option is an answer to choose.
type Option struct {
	Value string
	Label string // at most 24 characters
}

// Flows holds the flows over a library. It is safe for concurrent use.
type Flows struct {
	library *knowledge.Library
	answers *answer.Answerer
	plans   map[Kind]*plan
}

// New returns the flows over a library; the answerer over the same one hears what people type.
func New(l *knowledge.Library, a *answer.Answerer) *Flows {
	return &Flows{l, a, map[Kind]*plan{
		Household: householdPlan(),
		Bill:      billPlan(),
		Premium:   premiumPlan(),
		Loan:      loanPlan(),
		Supports:  supportsPlan(),
		Pension:   pensionPlan(),
		Training:  trainingPlan(),
	}}
}

// Has reports whether there is such a flow.
func (f *Flows) Has(k Kind) bool { return f.plans[k] != nil }

// Title is what a flow is called.
func (f *Flows) Title(k Kind) string { return f.plans[k].title }

// plan is one flow.
type plan struct {
	title     string
	called    *regexp.Regexp // the words that call for it, without marks
	beside    *regexp.Regexp // words beside them that mean another thing; nil: none do
	button    string         // how it is offered under an answer
	figures   []string       // the beginnings of the names of figures that it works with
	questions []question
	// first names the fact to ask for before the others that are open; nil, or one that is not open:
	// they come in their order.
	first    func(at) string
	most     int                   // how many questions are asked at most; 0: [longest]
	benefits []eligibility.Benefit // of which the rules of eligibility are asked
	conclude func(at) (Result, error)
}

// at is a state on the day it is looked at.
type at struct {
	*Flows
	State
	today knowledge.Date
	memo  *memo
}

// memo keeps what a rule found for a state, since several questions look at it.
type memo struct{ found any }

func (f *Flows) at(s State, today knowledge.Date) at {
	if !s.On.IsZero() {
		today = s.On
	}
	return at{f, s, today, &memo{}}
}

func (p at) plan() *plan { return p.plans[p.Kind] }

// question returns a question of the plan; nil: it has none for that fact.
func (p at) question(fact string) *question {
	for i := range p.plan().questions {
		if q := &p.plan().questions[i]; q.fact == fact {
			return q
		}
	}
	return nil
}

// Next returns the question to ask; more is false when the facts suffice for a result, or nobody can
// tell any more of them.
func (f *Flows) Next(s State, today knowledge.Date) (q Question, more bool, err error) {
	p := f.at(s, today)
	next := p.next()
	if next == nil {
		return Question{}, false, nil
	}
	q, err = p.write(next)
	if err != nil {
		return Question{}, false, fmt.Errorf("flow %s: question %s: %w", s.Kind, next.fact, err)
	}
	return q, true, nil
}

// longest is how many questions somebody is asked at most. What is not asked for then stays unknown,
// and the result says what it hangs on.
const longest = 10

func (p at) most() int {
	if n := p.plan().most; n > 0 {
		return n
	}
	return longest
}

// next is the first question that can still change the result; nil: none can.
func (p at) next() *question {
	if p.Changing != "" {
		return p.question(p.Changing)
	}
	if len(p.Given) >= p.most() {
		return nil
	}
	if first := p.plan().first; first != nil {
		if q := p.question(first(p)); q != nil && p.open(q) == yes {
			return q
		}
	}
	questions := p.plan().questions
	for i := range questions {
		if p.open(&questions[i]) == yes {
			return &questions[i]
		}
	}
	return nil
}

// write puts a question as a person reads it.
func (p at) write(q *question) (Question, error) {
	text, _, err := p.library.Text(q.ask, p.today)
	if err != nil {
		return Question{}, err
	}
	out := Question{Fact: q.fact, Flow: p.plan().title, Text: text, Example: q.example, Options: q.optionsAt(p)}
	if q.text != nil {
		out.Text = q.text(p)
	}
	if p.Changing == "" {
		out.Number, out.Of = len(p.Given)+1, min(p.most(), len(p.Given)+p.left())
	}
	return out, nil
}

// left counts the questions that may still be asked.
func (p at) left() int {
	n := 0
	questions := p.plan().questions
	for i := range questions {
		if p.open(&questions[i]) != no {
			n++
		}
	}
	return n
}

// Answer returns the state after a fact was told. What rests on a fact that has changed is forgotten,
// and asked again where it counts.
func (f *Flows) Answer(s State, fact, value string) State {
	p := f.at(s, knowledge.Date{})
	q := p.question(fact)
	if q == nil {
		return s
	}
	s.Given, s.Changing = slices.Clone(s.Given), ""
	i := s.index(fact)
	if i < 0 {
		s.Given = append(s.Given, Given{fact, value})
		return s
	}
	was := s.Given[i].Value
	s.Given[i].Value = value
	if was != value && q.outdates != nil {
		s.Given = slices.DeleteFunc(s.Given, func(g Given) bool { return q.outdates(was, value, g) })
	}
	return s
}

// Back takes the last answer back; of a change, only the change.
func (s State) Back() State {
	if s.Changing != "" {
		s.Changing = ""
		return s
	}
	s.Given = slices.Clone(s.Given[:max(0, len(s.Given)-1)])
	return s
}

// Change asks for a fact again. One that was never told is not.
func (s State) Change(fact string) State {
	if s.index(fact) >= 0 {
		s.Changing = fact
	}
	return s
}

// Started reports whether anything was told yet.
func (s State) Started() bool { return len(s.Given) > 0 }

// Told lists the facts that the result rests on.
func (f *Flows) Told(s State, today knowledge.Date) []Told { return f.at(s, today).told() }

// Kinds are the flows there are, in the order in which they are offered.
func (f *Flows) Kinds() []Kind {
	return slices.DeleteFunc([]Kind{Household, Supports, Bill, Premium, Training, Loan, Pension}, func(k Kind) bool { return !f.Has(k) })
}
