package flow

import "slices"

// question asks for one fact.
type question struct {
	fact    string
	title   string          // what the answer is about, in a list of answers
	ask     string          // a template over the figures of the day, see knowledge.Library.Render
	text    func(at) string // takes the place of ask where the wording follows from other facts; nil: it does not
	example string
	options []choice
	// choices takes the place of options where they follow from other facts; nil: they do not.
	choices func(at) []Option
	// hear reads a typed answer that is no option; nil: there is no other.
	hear func(p at, text string) (value string, ok bool)
	// say writes a value that is no option; nil: every value is one.
	say func(p at, value string) string
	// hint is for an answer that cannot be used.
	hint string
	// only are the facts it depends on: it is asked when each has one of the values.
	only []only
	// counts reports whether an answer can change the result; maybe, while that depends on others to
	// come. Nil: one always can.
	counts func(at) tri
	// outdates reports whether an answer to another question means nothing any more once this one has
	// changed; nil: none does.
	outdates func(was, now string, other Given) bool
}

// choice is an option, and the words of content that say the same. Without a label it is called as the
// first of them.
type choice struct {
	Option
	words []string
}

// only asks for a value of a fact.
type only struct {
	fact   string
	values []string
}

// unknown is the last option of every question.
var unknown = Option{Unknown, "Không biết"}

// optionsAt returns what there is to choose.
func (q *question) optionsAt(p at) []Option {
	var all []Option
	for _, c := range q.options {
		o := c.Option
		if o.Label == "" {
			o.Label = p.library.Word(c.words[0]).Label
		}
		all = append(all, o)
	}
	if q.choices != nil {
		all = q.choices(p.without(q.fact))
	}
	return append(all, unknown)
}

// without is the state before a fact was told: what there is to choose must not hang on the choice.
func (p at) without(fact string) at {
	i := p.index(fact)
	if i < 0 {
		return p
	}
	s := p.State
	s.Given = slices.Delete(slices.Clone(s.Given), i, i+1)
	return p.Flows.at(s, p.today)
}

// tri is a truth that may not be known yet.
type tri int

const (
	no tri = iota
	maybe
	yes
)

// open reports whether a question is to be asked: maybe, while that depends on others to come.
func (p at) open(q *question) tri {
	if _, told := p.value(q.fact); told {
		return no
	}
	needed := p.needed(q)
	if needed != no && q.counts != nil {
		return min(needed, q.counts(p))
	}
	return needed
}

// needed reports whether the facts that a question depends on call for it.
func (p at) needed(q *question) tri {
	out := yes
	for _, o := range q.only {
		value, told := p.value(o.fact)
		switch {
		case told && !slices.Contains(o.values, value):
			return no
		case !told && p.open(p.question(o.fact)) == no: // skipped: it counts no more, and nor does this
			return no
		case !told:
			out = maybe
		}
	}
	return out
}

// sayAt writes a value as a person reads it.
func (q *question) sayAt(p at, value string) string {
	for _, o := range q.optionsAt(p) {
		if o.Value == value {
			return o.Label
		}
	}
	if q.say == nil {
		return value
	}
	return q.say(p, value)
}

// Told is a fact that the result rests on, as a person reads it.
type Told struct {
	Fact, Title, Value string
}

// Told lists the facts that count, in the order of the questions. Answers to questions that other
// facts have made pointless are left out.
func (p at) told() []Told {
	var all []Told
	for i := range p.plan().questions {
		q := &p.plan().questions[i]
		if value, told := p.value(q.fact); told && p.needed(q) == yes {
			all = append(all, Told{q.fact, q.title, sentenceOf(q.sayAt(p, value))})
		}
	}
	return all
}
