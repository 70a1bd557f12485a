package premium

import (
	"errors"
	"fmt"
	"slices"

	"policybot/knowledge"
)

// Group is a group of insured people (nhóm đối tượng), as the figures name it: near_poor for
// premium.near_poor.support. The zero Group is none.
type Group string

// The groups that the figures know.
const (
	Worker              Group = "worker"                 // k1: by salary, with the employer
	Pensioner           Group = "pension"                // k2: the social insurance pays
	Unemployed          Group = "unemployed"             // k2
	Poor                Group = "poor"                   // k3: the state pays all
	HardAreaPeople      Group = "hard_area"              // k3
	Child               Group = "child"                  // k3, below 6
	Merit               Group = "merit"                  // k3
	MartyrRelative      Group = "martyr_relative"        // k3
	MeritRelative       Group = "merit_relative"         // k3
	Allowance           Group = "allowance"              // k3
	Survivor            Group = "survivor"               // k3
	SocialPension       Group = "social_pension"         // k3, at any age
	NearPoorPoorCommune Group = "near_poor_poor_commune" // k4, in a commune on the list of poor ones
	NearPoor            Group = "near_poor"              // k4: the state pays a part
	LeftHardArea        Group = "left_hard_area"         // k4
	Student             Group = "student"                // k4
	LocalForce          Group = "local_force"            // k4
	Trafficked          Group = "trafficking"            // k4
	Farmer              Group = "farmer"                 // k4
	Household           Group = "household"              // k5
)

// order is the order in which the groups of one person count for who pays. Those of one rank may
// choose the one with the most support. It is that of Article 12, with the exceptions of Article 13
// clause 5: pensioners by the social insurance, survivors and social pensioners by the state.
var order = [][]Group{
	{Pensioner}, {Survivor, SocialPension}, {Worker}, {Unemployed},
	{Poor, HardAreaPeople, Child, Merit, MartyrRelative, MeritRelative, Allowance},
	{NearPoorPoorCommune, NearPoor, LeftHardArea, Student, LocalForce, Trafficked, Farmer},
	{Household},
}

// Groups are all groups, in the order in which they count.
func Groups() []Group { return slices.Concat(order...) }

// Share is what is paid for one person in one of their groups.
type Share struct {
	Group  Group
	Months int
	Most   knowledge.VND     // what the person pays, at most: cities may add to the support
	Least  knowledge.VND     // what somebody else pays for them, at least
	Rate   knowledge.Rate    // the part that somebody else pays, at least
	Used   []knowledge.Value // the support and the monthly premium it rests on
}

// Choice is what is paid for one person who may belong to several groups.
type Choice struct {
	Share              // of the group that counts
	Others     []Share // of the other groups of the same rank, which the person need not choose
	Overridden []Group // groups that do not count, because one before them does
	Basis      []knowledge.ProvisionID
}

var (
	// ErrNoGroup says that no group was given, or one that is not known.
	ErrNoGroup = errors.New("no such group")
	// ErrBySalary says that a worker pays by the salary, see [OfSalary].
	ErrBySalary = errors.New("workers pay by their salary")
)

// severalGroups is the rule for people in several groups.
const severalGroups knowledge.ProvisionID = "luat-51-2024/d13/k5"

// Person works out what is paid for one person for some months from 1 up, by the premiums of the day.
// Of several groups the first in the order of the law counts; among those whom the state helps the
// one with the most support. The error is [knowledge.ErrNotKnown] when there are no premiums for the
// day, [ErrBySalary] for workers, and [ErrNoGroup].
func Person(l *knowledge.Library, on knowledge.Date, groups []Group, months int) (Choice, error) {
	if months < 1 {
		return Choice{}, fmt.Errorf("premium for %d months: must be at least 1", months)
	}
	for _, g := range groups {
		if !slices.Contains(Groups(), g) {
			return Choice{}, fmt.Errorf("%q: %w", g, ErrNoGroup)
		}
	}
	var out Choice
	for _, rank := range order {
		mine := slices.DeleteFunc(slices.Clone(rank), func(g Group) bool { return !slices.Contains(groups, g) })
		switch {
		case len(mine) == 0:
			continue
		case out.Group != "":
			out.Overridden = append(out.Overridden, mine...)
		case rank[0] == Worker:
			return Choice{}, ErrBySalary
		default:
			if err := out.choose(l, on, mine, months); err != nil {
				return Choice{}, err
			}
		}
	}
	if out.Group == "" {
		return Choice{}, ErrNoGroup
	}
	if p := l.Provision(severalGroups); len(groups) > 1 && p != nil && p.Applies.Contains(on) {
		out.Basis = append(out.Basis, severalGroups)
	}
	return out, nil
}

// choose takes the group with the most support; the first of those with as much.
func (c *Choice) choose(l *knowledge.Library, on knowledge.Date, groups []Group, months int) error {
	for _, g := range groups {
		s, err := shareOf(l, on, g, months)
		if err != nil {
			return err
		}
		switch {
		case c.Group == "":
			c.Share = s
		case s.Rate > c.Rate:
			c.Share, c.Others = s, append(c.Others, c.Share)
		default:
			c.Others = append(c.Others, s)
		}
	}
	for _, v := range c.Used {
		for _, id := range v.Basis {
			if !slices.Contains(c.Basis, id) {
				c.Basis = append(c.Basis, id)
			}
		}
	}
	return nil
}

// shareOf splits the premium of a group for some months.
func shareOf(l *knowledge.Library, on knowledge.Date, g Group, months int) (Share, error) {
	full, err := l.Figure("premium.month", on)
	if err != nil {
		return Share{}, fmt.Errorf("premium of a month: %w", err)
	}
	out := Share{Group: g, Months: months, Used: []knowledge.Value{full}}
	if g != Household {
		support, err := l.Figure("premium."+string(g)+".support", on)
		if err != nil {
			return Share{}, fmt.Errorf("support for %s: %w", g, err)
		}
		out.Rate = knowledge.Rate(support.Amount.N)
		out.Used = append(out.Used, support)
	}
	own := out.Rate.Rest().Of(knowledge.VND(full.Amount.N))
	out.Most = own * knowledge.VND(months)
	out.Least = (knowledge.VND(full.Amount.N) - own) * knowledge.VND(months)
	return out, nil
}

// Salary is what is paid for a worker in a month.
type Salary struct {
	Worker, Employer knowledge.VND
	Used             []knowledge.Value // the two rates
}

// OfSalary works out what a worker and the employer pay a month of a salary that the insurance is
// paid on. The error is [knowledge.ErrNotKnown] when the rates of the day are not.
func OfSalary(l *knowledge.Library, on knowledge.Date, salary knowledge.VND) (Salary, error) {
	const most = 1_000_000_000_000
	if salary < 0 || salary > most {
		return Salary{}, fmt.Errorf("a salary of %d: out of range", salary)
	}
	var out Salary
	for _, part := range []struct {
		figure string
		amount *knowledge.VND
	}{{"premium.worker.rate", &out.Worker}, {"premium.employer.rate", &out.Employer}} {
		v, err := l.Figure(part.figure, on)
		if err != nil {
			return Salary{}, fmt.Errorf("premium of a worker: %w", err)
		}
		*part.amount = knowledge.Rate(v.Amount.N).Of(salary)
		out.Used = append(out.Used, v)
	}
	return out, nil
}
