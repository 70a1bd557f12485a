package index

import "math"

// rivals is how many of the best a confidence looks at.
const rivals = 5

// Signals of how sure the first hit is, each from 0 to 1.
const (
	wordsHeld   = iota // share of the words that the first hit holds, weighed by how much they say
	shareOfMost        // its score over what the question could score at most
	lead               // how far it is ahead of its rival
	briefness          // one over the number of words
	signalCount
)

type signals [signalCount]float64

// signals works out the signals of the best, of which there is at least one.
func (ix *Index) signals(p *plan, best []ranked) (s signals) {
	first := best[0].doc
	held := 0.0
	for i := range p.clauses {
		c := &p.clauses[i]
		if c.term.field%storedFields == words && c.list.at(first) > 0 { // a bare word is held in part
			held += float64(c.factor) / factorOne
		}
	}
	s[wordsHeld] = share(held, p.asked[words])
	s[shareOfMost] = share(best[0].score.float(), (p.asked[words]+p.asked[pairs])*(k1+1))
	s[lead] = 1 - share(ix.rival(best), best[0].score.float())
	s[briefness] = 1 / float64(p.words)
	return s
}

// rival is the score of the first hit on another topic, or of the next where there are no topics.
func (ix *Index) rival(best []ranked) float64 {
	topic := ix.docs[best[0].doc].topic
	score := 0.0
	for _, r := range best[1:min(len(best), rivals)] {
		score = r.score.float()
		if topic == "" || ix.docs[r.doc].topic != topic {
			break
		}
	}
	return score
}

func share(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return min(1, part/whole)
}

// What each signal weighs, and where they start from: a logistic regression on questions with and
// without an answer. docs/decisions has its reliability.
var signalWeights = signals{wordsHeld: 0.51, shareOfMost: 3.85, lead: 4.93, briefness: -9.70}

const signalIntercept = -3.00

// confidence is the probability that the first of best answers the question.
func (ix *Index) confidence(p *plan, best []ranked) float64 {
	if len(best) == 0 {
		return 0
	}
	sum := signalIntercept
	for i, s := range ix.signals(p, best) {
		sum += signalWeights[i] * s
	}
	return 1 / (1 + math.Exp(-sum))
}
