package vi

import (
	"strings"

	"policybot/knowledge"
)

// Sum is a sum of money in a text.
type Sum struct {
	Amount knowledge.VND
	// Before and After are the text around it, up to the sums beside it, lower case and without marks;
	// both ends of a range have the same.
	Before, After string
	Ranged        bool // it is one end of a range

	start, end int
}

// Sums is [Amounts] with what stands around them.
func Sums(text string) []Sum {
	lower := strings.ToLower(Normalize(text))
	p := &amountParser{text: lower, pieces: piecesOf(lower)}
	for p.at < len(p.pieces) {
		p.step()
	}
	p.around()
	return p.found
}

// add notes a sum that begins at piece start and ends before the parser.
func (p *amountParser) add(n int64, start int) {
	if n <= 0 || n > mostMoney {
		return
	}
	s := Sum{Amount: knowledge.VND(n), start: p.pieces[start].at, end: len(p.text)}
	if p.at < len(p.pieces) {
		s.end = p.pieces[p.at].at
	}
	p.found = append(p.found, s)
}

// around notes what stands between the sums.
func (p *amountParser) around() {
	for i, s := range p.found {
		from, to := 0, len(p.text)
		for _, other := range p.found {
			if other.end <= s.start {
				from = max(from, other.end)
			}
			if other.start >= s.end {
				to = min(to, other.start)
			}
		}
		p.found[i].Before, p.found[i].After = Fold(p.text[from:s.start]), Fold(p.text[s.end:to])
	}
}

// addEnds notes the ends of a range.
func (p *amountParser) addEnds(from, to int64, start int) {
	had := len(p.found)
	p.add(from, start)
	p.add(to, start)
	for i := had; i < len(p.found); i++ {
		p.found[i].Ranged = true
	}
}
