package eligibility

import (
	"errors"

	"policybot/knowledge"
)

// standard is the poverty standard of a day.
type standard struct {
	line      map[Place]knowledge.Value // highest income of poor and near-poor households
	average   map[Place]knowledge.Value // highest income of average living; empty: not known that day
	poorFrom  knowledge.Value           // indicators lacking from which a household is poor
	countable bool                      // whether it is known what counts as lacking
}

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
	_, err = l.Figure("deprivation.indicators", on)
	if s.countable = err == nil; !s.countable && !errors.Is(err, knowledge.ErrNotKnown) {
		return nil, err
	}
	return s, nil
}

// verdict is the rule itself: the law has "từ … trở xuống" for incomes, "từ … trở lên" for what is
// lacking.
func (s *standard) verdict(h household) Verdict {
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
// apart: for incomes it is enough to take each limit and the đồng above it. A count of what is
// lacking is no count while nobody knows what is counted.
func (s *standard) completions(f Facts) []household {
	where := places
	if p, known := f.Place.Value(); known {
		where = []Place{p}
	}
	incomes := s.limits()
	if v, known := f.Income.Value(); known {
		incomes = []knowledge.VND{v}
	}
	lacking := []int{int(s.poorFrom.Amount.N), int(s.poorFrom.Amount.N) - 1}
	if n, known := f.Lacking.Value(); known && s.countable {
		lacking = []int{n}
	}
	var all []household
	for _, place := range where {
		for _, income := range incomes {
			for _, n := range lacking {
				all = append(all, household{place, income, n})
			}
		}
	}
	return all
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
