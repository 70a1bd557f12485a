package check

import (
	"policybot/knowledge"
)

const (
	staleAfter = 90 // days since somebody last compared a fact with its source
	soon       = 60 // days ahead that an end is announced
)

// Freshness returns what nobody has confirmed for long and what is about to end, counted from today:
// the part of [Run] that changes by itself.
func Freshness(l *knowledge.Library, today knowledge.Date) []Finding {
	c := &checker{Library: l, today: today, seen: map[knowledge.Fault]bool{}}
	c.freshness()
	c.sort()
	return c.found
}

// freshness warns of what nobody has confirmed for long and of what is about to end.
func (c *checker) freshness() {
	for _, d := range c.Documents {
		c.freshDocument(d)
	}
	for _, f := range c.Figures {
		c.freshFigure(f)
	}
	for _, card := range c.Cards {
		c.stale(card.ConfirmedOn, string(card.ID), card.Pos, "confirmed_on")
		if !c.continued(card) {
			c.ending(card.Applies.Until, string(card.ID), card.Pos, "applies")
		}
	}
	for _, p := range c.Procedures {
		c.stale(p.ConfirmedOn, string(p.ID), p.Pos, "confirmed_on")
		c.ending(p.Applies.Until, string(p.ID), p.Pos, "applies")
	}
}

func (c *checker) freshDocument(d *knowledge.Document) {
	c.stale(d.ConfirmedOn, string(d.ID), d.Pos, "confirmed_on")
	c.ending(d.InForce.Until, string(d.ID), d.Pos, "in_force")
	for i, p := range d.Provisions {
		if p.ConfirmedOn != d.ConfirmedOn {
			c.stale(p.ConfirmedOn, string(p.ID), p.Pos, "confirmed_on")
		}
		if p.Applies != d.InForce {
			c.ending(p.Applies.Until, string(p.ID), d.Pos, "provisions", i, "applies")
		}
	}
}

func (c *checker) freshFigure(f *knowledge.Figure) {
	if len(f.Values) == 0 {
		return
	}
	last := len(f.Values) - 1
	for i, v := range f.Values {
		if held := days(f, i); !v.Unknown && held.Contains(c.today) {
			c.stale(v.ConfirmedOn, f.Name, f.Pos, "values", i, "confirmed_on")
		}
	}
	if !f.KnownUntil.IsZero() {
		c.ending(f.KnownUntil.AddDays(1), f.Name, f.Pos, "known_until")
	} else if !f.Values[last].Unknown {
		c.ending(f.Values[last].Until, f.Name, f.Pos, "values", last)
	}
}

// continued reports whether another card answers the same need from the day on which this one ends.
func (c *checker) continued(card *knowledge.Card) bool {
	owner := func(x *knowledge.Card) knowledge.CardID {
		if x.WordingsOf != "" {
			return x.WordingsOf
		}
		return x.ID
	}
	for _, other := range c.Cards {
		if other != card && owner(other) == owner(card) && other.Applies.Contains(card.Applies.Until) {
			return true
		}
	}
	return false
}

func (c *checker) stale(confirmed knowledge.Date, what string, at knowledge.Pos, path ...any) {
	if !confirmed.IsZero() && c.today.Sub(confirmed) > staleAfter {
		c.warn(Stale, what+", "+confirmed.String(), at, path...)
	}
}

// ending warns of something whose first day no longer is until.
func (c *checker) ending(until knowledge.Date, what string, at knowledge.Pos, path ...any) {
	if until.IsZero() {
		return
	}
	if left := until.Sub(c.today); left > 0 && left <= soon {
		c.warn(ExpiresSoon, what+", "+until.AddDays(-1).String(), at, path...)
	}
}
