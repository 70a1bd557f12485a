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
