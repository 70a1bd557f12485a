package check

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"policybot/knowledge"
)

// kindForm is how documents of a kind are numbered, and the word their IDs begin with.
type kindForm struct {
	prefix string
	number *regexp.Regexp // its first group is the number, its second the year, empty in many kinds
}

// office is the abbreviation of an issuer: TTg, HĐND, UBTVQH15, BYT-BH.
const office = `[A-ZĐ][A-Za-zĐđ]*\d*(?:-[A-ZĐ]+)*`

var kindForms = map[knowledge.DocumentKind]kindForm{
	knowledge.Law:        {"luat", regexp.MustCompile(`^(\d+)/(\d{4})/QH\d+$`)},
	knowledge.Decree:     {"nd", regexp.MustCompile(`^(\d+)/(\d{4})/NĐ-CP$`)},
	knowledge.Circular:   {"tt", regexp.MustCompile(`^(\d+)/(\d{4})/(?:TT|TTLT)-` + office + `$`)},
	knowledge.Resolution: {"nq", regexp.MustCompile(`^(\d+)/(?:(\d{4})/(?:QH\d+|NQ-` + office + `)|NQ-` + office + `)$`)},
	knowledge.Decision:   {"qd", regexp.MustCompile(`^(\d+)/(?:(\d{4})/)?QĐ-` + office + `$`)},
	knowledge.Plan:       {"kh", regexp.MustCompile(`^(\d+)/(?:(\d{4})/)?KH-` + office + `$`)},
	knowledge.Letter:     {"cv", regexp.MustCompile(`^(\d+)/(?:(\d{4})/)?` + office + `$`)},
}

var places = []knowledge.PlaceID{
	knowledge.National, knowledge.Cantho, knowledge.FormerCantho, knowledge.FormerHaugiang,
	knowledge.FormerSoctrang, knowledge.OtherProvince,
}

func (c *checker) document(d *knowledge.Document) {
	c.documentName(d)
	c.documentDays(d)
	c.required(d.Pos, map[string]bool{"title": d.Title != "", "source": d.Source != "", "place": d.Place != ""})
	c.place(d.Place, d.Pos, "place")
	c.confidence(d.Confidence, d.Pos, "confidence")
	if d.ConfirmedOn.IsZero() {
		c.report(ruleNotConfirmed, string(d.ID), d.Pos)
	}
	for i, r := range d.Relations {
		c.relation(d, i, r)
	}
	if d.Whole != nil {
		c.provision(d.Whole)
	}
	for i := range d.Provisions {
		c.provision(&d.Provisions[i])
	}
	c.letters(d.Pos)
}

// slug is the form of the ID of a document whose number nobody knows.
const slug = `^[a-z0-9]+(?:-[a-z0-9]+)+$`

// documentName compares kind, number and ID, which say the same thing three times.
func (c *checker) documentName(d *knowledge.Document) {
	form, known := kindForms[d.Kind]
	if !known {
		c.report(ruleUnknownKind, string(d.Kind), d.Pos, "kind")
		return
	}
	want, begin := slug, form.prefix+"-"
	if d.Number != "" {
		m := form.number.FindStringSubmatch(d.Number)
		if m == nil {
			c.report(ruleDocumentNumber, d.Number, d.Pos, "number")
			return
		}
		year := m[2]
		if year == "" && !d.Issued.IsZero() {
			year = fmt.Sprint(d.Issued.Year())
		}
		begin += strings.TrimLeft(m[1], "0") + "-" + year
		want = `^` + form.prefix + `-0*` + strings.TrimLeft(m[1], "0") + `-` + cmp.Or(year, `\d{4}`) + `(?:-[a-z0-9]+)*$`
	}
	if !regexp.MustCompile(want).MatchString(string(d.ID)) {
		c.report(ruleDocumentID, begin, d.Pos, "id")
	}
}

func (c *checker) documentDays(d *knowledge.Document) {
	c.period(d.InForce, d.Pos, "in_force")
	if d.Kind == knowledge.Plan || d.Kind == knowledge.Letter {
		return // these speak of days before their own
	}
	if !d.InForce.From.IsZero() && d.InForce.From.Before(d.Issued) {
		c.report(ruleIssuedLate, d.Issued.String(), d.Pos, "issued")
	}
}

func (c *checker) relation(d *knowledge.Document, i int, r knowledge.Relation) {
	targets := r.Targets()
	if len(targets) != 1 {
		c.report(ruleRelation, fmt.Sprint(len(targets)), d.Pos, "relations", i)
	}
	for _, id := range targets {
		if c.Document(id) == nil {
			c.report(ruleUnknownDocument, string(id), d.Pos, "relations", i)
		}
	}
}

func (c *checker) provision(p *knowledge.Provision) {
	c.required(p.Pos, map[string]bool{"summary": p.Summary != ""})
	if p.Applies != p.Document.InForce {
		c.period(p.Applies, p.Pos, "applies")
	}
	if p.Place != p.Document.Place {
		c.place(p.Place, p.Pos, "place")
	}
	if p.Confidence != p.Document.Confidence {
		c.confidence(p.Confidence, p.Pos, "confidence")
	}
}

// required reports the keys of an item that are not there.
func (c *checker) required(at knowledge.Pos, present map[string]bool) {
	for key, there := range present {
		if !there {
			c.report(ruleMissing, key, at)
		}
	}
}

func (c *checker) period(p knowledge.Period, at knowledge.Pos, path ...any) {
	if p.IsEmpty() {
		c.report(ruleEmptyPeriod, p.From.String()+" → "+p.Until.String(), at, path...)
	}
}

func (c *checker) place(p knowledge.PlaceID, at knowledge.Pos, path ...any) {
	if p != "" && !slices.Contains(places, p) {
		c.report(ruleUnknownPlace, string(p), at, path...)
	}
}

func (c *checker) confidence(got knowledge.Confidence, at knowledge.Pos, path ...any) {
	switch got {
	case knowledge.Checked, knowledge.OneSource, knowledge.Unconfirmed:
	default:
		c.report(ruleUnknownConfidence, string(got), at, path...)
	}
}
