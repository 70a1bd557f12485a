package check

import (
	"fmt"
	"regexp"
	"slices"

	"policybot/knowledge"
)

// kindForm is how documents of a kind are numbered, and the word their IDs begin with.
type kindForm struct {
	prefix string
	number *regexp.Regexp // its first group is the number, its second the year, empty in many kinds
}

const office = `[A-ZĐ]+(?:-[A-ZĐ]+)*\d*`

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

// documentName compares kind, number and ID, which say the same thing three times.
func (c *checker) documentName(d *knowledge.Document) {
	form, known := kindForms[d.Kind]
	if !known {
		c.report(ruleUnknownKind, string(d.Kind), d.Pos, "kind")
		return
	}
	number, year := `\d+`, `\d{4}`
	if d.Number != "" {
		m := form.number.FindStringSubmatch(d.Number)
		if m == nil {
			c.report(ruleDocumentNumber, d.Number, d.Pos, "number")
			return
		}
		number = m[1]
		if m[2] != "" {
			year = m[2]
		}
	}
	if year == `\d{4}` && !d.Issued.IsZero() {
		year = fmt.Sprint(d.Issued.Year())
	}
	if d.Number == "" {
		number = `[a-z0-9-]+`
	}
	want := regexp.MustCompile(`^` + form.prefix + `-0*` + number + `(?:-` + year + `)(?:-[a-z0-9]+)*$`)
	if !want.MatchString(string(d.ID)) {
		c.report(ruleDocumentID, form.prefix+"-"+plainOr(number, "số")+"-"+plainOr(year, "năm"), d.Pos, "id")
	}
}

// plainOr returns a pattern that is plain text as it is, and otherwise the word for what it matches.
func plainOr(pattern, word string) string {
	if regexp.QuoteMeta(pattern) != pattern {
		return "<" + word + ">"
	}
	return pattern
}

func (c *checker) documentDays(d *knowledge.Document) {
	c.period(d.InForce, d.Pos, "in_force")
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
	c.period(p.Applies, p.Pos, "applies")
	c.place(p.Place, p.Pos, "place")
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
