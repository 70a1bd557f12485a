package flow

import (
	"slices"

	"policybot/knowledge"
	"policybot/knowledge/copay"
)

// visit are the facts of a bill as the rule takes them.
func (p at) visit() copay.Facts {
	f := copay.Facts{Day: p.day(), Days: p.window()}
	if p.known(factDay) != "" {
		f.Days = knowledge.Period{}
	}
	g, digit := p.cardOf()
	if f.Digit = digit; g != "" {
		f.Group = knowledge.Known(g)
	} else if p.known(factOther) == valueSocial || p.known(factGroup) == valueSocial {
		f.Group = knowledge.OneOf(copay.SocialPension, copay.SocialPension75)
	}
	if r, told := map[string]copay.Route{"registered": copay.Registered, valueSent: copay.Registered, "emergency": copay.Emergency, valueSelf: copay.SelfReferred}[p.known(factRoute)]; told {
		f.Route = knowledge.Known(r)
	}
	f.Facility = p.facility()
	if care := p.known(factCare); care != "" {
		f.Care = knowledge.Known(copay.Care(care))
	}
	f.Outside, _ = p.amount(factOutside).Value()
	f.Bill, f.Paid = p.amount(factBill), p.amount(factPaid)
	f.FiveYears, f.HardArea, f.Listed = p.isSo(factFive), p.isSo(factHard), p.isSo(factListed)
	return f
}

// facility is the class of the hospital, as far as the questions for the route tell it.
func (p at) facility() (f knowledge.Fact[copay.Facility]) {
	switch self := p.known(factRoute) == valueSelf; {
	case !self && p.known(factPlace) == "hospital":
		return knowledge.Known(copay.Facility(""))
	case !self && p.known(factPlace) != "":
		return knowledge.Known(copay.Facility(p.known(factPlace)))
	case !self:
		return f
	case p.known(factHospital) != valueOther && p.known(factHospital) != "":
		return knowledge.Known(copay.Facility(p.known(factHospital)))
	case p.known(factHospital) == valueOther && p.known(factBasic) != "":
		return knowledge.Known(copay.Facility(p.known(factBasic)))
	case p.known(factHospital) == valueOther:
		return knowledge.OneOf(copay.BasicLow, copay.BasicMid, copay.BasicFormerProvince)
	}
	return f
}

func (p at) amount(fact string) (f knowledge.Fact[knowledge.VND]) {
	b, told := parseBand(p.known(fact))
	switch {
	case !told:
		return f
	case b.low == b.high:
		return knowledge.Known(b.low)
	case b.high == mostMoney: // above a limit, which is all that counts
		return knowledge.Known(b.low)
	}
	return knowledge.OneOf(b.low, b.high)
}

func (p at) isSo(fact string) (f knowledge.Fact[bool]) {
	switch p.known(fact) {
	case "yes":
		return knowledge.Known(true)
	case "no":
		return knowledge.Known(false)
	}
	return f
}

// found is what the rule finds; the zero Finding where it finds nothing.
func (p at) found() copay.Finding {
	if found, kept := p.memo.found.(copay.Finding); kept {
		return found
	}
	found, err := copay.Settle(p.library, p.visit())
	if err != nil {
		found = copay.Finding{}
	}
	p.memo.found = found
	return found
}

// cardAsked reports whether everything about the card was asked.
func (p at) cardAsked() bool {
	g, told := p.value(factGroup)
	if g == valueOther {
		g, told = p.value(factOther)
	}
	if g == valueSocial {
		_, told = p.value(factOlder)
	}
	return told
}

// cardKnown reports whether it is known what card it is. Whoever does not know it learns where it
// stands instead of answering on.
func (p at) cardKnown() tri {
	if !p.cardAsked() {
		return maybe
	}
	if g, _ := p.cardOf(); g == "" && p.visit().Group.Among(nil) == nil {
		return no
	}
	return yes
}

// bears reports whether a fact can still change the sum; maybe, until it is told what card it is and
// how the patient came.
func (p at) bears(m copay.Missing) tri {
	if known := p.cardKnown(); known != yes {
		return known
	}
	if _, told := p.value(factRoute); !told {
		return maybe
	}
	if slices.Contains(p.found().Missing, m) {
		return yes
	}
	return no
}

// countsDay: the day is asked as soon as nothing else could change the sum of today, or else last. As
// long as other facts are to come it may count.
func countsDay(p at) tri {
	may := p.bears(copay.MissingDay)
	if _, told := p.value(factRoute); !told || p.cardKnown() != yes {
		return may
	}
	if may == yes {
		now := p.visit()
		now.Days = knowledge.Period{}
		if today, err := copay.Settle(p.library, now); err == nil && len(today.Missing) == 0 {
			return yes
		}
	}
	for i := range p.plan().questions {
		if q := &p.plan().questions[i]; q.fact != factDay && p.open(q) == yes {
			return maybe
		}
	}
	return may
}
