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
	copay.FormerDistrict: "cơ sở vốn tuyến huyện",
	copay.Province:       "cơ sở chuyên sâu vốn tuyến tỉnh", copay.Central: "cơ sở chuyên sâu vốn tuyến trung ương"}

const (
	askHospital = "Mình gọi bệnh viện hỏi xếp cấp chuyên môn gì, bao nhiêu điểm."
	outsideList = "Thuốc, dịch vụ ngoài danh mục hoặc theo yêu cầu: mình tự trả phần đó."
)

// lead says in a line what the patient pays.
func (s stay) lead(parts []part) string {
	switch pays := "mình trả " + parts[0].Patient.String(); {
	case len(parts) == 2:
		return upperFirst(fmt.Sprintf("%s mình trả %s; %s mình trả %s.", parts[0].label(parts), parts[0].Patient, parts[1].label(parts), parts[1].Patient))
	case len(parts) > 2:
		return "Số tiền mình trả tùy ngày và tùy nội trú hay ngoại trú."
	case s.Route == copay.Emergency:
		return "Cấp cứu: nếu tất cả nằm trong phạm vi chi trả thì " + pays + "."
	case s.Route == copay.SelfReferred:
		return "Tự đi: nếu tất cả nằm trong phạm vi chi trả thì " + pays + "."
	case s.routed:
		return "Khám đúng nơi, tất cả nằm trong phạm vi chi trả: " + pays + "."
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
func arithmetic(parts []part) []string {
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
	return bullets
}

// conditions are what the sum rests on beside the arithmetic.
func (a *Answerer) conditions(d *draft, s stay, parts []part) []string {
	about := "Tính theo mức của " + a.people(s)
	if s.Facility == copay.Primary || s.Route == copay.SelfReferred {
		about += ", " + hospitalNames[s.Facility]
	}
	if len(parts) == 1 {
		about += ", quy định ngày " + d.Day.Vietnamese()
	}
	bullets := []string{about + "."}
	if len(parts) > 1 {
		where := ""
		if s.Route == copay.Registered {
			where = "khám đúng nơi và "
		}
		bullets = append(bullets, "Tính khi "+where+"tất cả nằm trong phạm vi chi trả.")
	}
	anywhere := s.Facility == copay.Primary || s.Facility == copay.FormerDistrict // the same for those who refer themselves
	if s.Route == copay.SelfReferred && !anywhere {
		bullets = append(bullets, askHospital)
	}
	if s.Groups[0] == copay.Poor && s.Route == copay.SelfReferred && s.Facility == copay.Central && s.Care != copay.Outpatient {
		bullets = append(bullets, "Hộ nghèo ở vùng khó khăn, xã đảo nằm viện thì được hưởng đủ như đi đúng nơi.")
	}
	if !s.routed && !anywhere {
		bullets = append(bullets, "Tự đi, không có giấy chuyển: có thể phải trả nhiều hơn.")
	}
	return append(bullets, outsideList)
}

// people names the group of the card, as the title of its figure does.
func (a *Answerer) people(s stay) string {
	return strings.TrimPrefix(a.library.FigureNamed(s.Groups[0].Figure()).Title, "phần quỹ trả cho ")
}

// restBill sets what the answer rests on, and refuses it when it shows a number that has no source.
func (a *Answerer) restBill(d *draft, s stay, parts []part) error {
	used := []knowledge.Value{money(s.Bill)}
	for _, n := range numberForm.FindAllString(a.people(s), -1) { // of content, as "dưới 6 tuổi"
		if age, err := knowledge.ParseAmount(n, knowledge.UnitYears); err == nil {
			used = append(used, knowledge.Value{Amount: age})
		}
	}
	var deciding []knowledge.Value
	for _, p := range parts {
		for _, v := range p.Used {
			if v.Name != "copay.small_bill" || p.Threshold > 0 {
				deciding = append(deciding, v)
			}
		}
		used = append(used, money(p.Patient), money(p.Fund), money(p.Threshold), knowledge.Value{Period: p.days})
		for _, r := range []knowledge.Rate{p.Level, p.Factor, p.Lines[0].Rate, p.Lines[1].Rate} {
			used = append(used, knowledge.Value{Amount: knowledge.Amount{N: int64(r), Unit: knowledge.UnitRate}})
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
	return a.guard(&said, append(used, deciding...))
}

func money(v knowledge.VND) knowledge.Value {
	return knowledge.Value{Amount: knowledge.Amount{N: int64(v), Unit: knowledge.UnitVND}}
}

// dependsOnHospital answers whoever went by themselves to a hospital whose class is not told: with
// the sum when every class gives the same one, else with what it would be in each.
func (a *Answerer) dependsOnHospital(d *draft, s stay) error {
	s.span = knowledge.Period{From: d.day, Until: d.day.AddDays(1)}
	var all []part
	same := true
	for _, s.Facility = range copay.Facilities() {
		parts, err := a.parts(s)
		if errors.Is(err, copay.ErrNotSaid) {
			continue
		}
		if errors.Is(err, knowledge.ErrNotKnown) {
			return a.billNotKnown(d, s)
		}
		if err != nil {
			return fmt.Errorf("share a bill: %w", err)
		}
		if name := hospitalNames[s.Facility]; name != "" && s.Facility != copay.Primary {
			d.Bullets = append(d.Bullets, upperFirst(name)+": "+sums(parts)+".")
		}
		all = append(all, parts...)
		same = same && len(parts) == 1 && parts[0].Patient == all[0].Patient
	}
	d.Outcome, d.Referral = knowledge.CannotConclude, true
	d.Lead = "Chưa kết luận được: tự đi thì còn tùy bệnh viện xếp cấp nào."
	d.Bullets = append(d.Bullets, askHospital)
	if same {
		d.Outcome, d.Referral = knowledge.Answered, false
		d.Lead, d.Bullets = s.lead(all[:1]), append(arithmetic(all[:1]), outsideList)
	}
	return a.restBill(d, s, all)
}

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
	d.Lead = "Chưa kết luận được: thông tin hiện có không đủ quy định của thời gian đó."
	d.Bullets = nil
	plain := s
	plain.Route, plain.Facility = copay.Registered, ""
	plain.span = knowledge.Period{From: d.day, Until: d.day.AddDays(1)}
	parts, err := a.parts(plain)
	if err == nil {
		d.Bullets = append(d.Bullets, "Khám đúng nơi, trong phạm vi chi trả: "+sums(parts)+".")
	} else if !errors.Is(err, knowledge.ErrNotKnown) {
		return fmt.Errorf("share a bill: %w", err)
	}
	d.Bullets = append(d.Bullets, "Mình hỏi bàn bảo hiểm của bệnh viện hoặc cơ quan BHXH.")
	return a.restBill(d, s, parts)
}
