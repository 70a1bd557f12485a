package intake

import (
	"regexp"
	"slices"
	"strings"

	"policybot/knowledge"
)

// A subject page of Pháp điển puts the provisions of many documents in one order. Each article has
// a number of its own there ("Điều 2.2.LQ.1"), and a note says which article of which document it
// is. The page is read back into those documents.

const (
	classArticle = "pDieu"
	classNote    = "pGhiChu"  // where the article comes from
	classPointer = "pChiDan"  // what it is related to
	classChapter = "pChuong"  // of the subject, not of the document
	classText    = "pNoiDung" // absent on paragraphs that the page nests wrongly
)

func isCodex(classes []string) bool {
	return slices.Contains(classes, classArticle) && slices.Contains(classes, classNote)
}

var (
	codexArticle = regexp.MustCompile(`^Điều\s+[\d.]+\.[A-ZĐ]{2}\.(?:\d+\.)*\d+[a-zđ]?\.?\s*(.*)$`)
	codexNote    = regexp.MustCompile(`^\(\s*Điều\s+(\d{1,3}[a-zđ]?)\s+(?:của\s+)?(` + docWord + `)\s+(?:số\s+)?(?:` + docWord + `\s+)?(` + numberForm + `)(.*)$`)
)

// codex gathers the documents of a subject page.
type codex struct {
	documents []*Document
	byNumber  map[string]*Document
	title     string
	place     Place
	lines     []line
	note      []string // what the note of the article says: label, word, number, the rest
	lost      []Doubt
}

func readCodex(s *source, classes []string) ([]*Document, error) {
	c := &codex{byNumber: map[string]*Document{}}
	for i, l := range s.lines {
		switch classes[i] {
		case classArticle:
			c.endArticle()
			c.place, c.title = l.place, ""
			if m := codexArticle.FindStringSubmatch(l.text); m != nil {
				c.title = m[1]
			}
		case classNote:
			c.note = codexNote.FindStringSubmatch(l.text)
			if c.note == nil {
				c.lost = append(c.lost, Doubt{l.place, "ghi chú nguồn máy không đọc được: “" + short(l.text) + "”"})
			}
		case classChapter, classPointer:
			c.endArticle()
		default:
			c.lines = append(c.lines, l)
		}
	}
	c.endArticle()
	if len(c.documents) == 0 {
		return nil, refuse("trang Pháp điển không có điều nào máy đọc được nguồn", "mở lại trang đề mục và lưu đủ nội dung")
	}
	c.documents[0].Doubts = append(c.documents[0].Doubts, c.lost...)
	taken := map[knowledge.DocumentID]bool{}
	for _, d := range c.documents {
		if taken[d.ID] { // two numbers, one perhaps misprinted, that make the same ID
			d.ID = knowledge.DocumentID("ban-nhap-" + plainName(strings.ReplaceAll(d.Number, "/", " ")))
		}
		taken[d.ID] = true
		d.doubt(Place{}, "đọc từ trang Pháp điển: chỉ có những điều thuộc đề mục này; tên và ngày nên so với bản gốc")
		d.readEffects()
		d.review()
	}
	return c.documents, nil
}

// endArticle gives the article just read to its document.
func (c *codex) endArticle() {
	note, lines := c.note, c.lines
	c.note, c.lines = nil, nil
	if note == nil {
		return
	}
	d := c.document(note[2], note[3], note[4])
	for _, known := range d.Units {
		if known.Label == note[1] {
			d.doubt(c.place, "Điều "+note[1]+" có hai lần trên trang: máy giữ lần đầu")
			return
		}
	}
	b := &builder{doubts: d.doubt, loose: true}
	b.begin(heading{level: Article, label: note[1], rest: c.title}, line{place: c.place})
	for _, l := range lines {
		if h, ok := headingOf(l.text); ok && h.level <= Article {
			b.append(l, l.text)
			continue
		}
		b.line(l)
		b.before = l
	}
	u := b.units[0]
	u.settle()
	d.Units = append(d.Units, u)
}

// document returns the document of a number, made when its first article is read.
func (c *codex) document(word, number, rest string) *Document {
	key := plainName(strings.ReplaceAll(number, "/", " "))
	d := c.byNumber[key]
	if d == nil {
		d = &Document{Format: HTML, Number: number, Kind: kindOf(word, number)}
		d.readIssuer(nil)
		c.byNumber[key] = d
		c.documents = append(c.documents, d)
	}
	if d.Issued.IsZero() {
		d.readCodexNote(word, rest)
	}
	d.name()
	return d
}

var issuedOn = regexp.MustCompile(`^\s*(.*?)\s*ngày\s+(\d{1,2}/\d{1,2}/\d{4})\s+của\s+([^,)]+)`)

// readCodexNote reads name, day of issue, issuer and first day in force from the note of an article.
func (d *Document) readCodexNote(word, rest string) {
	if m := issuedOn.FindStringSubmatch(rest); m != nil {
		if d.Title == "" {
			d.Title = m[1]
		}
		if d.Kind == knowledge.Law && !strings.HasPrefix(d.Title, word) {
			d.Title = word + " " + d.Title
		}
		d.Issued = dateIn("ngày " + m[2]) // not a day in the title, which is that of the document it amends
		if d.Issuer == "" {
			d.Issuer = strings.TrimSpace(m[3])
		}
	}
	if first, _, _ := strings.Cut(rest, ", có nội dung"); d.InForce.From.IsZero() {
		d.InForce.From = effectIn(first)
	}
}
