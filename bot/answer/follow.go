package answer

import (
	"slices"
	"strconv"
	"strings"

	"policybot/knowledge"
)

// followsUp reports whether the question may leave out what the one before was about: it is short
// and names no subject of its own.
func (a *Answerer) followsUp(d *draft) bool {
	const brief = 9 // syllables
	return d.question.Before != "" && len(d.tokens) > 0 && len(d.tokens) <= brief && a.adds(d) &&
		!slices.ContainsFunc(a.lexicon.find(a.withoutOpener(d.tokens)), func(w *knowledge.Word) bool {
			return w.Kind == knowledge.WordSubject || settles(w.Kind)
		})
}

// openers are how a follow-up starts. Typed without marks "vậy" is "vay", a loan.
var openers = []string{"con", "the", "vay", "roi", "thi", "neu", "nham", "y"}

// adds reports whether a question has anything to put in the place of what was asked before: people,
// an aspect, a day, a number; or says by its form that it goes on.
func (a *Answerer) adds(d *draft) bool {
	return a.opens(d.tokens) || strings.HasSuffix(foldOf(d.tokens), "thi sao") || d.dated ||
		d.has(knowledge.WordGroup) || d.has(knowledge.WordAspect) || slices.ContainsFunc(d.tokens, isNumber)
}

// opens reports whether the question starts as a follow-up does, and goes on. "Vay vốn" is a subject.
func (a *Answerer) opens(tokens []token) bool {
	return len(tokens) > 1 && slices.Contains(openers, tokens[0].fold) && a.lexicon.longest(tokens, of(knowledge.WordSubject)) < 2
}

func (a *Answerer) withoutOpener(tokens []token) []token {
	if a.opens(tokens) {
		return tokens[1:]
	}
	return tokens
}

// standsAlone reports whether a question that could be a follow-up makes good sense by itself.
func (a *Answerer) standsAlone(d *draft) bool {
	return !a.opens(d.tokens) && d.ours() && d.has(knowledge.WordAspect) && d.best().score >= certain
}

// frames are the aspects that say when and where, not what: they give way only to each other.
var frames = []string{"urban", "rural", "yearly", "monthly", "next_year"}

func isFrame(w *knowledge.Word) bool { return slices.Contains(frames, w.ID) }

// merge reads a follow-up together with the question before it. What the new one says of people,
// days, numbers and aspects takes the place of what the old one said; the rest is from both.
func (a *Answerer) merge(q Question) reading {
	now := a.read(q)
	now.tokens = a.withoutOpener(now.tokens)
	now.words = a.lexicon.find(now.tokens)
	before := q
	before.Text = q.Before
	old := a.read(before)
	kept := a.lexicon.without(old.tokens, a.superseded(now.words))
	if slices.ContainsFunc(now.tokens, isNumber) {
		kept = slices.DeleteFunc(kept, isNumber)
	}
	words := a.lexicon.find(kept) // apart from the new ones: together they could say what neither does
	for _, w := range now.words {
		words = a.lexicon.with(words, w)
	}
	now.tokens, now.words = append(slices.Clone(kept), now.tokens...), words
	now.Reading.Text = textOf(now.tokens)
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
