package answer

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"policybot/knowledge"
)

// NoteKind says what a note warns of.
type NoteKind string

// The notes that code adds to a card's text.
const (
	NotChecked NoteKind = "not-checked" // rests on one source, not checked against the original
	Changes    NoteKind = "changes"     // becomes Next on From
	KnownTo    NoteKind = "known-to"    // nothing is known after From
	NewRule    NoteKind = "new-rule"    // another rule applies from From on
	Ends       NoteKind = "ends"        // applies up to and including From, and nothing is known of then
	Stale      NoteKind = "stale"       // nobody has confirmed it since From
)

// Note is something to know beside an answer.
type Note struct {
	Kind  NoteKind
	Title string // the figure it is about; empty: the answer as a whole
	Next  string // what it becomes, with its unit
	From  knowledge.Date
	Basis []knowledge.ProvisionID // what Next rests on
}

const (
	soon  = 60 // days ahead for which changes are announced
	stale = 90 // days after which a confirmation is old

	mostChanges = 3 // told beside an answer
)

// say ends a draft with a card.
func (a *Answerer) say(d *draft, c *knowledge.Card) error {
	if c == nil {
		return errors.New("a word names a card that is not there")
	}
	said, err := a.Card(c, d.Day, d.today)
	if err != nil {
		return err
	}
	said.Day, said.Dated, said.Understood, said.Asked, said.Steps = d.Day, d.Dated, d.Understood, d.Asked, d.Steps
	if rule := rules[c.Rule]; rule != nil && said.Outcome == knowledge.Answered {
		if err := rule(a, d, &said); err != nil {
			return err
		}
	}
	if said.Outcome == knowledge.Answered {
		a.outdated(d, &said)
	}
	d.Answer = said
	return nil
}

// Card answers with a card as it reads on a day; today is the day the person asks. A figure that is
// not known for the day makes the outcome NoEvidence, with what is known in Missing.
func (a *Answerer) Card(c *knowledge.Card, on, today knowledge.Date) (Answer, error) {
	out := Answer{Outcome: c.Outcome, Card: c, Topic: c.Topic, Day: on, Dated: on != today}
	text, err := a.library.Render(c, on)
	if unknown, ok := errors.AsType[*knowledge.NotKnownError](err); ok {
		out.Outcome, out.Referral = knowledge.NoEvidence, true
		out.Missing = a.missing(unknown)
		return out, nil
	}
	if err != nil {
		return Answer{}, err
	}
	out.Lead, out.Bullets, out.More, out.used = text.Answer, text.Bullets, text.More, text.Used
	out.named = text.Named
	out.Provisions = a.basis(c, text.Used, on)
	out.Notes = a.notes(c, &out, text.Used, today)
	out.Referral = c.Outcome == knowledge.NoEvidence || c.Outcome == knowledge.CannotConclude
	return out, a.guard(&out, text.Used)
}

func (a *Answerer) missing(e *knowledge.NotKnownError) *Missing {
	m := &Missing{Title: e.Figure.Title}
	if !e.Last.IsZero() {
		if v, err := a.library.Figure(e.Figure.Name, e.Last); err == nil {
			m.Last = &v
		}
	}
	return m
}

// basis returns the provisions that a card and its figures rest on, those that apply on the day.
func (a *Answerer) basis(c *knowledge.Card, used []knowledge.Value, on knowledge.Date) []*knowledge.Provision {
	ids := slices.Clone(c.Basis)
	for _, v := range used {
		ids = append(ids, v.Basis...)
	}
	var out []*knowledge.Provision
	for _, id := range ids {
		p := a.library.Provision(id)
		if p != nil && p.Applies.Contains(on) && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// notes says what must be known beside a card: how sure it is, and what changes soon.
func (a *Answerer) notes(c *knowledge.Card, out *Answer, used []knowledge.Value, today knowledge.Date) []Note {
	if len(out.Provisions) == 0 {
		return nil
	}
	var notes []Note
	sureness, confirmed := knowledge.Checked, earlier(today, c.ConfirmedOn)
	for _, p := range out.Provisions {
		sureness, confirmed = sureness.Lower(p.Confidence), earlier(confirmed, p.ConfirmedOn)
	}
	for _, v := range used {
		sureness, confirmed = sureness.Lower(v.Confidence), earlier(confirmed, v.ConfirmedOn)
	}
	if sureness != knowledge.Checked {
		notes = append(notes, Note{Kind: NotChecked})
	}
	notes = append(notes, a.changes(c, out, used, today)...)
	if IsOld(confirmed, today) {
		notes = append(notes, Note{Kind: Stale, From: confirmed})
	}
	return notes
}

// IsOld reports whether nobody has compared something with its source for so long that people are told.
func IsOld(confirmed, today knowledge.Date) bool {
	return !confirmed.IsZero() && today.Sub(confirmed) > stale
}

// earlier returns the earlier of two days, of which the second may be none.
func earlier(a, b knowledge.Date) knowledge.Date {
	if b.IsZero() || a.Before(b) {
		return a
	}
	return b
}

// changes announces what becomes different within [soon] days of today.
func (a *Answerer) changes(c *knowledge.Card, out *Answer, used []knowledge.Value, today knowledge.Date) []Note {
	if out.Day != today {
		return nil
	}
	var notes []Note
	if until := c.Applies.Until; !until.IsZero() && until.Sub(today) <= soon {
		note := Note{Kind: Ends, From: c.Applies.Last()}
		if a.followed(c) {
			note = Note{Kind: NewRule, From: until}
		}
		notes = append(notes, note)
	}
	text := out.Lead + strings.Join(out.Bullets, "\n")
	for _, v := range used {
		until := v.Period.Until
		if until.IsZero() || !today.Before(until) || until.Sub(today) > soon {
			continue
		}
		note := Note{Kind: KnownTo, Title: a.library.FigureNamed(v.Name).Title, From: v.Period.Last()}
		if next, known := a.library.Next(v.Name, today); known {
			note = Note{Kind: Changes, Title: note.Title, Next: next.Amount.String(), From: until, Basis: next.Basis}
		}
		told := note.Kind == Changes && strings.Contains(text, note.Next)
		again := slices.ContainsFunc(notes, func(n Note) bool {
			if n.Kind == Ends && note.Kind == KnownTo && n.From == note.From {
				return true
			}
			same := n.Kind == note.Kind && n.From == note.From
			return same && (n.Kind == KnownTo || n.Title == note.Title && n.Next == note.Next)
		})
		if !told && !again {
			notes = append(notes, note)
		}
	}
	return notes[:min(mostChanges, len(notes))]
}

// followed reports whether another answer to the same need takes over when a card ends.
func (a *Answerer) followed(c *knowledge.Card) bool {
	need := func(c *knowledge.Card) knowledge.CardID {
		if c.WordingsOf != "" {
			return c.WordingsOf
		}
		return c.ID
	}
	return slices.ContainsFunc(a.library.Cards, func(other *knowledge.Card) bool {
		return need(other) == need(c) && other.Applies.From == c.Applies.Until && other.Outcome == knowledge.Answered
	})
}

// Source prints the provision of an answer with the days that count: when it applies, and when it
// was last confirmed.
func Source(p *knowledge.Provision) string {
	s := p.Source()
	var days []string
	if !p.Applies.From.IsZero() {
		days = append(days, "áp dụng từ "+p.Applies.From.Vietnamese())
	}
	if last := p.Applies.Last(); !last.IsZero() {
		days = append(days, "đến "+last.Vietnamese())
	}
	if len(days) == 0 {
		return s
	}
	return fmt.Sprintf("%s (%s)", s, strings.Join(days, " "))
}
