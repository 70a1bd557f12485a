package answer

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
)

// quoted is what a card gains when it shows a figure, of any day, that the question wants checked.
const quoted = 0.25

// common is by how many cards a figure may be shown and still tell as much: 100 % says little.
const common = 12

// mostBullets stand under an answer; product.md.
const mostBullets = 5

var (
	rateForm   = regexp.MustCompile(`(?i)(\d+(?:[.,]\d+)?)\s*(?:%|phần trăm|phan tram)`)
	figureName = regexp.MustCompile(`"([a-z0-9_.]+)"`)
)

// checkWord is the word for asking whether a figure is right: "95% còn đúng không".
const checkWord = "check"

// quotedIn returns the sums and shares that a question wants checked; none when it checks nothing.
func (a *Answerer) quotedIn(r *reading) []knowledge.Amount {
	if !a.lexicon.mentions(r.tokens, checkWord) {
		return nil
	}
	var all []knowledge.Amount
	for _, v := range vi.Amounts(r.Original) {
		all = append(all, knowledge.Amount{N: int64(v), Unit: knowledge.UnitVND})
	}
	for _, m := range rateForm.FindAllStringSubmatch(r.Original, -1) {
		if share, err := knowledge.ParseAmount(strings.ReplaceAll(m[1], ".", ",")+"%", knowledge.UnitRate); err == nil {
			all = append(all, share)
		}
	}
	return all
}

// confirms returns what a card gains by showing a figure that is quoted: less, the more cards show it.
func (a *Answerer) confirms(x *need, quotes []knowledge.Amount) float64 {
	most := 0.0
	for _, q := range quotes {
		if x.figures[q] {
			most = max(most, quoted*min(1, common/float64(a.showing[q])))
		}
	}
	return most
}

// confirmed reports whether the best card shows a figure that the question quotes and that few others show:
// whoever names 1.366.200 đồng means one of ours.
func (a *Answerer) confirmed(d *draft) bool {
	best := d.best()
	return best.card != nil && a.confirms(a.needs[best.card.ID], a.quotedIn(&d.reading)) == quoted
}

// figures returns every value, of whatever day, of the figures that a card shows.
func (a *Answerer) figures(c *knowledge.Card, days []knowledge.Date) map[knowledge.Amount]bool {
	found := map[knowledge.Amount]bool{}
	for _, name := range figuresOf(c) {
		for _, day := range days {
			if v, err := a.library.Figure(name, day); err == nil {
				found[v.Amount] = true
			}
		}
	}
	return found
}

// figuresOf names the figures in a card's answer and its bullets.
func figuresOf(c *knowledge.Card) []string {
	var names []string
	for _, m := range figureName.FindAllStringSubmatch(c.Answer+strings.Join(c.Bullets, " "), -1) {
		names = append(names, m[1])
	}
	return names
}

// turningDays are the days on which some figure of the library changes.
func turningDays(l *knowledge.Library) []knowledge.Date {
	days := map[knowledge.Date]bool{}
	for _, f := range l.Figures {
		for _, v := range f.Values {
			days[v.From] = true
		}
	}
	return slices.Collect(maps.Keys(days))
}

// outdated says of the figure that a question quotes that it was one of the past, and until when.
func (a *Answerer) outdated(d *draft, out *Answer) {
	quotes := a.quotedIn(&d.reading)
	for _, v := range out.used {
		for before, known := a.library.Previous(v.Name, out.Day); known; before, known = a.library.Previous(v.Name, before.Period.From) {
			if before.Amount == v.Amount || !slices.Contains(quotes, before.Amount) || strings.Contains(out.Lead+strings.Join(out.Bullets, "\n"), before.Amount.String()) {
				continue
			}
			line := fmt.Sprintf("%s là mức cũ, tính đến hết ngày %s.", upperFirst(before.Amount.String()), before.Period.Last().Vietnamese())
			out.Bullets = append([]string{line}, out.Bullets...)
			out.Bullets = out.Bullets[:min(len(out.Bullets), mostBullets)]
			out.used = append(slices.Clone(out.used), before)
			return
		}
	}
}
