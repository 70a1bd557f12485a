package flow

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"policybot/bot/answer"
	"policybot/knowledge"
	"policybot/knowledge/copay"
)

// concludeBill says what the patient pays, what it depends on, or what is missing to say it.
func concludeBill(p at) (Result, error) {
	if p.cardKnown() != yes {
		return p.noCard()
	}
	found, err := copay.Settle(p.library, p.visit())
	if errors.Is(err, knowledge.ErrNotKnown) {
		r := p.notKnown(knowledge.Insurance, "Chưa kết luận được: thông tin hiện có không đủ quy định cho trường hợp này.")
		r.say("Mình hỏi bàn bảo hiểm của bệnh viện hoặc cơ quan BHXH.")
		return r, p.rest(&r, nil, nil)
	}
	if err != nil {
		return Result{}, err
	}
	if out, settled := found.Settled(); settled {
		return p.oneSum(out)
	}
	return p.severalSums(found)
}

// noCard is the result for whoever does not know what card it is: what each of the frequent ones
// pays.
func (p at) noCard() (Result, error) {
	r := p.notKnown(knowledge.Insurance, "Chưa kết luận được: chưa biết thẻ BHYT thuộc diện nào.")
	r.say("Xem hai chữ đầu mã thẻ: HN hộ nghèo, CN cận nghèo, GD hộ gia đình, HT hưu trí.")
	var used []knowledge.Value
	for _, g := range []copay.Group{copay.Poor, copay.NearPoor, copay.Pensioner, copay.Household} {
		v, err := p.library.Figure("copay."+string(g)+".patient", p.today)
		if err != nil {
			continue
		}
		used = append(used, v)
		r.say(fmt.Sprintf("Đi đúng nơi, %s trả %s trong phạm vi chi trả.", sayGroup(p, string(g)), v.Amount))
	}
	return r, p.rest(&r, used, nil)
}

// oneSum is the result when every way to fill in the facts comes to the same sum.
func (p at) oneSum(out copay.Outcome) (Result, error) {
	r := p.result(knowledge.Insurance, knowledge.Answered, "")
	r.Day = p.cited(out)
	_, billed := p.visit().Bill.Value()
	switch {
	case out.Patient == 0:
		r.Lead = "Phần trong phạm vi BHYT, mình không phải trả đồng nào."
	case out.Case.Outside > 0:
		r.Lead = fmt.Sprintf("Mình trả %s, kể cả %s ngoài phạm vi BHYT.", out.Patient, out.Case.Outside)
	default:
		r.Lead = fmt.Sprintf("Mình trả %s, nếu tất cả nằm trong phạm vi BHYT.", out.Patient)
	}
	r.say(p.why(out)...)
	if billed {
		r.say(sums(out)...)
	}
	r.say(p.besides(out)...)
	return r, p.restBill(&r, out)
}

// cited is the day whose law a sum goes by: that of the visit, or today where it has the same.
func (p at) cited(out copay.Outcome) knowledge.Date {
	switch day := p.day(); {
	case out.Days.Contains(p.today):
		return p.today
	case out.Days.Contains(day):
		return day
	}
	return out.Days.Last()
}

// why says which rules give the share.
func (p at) why(out copay.Outcome) []string {
	var lines []string
	switch out.By {
	case copay.BySmallBill:
		lines = append(lines, fmt.Sprintf("Một lần khám dưới %s: mức hưởng %s.", out.Threshold, out.Level))
	case copay.ByPrimary:
		lines = append(lines, fmt.Sprintf("Khám ở cấp ban đầu: mức hưởng %s.", out.Level))
	case copay.ByFiveYears:
		lines = append(lines, fmt.Sprintf("Thẻ liên tục đủ năm và đã cùng chi trả trên hạn mức của năm: mức hưởng %s.", out.Level))
	case copay.ByCode:
		lines = append(lines, fmt.Sprintf("Mức hưởng theo số trên mã thẻ: %s.", out.Level))
	default:
		lines = append(lines, fmt.Sprintf("Mức hưởng của %s: %s.", sayGroup(p, string(out.Group)), out.Level))
	}
	if out.Factor != knowledge.Whole {
		lines = append(lines, fmt.Sprintf("Tự đi nơi này, quỹ trả %s của mức hưởng.", out.Factor))
	}
	return lines
}

// sums writes the arithmetic, a line for each who pays.
func sums(out copay.Outcome) []string {
	var lines []string
	for _, line := range out.Lines {
		who := "Quỹ trả"
		if line.Payer == copay.Patient {
			who = "Mình trả"
		}
		if line.Outside {
			lines = append(lines, fmt.Sprintf("Ngoài phạm vi BHYT, mình trả hết: %s.", line.Amount))
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: %s × %s = %s.", who, line.Rate, line.Of, line.Amount))
	}
	return lines
}

// besides is what must be known beside the sum.
func (p at) besides(out copay.Outcome) []string {
	lines := []string{"Thuốc, dịch vụ ngoài danh mục hoặc theo yêu cầu: mình tự trả."}
	if out.Passes {
		lines = append(lines, "Với lần này mình vượt hạn mức của năm: các lần sau trong năm không phải cùng chi trả.")
	}
	if day := p.cited(out); day != p.today {
		lines = append(lines, "Tính theo quy định ngày "+day.Vietnamese()+".")
	}
	return lines
}

// restBill sets what a sum rests on.
func (p at) restBill(r *Result, outs ...copay.Outcome) error {
	var used, told []knowledge.Value
	var bases []knowledge.ProvisionID
	for _, out := range outs {
		used = append(used, out.Used...)
		if v, err := p.library.Figure("copay.small_bill", out.Case.Day); err == nil && strings.Contains(strings.Join(r.Bullets, "\n"), v.Amount.String()) {
			used = append(used, v)
		}
		told = append(told, money(out.Patient), money(out.Fund), money(out.Threshold), rate(out.Level), rate(out.Factor), knowledge.Value{Period: out.Days}, knowledge.Value{Period: knowledge.Period{From: out.Case.Day}})
		told = append(told, inName(sayGroup(p, string(out.Group)))...)
		for _, line := range out.Lines {
			told = append(told, rate(line.Rate), money(line.Of), money(line.Amount))
			bases = append(bases, line.Basis...)
		}
	}
	err := p.rest(r, used, told, bases...)
	r.Notes = slices.DeleteFunc(r.Notes, func(n answer.Note) bool { return n.Kind == answer.KnownTo }) // the visit is over, or today
	return err
}

func rate(r knowledge.Rate) knowledge.Value {
	return knowledge.Value{Amount: knowledge.Amount{N: int64(r), Unit: knowledge.UnitRate}}
}

// depends says what the sum hangs on, by the first fact that is missing.
var depends = map[copay.Missing]string{
	copay.MissingGroup:     "còn tùy tuổi người bệnh",
	copay.MissingBill:      "còn thiếu số tiền khám chữa bệnh",
	copay.MissingRoute:     "còn tùy cách đi khám",
	copay.MissingFacility:  "còn tùy nơi khám xếp cấp nào",
	copay.MissingCare:      "còn tùy nằm viện hay khám rồi về",
	copay.MissingFiveYears: "còn tùy thẻ đã liên tục đủ năm chưa",
	copay.MissingPaid:      "còn tùy đã cùng chi trả bao nhiêu trong năm",
	copay.MissingBefore:    "còn tùy đã cùng chi trả bao nhiêu trước ngày đổi lương cơ sở",
	copay.MissingHardArea:  "còn tùy có ở vùng khó khăn, xã đảo không",
	copay.MissingListed:    "còn tùy bệnh có trong danh mục không",
	copay.MissingDay:       "còn tùy ngày đi khám",
}

// severalSums is the result when what is not known still counts: each sum there may be, or the span
// of them when they are many.
func (p at) severalSums(found copay.Finding) (Result, error) {
	r := p.result(knowledge.Insurance, knowledge.CannotConclude, "")
	r.Referral = true
	first := slices.IndexFunc(found.Missing, func(m copay.Missing) bool { return m != copay.MissingBill || p.known(factBill) == "" })
	r.Lead = "Chưa kết luận được: " + depends[found.Missing[max(0, first)]] + "."
	if _, billed := p.visit().Bill.Value(); !billed {
		return r, p.rates(&r, found)
	}
	const most = 4
	known := slices.DeleteFunc(slices.Clone(found.Outcomes), func(o copay.Outcome) bool { return !o.Known })
	switch least, upmost, _ := found.Range(); {
	case len(known) <= most:
		for _, o := range known {
			r.say(fmt.Sprintf("%s: mình trả %s.", p.label(o, found), o.Patient))
		}
	default:
		r.say(fmt.Sprintf("Tùy trường hợp, mình trả từ %s tới %s.", least, upmost))
	}
	if slices.Contains(found.Missing, copay.MissingFacility) {
		r.say("Mình gọi bệnh viện hỏi xếp cấp chuyên môn gì, bao nhiêu điểm.")
	}
	if len(known) < len(found.Outcomes) {
		r.say("Có trường hợp thông tin hiện có không đủ quy định: hỏi bàn bảo hiểm của bệnh viện.")
	}
	return r, p.restBill(&r, known...)
}

// rates says what part the patient pays where the bill is not known.
func (p at) rates(r *Result, found copay.Finding) error {
	var shown []copay.Outcome
	for _, o := range slices.Backward(found.Outcomes) {
		if !o.Known || len(o.Lines) < 2 || slices.ContainsFunc(shown, func(s copay.Outcome) bool { return s.Lines[1].Rate == o.Lines[1].Rate }) {
			continue
		}
		shown = append(shown, o)
		r.say(fmt.Sprintf("%s: mình trả %s số tiền trong phạm vi BHYT.", p.label(o, found), o.Lines[1].Rate))
	}
	return p.restBill(r, shown...)
}

// label tells an outcome from the others: by the facts that are missing.
func (p at) label(o copay.Outcome, found copay.Finding) string {
	var words []string
	for _, m := range found.Missing {
		if word := p.word(o, found, m); word != "" {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return "Trường hợp này"
	}
	first := []rune(strings.Join(words, ", "))
	return strings.ToUpper(string(first[:1])) + string(first[1:])
}

var routes = map[copay.Route]string{copay.Registered: "đi đúng nơi", copay.Emergency: "cấp cứu", copay.SelfReferred: "tự đi"}

var hospitals = map[copay.Facility]string{copay.Primary: "trạm y tế, cấp ban đầu", copay.Clinic: "phòng khám đa khoa khu vực", copay.FormerDistrict: "nơi vốn tuyến huyện",
	copay.BasicLow: "cấp cơ bản ít điểm hoặc tạm xếp", copay.BasicMid: "cấp cơ bản nhiều điểm", copay.BasicFormerProvince: "cấp cơ bản vốn tuyến tỉnh, trung ương",
	copay.Province: "chuyên sâu vốn tuyến tỉnh", copay.Central: "chuyên sâu vốn trung ương", "": "bệnh viện"}

// word says what an outcome takes for a fact that is missing; empty where that tells nothing.
func (p at) word(o copay.Outcome, found copay.Finding, m copay.Missing) string {
	c := o.Case
	either := func(is bool, yes, no string) string {
		if is {
			return yes
		}
		return no
	}
	switch m {
	case copay.MissingRoute:
		return routes[c.Route]
	case copay.MissingFacility:
		return hospitals[c.Facility]
	case copay.MissingCare:
		return either(c.Care == copay.Inpatient, "nằm viện", "khám rồi về")
	case copay.MissingBill:
		limit, err := p.library.Figure("copay.small_bill", c.Day)
		if err != nil || !slices.ContainsFunc(found.Outcomes, func(o copay.Outcome) bool { return o.By == copay.BySmallBill }) {
			return ""
		}
		return either(o.By == copay.BySmallBill, "một lần khám dưới "+limit.Amount.String(), "từ "+limit.Amount.String()+" trở lên")
	case copay.MissingFiveYears:
		return either(o.By == copay.ByFiveYears, "liên tục đủ năm và trên hạn mức", "chưa đủ năm liên tục hoặc chưa trên hạn mức")
	case copay.MissingPaid:
		return either(o.By == copay.ByFiveYears, "đã trên hạn mức của năm", "chưa trên hạn mức của năm")
	case copay.MissingHardArea:
		return either(c.HardArea, "ở vùng khó khăn, xã đảo", "ở nơi khác")
	case copay.MissingListed:
		return either(c.Listed, "bệnh trong danh mục", "bệnh ngoài danh mục")
	case copay.MissingDay:
		return "từ " + o.Days.From.Vietnamese() + " tới " + o.Days.Last().Vietnamese()
	}
	return ""
}
