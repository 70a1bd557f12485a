package eligibility

import (
	"errors"
	"fmt"
	"slices"

	"policybot/knowledge"
)

// standard is the poverty standard of a day.
type standard struct {
	line       map[Place]knowledge.Value // highest income of poor and near-poor households
	average    map[Place]knowledge.Value // highest income of average living; empty: not known that day
	poorFrom   knowledge.Value           // indicators lacking from which a household is poor
	indicators int                       // how many there are; 0: not known what counts as lacking
	each       int                       // how many there are in a dimension
}

// countable reports whether it is known what counts as lacking.
func (s *standard) countable() bool { return s.indicators > 0 }

// household is one in which everything is known.
type household struct {
	place   Place
	income  knowledge.VND
	lacking int
}

func standardOn(l *knowledge.Library, on knowledge.Date) (*standard, error) {
	s := &standard{line: map[Place]knowledge.Value{}, average: map[Place]knowledge.Value{}}
	var err error
	for _, p := range places {
		if s.line[p], err = l.Figure("poverty_line."+string(p), on); err != nil {
			return nil, err
		}
		average, err := l.Figure("average_line."+string(p), on)
		if err == nil {
			s.average[p] = average
		} else if !errors.Is(err, knowledge.ErrNotKnown) {
			return nil, err
		}
	}
	if s.poorFrom, err = l.Figure("deprivation.poor_from", on); err != nil {
		return nil, err
	}
	all, err := l.Figure("deprivation.indicators", on)
	if errors.Is(err, knowledge.ErrNotKnown) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	dimensions, err := l.Figure("deprivation.dimensions", on)
	if err != nil {
		return nil, err
	}
	s.indicators, s.each = int(all.Amount.N), int(all.Amount.N/dimensions.Amount.N)
	return s, nil
}

// verdict is the rule itself: the law has "từ … trở xuống" for incomes, "từ … trở lên" for what is
// lacking.
func (s *standard) verdict(h household) PovertyStatus {
	average, known := s.average[h.place]
	switch {
	case s.within(h):
		if int64(h.lacking) >= s.poorFrom.Amount.N {
			return Poor
		}
		return NearPoor
	case !known:
		return AboveLine
	case int64(h.income) <= average.Amount.N:
		return AverageLiving
	}
	return None
}

// within reports whether the income is not above the line.
func (s *standard) within(h household) bool {
	return int64(h.income) <= s.line[h.place].Amount.N
}

// completions returns a household for every way to fill in the unknown facts that the rule can tell
// apart: for incomes it is enough to take each limit and the đồng above it, for what is lacking the
// ends of what it may be and the limit between poor and near-poor.
func (s *standard) completions(f Facts) ([]household, error) {
	lacking, err := s.counts(f)
	if err != nil {
		return nil, err
	}
	var all []household
	for _, place := range f.Place.Among(places) {
		if !slices.Contains(places, place) {
			return nil, fmt.Errorf("place %q: %w", place, ErrImpossible)
		}
		for _, income := range f.Income.Among(s.limits()) {
			if income < 0 {
				return nil, fmt.Errorf("income of %s: %w", income, ErrImpossible)
			}
			for _, n := range lacking {
				all = append(all, household{place, income, n})
			}
		}
	}
	return all, nil
}

// counts returns the counts of lacking indicators that matter, of those that may be. While nobody
// knows what is counted, no count is one.
func (s *standard) counts(f Facts) ([]int, error) {
	for _, n := range f.Lacking.Among(nil) {
		if n < 0 || s.countable() && n > s.indicators {
			return nil, fmt.Errorf("%d indicators lacking: %w", n, ErrImpossible)
		}
	}
	from := int(s.poorFrom.Amount.N)
	if !s.countable() {
		return []int{from, from - 1}, nil
	}
	least, most, err := f.Lacks.span(s.each)
	if err != nil {
		return nil, err
	}
	counts := slices.DeleteFunc(slices.Clone(f.Lacking.Among([]int{from, from - 1, least, most})), func(n int) bool { return n < least || n > most })
	if len(counts) == 0 {
		return nil, fmt.Errorf("%d to %d indicators lacking, but not in all: %w", least, most, ErrImpossible)
	}
	return counts, nil
}

func (s *standard) limits() []knowledge.VND {
	var all []knowledge.VND
	for _, p := range places {
		limit := knowledge.VND(s.line[p].Amount.N)
		all = append(all, limit, limit+1)
		if average, known := s.average[p]; known {
			limit := knowledge.VND(average.Amount.N)
			all = append(all, limit, limit+1)
		}
	}
	return all
}

// used returns the figures that the verdicts of the cases rest on.
func (s *standard) used(cases []household) []knowledge.Value {
	var used []knowledge.Value
	for _, p := range places {
		here, above := false, false
		for _, c := range cases {
			here = here || c.place == p
			above = above || c.place == p && !s.within(c)
		}
		if here {
			used = append(used, s.line[p])
		}
		if average, known := s.average[p]; above && known {
			used = append(used, average)
		}
	}
	for _, c := range cases {
		if s.within(c) {
			return append(used, s.poorFrom)
		}
	}
	return used
}
