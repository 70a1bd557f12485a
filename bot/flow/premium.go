package flow

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"policybot/knowledge"
	"policybot/knowledge/premium"
)

const (
	factPeople = "people"
	factMonths = "months"
	factSalary = "salary"
)

// shared are the groups of which whole families pay, so that it is asked how many they are.
var shared = []string{string(premium.Household), string(premium.NearPoor), string(premium.Farmer), string(premium.Student)}

// premiumPlan asks what is paid for health insurance.
func premiumPlan() *plan {
	insured := func(g premium.Group, word string) choice { return choice{Option{Value: string(g)}, []string{word}} }
	payers := append(slices.Clone(shared), string(premium.LocalForce), string(premium.LeftHardArea), string(premium.Trafficked))
	return &plan{
		title: "Tính tiền mua BHYT", called: regexp.MustCompile(`\b(?:mua|dong|tien|muc)\b.*\b(?:bhyt|bao hiem|the)\b`),
		button: "Tính thử", figures: []string{"premium."}, conclude: concludePremium,
		questions: []question{
			{
				fact: factGroup, title: "Diện tham gia", ask: "Mua thẻ BHYT theo diện nào?", example: "hộ gia đình, cận nghèo, sinh viên",
				options: []choice{insured(premium.Household, "family"), insured(premium.NearPoor, "near_poor"), insured(premium.Student, "student"), insured(premium.Farmer, "farm_average"), {Option{valueOther, "Diện khác"}, nil}},
				hear:    hearPayer, say: sayPayer,
				hint: "Bà con bấm một nút, hoặc gõ diện, thí dụ «cận nghèo». Không thuộc diện nào thì bấm «Hộ gia đình».",
			},
			{
				fact: factOther, title: "Diện khác", ask: "Vậy là diện nào dưới đây?", example: "hộ nghèo, người lao động, hưu trí",
				options: []choice{insured(premium.Poor, "poor"), insured(premium.Worker, "worker"), insured(premium.Child, "child6"), {Option{string(premium.Pensioner), "Hưu trí, mất sức"}, []string{"pensioner"}}, {Option{string(premium.Allowance), "Trợ cấp xã hội"}, []string{"social_aid", "allowance"}}},
				hear:    hearPayer, say: sayPayer, only: []only{{factGroup, []string{valueOther}}},
			},
			{
				fact: factSalary, title: "Lương đóng BHXH", ask: "Lương đóng BHXH một tháng bao nhiêu?", example: "6 triệu",
				options: []choice{{Option{"5000000", "5 triệu"}, nil}, {Option{"8000000", "8 triệu"}, nil}, {Option{"10000000", "10 triệu"}, nil}},
				hear:    hearBill, say: sayBand, counts: func(p at) tri { return p.isPayer(string(premium.Worker)) },
				hint: "Bà con gõ lương một tháng, thí dụ «6 triệu».",
			},
			{
				fact: factPeople, title: "Số người mua", ask: "Mấy người trong nhà cùng mua?", example: "4 người",
				options: counts(1, 5), hear: hearCount, say: sayPeople, counts: func(p at) tri { return p.isPayer(shared...) },
				hint: "Bà con gõ số người, thí dụ «6 người».",
			},
			{
				fact: factMonths, title: "Số tháng", ask: "Đóng cho mấy tháng?", example: "12 tháng",
				choices: periods, hear: hearMonths, counts: func(p at) tri { return p.isPayer(payers...) },
				hint: "Chỉ đóng theo các số tháng trên nút dưới đây.",
			},
		},
	}
}

// payer is the group that was told; empty: it is not known.
func (p at) payer() premium.Group {
	if g := p.known(factGroup); g != valueOther {
		return premium.Group(g)
	}
	return premium.Group(p.known(factOther))
}

// isPayer reports whether the group is one of some.
func (p at) isPayer(groups ...string) tri {
	g, told := p.value(factGroup)
	if g == valueOther {
		g, told = p.value(factOther)
	}
	switch {
	case !told:
		return maybe
	case slices.Contains(groups, g):
		return yes
	}
	return no
}

// otherPayers are the groups that are not offered first, by the word of content for them.
var otherPayers = map[string]premium.Group{"poor": premium.Poor, "worker": premium.Worker, "child6": premium.Child, "pensioner": premium.Pensioner, "social_aid": premium.Allowance,
	"allowance": premium.Allowance, "merit": premium.Merit, "village_post": premium.LocalForce, "trafficked": premium.Trafficked, "social_pension": premium.SocialPension}

func hearPayer(p at, text string) (string, bool) {
	if len(strings.Fields(text)) > brief {
		return "", false
	}
	for _, w := range p.answers.WordsIn(text) {
		if g := otherPayers[w]; g != "" && !slices.Contains(p.answers.WordsIn(text), "near_poor") {
			return string(g), true
		}
	}
	return "", false
}

// sayPayer names a group as the title of a figure does.
func sayPayer(p at, value string) string { return sayGroup(p, value) }

// periods are the numbers of months that may be paid at once.
func periods(p at) []Option {
	var all []Option
	for _, n := range premium.Periods(p.library, p.today) {
		all = append(all, Option{strconv.Itoa(n), strconv.Itoa(n) + " tháng"})
	}
	return all
}

var year = regexp.MustCompile(`\b(?:1|mot|ca|nguyen) nam\b`)

func hearMonths(p at, text string) (string, bool) {
	may := premium.Periods(p.library, p.today)
	said := plainly(text)
	if year.MatchString(said) && len(may) > 0 {
		return strconv.Itoa(may[len(may)-1]), true
	}
	number, _, _ := strings.Cut(said, " ")
	n, err := strconv.Atoi(number)
	return number, err == nil && slices.Contains(may, n)
}

// number returns a whole number that was told; 0: it was not.
func (p at) number(fact string) int {
	n, _ := strconv.Atoi(p.known(fact))
	return n
}

// concludePremium says what is paid, or what of it can be said.
func concludePremium(p at) (Result, error) {
	var r Result
	var err error
	switch g := p.payer(); g {
	case "":
		r, err = p.everyPremium()
	case premium.Worker:
		r, err = p.salaryPremium()
	case premium.Household:
		r, err = p.ladder()
	default:
		r, err = p.helped(g)
	}
	if errors.Is(err, knowledge.ErrNotKnown) {
		r = p.notKnown(knowledge.Insurance, "Chưa kết luận được: tôi chưa có mức đóng của thời gian này.")
		r.say("Mình hỏi cơ quan BHXH hoặc UBND xã/phường.")
		return r, p.rest(&r, nil, nil)
	}
	return r, err
}

// everyPremium is the result for whoever does not know their group: what each pays for one person.
func (p at) everyPremium() (Result, error) {
	r := p.notKnown(knowledge.Insurance, "Chưa kết luận được: chưa biết mình thuộc diện nào.")
	var used []knowledge.Value
	var bases []knowledge.ProvisionID
	var told []knowledge.Value
	months := p.longestPeriod()
	for _, g := range []premium.Group{premium.Poor, premium.NearPoor, premium.Student, premium.Household} {
		c, err := premium.Person(p.library, p.today, []premium.Group{g}, months)
		if err != nil {
			return Result{}, err
		}
		line := "không phải đóng"
		if c.Most > 0 {
			line = fmt.Sprintf("tối đa %s một người, %d tháng", c.Most, months)
		}
		r.say(sentenceOf(sayPayer(p, string(g)) + ": " + line + "."))
		used, bases, told = append(used, c.Used...), append(bases, c.Basis...), append(told, money(c.Most), count(months))
	}
	return r, p.rest(&r, used, told, bases...)
}

func (p at) longestPeriod() int {
	if may := premium.Periods(p.library, p.today); len(may) > 0 {
		return may[len(may)-1]
	}
	return 1
}

// sentenceOf writes a text with a capital.
func sentenceOf(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// months are the numbers of months to work out: the one told, or all there are.
func (p at) months() []int {
	if n := p.number(factMonths); n > 0 {
		return []int{n}
	}
	return premium.Periods(p.library, p.today)
}

// ladder is what a household pays that joins together; where it is not known how many they are, what
// each of the first persons pays.
func (p at) ladder() (Result, error) {
	const shown = 6 // persons, where it is not known how many there are; the steps end before
	people := p.number(factPeople)
	among := people
	if people == 0 {
		among = shown
	}
	r := p.result(knowledge.Insurance, knowledge.Answered, "")
	var used, told []knowledge.Value
	months := p.months()
	for _, n := range months {
		bill, err := premium.Together(p.library, p.today, among, n)
		if err != nil {
			return Result{}, err
		}
		used, told = append(used, bill.Used...), append(told, count(n), money(bill.Total), count(people))
		if people > 0 && len(months) > 1 {
			r.say(fmt.Sprintf("%d tháng, %d người cùng mua: %s.", n, people, bill.Total))
		}
		r.Lead = fmt.Sprintf("Nhà mình cùng mua: %s cho %d tháng.", bill.Total, n)
		if n == months[len(months)-1] {
			r.say(steps(bill.Lines, n)...)
			for _, line := range bill.Lines {
				told = append(told, count(line.Person), money(line.Amount))
			}
		}
	}
	if people == 0 {
		r.Outcome, r.Referral, r.Lead = knowledge.CannotConclude, true, "Chưa tính được tổng: chưa biết mấy người cùng mua."
	}
	r.say("Giảm từ người thứ hai chỉ khi cả nhà cùng mua trong năm.")
	r.Procedure = p.procedure("cap-the-bhyt")
	return r, p.rest(&r, used, told)
}

// steps writes the ladder down to the last person who pays less than the one before.
func steps(lines []premium.Line, months int) []string {
	var all []string
	for i, line := range lines {
		if i+1 < len(lines) && lines[i+1].Amount == line.Amount {
			return append(all, fmt.Sprintf("Từ người thứ %d trở đi, %d tháng, mỗi người: %s.", line.Person, months, line.Amount))
		}
		all = append(all, fmt.Sprintf("Người thứ %d, %d tháng: %s.", line.Person, months, line.Amount))
	}
	return all
}

// helped is what somebody pays of whose premium another pays a part, or all.
func (p at) helped(g premium.Group) (Result, error) {
	r := p.result(knowledge.Insurance, knowledge.Answered, "")
	r.Procedure = p.procedure("cap-the-bhyt")
	if g == premium.NearPoor {
		r.Procedure = p.procedure("cap-the-bhyt-can-ngheo")
	}
	people := max(1, p.number(factPeople))
	var used, told []knowledge.Value
	var bases []knowledge.ProvisionID
	months := p.months()
	for _, n := range months {
		c, err := premium.Person(p.library, p.today, []premium.Group{g}, n)
		if err != nil {
			return Result{}, err
		}
		used, bases = append(used, c.Used...), append(bases, c.Basis...)
		if c.Most == 0 {
			r.Lead = "Diện này mình không phải đóng tiền BHYT."
			r.say("Nhà nước hoặc cơ quan BHXH đóng.")
			r.Procedure = nil
			break
		}
		total := c.Most * knowledge.VND(people)
		told = append(told, count(n), count(people), money(c.Most), money(total), rate(c.Rate))
		r.Lead = fmt.Sprintf("Mình đóng tối đa %s cho %d tháng.", total, n)
		if people > 1 {
			r.say(fmt.Sprintf("%d tháng: %s × %d người = %s.", n, c.Most, people, total))
		} else {
			r.say(fmt.Sprintf("%d tháng, một người: tối đa %s.", n, c.Most))
		}
		if n == months[len(months)-1] {
			r.say(fmt.Sprintf("Nhà nước hỗ trợ ít nhất %s mức đóng.", c.Rate))
			r.say("Thành phố hỗ trợ thêm thì đóng ít hơn; hỏi UBND xã/phường trước khi đóng.")
		}
	}
	return r, p.rest(&r, used, told, bases...)
}

// salaryPremium is what is paid for a worker.
func (p at) salaryPremium() (Result, error) {
	salary, told := p.amount(factSalary).Value()
	s, err := premium.OfSalary(p.library, p.today, salary)
	if err != nil {
		return Result{}, err
	}
	worker, employer := s.Used[0], s.Used[1]
	r := p.result(knowledge.Insurance, knowledge.Answered, fmt.Sprintf("Mỗi tháng mình đóng %s, trừ vào lương.", s.Worker))
	r.say(fmt.Sprintf("Mình: %s × %s = %s.", worker.Amount, salary, s.Worker), fmt.Sprintf("Công ty: %s × %s = %s.", employer.Amount, salary, s.Employer))
	if !told {
		r.Outcome, r.Referral, r.Lead = knowledge.CannotConclude, true, "Chưa kết luận được: còn thiếu lương đóng BHXH."
		r.Bullets = []string{fmt.Sprintf("Mình đóng %s, công ty đóng %s lương đóng BHXH.", worker.Amount, employer.Amount)}
	}
	return r, p.rest(&r, s.Used, []knowledge.Value{money(salary), money(s.Worker), money(s.Employer)}, "luat-51-2024/d12/k1")
}
