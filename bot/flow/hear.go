package flow

import (
	"regexp"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
)

// Hear takes a typed text for an answer to the question that is asked. heard is false when it does
// not fit: it is something else, or cannot be used.
func (f *Flows) Hear(s State, today knowledge.Date, text string) (value string, heard bool) {
	p := f.at(s, today)
	q := p.next()
	if q == nil || isQuestion(text) {
		return "", false
	}
	said := plainly(text)
	if doubt.MatchString(said) && len(strings.Fields(said)) <= 8 {
		return Unknown, true
	}
	for _, o := range q.optionsAt(p) {
		if IsLabel(text, o.Label) {
			return o.Value, true
		}
	}
	if q.hear != nil {
		if value, heard = q.hear(p.without(q.fact), text); heard {
			return value, true
		}
	}
	return p.byWords(q, text)
}

// Hint says how to answer the question that is asked, after an answer that does not fit.
func (f *Flows) Hint(s State, today knowledge.Date) string {
	p := f.at(s, today)
	if q := p.next(); q != nil && q.hint != "" {
		return q.hint
	}
	return "Bà con bấm một nút dưới đây giúp tôi."
}

// brief is how many syllables an answer in words of content may have; who says more tells another
// thing.
const brief = 10

// byWords finds the one option that the words of a text stand for.
func (p at) byWords(q *question, text string) (value string, heard bool) {
	if len(strings.Fields(text)) > brief {
		return "", false
	}
	said := p.answers.WordsIn(text)
	for _, c := range q.options {
		if !slices.ContainsFunc(c.words, func(w string) bool { return slices.Contains(said, w) }) {
			continue
		}
		if heard && value != c.Value {
			return "", false
		}
		value, heard = c.Value, true
	}
	return value, heard
}

var (
	asks = regexp.MustCompile(`\?|\b(?:bao nhieu|bao lau|may (?:nguoi|tien|dong|trieu|ngay|thang)|the nao|nhu nao|lam sao|tai sao|vi sao|ra sao|la sao|thi sao|o dau|cho nao|khi nao|la gi|cai gi|lam gi|giup (?:toi|tui|em|con)|cho (?:toi|em|con|tui) hoi)\b` +
		`|\S+ \S+ \S+ (?:khong|ha|hong|ko|hok|khum|chua)$`)
	doubt = regexp.MustCompile(`\b(?:khong|hong|ko|k|hok|chua|chang|cha) (?:biet|ro|nho|chac|hieu)\b|\bquen (?:roi|mat)\b|^khong biet`)
	// padding are words around an answer that tell nothing.
	padding = regexp.MustCompile(`\b(?:da|thua|a|thi|la|nha|toi|tui|em|con|minh|khoang|chung|tam|co le|chac|duoc|dang|roi|vang|uh?|nhe|nha|do)\b`)
	signs   = regexp.MustCompile(`[^\pL\pN/.,%-]+`)
)

// isQuestion reports whether a text asks something instead of answering.
func isQuestion(text string) bool {
	return asks.MatchString(strings.TrimRight(vi.Fold(strings.ToLower(vi.Normalize(text))), " .!"))
}

// IsLabel reports whether a text is what a button says, with or without its marks and signs and the
// words around an answer. Of a label with a number every word counts: "6 triệu" is not "Tới 6 triệu".
func IsLabel(text, label string) bool {
	if l := spelled(label); spelled(text) == l || plainly(text) == l {
		return true
	}
	return !digit.MatchString(label) && plainly(text) == plainly(label)
}

// IsBrief reports whether a text has so few words that whoever was just asked something means it for
// an answer, unless it asks back.
func IsBrief(text string) bool { return len(strings.Fields(text)) <= 5 && !isQuestion(text) }

// spelled writes a text without marks and signs.
func spelled(text string) string {
	s := signs.ReplaceAllString(strings.ToLower(vi.Fold(vi.Normalize(text))), " ")
	return strings.Join(strings.Fields(strings.Trim(s, " .,")), " ")
}

// plainly writes a text without marks, signs and the words around an answer.
func plainly(text string) string {
	s := spelled(text)
	if short := strings.Join(strings.Fields(padding.ReplaceAllString(s, " ")), " "); short != "" {
		return short
	}
	return s
}
