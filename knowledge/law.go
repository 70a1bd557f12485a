package knowledge

import (
	"regexp"
	"strings"
)

// Confidence says how well a fact is established. The zero Confidence is not a valid one.
type Confidence string

const (
	// Checked (A): read in a copy of the official text, or in two independent sources.
	Checked Confidence = "A"
	// OneSource (B): one source, not checked against the original; answers say so.
	OneSource Confidence = "B"
	// Unconfirmed (C): never stated as fact.
	Unconfirmed Confidence = "C"
)

// Lower returns the weaker of two confidences.
func (c Confidence) Lower(d Confidence) Confidence { return max(c, d) }

// DocumentID names a document, such as nd-188-2025: stable, readable, never reused.
type DocumentID string

// ProvisionID names a provision, such as nd-188-2025/d6/k6/b (điều 6, khoản 6, điểm b), or a
// document as a whole, such as nd-161-2026, where no article is known.
type ProvisionID string

// Document returns the document that the provision belongs to.
func (id ProvisionID) Document() DocumentID {
	doc, _, _ := strings.Cut(string(id), "/")
	return DocumentID(doc)
}

// DocumentKind is the kind of a legal document.
type DocumentKind string

// The kinds of documents that content may hold.
const (
	Law        DocumentKind = "law"        // luật
	Decree     DocumentKind = "decree"     // nghị định
	Circular   DocumentKind = "circular"   // thông tư
	Resolution DocumentKind = "resolution" // nghị quyết
	Decision   DocumentKind = "decision"   // quyết định
	Plan       DocumentKind = "plan"       // kế hoạch
	Letter     DocumentKind = "letter"     // công văn
)

// Document is a legal document (văn bản). InForce are the days the document is in force (hiệu
// lực); what its provisions say may apply to other days, see [Provision].
type Document struct {
	ID          DocumentID   `yaml:"id"`
	Number      string       `yaml:"number"` // số hiệu, as 188/2025/NĐ-CP; empty: not known
	Kind        DocumentKind `yaml:"kind"`
	Title       string       `yaml:"title"`
	Issuer      string       `yaml:"issuer"`
	Issued      Date         `yaml:"issued"` // zero: not known
	InForce     Period       `yaml:"in_force"`
	Place       PlaceID      `yaml:"place"`
	Relations   []Relation   `yaml:"relations"`
	Source      string       `yaml:"source"` // where it was read
	Confidence  Confidence   `yaml:"confidence"`
	ConfirmedOn Date         `yaml:"confirmed_on"`
	Whole       *Provision   `yaml:"whole"` // what is cited without an article; nil: cite articles only
	Provisions  []Provision  `yaml:"provisions"`

	Pos Pos `yaml:"-"`
}

// Relation says what a document does to another one from a day on (zero: from its first day).
// Exactly one of the documents is named.
type Relation struct {
	Replaces     DocumentID `yaml:"replaces"`     // thay thế
	Amends       DocumentID `yaml:"amends"`       // sửa đổi, bổ sung
	Repeals      DocumentID `yaml:"repeals"`      // bãi bỏ
	Consolidates DocumentID `yaml:"consolidates"` // hợp nhất
	Details      DocumentID `yaml:"details"`      // quy định chi tiết, hướng dẫn
	From         Date       `yaml:"from"`
}

// Targets returns the documents that r names; a well-formed relation has one.
func (r Relation) Targets() []DocumentID {
	var named []DocumentID
	for _, id := range []DocumentID{r.Replaces, r.Amends, r.Repeals, r.Consolidates, r.Details} {
		if id != "" {
			named = append(named, id)
		}
	}
	return named
}

// Provision is the smallest unit we cite (quy định): an article, clause or point, with our summary
// of it. Applies are the days its rule applies to (áp dụng), which may differ from the days its
// document is in force; policy/README ruling 1. A zero Period, Confidence, ConfirmedOn or Place is
// its document's.
type Provision struct {
	ID          ProvisionID `yaml:"id"` // in files relative to the document: d6/k6/b
	Applies     Period      `yaml:"applies"`
	Summary     string      `yaml:"summary"` // tóm lược, in our words; every figure drawn from it stands here
	Text        string      `yaml:"text"`    // the official wording, without that of its parts; empty: not imported
	Confidence  Confidence  `yaml:"confidence"`
	ConfirmedOn Date        `yaml:"confirmed_on"`
	Place       PlaceID     `yaml:"place"`

	Document *Document `yaml:"-"`
	Pos      Pos       `yaml:"-"`
}

var provisionForm = regexp.MustCompile(`^d(\d+[a-z]?)(?:/k(\d+[a-z]?)(?:/(dd|[a-z]))?)?$`)

// Source prints the provision as its source line names it: "188/2025/NĐ-CP, Điều 6 khoản 6 điểm b".
func (p *Provision) Source() string {
	name := p.Document.Name()
	_, inside, found := strings.Cut(string(p.ID), "/")
	if !found {
		return name
	}
	m := provisionForm.FindStringSubmatch(inside)
	if m == nil { // the loader refuses such an ID
		return name
	}
	name += ", Điều " + m[1]
	if m[2] != "" {
		name += " khoản " + m[2]
	}
	if m[3] != "" {
		name += " điểm " + strings.Replace(m[3], "dd", "đ", 1)
	}
	return name
}

// Name returns the number of the document, or its title when no number is known.
func (d *Document) Name() string {
	if d.Number == "" {
		return d.Title
	}
	return d.Number
}

// provisions returns all that may be cited of d, the whole document first.
func (d *Document) provisions() []*Provision {
	var all []*Provision
	if d.Whole != nil {
		all = append(all, d.Whole)
	}
	for i := range d.Provisions {
		all = append(all, &d.Provisions[i])
	}
	return all
}

// complete ties the provisions to their document and gives them what they leave to it.
func (d *Document) complete() {
	if d.Whole != nil {
		d.Whole.ID = ProvisionID(d.ID)
	}
	for i := range d.Provisions {
		p := &d.Provisions[i]
		p.ID = ProvisionID(string(d.ID) + "/" + string(p.ID))
	}
	for _, p := range d.provisions() {
		p.Document = d
		if p.Applies == (Period{}) {
			p.Applies = d.InForce
		}
		if p.Confidence == "" {
			p.Confidence = d.Confidence
		}
		if p.ConfirmedOn.IsZero() {
			p.ConfirmedOn = d.ConfirmedOn
		}
		if p.Place == "" {
			p.Place = d.Place
		}
	}
}
