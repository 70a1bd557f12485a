package answer

import (
	"context"

	"policybot/knowledge"
)

// Rank returns the cards that may answer a question, best first, as their wordings alone rank them:
// before any rule or decision. It is for judging the wordings.
func (a *Answerer) Rank(ctx context.Context, q Question) ([]knowledge.CardID, error) {
	r := a.read(q)
	if len(r.tokens) == 0 {
		return nil, nil
	}
	ranked, err := a.rank(ctx, &r)
	if err != nil {
		return nil, err
	}
	ids := make([]knowledge.CardID, len(ranked))
	for i, c := range ranked {
		ids[i] = c.card.ID
	}
	return ids, nil
}
