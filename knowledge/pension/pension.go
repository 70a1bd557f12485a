// Package pension works out what the social pension (trợ cấp hưu trí xã hội), the monthly social
// allowances (trợ cấp xã hội hằng tháng) and the support of a funeral (hỗ trợ mai táng) come to, from
// the dated figures of the library. Who gets them is for package eligibility.
package pension

import (
	"fmt"

	"policybot/knowledge"
)

// Group is whom a monthly allowance is for, as the figures name it.
type Group string

// The groups of Decree 20/2021.
const (
	OrphanSmall             Group = "orphan_small"               // trẻ mồ côi, không nguồn nuôi dưỡng, nhỏ
	Orphan                  Group = "orphan"                     // the same, older
	SingleParent            Group = "single_parent"              // đơn thân nghèo, cận nghèo đang nuôi con
	OlderAlone              Group = "older_alone"                // người cao tuổi nghèo không người nuôi
	OlderAlone80            Group = "older_alone_80"             // the same, from 80 years
	DisabledSevere          Group = "disabled_severe"            // khuyết tật nặng
	DisabledSevereYoungOld  Group = "disabled_severe_young_old"  // the same, a child or an older person
	DisabledExtreme         Group = "disabled_extreme"           // khuyết tật đặc biệt nặng
	DisabledExtremeYoungOld Group = "disabled_extreme_young_old" // the same, a child or an older person
)

// Groups returns all of them.
func Groups() []Group {
	return []Group{OrphanSmall, Orphan, SingleParent, OlderAlone, OlderAlone80, DisabledSevere, DisabledSevereYoungOld,
		DisabledExtreme, DisabledExtremeYoungOld}
}

// Sum is an amount with how it comes about: Standard × Coefficient × Times.
type Sum struct {
	Amount      knowledge.VND
	Standard    knowledge.VND  // mức chuẩn, or the whole amount where the law states it
	Coefficient knowledge.Rate // hệ số, in millionths; zero: none
	Times       int            // how many are counted, as the children of a single parent; at least 1
	Used        []knowledge.Value
	// Late is what is paid afterwards, when the amount counts from a day before its decree was in
	// force; zero: nothing is.
	Late Late
}

// Late says that a raise counts from before the day on which its document takes effect (truy lĩnh).
type Late struct {
	From    knowledge.Date // the first day it counts for
	InForce knowledge.Date // the day the document takes effect
	Month   knowledge.VND  // what is missing for each month paid by the old amount
}

// Social returns the social pension of one month. The error is [knowledge.ErrNotKnown] before there
// was one.
func Social(l *knowledge.Library, on knowledge.Date) (Sum, error) {
	v, err := l.Figure("social_pension", on)
	if err != nil {
		return Sum{}, fmt.Errorf("social pension: %w", err)
	}
	amount := knowledge.VND(v.Amount.N)
	out := Sum{Amount: amount, Standard: amount, Times: 1, Used: []knowledge.Value{v}}
	out.Late = late(l, v, knowledge.Whole)
	return out, nil
}

// Allowance returns the monthly allowance of a group, for a number of children where it is paid for
// each of them; people is 1 for everybody else.
func Allowance(l *knowledge.Library, on knowledge.Date, g Group, people int) (Sum, error) {
	if people < 1 || people > 1 && g != SingleParent {
		return Sum{}, fmt.Errorf("allowance of %s for %d: want 1, or children of a single parent", g, people)
	}
	out, err := multiple(l, on, "allowance."+string(g)+".coefficient", people)
	if err != nil {
		return Sum{}, fmt.Errorf("allowance of %s: %w", g, err)
	}
	return out, nil
}

// Funeral returns the support of a funeral; the law has it as the least there is.
func Funeral(l *knowledge.Library, on knowledge.Date) (Sum, error) {
	out, err := multiple(l, on, "funeral.coefficient", 1)
	if err != nil {
		return Sum{}, fmt.Errorf("support of a funeral: %w", err)
	}
	out.Late = Late{}
	return out, nil
}

// multiple works out the standard times a coefficient times a number, rounded once.
func multiple(l *knowledge.Library, on knowledge.Date, coefficient string, times int) (Sum, error) {
	standard, err := l.Figure("social_standard", on)
	if err != nil {
		return Sum{}, err
	}
	factor, err := l.Figure(coefficient, on)
	if err != nil {
		return Sum{}, err
	}
	out := Sum{Standard: knowledge.VND(standard.Amount.N), Coefficient: knowledge.Rate(factor.Amount.N), Times: times,
		Used: []knowledge.Value{standard, factor}}
	share := out.Coefficient * knowledge.Rate(times)
	out.Amount, out.Late = share.Of(out.Standard), late(l, standard, share)
	return out, nil
}

// late finds what a raise leaves to be paid afterwards, for a share of the figure.
func late(l *knowledge.Library, v knowledge.Value, share knowledge.Rate) Late {
	before, known := l.Previous(v.Name, v.Period.From)
	if !known || len(v.Basis) == 0 {
		return Late{}
	}
	document := l.Document(v.Basis[0].Document())
	if document == nil || !v.Period.From.Before(document.InForce.From) {
		return Late{}
	}
	return Late{From: v.Period.From, InForce: document.InForce.From,
		Month: share.Of(knowledge.VND(v.Amount.N)) - share.Of(knowledge.VND(before.Amount.N))}
}

// Higher returns the higher of two sums: whoever may draw both draws that one. The first is it when
// they are the same.
func Higher(a, b Sum) Sum {
	if b.Amount > a.Amount {
		return b
	}
	return a
}
