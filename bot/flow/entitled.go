package flow

import (
	"errors"
	"slices"

	"policybot/knowledge/eligibility"
)

// entitlements are what the facts come to for the benefits of the plan, without those that the rules
// fail on: see decide.
func (p at) entitlements() []eligibility.Entitlement {
	all, _ := p.decide()
	return all
}

// decided is what the rules made of the facts.
type decided struct {
	all []eligibility.Entitlement
	err error
}

// decide works out the benefits of the plan.
func (p at) decide() ([]eligibility.Entitlement, error) {
	if found, kept := p.memo.found.(decided); kept {
		return found.all, found.err
	}
	var found decided
	home := p.home()
	for _, b := range p.plan().benefits {
		member := 0
		if slices.Contains(eligibility.OfHousehold(), b) {
			member = -1
		}
		e, err := eligibility.Entitled(p.library, p.today, b, home, member)
		if err != nil {
			found.err = errors.Join(found.err, err)
			continue
		}
		found.all = append(found.all, e)
	}
	p.memo.found = found
	return found.all, found.err
}

// wants reports whether a fact can still change a benefit that is not concluded.
func (p at) wants(m eligibility.Missing) tri {
	for _, e := range p.entitlements() {
		if e.Verdict == eligibility.CannotConclude && slices.Contains(e.Missing, m) {
			return yes
		}
	}
	return no
}

// mostUseful is the fact that bears on the most benefits, of those that were not asked for.
func mostUseful(p at) string {
	open := slices.Clone(p.entitlements())
	for i := range open {
		open[i].Missing = slices.DeleteFunc(slices.Clone(open[i].Missing), func(m eligibility.Missing) bool {
			_, told := p.value(string(m))
			return told
		})
	}
	q, _ := eligibility.Next(open)
	if b := bundleOf(q.Missing); b != nil && p.question(b.fact) != nil {
		if _, told := p.value(b.fact); !told {
			return b.fact
		}
	}
	return string(q.Missing)
}
