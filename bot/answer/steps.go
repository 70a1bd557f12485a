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

// decide chooses between answering, asking back and saying that there is nothing. A message that as a
// whole gets no answer is taken by its gist.
func (a *Answerer) decide(ctx context.Context, d *draft) (bool, error) {
	if !a.fits(d) {
		gist, err := a.gist(ctx, d)
		if err != nil {
			return false, err
		}
		if gist != nil && a.fits(gist) && d.near(gist.best().card) {
			return true, a.say(d, gist.best().card)
		}
		if gist != nil && d.best().score < likely && d.ours() && gist.ours() && !a.isBeyond(gist) && gist.best().score >= likely {
			d.ranked = gist.ranked // to ask which of these is meant
			return true, a.askBack(d)
		}
	}
	best := d.best()
	switch {
	case a.isBeyond(d):
		return true, a.say(d, a.library.Card(ofKind(d.words, knowledge.WordBeyond)[0].Card))
	case a.isUnclear(d):
		return true, a.askBack(d)
	case a.isSure(d):
		if general := a.general(d); general != nil && a.asksWho(d) {
			return true, a.say(d, general)
		}
		if len(a.options(d)) > 1 && a.asksWho(d) {
			return true, a.askBack(d)
		}
		return true, a.say(d, best.card)
	case d.ours() && best.score >= likely:
		return true, a.askBack(d)
	case d.ours():
		d.Outcome, d.Referral = knowledge.NoEvidence, true
		return true, nil
	case d.leavesOut(a) && d.allKnown(a):
		return true, d.ask(nil)
	}
	d.Outcome = knowledge.OutOfScope
	return true, nil
}

// ask ends a draft with a question back.
func (d *draft) ask(options []Option) error {
	d.Outcome, d.Options = knowledge.Clarify, options
	return nil
}

// askBack ends a draft by asking for whom, where that is what is missing, and else which of the best cards
// is meant.
func (a *Answerer) askBack(d *draft) error {
	if options := a.byGroup(d); options != nil {
		d.Lead = whose
		return d.ask(options)
	}
	return d.ask(a.options(d))
}

// whose asks for the one fact that tells cards apart that are about different people.
const whose = "Bà con hỏi cho ai, thuộc diện nào?"

// byGroup are the best cards of different people, as choices, for a question that names nobody; nil unless
// the best card is about one group and there is another.
func (a *Answerer) byGroup(d *draft) []Option {
	const most, alike = 4, 0.12 // how far from the best they may be
	if d.has(knowledge.WordGroup) || a.groupLabel(d.best().card.ID) == "" {
		return nil
	}
	var options []Option
	seen := map[string]bool{}
	for _, c := range d.ranked {
		if c.score < likely || d.best().score-c.score > alike || len(options) == most {
			break
		}
		if label := a.groupLabel(c.card.ID); label != "" && !seen[label] {
			seen[label] = true
			options = append(options, Option{Ask: c.card.Ask[0], Card: c.card.ID, Label: label})
		}
	}
	if len(options) < 2 {
		return nil
	}
	return options
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
