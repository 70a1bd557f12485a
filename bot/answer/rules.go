package answer

import (
	"fmt"
	"slices"
	"strings"

	"policybot/knowledge"
	"policybot/knowledge/premium"
)

// rules are the calculations a card may name. One changes the answer when the question brings what
// it needs, and leaves the card's own text when not.
var rules = map[string]func(*Answerer, *draft, *Answer) error{
	"premium_household": premiumOfHousehold,
	"premium_each":      premiumOfEach,
	nowCalled:           func(*Answerer, *draft, *Answer) error { return nil }, // see place
}

// premiumOfHousehold sums the ladder for the number of people in the question.
func premiumOfHousehold(a *Answerer, d *draft, out *Answer) error {
	people, told := peopleIn(d.tokens)
	if !told {
		return nil
	}
	const shown = 5
	months := a.monthsIn(d)
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
