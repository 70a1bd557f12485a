// Package answer turns a question into an answer that rests on provisions in force on the day
// asked about, or into the outcome that says why there is none.
package answer

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"policybot/bot/places"
	"policybot/index"
	"policybot/index/vi"
	"policybot/knowledge"
)

// Searcher finds wordings. *index.Index is the real one.
type Searcher interface {
	Search(ctx context.Context, q index.Query) (index.Result, error)
}

// Question is what a resident asks, and when.
type Question struct {
	Text string
	Day  knowledge.Date // the day it is asked; the question may name another
	// Before is the question before this one, for a follow-up such as "còn hộ nghèo thì sao";
	// empty: none.
	Before string
	// AsTyped takes the words as they stand, without restoring or correcting any.
	AsTyped bool
	// Explain asks for the reasons, in Answer.Explained; it costs a second search.
	Explain bool
	part    bool // it is one of two that a message asks
}

// Answer is how a question ends. Which of the parts are set depends on the outcome.
type Answer struct {
	Outcome    knowledge.Outcome
	Card       *knowledge.Card // what is said; nil: no card fits
	Day        knowledge.Date  // the day the answer is for
	Dated      bool            // the question named that day
	Lead       string          // the answer in a line
	Bullets    []string
	More       []string // for "Xem thêm"
	Notes      []Note
	Provisions []*knowledge.Provision  // what it rests on, applying on Day, main one first
	Options    []Option                // choices of a Clarify
	Understood string                  // the question as it was read, when that may be in doubt
	Asked      string                  // the question as it was read, whether in doubt or not
	Referral   bool                    // a hand-over to an officer is the proposed next step
	Missing    *Missing                // what is not known for the day
	Heard      Heard                   // the facts that the question told, where a rule worked with them
	used       []knowledge.Value       // the figures it shows
	named      []knowledge.ProvisionID // whose number or days it shows
	Topic      knowledge.Topic         // of the card or of the rule; empty: none
	Besides    *Answer                 // another one whose text is joined to this one; nil: none
	Steps      []Step                  // what was done, for those who want to know why
	Explained  *Explanation            // what it was chosen by; nil unless asked for
}

// Option is a choice offered when a question fits several answers.
type Option struct {
	Label string // for a button; at most 24 characters
	Line  string // the choice in full, when its label is only a number; else empty
	Ask   string // the question it stands for
	Card  knowledge.CardID
}

// Missing is a figure that the sources do not give for the day.
type Missing struct {
	Title string           // what it is
	Last  *knowledge.Value // the last one known; nil: none
}

// Step is something that was done on the way to an answer.
type Step struct {
	Name string
	What string
	Took time.Duration
}

// Answerer answers questions from a library. It is safe for concurrent use.
type Answerer struct {
	library  *knowledge.Library
	reader   *vi.Reader
	lexicon  *lexicon
	space    *space
	searcher Searcher
	places   *places.Gazetteer
	needs    map[knowledge.CardID]*need
	showing  map[knowledge.Amount]int   // how many cards show a figure
	cardOf   map[string]*knowledge.Card // by the ID of a document in the index
}

// New prepares a library for answering: its wordings are indexed by build, which is index.Build in
// the service.
func New(ctx context.Context, l *knowledge.Library, build func(context.Context, iter.Seq[index.Doc]) (*index.Index, error)) (*Answerer, error) {
	reader, err := vi.NewReader(vocabulary(l))
	if err != nil {
		return nil, fmt.Errorf("make the reader: %w", err)
	}
	a := &Answerer{library: l, reader: reader, lexicon: newLexicon(l.Words), places: places.New(l.Wards), needs: map[knowledge.CardID]*need{}, cardOf: map[string]*knowledge.Card{}}
	docs := a.learn()
	ix, err := build(ctx, func(yield func(index.Doc) bool) {
		for _, d := range docs {
			if !yield(d) {
				return
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("index the wordings: %w", err)
	}
	a.searcher = ix
	return a, nil
}

// vocabulary yields the texts whose words are known to be spelt right.
func vocabulary(l *knowledge.Library) iter.Seq[string] {
	return func(yield func(string) bool) {
		var texts []string
		for _, c := range l.Cards {
			texts = append(append(append(texts, c.Ask...), c.Bullets...), c.Answer)
		}
		for _, w := range l.Words {
			texts = append(texts, w.Says...)
		}
		for _, p := range l.Provisions() {
			texts = append(texts, p.Summary)
		}
		for _, w := range l.Wards {
			texts = append(texts, w.FullName())
			for _, m := range w.Merged {
				texts = append(texts, m.Name)
			}
		}
		for _, text := range texts {
			if !yield(text) {
				return
			}
		}
	}
}

// Places returns the gazetteer of the library's wards.
func (a *Answerer) Places() *places.Gazetteer { return a.places }

// draft is a question on its way to an answer.
type draft struct {
	question Question
	reading
	Answer
	ranked []candidate
}

// step does one thing with a draft and reports whether that settles it.
type step struct {
	name  string
	do    func(a *Answerer, ctx context.Context, d *draft) (settled bool, err error)
	topic knowledge.Topic // what an answer of a rule is about; empty: cards tell
}

// steps are taken in this order until one settles the question.
func steps() []step {
	return []step{
		{"clean", (*Answerer).clean, ""},
		{"danger", (*Answerer).danger, ""},
		{"manners", (*Answerer).manners, ""},
		{"place", (*Answerer).place, ""},
		{"twofold", (*Answerer).twofold, ""},
		{"retrieve", (*Answerer).retrieve, ""},
		{"bill", (*Answerer).bill, knowledge.Insurance},
		{"supports", (*Answerer).supports, knowledge.Poverty},
		{"loans", (*Answerer).loans, knowledge.Credit},
		{"trainings", (*Answerer).trainings, knowledge.Training},
		{"pensions", (*Answerer).pensions, knowledge.Assistance},
		{"household", (*Answerer).household, knowledge.Poverty},
		{"province", (*Answerer).province, ""},
		{"document", (*Answerer).document, ""},
		{"decide", (*Answerer).decide, ""},
	}
}

// Answer answers a question. The error is ours, never the resident's: whatever is asked ends in an
// outcome.
func (a *Answerer) Answer(ctx context.Context, q Question) (Answer, error) {
	d, err := a.settle(ctx, q)
	if err != nil {
		return Answer{}, err
	}
	if q.Explain {
		if d.Explained, err = a.explain(ctx, d); err != nil {
			return Answer{}, fmt.Errorf("explain: %w", err)
		}
	}
	return d.Answer, nil
}

// settle takes the steps with a question until one settles it.
func (a *Answerer) settle(ctx context.Context, q Question) (*draft, error) {
	d := &draft{question: q}
	for _, s := range steps() {
		start := time.Now()
		settled, err := s.do(a, ctx, d)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		d.Steps = append(d.Steps, Step{s.name, d.said(), time.Since(start)})
		if settled {
			d.Topic = cmp.Or(s.topic, d.Topic)
			break
		}
	}
	if d.Card != nil {
		d.Topic = d.Card.Topic
	}
	return d, nil
}

// Basis returns the provisions behind an answer: those that apply on its day, those of every figure it
// shows, of whatever day, and those that it names.
func (a Answer) Basis() []knowledge.ProvisionID {
	ids := slices.Clone(a.named)
	for _, p := range a.Provisions {
		ids = append(ids, p.ID)
	}
	for _, v := range a.used {
		ids = append(ids, v.Basis...)
	}
	if a.Missing != nil && a.Missing.Last != nil {
		ids = append(ids, a.Missing.Last.Basis...)
	}
	return ids
}

// said tells how far a draft has come, for its steps.
func (d *draft) said() string {
	switch {
	case d.Card != nil:
		return fmt.Sprintf("%s: %s", d.Outcome, d.Card.ID)
	case d.Outcome != "":
		return string(d.Outcome)
	case len(d.ranked) > 0:
		return fmt.Sprintf("%s %.3f", d.ranked[0].card.ID, d.ranked[0].score)
	}
	return d.reading.Text
}
