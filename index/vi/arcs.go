package vi

import (
	"unicode"
	"unicode/utf8"
)

// An arc is one way to read the next words of a text.
type arc struct {
	tokens int      // how many words of the text it reads
	words  []string // what they mean
	ids    []int32
	cost   float64 // of the change itself, in nats; what the words cost is the model's to say
	kind   RewriteKind
}

// What changes cost, in nats. They only weigh against each other and against the model.
const (
	costUnknown   = 12.0 // keeping a word nobody knows, or that is no syllable
	costShort     = 1.0  // an abbreviation
	costRealWord  = 3.0  // besides: when the form is a word of its own
	costSpoken    = 1.0  // the same for a southern or spoken form
	costBare      = 2.0  // besides: when the form was typed without its diacritics
	costForm      = 4.0  // keeping a word that is a form of another without further ado
	bonusWord     = -2.5 // each word a meaning has more than were typed: the model charges for it
	costNoCue     = 4.0  // a meaning that has cues, none of them near
	bonusCue      = -3.0
	bonusNumber   = -6.0 // a meaning only numbers have, after one
	costTyped     = 1.0  // telex or VNI keys
	costSlip      = 5.0
	costOtherTone = 4.0
	cueReach      = 4 // words on either side that may hold a cue
	beam          = 12
	thinMargin    = 1.2 // below it another reading was nearly as likely
)

// arcsAt returns the ways to read the words from i on. There is always at least one.
func (l *lattice) arcsAt(i int) []arc {
	word := l.tokens[i].text
	m := l.reader.model
	f := fan{model: m}
	known := m.id(word) != unknown
	formal := l.addMeanings(&f, i, known && isSyllable(word))
	if formal {
		return f.arcs
	}
	self := arc{tokens: 1, words: []string{word}}
	switch {
	case isWord(word) && (!known || !isSyllable(word)):
		self.cost = costUnknown
	case l.reader.words.isForm(word):
		self.cost = costForm
	}
	f.add(self)
	if !isWord(word) {
		return f.arcs
	}
	if isFolded(word) {
		f.addAll(m.readings[word], word, Diacritics, 0)
	} else if swapped, ok := otherTone(word); ok && m.id(swapped) != unknown {
		f.add(arc{tokens: 1, words: []string{swapped}, kind: Slip, cost: costOtherTone})
	}
	if typed, ok := untype(word); ok && m.id(typed) != unknown {
		f.add(arc{tokens: 1, words: []string{typed}, kind: Telex, cost: costTyped})
	}
	if !known && len(m.readings[word]) == 0 {
		l.addSlips(&f, word)
	}
	return f.arcs
}

// A fan gathers arcs that start at one word.
type fan struct {
	model *model
	arcs  []arc
}

func (f *fan) add(a arc) {
	a.ids = make([]int32, len(a.words))
	for i, w := range a.words {
		a.ids[i] = f.model.id(w)
	}
	f.arcs = append(f.arcs, a)
}

// addAll adds the readings of one word but for the word itself.
func (f *fan) addAll(readings []string, but string, kind RewriteKind, cost float64) {
	for _, w := range readings {
		if w != but {
			f.add(arc{tokens: 1, words: []string{w}, kind: kind, cost: cost})
		}
	}
}

// addMeanings adds what the words from i on stand for, and reports whether the first is a formal
// abbreviation, which has no other reading.
func (l *lattice) addMeanings(f *fan, i int, realWord bool) (formal bool) {
	key := ""
	for n := 1; n <= l.reader.words.longest && i+n <= len(l.tokens); n++ {
		if n > 1 {
			key += " "
		}
		key += l.tokens[i+n-1].text
		for _, mean := range l.reader.words.meanings[key] {
			cost, ok := l.meaningCost(mean, i, n)
			if !ok {
				continue
			}
			switch {
			case !realWord || n > 1:
			case mean.kind == Southern:
				cost += costSpoken
			default:
				cost += costRealWord
			}
			cost += bonusWord * float64(max(0, len(mean.words)-n))
			formal = formal || mean.formal && n == 1
			f.add(arc{tokens: n, words: mean.words, cost: cost, kind: mean.kind})
		}
	}
	return formal
}

// addSlips adds the words one slip away from a word nobody knows. What was typed with diacritics
// keeps those the other word has too.
func (l *lattice) addSlips(f *fan, word string) {
	m := l.reader.model
	if once := squeeze(word); once != word {
		if m.id(once) != unknown {
			f.add(arc{tokens: 1, words: []string{once}, kind: Slip, cost: costTyped})
		}
		f.addAll(m.readings[once], once, Slip, costTyped)
	}
	folded := Fold(word)
	if folded != word { // right letters, wrong mark
		f.addAll(m.readings[folded], word, Slip, costSlip)
	}
	for _, near := range l.reader.slips.of(folded) {
		if near[0] != folded[0] { // people see the first letter
			continue
		}
		for _, w := range m.readings[near] {
			if folded == word || marksAgree(word, w) {
				f.add(arc{tokens: 1, words: []string{w}, kind: Slip, cost: costSlip})
			}
		}
	}
}

// marksAgree reports whether two words have the same tone, hỏi and ngã taken for one, and the same
// marks on their letters.
func marksAgree(a, b string) bool {
	marks := func(word string) (tone int8, shapes string) {
		for _, r := range word {
			l := letterOf(r)
			tone = max(tone, l.tone)
			if tone == 4 {
				tone = 3
			}
			if l.bare != l.shape {
				shapes += string(l.shape)
			}
		}
		return tone, shapes
	}
	toneA, shapesA := marks(a)
	toneB, shapesB := marks(b)
	return toneA == toneB && shapesA == shapesB
}

func isWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func isNumber(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// meaningCost says how likely a meaning is for the n words from i on; ok is false when it cannot
// be meant there.
func (l *lattice) meaningCost(m meaning, i, n int) (cost float64, ok bool) {
	cost = costShort
	if m.bare {
		cost += costBare
	}
	if m.number {
		return cost + bonusNumber, i > 0 && isNumber(l.tokens[i-1].text)
	}
	if len(m.cues) == 0 {
		return cost, true
	}
	for j := max(0, i-cueReach); j < min(len(l.tokens), i+n+cueReach); j++ {
		if _, near := m.cues[Fold(l.tokens[j].text)]; near && (j < i || j >= i+n) {
			return cost + bonusCue, true
		}
	}
	return cost + costNoCue, true
}
