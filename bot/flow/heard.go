package flow

import (
	"slices"
	"strconv"

	"policybot/bot/answer"
	"policybot/knowledge"
	"policybot/knowledge/copay"
	"policybot/knowledge/eligibility"
	"policybot/knowledge/premium"
)

// factLacking is how many indicators are lacking in all. It is never asked for, only heard.
const factLacking = "lacking"

// From returns the state in which a flow goes on from an answer to one free sentence: with the facts
// that the sentence told. ok is false when it told none of a case of one's own.
func (f *Flows) From(a answer.Answer, today knowledge.Date) (s State, ok bool) {
	h := a.Heard
	switch h.About {
	case answer.AboutStatus:
		s = State{Kind: Household, Given: household(h)}
	case answer.AboutBill:
		s = State{Kind: Bill, Given: visit(h.Bill, today)}
	case answer.AboutPremium:
		s = State{Kind: Premium, Given: premiums(h, a)}
	case answer.AboutLoan:
		s = State{Kind: Loan, Given: same(h, factProgramme, factAmount)}
		if i := s.index(factProgramme); i >= 0 && s.Given[i].Value == "job_preferred" {
			s.Given[i].Value = "job"
			s.Given = slices.Insert(s.Given, i+1, Given{factPreferred, "yes"})
		}
	case answer.AboutTraining:
		s = State{Kind: Training, Given: same(h, factGroup, factFee, factDays, factKm)}
	case answer.AboutPension, answer.AboutSupports:
		s = State{Kind: Pension, Given: somebody(h, today)}
		if h.About == answer.AboutSupports {
			s.Kind = Supports
		}
	}
	if a.Dated && s.Kind != Bill {
		s.On = a.Day
	}
	return s, f.Has(s.Kind) && len(s.Given) > 0
}

// same are facts that a flow keeps as they were heard.
func same(h answer.Heard, facts ...string) []Given {
	var all []Given
	for _, fact := range facts {
		if v, told := h.Value(fact); told {
			all = append(all, Given{fact, v})
		}
	}
	return all
}

// household are the facts of a household. The income heard is that of one person.
func household(h answer.Heard) []Given {
	all := same(h, "place", "people")
	if income, told := h.Value("income"); told {
		people, _ := h.Value("people")
		each, _ := strconv.ParseInt(income, 10, 64)
		n, _ := strconv.ParseInt(people, 10, 64)
		all = append(all, Given{"income", strconv.FormatInt(each*max(n, 1), 10)})
		if n == 0 {
			all = slices.Insert(all, len(all)-1, Given{"people", Unknown})
		}
	}
	return append(all, same(h, factLacking)...)
}

// premiums are the facts of a premium; whose it is follows from the card that the answer is of.
func premiums(h answer.Heard, a answer.Answer) []Given {
	var all []Given
	if _, told := h.Value(factSalary); told {
		return append([]Given{{factGroup, valueOther}, {factOther, string(premium.Worker)}}, same(h, factSalary)...)
	}
	for _, g := range shared {
		if a.Uses("premium." + g + ".") {
			all = append(all, Given{factGroup, g})
			break
		}
	}
	return append(all, same(h, factPeople, factMonths)...)
}

// somebody are the facts of a person, called as the rules call them.
func somebody(h answer.Heard, today knowledge.Date) []Given {
	all := same(h, string(eligibility.MissingStatus), string(eligibility.MissingAge))
	if year, told := h.Value("birth"); told {
		n, _ := strconv.Atoi(year)
		age := today.Year() - n
		all = append(all, Given{string(eligibility.MissingAge), strconv.Itoa(max(0, age-1)) + "-" + strconv.Itoa(age)})
	}
	return append(all, same(h, string(eligibility.MissingPlace), string(eligibility.MissingPension), string(eligibility.MissingDisability),
		string(eligibility.MissingAlone), string(eligibility.MissingOrphan), string(eligibility.MissingSingle))...)
}

// visit are the facts of a visit to a hospital; none where they are more than the flow can keep.
func visit(f *copay.Facts, today knowledge.Date) (all []Given) {
	if f == nil || len(f.Also) > 0 || f.Before.Told() {
		return nil
	}
	add := func(fact, value string) { all = append(all, Given{fact, value}) }
	switch g, known := f.Group.Value(); {
	case known && slices.Contains([]copay.Group{copay.SocialPension, copay.SocialPension75}, g):
		add(factGroup, valueOther)
		add(factOther, valueSocial)
		add(factOlder, map[bool]string{true: "yes", false: "no"}[g == copay.SocialPension75])
	case known:
		add(factGroup, withDigit(g, f.Digit))
	}
	route, routed := f.Route.Value()
	if routed {
		add(factRoute, map[copay.Route]string{copay.Registered: "registered", copay.Emergency: "emergency", copay.SelfReferred: valueSelf}[route])
	}
	all = append(all, hospital(f, route)...)
	if care, known := f.Care.Value(); known {
		add(factCare, string(care))
	}
	if !f.Days.Contains(today) && f.Day != today {
		add(factDay, f.Day.String())
	}
	for _, sum := range []struct {
		fact string
		of   knowledge.Fact[knowledge.VND]
	}{{factBill, f.Bill}, {factPaid, f.Paid}} {
		if v, known := sum.of.Value(); known {
			add(sum.fact, band{v, v}.String())
		}
	}
	if f.Outside > 0 {
		add(factOutside, band{f.Outside, f.Outside}.String())
	}
	for _, so := range []struct {
		fact string
		is   knowledge.Fact[bool]
	}{{factFive, f.FiveYears}, {factHard, f.HardArea}, {factListed, f.Listed}} {
		if is, known := so.is.Value(); known {
			add(so.fact, map[bool]string{true: "yes", false: "no"}[is])
		}
	}
	return all
}

// hospital is the class of the hospital, in the questions that belong to the route.
func hospital(f *copay.Facts, route copay.Route) []Given {
	class, known := f.Facility.Value()
	basic := []copay.Facility{copay.BasicLow, copay.BasicMid, copay.BasicFormerProvince}
	switch {
	case !known:
		return nil
	case route != copay.SelfReferred && (class == copay.Primary || class == copay.Clinic):
		return []Given{{factPlace, string(class)}}
	case route != copay.SelfReferred:
		return []Given{{factPlace, "hospital"}}
	case slices.Contains(basic, class):
		return []Given{{factHospital, valueOther}, {factBasic, string(class)}}
	case class == "" || class == copay.Clinic:
		return nil
	}
	return []Given{{factHospital, string(class)}}
}
