package answer

import (
	"context"

	"policybot/knowledge"
)

// Try answers a question as [Answerer.Answer] does, and returns besides how its wordings rank the cards,
// best first: before any rule or decision. It is for judging the wordings.
func (a *Answerer) Try(ctx context.Context, q Question) (Answer, []knowledge.CardID, error) {
	d, err := a.settle(ctx, q)
	if err != nil {
		return Answer{}, nil, err
	}
	ranked := d.ranked
	if ranked == nil && len(d.tokens) > 0 { // settled by its words alone
		if ranked, err = a.rank(ctx, &d.reading); err != nil {
			return Answer{}, nil, err
		}
	}
	ids := make([]knowledge.CardID, len(ranked))
	for i, c := range ranked {
		ids[i] = c.card.ID
	}
	return d.Answer, ids, nil
}
