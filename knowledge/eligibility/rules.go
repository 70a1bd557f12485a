package eligibility

import "policybot/knowledge"

// deciders are the rules of the benefits. Each is written as the law has it, for a case in which
// everything is known.
var deciders = map[Benefit]decider{
	Insurance:     insurance,
	SocialPension: socialPension,
	Allowance:     allowance,
	Funeral:       funeral,
	Training:      training,
	Tuition:       tuition,
	LearningCosts: learningCosts,
	Credit:        credit,
	Electricity:   electricity,
	LegalAid:      legalAid,
	RecordFee:     recordFee,
}

func yes(group string, basis ...knowledge.ProvisionID) outcome {
	o := outcome{verdict: Eligible, way: Way{Group: group}}
	copy(o.basis[:], basis)
	return o
}

func no(basis ...knowledge.ProvisionID) outcome {
	o := outcome{verdict: NotEligible}
	copy(o.basis[:], basis)
	return o
}

func (c *oneCase) status() PovertyStatus {
	return choose(c, MissingStatus, c.household.Status, statuses)
}

// poorOrNear reports whether the household is poor or near-poor.
func (c *oneCase) poorOrNear() bool {
	s := c.status()
	return s == Poor || s == NearPoor
}

func (c *oneCase) age() int { return choose(c, MissingAge, c.member.Age, c.ages) }

// from reports whether the member has reached an age; known is false when the sources do not give it.
func (c *oneCase) from(figure string) (reached, known bool) {
	limit, known := c.figure(figure)
	return known && c.age() >= int(limit), known
}

func (c *oneCase) disability() Degree {
	return choose(c, MissingDisability, c.member.Disability, degrees)
}

func (c *oneCase) school() School { return choose(c, MissingSchool, c.member.School, schools) }

// socialPension is Decree 176/2025: from 75, or from 70 in poor and near-poor households, for whoever
// draws no pension or a lower one.
func socialPension(c *oneCase) outcome {
	const basis = "nd-176-2025"
	young, known := c.from("social_pension.age_poor")
	if !known {
		return unread
	}
	if !young {
		return no(basis)
	}
	if old, _ := c.from("social_pension.age"); !old && !c.poorOrNear() {
		return no(basis)
	}
	if choose(c, MissingPension, c.member.Pension, pensions) == FullPension {
		return no(basis)
	}
	return yes("social_pension", basis)
}

// allowance is Decree 20/2021: whoever counts as several groups draws for the one with the highest
// coefficient.
func allowance(c *oneCase) outcome {
	const basis = "nd-20-2021"
	best, most := "", int64(0)
	for _, group := range c.allowanceGroups() {
		n, known := c.figure("allowance." + group + ".coefficient")
		if !known {
			return unread
		}
		if n > most {
			best, most = group, n
		}
	}
	if best == "" {
		return no(basis)
	}
	return yes(best, basis)
}

// allowanceGroups returns the groups that the member counts as.
func (c *oneCase) allowanceGroups() (groups []string) {
	older, known := c.from("allowance.age.older")
	child, _ := c.from("child.under")
	child = !child
	if !known {
		return nil
	}
	if degree := c.disability(); degree == Extreme || degree == Severe {
		group := "disabled_" + string(degree)
		if older || child {
			group += "_young_old"
		}
		groups = append(groups, group)
	}
	if child && c.is(MissingOrphan, c.member.Orphan) {
		group := "orphan"
		if big, _ := c.from("allowance.age.small"); !big {
			group = "orphan_small"
		}
		groups = append(groups, group)
	}
	if !c.poorOrNear() {
		return groups
	}
	if c.is(MissingSingle, c.member.Single) {
		groups = append(groups, "single_parent")
	}
	if older && c.status() == Poor && c.is(MissingAlone, c.member.Alone) {
		group := "older_alone"
		if oldest, _ := c.from("allowance.age.oldest"); oldest {
			group = "older_alone_80"
		}
		groups = append(groups, group)
	}
	return groups
}

// funeral is Decree 20/2021, article 11, for those who draw an allowance, and Decree 176/2025 for
// those who draw the social pension.
func funeral(c *oneCase) outcome {
	const basis = "nd-20-2021/d11"
	switch {
	case c.is(MissingDrawsSocial, c.member.DrawsSocial):
		return yes("social_pension", "nd-176-2025", basis)
	case c.is(MissingDrawsAid, c.member.DrawsAid):
		return yes("allowance", basis)
	}
	old, known := c.from("funeral.age")
	switch {
	case !known:
		return unread
	case old && c.is(MissingSurvivor, c.member.Survivor):
		return yes("survivor", basis)
	}
	return no(basis)
}

// training is Decree 338/2025 since 2026, and Decision 46/2015 before it. Whether the rural areas of
// the decree are all xã and no phường the sources do not say.
func training(c *oneCase) outcome {
	const decree, decision = "nd-338-2025", "qd-46-2015-ttg"
	if grown, known := c.from("training.age.min"); known && !grown {
		return no("tt-152-2016-btc/d4")
	}
	if _, decreed := c.figure("training.rural.cap"); !decreed {
		return c.olderTraining(decision)
	}
	switch {
	case choose(c, MissingPlace, c.household.Place, places) == Rural:
		return yes("rural", decree)
	case c.is(MissingServed, c.member.Served):
		return yes("youth", decree, "luat-74-2025/d12/k1")
	}
	return unread
}

// olderTraining names the group of Decision 46/2015 with the highest amount.
func (c *oneCase) olderTraining(basis knowledge.ProvisionID) outcome {
	switch {
	case c.disability() != NotDisabled:
		return yes("disabled", basis)
	case c.status() == Poor:
		return yes("poor", basis)
	case c.is(MissingMinority, c.member.Minority):
		return yes("minority", basis)
	case c.is(MissingMerit, c.member.Merit):
		return yes("merit", basis)
	case c.status() == NearPoor:
		return yes("near_poor", basis)
	case choose(c, MissingPlace, c.household.Place, places) == Rural:
		return yes("rural", basis)
	}
	return unread // women, too: the sources do not say where they live
}

// tuition is Resolution 217/2025/QH15 and Decree 238/2025. Who gets a part of the fees at a college
// the sources do not list in full.
func tuition(c *oneCase) outcome {
	const basis = "nd-238-2025"
	switch c.school() {
	case NoSchool:
		return no(basis)
	case General:
		return yes("general", "nq-217-2025-qh15", basis)
	}
	switch {
	case c.disability() != NotDisabled:
		return yes("disabled", basis)
	case c.poorOrNear() && c.is(MissingMinority, c.member.Minority):
		return yes("minority", basis)
	case c.is(MissingOrphan, c.member.Orphan):
		return yes("orphan", basis)
	}
	return unread
}

// learningCosts is Decree 238/2025: pupils of poor households, orphans and disabled ones; those of
// near-poor households are not in the list.
func learningCosts(c *oneCase) outcome {
	const basis = "nd-238-2025"
	switch {
	case c.school() != General:
		return no(basis)
	case c.status() == Poor:
		return yes("poor", basis)
	case c.disability() != NotDisabled:
		return yes("disabled", basis)
	case c.is(MissingOrphan, c.member.Orphan):
		return yes("orphan", basis)
	}
	return no(basis)
}

// credit are the programmes of the Social Policy Bank for poor, near-poor and newly escaped
// households.
func credit(c *oneCase) outcome {
	const basis, escaped = "qd-han-muc-nhcsxh", "qd-28-2015-ttg"
	switch c.status() {
	case Poor:
		return yes("poor", basis)
	case NearPoor:
		return yes("near_poor", basis, "qd-15-2013-ttg")
	case Escaped:
		if _, known := c.figure("escaped.months"); !known {
			return unread
		}
		if c.is(MissingRecent, c.household.Recent) {
			return yes("escaped", basis, escaped)
		}
	}
	return no(basis, escaped)
}

// electricity is Decision 28/2014: poor households alone.
func electricity(c *oneCase) outcome {
	const basis = "qd-28-2014-ttg"
	if c.status() == Poor {
		return yes("poor", basis)
	}
	return no(basis)
}

// legalAid is article 7 of the law of 2017: what the one of 2026 makes of it is not known.
func legalAid(c *oneCase) outcome {
	const basis = "luat-11-2017/d7"
	grown, known := c.from("child.under")
	switch {
	case c.status() == Poor:
		return yes("poor", basis)
	case known && !grown:
		return yes("child", basis)
	case c.is(MissingMerit, c.member.Merit):
		return yes("merit", basis)
	case c.status() == NearPoor && c.is(MissingAccused, c.member.Accused):
		return yes("near_poor", basis)
	case c.is(MissingMinority, c.member.Minority):
		return unread // where there is special difficulty: no list of such areas is at hand
	}
	return no(basis)
}

// recordFee is Circular 16/2025/TT-BTC.
func recordFee(c *oneCase) outcome {
	const basis = "tt-16-2025-btc"
	if c.poorOrNear() {
		return yes("poor", basis)
	}
	older, olderKnown := c.from("allowance.age.older")
	grown, childKnown := c.from("child.under")
	switch {
	case !olderKnown || !childKnown:
		return unread
	case older:
		return yes("older", basis)
	case !grown:
		return yes("child", basis)
	case c.disability() != NotDisabled:
		return yes("disabled", basis)
	}
	return no(basis)
}
