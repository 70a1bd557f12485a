package check

import (
	"slices"

	"policybot/knowledge"
)

// need is one thing people want to know: the card that owns the wordings, and all cards that answer
// it in their time.
type need struct {
	owner *knowledge.Card
	cards []*knowledge.Card
}

// needs sorts the cards, drafts left out, by what they answer.
func (c *checker) needs() []*need {
	var all []*need
	of := map[knowledge.CardID]*need{}
	for _, card := range c.Cards {
		if card.WordingsOf == "" && !card.Draft {
			of[card.ID] = &need{owner: card, cards: []*knowledge.Card{card}}
			all = append(all, of[card.ID])
		}
	}
	for _, card := range c.Cards {
		if n := of[card.WordingsOf]; n != nil && !card.Draft {
			n.cards = append(n.cards, card)
		}
	}
	return all
}

// touches reports whether there is a day on which both needs are answered by a card.
func (n *need) touches(m *need) bool {
	return slices.ContainsFunc(n.cards, func(a *knowledge.Card) bool {
		return slices.ContainsFunc(m.cards, func(b *knowledge.Card) bool { return touch(a.Applies, b.Applies) })
	})
}

// wordings compares what all cards are asked by.
func (c *checker) wordings() {
	for _, card := range c.Cards {
		c.owner(card)
	}
	needs := c.needs()
	asked := map[string]*need{}
	for _, n := range needs {
		c.periods(n)
		c.nowKnown(n)
		c.asks(n, asked)
	}
	for _, n := range needs {
		for i, probe := range n.owner.Probe {
			if other := asked[fold(probe)]; other != nil && other.touches(n) {
				c.report(ruleProbeIsAsk, probe+" ("+string(other.owner.ID)+")", n.owner.Pos, "probe", i)
			}
		}
	}
}

// owner looks at where a card has its wordings from.
func (c *checker) owner(card *knowledge.Card) {
	if card.WordingsOf == "" {
		if len(card.Ask) == 0 {
			c.report(ruleNoAsk, string(card.ID), card.Pos)
		}
		return
	}
	first := c.Card(card.WordingsOf)
	switch {
	case first == nil:
	case first.WordingsOf != "":
		c.report(ruleWordingsChain, string(first.ID), card.Pos, "wordings_of")
	case !slices.Equal(card.Ask, first.Ask):
		c.report(ruleWordingsTwice, string(first.ID), card.Pos, "ask")
	}
}

// periods looks for days on which two cards answer the same need in the same place.
func (c *checker) periods(n *need) {
	for i, card := range n.cards {
		for _, other := range n.cards[:i] {
			if card.Place == other.Place && touch(card.Applies, other.Applies) {
				c.report(rulePeriodOverlap, string(other.ID)+", "+card.Applies.Intersect(other.Applies).String(),
					card.Pos, "applies")
			}
		}
	}
}

// nowKnown warns of a card that has no evidence for days on which, by now, all figures are known that
// the answer before it shows: a later value of a figure has not reached it.
func (c *checker) nowKnown(n *need) {
	for _, silent := range n.cards {
		for _, card := range n.cards {
			if silent.Outcome != knowledge.NoEvidence || !cardPage(card).states() || hedge.MatchString(card.Answer) ||
				card.Applies.Until.IsZero() || card.Applies.Until != silent.Applies.From {
				continue
			}
			if day := c.firstKnown(card, silent.Applies); !day.IsZero() {
				c.warn(ruleNowKnown, string(card.ID)+", "+day.String(), silent.Pos, "applies")
			}
		}
	}
}

// firstKnown returns the first day of a period on which every figure in the answer of a card is known;
// no date when there is none, or no figure in the answer.
func (c *checker) firstKnown(card *knowledge.Card, in knowledge.Period) knowledge.Date {
	var names []string
	days := []knowledge.Date{in.From}
	for _, ref := range calls(card.Answer) {
		if ref[0] == "fig" {
			names = append(names, ref[1])
			days = append(days, c.changes(ref[1])...)
		}
	}
	slices.SortFunc(days, knowledge.Date.Compare)
	for _, day := range days {
		if !day.IsZero() && in.Contains(day) && len(names) > 0 && c.known(names, day) {
			return day
		}
	}
	return knowledge.Date{}
}

func (c *checker) known(names []string, on knowledge.Date) bool {
	return !slices.ContainsFunc(names, func(name string) bool {
		_, err := c.Figure(name, on)
		return err != nil
	})
}

// asks adds the wordings of a need to those of all, and reports the ones that are taken.
func (c *checker) asks(n *need, asked map[string]*need) {
	for i, wording := range n.owner.Ask {
		key := fold(wording)
		switch taken := asked[key]; {
		case taken == nil:
			asked[key] = n
		case taken == n:
			c.report(ruleRepeatedAsk, wording, n.owner.Pos, "ask", i)
		case taken.touches(n):
			c.report(ruleSharedAsk, wording+" ("+string(taken.owner.ID)+")", n.owner.Pos, "ask", i)
		}
	}
}
