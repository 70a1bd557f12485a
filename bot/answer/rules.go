package answer

import (
	"fmt"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/premium"
)

// rules are the calculations a card may name. One changes the answer when the question brings what
// it needs, and leaves the card's own text when not.
var rules = map[string]func(*Answerer, *draft, *Answer) error{
	"premium_household": premiumOfHousehold,
	"premium_each":      premiumOfEach,
	"premium_alone":     premiumAlone,
	"premium_salary":    premiumOfSalary,
	"card_code":         meaningOfCode,
	nowCalled:           func(*Answerer, *draft, *Answer) error { return nil }, // see place
}

// premiumOfHousehold sums the ladder for the number of people in the question.
func premiumOfHousehold(a *Answerer, d *draft, out *Answer) error {
	people, told := peopleIn(d.tokens)
	if person := personIn(d.tokens); !told && person > 0 {
		return premiumOfPerson(a, d, out, person)
	}
	if !told {
		return nil
	}
	const shown = 5
	months := a.monthsIn(d)
	out.Heard = a.heardPremium(people, months)
	bill, err := premium.Together(a.library, d.Day, people, months)
	if err != nil {
		return fmt.Errorf("premium of a household of %d: %w", people, err)
	}
	out.Lead = fmt.Sprintf("Nhà %d người cùng tham gia BHYT hộ gia đình: %d tháng là %s.", people, months, bill.Total)
	out.Bullets = nil
	for _, line := range bill.Lines {
		if line.Person > shown {
			out.Bullets[shown-1] = fmt.Sprintf("Từ người thứ %d trở đi, mỗi người: %s.", shown, bill.Lines[shown-1].Amount)
			break
		}
		out.Bullets = append(out.Bullets, fmt.Sprintf("Người thứ %d: %s.", line.Person, line.Amount))
	}
	out.Provisions = a.basis(out.Card, bill.Used, d.Day)
	out.Notes = a.notes(out.Card, out, bill.Used, d.today)
	return nil
}

// premiumOfPerson tells what the n-th person of a household pays.
func premiumOfPerson(a *Answerer, d *draft, out *Answer, person int) error {
	months := a.monthsIn(d)
	bill, err := premium.Together(a.library, d.Day, person, months)
	if err != nil {
		return fmt.Errorf("premium of person %d: %w", person, err)
	}
	out.Lead = fmt.Sprintf("Người thứ %d trong hộ cùng tham gia đóng %d tháng là %s.", person, months, bill.Lines[person-1].Amount)
	return nil
}

// premiumAlone tells what one person pays who joins without the household, for the months named.
func premiumAlone(a *Answerer, d *draft, out *Answer) error {
	people, told := peopleIn(d.tokens)
	months := a.monthsIn(d)
	if !told && months == a.months("months.year", d.Day) {
		return nil
	}
	people = max(people, 1)
	bill, err := premium.Alone(a.library, d.Day, people, months)
	if err != nil {
		return fmt.Errorf("premium of %d people alone: %w", people, err)
	}
	out.Heard = a.heardPremium(people, months)
	out.Lead = fmt.Sprintf("%d người mua riêng, đóng %d tháng là %s.", people, months, bill.Total)
	return nil
}

// premiumOfSalary works out what a worker pays a month of the one salary in the question.
func premiumOfSalary(a *Answerer, d *draft, out *Answer) error {
	const least = 500_000 // đồng; what is less is no month's salary
	sums := vi.Amounts(d.question.Text)
	if len(sums) != 1 || sums[0] < least {
		return nil
	}
	pay, err := premium.OfSalary(a.library, d.Day, sums[0])
	if err != nil {
		return fmt.Errorf("premium of a salary of %d: %w", sums[0], err)
	}
	worker, employer := pay.Used[0], pay.Used[1]
	out.Lead = fmt.Sprintf("Lương đóng bảo hiểm %s: mỗi tháng mình đóng BHYT %s.", sums[0], pay.Worker)
	out.Bullets = append([]string{
		fmt.Sprintf("Phần mình: %s × %s = %s.", worker.Amount, sums[0].Digits(), pay.Worker),
		fmt.Sprintf("Nơi làm đóng thêm: %s × %s = %s.", employer.Amount, sums[0].Digits(), pay.Employer),
	}, out.Bullets...)
	out.Bullets = out.Bullets[:min(len(out.Bullets), 5)]
	out.Heard = Heard{About: AboutPremium}
	out.Heard.count("salary", int(sums[0]), "Lương "+sums[0].String())
	return nil
}

// heardPremium is what was heard of a premium for people and months.
func (a *Answerer) heardPremium(people, months int) Heard {
	h := Heard{About: AboutPremium}
	h.count("people", people, fmt.Sprintf("%d người", people))
	h.count("months", months, fmt.Sprintf("%d tháng", months))
	return h
}

// premiumOfEach multiplies the monthly premium that the card shows by the people and the months in
// the question, where everyone of the group pays the same.
func premiumOfEach(a *Answerer, d *draft, out *Answer) error {
	people, told := peopleIn(d.tokens)
	months := a.monthsIn(d)
	i := slices.IndexFunc(out.used, func(v knowledge.Value) bool { return strings.HasSuffix(v.Name, ".month") })
	if i < 0 || !told && months == a.months("months.year", d.Day) {
		return nil
	}
	people = max(people, 1)
	each := knowledge.VND(out.used[i].Amount.N)
	total := each * knowledge.VND(people*months)
	out.Heard = a.heardPremium(people, months)
	line := fmt.Sprintf("%d người đóng %d tháng: %s × %d × %d = tối đa %s.", people, months, each.Digits(), people, months, total)
	out.Bullets = append([]string{line}, out.Bullets...)
	return nil
}

// months returns a number of months that content knows by name; 0 when it does not.
func (a *Answerer) months(name string, on knowledge.Date) int {
	v, err := a.library.Figure(name, on)
	if err != nil {
		return 0
	}
	return int(v.Amount.N)
}

// monthsIn returns for how many months the question wants to pay, of those that the law allows; the
// year when it names none of them.
func (a *Answerer) monthsIn(d *draft) int {
	for _, name := range []string{"months.quarter", "months.half"} {
		n := a.months(name, d.Day)
		for i, t := range d.tokens {
			if t.fold == "thang" && n > 0 && countBefore(d.tokens[:i]) == n {
				return n
			}
		}
	}
	return a.months("months.year", d.Day)
}

// peopleIn returns how many people a question counts: "nhà 4 người", "bốn nhân khẩu". Two different
// counts are none, because it is not said which is meant.
func peopleIn(tokens []token) (n int, told bool) {
	const most = 20 // more is no household
	if n = coupleIn(tokens); n > 0 {
		return n, true
	}
	for i := 0; i+1 < len(tokens); i++ {
		count := countBefore(tokens[:i+1])
		if count == 0 || count > most || !isPeople(tokens[i+1:]) {
			continue
		}
		if told && n != count {
			return 0, false
		}
		n, told = count, true
	}
	return n, told
}

// personIn returns the n of "người thứ n"; 0: none is told.
func personIn(tokens []token) int {
	for i := 0; i+2 < len(tokens); i++ {
		if tokens[i].fold != "nguoi" || tokens[i+1].fold != "thu" {
			continue
		}
		if n := countBefore(tokens[i+2 : i+3]); n > 0 && n < 20 {
			return n
		}
		if said := tokens[i+2].fold; said == "nhat" || said == "nhi" || said == "tu" {
			return map[string]int{"nhat": 1, "nhi": 2, "tu": 4}[said]
		}
	}
	return 0
}

// otherKin are people beside a couple and their children, who make the count unsure.
var otherKin = map[string]bool{"ong": true, "noi": true, "ngoai": true, "me": true, "ma": true, "cha": true, "dau": true, "re": true, "chau": true, "anh": true, "chi": true}

// coupleIn counts a couple and their children: "2 vợ chồng 3 đứa con"; 0 where it is told otherwise, or
// where others live with them.
func coupleIn(tokens []token) int {
	couple, children := false, 0
	for i, t := range tokens {
		switch {
		case t.fold == "vo" && i+1 < len(tokens) && tokens[i+1].fold == "chong":
			couple = true
		case otherKin[t.fold], isPeople(tokens[i:]):
			return 0
		case (t.fold == "con" || t.fold == "dua") && children == 0:
			children = countBefore(tokens[:i])
		}
	}
	if !couple || children == 0 {
		return 0
	}
	return 2 + children
}

// isPeople reports whether the text goes on with a word for members of a household. "4 người con"
// are not the whole of it.
func isPeople(rest []token) bool {
	switch rest[0].fold {
	case "nguoi":
		return len(rest) == 1 || rest[1].fold != "con" && rest[1].fold != "chau" && rest[1].fold != "thu"
	case "khau", "mang", "mieng":
		return true
	case "nhan", "thanh":
		return len(rest) > 1 && (rest[1].fold == "khau" || rest[1].fold == "vien")
	}
	return false
}
