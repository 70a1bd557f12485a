package flow

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"policybot/knowledge"
	"policybot/knowledge/eligibility"
)

// reviewProcedure is how a household applies.
const reviewProcedure = "xet-ho-ngheo-trong-nam"

var verdicts = map[eligibility.PovertyStatus]string{
	eligibility.Poor:          "Theo thông tin bà con cho biết, nhà mình đạt điều kiện hộ nghèo.",
	eligibility.NearPoor:      "Theo thông tin bà con cho biết, nhà mình đạt điều kiện hộ cận nghèo.",
	eligibility.AverageLiving: "Theo lời bà con, nhà mình ở mức sống trung bình, chưa đạt hộ nghèo, cận nghèo.",
	eligibility.None:          "Theo thông tin bà con cho biết, nhà mình chưa đạt điều kiện hộ nghèo, cận nghèo.",
	eligibility.AboveLine:     "Theo thông tin bà con cho biết, nhà mình chưa đạt điều kiện hộ nghèo, cận nghèo.",
}

// unsettled are the words for a verdict that something is missing for.
var unsettled = map[eligibility.Missing]string{
	eligibility.MissingIncome:     "Chưa kết luận được: còn thiếu thu nhập của nhà mình.",
	eligibility.MissingPlace:      "Chưa kết luận được: còn tùy nhà mình ở phường hay ở xã.",
	eligibility.MissingLacking:    "Thu nhập đạt điều kiện, nhưng chưa kết luận được là hộ nghèo hay hộ cận nghèo.",
	eligibility.MissingIndicators: "Thu nhập đạt điều kiện, nhưng chưa kết luận được là hộ nghèo hay hộ cận nghèo.",
}

var placeNames = map[eligibility.Place]string{eligibility.Rural: "xã (nông thôn)", eligibility.Urban: "phường (thành thị)"}

// concludeHousehold says what the household is, or what is missing to say it.
func concludeHousehold(p at) (Result, error) {
	found, err := eligibility.Status(p.library, p.today, p.facts())
	if errors.Is(err, knowledge.ErrNotKnown) {
		return p.notKnown(knowledge.Poverty, "Chưa kết luận được: tôi chưa có chuẩn nghèo của thời gian này."), nil
	}
	if err != nil {
		return Result{}, err
	}
	r := p.result(knowledge.Poverty, knowledge.Answered, verdicts[found.Verdict])
	if found.Verdict == eligibility.Unknown {
		r.Outcome, r.Referral, r.Lead = knowledge.CannotConclude, true, unsettled[found.Missing[0]]
	}
	r.say(p.shares())
	r.say(p.measures(found)...)
	r.say(p.lacks(found)...)
	r.say("UBND xã/phường rà soát rồi quyết định.")
	if within(found) {
		r.Procedure = p.procedure(reviewProcedure)
	}
	return r, p.rest(&r, shown(found), p.toldIncome())
}

// within reports whether the household may be poor or near-poor.
func within(f eligibility.Finding) bool {
	return slices.Contains(f.Possible, eligibility.Poor) || slices.Contains(f.Possible, eligibility.NearPoor)
}

// each is what a band of money is for one of n people.
func (b band) each(n int) band {
	one := band{eligibility.PerHead(b.low, n, 1), mostMoney}
	if b.high != mostMoney {
		one.high = eligibility.PerHead(b.high, n, 1)
	}
	if b.low != b.high && b.low > 0 { // the first amount above a line
		one.low = (b.low-1)/knowledge.VND(n) + 1
	}
	return one
}

// shares writes how the income of one person comes about; empty when it is not known.
func (p at) shares() string {
	b, told := parseBand(p.known("income"))
	n := p.people()
	switch {
	case !told:
		return ""
	case n < 2:
		return fmt.Sprintf("Thu nhập: %s một người một tháng.", b.said())
	}
	equals := "="
	if b.low == b.high && int64(b.low)%int64(n) != 0 {
		equals = "≈"
	}
	return fmt.Sprintf("Thu nhập: %s ÷ %d người %s %s một người một tháng.", b.said(), n, equals, b.each(n).said())
}

// toldIncome are the numbers that the household's arithmetic is made of.
func (p at) toldIncome() []knowledge.Value {
	b, _ := parseBand(p.known("income"))
	one := b.each(max(1, p.people()))
	told := []knowledge.Value{count(p.people()), money(b.low - 1), money(one.low - 1)}
	for _, v := range []knowledge.VND{b.low, b.high, one.low, one.high} {
		told = append(told, money(v))
	}
	least, most := p.lacking()
	return append(told, count(least), count(most))
}

// shown are the figures that a result shows. The average living standard counts above the line only.
func shown(f eligibility.Finding) []knowledge.Value {
	return slices.DeleteFunc(slices.Clone(f.Used), func(v knowledge.Value) bool {
		return within(f) && strings.HasPrefix(v.Name, "average_line.")
	})
}

// measures says how the income stands to the lines.
func (p at) measures(f eligibility.Finding) []string {
	var lines []string
	for _, v := range shown(f) {
		for _, place := range []eligibility.Place{eligibility.Rural, eligibility.Urban} {
			switch v.Name {
			case "poverty_line." + string(place):
				lines = append(lines, fmt.Sprintf("Chuẩn ở %s: từ %s trở xuống.%s", placeNames[place], v.Amount, p.stands(v)))
			case "average_line." + string(place):
				lines = append(lines, fmt.Sprintf("Mức sống trung bình ở %s: đến %s.%s", placeNames[place], v.Amount, p.stands(v)))
			}
		}
	}
	if f.Verdict == eligibility.AboveLine {
		lines = append(lines, "Mức sống trung bình của thời gian này tôi chưa có số chính thức.")
	}
	return lines
}

// stands says whether the income is within a line; nothing when that is not known.
func (p at) stands(line knowledge.Value) string {
	b, told := parseBand(p.known("income"))
	if !told {
		return ""
	}
	one, limit := b.each(max(1, p.people())), knowledge.VND(line.Amount.N)
	switch {
	case one.high <= limit:
		return " Nhà mình đạt."
	case one.low > limit:
		return " Nhà mình cao hơn."
	}
	return ""
}

// lacking returns the least and the most indicators that may be lacking, as far as they were asked.
func (p at) lacking() (least, most int) {
	if n, known := p.facts().Lacking.Value(); known {
		return n, n
	}
	for _, d := range eligibility.Dimensions() {
		n, known := p.facts().Lacks[d].Value()
		least += n
		if known {
			most += n
			continue
		}
		most += 2
	}
	return least, most
}

// lacks says what tells poor from near-poor; nothing when the income is above every line.
func (p at) lacks(f eligibility.Finding) []string {
	if !within(f) {
		return nil
	}
	from := f.Used[len(f.Used)-1].Amount // the number of indicators comes last
	least, most := p.lacking()
	switch {
	case f.Verdict == eligibility.Poor:
		return []string{fmt.Sprintf("Thiếu ít nhất %d chỉ số; từ %s chỉ số trở lên là hộ nghèo.", least, from)}
	case f.Verdict == eligibility.NearPoor:
		return []string{fmt.Sprintf("Thiếu nhiều nhất %d chỉ số; dưới %s chỉ số là hộ cận nghèo.", most, from)}
	}
	rule := fmt.Sprintf("Thiếu từ %s chỉ số trở lên là hộ nghèo; thiếu ít hơn là hộ cận nghèo.", from)
	if slices.Contains(f.Missing, eligibility.MissingIndicators) {
		return []string{rule, "Chỉ số áp dụng cho thời gian này tôi chưa có bản chính thức."}
	}
	return []string{rule}
}
