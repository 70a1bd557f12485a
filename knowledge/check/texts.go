package check

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"policybot/knowledge"
)

const (
	maxWords  = 18  // of a sentence
	maxLetter = 900 // of an answer with its bullets and source
)

// pageTexts reads every text of a page as it stands in the file, and as residents read it on every
// day on which anything in it changes.
func (c *checker) pageTexts(p page) {
	sound := true
	for _, t := range p.texts {
		sound = c.references(p, t) && sound
		c.typed(p, t)
		c.wordsOf(p, t)
	}
	if !sound {
		return // one broken name would be told again for every day
	}
	for _, day := range c.pageDays(p) {
		c.pageOn(p, day)
	}
	var all strings.Builder
	for _, t := range p.texts {
		all.WriteString(t.body + "\n")
	}
	c.unconfirmed(p, all.String())
}

var (
	action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	call   = regexp.MustCompile(`\b([a-z_]+)\s+"([^"]*)"`)
)

// references follows the names that a template gives to its functions, and reports whether all of
// them lead somewhere.
func (c *checker) references(p page, t text) bool {
	sound := true
	for _, ref := range calls(t.body) {
		rule, known := "", true
		switch name := ref[1]; ref[0] {
		case "fig", "since", "until", "prev", "next", "next_since", "at":
			rule, known = ruleUnknownFigure, c.FigureNamed(name) != nil
			sound = sound && c.comesOut(name) // else it is told where the figure stands
		case "doc":
			rule, known = ruleUnknownDocument, c.Document(knowledge.DocumentID(name)) != nil
		case "from", "last":
			rule, known = ruleUnknownProvision, c.Provision(knowledge.ProvisionID(name)) != nil
		}
		if !known {
			c.report(rule, ref[1], p.pos, t.path...)
			sound = false
		}
	}
	return sound
}

// calls returns the functions that a template calls, each with its first argument.
func calls(body string) (all [][2]string) {
	for _, a := range action.FindAllString(body, -1) {
		for _, m := range call.FindAllStringSubmatch(a, -1) {
			all = append(all, [2]string{m[1], m[2]})
		}
	}
	return all
}

// pageDays returns the days of a page on which something in it may change, and today.
func (c *checker) pageDays(p page) []knowledge.Date {
	days := []knowledge.Date{c.today, p.applies.From, p.applies.Last()}
	for _, t := range p.texts {
		for _, ref := range calls(t.body) {
			days = append(days, c.changes(ref[1])...)
		}
	}
	slices.SortFunc(days, knowledge.Date.Compare)
	if first := slices.IndexFunc(days, func(d knowledge.Date) bool { return !d.IsZero() }); first >= 0 {
		days = append(days, days[first].AddDays(-1)) // before all of it
	}
	return slices.DeleteFunc(days, func(d knowledge.Date) bool {
		return d.IsZero() || !p.applies.Contains(d)
	})
}

// pageOn reads a page as it stands on one day.
func (c *checker) pageOn(p page, on knowledge.Date) {
	var answer []string
	for _, t := range p.texts {
		shown, used, err := c.Text(t.body, on)
		switch {
		case errors.Is(err, knowledge.ErrNotKnown):
			if t.kind == textAnswer {
				c.tooEarly(p, t, err)
				return // residents are told that it is not known, and nothing else of the card
			}
			continue
		case err != nil:
			c.report(ruleBadTemplate, templateNoise.ReplaceAllString(err.Error(), ""), p.pos, t.path...)
			return
		}
		c.longSentences(p, t, shown)
		if t.kind != textOther {
			answer = append(answer, shown)
		}
		for _, v := range used {
			if v.Confidence == knowledge.Unconfirmed && p.states() && !hedge.MatchString(shown) {
				c.report(ruleUnconfirmedFact, v.Name, p.pos, t.path...)
			}
		}
	}
	c.longAnswer(p, answer, on)
}

// tooEarly reports an answer that needs a figure on days before any value of it is known. After the
// last known value, residents are told so; before the first one, the card should not be there.
func (c *checker) tooEarly(p page, t text, err error) {
	if missing, ok := errors.AsType[*knowledge.NotKnownError](err); ok && missing.Last.IsZero() && p.states() {
		c.reportOnce(ruleAnswerTooEarly, missing.Figure.Name+", "+missing.Day.String(), p.pos, t.path...)
	}
}

// templateNoise is what errors of templates begin with and nobody can use.
var templateNoise = regexp.MustCompile(`^template: :\d+:(?:\d+:)?\s*(?:executing "" at )?`)

// longAnswer counts what is shown before anything is tapped, with the sources that code adds.
func (c *checker) longAnswer(p page, shown []string, on knowledge.Date) {
	for _, id := range p.basis {
		if law := c.Provision(id); law != nil && law.Applies.Contains(on) {
			shown = append(shown, law.Source())
		}
	}
	if n := utf8.RuneCountInString(strings.Join(shown, "\n")); n > maxLetter {
		c.reportOnce(ruleLongAnswer, fmt.Sprint(n), p.pos, "answer")
	}
}

// sentenceEnd is a full stop that ends a sentence: one within a number or a name does not.
var sentenceEnd = regexp.MustCompile(`[.!?…]+["”)]*(?:\s+|$)|\n+`)

func (c *checker) longSentences(p page, t text, shown string) {
	for _, s := range sentenceEnd.Split(shown, -1) {
		words := slices.DeleteFunc(strings.Fields(s), func(w string) bool { return !hasLetter.MatchString(w) })
		if len(words) > maxWords {
			c.reportOnce(ruleLongSentence, fmt.Sprintf("%d: %s", len(words), s), p.pos, t.path...)
		}
	}
}

var hasLetter = regexp.MustCompile(`[\pL\pN]`)

// reportOnce is report for what reads differently from day to day: a line breaks such a rule once.
func (c *checker) reportOnce(rule, detail string, at knowledge.Pos, path ...any) {
	line := at.Line(path...)
	if !slices.ContainsFunc(c.found, func(f Finding) bool {
		return f.Rule == rule && f.File == at.File && f.Line == line
	}) {
		c.report(rule, detail, at, path...)
	}
}
