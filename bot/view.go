package bot

import (
	"unicode/utf8"

	"policybot/bot/answer"
	"policybot/bot/privacy"
	"policybot/bot/referral"
	"policybot/bot/screens"
	"policybot/knowledge"
)

// view is an answer as its screen shows it.
type view struct {
	answer.Answer
	Past, Future bool // the answer is for a day before, or after, the one it is asked on
	Sources      []string
	Confirmed    knowledge.Date // the oldest confirmation among its provisions; zero: it has none
}

// matterOf is what an answer was about. A greeting is about nothing, and leaves what was before.
func matterOf(a answer.Answer, q answer.Question, before *referral.Matter) *referral.Matter {
	if a.Outcome == knowledge.Social {
		return before
	}
	m := &referral.Matter{Question: privacy.Mask(q.Text), Lead: a.Lead}
	if a.Card != nil {
		m.Topic = a.Card.Topic
		if m.Question == "" {
			m.Question = a.Card.Ask[0]
		}
	}
	for _, p := range a.Provisions[:min(shownSources, len(a.Provisions))] {
		m.Sources = append(m.Sources, answer.Source(p))
	}
	return m
}

// shownSources is how many sources stand under an answer; "Xem căn cứ" has them all.
const shownSources = 3

func newView(a answer.Answer, today knowledge.Date) view {
	v := view{Answer: a, Past: a.Day.Before(today), Future: today.Before(a.Day)}
	for _, p := range a.Provisions {
		if v.Confirmed.IsZero() || p.ConfirmedOn.Before(v.Confirmed) {
			v.Confirmed = p.ConfirmedOn
		}
	}
	for _, p := range a.Provisions[:min(shownSources, len(a.Provisions))] {
		v.Sources = append(v.Sources, answer.Source(p))
	}
	if len(a.Provisions) == 0 {
		v.Past, v.Future = false, false
	}
	return v
}

// longest is how many letters an answer may have; product.md.
const longest = 900

// fit leaves sources out of the line under an answer that is too long, the main one last of all;
// "Xem căn cứ" keeps them all.
func (v *view) fit(screen string) error {
	for len(v.Sources) > 1 {
		html, err := screens.Write(screen, v)
		if err != nil {
			return err
		}
		if utf8.RuneCountInString((Reply{HTML: html}).Plain()) <= longest {
			return nil
		}
		v.Sources = v.Sources[:len(v.Sources)-1]
	}
	return nil
}

// procedureView is a procedure as its screen shows it, its texts filled for the day.
type procedureView struct {
	Title, Who, Where, Days, Signer, Fee, Objection string
	Papers, Steps, Sources                          []string
	NotChecked                                      bool
	Old                                             knowledge.Date // when it was last confirmed, if that is long ago
}
