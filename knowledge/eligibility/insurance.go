package eligibility

import "policybot/knowledge"

// bases are the provisions of the groups on insurance cards, in the order of article 12. What they
// are called is as the figures of premiums and co-payment name them.
var bases = map[string]knowledge.ProvisionID{
	"worker":            "luat-51-2024/d12/k1",
	"pension":           "luat-51-2024/d12/k2/a",
	"unemployed":        "luat-51-2024/d12/k2/d",
	"merit":             "luat-51-2024/d12/k3/e",
	"child":             "luat-51-2024/d12/k3/h",
	"poor":              "luat-51-2024/d12/k3/o",
	"allowance":         "luat-51-2024/d12/k3/r",
	"social_pension":    "luat-51-2024/d12/k3/t",
	"social_pension_75": "luat-51-2024/d12/k3/t",
	"near_poor":         "luat-51-2024/d12/k4/a",
	"student":           "luat-51-2024/d12/k4/b",
	"farmer":            "luat-51-2024/d12/k4/d",
	"household":         "luat-51-2024/d12/k5/a",
}

// byState are the groups whose premium the state pays, in the order of article 12, clause 3; helped
// are those it pays a part for.
var (
	byState = []string{"merit", "child", "poor", "allowance", "social_pension", "social_pension_75"}
	helped  = []string{"near_poor", "student", "farmer"}
)

// insurance says by which group the premium is paid and by which the fund pays the most. Eligible is
// whoever pays nothing, or less, because the state or the social insurance pays; workers share with
// their employer, and a family pays it all.
//
// Article 13, clause 5: the first group in the order of article 12 pays, but the social pension and
// pensions go before work, and of the groups that the state helps one may take the highest help.
// Article 22, clause 2: the fund pays by the group with the highest level.
func insurance(c *oneCase) outcome {
	groups := c.insuranceGroups()
	payer := c.payer(groups)
	own, known := c.level(payer)
	level := own
	for _, group := range groups {
		n, is := c.level(group)
		known, level = known && is, max(level, n)
	}
	if !known {
		return unread
	}
	o := outcome{verdict: Eligible, way: Way{payer, level}}
	if payer == "worker" || payer == "household" {
		o.verdict = NotEligible
	}
	o.basis[0] = bases[payer]
	if level > own {
		o.basis[1] = "luat-51-2024/d22/k2"
	}
	return o
}

// level returns what the fund pays of a treatment for a group.
func (c *oneCase) level(group string) (knowledge.Rate, bool) {
	n, known := c.figure("copay." + group + ".fund")
	return knowledge.Rate(n), known
}

// insuranceGroups returns the groups that the member counts as, beside the household's.
func (c *oneCase) insuranceGroups() (groups []string) {
	add := func(is bool, group string) {
		if is {
			groups = append(groups, group)
		}
	}
	status := c.status()
	add(status == Poor, "poor")
	add(status == NearPoor, "near_poor")
	grown, known := c.from("insurance.child_under")
	add(known && !grown, "child")
	if working, known := c.from("training.age.min"); known && working {
		job := choose(c, MissingJob, c.member.Job, jobs)
		add(job == Employed, "worker")
		add(job == Jobless, "unemployed")
		pension := choose(c, MissingPension, c.member.Pension, pensions)
		add(pension != NoPension, "pension")
	}
	return append(groups, c.moreGroups(status, grown)...)
}

// moreGroups returns the groups that could bring more to somebody who is not poor; they are not asked
// for of whoever is, since nothing can.
func (c *oneCase) moreGroups(status PovertyStatus, grown bool) (groups []string) {
	add := func(is bool, group string) {
		if is {
			groups = append(groups, group)
		}
	}
	if old, known := c.from("social_pension.age_poor"); known && old && c.is(MissingDrawsSocial, c.member.DrawsSocial) {
		group := "social_pension"
		if older, _ := c.from("social_pension.age"); older {
			group = "social_pension_75"
		}
		groups = append(groups, group)
	}
	if status == Poor || !grown {
		return groups
	}
	merit := c.is(MissingMerit, c.member.Merit)
	add(merit, "merit")
	add(!merit && c.is(MissingDrawsAid, c.member.DrawsAid), "allowance") // it brings the same
	if status != NearPoor {
		add(c.school() != NoSchool, "student")
		add(status == AverageLiving && c.is(MissingFarms, c.household.Farms), "farmer")
	}
	return groups
}

// payer returns the group by which the premium is paid.
func (c *oneCase) payer(groups []string) string {
	has := map[string]bool{}
	for _, group := range groups {
		has[group] = true
	}
	for _, group := range []string{"social_pension_75", "social_pension", "pension", "worker", "unemployed"} {
		if has[group] {
			return group
		}
	}
	for _, group := range byState {
		if has[group] {
			return group
		}
	}
	best, most := "household", int64(-1)
	for _, group := range helped {
		if n, known := c.figure("premium." + group + ".support"); has[group] && known && n > most {
			best, most = group, n
		}
	}
	return best
}
