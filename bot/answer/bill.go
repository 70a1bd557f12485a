package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"policybot/knowledge"
	"policybot/knowledge/copay"
)

// part is who pays what on the days of a period, in one kind of care.
type part struct {
	copay.Result
	care copay.Care
	days knowledge.Period
	on   knowledge.Date // the day among them whose rules are cited
}

// bill settles a question that states what a treatment cost, by working out who pays what of it.
func (a *Answerer) bill(_ context.Context, d *draft) (settled bool, err error) {
	s, told := a.stayIn(d)
	if !told {
		return false, nil
	}
	d.Heard = Heard{About: AboutBill, Bill: &s.Facts}
	f, err := copay.Settle(a.library, s.plain())
	if errors.Is(err, knowledge.ErrNotKnown) {
		return true, a.billNotKnown(d, s)
	}
	if errors.Is(err, copay.ErrImpossible) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("share a bill: %w", err)
	}
	if ask := asks[firstAsked(f)]; ask != nil {
		return true, ask(a, d, s)
	}
	parts, err := a.parts(s)
	if errors.Is(err, knowledge.ErrNotKnown) {
		return true, a.billNotKnown(d, s)
	}
	if err != nil {
		return false, fmt.Errorf("share a bill: %w", err)
	}
	if s.apart && slices.ContainsFunc(parts, func(p part) bool { return p.Patient != s.Outside }) {
		return true, a.askWithin(d, s)
	}
	d.Outcome, d.Referral = knowledge.Answered, false
	d.Lead = s.lead(parts)
	bullets := append(s.arithmetic(parts), a.conditions(s, parts)...)
	const most = 5
	d.Bullets, d.More = bullets[:min(most, len(bullets))], bullets[min(most, len(bullets)):]
	return true, a.restBill(d, s, parts)
}

// asks are what to do when a fact is missing that decides.
var asks = map[copay.Missing]func(*Answerer, *draft, stay) error{
	copay.MissingGroup: (*Answerer).askCard, copay.MissingFacility: (*Answerer).dependsOnHospital,
	copay.MissingPaid: (*Answerer).askPaid, copay.MissingBefore: (*Answerer).askBefore,
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

// plain are the facts under which a sum is told when nobody has told otherwise: sent there, to no
// special place, without the rules for few. The answer says that it holds for these.
func (s stay) plain() copay.Facts {
	f := s.Facts
	if !f.Route.Told() {
		f.Route = knowledge.Known(copay.Registered)
	}
	if r, _ := f.Route.Value(); r != copay.SelfReferred && !f.Facility.Told() {
		f.Facility = knowledge.Known(copay.Facility(""))
	}
	for _, few := range []*knowledge.Fact[bool]{&f.FiveYears, &f.Listed, &f.HardArea} {
		if !few.Told() {
			*few = knowledge.Known(false)
		}
	}
	return f
}

// open reports whether a fact that is not told could change the sum, everything else being as it is
// told or plain.
func (a *Answerer) open(s stay, m copay.Missing) bool {
	f := s.plain()
	switch m {
	case copay.MissingRoute:
		f.Route = s.Route
	case copay.MissingFiveYears:
		f.FiveYears = s.FiveYears
	case copay.MissingHardArea:
		f.HardArea = s.HardArea
	}
	found, err := copay.Settle(a.library, f)
	return err == nil && slices.Contains(found.Missing, m)
}

// parts works out the stay for each kind of care that matters, and for all days of its span. What comes
// out the same is told once.
func (a *Answerer) parts(s stay) ([]part, error) {
	f := s.plain()
	var parts []part
	for _, care := range f.Care.Among([]copay.Care{copay.Inpatient, copay.Outpatient}) {
		f.Care = knowledge.Known(care)
		found, err := copay.Settle(a.library, f)
		if err != nil {
			return nil, err
		}
		var some []part
		for _, o := range found.Outcomes {
			if !o.Known {
				return nil, knowledge.ErrNotKnown
			}
			some = append(some, part{o.Result, care, o.Days, o.Case.Day})
		}
		same := len(parts) > 0 && slices.EqualFunc(parts, some, func(p, q part) bool { return p.Patient == q.Patient && p.days == q.days })
		if !same {
			parts = append(parts, some...)
		}
	}
	return parts, nil
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
