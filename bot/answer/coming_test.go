package answer

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"policybot/knowledge"
)

// TestComingChangesAreTold shows every card on days shortly before something changes: each figure it
// shows that ends within sixty days is told to do so, by the text of the card or by a note.
func TestComingChangesAreTold(t *testing.T) {
	a := answerer(t)
	told := 0
	for _, today := range []knowledge.Date{knowledge.NewDate(2025, 11, 15), knowledge.NewDate(2026, 5, 20),
		knowledge.NewDate(2026, 11, 26), knowledge.NewDate(2026, 12, 31)} {
		for _, c := range a.library.CardsOn(today) {
			out, err := a.Card(c, today, today)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range out.used {
				until := v.Period.Until
				if until.IsZero() || !today.Before(until) || until.Sub(today) > soon || len(out.Provisions) == 0 {
					continue
				}
				told++
				if len(out.Notes) < mostChanges && !tells(a, out, v) {
					t.Errorf("%s on %s: %s ends on %s, and nothing says so: %s %+v", c.ID, today, v.Name, v.Period.Last(), out.Lead, out.Notes)
				}
			}
		}
	}
	if told < 100 {
		t.Errorf("only %d figures were about to end", told)
	}
}

func tells(a *Answerer, out Answer, v knowledge.Value) bool {
	days := []knowledge.Date{v.Period.Until, v.Period.Last()}
	if slices.ContainsFunc(out.Notes, func(n Note) bool { return slices.Contains(days, n.From) }) {
		return true
	}
	text := out.Lead + strings.Join(out.Bullets, "\n")
	next, known := a.library.Next(v.Name, out.Day)
	return strings.Contains(text, days[0].Vietnamese()) || strings.Contains(text, days[1].Vietnamese()) ||
		known && strings.Contains(text, next.Amount.String())
}

// TestNothingIsSaidAfterTheLastKnownDay: a figure is known on its last known day and not on the day after,
// and a card that needs it for its answer then says so instead.
func TestNothingIsSaidAfterTheLastKnownDay(t *testing.T) {
	a := answerer(t)
	ends, silent := 0, 0
	for _, f := range a.library.Figures {
		if f.KnownUntil.IsZero() {
			continue
		}
		ends++
		after := f.KnownUntil.AddDays(1)
		if _, err := a.library.Figure(f.Name, f.KnownUntil); err != nil {
			t.Errorf("%s on its last known day: %v", f.Name, err)
		}
		if _, err := a.library.Figure(f.Name, after); !errors.Is(err, knowledge.ErrNotKnown) {
			t.Errorf("%s on the day after: %v", f.Name, err)
		}
		for _, c := range a.library.Cards {
			if !strings.Contains(c.Answer, `{{fig "`+f.Name+`"}}`) {
				continue
			}
			out, err := a.Card(c, after, after)
			if err != nil {
				t.Fatal(err)
			}
			silent++
			if out.Outcome != knowledge.NoEvidence || out.Missing == nil || out.Lead != "" {
				t.Errorf("%s on %s: %s, %q", c.ID, after, out.Outcome, out.Lead)
			}
		}
	}
	if ends < 10 || silent < 10 {
		t.Errorf("%d figures end, %d cards need one of them", ends, silent)
	}
}
