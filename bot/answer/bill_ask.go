package answer

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"policybot/knowledge"
	"policybot/knowledge/copay"
)

// asks are what to do when a fact is missing that decides.
var asks = map[copay.Missing]func(*Answerer, *draft, stay) error{
	copay.MissingGroup: (*Answerer).askCard, copay.MissingFacility: (*Answerer).dependsOnHospital,
	copay.MissingPaid: (*Answerer).askPaid, copay.MissingBefore: (*Answerer).askBefore,
	copay.MissingListed: (*Answerer).askListed,
}

// firstAsked returns the first missing fact that a resident can tell and no result shows by itself.
func firstAsked(f copay.Finding) copay.Missing {
	for _, m := range f.Missing {
		if m != copay.MissingDay && m != copay.MissingCare {
			return m
		}
	}
	return ""
}

// askCard asks whose card it is.
func (a *Answerer) askCard(d *draft, s stay) error {
	d.Outcome, d.Lead = knowledge.Clarify, "Thẻ BHYT của mình thuộc diện nào?"
	ids := []string{"poor", "near_poor", "family", "student", "pensioner"}
	if slices.Contains(s.Group.Among(nil), copay.SocialPension) {
		d.Lead = "Người bệnh bao nhiêu tuổi?"
		ids = []string{"older75", "older70"}
	}
	for _, id := range ids {
		if w := a.lexicon.byID[id]; w != nil && w.Label != "" {
			d.Options = append(d.Options, d.option(w.Label, "thẻ "+lowerFirst(w.Label)))
		}
	}
	if s.Group.Told() && len(ids) > 2 {
		d.Options = nil
		for _, o := range meritOptions {
			d.Options = append(d.Options, d.option(o[0], o[1]))
		}
	}
	return nil
}

// meritOptions tell those apart who have merits and their relatives.
var meritOptions = [][2]string{{"Chính người có công", "thẻ người có công"}, {"Thân nhân liệt sĩ", "thẻ thân nhân liệt sĩ"},
	{"Thân nhân khác", "thẻ thân nhân người có công"}}

// option is a choice that adds something to the question.
func (d *draft) option(label, more string) Option {
	return Option{Label: label, Ask: strings.TrimRight(strings.TrimSpace(d.question.Text), ".?! ") + ", " + more}
}

func lowerFirst(s string) string {
	r := []rune(s)
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

// askPaid asks what was co-paid in the year, by the limit of the rule of five years.
func (a *Answerer) askPaid(d *draft, s stay) error {
	limit, err := a.library.Figure("copay.five_year", d.day)
	if err != nil {
		return a.billNotKnown(d, s)
	}
	low := limit
	if changed, err := copay.ChangeIn(a.library, d.day); err == nil && !changed.IsZero() {
		if v, known := a.library.Previous("copay.five_year", d.day); known {
			low = v
		}
	}
	d.Outcome, d.Lead = knowledge.Clarify, "Trong năm, trước lần này, mình đã cùng chi trả tất cả bao nhiêu?"
	d.Bullets = []string{"Chỉ tính phần cùng chi trả khi đi đúng nơi hoặc cấp cứu, không tính lần tự đi."}
	d.Options = []Option{d.option("Trên "+limit.Amount.String(), "đã cùng chi trả trên "+limit.Amount.String()),
		d.option("Không quá "+knowledge.VND(low.Amount.N).Digits(), "đã cùng chi trả không quá "+low.Amount.String())}
	return nil
}

// askListed asks whether a disease is on the list for which those who refer themselves lose nothing.
func (a *Answerer) askListed(d *draft, s stay) error {
	d.Outcome, d.Lead = knowledge.Clarify, "Bệnh của mình có trong danh mục bệnh hiếm, hiểm nghèo của Bộ Y tế không?"
	d.Bullets = []string{"Có thì tự đi cũng được hưởng đủ mức. Mình hỏi bác sĩ điều trị."}
	d.Options = []Option{d.option("Có trong danh mục", "bệnh trong danh mục bệnh hiếm, hiểm nghèo"),
		d.option("Không có", "bệnh không có trong danh mục bệnh hiếm, hiểm nghèo")}
	return nil
}

// askBefore says that the sum depends on how much was co-paid before the base salary changed.
func (a *Answerer) askBefore(d *draft, s stay) error {
	changed, err := copay.ChangeIn(a.library, d.day)
	if err != nil {
		return fmt.Errorf("change of the base salary: %w", err)
	}
	d.Outcome, d.Referral = knowledge.CannotConclude, true
	d.Lead = "Chưa kết luận được: còn tùy đã cùng chi trả bao nhiêu trước ngày đổi lương cơ sở."
	f := s.plain()
	var all []part
	for _, before := range []knowledge.VND{0, mostPaid} {
		f.Before = knowledge.Known(min(before, paidOr(f.Paid)))
		parts, err := a.parts(stay{Facts: f})
		if err != nil {
			return fmt.Errorf("share a bill: %w", err)
		}
		when := "từ"
		if before > 0 {
			when = "trước"
		}
		d.Bullets = append(d.Bullets, fmt.Sprintf("Nếu đã trả hết phần đó %s ngày %s: %s.", when, changed.Vietnamese(), sums(parts)))
		all = append(all, parts...)
	}
	d.Bullets = append(d.Bullets, askDesk)
	return a.restBill(d, s, all)
}

// paidOr returns the least that was paid.
func paidOr(f knowledge.Fact[knowledge.VND]) knowledge.VND {
	return slices.Min(f.Among([]knowledge.VND{0}))
}

// askWithin asks whether what the insurance does not cover is a part of the bill.
func (a *Answerer) askWithin(d *draft, s stay) error {
	bill, _ := s.Bill.Value()
	d.Outcome = knowledge.Clarify
	d.Lead = fmt.Sprintf("%s ngoài danh mục nằm trong số %s, hay cộng thêm?", s.Outside, bill)
	d.Options = []Option{d.option("Nằm trong", "phần ngoài danh mục nằm trong số đó"), d.option("Cộng thêm", "phần ngoài danh mục cộng thêm")}
	return nil
}

// dependsOnHospital answers whoever went by themselves to a hospital whose class is not told, with what
// it would be in each class.
func (a *Answerer) dependsOnHospital(d *draft, s stay) error {
	s.Days = knowledge.Period{From: d.day, Until: d.day.AddDays(1)}
	var all []part
	for _, f := range s.Facility.Among(copay.Facilities()) {
		in := s
		in.Facility, in.grave = knowledge.Known(f), false
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
