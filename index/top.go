package index

import (
	"cmp"
	"slices"
	"strings"
)

// A clause is one term of a question: every Doc of the list scores its impact times factor.
type clause struct {
	term   term
	factor score
	list   *list
}

// A ranked is a Doc, by its number, with its score.
type ranked struct {
	doc   uint32
	score score
}

// top returns the k best of the allowed Docs that hold any of the clauses, best first and equal
// scores by ID: exactly those of the full sum. It follows MaxScore, window by window: within a
// window only the clauses that could lift a Doc into the k best on their own are read in full, the
// others looked up for the Docs still in the running; the most promising windows come first.
func (ix *Index) top(clauses []clause, k int, allowed func(doc uint32) bool) []ranked {
	s := selection{
		ix: ix, k: min(k, len(ix.docs)), allowed: allowed,
		sums: make([]score, windowSize), bounds: make([]bound, len(clauses)),
	}
	for _, w := range promising(clauses, windows(len(ix.docs))) {
		if w.most < s.least() {
			break
		}
		s.window(clauses, w.number)
	}
	slices.SortFunc(s.heap, func(x, y ranked) int { return -s.compare(x, y) })
	return s.heap
}

// A windowBound is the most a Doc of a window can score.
type windowBound struct {
	number int
	most   score
}

// promising lists the windows by falling bound.
func promising(clauses []clause, n int) []windowBound {
	all := make([]windowBound, n)
	for w := range all {
		all[w].number = w
		for i := range clauses {
			all[w].most += clauses[i].factor * score(clauses[i].list.tops[w])
		}
	}
	slices.SortFunc(all, func(x, y windowBound) int {
		return cmp.Or(cmp.Compare(y.most, x.most), cmp.Compare(x.number, y.number))
	})
	return all
}

// A bound is the most a clause can add in a window; below is that of the clauses before it too.
type bound struct {
	clause      *clause
	most, below score
}

// A selection holds the k best so far, the worst of them on top of the heap.
type selection struct {
	ix      *Index
	k       int
	allowed func(doc uint32) bool
	heap    []ranked

	sums       []score // by Doc of the window
	bounds     []bound
	candidates []uint16 // places in the window, rising
}

// least is the score below which no Doc can be among the k best.
func (s *selection) least() score {
	if len(s.heap) < s.k {
		return 1
	}
	return s.heap[0].score
}

func (s *selection) window(clauses []clause, w int) {
	bounds := s.bounds[:0]
	for i := range clauses {
		if top := clauses[i].list.tops[w]; top > 0 {
			bounds = append(bounds, bound{clause: &clauses[i], most: clauses[i].factor * score(top)})
		}
	}
	slices.SortFunc(bounds, func(x, y bound) int { return cmp.Compare(x.most, y.most) })
	essential, below := 0, score(0)
	least := s.least()
	for i := range bounds {
		bounds[i].below = below
		if below += bounds[i].most; below < least {
			essential = i + 1
		}
	}
	base := uint32(w << windowBits)
	for _, b := range bounds[essential:] {
		places, impacts := b.clause.list.window(w)
		impacts = impacts[:len(places)]
		for i, place := range places {
			s.sums[place%windowSize] += b.clause.factor * score(impacts[i])
		}
	}
	rest := score(0)
	if essential > 0 {
		rest = bounds[essential-1].below + bounds[essential-1].most
	}
	s.gather(base, max(1, least-rest))
	for i := essential - 1; i >= 0; i-- {
		s.lookUp(bounds[i], w, least)
	}
	for _, place := range s.candidates {
		s.offer(ranked{base + uint32(place), s.sums[place]})
	}
	clear(s.sums)
}

// gather makes the allowed Docs of the window that have at least the given sum candidates.
func (s *selection) gather(base uint32, least score) {
	s.candidates = s.candidates[:0]
	for i, sum := range s.sums {
		if sum >= least && s.allowed(base+uint32(i)) {
			s.candidates = append(s.candidates, uint16(i))
		}
	}
}

// lookUp adds what a clause gives to the candidates and drops those that can no longer reach
// least.
func (s *selection) lookUp(b bound, w int, least score) {
	places, impacts := b.clause.list.window(w)
	kept := s.candidates[:0]
	at := 0
	for _, place := range s.candidates {
		at += seek(places[at:], place)
		sum := &s.sums[place]
		if at < len(places) && places[at] == place {
			*sum += b.clause.factor * score(impacts[at])
		}
		if *sum+b.below >= least {
			kept = append(kept, place)
		}
	}
	s.candidates = kept
}

// seek returns the index of the first of places that is not below place, galloping.
func seek(places []uint16, place uint16) int {
	step := 1
	for step <= len(places) && places[step-1] < place {
		step *= 2
	}
	low, high := step/2, min(step, len(places))
	for low < high {
		if mid := int(uint(low+high) / 2); places[mid] < place {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// compare orders Docs from worst to best.
func (s *selection) compare(x, y ranked) int {
	if x.score != y.score {
		return cmp.Compare(x.score, y.score)
	}
	return strings.Compare(s.ix.docs[y.doc].id, s.ix.docs[x.doc].id)
}

// offer puts r into the heap if it is among the k best.
func (s *selection) offer(r ranked) {
	if len(s.heap) < s.k {
		s.heap = append(s.heap, r)
		for i := len(s.heap) - 1; i > 0 && s.compare(s.heap[i], s.heap[(i-1)/2]) < 0; i = (i - 1) / 2 {
			s.heap[i], s.heap[(i-1)/2] = s.heap[(i-1)/2], s.heap[i]
		}
		return
	}
	if s.k == 0 || s.compare(r, s.heap[0]) < 0 {
		return
	}
	s.heap[0] = r
	for i := 0; ; {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(s.heap); child++ {
			if s.compare(s.heap[child], s.heap[worst]) < 0 {
				worst = child
			}
		}
		if worst == i {
			return
		}
		s.heap[i], s.heap[worst] = s.heap[worst], s.heap[i]
		i = worst
	}
}
