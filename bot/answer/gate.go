package answer

import (
	"slices"
	"strings"

	"policybot/knowledge"
)

// fits reports whether the best card may answer as it stands.
func (a *Answerer) fits(d *draft) bool {
	return !a.isBeyond(d) && !a.isUnclear(d) && a.isSure(d) && (!a.asksWho(d) || len(a.options(d)) < 2)
}

// isBeyond reports whether the question names something that is not ours, and no card fits it so well
// that it is meant all the same.
func (a *Answerer) isBeyond(d *draft) bool {
	beyond, score := ofKind(d.words, knowledge.WordBeyond), d.best().score
	return len(beyond) > 0 && score < certain && !a.knowsProvince(d) && !(beyond[0].Yields && score >= firm && d.has(knowledge.WordSubject))
}

// isUnclear reports whether the question could mean several things that we have.
func (a *Answerer) isUnclear(d *draft) bool {
	return d.best().score >= likely && (d.tooShort(a) || d.vague())
}

// isSure reports whether the best card fits well enough to answer.
func (a *Answerer) isSure(d *draft) bool {
	best := d.best().score
	return best >= sure && d.ours() || a.confirmed(d) && (best >= sure || best >= fair && d.ahead() >= closeCall) || d.standsOut(a) || d.clearlyFirst(a)
}

// tooShort reports whether a question names one notion and asks nothing about it: "vay", "hộ nghèo".
func (d *draft) tooShort(a *Answerer) bool {
	rest := a.lexicon.without(d.tokens, of(knowledge.WordSubject, knowledge.WordGroup))
	notions := len(ofKind(d.words, knowledge.WordSubject)) + len(ofKind(d.words, knowledge.WordGroup))
	return notions == 1 && len(rest) == 0 && !d.has(knowledge.WordAspect)
}

// vague reports whether a few words fit several cards alike: "vay được bao nhiêu".
func (d *draft) vague() bool {
	const few, alike = 4, 3
	return len(d.tokens) <= few && !d.has(knowledge.WordGroup) && len(d.ranked) >= alike && d.best().score < certain &&
		d.best().score-d.ranked[alike-1].score < closeCall
}

// standsOut reports whether the best card fits a question that names no notion of ours far better
// than any other, so that the words themselves must be telling.
func (d *draft) standsOut(a *Answerer) bool {
	score, both, strange := d.best().score, d.best().score+d.ahead(), d.strange(a)
	return score >= telling && both >= outstanding && strange <= 1 ||
		score >= sure && both >= familiar && strange == 0 && !d.has(knowledge.WordBeyond) && a.onSubject(d)
}

// onSubject reports whether the question names every subject that most who need the best card name.
func (a *Answerer) onSubject(d *draft) bool {
	return !slices.ContainsFunc(a.needs[d.best().card.ID].core, func(name string) bool {
		w := a.lexicon.byID[strings.TrimPrefix(name, "#")]
		return w.Kind == knowledge.WordSubject && !d.names(w.ID)
	})
}

// clearlyFirst reports whether a card that fits only fairly is what is meant all the same: nothing else
// comes near, it is about the subject that is asked about, and there is little in the question that
// nobody has ever asked us.
func (d *draft) clearlyFirst(a *Answerer) bool {
	best := d.best()
	return best.score >= fair && best.score+d.ahead() >= clear && d.strange(a) <= 1 &&
		slices.ContainsFunc(d.words, func(w *knowledge.Word) bool {
			return w.Kind == knowledge.WordSubject && a.needs[best.card.ID].share["#"+w.ID] >= half
		})
}

// strange counts the syllables that none of our wordings has.
func (d *draft) strange(a *Answerer) int {
	n := 0
	for _, t := range withoutWards(a.places, d.tokens) {
		if a.space.idf[t.fold] == 0 && !isNumber(t) {
			n++
		}
	}
	return n
}

// ahead is by how much the best card leads the next one.
func (d *draft) ahead() float64 {
	if len(d.ranked) < 2 {
		return d.best().score
	}
	return d.best().score - d.ranked[1].score
}

// leavesOut reports whether a question says hardly more than which side of something it asks about.
func (d *draft) leavesOut(a *Answerer) bool {
	const little = 3 // syllables
	rest := a.lexicon.without(d.tokens, of(knowledge.WordAspect, knowledge.WordFiller, knowledge.WordSocial))
	return len(d.tokens) < 6 || d.has(knowledge.WordAspect) && len(rest) <= little
}

// allKnown reports whether our wordings have every syllable of the question: "nộp ở đâu vậy" is about
// something of ours that was left out, "thủ đô nước Pháp ở đâu" is not.
func (d *draft) allKnown(a *Answerer) bool {
	return !slices.ContainsFunc(d.tokens, func(t token) bool { return a.space.idf[t.fold] == 0 })
}

// asksWho reports whether the best card is about certain people while the question names none, and
// a card about others is nearly as good.
func (a *Answerer) asksWho(d *draft) bool {
	if d.has(knowledge.WordGroup) || len(a.needs[d.ranked[0].card.ID].about) == 0 || len(d.ranked) < 2 {
		return false
	}
	return d.ranked[0].score-d.ranked[1].score < closeCall
}

// general is the best of the cards that are about nobody in particular, when it is nearly as good as the
// best of all; nil: there is none.
func (a *Answerer) general(d *draft) *knowledge.Card {
	for _, c := range d.ranked {
		if d.best().score-c.score >= closeCall {
			break
		}
		if len(a.needs[c.card.ID].about) == 0 {
			return c.card
		}
	}
	return nil
}
