package vi

import "slices"

// slips finds the words one letter away from a word nobody knows: one letter too many, too few or
// wrong, or two swapped. It goes by the forms without diacritics.
type slips struct {
	near map[string][]string // folded forms by what is left of them without one letter
}

func newSlips(folded func(yield func(string) bool)) *slips {
	s := &slips{near: map[string][]string{}}
	for f := range folded {
		if len(f) < 2 || !isWord(f) {
			continue
		}
		for key := range withoutOne(f) {
			s.near[key] = append(s.near[key], f)
		}
	}
	return s
}

// withoutOne yields word and what is left of it without each of its letters.
func withoutOne(word string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		if !yield(word) {
			return
		}
		for i := range len(word) {
			if (i == 0 || word[i] != word[i-1]) && !yield(word[:i]+word[i+1:]) {
				return
			}
		}
	}
}

// of returns the folded forms one slip away from a folded word, in order.
func (s *slips) of(word string) []string {
	if len(word) < minSlip || len(word) > 12 {
		return nil
	}
	var found []string
	for key := range withoutOne(word) {
		for _, f := range s.near[key] {
			if f != word && oneSlip(word, f) && !slices.Contains(found, f) {
				found = append(found, f)
			}
		}
	}
	slices.Sort(found)
	return found
}

// minSlip is the shortest word taken for a slip.
const minSlip = 3

// oneSlip reports whether a and b differ by one letter put in, left out or changed, or by two
// neighbours swapped.
func oneSlip(a, b string) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

// squeeze writes letters that were held down once: "khônggg" → "không", "hảaa" → "hả".
func squeeze(word string) string {
	var out []rune
	for _, r := range word {
		if n := len(out); n > 0 && letterOf(out[n-1]).bare == r {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}
