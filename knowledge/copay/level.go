package copay

import (
	"errors"
	"fmt"
	"slices"

	"policybot/knowledge"
)

// bestGroup is the rule by which the best of several groups counts.
const bestGroup knowledge.ProvisionID = "luat-51-2024/d22/k2"

// level finds the benefit level: that of the group or of the card, or all of it in primary care, for
// a small bill, and by the rule of five years. What cannot raise it any more is not asked for.
func (w *worker) level() error {
	if err := w.ofGroups(); err != nil {
		return err
	}
	for _, raise := range []func() error{w.inPrimaryCare, w.ofSmallBill, w.ofFiveYears} {
		if w.out.Level == knowledge.Whole {
			return nil
		}
		if err := raise(); err != nil {
			return err
		}
	}
	return nil
}

// raise takes a level over.
func (w *worker) raise(v knowledge.Value, by Reason) {
	w.out.Level, w.out.By, w.onLevel = knowledge.Rate(v.Amount.N), by, v.Basis
}

// ofGroups takes the highest level of the groups and of the card. A level that is not known cannot
// be left out, unless another one is whole.
func (w *worker) ofGroups() error {
	var gap error
	best := knowledge.Value{Amount: knowledge.Amount{N: -1}}
	levels := 0
	consider := func(name string, g Group, by Reason) error {
		v, err := w.library.Figure(name, w.in.Day)
		if errors.Is(err, knowledge.ErrNotKnown) {
			gap = err
			return nil
		}
		if err != nil {
			return err
		}
		levels++
		if v.Amount.N > best.Amount.N {
			best = v
			w.out.Group = g
			w.raise(v, by)
		}
		return nil
	}
	for _, g := range w.in.Groups {
		if err := consider(g.Figure(), g, ByGroup); err != nil {
			return err
		}
	}
	if w.in.Digit > 0 {
		if err := consider(fmt.Sprintf("card.code.%d.fund", w.in.Digit), "", ByCode); err != nil {
			return err
		}
	}
	if gap != nil && w.out.Level < knowledge.Whole {
		return gap
	}
	w.out.Used = append(w.out.Used, best)
	if p := w.library.Provision(bestGroup); levels > 1 && len(w.in.Groups) > 1 && p != nil && p.Applies.Contains(w.in.Day) {
		w.onLevel = union(w.onLevel, []knowledge.ProvisionID{bestGroup})
	}
	return nil
}

func (w *worker) inPrimaryCare() error {
	if !w.in.inPrimary() {
		return nil
	}
	v, err := w.figure("copay.primary.fund")
	if err == nil {
		w.raise(v, ByPrimary)
	}
	return err
}

// ofSmallBill raises the level for a visit that costs less than the threshold; one that costs just
// as much is not small.
func (w *worker) ofSmallBill() error {
	v, err := w.figure("copay.small_bill")
	if err != nil {
		return err
	}
	if w.in.Bill >= knowledge.VND(v.Amount.N) {
		return nil
	}
	w.raise(v, BySmallBill)
	w.out.Level, w.out.Threshold = knowledge.Whole, knowledge.VND(v.Amount.N)
	return nil
}

// ofFiveYears raises the level when the co-payments of the year are above the limit already. For
// those who refer themselves the sources do not say whether it does.
func (w *worker) ofFiveYears() error {
	if !w.in.FiveYears {
		return nil
	}
	left, err := w.in.Paid.left(w.library, w.in.Day)
	if err != nil || left.amount >= 0 {
		return err
	}
	if w.in.Route == SelfReferred && w.out.Factor > 0 {
		return fmt.Errorf("five years and self-referred: %w", ErrNotSaid)
	}
	w.out.Used = append(w.out.Used, left.limit)
	w.raise(left.limit, ByFiveYears)
	w.out.Level = knowledge.Whole
	return nil
}

// passes notes when a co-payment of our own takes those of the year over the limit.
func (w *worker) passes(own knowledge.VND) error {
	if !w.in.FiveYears || w.in.Route == SelfReferred || w.out.By == ByFiveYears || own == 0 {
		return nil
	}
	left, err := w.in.Paid.left(w.library, w.in.Day)
	if err != nil {
		return err
	}
	w.out.Passes = own > left.amount
	if w.out.Passes {
		w.out.Used = append(w.out.Used, left.limit)
	}
	return nil
}

// union appends what is not there yet.
func union(ids, more []knowledge.ProvisionID) []knowledge.ProvisionID {
	all := slices.Clone(ids)
	for _, id := range more {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}
