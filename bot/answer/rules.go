package answer

import (
	"fmt"

	"policybot/knowledge/premium"
)

// rules are the calculations a card may name. One changes the answer when the question brings what
// it needs, and leaves the card's own text when not.
var rules = map[string]func(*Answerer, *draft, *Answer) error{
	"premium_household": premiumOfHousehold,
}

// HasRule reports whether cards may name the calculation.
func HasRule(name string) bool { return rules[name] != nil }

// premiumOfHousehold sums the ladder for the number of people in the question.
func premiumOfHousehold(a *Answerer, d *draft, out *Answer) error {
	people, told := peopleIn(d.tokens)
	if !told {
		return nil
	}
	const year, shown = 12, 5
	bill, err := premium.Household(a.library, d.Day, people, year)
	if err != nil {
		return fmt.Errorf("premium of a household of %d: %w", people, err)
	}
	out.Lead = fmt.Sprintf("Nhà %d người cùng tham gia BHYT hộ gia đình: cả năm %s.", people, bill.Total)
	out.Bullets = nil
	for _, line := range bill.Lines {
		if line.Person > shown {
			out.Bullets[shown-1] = fmt.Sprintf("Từ người thứ %d trở đi, mỗi người: %s.", shown, bill.Lines[shown-1].Amount)
			break
		}
		out.Bullets = append(out.Bullets, fmt.Sprintf("Người thứ %d: %s.", line.Person, line.Amount))
	}
	out.Provisions = a.basis(out.Card, bill.Used, d.Day)
	return nil
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
