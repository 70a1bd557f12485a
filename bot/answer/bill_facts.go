package answer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/copay"
)

// hospitals are the words that tell the class of a hospital. One of a former province may be of
// either level, which makes no difference.
var hospitals = map[string]knowledge.Fact[copay.Facility]{"health_station": knowledge.Known(copay.Primary), "hospital_district": knowledge.Known(copay.FormerDistrict),
	"hospital_province": knowledge.Known(copay.Province), "hospital_central": knowledge.Known(copay.Central)}

// billWords may stand in a question about a bill; treatment of them makes it one.
var (
	treatment = []string{"copay", "inpatient", "outpatient", "self_referred", "emergency_care", "hospital_central", "hospital_province", "hospital_district", "health_station"}
	billWords = append([]string{"insurance", "card_code", "transfer", "registered", "social_pension", "five_years", "outside_list", "grave_disease", "amount", "percent", "howto",
		"urban", "rural", "other_province"}, treatment...)
	// besideYears are words that mean paying, which five years of insurance come with.
	besideYears = []string{"premium", "yearly"}
)

var (
	// rate is money by the day or the head.
	rate = regexp.MustCompile(`/ ?(ngay|dem|thang|lan|nguoi)\b|\b(mot|moi|1) (ngay|dem|thang|nguoi)\b`)
	// denied says that somebody has no card, or is not of a group.
	denied = regexp.MustCompile(`\b(khong|chua|chang|ko|k|hong|hok)( \w+){0,2} (bhyt|bao hiem|the|ngheo)\b|\bthe( \w+){0,2} het han\b`)
	// astray and sent tell how somebody came to the hospital, where no word of the lexicon does.
	astray = regexp.MustCompile(`\b(khong|chua|ko|k|hong|hok)( \w+)? (dung (tuyen|noi)|(giay|phieu) chuyen)`)
	sent   = regexp.MustCompile(`\bdung (tuyen|noi)\b|\bco (giay|phieu) chuyen|\bduoc chuyen (vien|tuyen|len)` +
		`|\bchuyen (vien|tuyen)( \w+){0,2} co (giay|phieu)\b|\b(bac si|benh vien|bv)( \w+)? (cho|ghi) (giay )?chuyen\b`)

	fiveYears    = regexp.MustCompile(`\b(5|nam) nam (lien|lien tuc|lien tiep|tro len)\b|\b(du|hon|tren|qua) (5|nam) nam\b|\b(lien tuc|lien tiep|tham gia|mua|dong)( \w+){0,3} (5|nam) nam\b`)
	notFiveYears = regexp.MustCompile(`\b(chua|khong|ko|k|hong|hok)( \w+){0,3} (5|nam) nam\b|\bmoi( \w+){0,4} (mot|hai|ba|bon|[1-4]) nam\b`)
	monthOfYear  = regexp.MustCompile(`\bthang \d{1,2} nam\b`)
	listed       = regexp.MustCompile(`\b(trong|thuoc)( \w+)? danh muc( \w+){0,4} (benh hiem|hiem ngheo|ky thuat cao)\b|\bbenh (hiem|hiem ngheo)( \w+){0,3} (trong|thuoc)( \w+)? danh muc\b`)
	notListed    = regexp.MustCompile(`\b(khong|chua)( \w+){0,2} (trong|thuoc)( \w+)? danh muc( \w+){0,4} (benh hiem|hiem ngheo|ky thuat cao)\b`)
	paidNothing  = regexp.MustCompile(`\b(chua|khong) (he )?(cung|dong) chi tra (lan nao|dong nao|gi)\b`)
	clinic       = regexp.MustCompile(`\b(phong kham da khoa|pkdk) (khu vuc|kv)\b|\bpkdkkv\b`)
	basic        = regexp.MustCompile(`\b(cap )?co ban\b`)
	points       = regexp.MustCompile(`\b(duoi |chua toi )?(\d{1,3}) diem\b`)
	// buys says that it is about the premium; paying alone may as well be at the hospital's desk.
	buys      = regexp.MustCompile(`\b(mua|tham gia|muc dong|phi bao hiem)\b|\bdong( \w+)? (bhyt|bao hiem|the)\b`)
	notGraded = regexp.MustCompile(`\b(tam xep|chua xep)( \w+)? (cap|hang)\b`)
)

// stay is a visit to a hospital as a question tells of it.
type stay struct {
	copay.Facts
	across bool // the days are those of one stay, not a time in which the visit lies
	apart  bool // it is not told whether Outside is a part of the bill
	grave  bool // it is about a grave disease, which may be on the list
}

// stayIn reads a stay; told is false when the question states no single bill, or is about something
// else as well.
func (a *Answerer) stayIn(d *draft) (s stay, told bool) {
	if !slices.ContainsFunc(d.words, func(w *knowledge.Word) bool { return slices.Contains(treatment, w.ID) }) {
		return s, false
	}
	// What was typed, not what was read: the reader makes "không" of the k of "200k".
	typed := strings.ToLower(vi.Fold(vi.Normalize(d.question.Text)))
	s.Day, s.Days = d.day, d.span
	if s.Days.Until.IsZero() { // "từ 1/1/2026": up to today
		s.Days.Until = d.today.AddDays(1)
	}
	if !s.Days.Contains(s.Days.From) || !s.Days.Contains(s.Day) {
		s.Days = knowledge.Period{From: d.day, Until: d.day.AddDays(1)}
	}
	s.Care = a.care(d)
	c, in := s.Care.Value()
	_, lasted := vi.Stay(d.question.Text, d.today)
	s.across = in && c == copay.Inpatient && lasted
	s.Facility, s.Route = a.hospital(d, typed), d.route(typed)
	a.hearCard(d, &s.Facts)
	s.FiveYears = yearsIn(typed)
	if hardArea.MatchString(typed) {
		s.HardArea = knowledge.Known(true)
	}
	s.Listed, s.grave = listedIn(typed), d.names("grave_disease")
	money := billMoneyIn(d.question.Text)
	s.Paid = money.paid
	if paidNothing.MatchString(typed) {
		s.Paid = knowledge.Known[knowledge.VND](0)
	}
	if !s.takes(money) {
		return s, false
	}
	return s, !a.besideBill(d, s, typed)
}

// takes puts the one bill and what the insurance does not cover into the facts; false when there is no
// one bill.
func (s *stay) takes(m billMoney) bool {
	if m.other || len(m.bill) != 1 || len(m.outside) > 1 {
		return false
	}
	bill := m.bill[0]
	if len(m.outside) == 1 {
		s.Outside = m.outside[0]
		s.apart = !m.beside && !m.within
		if m.within && s.Outside <= bill {
			bill -= s.Outside
		}
	}
	s.Bill = knowledge.Known(bill)
	return true
}

// besideBill reports whether a question is about something else than a bill as well.
func (a *Answerer) besideBill(d *draft, s stay, typed string) bool {
	five, _ := s.FiveYears.Value()
	for _, w := range d.words {
		known := slices.Contains(billWords, w.ID) || w.ID == "premium" && !buys.MatchString(typed) || (five || s.Paid.Told()) && slices.Contains(besideYears, w.ID) || w.ID == "unemployment" && d.names("jobless")
		if w.Kind != knowledge.WordGroup && w.Kind != knowledge.WordCrisis && w.Kind != knowledge.WordSocial && !known {
			return true
		}
	}
	twoHouses := d.names("poor") && d.names("near_poor")
	for _, no := range []*regexp.Regexp{notFiveYears, astray} { // these deny something else
		typed = no.ReplaceAllString(typed, ",")
	}
	return twoHouses || rate.MatchString(typed) || denied.MatchString(typed)
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

func (a *Answerer) care(d *draft) (f knowledge.Fact[copay.Care]) {
	switch in, out := a.lexicon.mentions(d.tokens, "inpatient"), a.lexicon.mentions(d.tokens, "outpatient"); {
	case in && !out:
		return knowledge.Known(copay.Inpatient)
	case out && !in:
		return knowledge.Known(copay.Outpatient)
	}
	return f
}

// hospital returns the class that the question tells, if it tells just one.
func (a *Answerer) hospital(d *draft, typed string) (f knowledge.Fact[copay.Facility]) {
	if clinic.MatchString(typed) {
		return knowledge.Known(copay.Clinic)
	}
	if basic.MatchString(typed) {
		return a.basic(d, typed)
	}
	for id, class := range hospitals {
		if !a.lexicon.mentions(d.tokens, id) {
			continue
		}
		if f.Told() {
			return knowledge.Fact[copay.Facility]{}
		}
		f = class
	}
	return f
}

// basic returns the class of a facility of the basic level (cấp cơ bản), by its points.
func (a *Answerer) basic(d *draft, typed string) knowledge.Fact[copay.Facility] {
	any := []copay.Facility{copay.BasicLow, copay.BasicMid, copay.BasicFormerProvince}
	m := points.FindStringSubmatch(typed)
	mid, err := a.library.Figure("copay.self_referred.points.mid", d.day)
	switch {
	case d.names("hospital_province", "hospital_central"):
		return knowledge.Known(copay.BasicFormerProvince)
	case notGraded.MatchString(typed):
		return knowledge.Known(copay.BasicLow)
	case m == nil || err != nil:
		return knowledge.OneOf(any...)
	}
	n, _ := strconv.ParseInt(m[2], 10, 64) // three digits at most
	if n < mid.Amount.N || n == mid.Amount.N && m[1] != "" {
		return knowledge.Known(copay.BasicLow)
	}
	return knowledge.OneOf(any[1:]...)
}

func (d *draft) route(typed string) (f knowledge.Fact[copay.Route]) {
	switch {
	case d.names("emergency_care"):
		return knowledge.Known(copay.Emergency)
	case d.names("self_referred"), astray.MatchString(typed):
		return knowledge.Known(copay.SelfReferred)
	case sent.MatchString(typed):
		return knowledge.Known(copay.Registered)
	}
	return f
}

func listedIn(typed string) (f knowledge.Fact[bool]) {
	switch {
	case notListed.MatchString(typed):
		return knowledge.Known(false)
	case listed.MatchString(typed):
		return knowledge.Known(true)
	}
	return f
}

func yearsIn(typed string) (f knowledge.Fact[bool]) {
	typed = monthOfYear.ReplaceAllString(typed, " , ")
	switch {
	case notFiveYears.MatchString(typed):
		return knowledge.Known(false)
	case fiveYears.MatchString(typed):
		return knowledge.Known(true)
	}
	return f
}
