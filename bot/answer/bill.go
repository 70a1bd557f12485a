package answer

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/copay"
)

// cardGroups names the people on insurance cards as the figures of [copay] do, by the ID of the word.
var cardGroups = map[string]string{"poor": "poor", "near_poor": "near_poor", "family": "household", "student": "student",
	"pensioner": "pension", "social_aid": "allowance", "farm_average": "farmer", "worker": "worker",
	"trafficked": "trafficking", "village_post": "local_force"}

// cardLetters are the first letters of a card's code, and the word they stand for.
var cardLetters = map[string]string{"hn": "poor", "cn": "near_poor", "gd": "family", "hs": "student", "sv": "student", "ht": "pensioner", "bt": "social_aid", "te": "child6"}

// hospitals are the words that tell the class of a hospital.
var hospitals = map[string]copay.Facility{"health_station": copay.Primary, "hospital_district": copay.FormerDistrict,
	"hospital_province": copay.Province, "hospital_central": copay.Central}

// billWords may stand in a question about a bill; treatment of them makes it one.
var (
	treatment = []string{"copay", "inpatient", "outpatient", "self_referred", "emergency_care", "hospital_central", "hospital_province", "hospital_district", "health_station"}
	billWords = append([]string{"insurance", "card_code", "transfer", "registered", "social_pension", "amount", "percent", "howto", "urban", "rural", "other_province"}, treatment...)
)

var (
	// otherMoney is money that is no bill: an income, an allowance, what was paid already.
	otherMoney = regexp.MustCompile(`\b(thu nhap|luong( huu)?|tro cap|xa hoi|linh|tra( het)?|thu|dong|tam ung|luy ke)( \w+)? (\d|\w+ (trieu|ngan|nghin|tram|muoi))`)
	// howMuch asks for a sum and states none.
	howMuch = regexp.MustCompile(`\b(may|bao nhieu|nhieu) (trieu|ngan|nghin|tram|chuc|dong)\b`)
	// rate is money by the day or the head.
	rate = regexp.MustCompile(`/ ?(ngay|dem|thang|lan|nguoi)\b|\b(mot|moi|1) (ngay|dem|thang|nguoi)\b`)
	// denied says that somebody has no card, or is not of a group.
	denied = regexp.MustCompile(`\b(khong|chua|chang|ko|k|hong|hok)( \w+){0,2} (bhyt|bao hiem|the|ngheo)\b|\bthe( \w+){0,2} het han\b`)
	// astray and sent tell how somebody came to the hospital, where no word of the lexicon does.
	astray = regexp.MustCompile(`\b(khong|chua|ko|k|hong)( \w+)? (dung (tuyen|noi)|(giay|phieu) chuyen)`)
	sent   = regexp.MustCompile(`\bdung (tuyen|noi)\b|\bco (giay|phieu) chuyen|\bduoc chuyen (vien|tuyen|len)`)
)

// stay is a visit to a hospital as a question tells of it.
type stay struct {
	copay.Case
	routed bool // whether it tells how the patient came there
	span   knowledge.Period
}

// part is who pays what on the days of a period, in one kind of care.
type part struct {
	copay.Result
	care copay.Care
	days knowledge.Period
	on   knowledge.Date // the day among them whose rules are cited
}

// bill settles a question that states what a treatment cost, by working out who pays what of it.
func (a *Answerer) bill(_ context.Context, d *draft) (settled bool, err error) {
	s, told := a.stayIn(d)
	if !told {
		return false, nil
	}
	if len(s.Groups) == 0 {
		a.askCard(d)
		return true, nil
	}
	if s.Route == copay.SelfReferred && s.Facility == "" {
		return true, a.dependsOnHospital(d, s)
	}
	parts, err := a.parts(s)
	if errors.Is(err, knowledge.ErrNotKnown) {
		return true, a.billNotKnown(d, s)
	}
	if err != nil {
		return false, fmt.Errorf("share a bill: %w", err)
	}
	d.Outcome, d.Referral = knowledge.Answered, false
	d.Lead = s.lead(parts)
	d.Bullets = append(arithmetic(parts), a.conditions(d, s, parts)...)
	return true, a.restBill(d, s, parts)
}

// stayIn reads a stay; told is false when the question states no single bill, or is about something
// else as well.
func (a *Answerer) stayIn(d *draft) (s stay, told bool) {
	const least = 10_000 // a smaller sum is no bill
	amounts := slices.DeleteFunc(vi.Amounts(d.question.Text), func(v knowledge.VND) bool { return v < least })
	if len(amounts) != 1 || !slices.ContainsFunc(d.words, func(w *knowledge.Word) bool { return slices.Contains(treatment, w.ID) }) {
		return s, false
	}
	for _, w := range d.words {
		if w.Kind != knowledge.WordGroup && w.Kind != knowledge.WordCrisis && w.Kind != knowledge.WordSocial && !slices.Contains(billWords, w.ID) {
			return s, false
		}
	}
	// What was typed, not what was read: the reader makes "không" of the k of "200k".
	typed := strings.ToLower(vi.Fold(vi.Normalize(d.question.Text)))
	if d.says("merit") || d.says("poor") && d.says("near_poor") { // levels of several kinds; two households
		return s, false
	}
	if otherMoney.MatchString(howMuch.ReplaceAllString(typed, "?")) || rate.MatchString(typed) || denied.MatchString(typed) {
		return s, false
	}
	s.Day, s.Bill, s.span = d.day, amounts[0], d.span
	if s.span.Until.IsZero() { // "từ 1/1/2026": up to today
		s.span.Until = d.today.AddDays(1)
	}
	if !s.span.Contains(s.span.From) {
		s.span = knowledge.Period{From: d.day, Until: d.day.AddDays(1)}
	}
	if g := a.cardGroup(d); g != "" {
		s.Groups = []copay.Group{copay.Group(g)}
	}
	s.Care, s.Facility = a.care(d), d.hospital()
	s.Route, s.routed = d.route(typed)
	return s, true
}

// says reports whether the question has the word.
func (d *draft) says(id string) bool {
	return slices.ContainsFunc(d.words, func(w *knowledge.Word) bool { return w.ID == id })
}

// mentions reports whether the text holds the word, also where another word says the same: "nội trú"
// is what is asked about as well as a kind of care.
func (x *lexicon) mentions(tokens []token, id string) bool {
	for i := range tokens {
		for _, s := range x.byFirst[tokens[i].fold] {
			if s.word.ID == id && matches(tokens[i:], s) {
				return true
			}
		}
	}
	return false
}

func (a *Answerer) care(d *draft) copay.Care {
	switch in, out := a.lexicon.mentions(d.tokens, "inpatient"), a.lexicon.mentions(d.tokens, "outpatient"); {
	case in && !out:
		return copay.Inpatient
	case out && !in:
		return copay.Outpatient
	}
	return ""
}

// hospital returns the class that the question tells, if it tells just one.
func (d *draft) hospital() copay.Facility {
	var told []copay.Facility
	for id, f := range hospitals {
		if d.says(id) {
			told = append(told, f)
		}
	}
	if len(told) != 1 {
		return ""
	}
	return told[0]
}

func (d *draft) route(typed string) (r copay.Route, told bool) {
	switch {
	case d.says("emergency_care"):
		return copay.Emergency, true
	case d.says("self_referred"), astray.MatchString(typed):
		return copay.SelfReferred, true
	}
	return copay.Registered, sent.MatchString(typed)
}

// cardGroup returns the group of the card; empty: it is not told. Of several groups the one with the
// highest benefit level counts, as the law has it.
func (a *Answerer) cardGroup(d *draft) (group string) {
	words, childCard := slices.Clone(d.words), false
	for i, t := range d.tokens {
		letters := strings.TrimRight(t.fold, "12345")
		marked := letters != t.fold || i > 0 && (d.tokens[i-1].fold == "the" || d.tokens[i-1].fold == "ma")
		if w := a.lexicon.byID[cardLetters[letters]]; w != nil && marked {
			words = append(words, w)
			childCard = childCard || w.ID == "child6"
		}
	}
	best := int64(-1)
	for _, w := range words {
		name := cardGroups[w.ID]
		if w.ID == "child6" && (childCard || d.isChild(w)) {
			name = "child"
		}
		if d.says("social_pension") && w.ID == "older75" {
			name = "social_pension_75"
		}
		if d.says("social_pension") && (w.ID == "older70" || w.ID == "older60") {
			name = "social_pension"
		}
		if name == "" {
			continue
		}
		level := int64(0)
		if v, err := a.library.Figure("copay."+name+".fund", d.day); err == nil {
			level = v.Amount.N
		}
		if level > best {
			best, group = level, name
		}
	}
	return group
}

// isChild reports whether the patient is said to be a child below the age of the word: "em bé" may
// be the reason for the stay instead.
func (d *draft) isChild(w *knowledge.Word) bool {
	told := slices.ContainsFunc(ages(d.tokens), func(n int) bool { return w.Ages != nil && w.Ages.Contains(n) })
	return told || strings.Contains(vi.Fold(d.reading.Text), "duoi 6 tuoi")
}

// askCard asks whose card it is.
func (a *Answerer) askCard(d *draft) {
	d.Outcome, d.Lead = knowledge.Clarify, "Thẻ BHYT của mình thuộc diện nào?"
	ids := []string{"poor", "near_poor", "family", "student", "pensioner"}
	if d.says("social_pension") {
		d.Lead = "Người bệnh bao nhiêu tuổi?"
		ids = []string{"older75", "older70"}
	}
	question := strings.TrimRight(strings.TrimSpace(d.question.Text), ".?! ")
	for _, id := range ids {
		if w := a.lexicon.byID[id]; w != nil && w.Label != "" {
			d.Options = append(d.Options, Option{Label: w.Label, Ask: question + ", thẻ " + lowerFirst(w.Label)})
		}
	}
}

func lowerFirst(s string) string {
	r := []rune(s)
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

// parts works out the stay for each kind of care that is possible and for all days of its span.
// What comes out the same is told once.
func (a *Answerer) parts(s stay) ([]part, error) {
	cares := []copay.Care{s.Care}
	if s.Care == "" {
		cares = []copay.Care{copay.Inpatient, copay.Outpatient}
	}
	var parts []part
	for _, s.Care = range cares {
		some, err := a.daysOf(s)
		if err != nil {
			return nil, err
		}
		same := len(parts) > 0 && slices.EqualFunc(parts, some, func(p, q part) bool { return p.Patient == q.Patient && p.days == q.days })
		if !same {
			parts = append(parts, some...)
		}
	}
	return parts, nil
}

// daysOf works out the stay for all days of its span; days with the same result are one part.
func (a *Answerer) daysOf(s stay) ([]part, error) {
	var parts []part
	asked := s.Day
	for day := s.span.From; s.span.Contains(day); {
		s.Day = day
		result, err := copay.Share(a.library, s.Case)
		if err != nil {
			return nil, err
		}
		days := s.span.Intersect(knowledge.Period{From: day})
		for _, v := range result.Used {
			days = days.Intersect(v.Period)
		}
		days.From = day
		n := len(parts)
		switch next := (part{result, s.Care, days, day}); {
		case n == 0 || parts[n-1].Patient != result.Patient:
			parts = append(parts, next)
		case asked.Before(day):
			parts[n-1].days.Until = days.Until
		default:
			next.days.From = parts[n-1].days.From
			parts[n-1] = next
		}
		day = days.Until
	}
	return parts, nil
}
