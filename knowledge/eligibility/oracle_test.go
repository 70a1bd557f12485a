package eligibility_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"policybot/knowledge"
	. "policybot/knowledge/eligibility"
)

// whole is a person of whom everything is known.
type whole struct {
	Status      PovertyStatus
	Recent      bool
	Place       Place
	Farms       bool
	Age         int
	Pension     Pension
	Disability  Degree
	School      School
	Job         Job
	DrawsSocial bool
	DrawsAid    bool
	Survivor    bool
	Orphan      bool
	Single      bool
	Alone       bool
	Minority    bool
	Merit       bool
	Served      bool
	Accused     bool
}

// told are the values that each fact of a person may have.
type told struct {
	status                                                                                        []PovertyStatus
	place                                                                                         []Place
	age                                                                                           []int
	pension                                                                                       []Pension
	disability                                                                                    []Degree
	school                                                                                        []School
	job                                                                                           []Job
	recent, farms, social, aid, survivor, orphan, single, alone, minority, merit, served, accused []bool
}

// everything is all values that matter; the ages are those about every limit of the law.
func everything() told {
	b := []bool{true, false}
	return told{
		status: []PovertyStatus{Poor, NearPoor, Escaped, AverageLiving, None}, place: []Place{Rural, Urban},
		age:     []int{0, 3, 4, 5, 6, 14, 15, 16, 59, 60, 69, 70, 74, 75, 79, 80},
		pension: []Pension{NoPension, LowerPension, FullPension}, disability: []Degree{NotDisabled, Mild, Severe, Extreme},
		school: []School{NoSchool, General, Higher}, job: []Job{NoJob, Employed, Jobless},
		recent: b, farms: b, social: b, aid: b, survivor: b, orphan: b, single: b, alone: b, minority: b, merit: b, served: b, accused: b,
	}
}

// reads are the facts that each benefit may hang on, by hand. The others keep their first value.
var reads = map[Benefit][]string{
	Insurance:     {"status", "farms", "age", "pension", "school", "job", "social", "aid", "merit"},
	SocialPension: {"status", "age", "pension"},
	Allowance:     {"status", "age", "disability", "orphan", "single", "alone"},
	Funeral:       {"age", "social", "aid", "survivor"},
	Training:      {"status", "place", "age", "disability", "minority", "merit", "served"},
	Tuition:       {"status", "school", "disability", "minority", "orphan"},
	LearningCosts: {"status", "school", "disability", "orphan"},
	Credit:        {"status", "recent"},
	Electricity:   {"status"},
	LegalAid:      {"status", "age", "merit", "accused", "minority"},
	RecordFee:     {"status", "age", "disability"},
}

// each calls f for every way to choose one of the values of each fact that a benefit reads.
func (k told) each(b Benefit, f func(whole)) {
	loops := []func(w whole, next func(whole)){
		func(w whole, n func(whole)) {
			vary(b, "status", k.status, func(v PovertyStatus) { w.Status = v; n(w) })
		},
		func(w whole, n func(whole)) { vary(b, "recent", k.recent, func(v bool) { w.Recent = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "place", k.place, func(v Place) { w.Place = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "farms", k.farms, func(v bool) { w.Farms = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "age", k.age, func(v int) { w.Age = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "pension", k.pension, func(v Pension) { w.Pension = v; n(w) }) },
		func(w whole, n func(whole)) {
			vary(b, "disability", k.disability, func(v Degree) { w.Disability = v; n(w) })
		},
		func(w whole, n func(whole)) { vary(b, "school", k.school, func(v School) { w.School = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "job", k.job, func(v Job) { w.Job = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "social", k.social, func(v bool) { w.DrawsSocial = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "aid", k.aid, func(v bool) { w.DrawsAid = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "survivor", k.survivor, func(v bool) { w.Survivor = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "orphan", k.orphan, func(v bool) { w.Orphan = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "single", k.single, func(v bool) { w.Single = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "alone", k.alone, func(v bool) { w.Alone = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "minority", k.minority, func(v bool) { w.Minority = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "merit", k.merit, func(v bool) { w.Merit = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "served", k.served, func(v bool) { w.Served = v; n(w) }) },
		func(w whole, n func(whole)) { vary(b, "accused", k.accused, func(v bool) { w.Accused = v; n(w) }) },
	}
	var run func(i int, w whole)
	run = func(i int, w whole) {
		if i == len(loops) {
			f(w)
			return
		}
		loops[i](w, func(w whole) { run(i+1, w) })
	}
	run(0, whole{})
}

func vary[T any](b Benefit, fact string, values []T, f func(T)) {
	if !slices.Contains(reads[b], fact) {
		values = values[:1]
	}
	for _, v := range values {
		f(v)
	}
}

// facts are what is told as the rules take it. What may be anything is not known.
func (k told) facts() Household {
	every := everything()
	return Household{Status: fact(k.status, every.status), Recent: fact(k.recent, every.recent), Place: fact(k.place, every.place), Farms: fact(k.farms, every.farms),
		Members: []Member{{Age: fact(k.age, every.age), Pension: fact(k.pension, every.pension), Disability: fact(k.disability, every.disability),
			School: fact(k.school, every.school), Job: fact(k.job, every.job), DrawsSocial: fact(k.social, every.social), DrawsAid: fact(k.aid, every.aid),
			Survivor: fact(k.survivor, every.survivor), Orphan: fact(k.orphan, every.orphan), Single: fact(k.single, every.single), Alone: fact(k.alone, every.alone),
			Minority: fact(k.minority, every.minority), Merit: fact(k.merit, every.merit), Served: fact(k.served, every.served), Accused: fact(k.accused, every.accused)}}}
}

func fact[T comparable](may, every []T) Fact[T] {
	if len(may) == len(every) {
		return Fact[T]{}
	}
	return knowledge.OneOf(may...)
}

// draw chooses what is told: of each fact nothing, one value, or two.
func draw(t *rapid.T) told {
	k := everything()
	some(t, "status", &k.status)
	some(t, "place", &k.place)
	some(t, "age", &k.age)
	some(t, "pension", &k.pension)
	some(t, "disability", &k.disability)
	some(t, "school", &k.school)
	some(t, "job", &k.job)
	for _, f := range []*[]bool{&k.recent, &k.farms, &k.social, &k.aid, &k.survivor, &k.orphan, &k.single, &k.alone, &k.minority, &k.merit, &k.served, &k.accused} {
		some(t, "flag", f)
	}
	return k
}

func some[T any](t *rapid.T, name string, f *[]T) {
	n := rapid.IntRange(0, 3).Draw(t, name)
	if n == 0 {
		return
	}
	i := rapid.IntRange(0, len(*f)-1).Draw(t, name)
	may := []T{(*f)[i]}
	if j := rapid.IntRange(0, len(*f)-1).Draw(t, name); n == 3 && j != i && len(*f) > 2 {
		may = append(may, (*f)[j])
	}
	*f = may
}

// end is what the law comes to for a person of whom everything is known.
type end struct {
	verdict Verdict
	group   string
	level   int // percent that the fund pays; 0: not about insurance
}

var (
	july25, jan26, jan27 = day("2025-07-01"), day("2026-01-01"), day("2027-01-01")
	sept25               = day("2025-09-03")
)

func day(s string) knowledge.Date {
	d, err := knowledge.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func got(group string) end { return end{verdict: Eligible, group: group} }

var (
	nothing = end{verdict: NotEligible}
	silent  = end{verdict: CannotConclude}
)

// byLaw is the law a second time, with its numbers written out from the policy files.
func byLaw(b Benefit, on knowledge.Date, w whole) end {
	poorish := w.Status == Poor || w.Status == NearPoor
	disabled := w.Disability != NotDisabled
	switch b {
	case Insurance:
		return insuredByLaw(on, w)
	case SocialPension: // 40.6
		if on.Before(july25) {
			return silent
		}
		if (w.Age >= 75 || w.Age >= 70 && poorish) && w.Pension != FullPension {
			return got("social_pension")
		}
		return nothing
	case Allowance:
		return aidedByLaw(w, poorish)
	case Funeral: // 40.5, 40.6
		switch {
		case w.DrawsSocial && !on.Before(july25):
			return got("social_pension")
		case w.DrawsSocial: // there was none to draw: the older decree is cited all the same
			return got("social_pension")
		case w.DrawsAid:
			return got("allowance")
		case w.Age >= 80 && w.Survivor:
			return got("survivor")
		}
		return nothing
	case Training: // 30.1, 30.2
		if w.Age < 15 {
			return nothing
		}
		if on.Before(jan26) {
			switch {
			case disabled:
				return got("disabled")
			case w.Status == Poor:
				return got("poor")
			case w.Minority:
				return got("minority")
			case w.Merit:
				return got("merit")
			case w.Status == NearPoor:
				return got("near_poor")
			case w.Place == Rural:
				return got("rural")
			}
			return silent
		}
		switch {
		case w.Place == Rural:
			return got("rural")
		case w.Served:
			return got("youth")
		}
		return silent
	case Tuition, LearningCosts: // 40.3
		if on.Before(sept25) {
			return silent
		}
		if b == LearningCosts {
			switch {
			case w.School != General:
				return nothing
			case w.Status == Poor:
				return got("poor")
			case disabled:
				return got("disabled")
			case w.Orphan:
				return got("orphan")
			}
			return nothing
		}
		switch {
		case w.School == NoSchool:
			return nothing
		case w.School == General:
			return got("general")
		case disabled:
			return got("disabled")
		case w.Minority && poorish:
			return got("minority")
		case w.Orphan:
			return got("orphan")
		}
		return silent
	case Credit: // 40.1, 10.5
		switch {
		case w.Status == Poor:
			return got("poor")
		case w.Status == NearPoor:
			return got("near_poor")
		case w.Status == Escaped && w.Recent:
			return got("escaped")
		}
		return nothing
	case Electricity: // 40.4
		if w.Status == Poor {
			return got("poor")
		}
		return nothing
	case LegalAid: // 40.7
		if !on.Before(jan27) {
			return silent
		}
		switch {
		case w.Status == Poor:
			return got("poor")
		case w.Age < 16:
			return got("child")
		case w.Merit:
			return got("merit")
		case w.Status == NearPoor && w.Accused:
			return got("near_poor")
		case w.Minority:
			return silent
		}
		return nothing
	case RecordFee: // 30.5, 40.7
		switch {
		case poorish:
			return got("poor")
		case w.Age >= 60:
			return got("older")
		case w.Age < 16:
			return got("child")
		case disabled:
			return got("disabled")
		}
		return nothing
	}
	panic(b)
}

// aidedByLaw is table 40.5: of several coefficients the highest.
func aidedByLaw(w whole, poorish bool) end {
	child, older := w.Age < 16, w.Age >= 60
	best, most := "", 0.0
	try := func(is bool, group string, coefficient float64) {
		if is && coefficient > most {
			best, most = group, coefficient
		}
	}
	try(w.Disability == Extreme && (child || older), "disabled_extreme_young_old", 2.5)
	try(w.Disability == Extreme && !child && !older, "disabled_extreme", 2)
	try(w.Disability == Severe && (child || older), "disabled_severe_young_old", 2)
	try(w.Disability == Severe && !child && !older, "disabled_severe", 1.5)
	try(w.Orphan && w.Age < 4, "orphan_small", 2.5)
	try(w.Orphan && child && w.Age >= 4, "orphan", 1.5)
	try(w.Single && poorish, "single_parent", 1)
	try(w.Alone && w.Status == Poor && w.Age >= 60 && w.Age < 80, "older_alone", 1.5)
	try(w.Alone && w.Status == Poor && w.Age >= 80, "older_alone_80", 2)
	if best == "" {
		return nothing
	}
	return got(best)
}

// insuredByLaw is table 20.2 and article 13, clause 5.
func insuredByLaw(on knowledge.Date, w whole) end {
	if on.Before(july25) {
		return silent
	}
	whole := 100 // of the near-poor and of social pensioners from 75
	if on.Before(jan26) {
		whole = 0
	}
	type group struct {
		is    bool
		name  string
		level int
	}
	social := w.DrawsSocial && w.Age >= 70
	near, old := max(95, whole), max(80, whole)
	groups := []group{ // those who pay first come first
		{social && w.Age >= 75, "social_pension_75", old},
		{social && w.Age < 75, "social_pension", 80},
		{w.Pension != NoPension && w.Age >= 15, "pension", 95},
		{w.Job == Employed && w.Age >= 15, "worker", 80},
		{w.Job == Jobless && w.Age >= 15, "unemployed", 80},
		{w.Merit && w.Age >= 6 && w.Status != Poor, "merit", 100},
		{w.Age < 6, "child", 100},
		{w.Status == Poor, "poor", 100},
		{w.DrawsAid && w.Age >= 6, "allowance", 100},
		{w.Status == NearPoor, "near_poor", near},
		{w.School != NoSchool, "student", 80},
		{w.Status == AverageLiving && w.Farms, "farmer", 80},
		{true, "household", 80},
	}
	out := end{}
	for _, g := range groups {
		if g.is && out.group == "" {
			out.group = g.name
		}
		if g.is {
			out.level = max(out.level, g.level)
		}
	}
	out.verdict = Eligible
	if out.group == "worker" || out.group == "household" {
		out.verdict = NotEligible
	}
	return out
}

// The verdict is CannotConclude exactly when completions disagree, or one of them is beyond the
// sources; the ways are those of the completions; and whatever is said to be missing tells two
// completions apart.
func TestEntitledByCompletions(t *testing.T) {
	l := library(t)
	days := []knowledge.Date{day("2025-06-30"), july25, day("2025-12-31"), jan26, day("2026-11-26"), day("2026-12-31"), jan27}
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SampledFrom(append(OfHousehold(), OfMember()...)).Draw(t, "benefit")
		on := rapid.SampledFrom(days).Draw(t, "day")
		k := draw(t)
		e, err := Entitled(l, on, b, k.facts(), 0)
		if err != nil {
			t.Fatal(err)
		}
		ends := map[end]bool{}
		k.each(b, func(w whole) { ends[byLaw(b, on, w)] = true })
		if msg := disagree(on, e, ends); msg != "" {
			t.Fatalf("%s on %s: %s\nfacts %+v\nfound %+v\nby law %v", b, on, msg, k, e, ends)
		}
		for m, name := range factNames {
			if said := slices.Contains(e.Missing, m); said != k.matters(b, on, name) {
				t.Fatalf("%s on %s: is %s missing? said: %v\nfacts %+v", b, on, m, said, k)
			}
		}
	})
}

// disagree says how a finding differs from what the completions come to; empty: it does not.
func disagree(on knowledge.Date, e Entitlement, ends map[end]bool) string {
	verdicts, want := map[Verdict]bool{}, map[end]bool{}
	for x := range ends {
		verdicts[x.verdict] = true
		if x.verdict != CannotConclude {
			want[x] = true
		}
	}
	settled := len(verdicts) == 1 && !verdicts[CannotConclude]
	switch {
	case settled && !verdicts[e.Verdict]:
		return fmt.Sprintf("verdict %s", e.Verdict)
	case !settled && e.Verdict != CannotConclude:
		return fmt.Sprintf("verdict %s, though completions differ", e.Verdict)
	case !settled && len(e.Missing) == 0:
		return "nothing is said to be missing"
	case verdicts[CannotConclude] != slices.Contains(e.Missing, MissingSources):
		return fmt.Sprintf("missing %v", e.Missing)
	case settled && len(e.Basis) == 0:
		return "it rests on nothing"
	}
	for _, way := range e.Ways {
		if !want[end{verdictOf(want, way), way.Group, int(way.Level / 10_000)}] {
			return fmt.Sprintf("way %v", way)
		}
	}
	if len(e.Ways) != len(want) {
		return fmt.Sprintf("%d ways for %d ends", len(e.Ways), len(want))
	}
	return ""
}

// verdictOf finds the verdict that goes with a way.
func verdictOf(ends map[end]bool, way Way) Verdict {
	for x := range ends {
		if x.group == way.Group {
			return x.verdict
		}
	}
	return ""
}

// factNames are the facts of this test by what is said to be missing.
var factNames = map[Missing]string{MissingStatus: "status", MissingRecent: "recent", MissingPlace: "place", MissingFarms: "farms", MissingAge: "age",
	MissingPension: "pension", MissingDisability: "disability", MissingSchool: "school", MissingJob: "job", MissingDrawsSocial: "social",
	MissingDrawsAid: "aid", MissingSurvivor: "survivor", MissingOrphan: "orphan", MissingSingle: "single", MissingAlone: "alone",
	MissingMinority: "minority", MissingMerit: "merit", MissingServed: "served", MissingAccused: "accused"}

// matters reports whether two completions that differ only in a fact come to different ends.
func (k told) matters(b Benefit, on knowledge.Date, fact string) bool {
	seen, differ := map[whole]end{}, false
	k.each(b, func(w whole) {
		x := byLaw(b, on, w)
		w.blank(fact)
		if before, met := seen[w]; met && before != x {
			differ = true
		}
		seen[w] = x
	})
	return differ
}

func (w *whole) blank(fact string) {
	none := whole{}
	switch fact {
	case "status":
		w.Status = none.Status
	case "recent":
		w.Recent = false
	case "place":
		w.Place = none.Place
	case "farms":
		w.Farms = false
	case "age":
		w.Age = 0
	case "pension":
		w.Pension = none.Pension
	case "disability":
		w.Disability = none.Disability
	case "school":
		w.School = none.School
	case "job":
		w.Job = none.Job
	case "social":
		w.DrawsSocial = false
	case "aid":
		w.DrawsAid = false
	case "survivor":
		w.Survivor = false
	case "orphan":
		w.Orphan = false
	case "single":
		w.Single = false
	case "alone":
		w.Alone = false
	case "minority":
		w.Minority = false
	case "merit":
		w.Merit = false
	case "served":
		w.Served = false
	case "accused":
		w.Accused = false
	}
}
