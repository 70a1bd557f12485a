package answer

import (
	"context"
	"slices"
	"strings"

	"policybot/bot/places"
	"policybot/knowledge"
)

// nowCalled is the card under which the bot says what a former unit is called now.
const nowCalled = "ward_lookup"

// withoutWards returns the tokens without the names of wards, of their hamlets and of the former
// districts beside them: where somebody lives does not change what is asked about it. "Phường" and
// "xã" stay.
func withoutWards(g *places.Gazetteer, tokens []token) []token {
	folds := foldsOf(tokens)
	var rest []token
	for i := 0; i < len(tokens); {
		n := g.Named(folds, i)
		if n == 0 {
			rest = append(rest, tokens[i])
			i++
			continue
		}
		rest = withoutHamlet(rest)
		i += n
		i += g.District(folds[i:])
	}
	return rest
}

// farthest is how many syllables before the kind of a ward the word for a hamlet may stand.
const farthest = 5

// withoutHamlet takes a hamlet out of tokens that end in the kind of a ward: "khu vực Phúc Lộc 3 phường".
func withoutHamlet(tokens []token) []token {
	kind := len(tokens) - 1
	for i := kind - 1; i >= max(0, kind-farthest); i-- {
		switch w := tokens[i].fold; {
		case w == "ap" && tokens[i+1].fold != "dung", w == "khom": // "áp dụng" is no hamlet
			return append(slices.Clone(tokens[:i]), tokens[kind])
		case w == "vuc" && i > 0 && tokens[i-1].fold == "khu":
			return append(slices.Clone(tokens[:i-1]), tokens[kind])
		}
	}
	return tokens
}

func foldsOf(tokens []token) []string {
	folds := make([]string, len(tokens))
	for i, t := range tokens {
		folds[i] = t.fold
	}
	return folds
}

func foldOf(tokens []token) string { return strings.Join(foldsOf(tokens), " ") }

// place says what a former unit is called now, when a question about names is asked.
func (a *Answerer) place(_ context.Context, d *draft) (bool, error) {
	if !slices.ContainsFunc(d.words, func(w *knowledge.Word) bool { return w.ID == "ward" }) {
		return false, nil
	}
	mentioned := a.places.Mentioned(foldsOf(a.lexicon.without(d.tokens, of(knowledge.WordSubject))))
	i := slices.IndexFunc(a.library.Cards, func(c *knowledge.Card) bool { return c.Rule == nowCalled })
	if len(mentioned) == 0 || i < 0 {
		return false, nil
	}
	if err := a.say(d, a.library.Cards[i]); err != nil {
		return false, err
	}
	var lines []string
	for _, p := range mentioned {
		if line := p.Now(); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	d.Outcome, d.Lead, d.Bullets, d.More = knowledge.Answered, lines[0], nil, nil
	if len(lines) > 1 {
		d.Outcome = knowledge.Clarify
		d.Lead, d.Bullets = "Tên này có nhiều nơi. Bà con ở chỗ nào trong mấy chỗ dưới đây?", lines
	}
	return true, nil
}
