package copay

import (
	"fmt"
	"time"

	"policybot/knowledge"
)

// Paid is what a patient has co-paid (cùng chi trả) since the first of January, before the visit.
// What they paid when they referred themselves does not count and is left out.
type Paid struct {
	Total knowledge.VND
	// Before is the part of Total from before the base salary changed in that year. It counts on the
	// days after such a change only, see [ChangeIn].
	Before knowledge.VND
}

// remainder is what is left of the limit: co-payments must exceed it. It is below zero when they have.
type remainder struct {
	amount knowledge.VND
	limit  knowledge.Value
}

// Left returns what is left of the limit of the rule of five years on a day: those whose further
// co-payments exceed it pay none after that in the year. Below zero: they have exceeded it. Value is the
// limit of the whole year at the base salary of the day. After a change of the base salary in
// the year, what is left of the months is counted at the new one: (6 − paid / old) × new.
func Left(l *knowledge.Library, on knowledge.Date, p Paid) (knowledge.VND, knowledge.Value, error) {
	if p.Total < 0 || p.Before < 0 || p.Before > p.Total || p.Total > mostMoney {
		return 0, knowledge.Value{}, fmt.Errorf("%d of %d paid: %w", p.Before, p.Total, ErrImpossible)
	}
	left, err := p.left(l, on)
	return left.amount, left.limit, err
}

func (p Paid) left(l *knowledge.Library, on knowledge.Date) (remainder, error) {
	limit, err := l.Figure("copay.five_year", on)
	if err != nil {
		return remainder{}, err
	}
	now := knowledge.VND(limit.Amount.N)
	changed, err := ChangeIn(l, on)
	if err != nil {
		return remainder{}, err
	}
	if changed.IsZero() {
		return remainder{now - p.Total, limit}, nil
	}
	old, err := l.Figure("copay.five_year", changed.AddDays(-1))
	if err != nil {
		return remainder{}, err
	}
	was := knowledge.VND(old.Amount.N)
	if p.Before > was { // exceeded at the old salary; no multiplication that could overflow
		return remainder{-1, limit}, nil
	}
	limit.Basis = union(limit.Basis, []knowledge.ProvisionID{salaryChange})
	return remainder{(was-p.Before)*now/was - (p.Total - p.Before), limit}, nil
}

// salaryChange is the rule for a change of the base salary within the year.
const salaryChange knowledge.ProvisionID = "nd-188-2025/d18/k2/c"

// ChangeIn returns the day of the year on which the base salary changed, up to the day; zero: it did
// not.
func ChangeIn(l *knowledge.Library, on knowledge.Date) (knowledge.Date, error) {
	v, err := l.Figure("base_salary", on)
	if err != nil {
		return knowledge.Date{}, err
	}
	if first := knowledge.NewDate(on.Year(), time.January, 1); first.Before(v.Period.From) {
		return v.Period.From, nil
	}
	return knowledge.Date{}, nil
}
