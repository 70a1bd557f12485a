package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"

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
	if s.grave {
		f.Listed = s.Listed
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
