package check

import (
	"regexp"

	"policybot/knowledge"
)

var wardCode = regexp.MustCompile(`^\d{5}$`)

func (c *checker) wards() {
	names := map[string]bool{}
	for _, w := range c.Wards {
		c.letters(w.Pos)
		if !wardCode.MatchString(string(w.Code)) {
			c.report(ruleWardCode, string(w.Code), w.Pos, "code")
		}
		if w.Kind != knowledge.Phuong && w.Kind != knowledge.Xa {
			c.report(ruleUnknownKind, string(w.Kind), w.Pos, "kind")
		}
		c.required(w.Pos, map[string]bool{"name": w.Name != "", "former": w.Former != ""})
		c.place(w.Former, w.Pos, "former")
		if names[w.FullName()] {
			c.report(ruleRepeatedWard, w.FullName(), w.Pos, "name")
		}
		names[w.FullName()] = true
	}
}
