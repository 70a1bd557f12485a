// Package places knows the wards of Cần Thơ by what people call them: by the names of today and by
// those of before 01/07/2025, with marks and without.
package places

import (
	"fmt"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
)

// Gazetteer finds wards by their names.
type Gazetteer struct {
	wards     []*knowledge.Ward
	byName    map[string][]Place // by name without kind and marks
	districts map[string][]Place // the wards of today by their former district
}

// Place is one unit that bears a name, and the ward it is, or has gone to.
type Place struct {
	Ward     *knowledge.Ward
	Kind     string // without marks: phuong, xa, thi tran
	Name     string // in full, as it is written
	District string // the former district; empty for a unit of today
	Part     bool   // only a part of the former unit went to the ward
	Former   bool
}

// New returns a gazetteer of the wards.
func New(wards []*knowledge.Ward) *Gazetteer {
	g := &Gazetteer{wards: wards, byName: map[string][]Place{}, districts: map[string][]Place{}}
	for _, w := range wards {
		g.add(Place{Ward: w, Name: w.FullName()})
		g.districts[bareDistrict(w.District)] = append(g.districts[bareDistrict(w.District)], Place{Ward: w, Name: w.FullName()})
		for _, m := range w.Merged {
			district := m.District
			if district == "" {
				district = w.District
			}
			g.add(Place{Ward: w, Name: m.Name, District: district, Part: m.Part, Former: true})
		}
	}
	return g
}

func (g *Gazetteer) add(p Place) {
	var bare string
	if p.Kind, bare = split(p.Name); p.Kind != "" {
		g.byName[bare] = append(g.byName[bare], p)
	}
}

// split takes the kind off a name; both come without marks.
func split(name string) (kind, bare string) {
	fold := vi.Fold(name)
	for _, kind := range []string{"phuong", "xa", "thi tran"} {
		if bare, ok := strings.CutPrefix(fold, kind+" "); ok {
			return kind, bare
		}
	}
	return "", fold
}

// longestName is how many syllables a name has at most.
const longestName = 4

// Mentioned returns the places that the syllables of a text, without marks, may mean, in the order of
// their codes. A kind said before the name and a former district named beside it narrow the choice;
// none is preferred. The slice is the caller's own.
func (g *Gazetteer) Mentioned(folds []string) []Place {
	text := " " + strings.Join(folds, " ") + " "
	var best []Place
	for i := range folds {
		kind := kindBefore(folds[:i])
		for n := min(longestName, len(folds)-i); n > 0; n-- {
			all := g.byName[strings.Join(folds[i:i+n], " ")]
			if len(all) == 0 || n == 1 && kind == "" {
				continue
			}
			if kind != "" {
				return narrow(all, kind, text)
			}
			if best == nil {
				best = narrow(all, "", text)
			}
			break
		}
	}
	return best
}

// Named returns how many syllables from i on are the name of a ward whose kind stands before it; 0:
// none.
func (g *Gazetteer) Named(folds []string, i int) int {
	if kindBefore(folds[:i]) == "" {
		return 0
	}
	for n := min(longestName, len(folds)-i); n > 0; n-- {
		if len(g.byName[strings.Join(folds[i:i+n], " ")]) > 0 {
			return n
		}
	}
	return 0
}

// District returns how many syllables at the start are the name of a former district, with or without
// its kind; 0: none.
func (g *Gazetteer) District(folds []string) int {
	kinds := 0
	for _, kind := range []string{"quan", "huyen", "thi xa", "thanh pho", "q", "h", "tx", "tp"} {
		if words := strings.Fields(kind); len(words) <= len(folds) && slices.Equal(folds[:len(words)], words) {
			kinds = len(words)
			break
		}
	}
	for n := min(longestName, len(folds)-kinds); n > 0; n-- {
		if len(g.districts[strings.Join(folds[kinds:kinds+n], " ")]) > 0 {
			return kinds + n
		}
	}
	return 0
}

func kindBefore(folds []string) string {
	text := " " + strings.Join(folds[max(0, len(folds)-2):], " ")
	for _, said := range [][2]string{{"phuong", "phuong"}, {"xa", "xa"}, {"thi tran", "thi tran"}, {"tt", "thi tran"}, {"p", "phuong"}, {"x", "xa"}} {
		if strings.HasSuffix(text, " "+said[0]) {
			return said[1]
		}
	}
	return ""
}

// narrow keeps the places of the kind and of the district that is named; a criterion that none
// meets is dropped, since people mix kinds up.
func narrow(all []Place, kind, text string) []Place {
	keep := func(all []Place, ok func(Place) bool) []Place {
		if some := slices.DeleteFunc(slices.Clone(all), func(p Place) bool { return !ok(p) }); len(some) > 0 {
			return some
		}
		return all
	}
	all = slices.Clone(all)
	if kind != "" {
		all = keep(all, func(p Place) bool { return p.Kind == kind })
	}
	return keep(all, func(p Place) bool {
		return p.District != "" && strings.Contains(text, " "+bareDistrict(p.District)+" ")
	})
}

func bareDistrict(district string) string {
	fold := vi.Fold(district)
	for _, kind := range []string{"quan ", "huyen ", "thi xa ", "thanh pho "} {
		fold = strings.TrimPrefix(fold, kind)
	}
	bare, _, _ := strings.Cut(fold, " (")
	return bare
}

// Now says what a place is today.
func (p Place) Now() string {
	if !p.Former || vi.Fold(p.Name) == vi.Fold(p.Ward.FullName()) && len(p.Ward.Merged) == 1 {
		return fmt.Sprintf("%s hiện nay là một đơn vị của Cần Thơ (%s cũ).", p.Ward.FullName(), p.Ward.District)
	}
	part := ""
	if p.Part {
		part = "Một phần "
	}
	return fmt.Sprintf("%s%s cũ (%s) nay thuộc %s.", part, p.Name, p.District, p.Ward.FullName())
}
