package flow

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"policybot/knowledge"
	"policybot/knowledge/eligibility"
	"policybot/knowledge/loan"
	"policybot/knowledge/pension"
	"policybot/knowledge/premium"
)

// supportsPlan asks which benefits there are for somebody and their household. There would be more to
// ask than anybody has patience for: the seven facts that bear on the most benefits must do, and the
// result says what each benefit that stays open hangs on.
func supportsPlan() *plan {
	return &plan{
		title: "Xem được hỗ trợ gì", called: regexp.MustCompile(`\b(?:(?:ho tro|huong|tro cap|che do|chinh sach) (?:nhung )?(?:gi|nao))\b`),
		questions: bundled(), first: mostUseful, most: 7, conclude: concludeBenefits,
		benefits: []eligibility.Benefit{eligibility.Insurance, eligibility.SocialPension, eligibility.Allowance, eligibility.Training, eligibility.Tuition, eligibility.LearningCosts,
			eligibility.Credit, eligibility.Electricity, eligibility.LegalAid, eligibility.RecordFee, eligibility.Funeral},
	}
}

// pensionPlan asks which monthly allowance there is for somebody.
func pensionPlan() *plan {
	return &plan{
		title: "Trợ cấp hằng tháng", called: regexp.MustCompile(`\b(?:tro cap|huu tri)\b`),
		button: "Kiểm tra điều kiện", figures: []string{"social_pension", "allowance."},
		questions: personQuestions(), first: mostUseful, conclude: concludeBenefits,
		benefits: []eligibility.Benefit{eligibility.SocialPension, eligibility.Allowance},
	}
}

// benefitNames are the benefits as residents call them.
var benefitNames = map[eligibility.Benefit]string{
	eligibility.Insurance: "Nhà nước đóng, hỗ trợ BHYT", eligibility.SocialPension: "Trợ cấp hưu trí xã hội", eligibility.Allowance: "Trợ cấp xã hội hằng tháng",
	eligibility.Funeral: "Hỗ trợ mai táng", eligibility.Training: "Hỗ trợ học nghề", eligibility.Tuition: "Miễn, hỗ trợ học phí", eligibility.LearningCosts: "Hỗ trợ chi phí học tập",
	eligibility.Credit: "Vay vốn ưu đãi", eligibility.Electricity: "Hỗ trợ tiền điện", eligibility.LegalAid: "Trợ giúp pháp lý miễn phí", eligibility.RecordFee: "Miễn phí lý lịch tư pháp"}

// wanted are the facts that may be missing, as residents call them.
var wanted = map[eligibility.Missing]string{
	eligibility.MissingStatus: "diện của hộ", eligibility.MissingRecent: "ngày ra khỏi danh sách", eligibility.MissingPlace: "nơi ở", eligibility.MissingFarms: "có làm nông, ngư không",
	eligibility.MissingAge: "tuổi", eligibility.MissingPension: "lương hưu", eligibility.MissingDisability: "mức khuyết tật", eligibility.MissingSchool: "đang học gì", eligibility.MissingJob: "hợp đồng lao động",
	eligibility.MissingDrawsSocial: "đang hưởng hưu trí xã hội chưa", eligibility.MissingDrawsAid: "đang hưởng trợ cấp xã hội chưa", eligibility.MissingSurvivor: "trợ cấp tuất",
	eligibility.MissingOrphan: "có mồ côi không", eligibility.MissingSingle: "có đơn thân nuôi con không", eligibility.MissingAlone: "có người nuôi không", eligibility.MissingMinority: "dân tộc",
	eligibility.MissingMerit: "người có công", eligibility.MissingServed: "xuất ngũ, tình nguyện", eligibility.MissingAccused: "có bị buộc tội không", eligibility.MissingSources: "quy định tôi chưa có đủ"}

// concludeBenefits says which benefits follow, which do not, and what those hang on that are open.
func concludeBenefits(p at) (Result, error) {
	r := p.result(knowledge.Assistance, knowledge.Answered, "")
	var used, told []knowledge.Value
	var bases []knowledge.ProvisionID
	var got, open int
	var refused, later []string
	all, err := p.decide()
	if err != nil {
		return Result{}, err
	}
	for _, e := range all {
		switch e.Verdict {
		case eligibility.Eligible:
			line, sums, err := p.benefit(e)
			if err != nil {
				return Result{}, err
			}
			got++
			r.say(line)
			used, told = append(append(used, e.Used...), sums.used...), append(told, sums.told...)
			bases = append(bases, e.Basis...)
			r.Procedure = firstOf(r.Procedure, p.procedure(procedures[e.Benefit]))
		case eligibility.CannotConclude:
			open++
		default:
			refused = append(refused, lower(benefitNames[e.Benefit]))
			used, bases = append(used, e.Used...), append(bases, e.Basis...)
			for _, c := range e.Changes {
				if c.Age > 0 && c.Verdict == eligibility.Eligible {
					later = append(later, fmt.Sprintf("Đủ %d tuổi, các điều khác vẫn vậy, thì đủ điều kiện: %s.", c.Age, lower(benefitNames[e.Benefit])))
					told = append(told, count(c.Age))
				}
			}
		}
	}
	r.say(p.hangs()...)
	if len(refused) > 0 {
		r.say("Chưa đủ điều kiện: " + strings.Join(refused, "; ") + ".")
	}
	r.say(later...)
	p.leadOf(&r, got, open)
	r.say("UBND xã/phường xét rồi quyết định.")
	return r, p.rest(&r, used, told, bases...)
}

// lower writes a name within a sentence. BHYT stays as it is.
func lower(s string) string {
	r := []rune(s)
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

func firstOf(a, b *knowledge.Procedure) *knowledge.Procedure {
	if a != nil {
		return a
	}
	return b
}

// leadOf says in a line how many there are, and sets the outcome.
func (p at) leadOf(r *Result, got, open int) {
	switch {
	case got == 0 && open == 0:
		r.Lead = "Theo lời bà con, chưa thấy chế độ nào mình đủ điều kiện."
	case got == 0:
		r.Outcome, r.Referral, r.Lead = knowledge.CannotConclude, true, "Chưa kết luận được: còn thiếu thông tin."
	case got == 1 && len(p.plan().benefits) < 3:
		r.Lead = "Theo lời bà con, người này đủ điều kiện hưởng trợ cấp hằng tháng."
	default:
		r.Lead = "Theo lời bà con, đây là các chế độ mình đủ điều kiện."
	}
	if got > 0 && open > 0 {
		r.Outcome, r.Referral = knowledge.Partial, true
	}
}

// hangs lists the benefits that are open, each with the first fact it hangs on.
func (p at) hangs() []string {
	var lines []string
	for _, e := range p.entitlements() {
		if e.Verdict == eligibility.CannotConclude && len(e.Missing) > 0 {
			lines = append(lines, fmt.Sprintf("%s: còn tùy %s.", benefitNames[e.Benefit], wanted[e.Missing[0]]))
		}
	}
	return lines
}

// procedures are how one applies for the benefits.
var procedures = map[eligibility.Benefit]knowledge.ProcedureID{eligibility.SocialPension: "huu-tri-xa-hoi", eligibility.Allowance: "tro-cap-xa-hoi", eligibility.Training: "ho-tro-dao-tao-nghe"}

// sums are the figures behind a line: of content, and of arithmetic.
type numbers struct{ used, told []knowledge.Value }

// benefit writes what a benefit is that follows, with its amount where the rules have one.
func (p at) benefit(e eligibility.Entitlement) (line string, n numbers, err error) {
	name := benefitNames[e.Benefit]
	if len(e.Ways) != 1 {
		return name + ".", n, nil
	}
	switch way := e.Ways[0]; e.Benefit {
	case eligibility.Insurance:
		line, n, err = p.insured(way)
	case eligibility.SocialPension:
		line, n, err = p.drawn(name, "%s một tháng", pension.Social)
	case eligibility.Allowance:
		line, n, err = p.drawn(name, "%s một tháng", func(l *knowledge.Library, on knowledge.Date) (pension.Sum, error) {
			return pension.Allowance(l, on, pension.Group(way.Group), 1)
		})
		if way.Group == string(pension.SingleParent) {
			line = strings.Replace(line, "một tháng", "một tháng mỗi con", 1)
		}
	case eligibility.Funeral:
		line, n, err = p.drawn(name, "ít nhất %s", pension.Funeral)
	case eligibility.Credit:
		line, n, err = p.lent(way)
	case eligibility.Electricity:
		line, n, err = p.figured(name, "%s một tháng", "electricity.support")
	case eligibility.Training:
		line, n, err = p.figured(name, "học phí tối đa %s một khoá", "training.rural.cap")
	}
	if line == "" || errors.Is(err, knowledge.ErrNotKnown) {
		return name + ".", numbers{}, nil
	}
	return line, n, err
}

// drawn is a benefit with the amount that a rule has.
func (p at) drawn(name, form string, rule func(*knowledge.Library, knowledge.Date) (pension.Sum, error)) (string, numbers, error) {
	sum, err := rule(p.library, p.today)
	if err != nil {
		return "", numbers{}, err
	}
	line := name + ": " + fmt.Sprintf(form, sum.Amount)
	told := []knowledge.Value{money(sum.Amount), money(sum.Standard)}
	if sum.Coefficient > 0 {
		factor := knowledge.Amount{N: int64(sum.Coefficient), Unit: knowledge.UnitFactor}
		line += fmt.Sprintf(" (%s × %s)", sum.Standard, factor)
		told = append(told, knowledge.Value{Amount: factor})
	}
	return line + ".", numbers{sum.Used, told}, nil
}

// figured is a benefit with the amount of a figure.
func (p at) figured(name, form, figure string) (string, numbers, error) {
	v, err := p.library.Figure(figure, p.today)
	if err != nil {
		return "", numbers{}, err
	}
	return name + ": " + fmt.Sprintf(form, v.Amount) + ".", numbers{used: []knowledge.Value{v}}, nil
}

// insured is by which group the premium is paid, and what the fund pays.
func (p at) insured(way eligibility.Way) (string, numbers, error) {
	group := way.Group
	if group == "social_pension_75" {
		group = "social_pension"
	}
	choice, err := premium.Person(p.library, p.today, []premium.Group{premium.Group(group)}, 1)
	if err != nil {
		return "", numbers{}, err
	}
	pays := "không phải đóng"
	n := numbers{told: append(inName(sayGroup(p, way.Group)), rate(way.Level))}
	if choice.Most > 0 {
		pays = fmt.Sprintf("mình đóng tối đa %s một tháng", choice.Most)
		n.used, n.told = choice.Used, append(n.told, money(choice.Most))
	}
	return fmt.Sprintf("BHYT, diện %s: %s, mức hưởng %s.", sayGroup(p, way.Group), pays, way.Level), n, nil
}

// lent is what the bank lends the household, and at what rate.
func (p at) lent(way eligibility.Way) (string, numbers, error) {
	c, err := loan.Monthly(p.library, p.today, loan.Programme(way.Group), sample)
	if err != nil {
		return "", numbers{}, err
	}
	line := fmt.Sprintf("Vay vốn %s: lãi %s một năm", programmeNames[c.Programme], c.Year)
	if c.Cap > 0 {
		line += ", nhiều nhất " + c.Cap.String()
	}
	return line + ".", numbers{slices.Clone(c.Used), []knowledge.Value{rate(c.Year), money(c.Cap)}}, nil
}
