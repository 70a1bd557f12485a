// Package copay works out who pays what of a hospital bill: the health insurance fund (quỹ) and the
// patient (cùng chi trả), from the dated figures of the library.
package copay

import (
	"fmt"

	"policybot/knowledge"
)

// Care is the kind of treatment. The zero Care is not known.
type Care string

// The kinds of treatment.
const (
	Inpatient  Care = "inpatient"  // nội trú
	Outpatient Care = "outpatient" // ngoại trú
)

// Route is how the patient came to be treated there. The zero Route is Registered.
type Route int

// The routes.
const (
	Registered   Route = iota // where the card is registered, or sent on with a transfer paper
	Emergency                 // cấp cứu, anywhere
	SelfReferred              // tự đi, without a transfer paper
)

// Facility is the class of a hospital, as the figures name it. The zero Facility is not known.
type Facility string

// The classes of facilities that the law tells apart for those who refer themselves.
const (
	Primary             Facility = "primary"               // cấp ban đầu: trạm y tế …
	FormerDistrict      Facility = "former_district"       // vốn tuyến huyện
	BasicLow            Facility = "basic_low"             // cấp cơ bản, few points or not yet graded
	BasicMid            Facility = "basic_mid"             // cấp cơ bản, points in the middle
	BasicFormerProvince Facility = "basic_former_province" // cấp cơ bản, vốn tuyến tỉnh hoặc trung ương
	Province            Facility = "province"              // chuyên sâu, vốn tuyến tỉnh
	Central             Facility = "central"               // chuyên sâu, vốn tuyến trung ương
)

// Facilities are all classes, the nearest to the patient first.
func Facilities() []Facility {
	return []Facility{Primary, FormerDistrict, BasicLow, BasicMid, BasicFormerProvince, Province, Central}
}

// Case is one visit to a hospital.
type Case struct {
	Day      knowledge.Date
	Group    string        // whose card it is, as the figures name it: near_poor for copay.near_poor.fund
	Bill     knowledge.VND // what the insurance covers of the bill
	Outside  knowledge.VND // what it does not cover: not on the lists, or on request
	Care     Care          // decides only for SelfReferred
	Route    Route
	Facility Facility // decides for SelfReferred, and Primary for everyone
	// HardArea says that the patient is poor or of an ethnic minority and lives in an area of special
	// difficulty, or lives on an island.
	HardArea bool
}

// Payer is who pays a line.
type Payer string

// The payers.
const (
	Fund    Payer = "fund"
	Patient Payer = "patient"
)

// Line is one step of the arithmetic: Rate × Of = Amount.
type Line struct {
	Payer  Payer
	Rate   knowledge.Rate
	Of     knowledge.VND
	Amount knowledge.VND
}

// Result says who pays what.
type Result struct {
	Fund    knowledge.VND
	Patient knowledge.VND
	Lines   []Line
	// Level is the benefit level (mức hưởng), Factor the part of it that the fund pays where the
	// patient went.
	Level, Factor knowledge.Rate
	// Threshold is the amount that the bill is below, so that the level is whole; zero: it is not,
	// or needs not be.
	Threshold knowledge.VND
	Used      []knowledge.Value // the figures it rests on
}

// Share works out a bill. The error is [knowledge.ErrNotKnown] when a figure that decides has no
// value on the day; that is also so for whoever referred themselves before the figures begin. The
// rule of five years (cùng chi trả luỹ kế) is not part of it.
func Share(l *knowledge.Library, in Case) (Result, error) {
	if in.Bill < 0 || in.Outside < 0 {
		return Result{}, fmt.Errorf("share a bill of %d and %d: neither may be negative", in.Bill, in.Outside)
	}
	w := &worker{library: l, in: in}
	if err := w.level(); err != nil {
		return Result{}, fmt.Errorf("benefit level: %w", err)
	}
	if err := w.factor(); err != nil {
		return Result{}, fmt.Errorf("part of the benefit level: %w", err)
	}
	return w.sum()
}

// worker remembers the figures it used.
type worker struct {
	library *knowledge.Library
	in      Case
	out     Result
}

func (w *worker) figure(name string) (int64, error) {
	v, err := w.library.Figure("copay."+name, w.in.Day)
	if err == nil {
		w.out.Used = append(w.out.Used, v)
	}
	return v.Amount.N, err
}

// level finds the benefit level: that of the group, or all of it for a small bill or in primary
// care. What cannot raise it any more is not asked for.
func (w *worker) level() error {
	level, err := w.figure(w.in.Group + ".fund")
	w.out.Level = knowledge.Rate(level)
	if err != nil || w.out.Level == knowledge.Whole {
		return err
	}
	threshold, err := w.figure("small_bill")
	if err != nil {
		return err
	}
	if w.in.Bill < knowledge.VND(threshold) {
		w.out.Level, w.out.Threshold = knowledge.Whole, knowledge.VND(threshold)
		return nil
	}
	if w.in.Facility != Primary {
		return nil
	}
	level, err = w.figure("primary.fund")
	w.out.Level = knowledge.Rate(level)
	return err
}

// factor finds the part of the level that is paid at the place of treatment.
func (w *worker) factor() error {
	w.out.Factor = knowledge.Whole
	if w.in.Route == Registered {
		return nil
	}
	name, err := w.in.factorName()
	if err != nil {
		return err
	}
	factor, err := w.figure("self_referred." + name)
	w.out.Factor = knowledge.Rate(factor)
	return err
}

// factorName names the figure of the part that is paid, without its first word.
func (c Case) factorName() (string, error) {
	if c.Route == Emergency {
		return "emergency", nil
	}
	switch c.Facility {
	case Primary, FormerDistrict:
		return string(c.Facility), nil
	case "":
		return "", fmt.Errorf("the class of the facility is missing")
	}
	if c.Care != Inpatient && c.Care != Outpatient {
		return "", fmt.Errorf("care %q: want %s or %s", c.Care, Inpatient, Outpatient)
	}
	place := string(c.Facility)
	if c.Care == Inpatient {
		switch c.Facility {
		case BasicLow, BasicMid, BasicFormerProvince:
			place = "basic"
		case Province, Central:
			if c.HardArea {
				place = "hard_area"
			}
		}
	}
	return place + "." + string(c.Care), nil
}

// sum rounds the patient's part once; the fund pays the rest.
func (w *worker) sum() (Result, error) {
	rate, exact := w.out.Level.Times(w.out.Factor)
	if !exact {
		return Result{}, fmt.Errorf("%s of %s is finer than a millionth", w.out.Factor, w.out.Level)
	}
	in, out := w.in, w.out
	own := rate.Rest().Of(in.Bill)
	out.Fund, out.Patient = in.Bill-own, own+in.Outside
	out.Lines = []Line{{Fund, rate, in.Bill, out.Fund}, {Patient, rate.Rest(), in.Bill, own}}
	if in.Outside > 0 {
		out.Lines = append(out.Lines, Line{Patient, knowledge.Whole, in.Outside, in.Outside})
	}
	return out, nil
}
