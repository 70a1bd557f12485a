package answer

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"policybot/knowledge"
	"policybot/knowledge/copay"
)

var hospitalNames = map[copay.Facility]string{copay.Primary: "trạm y tế, cấp ban đầu", copay.Clinic: "phòng khám đa khoa khu vực",
	copay.FormerDistrict: "cơ sở vốn tuyến huyện", copay.BasicLow: "cơ sở cấp cơ bản, ít điểm hoặc tạm xếp",
	copay.BasicMid: "cơ sở cấp cơ bản, điểm bậc giữa", copay.BasicFormerProvince: "cơ sở cấp cơ bản vốn tuyến tỉnh, trung ương",
	copay.Province: "cơ sở chuyên sâu vốn tuyến tỉnh", copay.Central: "cơ sở chuyên sâu vốn tuyến trung ương"}

const (
	askHospital = "Mình gọi bệnh viện hỏi xếp cấp chuyên môn gì, bao nhiêu điểm."
	askDesk     = "Mình hỏi bàn bảo hiểm của bệnh viện hoặc cơ quan BHXH."
	outsideList = "Thuốc, dịch vụ ngoài danh mục hoặc theo yêu cầu: mình tự trả phần đó."
)

// lead says in a line what the patient pays.
func (s stay) lead(parts []part) string {
	covered := "nếu tất cả nằm trong phạm vi chi trả thì "
	if s.Outside > 0 {
		covered = ""
	}
	route, routed := s.Route.Value()
	switch pays := "mình trả " + parts[0].Patient.String(); {
	case len(parts) == 2:
		return upperFirst(fmt.Sprintf("%s mình trả %s; %s mình trả %s.", parts[0].label(parts), parts[0].Patient, parts[1].label(parts), parts[1].Patient))
	case len(parts) > 2:
		return "Số tiền mình trả tùy ngày và tùy nội trú hay ngoại trú."
	case route == copay.Emergency:
		return "Cấp cứu: " + covered + pays + "."
	case route == copay.SelfReferred:
		return "Tự đi: " + covered + pays + "."
	case routed && s.Outside == 0:
		return "Khám đúng nơi, tất cả nằm trong phạm vi chi trả: " + pays + "."
	case routed:
		return "Khám đúng nơi: " + pays + "."
	case s.Outside > 0:
		return "Nếu khám đúng nơi: " + pays + "."
	default:
		return "Nếu khám đúng nơi và tất cả nằm trong phạm vi chi trả: " + pays + "."
	}
}

// label tells a part from the others.
func (p part) label(all []part) string {
	var words []string
	if slices.ContainsFunc(all, func(q part) bool { return q.care != p.care }) {
		words = append(words, careName(p.care))
	}
	first, last := all[0].days, all[len(all)-1].days
	switch {
	case first.From == p.days.From && last.Until == p.days.Until: // the whole span
	case first.From == p.days.From:
		words = append(words, "đến "+p.days.Last().Vietnamese())
	default:
		words = append(words, "từ "+p.days.From.Vietnamese())
	}
	return strings.Join(words, " ")
}

func careName(c copay.Care) string {
	if c == copay.Inpatient {
		return "nội trú"
	}
	return "ngoại trú"
}

func upperFirst(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// arithmetic writes how each part comes about.
func (s stay) arithmetic(parts []part) []string {
	var bullets []string
	for _, p := range parts {
		prefix := ""
		if label := p.label(parts); label != "" {
			prefix = upperFirst(label) + ": "
		}
		line := p.Lines[1]
		text := fmt.Sprintf("mình trả %s × %s = %s.", line.Rate, line.Of, line.Amount)
		if line.Rate == 0 {
			line = p.Lines[0]
			text = fmt.Sprintf("quỹ trả %s × %s = %s.", line.Rate, line.Of, line.Amount)
		}
		if p.Factor != knowledge.Whole {
			text = fmt.Sprintf("quỹ trả %s của mức hưởng %s; ", p.Factor, p.Level) + text
		}
		bullets = append(bullets, upperFirst(prefix+text))
		if p.Threshold > 0 {
			bullets = append(bullets, fmt.Sprintf("%sMột lần khám dưới %s thì mức hưởng là %s.", prefix, p.Threshold, p.Level))
		}
	}
	if s.Outside > 0 {
		line := parts[0].Lines[2]
		bullets = append(bullets, fmt.Sprintf("Ngoài danh mục, theo yêu cầu: mình trả %s × %s.", line.Rate, line.Of))
	}
	return bullets
}

// conditions are what the sum rests on beside the arithmetic, the most telling first.
func (a *Answerer) conditions(s stay, parts []part) []string {
	route, routed := s.Route.Value()
	bullets := []string{a.about(s, parts)}
	if len(parts) > 1 {
		bullets = append(bullets, severalNotes(s, route)...)
	}
	if years := a.fiveYearsNote(s, parts); years != "" {
		bullets = append(bullets, years)
	}
	anywhere := !a.open(s, copay.MissingRoute)
	if route == copay.SelfReferred && !a.same(s) {
		bullets = append(bullets, askHospital)
	}
	if route == copay.SelfReferred && a.open(s, copay.MissingHardArea) && s.plain().Group.IsKnown() && slices.Contains(s.groups(), copay.Poor) {
		bullets = append(bullets, "Hộ nghèo ở vùng khó khăn, xã đảo nằm viện thì được hưởng đủ như đi đúng nơi.")
	}
	if !routed && !anywhere {
		bullets = append(bullets, "Tự đi, không có giấy chuyển: có thể phải trả nhiều hơn.")
	}
	if s.Outside > 0 {
		return bullets
	}
	return append(bullets, outsideList)
}

// groups are those the patient is known to belong to.
func (s stay) groups() []copay.Group {
	if g, known := s.Group.Value(); known {
		return append([]copay.Group{g}, s.Also...)
	}
	return s.Also
}

// same reports whether those who refer themselves pay what those do who are sent there.
func (a *Answerer) same(s stay) bool {
	f := s.plain()
	f.Route = knowledge.OneOf(copay.Registered, copay.SelfReferred)
	found, err := copay.Settle(a.library, f)
	return err == nil && !slices.Contains(found.Missing, copay.MissingRoute)
}

// about says what was understood: whose card, where, in which care, and the day of the rules.
func (a *Answerer) about(s stay, parts []part) string {
	about := "Tính theo mức của " + a.people(parts[0]) + "."
	if !s.Group.Told() && len(s.Also) == 0 {
		about = "Thẻ BHYT diện nào cũng như vậy."
	}
	var rest []string
	if f, known := s.Facility.Value(); known && f != "" && (f == copay.Primary || f == copay.Clinic || s.Route.IsKnown()) {
		rest = append(rest, hospitalNames[f])
	}
	if care, known := s.Care.Value(); known {
		rest = append(rest, careName(care))
	}
	if len(parts) == 1 {
		rest = append(rest, "quy định ngày "+parts[0].on.Vietnamese())
	}
	if len(rest) == 0 {
		return about
	}
	return about + " " + upperFirst(strings.Join(rest, ", ")) + "."
}

// severalNotes say what several sums have in common.
func severalNotes(s stay, route copay.Route) []string {
	var when []string
	if !s.Route.Told() || route == copay.Registered {
		when = append(when, "khám đúng nơi")
	}
	if s.Outside == 0 {
		when = append(when, "tất cả nằm trong phạm vi chi trả")
	}
	var notes []string
	if len(when) > 0 {
		notes = append(notes, "Tính khi "+strings.Join(when, " và ")+".")
	}
	if s.across {
		notes = append(notes, "Nằm viện qua ngày đổi quy định: hỏi bàn bảo hiểm của bệnh viện tính theo ngày nào.")
	}
	return notes
}

// fiveYearsNote says what the rule of five years makes of it; empty: nothing.
func (a *Answerer) fiveYearsNote(s stay, parts []part) string {
	p := parts[len(parts)-1]
	limit, err := a.library.Figure("copay.five_year", p.on)
	if err != nil {
		return ""
	}
	amount := knowledge.VND(limit.Amount.N)
	five, told := s.FiveYears.Value()
	switch {
	case p.By == copay.ByFiveYears:
		return fmt.Sprintf("Đủ 5 năm liên tục, đã cùng chi trả trên ngưỡng của năm (%s): mức hưởng %s.", amount, p.Level)
	case p.Passes:
		return fmt.Sprintf("Lần này đưa cùng chi trả trong năm vượt %s: các lần sau trong năm được miễn.", amount)
	case five:
		return fmt.Sprintf("Cùng chi trả trong năm chưa vượt ngưỡng %s nên chưa được miễn.", amount)
	case !told && a.open(s, copay.MissingFiveYears):
		return fmt.Sprintf("Đủ 5 năm liên tục và đã cùng chi trả trên %s trong năm: được miễn.", amount)
	}
	return ""
}

// people names the group whose level counts, as the title of its figure does.
func (a *Answerer) people(p part) string {
	if p.Group == "" {
		return "chữ số trên mã thẻ"
	}
	return strings.TrimPrefix(a.library.FigureNamed(p.Group.Figure()).Title, "phần quỹ trả cho ")
}

// restBill sets what the answer rests on, and refuses it when it shows a number that has no source.
func (a *Answerer) restBill(d *draft, s stay, parts []part) error {
	bill, _ := s.Bill.Value()
	shown := []knowledge.Value{money(bill), money(s.Outside)}
	var deciding []knowledge.Value
	for _, p := range parts {
		for _, n := range numberForm.FindAllString(a.people(p), -1) { // of content, as "dưới 6 tuổi"
			if age, err := knowledge.ParseAmount(n, knowledge.UnitYears); err == nil {
				shown = append(shown, knowledge.Value{Amount: age})
			}
		}
		for _, v := range p.Used {
			if v.Name != "copay.small_bill" || p.Threshold > 0 {
				deciding = append(deciding, v)
			}
		}
		shown = append(shown, a.yearFigures(p.on)...)
		shown = append(shown, knowledge.Value{Period: p.days}, knowledge.Value{Period: knowledge.Period{From: p.on}}, money(p.Threshold), money(p.Patient), money(p.Fund))
		shown = append(shown, percent(p.Level), percent(p.Factor))
		for _, line := range p.Lines {
			shown = append(shown, percent(line.Rate), money(line.Of), money(line.Amount))
			a.citeLine(d, line, p.on)
		}
		for _, basis := range a.basis(&knowledge.Card{}, deciding, p.on) {
			if !slices.Contains(d.Provisions, basis) {
				d.Provisions = append(d.Provisions, basis)
			}
		}
	}
	d.Notes = a.notes(&knowledge.Card{}, &d.Answer, deciding, d.today)
	said := d.Answer
	said.Card = &knowledge.Card{ID: "bill"} // the guard names the card it refuses
	return a.guard(&said, append(shown, deciding...))
}

// citeLine adds the provisions of a line that apply on the day.
func (a *Answerer) citeLine(d *draft, line copay.Line, on knowledge.Date) {
	for _, id := range line.Basis {
		if p := a.library.Provision(id); p != nil && p.Applies.Contains(on) && !slices.Contains(d.Provisions, p) {
			d.Provisions = append(d.Provisions, p)
		}
	}
}

// yearFigures are those of the rule of five years, which many answers mention, and the change of the
// base salary in the year.
func (a *Answerer) yearFigures(on knowledge.Date) []knowledge.Value {
	var all []knowledge.Value
	for _, name := range []string{"copay.five_year", "copay.five_year.years", "base_salary"} {
		if v, err := a.library.Figure(name, on); err == nil {
			all = append(all, v)
		}
	}
	return all
}

func percent(r knowledge.Rate) knowledge.Value {
	return knowledge.Value{Amount: knowledge.Amount{N: int64(r), Unit: knowledge.UnitRate}}
}

func money(v knowledge.VND) knowledge.Value {
	return knowledge.Value{Amount: knowledge.Amount{N: int64(v), Unit: knowledge.UnitVND}}
}

// dependsOnHospital answers whoever went by themselves to a hospital whose class is not told, with what
// it would be in each class.
func (a *Answerer) dependsOnHospital(d *draft, s stay) error {
	s.Days = knowledge.Period{From: d.day, Until: d.day.AddDays(1)}
	var all []part
	for _, f := range s.Facility.Among(copay.Facilities()) {
		in := s
		in.Facility = knowledge.Known(f)
		parts, err := a.parts(in)
		if errors.Is(err, copay.ErrNotSaid) {
			continue
		}
		if errors.Is(err, knowledge.ErrNotKnown) {
			return a.billNotKnown(d, s)
		}
		if err != nil {
			return fmt.Errorf("share a bill: %w", err)
		}
		if s.Facility.Told() || slices.Contains(namedOften, f) {
			d.Bullets = append(d.Bullets, upperFirst(hospitalNames[f])+": "+sums(parts)+".")
		}
		all = append(all, parts...)
	}
	d.Outcome, d.Referral = knowledge.CannotConclude, true
	d.Lead = "Chưa kết luận được: tự đi thì còn tùy bệnh viện xếp cấp nào."
	d.Bullets = append(d.Bullets, askHospital)
	return a.restBill(d, s, all)
}

// namedOften are the classes shown to somebody who told none.
var namedOften = []copay.Facility{copay.FormerDistrict, copay.Province, copay.Central}

// sums writes what the patient pays, by the kind of care where that matters.
func sums(parts []part) string {
	if len(parts) == 1 {
		return "mình trả " + parts[0].Patient.String()
	}
	var texts []string
	for _, p := range parts {
		texts = append(texts, fmt.Sprintf("%s %s", p.label(parts), p.Patient))
	}
	return "mình trả " + strings.Join(texts, ", ")
}

// billNotKnown says that the rules of the day are not at hand, with the plain share where it is.
func (a *Answerer) billNotKnown(d *draft, s stay) error {
	d.Outcome, d.Referral = knowledge.CannotConclude, true
	d.Lead = "Chưa kết luận được: thông tin hiện có không đủ quy định của trường hợp này."
	d.Bullets = nil
	plain := s
	plain.Route, plain.Facility = knowledge.Known(copay.Registered), knowledge.Fact[copay.Facility]{}
	plain.Days = knowledge.Period{From: d.day, Until: d.day.AddDays(1)}
	parts, err := a.parts(plain)
	if err == nil {
		d.Bullets = append(d.Bullets, "Khám đúng nơi, trong phạm vi chi trả: "+sums(parts)+".")
	} else if !errors.Is(err, knowledge.ErrNotKnown) {
		return fmt.Errorf("share a bill: %w", err)
	}
	d.Bullets = append(d.Bullets, askDesk)
	return a.restBill(d, s, parts)
}
