package eligibility

import (
	"errors"
	"fmt"
	"slices"

	"policybot/knowledge"
)

// Benefit is something the law may give (chính sách, chế độ).
type Benefit string

// The benefits. Credit and Electricity are given to a household, the others to one of its members.
const (
	Insurance     Benefit = "insurance"      // nhà nước đóng hoặc hỗ trợ đóng BHYT
	SocialPension Benefit = "social_pension" // trợ cấp hưu trí xã hội
	Allowance     Benefit = "allowance"      // trợ cấp xã hội hằng tháng
	Funeral       Benefit = "funeral"        // hỗ trợ mai táng
	Training      Benefit = "training"       // hỗ trợ đào tạo nghề
	Tuition       Benefit = "tuition"        // miễn, hỗ trợ học phí
	LearningCosts Benefit = "learning_costs" // hỗ trợ chi phí học tập
	Credit        Benefit = "credit"         // vay vốn hộ nghèo, cận nghèo, mới thoát nghèo
	Electricity   Benefit = "electricity"    // hỗ trợ tiền điện
	LegalAid      Benefit = "legal_aid"      // trợ giúp pháp lý miễn phí
	RecordFee     Benefit = "record_fee"     // miễn phí lý lịch tư pháp
)

// OfHousehold are the benefits of a household as a whole, OfMember those of one person.
func OfHousehold() []Benefit { return []Benefit{Credit, Electricity} }

// OfMember are the benefits of one person, see [OfHousehold].
func OfMember() []Benefit {
	return []Benefit{Insurance, SocialPension, Allowance, Funeral, Training, Tuition, LearningCosts, LegalAid, RecordFee}
}

// Pension is what somebody draws of pensions and monthly social insurance (lương hưu, BHXH hằng tháng).
type Pension string

// The pensions, as the social pension tells them apart.
const (
	NoPension    Pension = "none"
	LowerPension Pension = "lower"  // less than the social pension
	FullPension  Pension = "enough" // as much as the social pension, or more
)

// Degree is how heavy a disability is (mức độ khuyết tật), as the commune has certified it.
type Degree string

// The degrees.
const (
	NotDisabled Degree = "none"
	Mild        Degree = "mild"    // nhẹ
	Severe      Degree = "severe"  // nặng
	Extreme     Degree = "extreme" // đặc biệt nặng
)

// School is where somebody learns.
type School string

// The schools.
const (
	NoSchool School = "none"
	General  School = "general" // mầm non, phổ thông, giáo dục thường xuyên
	Higher   School = "higher"  // cao đẳng, đại học
)

// Job is what ties somebody to social insurance.
type Job string

// The jobs.
const (
	NoJob    Job = "none"     // no contract: works the own fields, sells, is hired by the day
	Employed Job = "employed" // with a contract, so that the employer pays insurance
	Jobless  Job = "jobless"  // draws unemployment benefit (trợ cấp thất nghiệp)
)

// Household are the facts that count for benefits. Status is what the commune has recognised, not
// what the household would be found to be.
type Household struct {
	Status Fact[PovertyStatus]
	Recent Fact[bool]  // it left the list no longer ago than counts as newly escaped; decides for Escaped
	Place  Fact[Place] // where it lives
	Farms  Fact[bool]  // nông, lâm, ngư, diêm nghiệp
	// Members are those asked about. Nobody needs to be in it for the benefits of the household.
	Members []Member
}

// Member is a person of a household.
type Member struct {
	Age         Fact[int]     // in full years
	Pension     Fact[Pension] // what they draw of pensions
	Disability  Fact[Degree]
	School      Fact[School]
	Job         Fact[Job]
	DrawsSocial Fact[bool] // draws the social pension (trợ cấp hưu trí xã hội)
	DrawsAid    Fact[bool] // draws a monthly social allowance (trợ cấp xã hội hằng tháng)
	Survivor    Fact[bool] // draws a survivor's or another monthly allowance (trợ cấp tuất)
	Orphan      Fact[bool] // has lost both parents, or nobody provides for them
	Single      Fact[bool] // raises children alone
	Alone       Fact[bool] // has nobody who must or can provide for them (không có người phụng dưỡng)
	Minority    Fact[bool] // of an ethnic minority
	Merit       Fact[bool] // người có công
	Served      Fact[bool] // has done military service or was a young volunteer
	Accused     Fact[bool] // is accused of a crime (người bị buộc tội)
}

// What may be missing to tell a benefit. MissingSources: the sources at hand do not say.
const (
	MissingStatus      Missing = "status"
	MissingRecent      Missing = "recent"
	MissingFarms       Missing = "farms"
	MissingAge         Missing = "age"
	MissingPension     Missing = "pension"
	MissingDisability  Missing = "disability"
	MissingSchool      Missing = "school"
	MissingJob         Missing = "job"
	MissingDrawsSocial Missing = "draws_social"
	MissingDrawsAid    Missing = "draws_aid"
	MissingSurvivor    Missing = "survivor"
	MissingOrphan      Missing = "orphan"
	MissingSingle      Missing = "single"
	MissingAlone       Missing = "alone"
	MissingMinority    Missing = "minority"
	MissingMerit       Missing = "merit"
	MissingServed      Missing = "served"
	MissingAccused     Missing = "accused"
	MissingSources     Missing = "sources"
)

// Verdict says whether a benefit follows.
type Verdict string

// The verdicts.
const (
	Eligible       Verdict = "eligible"
	NotEligible    Verdict = "not"
	CannotConclude Verdict = "cannot_conclude" // the facts, or the sources, allow both
)

// Way is how a benefit is given to one whom it is given to, or why it is not.
type Way struct {
	// Group is whom they count as, in the words of the figures: near_poor for premium.near_poor.month
	// and loan.near_poor.rate, disabled_severe for allowance.disabled_severe; empty: as nobody.
	Group string
	// Level is what the fund pays of a treatment (mức hưởng), for [Insurance]: the highest of all the
	// groups somebody belongs to.
	Level knowledge.Rate
}

// Entitlement is what the facts come to for one benefit.
type Entitlement struct {
	Benefit Benefit
	Member  int // the index of the member; -1: the household
	Verdict Verdict
	Ways    []Way // all that the facts allow; one when everything that counts is known
	// Missing is what could change the verdict or the way, the most useful first; never empty when
	// nothing is concluded.
	Missing []Missing
	Decided []Missing // the known facts that were looked at
	Changes []Change  // when the verdict becomes another by law
	Basis   []knowledge.ProvisionID
	Used    []knowledge.Value
}

// Change says when a verdict becomes another though nothing else does: at an Age, or On a day.
type Change struct {
	Age     int            // in full years; 0: not by age
	On      knowledge.Date // zero: not by a day
	Verdict Verdict
}

// Entitlements returns what the facts come to on a day for every benefit: those of the household
// first, then those of each member.
func Entitlements(l *knowledge.Library, on knowledge.Date, h Household) ([]Entitlement, error) {
	var all []Entitlement
	for _, b := range OfHousehold() {
		e, err := Entitled(l, on, b, h, -1)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	for i := range h.Members {
		for _, b := range OfMember() {
			e, err := Entitled(l, on, b, h, i)
			if err != nil {
				return nil, err
			}
			all = append(all, e)
		}
	}
	return all, nil
}

// Entitled returns what the facts come to on a day for one benefit of a member, or of the household
// for -1. The verdict is CannotConclude exactly when two ways to fill in what is not known come to
// different verdicts, or one to none because the sources do not say. The error is [ErrImpossible] for
// facts that cannot be.
func Entitled(l *knowledge.Library, on knowledge.Date, b Benefit, h Household, member int) (Entitlement, error) {
	decide, known := deciders[b]
	if !known {
		return Entitlement{}, fmt.Errorf("benefit %q: there is none called so", b)
	}
	var m Member
	if member >= 0 {
		m = h.Members[member]
	}
	if err := h.check(m); err != nil {
		return Entitlement{}, fmt.Errorf("benefit %s: %w", b, err)
	}
	x := &explorer{library: l, day: on, household: h, member: m, decide: decide}
	out, err := x.entitlement()
	if err != nil {
		return Entitlement{}, fmt.Errorf("benefit %s: %w", b, err)
	}
	out.Benefit, out.Member = b, member
	if out.Changes, err = x.changes(out); err != nil {
		return Entitlement{}, fmt.Errorf("benefit %s, later: %w", b, err)
	}
	return out, nil
}

// check refuses facts that cannot be.
func (h Household) check(m Member) error {
	const oldest = 130
	for _, age := range m.Age.Among(nil) {
		if age < 0 || age > oldest {
			return fmt.Errorf("age %d: %w", age, ErrImpossible)
		}
	}
	ok := among(h.Status, statuses) && among(h.Place, places) && among(m.Pension, pensions) && among(m.Disability, degrees) &&
		among(m.School, schools) && among(m.Job, jobs)
	if !ok {
		return ErrImpossible
	}
	return nil
}

var (
	statuses = []PovertyStatus{Poor, NearPoor, Escaped, AverageLiving, None}
	pensions = []Pension{NoPension, LowerPension, FullPension}
	degrees  = []Degree{NotDisabled, Mild, Severe, Extreme}
	schools  = []School{NoSchool, General, Higher}
	jobs     = []Job{NoJob, Employed, Jobless}
	yesNo    = []bool{true, false}
)

// among reports whether a fact is one of the values, as far as it is known.
func among[T comparable](f Fact[T], all []T) bool {
	return !slices.ContainsFunc(f.Among(nil), func(v T) bool { return !slices.Contains(all, v) })
}

// Question is the one fact of a household, or of a member, to ask for next.
type Question struct {
	Missing Missing
	Member  int // -1: of the household
}

// Next returns the question that bears on the most benefits that are not concluded, and of those the
// first that one of them asks for; ok is false when no resident can tell what is missing.
func Next(all []Entitlement) (q Question, ok bool) {
	weight := map[Question]int{}
	var order []Question
	for _, e := range all {
		if e.Verdict != CannotConclude {
			continue
		}
		for _, m := range e.Missing {
			if m == MissingSources {
				continue
			}
			next := Question{m, e.Member}
			if slices.Contains(ofHousehold, m) {
				next.Member = -1
			}
			if weight[next] == 0 {
				order = append(order, next)
			}
			weight[next]++
		}
	}
	for _, next := range order {
		if weight[next] > weight[q] {
			q, ok = next, true
		}
	}
	return q, ok
}

// ofHousehold are the facts that are asked for once for everybody.
var ofHousehold = []Missing{MissingStatus, MissingRecent, MissingPlace, MissingFarms}

// RecentlyEscaped reports whether a household that left the list on some day of a period counts as
// newly escaped on a day, where all days of the period agree.
func RecentlyEscaped(l *knowledge.Library, on knowledge.Date, left knowledge.Period) (Fact[bool], error) {
	months, err := l.Figure("escaped.months", on)
	if errors.Is(err, knowledge.ErrNotKnown) {
		return Fact[bool]{}, nil
	}
	if err != nil {
		return Fact[bool]{}, fmt.Errorf("newly escaped: %w", err)
	}
	ends := func(from knowledge.Date) knowledge.Date {
		return knowledge.DateOf(from.Time().AddDate(0, int(months.Amount.N), 0))
	}
	last := left.Last()
	switch {
	case left.From.IsZero() || last.IsZero():
		return Fact[bool]{}, nil
	case on.Before(ends(left.From)):
		return knowledge.Known(true), nil
	case !on.Before(ends(last)):
		return knowledge.Known(false), nil
	}
	return Fact[bool]{}, nil
}
