package index

import "math"

// The parameters of BM25, tuned on every second question of two public sets; docs/decisions has
// the figures. A title counts its words titleWeight times on top of the body.
const (
	k1 = 0.7
	b  = 0.7
)

// Scores are whole numbers, so that a sum is the same in any order and pruning can be exact:
// an impact is a term's share in one Doc in units of 1/impactOne, a factor what the term weighs in
// one question in units of 1/factorOne.
const (
	impactOne = 1 << 14
	factorOne = 1 << 20
)

// A score is a sum of factors times impacts.
type score int64

func (s score) float() float64 { return float64(s) / (impactOne * factorOne) }

// impact is BM25's saturated term frequency, from 0 to k1+1, never 0.
func impact(frequency, length, average float64) uint16 {
	share := frequency * (k1 + 1) / (frequency + k1*(1-b+b*length/average))
	return max(1, uint16(math.Round(share*impactOne)))
}

// idf is how much it says that a Doc holds a term that df of n Docs hold.
func idf(df, n int) float64 {
	return math.Log(1 + (float64(n-df)+0.5)/(float64(df)+0.5))
}

// factor is what a term of a question weighs.
func factor(weight float64, df, n int) score {
	return max(1, score(math.Round(weight*idf(df, n)*factorOne)))
}
