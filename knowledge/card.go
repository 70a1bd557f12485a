package knowledge

// Topic is one of the subjects that content is sorted by.
type Topic string

// The topics.
const (
	Poverty    Topic = "poverty"    // hộ nghèo, cận nghèo, mới thoát nghèo
	Insurance  Topic = "insurance"  // BHYT: đóng, thẻ, mức hưởng, cùng chi trả
	Training   Topic = "training"   // đào tạo nghề, việc làm
	Credit     Topic = "credit"     // vay vốn chính sách
	Assistance Topic = "assistance" // trợ cấp, hưu trí xã hội, mai táng, khẩn cấp
	Schooling  Topic = "schooling"  // học phí, chi phí học tập
	Living     Topic = "living"     // nhà ở, tiền điện
	Justice    Topic = "justice"    // trợ giúp pháp lý, lý lịch tư pháp
	Locality   Topic = "locality"   // Cần Thơ: đơn vị, cơ quan phụ trách
	Beyond     Topic = "beyond"     // what this bot does not answer, and where to turn
)

// Topics are all of them.
var Topics = []Topic{Poverty, Insurance, Training, Credit, Assistance, Schooling, Living, Justice, Locality, Beyond}

// CardID names an answer card.
type CardID string

// Card is one answer to one need: how people ask for it, and what they read. The texts are
// templates over the figures of the day, see [Library.Render].
type Card struct {
	ID    CardID `yaml:"id"`
	Topic Topic  `yaml:"topic"`
	// Ask are wordings people use, indexed; Probe are others, never indexed, which must find this
	// card all the same.
	Ask   []string `yaml:"ask"`
	Probe []string `yaml:"probe"`
	// WordingsOf names the card whose Ask and Probe are also this one's: the same need at other
	// days.
	WordingsOf CardID   `yaml:"wordings_of"`
	Answer     string   `yaml:"answer"`
	Bullets    []string `yaml:"bullets"`
	More       []string `yaml:"more"` // shown by "Xem thêm"
	Next       []CardID `yaml:"next"`
	// Procedure names the procedure whose papers, place and days the answer can go on to.
	Procedure ProcedureID   `yaml:"procedure"`
	Basis     []ProvisionID `yaml:"basis"`
	Applies   Period        `yaml:"applies"`
	Place     PlaceID       `yaml:"place"`
	// Outcome is how a turn with this card ends; empty: answered.
	Outcome Outcome `yaml:"outcome"`
	// Rule names the calculation that goes before the text when the question brings what it needs.
	Rule        string `yaml:"rule"`
	ConfirmedOn Date   `yaml:"confirmed_on"`
	Draft       bool   `yaml:"draft"`
	Author      string `yaml:"author"`
	CheckedBy   string `yaml:"checked_by"`

	Pos Pos `yaml:"-"`
}

// ProcedureID names an administrative procedure.
type ProcedureID string

// Procedure is an administrative procedure (thủ tục hành chính). Texts are templates, as in [Card].
type Procedure struct {
	ID     ProcedureID `yaml:"id"`
	Topic  Topic       `yaml:"topic"`
	Title  string      `yaml:"title"`
	Who    string      `yaml:"who"`
	Papers []string    `yaml:"papers"` // hồ sơ
	Where  string      `yaml:"where"`
	Steps  []string    `yaml:"steps"`
	Days   string      `yaml:"days"`      // thời hạn giải quyết; empty: not known
	Fee    *string     `yaml:"fee"`       // lệ phí; nil: not known, never read as free
	Signer string      `yaml:"signer"`    // người có thẩm quyền quyết định; empty: not known
	Object string      `yaml:"objection"` // what to do when one disagrees; empty: not known

	Basis       []ProvisionID `yaml:"basis"`
	Applies     Period        `yaml:"applies"`
	Confidence  Confidence    `yaml:"confidence"`
	ConfirmedOn Date          `yaml:"confirmed_on"`

	Pos Pos `yaml:"-"`
}

// Outcome is the way a turn ends. "Nothing found" is an outcome, not an error.
type Outcome string

// The outcomes; product.md says when each is due.
const (
	Answered       Outcome = "answered"
	Partial        Outcome = "partial"         // one part answered, the other said to be missing
	Clarify        Outcome = "clarify"         // one question back
	CannotConclude Outcome = "cannot_conclude" // a deciding fact stays unknown
	NoEvidence     Outcome = "no_evidence"     // in scope, nothing in the library supports an answer
	OutOfScope     Outcome = "out_of_scope"
	Crisis         Outcome = "crisis"  // danger to life, body, child, home; hunger
	Guarded        Outcome = "guarded" // abuse, injection, fraud
	Social         Outcome = "social"  // greeting, thanks
	Step           Outcome = "step"    // a turn inside a flow, a menu, a command
	RateLimited    Outcome = "rate_limited"
	Failed         Outcome = "failed" // our fault
)

// Word is a notion of the domain that questions are read for: a group of people, a subject or an
// aspect of it, with the ways people say it.
type Word struct {
	ID string `yaml:"id"`
	// Kind sorts the notions: two different ones of a kind marked exclusive never mean the same.
	Kind WordKind `yaml:"kind"`
	Says []string `yaml:"says"`
	// Ages are the ages, in full years, that say it as well: "76 tuổi". Nil: none do.
	Ages *Ages `yaml:"ages"`
	// Label is how a button names it, at most 24 characters; empty: it is never offered.
	Label string `yaml:"label"`
	// Implies names broader notions that go with this one.
	Implies []string `yaml:"implies"`
	// Card is what a message with this word gets, for the kinds that are settled by the word alone:
	// crisis, abuse, social and beyond.
	Card CardID `yaml:"card"`
	// Yields says that a danger gives way to a question about our subjects: "má bị tai biến nằm
	// viện trả bao nhiêu" asks for a bill, not for an ambulance. A subject that is not ours gives way
	// to a card that fits a subject of ours firmly: "xin tiền" is an order, "xin tiền người già" none.
	Yields bool `yaml:"yields"`
	// Exact says that a danger in one or two syllables must have its marks, typed or restored, because
	// without them it reads like everyday words: "bị đói", "bị đòi".
	Exact bool `yaml:"exact"`
	// Typed says that short ways to say it count only with the marks that the person typed: "con sot
	// 38 do cho uong" insults nobody.
	Typed bool `yaml:"typed"`

	Pos Pos `yaml:"-"`
}

// Ages is a span of full years of life: from the first age up to, but not including, Until (0: no
// end).
type Ages struct {
	From  int `yaml:"from"`
	Until int `yaml:"until"`
}

// Contains reports whether someone of that age is meant.
func (a Ages) Contains(age int) bool { return age >= a.From && (a.Until == 0 || age < a.Until) }

// WordKind is what a [Word] is about.
type WordKind string

// The kinds of words.
const (
	WordGroup   WordKind = "group"   // who: hộ nghèo, học sinh, người cao tuổi …
	WordSubject WordKind = "subject" // what: BHYT, học nghề, vay vốn …
	WordAspect  WordKind = "aspect"  // which side of it: mức đóng, giấy tờ, thời hạn …
	WordCrisis  WordKind = "crisis"  // danger; outcome crisis
	WordAbuse   WordKind = "abuse"   // insult, injection, forgery; outcome guarded
	WordSocial  WordKind = "social"  // greeting, thanks, goodbye
	WordBeyond  WordKind = "beyond"  // subjects this bot does not answer
	WordFiller  WordKind = "filler"  // courtesy, address, the telling of a story: asks nothing
)
