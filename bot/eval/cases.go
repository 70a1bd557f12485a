package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"policybot/bot"
	"policybot/knowledge"
)

// Case is one question of a set, a JSON object on a line of its own, with how it must end:
//
//	{"id":"q1","topic":"insurance","text":"cận nghèo nằm viện trả mấy phần trăm","on":"2026-11-23",
//	 "outcome":["answered"],"says":["0%|100%"],"silent":["5%"],"source":["188/2025/NĐ-CP"]}
//
// Turns stand for a conversation whose last reply counts; a turn that is a button's label presses it.
// Unknown keys are refused.
type Case struct {
	ID    string         `json:"id"`
	Topic string         `json:"topic,omitempty"` // what the table sorts it by; empty: "–"
	Text  string         `json:"text,omitempty"`
	Turns []string       `json:"turns,omitempty"`
	On    knowledge.Date `json:"on,omitzero"` // zero: the day of the run
	// Outcome lists the outcomes that are right.
	Outcome []knowledge.Outcome `json:"outcome"`
	// Says are figures that an answer must hold, each; a | lists spellings of which one is enough.
	// Silent are those it must not hold.
	Says   []string `json:"says,omitempty"`
	Silent []string `json:"silent,omitempty"`
	// Source lists documents or articles; a source of the answer must begin with one of them.
	Source []string `json:"source,omitempty"`
	// Critical says that this must never be answered wrongly.
	Critical bool `json:"critical,omitempty"`
}

// Score adds up how the cases of one topic ended in one way of typing. Topic "" is all of them.
type Score struct {
	Typing Typing `json:"typing"`
	Topic  string `json:"topic,omitempty"`
	Asked  int    `json:"asked"`
	// Decided are the cases where answering, asking back or not answering was right; Exact those with
	// the very outcome.
	Decided int `json:"decided"`
	Exact   int `json:"exact"`
	// Answered are the cases that were to be answered and were, Right those of them with all figures
	// and the source.
	Answered int `json:"answered"`
	Right    int `json:"right"`
	// Barred are the cases that were not to be answered, Wrongly those of them that were, Critical
	// those of these that never must be.
	Barred   int `json:"barred"`
	Wrongly  int `json:"wrongly"`
	Critical int `json:"critical"`
}

// Failure is a case that did not end as it must.
type Failure struct {
	ID      string            `json:"id"`
	Typing  Typing            `json:"typing"`
	Why     string            `json:"why"`
	Text    string            `json:"text"` // as typed
	Outcome knowledge.Outcome `json:"outcome"`
	Card    string            `json:"card,omitempty"`
}

// Ask holds a conversation in a chat of its own and returns its last turn. Texts that press no button
// are typed by write.
type Ask func(ctx context.Context, chat bot.ChatID, texts []string, on knowledge.Date, write func(string) string) (bot.Turn, error)

// ReadCases reads a question set. The error names the line.
func ReadCases(r io.Reader) ([]Case, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var all []Case
	seen := map[string]bool{}
	for i, line := range bytes.Split(text, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		c, err := readCase(line)
		if err == nil && seen[c.ID] {
			err = fmt.Errorf("id %q stands on an earlier line as well", c.ID)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		seen[c.ID] = true
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil, errors.New("no case in it: want a JSON object a line")
	}
	return all, nil
}

func readCase(line []byte) (c Case, err error) {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		return c, err
	}
	switch {
	case c.ID == "":
		return c, errors.New(`want an "id"`)
	case (c.Text == "") == (len(c.Turns) == 0):
		return c, errors.New(`want either "text" or "turns"`)
	case len(c.Outcome) == 0:
		return c, errors.New(`want "outcome", a list of those that are right`)
	}
	for _, o := range c.Outcome {
		if decision(o) == "" {
			return c, fmt.Errorf("there is no outcome %q", o)
		}
	}
	if c.Text != "" {
		c.Turns = []string{c.Text}
	}
	return c, nil
}

// decision sorts outcomes by what the person gets: an answer, a question back, help, or none of them.
func decision(o knowledge.Outcome) string {
	switch o {
	case knowledge.Answered, knowledge.Partial:
		return "answer"
	case knowledge.Clarify:
		return "ask"
	case knowledge.Crisis:
		return "crisis"
	case knowledge.CannotConclude, knowledge.NoEvidence, knowledge.OutOfScope, knowledge.Guarded:
		return "refuse"
	case knowledge.Social, knowledge.Step, knowledge.RateLimited, knowledge.Failed:
		return string(o)
	}
	return ""
}

func answers(o knowledge.Outcome) bool { return decision(o) == "answer" }

// Cases asks every case in every typing. The scores come by typing, all topics first; the failures in
// the order of the cases.
func Cases(ctx context.Context, ask Ask, cases []Case, on knowledge.Date) ([]Score, []Failure, error) {
	var scores []Score
	var failed []Failure
	for _, typing := range Typings {
		marks := make([]mark, len(cases))
		err := each(len(cases), func(i int) (err error) {
			marks[i], err = judge(ctx, ask, cases[i], typing, on)
			return err
		})
		if err != nil {
			return nil, nil, err
		}
		scores = append(scores, sum(cases, marks, typing)...)
		for _, m := range marks {
			if m.Why != "" {
				failed = append(failed, m.Failure)
			}
		}
	}
	return scores, failed, nil
}

// mark is how one case ended.
type mark struct {
	Failure
	due, did string // the decision that is right, and the one that was made
	exact    bool
	right    bool // figures and source
}

func judge(ctx context.Context, ask Ask, c Case, typing Typing, on knowledge.Date) (mark, error) {
	if !c.On.IsZero() {
		on = c.On
	}
	turn, err := ask(ctx, bot.ChatID("case "+c.ID), c.Turns, on, typing.Write)
	if err != nil {
		return mark{}, fmt.Errorf("case %s: %w", c.ID, err)
	}
	last := c.Turns[len(c.Turns)-1]
	m := mark{Failure: Failure{c.ID, typing, "", typing.Write(last), turn.Record.Outcome, turn.Record.Card}}
	m.did, m.due = decision(turn.Record.Outcome), decision(c.Outcome[0])
	for _, o := range c.Outcome {
		if decision(o) == m.did {
			m.due = m.did
		}
	}
	m.exact = slices.Contains(c.Outcome, turn.Record.Outcome)
	lacks := c.lacks(turn)
	m.right = lacks == ""
	switch {
	case m.did != m.due:
		m.Why = fmt.Sprintf("outcome %s, want %v", turn.Record.Outcome, c.Outcome)
	case !m.right:
		m.Why = lacks
	case !m.exact:
		m.Why = fmt.Sprintf("outcome %s, want %v", turn.Record.Outcome, c.Outcome)
	}
	return m, nil
}

// lacks says what the last reply lacks of a case; empty: nothing. What must not be said counts in any
// reply, figures and sources only where something was answered.
func (c Case) lacks(t bot.Turn) string {
	var all []string
	for _, r := range t.Replies {
		all = append(all, r.Plain())
	}
	text := strings.Join(all, "\n")
	for _, s := range c.Silent {
		if strings.Contains(text, s) {
			return fmt.Sprintf("says %q", s)
		}
	}
	if !answers(t.Record.Outcome) {
		return ""
	}
	for _, figure := range c.Says {
		if !slices.ContainsFunc(strings.Split(figure, "|"), func(one string) bool { return strings.Contains(text, one) }) {
			return fmt.Sprintf("does not say %q", figure)
		}
	}
	cited := slices.ContainsFunc(t.Record.Sources, func(source string) bool {
		return slices.ContainsFunc(c.Source, func(want string) bool { return begins(source, want) })
	})
	if len(c.Source) > 0 && !cited {
		return fmt.Sprintf("cites %q, not %q", t.Record.Sources, c.Source)
	}
	return ""
}

// begins reports whether a source is that document or article, or a part of it: "Điều 1" does not
// begin "Điều 12".
func begins(source, want string) bool {
	rest, ok := strings.CutPrefix(source, want)
	return ok && (rest == "" || rest[0] == ',' || rest[0] == ' ')
}

// sum adds up the marks of one typing: of all cases, then of each topic.
func sum(cases []Case, marks []mark, typing Typing) []Score {
	scores := []Score{{Typing: typing}}
	for i, c := range cases {
		topic := c.Topic
		if topic == "" {
			topic = "–"
		}
		at := slices.IndexFunc(scores, func(s Score) bool { return s.Topic == topic })
		if at < 0 {
			at = len(scores)
			scores = append(scores, Score{Typing: typing, Topic: topic})
		}
		scores[0].add(c, marks[i])
		scores[at].add(c, marks[i])
	}
	return scores
}

func (s *Score) add(c Case, m mark) {
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	answered := m.did == "answer"
	count(&s.Asked, true)
	count(&s.Decided, m.did == m.due)
	count(&s.Exact, m.exact)
	count(&s.Answered, answered && m.due == "answer")
	count(&s.Right, answered && m.due == "answer" && m.right)
	count(&s.Barred, m.due != "answer")
	count(&s.Wrongly, m.due != "answer" && answered)
	count(&s.Critical, m.due != "answer" && answered && c.Critical)
}
