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
	"policybot/knowledge/loan"
)

var (
	// costs asks what a loan costs, mayBorrow whether so much is lent.
	costs     = regexp.MustCompile(`\b(?:lai|loi)\b|\b(?:dong|tra|gop)\b(?: \S+){0,4} (?:bao nhieu|nhieu|nhiu|may)\b|\b(?:bao nhieu|nhieu|nhiu|may)(?: \S+){0,3} (?:mot|moi|1) thang\b|\b(?:mot|moi|1) thang(?: \S+){0,3} (?:bao nhieu|nhieu|nhiu|may)\b`)
	mayBorrow = regexp.MustCompile(`\b(?:duoc|co)(?: \S+){0,3} vay\b|\bvay(?: \S+){0,5} duoc (?:khong|ko|k|hong|hok|chua)\b`)
	// lentMonths tells for how long; a month with its year, or before it, is a day.
	lentMonths = regexp.MustCompile(`(?:^|\s)(\S+ )?(\d{1,3}) (thang|nam)\b( 20\d\d)?`)
	// leftWhen and leftAgo tell when a household left the list.
	leftWhen = regexp.MustCompile(`\bthoat (?:ho )?(?:can )?ngheo(?: (?:tu|hoi|vao|luc|trong|cuoi|dau|giua|ngay))* (?:thang|nam|\d)`)
	leftAgo  = regexp.MustCompile(`\bthoat (?:ho )?(?:can )?ngheo (?:duoc |da |gan |hon |cach day ){0,2}(\d{1,2}) (nam|thang)\b`)
)

// programmes are the words that tell what a loan is for, the most telling first.
var programmes = []struct {
	word      string
	programme loan.Programme
	said      string
}{
	{"job_loan", loan.Job, "vay tạo việc làm"},
	{"student_loan", loan.Student, "vay cho học sinh, sinh viên"},
	{"water_loan", loan.Water, "vay làm nước sạch, nhà vệ sinh"},
	{"escaped", loan.Escaped, "hộ mới thoát nghèo"},
	{"near_poor", loan.NearPoor, "hộ cận nghèo"},
	{"poor", loan.Poor, "hộ nghèo"},
	{"job", loan.Job, "vay tạo việc làm"},
}

// loans settles a question that states a loan and asks what it costs, or whether it is lent.
func (a *Answerer) loans(_ context.Context, d *draft) (settled bool, err error) {
	text := vi.Fold(d.reading.Text)
	amounts := vi.Amounts(d.question.Text)
	const least = 500_000 // less is no loan
	if len(amounts) != 1 || amounts[0] < least || !aboutLoans(d.reading.Text) || !costs.MatchString(text) && !mayBorrow.MatchString(text) {
		return false, nil
	}
	if !d.onlyAbout([]string{"credit", "job_loan", "student_loan", "water_loan", "job", "ward"}, []string{"papers", "where", "signer", "since", "until", "difference", "collateral", "phone", "howto"}) {
		return false, nil
	}
	h := Heard{About: AboutLoan}
	h.add("amount", fmt.Sprint(int64(amounts[0])), "vay "+amounts[0].String())
	programme := d.programme(&h, text)
	d.Heard = h
	if programme == "" {
		return a.lendsEach(d, amounts[0])
	}
	if programme == loan.Escaped {
		recent, told, err := a.leftList(d, text)
		if err != nil {
			return false, fmt.Errorf("newly escaped: %w", err)
		}
		if told {
			if settled, err := a.leftLong(d, recent); settled || err != nil {
				return settled, err
			}
		}
	}
	cost, err := loan.Monthly(a.library, d.day, programme, amounts[0])
	if errors.Is(err, knowledge.ErrNotKnown) {
		return false, nil // the cards say what is not known
	}
	if err != nil {
		return false, fmt.Errorf("cost of a loan: %w", err)
	}
	return true, a.lends(d, cost, monthsOf(text), !costs.MatchString(text))
}

// lendsEach writes what a loan costs by each programme, for whoever did not tell theirs.
func (a *Answerer) lendsEach(d *draft, amount knowledge.VND) (settled bool, err error) {
	d.Lead = fmt.Sprintf("Vay %s, tiền lãi một tháng tùy diện:", amount)
	numbers := d.Heard.numbersTold()
	var used []knowledge.Value
	for _, p := range programmes {
		if p.programme == loan.Student || p.programme == loan.Water || p.word == "job" {
			continue
		}
		c, err := loan.Monthly(a.library, d.day, p.programme, amount)
		if errors.Is(err, knowledge.ErrNotKnown) {
			continue
		}
		if err != nil {
			return false, fmt.Errorf("cost of a loan: %w", err)
		}
		d.Bullets = append(d.Bullets, fmt.Sprintf("%s: %s × %s = %s.", upperFirst(p.said), amount, c.Month, c.Interest))
		used, numbers = append(used, c.Used...), append(numbers, money(c.Interest), rateOf(c.Month))
	}
	if len(used) == 0 {
		d.Lead = ""
		return false, nil // the cards say what is not known
	}
	slices.Reverse(d.Bullets) // the poor first
	d.Outcome = knowledge.Answered
	d.Bullets = append(d.Bullets, "Đó là khi chưa trả gốc; trả bớt gốc thì lãi giảm theo.")
	return true, a.rest(d, "loan", eligibility.Entitlement{}, used, numbers...)
}

// programme reads what a loan is for; empty when it is not told, or told twice.
func (d *draft) programme(h *Heard, text string) loan.Programme {
	if notAtAll.MatchString(text) || notPoor.MatchString(text) {
		return ""
	}
	if d.names("poor") && d.names("near_poor") {
		return ""
	}
	if d.names("student") && !d.names("job_loan") {
		h.add("programme", string(loan.Student), "vay cho học sinh, sinh viên")
		return loan.Student
	}
	for _, p := range programmes {
		if !d.names(p.word) {
			continue
		}
		if p.programme == loan.Job && (d.names("disabled") || d.names("ethnic") && d.names("poor")) {
			h.add("programme", string(loan.JobPreferred), p.said+", nhóm ưu tiên")
			return loan.JobPreferred
		}
		h.add("programme", string(p.programme), p.said)
		return p.programme
	}
	return ""
}

// monthsOf reads for how long a loan is taken; 0: not told.
func monthsOf(text string) int {
	for _, m := range lentMonths.FindAllStringSubmatch(leftAgo.ReplaceAllString(text, " "), -1) {
		n := number(m[2])
		if m[3] == "nam" {
			n *= yearMonths
		}
		if m[1] != "thang " && m[4] == "" && n > 1 {
			return n
		}
	}
	return 0
}

// leftList reads when a newly escaped household left the list, and whether that is recent. Then the
// day the question names is that one, not the day it is asked for.
func (a *Answerer) leftList(d *draft, text string) (recent knowledge.Fact[bool], told bool, err error) {
	left := d.span
	switch m := leftAgo.FindStringSubmatch(text); {
	case m != nil:
		years, months := number(m[1]), 0
		if m[2] == "thang" {
			years, months = 0, years
		}
		first := d.today.Time().AddDate(-years, -months, 0)
		if m[2] == "nam" {
			first = first.AddDate(-1, 0, 1) // up to a year more
		}
		left = knowledge.Period{From: knowledge.DateOf(first), Until: knowledge.DateOf(d.today.Time().AddDate(-years, -months, 1))}
	case !d.dated || !leftWhen.MatchString(text):
		return recent, false, nil
	}
	d.span = knowledge.Period{From: d.today, Until: d.today.AddDays(1)}
	d.day, d.dated, d.Day, d.Dated = d.today, false, d.today, false
	recent, err = eligibility.RecentlyEscaped(a.library, d.day, left)
	return recent, true, err
}

// leftLong refuses the programme to a household that left the list too long ago, or asks when it was.
func (a *Answerer) leftLong(d *draft, recent knowledge.Fact[bool]) (settled bool, err error) {
	within, known := recent.Value()
	if known && within {
		return false, nil
	}
	months, err := a.library.Figure("escaped.months", d.day)
	if err != nil {
		return false, fmt.Errorf("newly escaped: %w", err)
	}
	if !known {
		d.Outcome = knowledge.Clarify
		d.Lead = fmt.Sprintf("Diện mới thoát nghèo chỉ trong %s. Nhà mình ra khỏi danh sách tháng nào, năm nào?", months.Amount)
		return true, nil
	}
	d.Outcome = knowledge.Answered
	d.Lead = fmt.Sprintf("Không còn vay theo diện hộ mới thoát nghèo: diện này chỉ trong %s.", months.Amount)
	d.Bullets = []string{"Tính từ khi ra khỏi danh sách hộ nghèo, cận nghèo.", "Mình có thể hỏi vay tạo việc làm, lãi khác."}
	return true, a.rest(d, "loan", eligibility.Entitlement{}, []knowledge.Value{months})
}

// lends writes what a loan costs.
func (a *Answerer) lends(d *draft, c loan.Cost, months int, asksWhether bool) error {
	d.Outcome = knowledge.Answered
	d.Lead = fmt.Sprintf("Tiền lãi %s một tháng, khi còn nợ đủ %s.", c.Interest, c.Amount)
	numbers := append(d.Heard.numbersTold(), money(c.Interest), money(c.Amount), rateOf(c.Year), rateOf(c.Month), countOf(months))
	d.Bullets = []string{d.Heard.told(), fmt.Sprintf("%s × %s một tháng = %s (một năm %s).", c.Amount, c.Month, c.Interest, c.Year)}
	if months > 0 && (c.Term == 0 || months <= c.Term) {
		total := c.Over(months)
		numbers = append(numbers, money(total))
		d.Bullets = append(d.Bullets, fmt.Sprintf("%d tháng chưa trả gốc: lãi cả thảy %s.", months, total))
	}
	d.Bullets = append(d.Bullets, "Trả bớt gốc thì lãi tính trên số còn nợ.")
	switch {
	case c.OverCap():
		d.Lead = fmt.Sprintf("Mức vay tối đa của diện này là %s, thấp hơn số mình hỏi.", c.Cap)
	case c.Cap > 0:
		if asksWhether {
			d.Lead = fmt.Sprintf("Diện này vay tối đa %s; tiền lãi %s một tháng.", c.Cap, c.Interest)
		}
		d.Bullets = append(d.Bullets, fmt.Sprintf("Mức này vay tối đa %s%s.", c.Cap, lentFor(c.Term)))
	}
	numbers = append(numbers, money(c.Cap), countOf(c.Term), countOf(c.Term/yearMonths))
	if c.Programme == loan.Student {
		if v, err := a.library.Figure("loan.student.month", d.day); err == nil {
			c.Used = append(c.Used, v)
			d.Bullets = append(d.Bullets, fmt.Sprintf("Diện này vay tối đa %s một tháng học.", v.Amount))
		}
	}
	if c.Programme == loan.Escaped {
		if v, err := a.library.Figure("escaped.months", d.day); err == nil {
			c.Used = append(c.Used, v)
			d.Bullets = append(d.Bullets, fmt.Sprintf("Diện này trong %s từ khi ra khỏi danh sách.", v.Amount))
		}
	}
	return a.rest(d, "loan", eligibility.Entitlement{}, c.Used, numbers...)
}

// lentFor says the longest time; empty when it is not known.
func lentFor(term int) string {
	switch {
	case term == 0:
		return ""
	case term%yearMonths == 0:
		return fmt.Sprintf(", lâu nhất %d năm", term/yearMonths)
	}
	return fmt.Sprintf(", lâu nhất %d tháng", term)
}

func rateOf(r knowledge.Rate) knowledge.Value {
	return knowledge.Value{Amount: knowledge.Amount{N: int64(r), Unit: knowledge.UnitRate}}
}
