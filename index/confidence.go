package index

import "math"

// confidence is the probability that the first of best answers the question.
func (ix *Index) confidence(clauses []clause, best []ranked) float64 {
	if len(best) == 0 {
		return 0
	}
	var most score
	for i := range clauses {
		most += clauses[i].factor * impactOne
	}
	share := float64(best[0].score) / float64(max(1, most))
	margin := 1.0
	if len(best) > 1 {
		margin = 1 - float64(best[1].score)/float64(best[0].score)
	}
	return 1 / (1 + math.Exp(-(8*(share-0.5) + 2*margin)))
}
