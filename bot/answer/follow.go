package answer

import (
	"slices"
	"strconv"
	"strings"

	"policybot/knowledge"
)

// followsUp reports whether the question may leave out what the one before was about: it is short
// and names no subject of its own.
func (d *draft) followsUp() bool {
	const brief = 9 // syllables
	return d.question.Before != "" && len(d.tokens) > 0 && len(d.tokens) <= brief &&
		!slices.ContainsFunc(d.words, func(w *knowledge.Word) bool {
			return w.Kind == knowledge.WordSubject || settles(w.Kind)
		})
}

// standsAlone reports whether a question that could be a follow-up makes good sense by itself.
func (d *draft) standsAlone() bool {
	opens := slices.Contains([]string{"con", "the", "vay", "roi", "thi", "neu", "nham", "y"}, d.tokens[0].fold)
	return !opens && d.ours() && d.has(knowledge.WordAspect) && d.best().score >= certain
}

// frames are the aspects that say when and where, not what: they give way only to each other.
var frames = []string{"urban", "rural", "yearly", "monthly", "next_year"}

func isFrame(w *knowledge.Word) bool { return slices.Contains(frames, w.ID) }

// merge reads a follow-up together with the question before it. What the new one says of people,
// days, numbers and aspects takes the place of what the old one said; the rest is from both.
func (a *Answerer) merge(q Question) reading {
	now := a.read(q)
	before := q
	before.Text = q.Before
	old := a.read(before)
	kept := a.lexicon.without(old.tokens, a.superseded(now.words))
	if slices.ContainsFunc(now.tokens, isNumber) {
		kept = slices.DeleteFunc(kept, isNumber)
	}
	now.tokens = append(slices.Clone(kept), now.tokens...)
	now.words = a.lexicon.find(now.tokens)
	now.Reading.Text = textOf(kept) + " " + now.Reading.Text
	if !now.dated && old.dated {
		now.span, now.day, now.dated = old.span, old.day, true
	}
	return now
}

// superseded tells which words of an earlier question the words of a new one replace.
func (a *Answerer) superseded(now []*knowledge.Word) func(*knowledge.Word) bool {
	aspects := ofKind(now, knowledge.WordAspect)
	group := len(ofKind(now, knowledge.WordGroup)) > 0
	frame := slices.ContainsFunc(aspects, isFrame)
	aspect := slices.ContainsFunc(aspects, func(w *knowledge.Word) bool { return !isFrame(w) })
	return func(w *knowledge.Word) bool {
		switch {
		case w.Kind == knowledge.WordGroup:
			return group
		case w.Kind == knowledge.WordAspect && isFrame(w):
			return frame
		case w.Kind == knowledge.WordAspect:
			return aspect
		}
		return false
	}
}

func isNumber(t token) bool {
	_, err := strconv.Atoi(t.text)
	return err == nil
}

func textOf(tokens []token) string {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.text
	}
	return strings.Join(words, " ")
}
