package check

import (
	"slices"

	"policybot/knowledge"
)

func procedurePage(p *knowledge.Procedure) page {
	out := page{string(p.ID), p.Pos, nil, p.Basis, p.Applies, knowledge.Answered, p.Confidence}
	single := func(key, body string) {
		if body != "" {
			out.texts = append(out.texts, text{body, []any{key}, textOther})
		}
	}
	list := func(key string, bodies []string) {
		for i, s := range bodies {
			out.texts = append(out.texts, text{s, []any{key, i}, textOther})
		}
	}
	single("title", p.Title)
	single("who", p.Who)
	list("papers", p.Papers)
	single("where", p.Where)
	list("steps", p.Steps)
	single("days", p.Days)
	if p.Fee != nil {
		single("fee", *p.Fee)
	}
	single("signer", p.Signer)
	single("objection", p.Object)
	return out
}

func (c *checker) procedure(p *knowledge.Procedure) {
	c.letters(p.Pos)
	c.required(p.Pos, map[string]bool{
		"title": p.Title != "", "who": p.Who != "", "where": p.Where != "", "steps": len(p.Steps) > 0,
	})
	if !slices.Contains(knowledge.Topics, p.Topic) {
		c.report(ruleUnknownTopic, string(p.Topic), p.Pos, "topic")
	}
	c.period(p.Applies, p.Pos, "applies")
	c.confidence(p.Confidence, p.Pos, "confidence")
	if p.ConfirmedOn.IsZero() {
		c.report(ruleNotConfirmed, string(p.ID), p.Pos)
	}
	page := procedurePage(p)
	c.pageBasis(page)
	c.pageTexts(page)
}
