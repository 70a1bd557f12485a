package intake

import (
	"regexp"
	"strings"

	"policybot/knowledge"
)

// Tie is what a document does to another one.
type Tie string

// The ties, in the words of content.
const (
	Replaces Tie = "replaces" // thay thế
	Amends   Tie = "amends"   // sửa đổi, bổ sung
	Repeals  Tie = "repeals"  // bãi bỏ, hết hiệu lực
	Details  Tie = "details"  // quy định chi tiết, hướng dẫn
	RestsOn  Tie = "rests-on" // căn cứ; no relation of content
)

// Reference is a tie to another document, by its number.
type Reference struct {
	Tie    Tie
	Number string
	Kind   knowledge.DocumentKind
	Issued knowledge.Date // zero: not said
	Place  Place

	known knowledge.DocumentID // see Resolve
}

// ID is the ID that the document referred to has in content, or would have.
func (r Reference) ID() knowledge.DocumentID {
	if r.known != "" {
		return r.known
	}
	return idOf(r.Kind, r.Number, r.Issued)
}

var (
	named   = regexp.MustCompile(`(` + docWord + `)(?:\s+[^;.“”]{0,160}?)?\s+(?:số\s+)?(` + numberForm + `)`)
	repeal  = regexp.MustCompile(`(?i)bãi bỏ|hết hiệu lực|hủy bỏ`)
	replace = regexp.MustCompile(`(?i)thay thế`)
	partly  = regexp.MustCompile(`(?i)(?:điểm|khoản|điều|chương|mục|phụ lục|cụm từ|mẫu số)\s`)
	amend   = regexp.MustCompile(`(?i)^(?:luật\s+)?sửa đổi|^bổ sung|^bãi bỏ`)
	detail  = regexp.MustCompile(`(?i)quy định chi tiết|hướng dẫn|thi hành`)
)

// readReferences finds the documents that this one replaces, amends, repeals, details and rests on.
func (d *Document) readReferences(t text) {
	head := strings.Join(texts(t.head), " ")
	if d.Consolidated == "" {
		d.titleReferences(head)
	}
	for _, l := range paragraphs(t.head) {
		if strings.HasPrefix(l.text, "Căn cứ") {
			d.refer(RestsOn, l.text, l.place)
		}
	}
	if d.Consolidated != "" {
		return
	}
	for _, u := range All(d.Units) {
		if u.Level == Article && amend.MatchString(u.Title+u.Text) {
			d.refer(Amends, u.Title+"\n"+firstLine(u.Text), u.Place)
		}
	}
	said := Tie("") // by the clause that points belong to
	for _, u := range d.onEffect() {
		if u.Level < Point {
			said = ""
		}
		for i, p := range u.paragraphs {
			if p.quoted || i == 0 && p.text == u.Title {
				continue
			}
			tie := d.unitReferences(p.text, said, u.Place)
			if u.Level == Clause && len(u.Units) > 0 {
				said = tie
			}
		}
	}
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}

// titleReferences finds what the title says the document amends or details. Laws are named there
// without their number, which the sentence below the title has.
func (d *Document) titleReferences(head string) {
	title := d.Title
	tie := Tie("")
	switch {
	case regexp.MustCompile(`(?i)sửa đổi|bổ sung|bãi bỏ`).MatchString(title):
		tie = Amends
	case detail.MatchString(title):
		tie = Details
	default:
		return
	}
	before := len(d.References)
	d.refer(tie, title, Place{})
	if len(d.References) > before {
		return
	}
	if at := strings.LastIndex(title, " của "); at >= 0 {
		name := strings.TrimPrefix(title[at:], " của ")
		if m := regexp.MustCompile(`(?i)` + regexp.QuoteMeta(name) + `\s+số\s+(` + numberForm + `)`).FindStringSubmatch(head); m != nil {
			d.addReference(Reference{Tie: tie, Number: m[1], Kind: kindOf(name, m[1])})
		}
	}
}

// unitReferences finds in one paragraph which whole documents lose their force, and which are
// changed in part. A paragraph of a list has its tie from the clause above it. It returns the tie
// that the paragraph itself says.
func (d *Document) unitReferences(s string, above Tie, at Place) (own Tie) {
	for _, part := range sentences(s) {
		tie, said := tieIn(part)
		if tie == "" {
			tie, said = above, part
		} else {
			own = tie
		}
		if tie == "" {
			continue
		}
		if at := anyNumber.FindStringIndex(said); at != nil && partly.MatchString(said[:at[0]]) {
			tie, said = Amends, said[:at[1]] // the numbers after it belong to its title
		}
		d.refer(tie, said, at)
	}
	return own
}

// tieIn returns the tie that a sentence says, and the words that name the documents.
func tieIn(s string) (Tie, string) {
	if at := replace.FindStringIndex(s); at != nil && !strings.HasPrefix(strings.ToLower(s), "bãi bỏ") {
		return Replaces, s[at[1]:]
	}
	at := repeal.FindStringIndex(s)
	switch {
	case at == nil:
		return "", ""
	case strings.HasPrefix(strings.ToLower(s[at[0]:]), "hết"): // "Nghị định số … hết hiệu lực"
		return Repeals, s[:at[0]]
	}
	return Repeals, s[at[1]:]
}

// refer adds the documents that a text names by number.
func (d *Document) refer(tie Tie, s string, at Place) {
	for _, m := range named.FindAllStringSubmatchIndex(s, -1) {
		if (tie == Replaces || tie == Repeals) && described.MatchString(s[:m[0]]) {
			continue
		}
		word, number := s[m[2]:m[3]], s[m[4]:m[5]]
		d.addReference(Reference{Tie: tie, Number: number, Kind: kindOf(word, number), Issued: dateAfter(s[m[5]:]), Place: at})
	}
}

// described is how the title of a document leads to another: "một số điều của Nghị định số …".
var described = regexp.MustCompile(`(?:của|bởi|tại|theo)\s+(?:các\s+)?$`)

// dateAfter returns the day that follows a number: "… ngày 17 tháng 10 năm 2018".
func dateAfter(s string) knowledge.Date {
	if at := day.FindStringIndex(s); at != nil && strings.Trim(s[:at[0]], " ,(") == "" {
		return dateIn(s)
	}
	return knowledge.Date{}
}

func (d *Document) addReference(r Reference) {
	if sameNumber(r.Number, d.Number) {
		return
	}
	for i, known := range d.References {
		if sameNumber(known.Number, r.Number) && known.Tie == r.Tie {
			if known.Issued.IsZero() {
				d.References[i].Issued = r.Issued
			}
			return
		}
	}
	d.References = append(d.References, r)
}

// paragraphs joins lines that carry on one another.
func paragraphs(lines []line) []line {
	var all []line
	var before line
	for _, l := range lines {
		if n := len(all); n > 0 && joins(before, l) && len(all[n-1].text) < longest {
			all[n-1].text = glue(all[n-1].text, l.text)
		} else {
			all = append(all, l)
		}
		before = l
	}
	return all
}
