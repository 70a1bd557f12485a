package check

import "policybot/knowledge"

// Count says how much content there is of one kind: how well it is established, and how long ago
// somebody last compared it with its source.
type Count struct {
	// Of is what is counted: a topic for its cards, else documents, provisions, figures or procedures.
	Of  string
	All int
	// Needs are the cards but for other periods of the same; Drafts those that nobody is shown.
	Needs, Drafts int
	// Sure counts by confidence; a card is as sure as the weakest thing it rests on, and one that rests
	// on nothing is under "".
	Sure map[knowledge.Confidence]int
	// Fresh, Aging and Old were confirmed at most 30 days ago, at most 90, and longer ago; what needs no
	// confirmation is in none.
	Fresh, Aging, Old int
}

// recent is the age in days up to which a confirmation counts as fresh.
const recent = 30

// Counts counts the content: cards by topic first, in the order of the topics, then what is behind them.
func Counts(l *knowledge.Library, today knowledge.Date) []Count {
	var all []Count
	for _, topic := range knowledge.Topics {
		n := newCount(string(topic))
		for _, c := range l.Cards {
			if c.Topic == topic {
				n.card(l, c, today)
			}
		}
		all = append(all, n)
	}
	procedures, documents, provisions, figures := newCount("procedures"), newCount("documents"), newCount("provisions"), newCount("figures")
	for _, p := range l.Procedures {
		procedures.add(p.Confidence, p.ConfirmedOn, today)
	}
	for _, d := range l.Documents {
		documents.add(d.Confidence, d.ConfirmedOn, today)
	}
	for _, p := range l.Provisions() {
		provisions.add(p.Confidence, p.ConfirmedOn, today)
	}
	for _, f := range l.Figures {
		for _, v := range f.Values {
			if !v.Unknown {
				figures.add(v.Confidence, v.ConfirmedOn, today)
			}
		}
	}
	return append(all, procedures, documents, provisions, figures)
}

func newCount(of string) Count { return Count{Of: of, Sure: map[knowledge.Confidence]int{}} }

func (n *Count) card(l *knowledge.Library, c *knowledge.Card, today knowledge.Date) {
	if c.WordingsOf == "" {
		n.Needs++
	}
	if c.Draft {
		n.Drafts++
	}
	var sure knowledge.Confidence
	confirmed := c.ConfirmedOn
	rest := func(confidence knowledge.Confidence, on knowledge.Date) {
		sure = sure.Lower(confidence)
		if !on.IsZero() && (confirmed.IsZero() || on.Before(confirmed)) {
			confirmed = on
		}
	}
	for _, id := range c.Basis {
		if p := l.Provision(id); p != nil {
			rest(p.Confidence, p.ConfirmedOn)
		}
	}
	for _, name := range figuresOf(c) {
		on := today
		if !c.Applies.Contains(on) {
			on = c.Applies.From
		}
		if v, err := l.Figure(name, on); err == nil {
			rest(v.Confidence, v.ConfirmedOn)
		}
	}
	n.add(sure, confirmed, today)
}

// figuresOf names the figures that the texts of a card show.
func figuresOf(c *knowledge.Card) (names []string) {
	for _, t := range cardPage(c).texts {
		for _, ref := range calls(t.body) {
			if ref[0] == "fig" {
				names = append(names, ref[1])
			}
		}
	}
	return names
}

func (n *Count) add(sure knowledge.Confidence, confirmed, today knowledge.Date) {
	n.All++
	n.Sure[sure]++
	switch age := today.Sub(confirmed); {
	case confirmed.IsZero():
	case age <= recent:
		n.Fresh++
	case age <= staleAfter:
		n.Aging++
	default:
		n.Old++
	}
}
