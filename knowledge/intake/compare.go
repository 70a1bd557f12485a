package intake

import (
	"cmp"
	"slices"
	"strings"

	"policybot/knowledge"
)

// ChangeKind is what happened to a provision.
type ChangeKind string

// The kinds of changes.
const (
	Added   ChangeKind = "added"   // in the new version only
	Removed ChangeKind = "removed" // in the earlier version only
	Changed ChangeKind = "changed" // other words
	Amended ChangeKind = "amended" // by an amending document
	Touched ChangeKind = "touched" // a part of it is amended
	Ended   ChangeKind = "ended"   // its document is replaced or repealed as a whole
	Whole   ChangeKind = "whole"   // something in the document changed; content cites it without an article
	Figures ChangeKind = "figures" // only our summary is known, and it has figures that the new words have not
)

// Change is a provision that differs between two versions of the law, and what rests on it.
type Change struct {
	Kind ChangeKind
	// Provision is the provision in content; for a provision that content does not have, what its
	// ID would be.
	Provision knowledge.ProvisionID
	Old, New  string   // the words before and after; empty: none, or not known
	Missing   []string // the figures of the summary that the new words have not
	By        string   // the provision of the new document that makes the change, as d1/k10
	Place     Place    // in the new document
	Rests     []knowledge.Dependent
}

// Versions are what a new document is compared with: content, and drafts imported before, which
// have the official words. Either may be nil.
type Versions struct {
	Content *knowledge.Library
	Drafts  *knowledge.Library
}

// Compare lists what a document, newly read, changes: against an earlier version of itself, and in
// the documents that it amends, replaces or repeals. Words are compared without regard to spacing
// and to how marks are typed. It changes nothing.
func Compare(d *Document, v Versions) []Change {
	c := &comparison{document: d, versions: v, units: map[string]provision{}, whole: map[string]string{}}
	for _, p := range provisions(d.Units) {
		c.units[p.path] = p
		c.order = append(c.order, p.path)
	}
	for _, path := range c.order {
		for at := path; at != ""; at = parentPath(at) {
			c.whole[at] = joinLines(c.whole[at], c.units[path].text)
		}
	}
	c.sameDocument()
	c.otherDocuments()
	for i := range c.changes {
		c.changes[i].Rests = c.restingOn(c.changes[i])
	}
	c.wholeDocuments()
	return c.changes
}

type comparison struct {
	document *Document
	versions Versions
	units    map[string]provision
	whole    map[string]string // the words of a unit with those of its parts
	order    []string
	changes  []Change
}

func parentPath(path string) string {
	if at := strings.LastIndex(path, "/"); at >= 0 {
		return path[:at]
	}
	return ""
}

// documentNumbered returns the document of a number in a library; nil when there is none.
func documentNumbered(l *knowledge.Library, number string) *knowledge.Document {
	if l == nil {
		return nil
	}
	i := slices.IndexFunc(l.Documents, func(d *knowledge.Document) bool { return sameNumber(d.Number, number) })
	if i < 0 {
		return nil
	}
	return l.Documents[i]
}

// Resolve gives the document, and those it refers to, the IDs that a library has for them.
func (d *Document) Resolve(l *knowledge.Library) {
	if known := documentNumbered(l, d.Number); known != nil && (known.Place == d.Place() || !localOffice.MatchString(d.Number)) {
		d.ID = known.ID
	}
	for i, r := range d.References {
		if known := documentNumbered(l, r.Number); known != nil {
			d.References[i].known = known.ID
		}
	}
}

// pathIn returns the path of a provision within its document; empty for the document itself.
func pathIn(id knowledge.ProvisionID) string {
	_, path, _ := strings.Cut(string(id), "/")
	return path
}

// sameDocument compares the document with its earlier version.
func (c *comparison) sameDocument() {
	draft := documentNumbered(c.versions.Drafts, c.document.Number)
	content := documentNumbered(c.versions.Content, c.document.Number)
	old := map[string]string{}
	for _, d := range []*knowledge.Document{draft, content} {
		if d == nil {
			continue
		}
		for _, p := range d.Provisions {
			if p.Text != "" {
				old[pathIn(p.ID)] = p.Text
			}
		}
	}
	complete := draft != nil && len(draft.Provisions) > 0
	id := c.document.ID
	for _, path := range c.order {
		was, known := old[path]
		switch new := c.units[path].text; {
		case known && plain(was) != plain(new):
			c.add(Change{Kind: Changed, Provision: provisionID(id, path), Old: was, New: new, Place: c.units[path].place})
		case !known && complete && !has(draft, path):
			c.add(Change{Kind: Added, Provision: provisionID(id, path), New: new, Place: c.units[path].place})
		}
	}
	for _, d := range []*knowledge.Document{draft, content} {
		if d != nil {
			c.missing(d, old)
		}
	}
}

func has(d *knowledge.Document, path string) bool {
	return slices.ContainsFunc(d.Provisions, func(p knowledge.Provision) bool { return pathIn(p.ID) == path })
}

func provisionID(d knowledge.DocumentID, path string) knowledge.ProvisionID {
	return knowledge.ProvisionID(string(d) + "/" + path)
}

// missing finds the provisions of an earlier version that the new one has not, and those of which
// only our summary is known whose figures the new words have not.
func (c *comparison) missing(d *knowledge.Document, old map[string]string) {
	for _, p := range d.Provisions {
		path := pathIn(p.ID)
		words, there := c.whole[path]
		if !there { // content may cite an amending document by the articles it puts in
			words, there = c.quoted(path)
		}
		switch _, known := old[path]; {
		case slices.ContainsFunc(c.changes, func(ch Change) bool { return ch.Provision == p.ID }):
		case !there:
			c.add(Change{Kind: Removed, Provision: p.ID, Old: cmp.Or(p.Text, p.Summary)})
		case !known && p.Summary != "":
			if lost := figuresLost(p.Summary, words); len(lost) > 0 {
				c.add(Change{Kind: Figures, Provision: p.ID, Old: p.Summary, New: words, Missing: lost, Place: c.units[path].place})
			}
		}
	}
}

// quoted returns the words that the document puts into a provision of another.
func (c *comparison) quoted(path string) (string, bool) {
	words, found := "", false
	for _, a := range c.document.Amendments {
		if a.Path == path || strings.HasPrefix(a.Path, path+"/") || strings.HasPrefix(path, a.Path+"/") {
			words, found = joinLines(words, a.Text), true
		}
	}
	return words, found
}

// otherDocuments finds what the document does to the provisions of others that content has.
func (c *comparison) otherDocuments() {
	l := c.versions.Content
	if l == nil {
		return
	}
	for _, a := range c.document.Amendments {
		target := documentNumbered(l, a.Number)
		if target == nil {
			continue
		}
		for _, p := range provisionsAt(l, target, a.Path, c.document.ID) {
			kind := Amended
			if strings.HasPrefix(a.Path, pathIn(p.ID)+"/") {
				kind = Touched
			}
			c.add(Change{Kind: kind, Provision: p.ID, Old: cmp.Or(p.Text, p.Summary), New: a.Text, By: a.By, Place: a.Place})
		}
	}
	for _, r := range c.document.References {
		target := documentNumbered(l, r.Number)
		if target == nil || r.Tie != Replaces && r.Tie != Repeals {
			continue
		}
		c.add(Change{Kind: Ended, Provision: knowledge.ProvisionID(target.ID), By: string(r.Tie), Place: r.Place})
		for _, p := range target.Provisions {
			c.add(Change{Kind: Ended, Provision: p.ID, Old: cmp.Or(p.Text, p.Summary), By: string(r.Tie), Place: r.Place})
		}
	}
}

// provisionsAt returns the provisions of content that a change at a path of a document touches:
// the provision itself, those inside it and around it; also in the documents that amended it
// before, since content cites the newest words by the document that put them in.
func provisionsAt(l *knowledge.Library, target *knowledge.Document, path string, except knowledge.DocumentID) []knowledge.Provision {
	var touched []knowledge.Provision
	for _, d := range l.Documents {
		if d.ID == except || d != target && !slices.ContainsFunc(d.Relations, func(r knowledge.Relation) bool {
			return r.Amends == target.ID || r.Consolidates == target.ID
		}) {
			continue
		}
		for _, p := range d.Provisions {
			if touches(pathIn(p.ID), path) {
				touched = append(touched, p)
			}
		}
	}
	return touched
}

// touches reports whether one of two paths lies in the other.
func touches(a, b string) bool {
	return a == b || strings.HasPrefix(a, b+"/") || strings.HasPrefix(b, a+"/")
}

// add keeps a change, once for each provision and kind.
func (c *comparison) add(change Change) {
	if !slices.ContainsFunc(c.changes, func(known Change) bool {
		return known.Provision == change.Provision && known.Kind == change.Kind && known.By == change.By
	}) {
		c.changes = append(c.changes, change)
	}
}

// restingOn returns what rests on a provision that changed. Where words of the document itself
// changed, that is also what rests on the provisions around it and inside it, which read otherwise
// now; other changes name each provision of content that they touch.
func (c *comparison) restingOn(change Change) []knowledge.Dependent {
	l := c.versions.Content
	if l == nil {
		return nil
	}
	ids := []knowledge.ProvisionID{change.Provision}
	if change.Kind != Changed && change.Kind != Added && change.Kind != Removed {
		return l.RestingOn(ids)
	}
	for _, p := range l.Provisions() {
		if path := pathIn(p.ID); path != "" && p.Document.ID == change.Provision.Document() && touches(path, pathIn(change.Provision)) {
			ids = append(ids, p.ID)
		}
	}
	return l.RestingOn(ids)
}

// wholeDocuments adds, once for each document with changes, what rests on it without naming an
// article.
func (c *comparison) wholeDocuments() {
	for _, change := range c.changes {
		id := knowledge.ProvisionID(change.Provision.Document())
		if change.Provision == id || slices.ContainsFunc(c.changes, func(known Change) bool { return known.Provision == id }) {
			continue
		}
		if rests := c.restingOn(Change{Provision: id}); len(rests) > 0 {
			c.changes = append(c.changes, Change{Kind: Whole, Provision: id, Rests: rests})
		}
	}
}
