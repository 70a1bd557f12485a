package places

import (
	"cmp"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
)

// Found is a ward that may be meant by what somebody typed.
type Found struct {
	Ward *knowledge.Ward
	// Because is the unit whose name was typed; nil: a ward of like name, shown so that nobody takes
	// the one for the other.
	Because *Place
	// Named says that the text names the unit by its kind or its district too, as one does with a
	// place, and not with a word that only sounds like one.
	Named bool
	score int
}

// Search returns the wards that a text may mean, the likeliest first, and with them those whose
// names are easily taken for theirs. It never decides: that is for the person who lives there. Left
// is how many syllables of the text have to do with no place; nil: the text names none.
func (g *Gazetteer) Search(text string) (found []Found, left int) {
	folds := vi.Syllables(vi.Fold(vi.Normalize(text)))
	s := &search{g: g, folds: folds, used: make([]bool, len(folds)), text: " " + strings.Join(folds, " ") + " "}
	s.names()
	s.district()
	if len(s.found) == 0 {
		s.slips()
	}
	if len(s.found) == 0 {
		return nil, len(folds)
	}
	slices.SortStableFunc(s.found, func(a, b Found) int { return cmp.Compare(b.score, a.score) })
	s.alike()
	return s.found, s.left()
}

// search is a search under way.
type search struct {
	g     *Gazetteer
	folds []string
	text  string // the folds with a space around each
	used  []bool // folds that are part of a name
	found []Found
}

// names finds the names in the text: the longest from each syllable on, unless a longer one holds it.
// Where a name is also that of a former district and another one is named, it says where that one lies.
func (s *search) names() {
	end := 0 // of the names so far
	for i := range s.folds {
		n := s.nameAt(i)
		if n == 0 || i+n <= end {
			continue
		}
		end = i + n
		name := strings.Join(s.folds[i:end], " ")
		s.use(i, n)
		kind := kindBefore(s.folds[:i])
		if kind != "" || len(s.g.districts[name]) == 0 || !s.namesAnother(i, n) {
			s.add(s.g.byName[name], kind)
		}
	}
}

// nameAt is how many syllables from i on are a name. A number is one only after its kind: Phường 4.
func (s *search) nameAt(i int) int {
	for n := min(longestName, len(s.folds)-i); n > 0; n-- {
		name := strings.Join(s.folds[i:i+n], " ")
		if len(s.g.byName[name]) > 0 && (name[0] > '9' || kindBefore(s.folds[:i]) != "") {
			return n
		}
	}
	return 0
}

// namesAnother reports whether the text holds a name besides the n syllables from i on.
func (s *search) namesAnother(i, n int) bool {
	for j := range s.folds {
		if (j < i || j >= i+n) && s.nameAt(j) > 0 {
			return true
		}
	}
	return false
}

func (s *search) use(i, n int) {
	for j := i; j < i+n; j++ {
		s.used[j] = true
	}
}

// The kind and the district that were said count, and the name of today a little.
const (
	sameKind     = 2
	sameDistrict = 4
	ofToday      = 1
)

func (s *search) add(all []Place, kind string) {
	for _, p := range all {
		score := 0
		if p.Kind == kind {
			score += sameKind
		}
		district := p.District
		if !p.Former {
			district = p.Ward.District
			score += ofToday
		}
		if bare := bareDistrict(district); bare != p.bare() && strings.Contains(s.text, " "+bare+" ") {
			score += sameDistrict
		}
		s.put(Found{p.Ward, &p, score >= sameKind, score})
	}
}

func (p Place) bare() string {
	_, bare := split(p.Name)
	return bare
}

// put adds a ward, or what speaks more for it.
func (s *search) put(f Found) {
	i := slices.IndexFunc(s.found, func(g Found) bool { return g.Ward == f.Ward })
	switch {
	case i < 0:
		s.found = append(s.found, f)
	case f.score > s.found[i].score:
		s.found[i] = f
	}
}

// district marks the former districts that are named; where nothing else is, all their wards may be
// meant.
func (s *search) district() {
	for i := range s.folds {
		for n := min(longestName, len(s.folds)-i); n > 0; n-- {
			wards := s.g.districts[strings.Join(s.folds[i:i+n], " ")]
			if len(wards) == 0 {
				continue
			}
			other := s.namesAnother(i, n)
			s.use(i, n)
			if !other {
				for _, p := range wards {
					s.put(Found{p.Ward, &p, false, 0})
				}
			}
			break
		}
	}
}

// slips finds names that are one letter away from what was typed, or begin with it.
func (s *search) slips() {
	typed := strings.Join(s.content(), " ")
	if len(typed) < 3 {
		return
	}
	for _, name := range s.g.names() {
		if distance(typed, name) <= 1 || strings.HasPrefix(name, typed) {
			for i := range s.used {
				s.used[i] = true
			}
			s.add(s.g.byName[name], "")
		}
	}
}

func (g *Gazetteer) names() []string {
	var names []string
	for name := range g.byName {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// around are syllables that people say around the name of a place.
var around = []string{"phuong", "xa", "thi", "tran", "tt", "p", "x", "quan", "huyen", "tp", "thanh", "pho", "tinh", "q", "h",
	"khu", "vuc", "kv", "ap", "khom", "to", "duong", "so", "hem", "o", "cu", "moi", "truoc", "day", "la", "toi", "em", "nha", "minh",
	"con", "chu", "thim", "ba", "dang", "song", "thuoc", "gan", "tai", "da", "vang", "nhe", "do", "can", "tho", "hau", "giang", "soc", "trang"}

// content are the syllables that say what the place is called.
func (s *search) content() []string {
	return slices.DeleteFunc(slices.Clone(s.folds), func(f string) bool {
		return slices.Contains([]string{"phuong", "xa", "tt", "p", "x", "o", "cu"}, f)
	})
}

// left counts the syllables that have to do with no place.
func (s *search) left() int {
	n := 0
	for i, f := range s.folds {
		if !s.used[i] && !slices.Contains(around, f) && (f[0] < '0' || f[0] > '9') {
			n++
		}
	}
	return n
}

// alike adds the wards whose names are easily taken for a name that was typed, or for that of a ward
// which was found.
func (s *search) alike() {
	var names []string
	for _, f := range s.found {
		names = append(names, Place{Name: f.Ward.FullName()}.bare())
		if f.score == s.found[0].score && f.Because != nil {
			names = append(names, f.Because.bare())
		}
	}
	for _, w := range s.g.wards {
		own := Place{Name: w.FullName()}.bare()
		if slices.ContainsFunc(names, func(name string) bool { return Confusable(name, own) }) {
			s.put(Found{Ward: w, score: -1})
		}
	}
}

// Confusable reports whether two names, without kind and marks, are easily taken for each other: the
// same, one letter apart, one the beginning of the other, or the same syllables in another order.
func Confusable(a, b string) bool {
	return distance(a, b) <= 1 || strings.HasPrefix(a, b+" ") || strings.HasPrefix(b, a+" ") || sorted(a) == sorted(b)
}

func sorted(name string) string {
	syllables := strings.Fields(name)
	slices.Sort(syllables)
	return strings.Join(syllables, " ")
}

// distance is how many letters have to be put in, taken out or replaced to make a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
