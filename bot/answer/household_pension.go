package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/eligibility"
	"policybot/knowledge/pension"
)

var (
	// wantsAid asks whether, or how much, somebody is given.
	wantsAid = regexp.MustCompile(`\b(?:tro cap|ho tro|tien gia|tien nguoi gia|huu tri xa hoi|huong|linh|lanh|che do|tien hang thang|tien cao tuoi)\b|\bduoc (?:gi|bao nhieu|nhieu|nhiu|tien|may|cho|cap)\b|\bco (?:tien|duoc)\b`)
	// asksWhen asks from which age, or for the day.
	asksWhen = regexp.MustCompile(`\b(?:chung nao|khi nao|bao gio|may nam nua|bao lau nua)\b`)
	// paperwork is beside the point of an amount.
	paperwork = []string{"papers", "duration", "where", "signer", "since", "until", "difference", "objection", "phone", "howto", "premium", "copay"}
)

// aidGroups are the people that a question about monthly money may be of.
var aidGroups = []string{"older", "older60", "older70", "older75", "older_alone", "disabled", "orphan", "single_parent"}

// pensions settles a question whether a person whose age, disability or children are told gets the
// social pension or a monthly allowance, and how much.
func (a *Answerer) pensions(_ context.Context, d *draft) (settled bool, err error) {
	text := vi.Fold(d.reading.Text)
	beside := paperwork
	when := asksWhen.MatchString(text)
	if when {
		beside = slices.DeleteFunc(slices.Clone(paperwork), func(id string) bool { return id == "duration" || id == "since" })
	}
	if !wantsAid.MatchString(text) || byRule.MatchString(text) || !d.onlyAbout([]string{"social_pension", "allowance", "income", "ward"}, beside) {
		return false, nil
	}
	if !d.names("social_pension", "allowance") && !d.names(aidGroups...) {
		return false, nil
	}
	p := a.personIn(d)
	p.About = AboutPension
	if !p.Age.Told() && p.children == 0 {
		return false, nil // whom it is for in general the cards say
	}
	g, err := a.gainsOf(d.day, p)
	if when && g.social.Verdict != eligibility.NotEligible {
		return false, err // whoever gets it already asks when it comes
	}
	if err == nil {
		err = a.gain(d, &g)
	}
	if errors.Is(err, knowledge.ErrNotKnown) {
		return false, nil // the cards say what is not known
	}
	if err != nil || d.Outcome == "" {
		return false, err
	}
	d.Heard = p.Heard
	return true, nil
}

// onlyAbout reports whether a question names no subject beside some, and none of the aspects.
func (d *draft) onlyAbout(subjects, not []string) bool {
	return !slices.ContainsFunc(d.words, func(w *knowledge.Word) bool {
		switch w.Kind {
		case knowledge.WordSubject:
			return !slices.Contains(subjects, w.ID)
		case knowledge.WordAspect:
			return slices.Contains(not, w.ID)
		case knowledge.WordBeyond:
			return !slices.Contains(subjects, w.ID)
		}
		return false
	})
}

// aided reports whether anything is told that an allowance hangs on.
func (p *person) aided() bool {
	return p.Disability.Told() || p.Orphan.Told() || p.Single.Told() || p.Alone.Told() || p.lonely
}

// gainsOf finds what a person may get. Of the allowances only those are looked at that the question
// is about: whoever asks for an old mother is not asked for a certificate of disability.
func (a *Answerer) gainsOf(on knowledge.Date, p person) (g gains, err error) {
	g.person = p
	asked := p.Member
	if !p.Disability.Told() {
		asked.Disability = knowledge.Known(eligibility.NotDisabled)
	}
	for _, f := range []*knowledge.Fact[bool]{&asked.Orphan, &asked.Single} {
		if !f.Told() {
			*f = knowledge.Known(false)
		}
	}
	if !p.Alone.Told() && !p.lonely {
		asked.Alone = knowledge.Known(false)
	}
	p.Members = []eligibility.Member{p.Member, asked}
	if g.social, err = eligibility.Entitled(a.library, on, eligibility.SocialPension, p.Household, 0); err != nil {
		return g, fmt.Errorf("social pension: %w", err)
	}
	if p.aided() {
		if g.aid, err = eligibility.Entitled(a.library, on, eligibility.Allowance, p.Household, 1); err != nil {
			return g, fmt.Errorf("allowance: %w", err)
		}
	}
	return g, nil
}

// gains is what a person may get in a month.
type gains struct {
	person
	social eligibility.Entitlement
	aid    eligibility.Entitlement // the zero one: nothing it hangs on was told
}

// gain writes the answer; it leaves the draft without an outcome when the cards say as much.
func (a *Answerer) gain(d *draft, g *gains) error {
	switch {
	case g.aid.Verdict == eligibility.Eligible:
		return a.givesAid(d, g)
	case g.aid.Verdict == eligibility.CannotConclude:
		return a.askAid(d, g)
	case g.social.Verdict == eligibility.Eligible:
		return a.givesSocial(d, g)
	case g.social.Verdict == eligibility.NotEligible:
		return a.refusesSocial(d, g)
	case g.Status.Told() && slices.Contains(g.social.Missing, eligibility.MissingStatus):
		return nil // told, but not closely enough: the cards say what it hangs on
	case slices.Equal(g.social.Missing, []eligibility.Missing{eligibility.MissingPension}):
		return a.givesSocial(d, g)
	case slices.Contains(g.social.Missing, eligibility.MissingAge):
		return a.askAge(d, g)
	case g.social.Missing[0] == eligibility.MissingStatus:
		return a.askStatus(d, g)
	}
	return nil
}

// askAge asks for the age where it is not told exactly.
func (a *Answerer) askAge(d *draft, g *gains) error {
	d.Outcome, d.Lead = knowledge.Clarify, aidAsks[eligibility.MissingAge].lead
	if may := g.Age.Among(nil); len(may) == 2 {
		d.Lead = fmt.Sprintf("Tới hôm nay người đó đã đủ %d tuổi chưa?", may[1])
		d.Options = d.suppose([2]string{"Đủ rồi", fmt.Sprintf("%d tuổi", may[1])}, [2]string{"Chưa đủ", fmt.Sprintf("%d tuổi", may[0])})
	}
	return nil
}

// givesSocial tells the social pension, under the condition that is not known.
func (a *Answerer) givesSocial(d *draft, g *gains) error {
	sum, err := pension.Social(a.library, d.day)
	if err != nil {
		return err
	}
	d.Outcome = knowledge.Answered
	d.Lead = fmt.Sprintf("Được. Trợ cấp hưu trí xã hội là %s một tháng.", sum.Amount)
	switch {
	case g.social.Verdict != eligibility.Eligible && g.Member.Pension.Told():
		d.Lead = fmt.Sprintf("Đang có lương hưu thì chỉ được khi lương hưu thấp hơn %s một tháng.", sum.Amount)
	case g.social.Verdict != eligibility.Eligible:
		d.Lead = fmt.Sprintf("Được %s một tháng, nếu không có lương hưu hoặc lương hưu thấp hơn mức này.", sum.Amount)
	}
	d.Bullets = []string{g.told()}
	d.Bullets = append(d.Bullets, g.why()...)
	d.Bullets = append(d.Bullets, lateLine(sum.Late)...)
	d.Bullets = append(d.Bullets, "Có văn bản đề nghị Mẫu 01, nộp UBND xã/phường; hưởng từ tháng ký quyết định.")
	return a.rest(d, "pension", g.social, sum.Used, g.numbers(sum)...)
}

// why says what decided for somebody who is old enough.
func (g *gains) why() []string {
	var lines []string
	for _, v := range g.social.Used {
		if v.Name == "social_pension.age" && !slices.Contains(g.social.Decided, eligibility.MissingStatus) {
			lines = append(lines, fmt.Sprintf("Từ đủ %s thì không cần thuộc hộ nghèo, cận nghèo.", v.Amount))
		}
		if v.Name == "social_pension.age_poor" && slices.Contains(g.social.Decided, eligibility.MissingStatus) {
			lines = append(lines, fmt.Sprintf("Từ đủ %s, thuộc hộ nghèo hoặc cận nghèo thì được.", v.Amount))
		}
	}
	return lines
}

// lateLine tells of what is paid afterwards.
func lateLine(l pension.Late) []string {
	if l.Month == 0 {
		return nil
	}
	return []string{fmt.Sprintf("Mức này tính từ %s; tháng nào nhận mức cũ được truy lĩnh %s.", l.From.Vietnamese(), l.Month)}
}

// refusesSocial says why there is none, and what would change that by law.
func (a *Answerer) refusesSocial(d *draft, g *gains) error {
	d.Outcome = knowledge.Answered
	at, err := a.library.Figure("social_pension.age", d.day)
	if err != nil {
		return err
	}
	poor, err := a.library.Figure("social_pension.age_poor", d.day)
	if err != nil {
		return err
	}
	young := !g.old(a, d.day) && !d.names("social_pension")
	switch kind, _ := g.Member.Pension.Value(); {
	case young:
		d.Outcome = ""
		return nil
	case slices.Contains(g.social.Decided, eligibility.MissingPension) && kind == eligibility.FullPension:
		sum, err := pension.Social(a.library, d.day)
		if err != nil {
			return err
		}
		d.Lead = fmt.Sprintf("Không được: lương hưu từ %s trở lên thì không có trợ cấp hưu trí xã hội.", sum.Amount)
		d.Bullets = []string{g.told()}
		return a.rest(d, "pension", g.social, append(sum.Used, at, poor), g.numbers(sum)...)
	case slices.Contains(g.social.Decided, eligibility.MissingStatus):
		d.Lead = fmt.Sprintf("Chưa được: chưa đủ %s thì phải thuộc hộ nghèo hoặc hộ cận nghèo.", at.Amount)
		d.Bullets = []string{g.told(), fmt.Sprintf("Khi đủ %s, ai không có lương hưu cũng được.", at.Amount)}
	default:
		d.Lead = fmt.Sprintf("Chưa được: trợ cấp hưu trí xã hội từ đủ %s; hộ nghèo, cận nghèo từ đủ %s.", at.Amount, poor.Amount)
		d.Bullets = []string{g.told(), "Người khuyết tật nặng, người già nghèo không ai nuôi có trợ cấp khác."}
	}
	return a.rest(d, "pension", g.social, []knowledge.Value{at, poor}, g.numbers(pension.Sum{})...)
}

// old reports whether the person may be one of those that the law calls older (người cao tuổi).
func (p *person) old(a *Answerer, on knowledge.Date) bool {
	from, err := a.library.Figure("allowance.age.older", on)
	return err == nil && slices.ContainsFunc(p.Age.Among(nil), func(n int) bool { return int64(n) >= from.Amount.N })
}

// askStatus asks for the poverty status, on which it hangs.
func (a *Answerer) askStatus(d *draft, g *gains) error {
	at, err := a.library.Figure("social_pension.age", d.day)
	if err != nil {
		return err
	}
	d.Outcome = knowledge.Clarify
	d.Lead = fmt.Sprintf("Chưa đủ %s thì còn tùy diện. Nhà mình có thuộc hộ nghèo, hộ cận nghèo không?", at.Amount)
	d.Options = d.suppose([2]string{"Hộ nghèo", "hộ nghèo"}, [2]string{"Hộ cận nghèo", "hộ cận nghèo"}, [2]string{"Không thuộc", "không nghèo, không cận nghèo"})
	return nil
}

// suppose offers the question again with a fact added: a label, and how the fact is said.
func (d *draft) suppose(facts ...[2]string) []Option {
	question := strings.TrimRight(strings.TrimSpace(d.question.Text), ".?! ")
	var options []Option
	for _, f := range facts {
		options = append(options, Option{Label: f[0], Ask: question + ", " + f[1]})
	}
	return options
}

// givesAid tells the allowance, or the social pension when that is higher.
func (a *Answerer) givesAid(d *draft, g *gains) error {
	var lines []string
	var used []knowledge.Value
	var numbers []knowledge.Value
	most := pension.Sum{}
	for _, way := range g.aid.Ways {
		sum, err := a.allowance(d, g, way)
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("%s: %s.", upperFirst(a.aidName(way)), product(sum)))
		used, numbers, most = append(used, sum.Used...), append(numbers, g.numbers(sum)...), sum
	}
	d.Outcome = knowledge.Answered
	d.Lead = fmt.Sprintf("Được. Trợ cấp xã hội khoảng %s một tháng.", most.Amount)
	switch {
	case len(lines) > 1:
		d.Lead = "Được trợ cấp xã hội hằng tháng; mức còn tùy diện dưới đây."
	case most.Times == 1 && slices.Contains(g.aid.Ways, eligibility.Way{Group: string(pension.SingleParent)}) && g.children == 0:
		d.Lead = fmt.Sprintf("Được trợ cấp xã hội khoảng %s một tháng cho mỗi con.", most.Amount)
	}
	d.Bullets = append([]string{g.told()}, lines...)
	if g.social.Verdict == eligibility.Eligible {
		d.Bullets = append(d.Bullets, "Trùng với trợ cấp hưu trí xã hội thì chỉ nhận mức cao hơn.")
	}
	d.Bullets = append(d.Bullets, lateLine(most.Late)...)
	if len(lateLine(most.Late)) > 0 {
		d.Bullets = append(d.Bullets, "Hệ số lấy theo Nghị định 20/2021/NĐ-CP; văn bản mới có thể đã đổi.")
	}
	d.Bullets = append(d.Bullets, "Nộp tờ khai ở UBND xã/phường.")
	return a.rest(d, "allowance", g.aid, used, numbers...)
}

func (a *Answerer) allowance(d *draft, g *gains, way eligibility.Way) (pension.Sum, error) {
	times := 1
	if way.Group == string(pension.SingleParent) {
		times = max(1, g.children)
	}
	return pension.Allowance(a.library, d.day, pension.Group(way.Group), times)
}

// aidName names a group, as the title of its figure does.
func (a *Answerer) aidName(way eligibility.Way) string {
	_, name, _ := strings.Cut(a.library.FigureNamed("allowance."+way.Group).Title, ": ")
	return name
}

// product writes how an allowance comes about.
func product(s pension.Sum) string {
	factor := knowledge.Amount{N: int64(s.Coefficient), Unit: knowledge.UnitFactor}
	line := fmt.Sprintf("%s × %s", s.Standard, factor)
	if s.Times > 1 {
		line += fmt.Sprintf(" × %d con", s.Times)
	}
	return fmt.Sprintf("%s = %s", line, s.Amount)
}

// askAid asks for the one fact that an allowance hangs on most.
func (a *Answerer) askAid(d *draft, g *gains) error {
	ask, known := aidAsks[g.aid.Missing[0]]
	if !known {
		return nil
	}
	d.Outcome, d.Lead, d.Options = knowledge.Clarify, ask.lead, d.suppose(ask.options...)
	return nil
}

// aidAsks are the questions for what an allowance hangs on.
var aidAsks = map[eligibility.Missing]struct {
	lead    string
	options [][2]string
}{
	eligibility.MissingStatus: {"Còn tùy diện. Nhà mình có thuộc hộ nghèo, hộ cận nghèo không?",
		[][2]string{{"Hộ nghèo", "hộ nghèo"}, {"Hộ cận nghèo", "hộ cận nghèo"}, {"Không thuộc", "không nghèo, không cận nghèo"}}},
	eligibility.MissingDisability: {"Giấy xác nhận khuyết tật ghi mức độ nào?",
		[][2]string{{"Đặc biệt nặng", "khuyết tật đặc biệt nặng"}, {"Nặng", "khuyết tật nặng"}, {"Nhẹ", "khuyết tật nhẹ"}}},
	eligibility.MissingAlone: {"Ông bà có con cháu hay ai nuôi dưỡng không?",
		[][2]string{{"Không có ai nuôi", "không ai nuôi"}, {"Có con cháu nuôi", "có con cháu nuôi"}}},
	eligibility.MissingOrphan: {"Cháu mất cả cha lẫn mẹ, hay còn một người?",
		[][2]string{{"Mất cả cha mẹ", "mồ côi cả cha lẫn mẹ"}, {"Còn một người", "còn mẹ"}}},
	eligibility.MissingAge: {"Người đó bao nhiêu tuổi? Bà con gõ lại câu hỏi có thêm số tuổi giúp tôi.", nil},
}

// numbers are what the person told, and what a sum is made of.
func (g *gains) numbers(s pension.Sum) []knowledge.Value {
	factor := knowledge.Value{Amount: knowledge.Amount{N: int64(s.Coefficient), Unit: knowledge.UnitFactor}}
	return append(g.numbersTold(), money(s.Amount), money(s.Standard), money(s.Late.Month), factor, countOf(s.Times),
		knowledge.Value{Period: knowledge.Period{From: s.Late.From, Until: s.Late.InForce}})
}

// numbersTold are the numbers of what was understood.
func (h Heard) numbersTold() []knowledge.Value {
	var all []knowledge.Value
	for _, f := range h.Facts {
		for _, n := range numberForm.FindAllString(f.Said, -1) {
			if v, err := knowledge.ParseVND(n); err == nil {
				all = append(all, money(v))
			}
			all = append(all, countOf(number(strings.ReplaceAll(n, ".", ""))))
		}
	}
	return all
}

func countOf(n int) knowledge.Value {
	return knowledge.Value{Amount: knowledge.Amount{N: int64(n), Unit: knowledge.UnitCount}}
}

// rest sets what an answer rests on and warns of, and refuses it when it shows a number that has no
// source.
func (a *Answerer) rest(d *draft, name string, e eligibility.Entitlement, used []knowledge.Value, numbers ...knowledge.Value) error {
	d.Bullets = slices.DeleteFunc(d.Bullets, func(s string) bool { return s == "" })
	if err := a.Rest(&d.Answer, Ground{Basis: e.Basis, Used: used, Told: slices.Concat(e.Used, numbers)}, d.today); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	slices.SortStableFunc(d.Provisions, func(p, q *knowledge.Provision) int { // what decides comes first
		return cmp.Compare(position(e.Basis, p.ID), position(e.Basis, q.ID))
	})
	return nil
}

// position is where a provision stands in a list; behind all when it does not.
func position(all []knowledge.ProvisionID, id knowledge.ProvisionID) int {
	if i := slices.Index(all, id); i >= 0 {
		return i
	}
	return len(all)
}
