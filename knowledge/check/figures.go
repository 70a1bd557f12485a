package check

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"policybot/knowledge"
)

func (c *checker) figure(f *knowledge.Figure) {
	c.required(f.Pos, map[string]bool{"title": f.Title != ""})
	c.letters(f.Pos)
	forms := 0
	for _, given := range []bool{len(f.Values) > 0, len(f.Product) > 0, f.RestOf != ""} {
		if given {
			forms++
		}
	}
	if forms != 1 {
		c.report(ruleFigureForm, f.Name, f.Pos)
		return
	}
	if len(f.Values) == 0 {
		c.workedOut(f)
		return
	}
	for i := range f.Values {
		c.figureValue(f, i)
	}
	c.figureDays(f)
}

// days returns the days that value i holds for, known or not.
func days(f *knowledge.Figure, i int) knowledge.Period {
	p := knowledge.Period{From: f.Values[i].From, Until: f.Values[i].Until}
	if !f.KnownUntil.IsZero() && !f.Values[i].Unknown {
		p = p.Intersect(knowledge.Period{Until: f.KnownUntil.AddDays(1)})
	}
	return p
}

// figureDays looks for days with two values, or with none and nothing that says so.
func (c *checker) figureDays(f *knowledge.Figure) {
	for i, v := range f.Values {
		whole := knowledge.Period{From: v.From, Until: v.Until}
		if whole.IsEmpty() {
			c.period(whole, f.Pos, "values", i)
			return
		}
		if !f.KnownUntil.IsZero() && !v.Unknown && f.KnownUntil.Before(v.From) {
			c.report(ruleKnownUntil, v.From.String(), f.Pos, "known_until")
		}
		if i == 0 {
			continue
		}
		before := knowledge.Period{From: f.Values[i-1].From, Until: f.Values[i-1].Until}
		if touch(before, whole) {
			c.report(ruleFigureOverlap, before.Intersect(whole).String(), f.Pos, "values", i)
		} else if before.Until != whole.From {
			gap := knowledge.Period{From: before.Until, Until: whole.From}
			c.report(ruleFigureGap, gap.String(), f.Pos, "values", i)
		}
	}
}

// figureValue compares a value with the provisions it rests on.
func (c *checker) figureValue(f *knowledge.Figure, i int) {
	v := f.Values[i]
	if v.Unknown {
		return
	}
	c.basis(v.Basis, f.Pos, "values", i, "basis")
	c.confidence(v.Confidence, f.Pos, "values", i, "confidence")
	if v.ConfirmedOn.IsZero() {
		c.report(ruleNotConfirmed, f.Name, f.Pos, "values", i)
	}
	if len(v.Basis) == 0 {
		c.report(ruleNoBasis, f.Name, f.Pos, "values", i)
		return
	}
	applying := c.applying(v.Basis)
	if len(applying) == 0 {
		return // unknown provisions, which basis has reported
	}
	if gap, some := uncovered(days(f, i), applying); some {
		c.report(ruleOutsideBasis, gap.String(), f.Pos, "values", i)
	}
	amount, err := knowledge.ParseAmount(v.Value, f.Unit)
	if err == nil && !c.inSummary(v.Basis, amount.String()) &&
		!(f.Unit == knowledge.UnitFactor && c.inSummary(v.Basis, v.Value)) { // the law writes "1,0 lần"
		c.report(ruleFigureNotInBasis, amount.String(), f.Pos, "values", i, "value")
	}
}

// inSummary reports whether an amount stands, as printed, in the summary of one of the provisions.
func (c *checker) inSummary(basis []knowledge.ProvisionID, printed string) bool {
	return slices.ContainsFunc(basis, func(id knowledge.ProvisionID) bool {
		p := c.Provision(id)
		return p != nil && stands(printed, p.Summary)
	})
}

// stands reports whether a printed amount stands in a text as a number of its own: neither "5%" in
// "4,5%", nor "15 ngày" in "15 ngày làm việc".
func stands(printed, text string) bool {
	form := `(?:^|[^\d.,]|[.,]\s|\D[.,])` + regexp.QuoteMeta(printed) + `(\D|$)`
	for _, m := range regexp.MustCompile(form).FindAllStringSubmatchIndex(text, -1) {
		after := text[m[2]:]
		decimals := len(after) > 1 && strings.ContainsRune(".,", rune(after[0])) && after[1] >= '0' && after[1] <= '9'
		if !decimals && !(strings.HasSuffix(printed, " ngày") && strings.HasPrefix(after, " làm việc")) {
			return true
		}
	}
	return false
}

// workedOut checks a product or a rest: that its parts exist, that their units go together, and
// that it comes out on every day on which one of them changes.
func (c *checker) workedOut(f *knowledge.Figure) {
	known := true
	for i, name := range f.Product {
		if c.FigureNamed(name) == nil {
			c.report(ruleUnknownFigure, name, f.Pos, "product", i)
			known = false
		}
	}
	if f.RestOf != "" && c.FigureNamed(f.RestOf) == nil {
		c.report(ruleUnknownFigure, f.RestOf, f.Pos, "rest_of")
		known = false
	}
	if !known {
		return
	}
	if wrong := c.wrongUnits(f); wrong != "" {
		c.report(ruleFigureUnits, wrong, f.Pos, "unit")
		return
	}
	parts := append(slices.Clip(f.Product), f.RestOf)
	if !c.comesOut(f.Name) && !slices.ContainsFunc(parts, func(part string) bool { return part != "" && !c.comesOut(part) }) {
		c.report(ruleFigureTooFine, f.Name, f.Pos, "product")
	}
}

// comesOut reports whether a figure can be worked out on every day of which something is known.
func (c *checker) comesOut(name string) bool {
	return !slices.ContainsFunc(c.changes(name), func(day knowledge.Date) bool {
		_, err := c.Figure(name, day)
		return err != nil && !errors.Is(err, knowledge.ErrNotKnown)
	})
}

// wrongUnits says what is wrong with the units of a figure that is worked out; empty: nothing.
func (c *checker) wrongUnits(f *knowledge.Figure) string {
	if f.RestOf != "" {
		if part := c.FigureNamed(f.RestOf).Unit; part != knowledge.UnitRate || f.Unit != knowledge.UnitRate {
			return fmt.Sprintf("100%% − %s = %s", part, f.Unit)
		}
		return ""
	}
	var sum []string
	amounts, counts := 0, 0
	for _, name := range f.Product {
		unit := c.FigureNamed(name).Unit
		sum = append(sum, string(unit))
		switch unit {
		case knowledge.UnitVND:
			amounts++
		case knowledge.UnitRate, knowledge.UnitFactor:
		default:
			counts++
		}
	}
	money := amounts == 1 && f.Unit == knowledge.UnitVND
	share := amounts == 0 && counts == 0 && (f.Unit == knowledge.UnitRate || f.Unit == knowledge.UnitFactor)
	if money || share {
		return ""
	}
	return strings.Join(sum, " × ") + " = " + string(f.Unit)
}

// changes returns the days on which a figure, or what it is worked out from, may change.
func (c *checker) changes(name string) []knowledge.Date {
	f := c.FigureNamed(name)
	if f == nil {
		return nil
	}
	var days []knowledge.Date
	for _, v := range f.Values {
		days = append(days, v.From)
		if !v.Until.IsZero() {
			days = append(days, v.Until)
		}
	}
	if !f.KnownUntil.IsZero() {
		days = append(days, f.KnownUntil, f.KnownUntil.AddDays(1))
	}
	for _, part := range f.Product {
		days = append(days, c.changes(part)...)
	}
	if f.RestOf != "" {
		days = append(days, c.changes(f.RestOf)...)
	}
	return days
}
