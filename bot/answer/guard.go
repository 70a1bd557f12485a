package answer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"policybot/knowledge"
)

var numberForm = regexp.MustCompile(`\d+(?:[.,/]\d+)*`)

// emergency are the only numbers that need no provision; policy/README ruling 2.
var emergency = []string{"111", "112", "113", "114", "115"}

// cited returns what an answer rests on together with all that its card cites: law that is past or
// still to come may be told of as such.
func (a *Answerer) cited(out *Answer) []*knowledge.Provision {
	all := slices.Clone(out.Provisions)
	for _, id := range out.Card.Basis {
		if p := a.library.Provision(id); p != nil {
			all = append(all, p)
		}
	}
	return all
}

// guard refuses an answer with a number that stands neither in a provision it rests on, nor in a
// figure or rule it used. No figure leaves the bot without its source.
func (a *Answerer) guard(out *Answer, used []knowledge.Value) error {
	allowed := map[string]bool{}
	allow := func(texts ...string) {
		for _, text := range texts {
			for _, n := range numberForm.FindAllString(text, -1) {
				allowed[n] = true
			}
		}
	}
	allow(out.Day.Vietnamese())
	allow(emergency...)
	for _, p := range a.cited(out) {
		allow(p.Summary, p.Source(), p.Document.Title, p.Applies.From.Vietnamese(), p.Applies.Last().Vietnamese())
		allow(p.Document.InForce.From.Vietnamese(), p.Document.InForce.Last().Vietnamese(), p.Document.Issued.Vietnamese())
	}
	for _, v := range used {
		allow(v.Amount.String(), v.Period.From.Vietnamese(), v.Period.Last().Vietnamese(), v.Period.Until.Vietnamese())
	}
	for _, text := range append(append([]string{out.Lead}, out.Bullets...), out.More...) {
		for _, n := range numberForm.FindAllString(text, -1) {
			if !allowed[n] {
				return fmt.Errorf("card %s on %s: %q stands in no provision it cites: %s", out.Card.ID, out.Day, n, strings.TrimSpace(text))
			}
		}
	}
	return nil
}
