package simulator

import (
	"context"
	"slices"
	"time"

	"policybot/bot"
	"policybot/bot/answer"
	"policybot/bot/referral"
	"policybot/knowledge"
)

// turnsKept is how many turns of a chat the page can look back on.
const turnsKept = 50

// A turn is what the page tells of a [bot.Turn]: not what was said, which is on the phone, but why.
type turn struct {
	Number     int         `json:"number"` // from 1 in its chat
	At         int64       `json:"at"`     // Unix seconds
	AskedOn    string      `json:"asked_on"`
	About      string      `json:"about,omitempty"` // the day the answer is for, where it is another
	Asked      string      `json:"asked,omitempty"` // what was typed
	Pressed    string      `json:"pressed,omitempty"`
	Sent       string      `json:"sent,omitempty"`
	Understood string      `json:"understood,omitempty"` // where it is not what was typed
	Doubtful   bool        `json:"doubtful,omitempty"`   // the resident is shown how it was understood
	Words      []word      `json:"words,omitempty"`
	Sure       float64     `json:"sure,omitempty"`
	Likely     float64     `json:"likely,omitempty"`
	Found      []found     `json:"found,omitempty"`
	Flow       string      `json:"flow,omitempty"`  // the flow the resident is in
	Facts      []fact      `json:"facts,omitempty"` // what they told in it
	Moves      []move      `json:"moves,omitempty"` // of referrals
	Rule       []string    `json:"rule,omitempty"`
	Provisions []provision `json:"provisions,omitempty"`
	Notes      []note      `json:"notes,omitempty"`
	Outcome    string      `json:"outcome"`
	Card       string      `json:"card,omitempty"`
	Referral   bool        `json:"referral,omitempty"`
	Content    string      `json:"content"`
	Steps      []step      `json:"steps,omitempty"`
	Took       int64       `json:"took"` // microseconds
}

type fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type move struct {
	Code  string `json:"code"`
	Event string `json:"event"`
	From  string `json:"from,omitempty"` // empty: it is new
	To    string `json:"to"`
	Desk  string `json:"desk"`
}

type word struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

type found struct {
	Card  string  `json:"card"`
	Ask   string  `json:"ask"`
	Score float64 `json:"score"`
	Parts []part  `json:"parts,omitempty"`
	Index float64 `json:"index"`
	Terms []part  `json:"terms,omitempty"`
}

type part struct {
	Term  string  `json:"term"`
	Kind  string  `json:"kind,omitempty"`
	Score float64 `json:"score"`
}

type provision struct {
	Source     string `json:"source"`
	Title      string `json:"title"`
	From       string `json:"from,omitempty"`
	Until      string `json:"until,omitempty"` // the last day
	Confidence string `json:"confidence"`
	Confirmed  string `json:"confirmed"`
}

type note struct {
	Kind string `json:"kind"`
	Text string `json:"text,omitempty"`
	From string `json:"from,omitempty"`
}

type step struct {
	Name string `json:"name"`
	What string `json:"what"`
	Took int64  `json:"took"` // microseconds
}

// Handle implements [telegram.Conversation], and remembers why the bot said what it said.
func (w *world) Handle(ctx context.Context, in bot.Inbound) (bot.Turn, error) {
	in.Explain = true
	t, err := w.talk.Handle(ctx, in)
	if err != nil {
		return t, err
	}
	told := tell(t)
	w.mu.Lock()
	all := w.turns[in.Chat]
	if told.Number = 1; len(all) > 0 {
		told.Number = all[len(all)-1].Number + 1
	}
	w.turns[in.Chat] = append(all, told)[max(0, len(all)+1-turnsKept):]
	w.mu.Unlock()
	w.bell.ring()
	return t, nil
}

// turnsAfter are the turns of a chat with a higher number, oldest first.
func (w *world) turnsAfter(chat bot.ChatID, number int) []turn {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.turns[chat]
	i := slices.IndexFunc(all, func(t turn) bool { return t.Number > number })
	if i < 0 {
		return nil
	}
	return slices.Clone(all[i:])
}

// tell writes a turn down for the page.
func tell(t bot.Turn) turn {
	out := turn{
		At: time.Now().Unix(), AskedOn: t.Inbound.Day.Vietnamese(), Asked: t.Inbound.Text, Pressed: pressed(t), Sent: string(t.Inbound.Sent),
		Outcome: string(t.Record.Outcome), Card: t.Record.Card, Referral: t.Record.Referral, Content: t.Record.Content,
		Took: t.Record.Took.Microseconds(),
	}
	if t.Answer != nil {
		out.answered(t.Answer)
	}
	if flow := t.Session.Flow; flow != nil {
		out.Flow = string(flow.Kind)
		for _, g := range flow.Given {
			out.Facts = append(out.Facts, fact{g.Fact, g.Value})
		}
	}
	for _, change := range t.Changes {
		if m, ok := change.(referral.Moved); ok {
			out.Moves = append(out.Moves, move{string(m.Referral.Code), string(m.Event), string(m.From.State),
				string(m.Referral.State), string(m.Referral.Desk)})
		}
	}
	return out
}

// pressed is the label of the button that led to a turn; empty: none, or one that is forgotten.
func pressed(t bot.Turn) string {
	tap := t.Inbound.Tap
	if tap == nil {
		return ""
	}
	for _, s := range t.Session.Screens {
		if s.Number == tap.Screen && tap.Button >= 0 && tap.Button < len(s.Buttons) {
			return s.Buttons[tap.Button].Label
		}
	}
	return "?"
}

func (t *turn) answered(a *answer.Answer) {
	if !a.Day.IsZero() && a.Day.Vietnamese() != t.AskedOn {
		t.About = a.Day.Vietnamese()
	}
	if a.Asked != t.Asked {
		t.Understood = a.Asked
	}
	t.Doubtful = a.Understood != ""
	if a.Card == nil && len(a.Provisions) > 0 || a.Card != nil && a.Card.Rule != "" {
		t.Rule = append([]string{a.Lead}, a.Bullets...)
	}
	for _, p := range a.Provisions {
		t.Provisions = append(t.Provisions, provisionOf(p))
	}
	for _, n := range a.Notes {
		t.Notes = append(t.Notes, note{string(n.Kind), joined(n.Title, n.Next), day(n.From)})
	}
	for _, s := range a.Steps {
		t.Steps = append(t.Steps, step{s.Name, s.What, s.Took.Microseconds()})
	}
	if a.Explained != nil {
		t.explained(a.Explained)
	}
}

func (t *turn) explained(e *answer.Explanation) {
	t.Sure, t.Likely = e.Sure, e.Likely
	names := map[string]string{}
	for _, w := range e.Words {
		name := w.ID
		if len(w.Says) > 0 {
			name = w.Says[0]
		}
		names["#"+w.ID] = name
		t.Words = append(t.Words, word{name, string(w.Kind)})
	}
	for _, f := range e.Found {
		one := found{Card: string(f.Card.ID), Score: f.Score, Index: f.Index}
		if len(f.Card.Ask) > 0 {
			one.Ask = f.Card.Ask[0]
		}
		for _, p := range f.Parts {
			kind := "text"
			if name, isNotion := names[p.Feature]; isNotion {
				p.Feature, kind = name, "notion"
			}
			one.Parts = append(one.Parts, part{p.Feature, kind, p.Score})
		}
		for _, r := range f.Terms {
			one.Terms = append(one.Terms, part{r.Term, r.Field, r.Score})
		}
		t.Found = append(t.Found, one)
	}
}

func provisionOf(p *knowledge.Provision) provision {
	out := provision{Source: p.Source(), Title: p.Summary, From: day(p.Applies.From),
		Confidence: string(p.Confidence), Confirmed: day(p.ConfirmedOn)}
	if !p.Applies.Until.IsZero() {
		out.Until = day(p.Applies.Last())
	}
	return out
}

// day writes a date; empty: none.
func day(d knowledge.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Vietnamese()
}

func joined(title, next string) string {
	if title == "" || next == "" {
		return title + next
	}
	return title + ": " + next
}
