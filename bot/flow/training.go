package flow

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"policybot/knowledge"
	"policybot/knowledge/training"
)

const (
	factFee  = "fee"
	factDays = "days"
	factKm   = "km"
)

// trainingPlan asks what is given to whoever learns a trade.
func trainingPlan() *plan {
	learner := func(g training.Group, label string, words ...string) choice {
		return choice{Option{string(g), label}, words}
	}
	return &plan{
		title: "Tính hỗ trợ học nghề", called: regexp.MustCompile(`\b(?:hoc nghe|dao tao nghe|lop nghe)\b`),
		button: "Tính thử", figures: []string{"training."}, conclude: concludeTraining,
		questions: []question{
			{
				fact: factGroup, title: "Người học", ask: "Người học nghề thuộc diện nào?", example: "hộ nghèo, lao động nông thôn",
				options: []choice{learner(training.Poor, "", "poor"), learner(training.NearPoor, "", "near_poor"), learner(training.Disabled, "", "disabled"),
					learner(training.Rural, "Lao động nông thôn"), learner(training.Youth, "Xuất ngũ, tình nguyện")},
				hear: hearLearner, say: sayLearner,
				hint: "Bà con bấm một nút, hoặc gõ diện, thí dụ «hộ nghèo».",
			},
			{
				fact: factFee, title: "Học phí", ask: "Học phí cả khóa bao nhiêu?", example: "3 triệu",
				options: []choice{{Option{"2000000", "2 triệu"}, nil}, {Option{"4000000", "4 triệu"}, nil}, {Option{"6000000", "6 triệu"}, nil}},
				hear:    hearBill, say: sayBand, hint: "Bà con gõ học phí cả khóa, thí dụ «3 triệu».",
			},
			{
				fact: factDays, title: "Số ngày học", ask: "Khóa học bao nhiêu ngày thực học?", example: "45 ngày",
				options: []choice{{Option{"30", "30 ngày"}, nil}, {Option{"60", "60 ngày"}, nil}, {Option{"90", "90 ngày"}, nil}},
				hear:    hearDays, say: func(_ at, v string) string { return v + " ngày" }, hint: "Bà con gõ số ngày học, thí dụ «45 ngày».",
			},
			{
				fact: factHard, title: "Vùng khó khăn", ask: "Nhà mình có ở vùng đặc biệt khó khăn không?", example: "có, không",
				options: yesNo("Có", "Không"), hear: hearYesNo,
			},
			{
				fact: factKm, title: "Đường đi học", ask: "Từ nhà tới lớp học chừng bao nhiêu km?", example: "12 km",
				choices: distances, hear: hearKm, say: sayKm, hint: "Bà con gõ số km, thí dụ «12 km».",
			},
		},
	}
}

// otherLearners are the groups that are not offered, by the word of content for them.
var otherLearners = map[string]training.Group{"minority": training.Minority, "merit": training.Merit}

func hearLearner(p at, text string) (string, bool) {
	if len(strings.Fields(text)) > brief {
		return "", false
	}
	for _, w := range p.answers.WordsIn(text) {
		if g := otherLearners[w]; g != "" {
			return string(g), true
		}
	}
	return "", false
}

func sayLearner(_ at, value string) string {
	return map[string]string{string(training.Minority): "Dân tộc thiểu số", string(training.Merit): "Người có công"}[value]
}

func hearDays(p at, text string) (string, bool) {
	m := regexp.MustCompile(`^(\d{1,3})(?: ngay)?$|^(\d{1,2}) thang$`).FindStringSubmatch(plainly(text))
	if m == nil || m[1] == "" {
		return "", false
	}
	return m[1], m[1] != "0"
}

// distances are the ways below, between and above those from which money is given.
func distances(p at) []Option {
	var all []Option
	from := 0
	for _, name := range []string{"training.travel_hard.km", "training.travel.km"} {
		n := p.limit(name)
		if n <= from {
			continue
		}
		label := "Dưới " + strconv.Itoa(n) + " km"
		if from > 0 {
			label = strconv.Itoa(from) + " đến " + strconv.Itoa(n-1) + " km"
		}
		all = append(all, Option{strconv.Itoa(n - 1), label})
		from = n
	}
	return append(all, Option{strconv.Itoa(max(from, 1)), "Từ " + strconv.Itoa(max(from, 1)) + " km"})
}

func hearKm(_ at, text string) (string, bool) {
	m := regexp.MustCompile(`^(\d{1,3})(?:[.,]\d+)? ?(?:km|cay so|cay|kilomet)?$`).FindStringSubmatch(plainly(text))
	if m == nil {
		return "", false
	}
	return m[1], true
}

func sayKm(_ at, value string) string { return value + " km" }

// class are the facts as the rule takes them.
func (p at) class() training.Class {
	c := training.Class{Day: p.today, Group: training.Group(p.known(factGroup)), Fee: p.amount(factFee), Hard: p.isSo(factHard)}
	if n := p.number(factDays); n > 0 {
		c.Days = knowledge.Known(n)
	}
	if n, err := strconv.Atoi(p.known(factKm)); err == nil {
		c.Km = knowledge.Known(n)
	}
	return c
}

var ruleNames = map[training.Rule]string{training.Decree338: "Quy định mới", training.Decision46: "Quy định cũ"}

// concludeTraining says what each of the two rules gives: the commune tells which pays.
func concludeTraining(p at) (Result, error) {
	grants, err := training.Grants(p.library, p.class())
	if errors.Is(err, knowledge.ErrNotKnown) {
		r := p.notKnown(knowledge.Training, "Chưa kết luận được: tôi chưa có mức hỗ trợ cho trường hợp này.")
		r.say("Bà con hỏi UBND xã/phường về lớp và mức hỗ trợ.")
		return r, p.rest(&r, nil, nil)
	}
	if err != nil {
		return Result{}, err
	}
	r := p.result(knowledge.Training, knowledge.Answered, "")
	first := grants[0]
	switch {
	case first.Whole:
		r.Lead = fmt.Sprintf("Theo lời bà con, khóa này được hỗ trợ tới %s.", first.Total)
	case first.Total > 0:
		r.Outcome, r.Referral = knowledge.Partial, true
		r.Lead = fmt.Sprintf("Mới tính được một phần: %s. Còn thiếu vài thông tin.", first.Total)
	default:
		r.Outcome, r.Referral, r.Lead = knowledge.CannotConclude, true, "Chưa kết luận được: còn thiếu học phí, số ngày và đường đi học."
	}
	var used, told []knowledge.Value
	for _, g := range grants {
		name := ruleNames[g.Rule]
		for i, line := range g.Lines {
			prefix := ""
			if i == 0 && len(grants) > 1 {
				prefix = name + ": "
			}
			r.say(sentenceOf(prefix + grantLine(line)))
			told = append(told, money(line.Amount), money(line.Rate), count(line.Days), count(line.MinKm))
		}
		used, told = append(used, g.Used...), append(told, money(g.Total), money(g.Cap))
		if g.Cap > 0 {
			r.say(fmt.Sprintf("Tất cả cộng lại nhiều nhất %s.", g.Cap))
		}
	}
	r.say("Lớp nào chi theo quy định nào, UBND xã/phường trả lời.")
	if p.known(factGroup) == "" {
		r.say("Người ở phường thì hỏi UBND phường xem có thuộc khu vực nông thôn không.")
	}
	r.Procedure = p.procedure("ho-tro-dao-tao-nghe")
	return r, p.rest(&r, used, told)
}

// grantLine writes what is given for one part.
func grantLine(l training.Line) string {
	switch {
	case l.Part == training.Fees && l.Known:
		return fmt.Sprintf("học phí được %s, tối đa %s một khóa.", l.Amount, l.Rate)
	case l.Part == training.Fees:
		return fmt.Sprintf("học phí tối đa %s một khóa.", l.Rate)
	case l.Part == training.Meals && l.Known:
		return fmt.Sprintf("tiền ăn %s × %d ngày = %s.", l.Rate, l.Days, l.Amount)
	case l.Part == training.Meals:
		return fmt.Sprintf("tiền ăn %s một ngày thực học.", l.Rate)
	case l.Known && l.Amount == 0:
		return fmt.Sprintf("tiền đi lại: không có, vì chưa tới %d km.", l.MinKm)
	case l.Known:
		return fmt.Sprintf("tiền đi lại %s một khóa, vì từ %d km.", l.Amount, l.MinKm)
	}
	return fmt.Sprintf("tiền đi lại nhiều nhất %s một khóa, từ %d km.", l.Amount, l.MinKm)
}
