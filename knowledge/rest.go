package knowledge

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Dependent is something in the content that rests on a provision.
type Dependent struct {
	Kind string // card, procedure, figure or rule
	Name string
	File string
	Line int
}

// RestingOn returns the cards, procedures and figures whose basis names one of the provisions, the
// figures worked out from such figures, the cards and procedures that show any of them, and the
// rules of such cards. They are ordered by file and line, each once.
func (l *Library) RestingOn(ids []ProvisionID) []Dependent {
	r := resting{library: l, ids: ids, figures: map[string]bool{}}
	r.findFigures()
	for _, c := range l.Cards {
		if line := r.line(c.Pos, c.Basis); line > 0 {
			r.add("card", string(c.ID), c.Pos.File, line)
			if c.Rule != "" {
				r.add("rule", c.Rule, c.Pos.File, c.Pos.Line("rule"))
			}
		}
	}
	for _, p := range l.Procedures {
		if line := r.line(p.Pos, p.Basis); line > 0 {
			r.add("procedure", string(p.ID), p.Pos.File, line)
		}
	}
	slices.SortStableFunc(r.found, func(a, b Dependent) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return slices.Compact(r.found)
}

type resting struct {
	library *Library
	ids     []ProvisionID
	figures map[string]bool // that rest on the provisions
	found   []Dependent
}

func (r *resting) add(kind, name, file string, line int) {
	r.found = append(r.found, Dependent{kind, name, file, line})
}

// findFigures finds the figures by their basis, and then those worked out from them.
func (r *resting) findFigures() {
	for _, f := range r.library.Figures {
		for i, v := range f.Values {
			if r.names(v.Basis) >= 0 {
				r.figures[f.Name] = true
				r.add("figure", f.Name, f.Pos.File, f.Pos.Line("values", i))
			}
		}
	}
	for grown := true; grown; {
		grown = false
		for _, f := range r.library.Figures {
			if !r.figures[f.Name] && slices.ContainsFunc(f.parts(), func(part string) bool { return r.figures[part] }) {
				r.figures[f.Name], grown = true, true
				r.add("figure", f.Name, f.Pos.File, f.Pos.Line())
			}
		}
	}
}

// names returns the place in a basis of the first of the provisions; -1 when none is there.
func (r *resting) names(basis []ProvisionID) int {
	return slices.IndexFunc(basis, func(id ProvisionID) bool { return slices.Contains(r.ids, id) })
}

// quotedName finds the figures and documents that a template names.
var quotedName = regexp.MustCompile(`"([^"]+)"`)

// line returns where an item rests on the provisions: by its basis, or by a figure or a provision
// that its texts show; 0 when it does not.
func (r *resting) line(at Pos, basis []ProvisionID) int {
	if i := r.names(basis); i >= 0 {
		return at.Line("basis", i)
	}
	for line, text := range at.Texts() {
		if !strings.Contains(text, "{{") {
			continue
		}
		for _, m := range quotedName.FindAllStringSubmatch(text, -1) {
			if r.figures[m[1]] || slices.Contains(r.ids, ProvisionID(m[1])) {
				return line
			}
		}
	}
	return 0
}
