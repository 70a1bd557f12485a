package intake

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"policybot/knowledge"
)

// provision is a unit as content holds it: its path and its own words.
type provision struct {
	path  string
	text  string
	place Place
}

// provisions flattens a tree. Units that content cannot name, as a point right under an article, go
// into the text of the one they stand in.
func provisions(units []*Unit) []provision {
	var all []provision
	seen := map[string]bool{}
	for path, u := range All(units) {
		if u.Level < Article {
			continue
		}
		at := pathOf(path, u)
		if at == "" || seen[at] {
			if len(all) > 0 {
				all[len(all)-1].text = joinLines(all[len(all)-1].text, u.printed())
			}
			continue
		}
		seen[at] = true
		all = append(all, provision{at, joinLines(u.Title, u.Text), u.Place})
	}
	return all
}

func joinLines(a, b string) string { return strings.Trim(a+"\n"+b, "\n") }

// printed is the unit as a document prints it, without its units.
func (u *Unit) printed() string {
	mark := u.Label + ". "
	switch u.Level {
	case Article:
		mark = "Điều " + u.Label + ". "
	case Point:
		mark = u.Label + ") "
	}
	return mark + joinLines(u.Title, u.Text)
}

// WriteDraft writes documents read from the named file as a content file that [knowledge.Load]
// takes. Nothing in it is confirmed: the confidence is C, the summaries are empty, and the official
// words stand in text.
func WriteDraft(w io.Writer, name string, documents []*Document) error {
	d := &draft{w: w}
	d.header(name, documents)
	for _, doc := range documents {
		d.document(name, doc, doc.ID, doc.Title, doc.Units)
		for i, a := range doc.Attached {
			if Count(a.Units, Article) > 0 {
				id := string(doc.ID) + "-kem-theo"
				if i > 0 {
					id += "-" + strconv.Itoa(i+1)
				}
				d.document(name, doc, knowledge.DocumentID(id), a.Title, a.Units)
			}
		}
	}
	return d.err
}

// draft writes YAML and keeps the first error.
type draft struct {
	w   io.Writer
	err error
}

func (d *draft) line(format string, args ...any) {
	if d.err == nil {
		_, d.err = fmt.Fprintf(d.w, format+"\n", args...)
	}
}

// comment writes a note for people, on one line.
func (d *draft) comment(text string) { d.line("%s", strings.TrimRight("# "+clean(text), " ")) }

func (d *draft) header(name string, documents []*Document) {
	d.comment("Bản nháp do máy đọc từ tệp " + name + ". Chưa ai kiểm, chưa dùng để trả lời.")
	d.comment("Trước khi đưa vào nội dung: so với bản gốc, viết summary bằng lời của mình,")
	d.comment("bỏ những quy định không cần, rồi ghi confidence và confirmed_on.")
	for _, doc := range documents {
		for _, doubt := range doc.Doubts {
			d.comment("Chưa chắc: " + string(doc.ID) + ": " + doubt.String())
		}
		if doc.Consolidated != "" {
			d.comment("Đọc từ văn bản hợp nhất " + doc.Consolidated + ": nội dung là của " + doc.Number + " sau khi được sửa đổi.")
		}
		if doc.Signer != "" {
			d.comment("Người ký: " + doc.Signer)
		}
	}
}

// String writes the doubt with where it arose.
func (d Doubt) String() string {
	if at := d.Place.String(); at != "" {
		return at + ": " + d.Text
	}
	return d.Text
}

func (d *draft) document(name string, doc *Document, id knowledge.DocumentID, title string, units []*Unit) {
	d.line("")
	d.line("- id: %s", id)
	d.key("number", doc.Number)
	d.key("kind", string(doc.Kind))
	d.key("title", title)
	d.key("issuer", doc.Issuer)
	d.key("issued", doc.Issued.String())
	if doc.InForce != (knowledge.Period{}) {
		d.line("  in_force: %s", period(doc.InForce))
	}
	d.key("place", string(doc.Place()))
	d.relations(doc)
	d.key("source", doc.sourceLine(name))
	d.line("  confidence: C")
	all := provisions(units)
	if len(all) == 0 {
		d.line("  whole:")
		d.line(`    summary: ""`)
		return
	}
	d.line("  provisions:")
	for _, p := range all {
		d.provision(doc, p)
	}
}

func (d *draft) provision(doc *Document, p provision) {
	d.line("    - id: %s", p.path)
	if applies := doc.applies(p.path); applies != (knowledge.Period{}) {
		d.line("      applies: %s", period(applies))
	}
	d.line(`      summary: ""`)
	if p.text == "" {
		return
	}
	d.line("      text: |-")
	for part := range strings.SplitSeq(p.text, "\n") {
		d.line("        %s", part)
	}
}

// applies returns the days of a provision that the document sets apart, by the narrowest provision
// named; zero where it says nothing.
func (doc *Document) applies(path string) knowledge.Period {
	var days knowledge.Period
	narrowest := 0
	for _, e := range doc.Effects {
		for _, named := range e.Paths {
			if (named == path || strings.HasPrefix(path, named+"/")) && len(named) > narrowest {
				days, narrowest = e.Period, len(named)
			}
		}
	}
	return days
}

// relations writes what the document does to others. Laws that it merely rests on are none.
func (d *draft) relations(doc *Document) {
	head := false
	for _, r := range doc.References {
		id := r.ID()
		if r.Tie == RestsOn || id == "" || id == doc.ID {
			continue
		}
		if !head {
			d.line("  relations:")
			head = true
		}
		d.line("    - {%s: %s} # %s", r.Tie, id, r.Number)
	}
}

// key writes one key of a document; nothing for what is not known.
func (d *draft) key(name, value string) {
	if value != "" {
		d.line("  %s: %s", name, scalar(value))
	}
}

var plainScalar = regexp.MustCompile(`^\p{L}[\p{L}\p{N} /.,()+–-]*$|^\d+/[\p{L}\p{N}/-]+$|^\d{4}-\d{2}-\d{2}$`)

// scalar writes a text so that YAML reads it as that text.
func scalar(s string) string {
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "true", "false", "on", "off", "null":
		return strconv.Quote(s)
	}
	if plainScalar.MatchString(s) && strings.TrimSpace(s) == s {
		return s
	}
	return strconv.Quote(s)
}

func period(p knowledge.Period) string {
	switch {
	case p.Until.IsZero():
		return "{from: " + p.From.String() + "}"
	case p.From.IsZero():
		return "{until: " + p.Until.String() + "}"
	}
	return "{from: " + p.From.String() + ", until: " + p.Until.String() + "}"
}

// sourceLine says where the words were read.
func (doc *Document) sourceLine(name string) string {
	s := "Máy nhập từ tệp " + name
	if doc.Consolidated != "" {
		s += " (văn bản hợp nhất " + doc.Consolidated + ")"
	}
	return clean(s)
}

// former are the areas that rules of before 1 July 2025 hold for, by how the documents name them.
var former = []struct {
	name string
	then knowledge.PlaceID
}{
	{"Hậu Giang", knowledge.FormerHaugiang}, {"Sóc Trăng", knowledge.FormerSoctrang},
}

// merged is the day from which the city is one with its neighbours.
var merged = knowledge.NewDate(2025, 7, 1)

// Place is where the document holds; empty where it is local and the place is not known.
func (doc *Document) Place() knowledge.PlaceID {
	if !localOffice.MatchString(doc.Number) {
		return knowledge.National
	}
	said := doc.Title + " " + doc.Issuer
	for _, f := range former {
		if strings.Contains(strings.ToLower(said), strings.ToLower(f.name)) {
			return f.then
		}
	}
	if !strings.Contains(strings.ToLower(said), "cần thơ") {
		return ""
	}
	if !doc.Issued.IsZero() && doc.Issued.Before(merged) {
		return knowledge.FormerCantho
	}
	return knowledge.Cantho
}

var localOffice = regexp.MustCompile(`(?:HĐND|UBND)`)
