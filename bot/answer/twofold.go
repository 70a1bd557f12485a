package answer

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
)

// joint is where a message may go over from one question to the next; what it matches belongs to neither.
var joint = regexp.MustCompile(`(?i)\s*[,;?!.]+\s+(?:(?:và|va|còn|con|với lại|voi lai|với|voi|rồi|roi)\s+)?|\s+(?:và|va|còn|con|với lại|voi lai|với|voi|cùng với|cung voi)\s+`)

// What a question asks by, without marks: words wherever they stand, and words at its end.
var (
	asking = []string{"nhieu", "may", "gi", "sao", "nao", "dau", "ai"}
	ending = []string{"khong", "chua", "hong", "phai"}
)

// twofold answers a message that asks two things: both, or the one that can be answered with a word on
// the other, which is [knowledge.Partial]. What makes one question only is left to the other steps.
func (a *Answerer) twofold(ctx context.Context, d *draft) (bool, error) {
	if d.question.part || a.isWording(d.tokens) {
		return false, nil
	}
	text := d.question.Text
	for _, at := range joint.FindAllStringIndex(text, most) {
		first, second := text[:at[0]], text[at[1]:]
		if !a.asks(first) || !a.asks(second) || len(a.wordsOf(first)) == 0 {
			continue
		}
		one, two, err := a.both(ctx, d.question, first, second)
		if err != nil {
			return false, err
		}
		if joined, ok := join(one, two, second); ok {
			joined.Asked, joined.Understood, joined.Steps = d.Asked, d.Understood, d.Steps
			d.Answer = joined
			return true, nil
		}
	}
	return false, nil
}

// most is how many places are tried to part a message at.
const most = 4

// isWording reports whether a card is for these very words.
func (a *Answerer) isWording(tokens []token) bool {
	fold := foldOf(tokens)
	for _, x := range a.needs {
		if x.wordings[fold] {
			return true
		}
	}
	return false
}

// asks reports whether a text asks something by itself.
func (a *Answerer) asks(text string) bool {
	tokens := tokenize(a.reader.Read(text))
	if len(tokens) < 2 {
		return false
	}
	return slices.ContainsFunc(tokens, func(t token) bool { return slices.Contains(asking, t.fold) }) ||
		slices.Contains(ending, tokens[len(tokens)-1].fold) || a.lexicon.mentions(tokens, "phone")
}

func (a *Answerer) wordsOf(text string) []*knowledge.Word {
	return a.lexicon.find(tokenize(a.reader.Read(text)))
}

// both answers the two questions of a message, the second one in the light of the first.
func (a *Answerer) both(ctx context.Context, q Question, first, second string) (one, two Answer, err error) {
	q.part = true
	q.Text = first
	if one, err = a.Answer(ctx, q); err != nil {
		return one, two, err
	}
	q.Text, q.Before = second, vi.Normalize(first)
	if who := ofKind(a.wordsOf(first), knowledge.WordGroup); len(who) == 1 && a.isAboutSomebody(second) {
		q.Text = who[0].Label + " " + second
	}
	two, err = a.Answer(ctx, q)
	return one, two, err
}

// isAboutSomebody reports whether a text names a subject of ours without saying whom it is about.
func (a *Answerer) isAboutSomebody(text string) bool {
	words := a.wordsOf(text)
	return len(ofKind(words, knowledge.WordGroup)) == 0 && len(ofKind(words, knowledge.WordSubject)) > 0
}

// join makes one answer of two; ok is false when the two are none, or are one and the same.
func join(one, two Answer, second string) (joined Answer, ok bool) {
	switch {
	case one.Card == nil && two.Card == nil, one.Card == two.Card && one.Day == two.Day:
		return Answer{}, false
	case one.answers() && two.answers():
		return one.with(two)
	case one.answers() && two.refuses():
		return one.without(two, second), true
	case one.refuses() && two.answers():
		return two.without(one, ""), true
	}
	return Answer{}, false
}

func (a Answer) answers() bool {
	return a.Outcome == knowledge.Answered || a.Outcome == knowledge.Partial
}

// refuses reports whether an answer says that there is none.
func (a Answer) refuses() bool {
	return slices.Contains([]knowledge.Outcome{knowledge.NoEvidence, knowledge.CannotConclude, knowledge.OutOfScope}, a.Outcome)
}

// shown is how many bullets of each part stand in a joined answer.
const shown = 2

// with adds another answer. It is not added when it rests on law of other days.
func (a Answer) with(b Answer) (Answer, bool) {
	for _, p := range b.Provisions {
		if !p.Applies.Contains(a.Day) {
			return Answer{}, false
		}
		if !slices.Contains(a.Provisions, p) {
			a.Provisions = append(slices.Clone(a.Provisions), p)
		}
	}
	if b.Outcome == knowledge.Partial {
		a.Outcome = knowledge.Partial
	}
	a.Lead += "\n" + b.Lead
	a.Bullets = slices.Concat(a.Bullets[:min(shown, len(a.Bullets))], b.Bullets[:min(shown, len(b.Bullets))])
	a.More, a.used, a.Besides = nil, slices.Concat(a.used, b.used), &b
	for _, n := range b.Notes {
		if !slices.ContainsFunc(a.Notes, func(o Note) bool { return o.Kind == n.Kind && o.Title == n.Title }) {
			a.Notes = append(slices.Clone(a.Notes), n)
		}
	}
	return a, true
}

// without says beside an answer that the other part has none.
func (a Answer) without(b Answer, part string) Answer {
	a.Outcome, a.Referral = knowledge.Partial, b.Referral
	say := b.Lead
	switch {
	case say == "" && part != "":
		say = fmt.Sprintf("Còn «%s»: tôi chưa có căn cứ để trả lời. Bà con hỏi UBND xã/phường.", strings.Trim(part, " ?!.,"))
	case say == "":
		say = "Phần còn lại tôi chưa có căn cứ để trả lời. Bà con hỏi UBND xã/phường."
	}
	a.Bullets = append(slices.Clone(a.Bullets[:min(2*shown, len(a.Bullets))]), say)
	return a
}
