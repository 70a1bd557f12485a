package answer

import (
	"context"
	"regexp"
	"slices"

	"policybot/knowledge"
)

// clauseEnd is where one clause of a message may end and the next begin: at a stop, or before a word that
// goes over from the story to the question. What it matches belongs to neither.
var clauseEnd = regexp.MustCompile(`(?i)\s*[,;:!?…]+\s+|\s*\.+\s+|\s*\n\s*|\s+-\s+` +
	`|(?:^|\s+)(?:(?:cho|xin)(?: \pL+)? (?:hỏi|hoi)(?: (?:thêm|them|là|la|chút|chut|xíu|xiu))*` +
	`|(?:muốn|muon) (?:hỏi|hoi)(?: (?:là|la))?|(?:hổng|hông|không|khong|hong|ko|k|hok) (?:biết|biet)(?: (?:là|la))?` +
	`|(?:vậy|vay) (?:thì|thi|là|la|có phải|co phai)|(?:giờ|gio|bây giờ|bay gio|nay) (?:thì|thi)|(?:mà|ma) (?:giờ|gio|sao)|(?:nên|nen) (?:giờ|gio))\s+`)

// clause is a part of a message.
type clause struct {
	tokens []token
	words  []*knowledge.Word
}

func (a *Answerer) clauses(text string) []clause {
	var all []clause
	for _, part := range clauseEnd.Split(text, -1) {
		tokens := a.lexicon.without(tokenize(a.reader.Read(part)), of(knowledge.WordFiller, knowledge.WordSocial))
		if len(tokens) > 0 {
			all = append(all, clause{tokens, a.lexicon.find(tokens)})
		}
	}
	return all
}

// asks reports whether the clause asks something.
func (c clause) asks() bool {
	const address = 1 // syllables that may follow: "được hông cháu"
	end := c.tokens[max(0, len(c.tokens)-1-address):]
	return slices.ContainsFunc(end, func(t token) bool { return slices.Contains(ending, t.fold) }) || slices.ContainsFunc(c.tokens, func(t token) bool { return slices.Contains(asking, t.fold) })
}

// isTelling reports whether a word says what a question is about, more than that it asks how much.
func isTelling(w *knowledge.Word) bool {
	return w.Kind == knowledge.WordGroup || w.Kind == knowledge.WordSubject || w.Kind == knowledge.WordAspect && w.ID != "amount" && !isFrame(w)
}

// ofBill are the aspects of a treatment, that a story may tell before it asks for the money.
var ofBill = []string{"copay", "premium", "inpatient", "outpatient"}

// tells returns the words of the clause that say whom or what a question after it is about.
func (c clause) tells(subjects bool) []*knowledge.Word {
	var told []*knowledge.Word
	for _, w := range c.words {
		if w.Kind == knowledge.WordGroup || subjects && (w.Kind == knowledge.WordSubject || slices.Contains(ofBill, w.ID)) {
			told = append(told, w)
		}
	}
	return told
}

// gist takes the clause that asks out of a message, with what the others say of the people it is about;
// what else the story tells counts no longer. It is nil when the message is all question.
func (a *Answerer) gist(ctx context.Context, d *draft) (*draft, error) {
	all := a.clauses(d.question.Text)
	i := len(all) - 1
	for i >= 0 && !all[i].asks() {
		i--
	}
	if i < 0 || len(all[i].tokens) == len(d.tokens) {
		return nil, nil
	}
	g := &draft{question: d.question, reading: d.reading}
	g.tokens, g.words = slices.Clone(all[i].tokens), slices.Clone(all[i].words)
	from := i
	if i > 0 && !slices.ContainsFunc(g.words, isTelling) { // "học có được tiền ăn không, ngày bao nhiêu"
		from--
		g.tokens = slices.Concat(all[from].tokens, g.tokens)
		g.words = a.lexicon.find(g.tokens)
	}
	subjects := !g.has(knowledge.WordSubject)
	for j, c := range all {
		if j >= from && j <= i {
			continue
		}
		for _, w := range c.tells(subjects) {
			g.words = a.lexicon.with(g.words, w)
		}
	}
	for _, w := range ofKind(d.words, knowledge.WordBeyond) {
		if !w.Yields || subjects {
			g.words = a.lexicon.with(g.words, w)
		}
	}
	g.reading.Text = textOf(g.tokens)
	var err error
	g.ranked, err = a.rank(ctx, &g.reading)
	return g, err
}

// near reports whether the message as a whole comes near to a card as well: the best of a short one, among
// the best of a story.
func (d *draft) near(c *knowledge.Card) bool {
	const story, few = 20, 3 // syllables, cards
	top := d.ranked[:min(few, len(d.ranked))]
	if len(d.tokens) <= story {
		top = top[:min(1, len(top))]
	}
	return slices.ContainsFunc(top, func(o candidate) bool { return o.card == c })
}
