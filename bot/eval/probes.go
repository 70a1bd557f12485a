package eval

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"policybot/bot/answer"
	"policybot/knowledge"
)

// Found says how often, in one way of typing, the probe wordings of the cards find their card. A
// probe that another card answers for its need at other days counts as found.
type Found struct {
	Typing Typing  `json:"typing"`
	Asked  int     `json:"asked"`
	First  int     `json:"first"` // its card ranks first
	Three  int     `json:"three"` // among the first three
	MRR    float64 `json:"mrr"`   // mean reciprocal rank
	// Said are the probes that the bot answers with the card, Offered those it asks back with the card
	// among the choices, Worked those that a rule works out instead, Wrong those that it answers with
	// another card. With the rest it keeps silent.
	Said    int `json:"said"`
	Offered int `json:"offered"`
	Worked  int `json:"worked"`
	Wrong   int `json:"wrong"`
}

// Miss is a probe that does not find its card first, or does not lead to it.
type Miss struct {
	Card   knowledge.CardID `json:"card"`
	File   string           `json:"file"`
	Line   int              `json:"line"`
	Typing Typing           `json:"typing"`
	Text   string           `json:"text"` // as typed
	Rank   int              `json:"rank"` // 0: not found at all
	First  knowledge.CardID `json:"first,omitempty"`
	Ending string           `json:"ending"` // said, offered, worked, wrong or silent
}

// probe is a wording that must find a card.
type probe struct {
	card *knowledge.Card
	n    int // among the card's probes
	on   knowledge.Date
}

// probes returns all probes, each with a day on which its card holds: the given one where it can be.
func probes(l *knowledge.Library, on knowledge.Date) []probe {
	var all []probe
	for _, c := range l.Cards {
		if c.Draft || c.Applies.IsEmpty() {
			continue
		}
		day := on
		if last := c.Applies.Last(); day.Before(c.Applies.From) {
			day = c.Applies.From
		} else if !last.IsZero() && last.Before(day) {
			day = last
		}
		for i := range c.Probe {
			all = append(all, probe{c, i, day})
		}
	}
	return all
}

// Probes asks every probe wording in some typings; the misses come by file and line.
func Probes(ctx context.Context, l *knowledge.Library, a *answer.Answerer, on knowledge.Date, typings ...Typing) ([]Found, []Miss, error) {
	all := probes(l, on)
	var found []Found
	var missed []Miss
	for _, typing := range typings {
		f := Found{Typing: typing, Asked: len(all)}
		var mu sync.Mutex
		err := each(len(all), func(i int) error {
			m, err := try(ctx, l, a, all[i], typing)
			mu.Lock()
			defer mu.Unlock()
			f.add(m)
			if m.Rank != 1 || m.Ending == wrong || m.Ending == silent {
				missed = append(missed, m)
			}
			return err
		})
		if err != nil {
			return nil, nil, err
		}
		f.MRR = math.Round(1e4*f.MRR/float64(max(1, f.Asked))) / 1e4
		found = append(found, f)
	}
	slices.SortFunc(missed, byPlace)
	return found, missed, nil
}

func (f *Found) add(m Miss) {
	if m.Rank == 1 {
		f.First++
	}
	if m.Rank >= 1 && m.Rank <= 3 {
		f.Three++
	}
	if m.Rank > 0 {
		f.MRR += 1 / float64(m.Rank)
	}
	switch m.Ending {
	case said:
		f.Said++
	case offered:
		f.Offered++
	case worked:
		f.Worked++
	case wrong:
		f.Wrong++
	}
}

// The ways a probe may end.
const (
	said    = "said"
	offered = "offered"
	worked  = "worked"
	wrong   = "wrong"
	silent  = "silent"
)

// try asks one probe.
func try(ctx context.Context, l *knowledge.Library, a *answer.Answerer, p probe, typing Typing) (Miss, error) {
	q := answer.Question{Text: typing.Write(p.card.Probe[p.n]), Day: p.on}
	m := Miss{Card: p.card.ID, File: p.card.Pos.File, Line: p.card.Pos.Line("probe", p.n), Typing: typing, Text: q.Text}
	got, ranked, err := a.Try(ctx, q)
	if err != nil {
		return m, fmt.Errorf("probe %q: %w", q.Text, err)
	}
	same := func(id knowledge.CardID) bool { return needOf(l.Card(id)) == needOf(p.card) }
	m.Rank = slices.IndexFunc(ranked, same) + 1
	m.Ending = ending(got, same)
	if len(ranked) > 0 {
		m.First = ranked[0]
	}
	if p.card.Topic == knowledge.Beyond && m.Ending == said { // words find these, not the index
		m.Rank = 1
	}
	return m, nil
}

func ending(got answer.Answer, same func(knowledge.CardID) bool) string {
	switch {
	case got.Card != nil && same(got.Card.ID):
		return said
	case slices.ContainsFunc(got.Options, func(o answer.Option) bool { return o.Card != "" && same(o.Card) }):
		return offered
	case got.Card != nil && answers(got.Outcome):
		return wrong
	case got.Card == nil && got.Lead != "":
		return worked
	}
	return silent
}

// needOf names what a card is for: cards of one need answer it at different days.
func needOf(c *knowledge.Card) knowledge.CardID {
	switch {
	case c == nil:
		return ""
	case c.WordingsOf != "":
		return c.WordingsOf
	}
	return c.ID
}

// byPlace orders misses for people who go through files.
func byPlace(a, b Miss) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		cmp.Compare(slices.Index(Typings, a.Typing), slices.Index(Typings, b.Typing)))
}
