package answer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
)

// nowCalled is the card under which the bot says what a former unit is called now.
const nowCalled = "ward_lookup"

// gazetteer knows the wards by their new and their former names.
type gazetteer struct{ byName map[string][]entry } // by name without kind and marks

// entry is one place that bears a name.
type entry struct {
	ward     *knowledge.Ward
	kind     string // without marks: phuong, xa, thi tran
	name     string // in full, as it is written
	district string // the former district; empty for a unit of today
	part     bool   // only a part of the former unit went to the ward
	former   bool
}

func newGazetteer(wards []*knowledge.Ward) *gazetteer {
	g := &gazetteer{byName: map[string][]entry{}}
	for _, w := range wards {
		g.add(entry{ward: w, name: w.FullName()})
		for _, m := range w.Merged {
			district := m.District
			if district == "" {
				district = w.District
			}
			g.add(entry{ward: w, name: m.Name, district: district, part: m.Part, former: true})
		}
	}
	return g
}

func (g *gazetteer) add(e entry) {
	fold := vi.Fold(e.name)
	for _, kind := range []string{"phuong", "xa", "thi tran"} {
		if bare, ok := strings.CutPrefix(fold, kind+" "); ok {
			e.kind = kind
			g.byName[bare] = append(g.byName[bare], e)
			return
		}
	}
}

// mentioned returns the places that the tokens may mean, in the order of their codes. A kind said
// before the name and a former district named beside it narrow the choice; none is preferred.
func (g *gazetteer) mentioned(tokens []token) []entry {
	text := " " + foldOf(tokens) + " "
	var best []entry
	for i := range tokens {
		kind := kindBefore(tokens[:i])
		for n := min(4, len(tokens)-i); n > 0; n-- {
			all := g.byName[foldOf(tokens[i:i+n])]
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

// without returns the tokens without the names of wards: which one it is does not change what is asked
// about it. "Phường" and "xã" stay.
func (g *gazetteer) without(tokens []token) []token {
	var rest []token
	for i := 0; i < len(tokens); {
		if n := g.named(tokens, i); n > 0 {
			i += n
			continue
		}
		rest = append(rest, tokens[i])
		i++
	}
	return rest
}

// named returns how many tokens from i on are the name of a ward whose kind stands before it; 0: none.
func (g *gazetteer) named(tokens []token, i int) int {
	if kindBefore(tokens[:i]) == "" {
		return 0
	}
	for n := min(4, len(tokens)-i); n > 0; n-- {
		if len(g.byName[foldOf(tokens[i:i+n])]) > 0 {
			return n
		}
	}
	return 0
}

func foldOf(tokens []token) string {
	folds := make([]string, len(tokens))
	for i, t := range tokens {
		folds[i] = t.fold
	}
	return strings.Join(folds, " ")
}

func kindBefore(tokens []token) string {
	text := " " + foldOf(tokens)
	for _, said := range [][2]string{{"phuong", "phuong"}, {"xa", "xa"}, {"thi tran", "thi tran"}, {"tt", "thi tran"}, {"p", "phuong"}, {"x", "xa"}} {
		if strings.HasSuffix(text, " "+said[0]) {
			return said[1]
		}
	}
	return ""
}

// narrow keeps the entries of the kind and of the district that is named; a criterion that none
// meets is dropped, since people mix kinds up.
func narrow(all []entry, kind, text string) []entry {
	keep := func(all []entry, ok func(entry) bool) []entry {
		if some := slices.DeleteFunc(slices.Clone(all), func(e entry) bool { return !ok(e) }); len(some) > 0 {
			return some
		}
		return all
	}
	if kind != "" {
		all = keep(all, func(e entry) bool { return e.kind == kind })
	}
	return keep(all, func(e entry) bool {
		return e.district != "" && strings.Contains(text, " "+bareDistrict(e.district)+" ")
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

// place says what a former unit is called now, when a question about names is asked.
func (a *Answerer) place(_ context.Context, d *draft) (bool, error) {
	if !slices.ContainsFunc(d.words, func(w *knowledge.Word) bool { return w.ID == "ward" }) {
		return false, nil
	}
	places := a.places.mentioned(a.lexicon.without(d.tokens, of(knowledge.WordSubject)))
	i := slices.IndexFunc(a.library.Cards, func(c *knowledge.Card) bool { return c.Rule == nowCalled })
	if len(places) == 0 || i < 0 {
		return false, nil
	}
	if err := a.say(d, a.library.Cards[i]); err != nil {
		return false, err
	}
	var lines []string
	for _, p := range places {
		if line := p.now(); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	d.Outcome, d.Lead, d.Bullets, d.More = knowledge.Answered, lines[0], nil, nil
	if len(lines) > 1 {
		d.Outcome = knowledge.Clarify
		d.Lead, d.Bullets = "Tên này có nhiều nơi. Bà con ở chỗ nào trong mấy chỗ dưới đây?", lines
	}
	return true, nil
}

// now says what a place is today.
func (e entry) now() string {
	if !e.former || vi.Fold(e.name) == vi.Fold(e.ward.FullName()) && len(e.ward.Merged) == 1 {
		return fmt.Sprintf("%s hiện nay là một đơn vị của Cần Thơ (%s cũ).", e.ward.FullName(), e.ward.District)
	}
	part := ""
	if e.part {
		part = "Một phần "
	}
	return fmt.Sprintf("%s%s cũ (%s) nay thuộc %s.", part, e.name, e.district, e.ward.FullName())
}
