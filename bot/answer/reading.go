package answer

import (
	"regexp"
	"slices"

	"policybot/index/vi"
	"policybot/knowledge"
)

// reading is a question as it was made out: its words, its notions, the day it is about.
type reading struct {
	vi.Reading
	tokens []token
	words  []*knowledge.Word
	today  knowledge.Date
	day    knowledge.Date   // the day the question is about
	span   knowledge.Period // the days it names; today alone when it names none
	dated  bool             // whether it names any
}

// compared is a time that something is only held against: "sao phiếu khác năm ngoái" asks about today.
var compared = regexp.MustCompile(`(?i)(?:khác|khac|so với|so voi|giống|giong|hơn|hon|như|nhu)\s+(?:hồi\s+|hoi\s+|của\s+|cua\s+)?(?:năm|nam|đợt|dot)\s+(?:ngoái|ngoai|trước|truoc|rồi|roi)`)

// docNumber is the number of a document, which is no month: "nq 12 2023".
var docNumber = regexp.MustCompile(`(?i)(?:nghị quyết|nghi quyet|nq|nghị định|nghi dinh|nđ|nd|quyết định|quyet dinh|qđ|qd|thông tư|thong tu|tt)\s+(?:số\s+|so\s+)?\d+\s*[/ ]\s*\d{4}`)

// read makes out a question.
func (a *Answerer) read(q Question) reading {
	r := reading{Reading: vi.Reading{Original: q.Text, Text: vi.Normalize(q.Text)}, today: q.Day}
	if !q.AsTyped {
		r.Reading = a.reader.Read(q.Text)
	}
	r.tokens = tokenize(r.Reading)
	r.words = a.lexicon.find(r.tokens)
	if r.span, r.dated = vi.When(docNumber.ReplaceAllString(compared.ReplaceAllString(q.Text, " "), " "), q.Day); !r.dated {
		r.span = knowledge.Period{From: q.Day, Until: q.Day.AddDays(1)}
	}
	r.day = vi.DayIn(r.span, q.Day)
	return r
}

// has reports whether one of the kind was found.
func (r *reading) has(kind knowledge.WordKind) bool { return len(ofKind(r.words, kind)) > 0 }

// ours reports whether the question is about our subjects at all.
func (r *reading) ours() bool {
	return r.has(knowledge.WordGroup) || r.has(knowledge.WordSubject) || r.names("copay")
}

// names reports whether one of the words was found.
func (r *reading) names(ids ...string) bool {
	return slices.ContainsFunc(r.words, func(w *knowledge.Word) bool { return slices.Contains(ids, w.ID) })
}
