package flow

import (
	"errors"
	"fmt"
	"regexp"

	"policybot/knowledge"
	"policybot/knowledge/loan"
)

const (
	factProgramme = "programme"
	factPreferred = "preferred"
	factAmount    = "amount"
)

// programmeNames are the programmes as residents call them.
var programmeNames = map[loan.Programme]string{loan.Poor: "hộ nghèo", loan.NearPoor: "hộ cận nghèo", loan.Escaped: "hộ mới thoát nghèo", loan.Job: "tạo việc làm",
	loan.JobPreferred: "tạo việc làm, lãi ưu đãi", loan.Student: "học sinh, sinh viên", loan.Water: "nước sạch, vệ sinh", loan.HardArea: "vùng khó khăn", loan.Minority: "dân tộc thiểu số"}

// sample is what the interest is shown for, where it is not known how much is wanted.
const sample knowledge.VND = 1_000_000

// loanPlan asks what a loan of the Social Policy Bank costs.
func loanPlan() *plan {
	return &plan{
		title: "Tính lãi vay vốn", called: regexp.MustCompile(`\b(?:vay von|lai vay|tien lai|tien loi|lai suat)\b`),
		button: "Tính thử", figures: []string{"loan."}, conclude: concludeLoan,
		questions: []question{
			{
				fact: factProgramme, title: "Chương trình vay", ask: "Vay theo chương trình nào?", example: "hộ nghèo, nước sạch, sinh viên",
				options: []choice{{Option{Value: string(loan.Poor)}, []string{"poor"}}, {Option{Value: string(loan.NearPoor)}, []string{"near_poor"}}, {Option{Value: string(loan.Escaped)}, []string{"escaped"}},
					{Option{string(loan.Job), "Tạo việc làm"}, []string{"job_loan", "job"}}, {Option{string(loan.Student), "Học sinh, sinh viên"}, []string{"student", "student_loan"}}},
				hear: hearProgramme, say: func(_ at, v string) string { return sentenceOf(programmeNames[loan.Programme(v)]) },
				hint: "Bà con bấm một nút, hoặc gõ, thí dụ «vay nước sạch».",
			},
			{
				fact: factPreferred, title: "Diện ưu đãi", ask: "Người vay có thuộc diện dưới đây không?\n• Dân tộc thiểu số thuộc hộ nghèo.\n• Người Kinh thuộc hộ nghèo ở vùng đặc biệt khó khăn.\n• Người khuyết tật, hoặc đang chăm người khuyết tật đặc biệt nặng.", example: "có, không",
				options: yesNo("Có", "Không thuộc"), hear: hearYesNo, only: []only{{factProgramme, []string{string(loan.Job)}}},
			},
			{
				fact: factAmount, title: "Số tiền vay", ask: "Định vay bao nhiêu tiền?", example: "50 triệu",
				options: []choice{{Option{"20000000", "20 triệu"}, nil}, {Option{"50000000", "50 triệu"}, nil}, {Option{"100000000", "100 triệu"}, nil}},
				hear:    hearBill, say: sayBand,
				counts: func(p at) tri {
					switch v, told := p.value(factProgramme); {
					case !told:
						return maybe
					case v == Unknown:
						return no
					}
					return yes
				},
				hint: "Bà con gõ số tiền muốn vay, thí dụ «50 triệu».",
			},
		},
	}
}

// hearProgramme reads the programmes that are not offered.
func hearProgramme(p at, text string) (string, bool) {
	for _, w := range p.answers.WordsIn(text) {
		switch w {
		case "water_loan":
			return string(loan.Water), true
		case "minority":
			return string(loan.Minority), true
		}
	}
	return "", false
}

// programme is the one told, with its preference; empty: it is not known.
func (p at) programme() loan.Programme {
	got := loan.Programme(p.known(factProgramme))
	if got == loan.Job && p.known(factPreferred) == "yes" {
		return loan.JobPreferred
	}
	return got
}

// concludeLoan says what the loan costs in a month and in a year.
func concludeLoan(p at) (Result, error) {
	if p.programme() == "" {
		return p.everyRate()
	}
	amount, told := p.amount(factAmount).Value()
	if !told || amount == 0 {
		amount, told = sample, false
	}
	c, err := loan.Monthly(p.library, p.today, p.programme(), amount)
	if errors.Is(err, knowledge.ErrNotKnown) {
		r := p.notKnown(knowledge.Credit, "Chưa kết luận được: tôi chưa có lãi suất của thời gian này.")
		r.say("Mình hỏi Tổ tiết kiệm và vay vốn hoặc điểm giao dịch xã.")
		return r, p.rest(&r, nil, nil)
	}
	if err != nil {
		return Result{}, err
	}
	return p.cost(c, amount, told)
}

func (p at) cost(c loan.Cost, amount knowledge.VND, told bool) (Result, error) {
	const months = 12
	r := p.result(knowledge.Credit, knowledge.Answered, fmt.Sprintf("Khi chưa trả gốc, một tháng lãi %s.", c.Interest))
	r.say(fmt.Sprintf("Lãi suất %s một năm, tức %s một tháng.", c.Year, c.Month))
	if told {
		r.say(fmt.Sprintf("Một tháng: %s × %s = %s.", c.Month, amount, c.Interest), fmt.Sprintf("Một năm, chưa trả gốc: %s.", c.Over(months)))
	} else {
		r.Outcome, r.Referral = knowledge.Partial, true
		r.Lead = fmt.Sprintf("Lãi suất vay %s là %s một năm. Chưa biết vay bao nhiêu nên chưa tính tiền lãi.", programmeNames[c.Programme], c.Year)
		r.Bullets = []string{fmt.Sprintf("Cứ vay %s thì một tháng lãi %s.", amount, c.Interest)}
	}
	if c.Cap > 0 {
		r.say(fmt.Sprintf("Vay nhiều nhất %s.", c.Cap))
	}
	if c.Term > 0 {
		r.say(fmt.Sprintf("Thời hạn dài nhất %d tháng.", c.Term))
	}
	if told && c.OverCap() {
		r.say("Số tiền muốn vay đang cao hơn mức nhiều nhất.")
	}
	if p.programme() == loan.Job && p.known(factPreferred) == "" {
		r.say("Thuộc diện ưu đãi thì lãi thấp hơn; bà con hỏi thêm khi làm hồ sơ.")
	}
	r.say("Trả dần gốc thì lãi giảm dần. Ngân hàng Chính sách xã hội xét rồi quyết định.")
	r.Procedure = p.procedure("vay-von-ho-ngheo")
	switch c.Programme {
	case loan.Job, loan.JobPreferred:
		r.Procedure = p.procedure("vay-viec-lam")
	case loan.Poor, loan.NearPoor, loan.Escaped:
	default:
		r.Procedure = nil
	}
	return r, p.rest(&r, c.Used, []knowledge.Value{money(amount), money(c.Interest), money(c.Over(months)), money(c.Cap), rate(c.Year), rate(c.Month), count(c.Term)})
}

// everyRate is the result for whoever does not know the programme: the rate of each.
func (p at) everyRate() (Result, error) {
	r := p.notKnown(knowledge.Credit, "Chưa kết luận được: chưa biết vay theo chương trình nào.")
	var used, told []knowledge.Value
	for _, programme := range []loan.Programme{loan.Poor, loan.NearPoor, loan.Escaped, loan.Job} {
		c, err := loan.Monthly(p.library, p.today, programme, sample)
		if errors.Is(err, knowledge.ErrNotKnown) {
			continue
		}
		if err != nil {
			return Result{}, err
		}
		r.say(fmt.Sprintf("Vay %s: %s một năm.", programmeNames[programme], c.Year))
		used, told = append(used, c.Used...), append(told, rate(c.Year))
	}
	r.say("Bà con hỏi Tổ tiết kiệm và vay vốn ở ấp, khu vực.")
	return r, p.rest(&r, used, told)
}
