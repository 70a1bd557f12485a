package answer

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"policybot/index/vi"
	"policybot/knowledge"
)

// longest is how much of a message is read, in runes; nobody types more to ask one thing.
const longest = 2000

// clean reads the question. What holds no letter or digit asks for nothing.
func (a *Answerer) clean(_ context.Context, d *draft) (bool, error) {
	if utf8.RuneCountInString(d.question.Text) > longest {
		d.question.Text = string([]rune(d.question.Text)[:longest])
	}
	d.reading = a.read(d.question)
	d.understand()
	if len(d.tokens) == 0 {
		d.Outcome = knowledge.Clarify
		return true, nil
	}
	return false, nil
}

// understand takes over into the answer how the question was read.
func (d *draft) understand() {
	d.Day, d.Dated, d.Asked = d.day, d.dated, d.reading.Text
	if d.Doubtful() {
		d.Understood = d.reading.Text
	}
}

// danger settles messages of people in danger, and those the bot does not go along with.
func (a *Answerer) danger(_ context.Context, d *draft) (bool, error) {
	for _, kind := range []knowledge.WordKind{knowledge.WordCrisis, knowledge.WordAbuse} {
		for _, w := range ofKind(d.words, kind) {
			if w.Yields && d.asksPolicy() || a.isOver(d, w) {
				continue
			}
			return true, a.say(d, a.library.Card(w.Card))
		}
	}
	return false, nil
}

// isOver reports whether a fire or a flood lies behind, and what is asked is the help for it: "nước cuốn mất
// nhà năm rồi, xin tiền cất lại".
func (a *Answerer) isOver(d *draft, w *knowledge.Word) bool {
	return (w.Card == "khan-cap-chay" || w.Card == "khan-cap-thien-tai") && d.dated && d.day.Before(d.today.AddDays(-1)) &&
		d.names("amount", "papers", "where", "eligible")
}

// asksPolicy reports whether a message with a danger in it asks for one of our subjects all the same.
// That it names people is not enough: "em bé bị ngộ độc" wants help; nor that it names a fire or a
// flood, unless it asks what is paid for it.
func (d *draft) asksPolicy() bool {
	return slices.ContainsFunc(d.words, func(w *knowledge.Word) bool {
		return w.Kind == knowledge.WordSubject && w.ID != "emergency"
	}) || d.names("copay", "premium") || d.names("amount", "papers", "percent") && d.ours()
}

// manners settles a greeting, a thank-you and the like, when nothing else is in the message.
func (a *Answerer) manners(_ context.Context, d *draft) (bool, error) {
	const chatter = 3 // syllables that may stand beside it
	social := ofKind(d.words, knowledge.WordSocial)
	if len(social) == 0 || d.ours() || d.has(knowledge.WordBeyond) {
		return false, nil
	}
	if len(a.lexicon.without(d.tokens, of(knowledge.WordSocial))) > chatter {
		return false, nil
	}
	return true, a.say(d, a.library.Card(social[len(social)-1].Card))
}

// retrieve ranks the cards. What leaves out its subject is tried together with the question before
// it as well, unless it makes sense by itself.
func (a *Answerer) retrieve(ctx context.Context, d *draft) (bool, error) {
	var err error
	if d.ranked, err = a.rank(ctx, &d.reading); err != nil || !a.followsUp(d) || a.standsAlone(d) {
		return false, err
	}
	merged := a.merge(d.question)
	ranked, err := a.rank(ctx, &merged)
	if err == nil && len(ranked) > 0 && (ranked[0].score >= sure || ranked[0].score > d.best().score || merged.ours() && !d.ours() && ranked[0].score >= fair) {
		d.reading, d.ranked = merged, ranked
		d.understand()
	}
	return false, err
}

// best is the card that fits best; the zero candidate when none does.
func (d *draft) best() candidate {
	if len(d.ranked) == 0 {
		return candidate{}
	}
	return d.ranked[0]
}

// here are the names of the city, which settle where a question is about.
var here = []string{"can tho", "soc trang", "hau giang"}

// province settles questions about the rules of another province. A hospital may lie anywhere, so a
// question about treatment is not one of them.
func (a *Answerer) province(_ context.Context, d *draft) (bool, error) {
	fold := vi.Fold(d.reading.Text)
	w := a.lexicon.byID[otherProvince]
	if w == nil || !slices.Contains(d.words, w) || slices.ContainsFunc(here, func(s string) bool { return strings.Contains(fold, s) }) {
		return false, nil
	}
	if slices.ContainsFunc(d.words, func(w *knowledge.Word) bool { return w.ID == "copay" || w.ID == "transfer" || w.ID == "self_referred" }) {
		return false, nil
	}
	if a.knowsProvince(d) {
		return false, nil
	}
	return true, a.say(d, a.library.Card(w.Card))
}

// otherProvince is the word that names the provinces beside ours.
const otherProvince = "other_province"

// knowsProvince reports whether the best card is for those who have heard of another province.
func (a *Answerer) knowsProvince(d *draft) bool {
	best := d.best()
	return d.names(otherProvince) && best.score >= sure && a.needs[best.card.ID].foreign
}

// decide chooses between answering, asking back and saying that there is nothing.
func (a *Answerer) decide(_ context.Context, d *draft) (bool, error) {
	best := d.best()
	beyond := ofKind(d.words, knowledge.WordBeyond)
	switch {
	case len(beyond) > 0 && best.score < certain && !a.knowsProvince(d) && !(beyond[0].Yields && best.score >= firm && d.has(knowledge.WordSubject)):
		return true, a.say(d, a.library.Card(beyond[0].Card))
	case best.score >= likely && (d.tooShort(a) || d.vague()):
		return true, d.ask(a.options(d))
	case best.score >= sure && d.ours() || d.standsOut(a) || d.clearlyFirst(a):
		if options := a.options(d); len(options) > 1 && a.asksWho(d) {
			if general := a.general(d); general != nil {
				return true, a.say(d, general)
			}
			return true, d.ask(options)
		}
		return true, a.say(d, best.card)
	case d.ours() && best.score >= likely:
		return true, d.ask(a.options(d))
	case d.ours():
		d.Outcome, d.Referral = knowledge.NoEvidence, true
		return true, nil
	case (d.has(knowledge.WordAspect) || len(d.tokens) < 6) && d.allKnown(a):
		return true, d.ask(nil)
	}
	d.Outcome = knowledge.OutOfScope
	return true, nil
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

// ask ends a draft with a question back.
func (d *draft) ask(options []Option) error {
	d.Outcome, d.Options = knowledge.Clarify, options
	return nil
}

// options are the best cards, as choices.
func (a *Answerer) options(d *draft) []Option {
	const most = 3
	var options []Option
	for _, c := range d.ranked {
		if c.score < likely || len(options) == most {
			break
		}
		options = append(options, Option{Ask: c.card.Ask[0], Card: c.card.ID, Line: c.card.Ask[0]})
	}
	return a.label(d, options)
}

// label names the choices by the people they are about, where that tells them apart; else they are
// numbered.
func (a *Answerer) label(d *draft, options []Option) []Option {
	labels := map[string]bool{}
	for _, o := range options {
		if name := a.groupLabel(o.Card); name != "" {
			labels[name] = true
		}
	}
	for i := range options {
		if len(options) > 1 && len(labels) == len(options) && !d.has(knowledge.WordGroup) {
			options[i].Label, options[i].Line = a.groupLabel(options[i].Card), ""
			continue
		}
		options[i].Label = string(rune('1' + i))
	}
	return options
}

// groupLabel names the one group a card is about; empty when it is about none or several.
func (a *Answerer) groupLabel(id knowledge.CardID) string {
	groups := a.needs[id].about
	if len(groups) != 1 {
		return ""
	}
	for g := range groups {
		return a.lexicon.byID[g].Label
	}
	return ""
}
