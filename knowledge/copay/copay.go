// Package copay works out who pays what of a hospital bill: the health insurance fund (quỹ) and the
// patient (cùng chi trả), from the dated figures of the library. [Share] settles a case that is
// known in full; [Settle] takes facts that may be unknown, and says what follows whatever they are,
// or which of them is missing.
package copay

import (
	"errors"
	"fmt"

	"policybot/knowledge"
)

// Group is a group of insured people (nhóm đối tượng), as the figures name it: near_poor for
// copay.near_poor.fund. The zero Group is none.
type Group string

// The groups that the figures know.
const (
	Poor            Group = "poor"
	NearPoor        Group = "near_poor"
	HardAreaPeople  Group = "hard_area"         // in an area of special difficulty, on an island
	LeftHardArea    Group = "left_hard_area"    // ethnic minority in a commune that left such an area
	Household       Group = "household"         // hộ gia đình
	Student         Group = "student"           // học sinh, sinh viên
	Child           Group = "child"             // below 6
	Pensioner       Group = "pension"           // lương hưu, mất sức
	Unemployed      Group = "unemployed"        // trợ cấp thất nghiệp
	Worker          Group = "worker"            // người lao động
	Farmer          Group = "farmer"            // nông, lâm, ngư, diêm nghiệp, average living standard
	Allowance       Group = "allowance"         // trợ cấp xã hội hằng tháng
	SocialPension   Group = "social_pension"    // trợ cấp hưu trí xã hội, below 75
	SocialPension75 Group = "social_pension_75" // the same from 75 on
	Survivor        Group = "survivor"          // older people with trợ cấp tuất
	Merit           Group = "merit"             // người có công, cựu chiến binh
	MartyrRelative  Group = "martyr_relative"   // thân nhân liệt sĩ
	MeritRelative   Group = "merit_relative"    // other relatives of người có công
	LocalForce      Group = "local_force"       // an ninh cơ sở, y tế thôn, không chuyên trách, nghệ nhân
	Trafficked      Group = "trafficking"       // nạn nhân mua bán người
)

// Groups are all groups, those that residents name most first.
func Groups() []Group {
	return []Group{Poor, NearPoor, Household, Student, Child, Pensioner, Allowance, SocialPension75, SocialPension, Farmer, Worker,
		Unemployed, Merit, MartyrRelative, MeritRelative, Survivor, LocalForce, Trafficked, HardAreaPeople, LeftHardArea}
}

// Figure names the figure with the fund's part for the group.
func (g Group) Figure() string { return "copay." + string(g) + ".fund" }

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

// Facility is the class of a hospital, as the figures name it. The zero Facility is none of those
// that decide for everyone, [Primary] and [Clinic]; of a self-referred patient it is not known.
type Facility string

// The classes of facilities that the law tells apart.
const (
	Primary             Facility = "primary"               // cấp ban đầu: trạm y tế, y học gia đình
	Clinic              Facility = "clinic"                // phòng khám đa khoa khu vực
	FormerDistrict      Facility = "former_district"       // vốn tuyến huyện
	BasicLow            Facility = "basic_low"             // cấp cơ bản, few points or not yet graded
	BasicMid            Facility = "basic_mid"             // cấp cơ bản, points in the middle
	BasicFormerProvince Facility = "basic_former_province" // cấp cơ bản, vốn tuyến tỉnh hoặc trung ương
	Province            Facility = "province"              // chuyên sâu, vốn tuyến tỉnh
	Central             Facility = "central"               // chuyên sâu, vốn tuyến trung ương
)

// Facilities are all classes, the nearest to the patient first.
func Facilities() []Facility {
	return []Facility{Primary, Clinic, FormerDistrict, BasicLow, BasicMid, BasicFormerProvince, Province, Central}
}

// Case is one visit to a hospital, known in full.
type Case struct {
	Day      knowledge.Date
	Groups   []Group       // all that the patient belongs to; the one with the highest level counts
	Digit    int           // the digit of the card's code that tells a level, see [Code.Digit]; 0: none
	Bill     knowledge.VND // what the insurance covers of the bill
	Outside  knowledge.VND // what it does not cover: not on the lists, or on request
	Care     Care          // decides for some of the self-referred, and in a Clinic
	Route    Route
	Facility Facility // decides for SelfReferred, and Primary and Clinic for everyone
	// Listed says that the disease or the technique is on the list of rare and grave ones (bệnh hiếm,
	// hiểm nghèo, kỹ thuật cao), for which those who refer themselves lose nothing.
	Listed bool
	// HardArea says that the patient is poor or of an ethnic minority and lives in an area of special
	// difficulty, or lives on an island.
	HardArea  bool
	FiveYears bool // insured for five years without a break (5 năm liên tục)
	Paid      Paid // counts for FiveYears only
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
	Payer   Payer
	Rate    knowledge.Rate
	Of      knowledge.VND
	Amount  knowledge.VND
	Outside bool // it is about what the insurance does not cover
	Basis   []knowledge.ProvisionID
}

// Reason says which rule gives the benefit level.
type Reason string

// The rules that give a level.
const (
	ByGroup     Reason = "group"      // that of the group, the best of several
	ByCode      Reason = "code"       // that of the digit on the card
	BySmallBill Reason = "small_bill" // whole: the bill is below the threshold
	ByPrimary   Reason = "primary"    // whole: primary care
	ByFiveYears Reason = "five_years" // whole: five years, and co-payments above the limit
)

// Result says who pays what.
type Result struct {
	Fund    knowledge.VND
	Patient knowledge.VND
	Lines   []Line
	// Level is the benefit level (mức hưởng), Factor the part of it that the fund pays where the
	// patient went.
	Level, Factor knowledge.Rate
	By            Reason // which rule gives the level
	Group         Group  // whose level counts; empty when it is that of the digit
	// Threshold is the amount that the bill is below, so that the level is whole; zero: it is not,
	// or needs not be.
	Threshold knowledge.VND
	// Passes says that this co-payment takes those of the year over the limit of the rule of five
	// years: the visits after it cost nothing more this year. Whether anything of this one is paid
	// back is not in the sources.
	Passes bool
	Used   []knowledge.Value // the figures it rests on
}

// ErrNotSaid says that the sources do not define a case. It is a [knowledge.ErrNotKnown].
var ErrNotSaid = fmt.Errorf("the sources do not say who pays: %w", knowledge.ErrNotKnown)

// ErrImpossible says that a case cannot be: negative amounts, no group, a part above its whole.
var ErrImpossible = errors.New("no bill is like that")

// mostMoney bounds the amounts, so that arithmetic on them cannot overflow.
const mostMoney = 1_000_000_000_000

// Share works out a bill. The error is [knowledge.ErrNotKnown] when a figure that decides has no
// value on the day, [ErrNotSaid] for a case that the sources do not define, and [ErrImpossible] for
// one that cannot be. Those who came without being sent have no rules before 2025; policy/README
// ruling 8.
func Share(l *knowledge.Library, in Case) (Result, error) {
	if err := in.check(); err != nil {
		return Result{}, err
	}
	w := &worker{library: l, in: in}
	if err := w.factor(); err != nil {
		return Result{}, fmt.Errorf("part of the benefit level: %w", err)
	}
	if err := w.level(); err != nil {
		return Result{}, fmt.Errorf("benefit level: %w", err)
	}
	return w.sum()
}

func (c Case) check() error {
	for _, v := range []knowledge.VND{c.Bill, c.Outside, c.Paid.Total, c.Paid.Before} {
		if v < 0 || v > mostMoney {
			return fmt.Errorf("an amount of %d: %w", v, ErrImpossible)
		}
	}
	if c.Paid.Before > c.Paid.Total {
		return fmt.Errorf("%d of %d paid: %w", c.Paid.Before, c.Paid.Total, ErrImpossible)
	}
	if len(c.Groups) == 0 && c.Digit == 0 {
		return fmt.Errorf("of no group: %w", ErrImpossible)
	}
	return nil
}

// worker remembers the figures it used, and on which rules the level and the factor rest.
type worker struct {
	library        *knowledge.Library
	in             Case
	out            Result
	onLevel, onWay []knowledge.ProvisionID
}

// figure returns the amount of a figure on the day, and notes that it was used.
func (w *worker) figure(name string) (knowledge.Value, error) {
	v, err := w.library.Figure(name, w.in.Day)
	if err == nil {
		w.out.Used = append(w.out.Used, v)
	}
	return v, err
}

// sum rounds the patient's part once; the fund pays the rest.
func (w *worker) sum() (Result, error) {
	rate, exact := w.out.Level.Times(w.out.Factor)
	if !exact {
		return Result{}, fmt.Errorf("%s of %s is finer than a millionth", w.out.Factor, w.out.Level)
	}
	in, out := w.in, &w.out
	own := rate.Rest().Of(in.Bill)
	out.Fund, out.Patient = in.Bill-own, own+in.Outside
	basis := union(w.onLevel, w.onWay)
	out.Lines = []Line{
		{Payer: Fund, Rate: rate, Of: in.Bill, Amount: out.Fund, Basis: basis},
		{Payer: Patient, Rate: rate.Rest(), Of: in.Bill, Amount: own, Basis: basis},
	}
	if err := w.passes(own); err != nil {
		return Result{}, err
	}
	if in.Outside == 0 {
		return *out, nil
	}
	whole, err := w.figure("copay.outside.patient")
	if err != nil {
		return Result{}, fmt.Errorf("what the insurance does not cover: %w", err)
	}
	out.Lines = append(out.Lines, Line{Patient, knowledge.Rate(whole.Amount.N), in.Outside, in.Outside, true, whole.Basis})
	return *out, nil
}
