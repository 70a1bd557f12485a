package bot

import (
	"policybot/bot/answer"
	"policybot/knowledge"
)

// view is an answer as its screen shows it.
type view struct {
	answer.Answer
	Past, Future bool // the answer is for a day before, or after, the one it is asked on
	Sources      []string
	Confirmed    knowledge.Date // the oldest confirmation among its provisions; zero: it has none
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

// procedureView is a procedure as its screen shows it, its texts filled for the day.
type procedureView struct {
	Title, Who, Where, Days, Signer, Fee, Objection string
	Papers, Steps, Sources                          []string
	NotChecked                                      bool
}
