package answer

import (
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
	if inferred(parts) {
		bullets = append(bullets, "Mức này tôi suy ra từ câu chữ của luật: luật chỉ nêu người lớn tuổi hơn. Hỏi cơ quan BHXH.")
	}
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

// inferred reports whether the level is that of younger social pensioners since the law names the older
// ones only.
func inferred(parts []part) bool {
	return slices.ContainsFunc(parts, func(p part) bool {
		return p.Group == copay.SocialPension && slices.ContainsFunc(p.Used, func(v knowledge.Value) bool {
			return v.Name == p.Group.Figure() && v.Confidence != knowledge.Checked
		})
	})
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
