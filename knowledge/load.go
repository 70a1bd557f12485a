package knowledge

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Rules that reading a file may break; package check has the others.
const (
	RuleUnreadable   = "unreadable"    // the file is missing or is not YAML
	RuleUnknownKey   = "unknown-key"   // a key that no item has
	RuleRepeatedKey  = "repeated-key"  // the same key twice in one item
	RuleBadValue     = "bad-value"     // a value that cannot be read: date, amount, type
	RuleRepeatedName = "repeated-name" // an ID or name that another item has
	RuleEmpty        = "empty"         // a folder or a file without items
	RuleCycle        = "figure-cycle"  // a figure that is worked out from itself
)

// loader reads the files of one content folder and gathers the faults.
type loader struct {
	fsys   fs.FS
	faults Faults
	digest [sha256.Size]byte
}

// Load reads a content folder strictly. The error is [Faults], with all that was wrong in any file,
// and the Library is nil then. What Load accepts is well formed; whether it is sound is for package
// check to say.
func Load(fsys fs.FS) (*Library, error) {
	ld := &loader{fsys: fsys}
	l := &Library{
		Documents:  items[Document](ld, "documents"),
		Cards:      items[Card](ld, "cards"),
		Procedures: items[Procedure](ld, "procedures"),
		Wards:      items[Ward](ld, "wards"),
		Words:      items[Word](ld, "words"),
		Figures:    items[Figure](ld, "figures"),
	}
	l.Blocks = ld.blocks()
	l.link(ld)
	if len(ld.faults) > 0 {
		ld.faults.Sort()
		return nil, ld.faults
	}
	l.Version = hex.EncodeToString(ld.digest[:6])
	return l, nil
}

// placed is implemented by items that remember where they stand.
type placed interface{ setPos(Pos) }

func (d *Document) setPos(p Pos)  { d.Pos = p }
func (c *Card) setPos(p Pos)      { c.Pos = p }
func (p *Procedure) setPos(q Pos) { p.Pos = q }
func (w *Ward) setPos(p Pos)      { w.Pos = p }
func (w *Word) setPos(p Pos)      { w.Pos = p }
func (f *Figure) setPos(p Pos)    { f.Pos = p }

// items reads all files of a folder, each a list of items of one kind.
func items[T any](ld *loader, folder string) []*T {
	names, err := fs.Glob(ld.fsys, path.Join(folder, "*.yaml"))
	if err != nil || len(names) == 0 {
		ld.fault(folder, 0, RuleEmpty, "no .yaml file")
		return nil
	}
	var all []*T
	for _, name := range names {
		all = append(all, file[T](ld, name)...)
	}
	return all
}

// file reads one file twice: into items, where unknown keys are refused, and into nodes, which know
// their lines.
func file[T any](ld *loader, name string) []*T {
	text, err := fs.ReadFile(ld.fsys, name)
	if err != nil {
		ld.fault(name, 0, RuleUnreadable, err.Error())
		return nil
	}
	sum := sha256.Sum256(append([]byte(name+"\x00"), text...))
	ld.digest = sha256.Sum256(append(ld.digest[:], sum[:]...))

	var all []*T
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&all); errors.Is(err, io.EOF) || err == nil && len(all) == 0 {
		ld.fault(name, 0, RuleEmpty, "the file holds no list")
		return nil
	} else if err != nil {
		ld.yamlFaults(name, err)
		return nil
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		ld.fault(name, 0, RuleUnreadable, "more than one YAML document (---) in the file")
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		ld.fault(name, 0, RuleUnreadable, err.Error())
		return nil
	}
	for i, item := range all {
		if item == nil {
			ld.fault(name, root.Content[0].Content[i].Line, RuleEmpty, "an empty item in the list")
			return nil
		}
		any(item).(placed).setPos(Pos{name, root.Content[0].Content[i]})
	}
	return all
}

func (ld *loader) fault(file string, line int, rule, detail string) {
	ld.faults = append(ld.faults, Fault{file, line, rule, detail})
}

var (
	lineForm    = regexp.MustCompile(`(?s)line (\d+): (.*)$`)
	unknownForm = regexp.MustCompile(`^field (\S+) not found in type`)
	doubleForm  = regexp.MustCompile(`^mapping key "([^"]+)" already defined|^field (\S+) already set`)
)

// yamlFaults takes the messages of the YAML reader apart, one fault a line.
func (ld *loader) yamlFaults(file string, err error) {
	messages := []string{err.Error()}
	if several, ok := errors.AsType[*yaml.TypeError](err); ok {
		messages = nil
		for _, e := range several.Errors {
			messages = append(messages, fmt.Sprint(e))
		}
	}
	for _, m := range messages {
		line, text := 0, strings.TrimPrefix(m, "yaml: ")
		if at := lineForm.FindStringSubmatch(m); at != nil {
			line, _ = strconv.Atoi(at[1])
			text = at[2]
		}
		rule := RuleBadValue
		if found := unknownForm.FindStringSubmatch(text); found != nil {
			rule, text = RuleUnknownKey, found[1]
		} else if found := doubleForm.FindStringSubmatch(text); found != nil {
			rule, text = RuleRepeatedKey, found[1]+found[2]
		} else if len(messages) == 1 && strings.HasPrefix(err.Error(), "yaml: line") {
			rule = RuleUnreadable
		}
		ld.fault(file, line, rule, text)
	}
}

// link builds the look-up tables and completes what items leave to others.
func (l *Library) link(ld *loader) {
	l.documents = named(ld, l.Documents, func(d *Document) (DocumentID, Pos) { return d.ID, d.Pos })
	l.cards = named(ld, l.Cards, func(c *Card) (CardID, Pos) { return c.ID, c.Pos })
	l.procedures = named(ld, l.Procedures, func(p *Procedure) (ProcedureID, Pos) { return p.ID, p.Pos })
	l.wards = named(ld, l.Wards, func(w *Ward) (WardCode, Pos) { return w.Code, w.Pos })
	l.words = named(ld, l.Words, func(w *Word) (string, Pos) { return w.ID, w.Pos })
	l.figures = named(ld, l.Figures, func(f *Figure) (string, Pos) { return f.Name, f.Pos })
	l.provisions = map[ProvisionID]*Provision{}
	for _, d := range l.Documents {
		l.linkProvisions(ld, d)
	}
	for _, f := range l.Figures {
		l.linkFigure(ld, f)
	}
	for _, c := range l.Cards {
		l.linkCard(c)
	}
}

func (l *Library) linkProvisions(ld *loader, d *Document) {
	if d.Whole != nil && d.Whole.ID != "" {
		ld.fault(d.Pos.File, d.Pos.Line("whole", "id"), RuleBadValue, "whole has no id of its own: it is the document's")
	}
	for i, p := range d.Provisions {
		if !provisionForm.MatchString(string(p.ID)) {
			ld.fault(d.Pos.File, d.Pos.Line("provisions", i, "id"), RuleBadValue,
				fmt.Sprintf("provision id %q: want d6, d6/k6 or d6/k6/b (điểm đ is dd)", p.ID))
		}
	}
	d.complete()
	for i := range d.Provisions {
		d.Provisions[i].Pos = Pos{d.Pos.File, child(child(d.Pos.node, "provisions"), i)}
	}
	if d.Whole != nil {
		d.Whole.Pos = Pos{d.Pos.File, child(d.Pos.node, "whole")}
	}
	for _, p := range d.provisions() {
		if l.provisions[p.ID] != nil {
			ld.fault(p.Pos.File, p.Pos.Line(), RuleRepeatedName, string(p.ID))
		}
		l.provisions[p.ID] = p
	}
}

// linkFigure reads the values of a figure. A figure that rests on itself is refused here, since
// nothing that works with figures would ever come to an end with it.
func (l *Library) linkFigure(ld *loader, f *Figure) {
	f.complete()
	if !slices.Contains(units, f.Unit) {
		ld.fault(f.Pos.File, f.Pos.Line("unit"), RuleBadValue, fmt.Sprintf("unit %q: want one of %v", f.Unit, units))
		return
	}
	values := child(f.Pos.node, "values")
	for i := range f.Values {
		at := child(child(values, i), "value")
		if at != nil && at.Tag == "!!float" {
			ld.fault(f.Pos.File, at.Line, RuleBadValue,
				fmt.Sprintf("amount %s: want quotes around it; YAML takes it for a decimal number", at.Value))
		} else if err := f.Values[i].parse(f.Unit); err != nil {
			ld.fault(f.Pos.File, f.Pos.Line("values", i, "value"), RuleBadValue, err.Error())
		}
	}
	if l.restsOn(f, f.Name, nil) {
		ld.fault(f.Pos.File, f.Pos.Line(), RuleCycle, f.Name)
	}
}

// restsOn reports whether f is worked out, directly or not, from the named figure; seen are the
// figures already looked into.
func (l *Library) restsOn(f *Figure, name string, seen map[string]bool) bool {
	if seen == nil {
		seen = map[string]bool{}
	}
	for _, part := range f.parts() {
		if part == name {
			return true
		}
		if inner := l.figures[part]; inner != nil && !seen[part] {
			seen[part] = true
			if l.restsOn(inner, name, seen) {
				return true
			}
		}
	}
	return false
}

func (l *Library) linkCard(c *Card) {
	if c.Outcome == "" {
		c.Outcome = Answered
	}
	if first := l.cards[c.WordingsOf]; first != nil && len(c.Ask) == 0 {
		c.Ask, c.Probe = first.Ask, first.Probe
	}
}

// named indexes items by their name and refuses a name given twice.
func named[K ~string, T any](ld *loader, all []*T, key func(*T) (K, Pos)) map[K]*T {
	byName := make(map[K]*T, len(all))
	for _, item := range all {
		name, pos := key(item)
		if name == "" || byName[name] != nil {
			ld.fault(pos.File, pos.Line(), RuleRepeatedName, strconv.Quote(path.Clean(string(name))))
		}
		byName[name] = item
	}
	return byName
}

// LoadDocuments reads the files of one folder as documents, strictly, into a Library that has
// nothing else: drafts that are not yet content. The error is as in [Load].
func LoadDocuments(fsys fs.FS) (*Library, error) {
	ld := &loader{fsys: fsys}
	l := &Library{Documents: items[Document](ld, ".")}
	l.link(ld)
	if len(ld.faults) > 0 {
		ld.faults.Sort()
		return nil, ld.faults
	}
	return l, nil
}
