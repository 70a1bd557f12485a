package flow

import (
	"fmt"
	"regexp"
	"strconv"

	"policybot/bot/answer"
	"policybot/knowledge"
)

// Result is what follows from the facts of a flow.
type Result struct {
	// Answer is the verdict with its arithmetic, as answers are shown.
	answer.Answer
	Flow  string // what the flow is called
	Facts []Told // what it follows from
	// Procedure is what to do now; nil: nothing is known to be done, or there is nothing to do.
	Procedure *knowledge.Procedure
}

// Conclude works out the result of a state that has no question left.
func (f *Flows) Conclude(s State, today knowledge.Date) (Result, error) {
	p := f.at(s, today)
	r, err := p.plan().conclude(p)
	if err != nil {
		return Result{}, fmt.Errorf("flow %s: %w", s.Kind, err)
	}
	r.Flow, r.Facts = p.plan().title, p.told()
	return r, nil
}

// result is a Result that is still to be filled.
func (p at) result(topic knowledge.Topic, o knowledge.Outcome, lead string) Result {
	return Result{Answer: answer.Answer{Outcome: o, Topic: topic, Day: p.today, Lead: lead}}
}

// notKnown is the result where the sources say nothing of the day.
func (p at) notKnown(topic knowledge.Topic, lead string) Result {
	r := p.result(topic, knowledge.CannotConclude, lead)
	r.Referral = true
	return r
}

// say adds lines to a result; empty ones are none.
func (r *Result) say(lines ...string) {
	for _, line := range lines {
		if line != "" {
			r.Bullets = append(r.Bullets, line)
		}
	}
}

// procedure returns the one with that ID, if it applies on the day; else nil.
func (p at) procedure(id knowledge.ProcedureID) *knowledge.Procedure {
	found := p.library.Procedure(id)
	if found == nil || !found.Applies.Contains(p.today) {
		return nil
	}
	return found
}

// rest sets what a result rests on. It refuses one with a number that stands in no provision and no
// figure, and was not told either.
func (p at) rest(r *Result, used, told []knowledge.Value, basis ...knowledge.ProvisionID) error {
	g := answer.Ground{Basis: basis, Used: used, Told: told}
	if r.Procedure != nil {
		g.Besides = r.Procedure.Basis
	}
	return p.answers.Rest(&r.Answer, g, p.today)
}

func money(v knowledge.VND) knowledge.Value {
	return knowledge.Value{Amount: knowledge.Amount{N: int64(v), Unit: knowledge.UnitVND}}
}

func count(n int) knowledge.Value {
	return knowledge.Value{Amount: knowledge.Amount{N: int64(n), Unit: knowledge.UnitCount}}
}

var digits = regexp.MustCompile(`\d+`)

// inName are the numbers in the name of a group, which content vouches for: "trẻ dưới 6 tuổi".
func inName(name string) []knowledge.Value {
	var all []knowledge.Value
	for _, s := range digits.FindAllString(name, -1) {
		if n, err := strconv.Atoi(s); err == nil {
			all = append(all, count(n))
		}
	}
	return all
}
