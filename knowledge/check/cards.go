package check

import (
	"fmt"
	"regexp"
	"slices"

	"policybot/knowledge"
)

// cardOutcomes are the ways a turn may end by a card; the others are for code to say.
var cardOutcomes = []knowledge.Outcome{
	knowledge.Answered, knowledge.Partial, knowledge.Clarify, knowledge.CannotConclude, knowledge.NoEvidence,
	knowledge.OutOfScope, knowledge.Crisis, knowledge.Guarded, knowledge.Social,
}

const maxBullets = 5

// page is what residents read of a card or a procedure.
type page struct {
	id         string
	pos        knowledge.Pos
	texts      []text
	basis      []knowledge.ProvisionID
	applies    knowledge.Period
	outcome    knowledge.Outcome
	confidence knowledge.Confidence // of a procedure as a whole; cards have none of their own
}

// states reports whether the page says what the law is, rather than that it cannot.
func (p page) states() bool { return p.outcome == knowledge.Answered || p.outcome == knowledge.Partial }

// text is one template and where it stands.
type text struct {
	body string
	path []any
	kind textKind
}

type textKind int

const (
	textAnswer textKind = iota // the first lines of a card
	textBullet
	textOther // what is shown on demand
)

func cardPage(card *knowledge.Card) page {
	p := page{string(card.ID), card.Pos, nil, card.Basis, card.Applies, card.Outcome, ""}
	p.texts = append(p.texts, text{card.Answer, []any{"answer"}, textAnswer})
	for i, s := range card.Bullets {
		p.texts = append(p.texts, text{s, []any{"bullets", i}, textBullet})
	}
	for i, s := range card.More {
		p.texts = append(p.texts, text{s, []any{"more", i}, textOther})
	}
	return p
}

func (c *checker) card(card *knowledge.Card) {
	c.letters(card.Pos)
	c.cardHead(card)
	c.cardLinks(card)
	p := cardPage(card)
	c.pageBasis(p)
	c.pageTexts(p)
	c.nextStep(card, p)
	if len(card.Bullets) > maxBullets {
		c.report(ruleTooManyBullets, fmt.Sprint(len(card.Bullets)), card.Pos, "bullets")
	}
}

func (c *checker) cardHead(card *knowledge.Card) {
	if !slices.Contains(knowledge.Topics, card.Topic) {
		c.report(ruleUnknownTopic, string(card.Topic), card.Pos, "topic")
	}
	if !slices.Contains(cardOutcomes, card.Outcome) {
		c.report(ruleUnknownOutcome, string(card.Outcome), card.Pos, "outcome")
	}
	c.place(card.Place, card.Pos, "place")
	c.period(card.Applies, card.Pos, "applies")
	c.required(card.Pos, map[string]bool{"answer": card.Answer != ""})
	if card.CheckedBy != "" && same(card.CheckedBy) == same(card.Author) {
		c.warn(ruleSelfChecked, card.Author, card.Pos, "checked_by")
	}
	if card.ConfirmedOn.IsZero() && (len(card.Basis) > 0 || cardPage(card).states()) {
		c.report(ruleNotConfirmed, string(card.ID), card.Pos)
	}
}

func (c *checker) cardLinks(card *knowledge.Card) {
	for i, id := range card.Next {
		if c.Card(id) == nil {
			c.report(ruleUnknownCard, string(id), card.Pos, "next", i)
		}
	}
	if card.WordingsOf != "" && c.Card(card.WordingsOf) == nil {
		c.report(ruleUnknownCard, string(card.WordingsOf), card.Pos, "wordings_of")
	}
	if card.Procedure != "" && c.Procedure(card.Procedure) == nil {
		c.report(ruleUnknownProcedure, string(card.Procedure), card.Pos, "procedure")
	}
}

var wayOn = regexp.MustCompile(`(?i)hỏi|liên hệ|gọi|nhờ|ghé|gửi|chọn|bấm|UBND|Ủy ban|BHXH|trung tâm`)

// nextStep looks for a way on where a card cannot answer.
func (c *checker) nextStep(card *knowledge.Card, p page) {
	switch card.Outcome {
	case knowledge.NoEvidence, knowledge.CannotConclude, knowledge.OutOfScope, knowledge.Partial, knowledge.Crisis:
	default:
		return
	}
	if len(card.Next) > 0 || card.Procedure != "" {
		return
	}
	for _, t := range p.texts {
		if t.kind != textOther && wayOn.MatchString(t.body) {
			return
		}
	}
	c.report(ruleNoNextStep, string(card.Outcome), card.Pos, "outcome")
}
