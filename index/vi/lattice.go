package vi

import (
	"slices"
	"strings"
)

// A lattice holds the ways to read one text.
type lattice struct {
	reader *Reader
	text   string
	tokens []token
	arcs   [][]arc // by first word
}

// A step is the best way to reach a word with given last two words.
type step struct {
	a, b int32 // the last two words
	cost float64
	prev int // index of the step before, at the word where arc starts; -1 at the start
	from int
	arc  *arc
}

func (l *lattice) read() (string, []Rewrite) {
	if len(l.tokens) == 0 {
		return l.text, nil
	}
	l.arcs = make([][]arc, len(l.tokens))
	for i := range l.tokens {
		l.arcs[i] = l.arcsAt(i)
	}
	path := l.best()
	return l.write(path)
}

// best returns the likeliest arcs from the first word to the last.
func (l *lattice) best() []*arc {
	m := l.reader.model
	steps := make([][]step, len(l.tokens)+1)
	steps[0] = []step{{a: boundary, b: boundary, prev: -1}}
	for i := range l.tokens {
		steps[i] = prune(steps[i])
		for k := range steps[i] {
			from := &steps[i][k]
			for j := range l.arcs[i] {
				arc := &l.arcs[i][j]
				to := step{a: from.a, b: from.b, cost: from.cost + arc.cost, prev: k, from: i, arc: arc}
				for _, id := range arc.ids {
					to.cost += m.cost(to.a, to.b, id)
					to.a, to.b = to.b, id
				}
				steps[i+arc.tokens] = append(steps[i+arc.tokens], to)
			}
		}
	}
	last := steps[len(l.tokens)]
	for k := range last {
		last[k].cost += m.cost(last[k].a, last[k].b, boundary)
	}
	last = prune(last)
	var path []*arc
	for s := last[0]; s.arc != nil; s = steps[s.from][s.prev] {
		path = append(path, s.arc)
	}
	slices.Reverse(path)
	return path
}

// prune keeps the cheapest step for each pair of last words, and of those the beam best, cheapest
// first; of equal ones the earlier.
func prune(steps []step) []step {
	kept := make([]step, 0, beam+1)
	for _, s := range steps {
		if len(kept) == beam && s.cost >= kept[beam-1].cost {
			continue
		}
		same := slices.IndexFunc(kept, func(k step) bool { return k.a == s.a && k.b == s.b })
		if same >= 0 {
			if kept[same].cost <= s.cost {
				continue
			}
			kept = slices.Delete(kept, same, same+1)
		}
		at := len(kept)
		for at > 0 && kept[at-1].cost > s.cost {
			at--
		}
		kept = slices.Insert(kept, at, s)
		kept = kept[:min(len(kept), beam)]
	}
	return kept
}

// write puts the words of path in the place of those they read, keeping everything between.
func (l *lattice) write(path []*arc) (string, []Rewrite) {
	var out strings.Builder
	var rewrites []Rewrite
	at, i := 0, 0
	for n, arc := range path {
		start, end := l.tokens[i].start, l.tokens[i+arc.tokens-1].end
		out.WriteString(l.text[at:start])
		if arc.kind == "" {
			out.WriteString(l.text[start:end])
		} else {
			to := strings.Join(arc.words, " ")
			if at == start && i > 0 { // "2tr5": the words stood together
				out.WriteByte(' ')
			}
			out.WriteString(to)
			rewrites = append(rewrites, Rewrite{
				From: l.text[start:end], To: to, Kind: arc.kind, Doubtful: l.doubtful(path, n, i),
			})
		}
		at, i = end, i+arc.tokens
		if arc.kind != "" && i < len(l.tokens) && l.tokens[i].start == at {
			out.WriteByte(' ')
		}
	}
	out.WriteString(l.text[at:])
	return out.String(), rewrites
}

// doubtful reports whether another reading of the words that path[n] reads, from word i on, would
// have been nearly as likely with the same neighbours.
func (l *lattice) doubtful(path []*arc, n, i int) bool {
	chosen := path[n]
	if chosen.kind == Slip {
		return true
	}
	before := l.around(path[:n], true)
	after := l.around(path[n+1:], false)
	mine := l.cost(before, chosen, after)
	for j := range l.arcs[i] {
		other := &l.arcs[i][j]
		if other != chosen && other.tokens == chosen.tokens && !slices.Equal(other.words, chosen.words) &&
			l.cost(before, other, after)-mine < thinMargin {
			return true
		}
	}
	return false
}

// around returns the two words that stand before or after a place in a path.
func (l *lattice) around(path []*arc, before bool) []int32 {
	var ids []int32
	for k := 0; k < len(path) && len(ids) < 2; k++ {
		if before {
			ids = append(slices.Clone(path[len(path)-1-k].ids), ids...)
		} else {
			ids = append(ids, path[k].ids...)
		}
	}
	if before {
		ids = append([]int32{boundary, boundary}, ids...)
		return ids[len(ids)-2:]
	}
	return append(ids, boundary)[:min(2, len(ids)+1)]
}

func (l *lattice) cost(before []int32, a *arc, after []int32) float64 {
	cost, x, y := a.cost, before[0], before[1]
	for _, ids := range [][]int32{a.ids, after} {
		for _, id := range ids {
			cost += l.reader.model.cost(x, y, id)
			x, y = y, id
		}
	}
	return cost
}
