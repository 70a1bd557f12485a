package answer

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/eligibility"
)

// asksAll asks what there is for a household, of all kinds.
var asksAll = regexp.MustCompile(`\b(?:duoc|huong|nhan|co)(?: \S+){0,3} (?:ho tro|che do|chinh sach|quyen loi|uu dai|loi ich)(?: \S+){0,3} (?:gi|nao)\b` +
	`|\b(?:duoc|huong|nhan) (?:nhung |duoc |cai |them )*(?:gi|nhung gi)\b|\b(?:nhung|cac|may) (?:che do|chinh sach|quyen loi|ho tro|uu dai) (?:gi|nao|cua|danh cho|cho)\b|\bco (?:loi|ich|duoc) gi\b`)

// everyWay are the benefits that a household of a status is told of, each for somebody it is meant
// for, in the order of their worth.
var everyWay = []struct {
	benefit eligibility.Benefit
	member  func(*Answerer, knowledge.Date) eligibility.Member
	line    map[eligibility.PovertyStatus]string // a template of the figures of the day
}{
	{eligibility.Insurance, plainAdult, map[eligibility.PovertyStatus]string{
		eligibility.Poor:     `BHYT: nhà nước đóng hết; đi khám đúng nơi quỹ trả {{fig "copay.poor.fund"}}.`,
		eligibility.NearPoor: `BHYT: mình đóng tối đa {{fig "premium.near_poor.month"}} một tháng; đúng nơi quỹ trả {{fig "copay.near_poor.fund"}}.`}},
	{eligibility.Credit, nil, map[eligibility.PovertyStatus]string{
		eligibility.Poor:     `Vay vốn: tối đa {{fig "loan.poor.cap"}}, lãi {{fig "loan.poor.rate_month"}} một tháng.`,
		eligibility.NearPoor: `Vay vốn: tối đa {{fig "loan.near_poor.cap"}}, lãi {{fig "loan.near_poor.rate_month"}} một tháng.`}},
	{eligibility.SocialPension, oldWithoutPension, map[eligibility.PovertyStatus]string{
		eligibility.Poor:     oldLine,
		eligibility.NearPoor: oldLine}},
	{eligibility.LearningCosts, pupil, map[eligibility.PovertyStatus]string{
		eligibility.Poor: `Con học trường công: miễn học phí, có hỗ trợ chi phí học tập.`}},
	{eligibility.Tuition, pupil, map[eligibility.PovertyStatus]string{
		eligibility.NearPoor: `Con học trường công: miễn học phí.`}},
	{eligibility.Electricity, nil, map[eligibility.PovertyStatus]string{
		eligibility.Poor: `Tiền điện: mỗi tháng bằng {{fig "electricity.kwh"}} kWh giá bậc 1.`}},
	{eligibility.RecordFee, nobodyKnown, map[eligibility.PovertyStatus]string{
		eligibility.NearPoor: `Làm lý lịch tư pháp: miễn phí.`}},
	{eligibility.LegalAid, nobodyKnown, map[eligibility.PovertyStatus]string{
		eligibility.Poor: `Trợ giúp pháp lý, làm lý lịch tư pháp: miễn phí.`}},
}

const oldLine = `Từ đủ {{fig "social_pension.age_poor"}}, không lương hưu: {{fig "social_pension"}} một tháng.`

func nobodyKnown(*Answerer, knowledge.Date) eligibility.Member { return eligibility.Member{} }

func pupil(*Answerer, knowledge.Date) eligibility.Member {
	return eligibility.Member{School: knowledge.Known(eligibility.General)}
}

// plainAdult is somebody who belongs to no other group of the insurance than their household's.
func plainAdult(a *Answerer, on knowledge.Date) eligibility.Member {
	m := eligibility.Member{Job: knowledge.Known(eligibility.NoJob), Pension: knowledge.Known(eligibility.NoPension)}
	m.DrawsSocial, m.DrawsAid, m.Merit = knowledge.Known(false), knowledge.Known(false), knowledge.Known(false)
	if v, err := a.library.Figure("training.age.min", on); err == nil {
		m.Age = knowledge.Known(int(v.Amount.N))
	}
	return m
}

func oldWithoutPension(a *Answerer, on knowledge.Date) (m eligibility.Member) {
	if v, err := a.library.Figure("social_pension.age_poor", on); err == nil {
		m.Age = knowledge.Known(int(v.Amount.N))
	}
	m.Pension = knowledge.Known(eligibility.NoPension)
	return m
}

// supports settles a question what there is for a poor or a near-poor household.
func (a *Answerer) supports(_ context.Context, d *draft) (settled bool, err error) {
	text := vi.Fold(d.reading.Text)
	if !asksAll.MatchString(text) || !d.onlyAbout([]string{"ward", "certificate"}, []string{"papers", "duration", "where", "signer", "since", "until", "difference", "objection", "phone", "howto", "premium", "copay"}) {
		return false, nil
	}
	p := a.personIn(d)
	p.About = AboutSupports
	status, known := p.Status.Value()
	if !known || status != eligibility.Poor && status != eligibility.NearPoor || slices.ContainsFunc(d.words, func(w *knowledge.Word) bool { return isAnother(w, status) }) {
		return false, nil
	}
	var used []knowledge.Value
	var basis []knowledge.ProvisionID
	var bullets []string
	for _, way := range everyWay {
		line := way.line[status]
		if line == "" {
			continue
		}
		e, err := a.entitled(d.day, way.benefit, p.Household, way.member)
		if err != nil {
			return false, err
		}
		if e.Verdict != eligibility.Eligible {
			continue
		}
		text, values, err := a.library.Text(line, d.day)
		if errors.Is(err, knowledge.ErrNotKnown) {
			continue
		}
		if err != nil {
			return false, fmt.Errorf("line of %s: %w", way.benefit, err)
		}
		bullets, used = append(bullets, text), append(used, values...)
		basis = append(basis, e.Basis...)
	}
	if len(bullets) < 3 {
		return false, nil // of a day of which little is known
	}
	d.Heard, d.Outcome, d.Bullets = p.Heard, knowledge.Answered, bullets
	d.Lead = upperFirst(statusNames[status]) + " được công nhận thì có mấy khoản chính dưới đây."
	d.Options = moreOf(status)
	return true, a.rest(d, "supports", eligibility.Entitlement{Basis: basis}, used, p.numbersTold()...)
}

// isAnother reports whether a word names people that have more than what their household has. A small
// child's insurance is paid in full: so is all of a poor household's.
func isAnother(w *knowledge.Word, status eligibility.PovertyStatus) bool {
	likeAll := []string{"poor", "near_poor", "family"}
	if status == eligibility.Poor {
		likeAll = append(likeAll, "child6")
	}
	return w.Kind == knowledge.WordGroup && !slices.Contains(likeAll, w.ID)
}

func (a *Answerer) entitled(on knowledge.Date, b eligibility.Benefit, h eligibility.Household, member func(*Answerer, knowledge.Date) eligibility.Member) (eligibility.Entitlement, error) {
	at := -1
	if member != nil {
		h.Members, at = []eligibility.Member{member(a, on)}, 0
	}
	e, err := eligibility.Entitled(a.library, on, b, h, at)
	if err != nil {
		return e, fmt.Errorf("supports of a household: %w", err)
	}
	return e, nil
}

// moreOf are the questions that lead on from the list.
func moreOf(status eligibility.PovertyStatus) []Option {
	who := statusNames[status]
	return []Option{
		{Label: "BHYT", Ask: who + " đóng bảo hiểm y tế bao nhiêu"},
		{Label: "Vay vốn", Ask: who + " được vay vốn bao nhiêu"},
		{Label: "Học nghề", Ask: who + " học nghề được hỗ trợ bao nhiêu"},
	}
}
