package intake

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

const (
	maxEntries  = 10_000
	maxPart     = 64 << 20 // bytes of one part of a Word file, unpacked
	maxDepth    = 256      // elements within elements
	maxElements = 5_000_000
)

var errTooLarge = errors.New("part too large")

// readDOCX reads a Word document: its paragraphs in order, with the numbers that Word would print
// before them.
func readDOCX(data []byte) (*source, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, refuse("tệp Word hỏng, không giải nén được", "tải lại tệp, hoặc mở bằng Word rồi lưu lại")
	}
	if len(archive.File) > maxEntries {
		return nil, refuse(fmt.Sprintf("tệp có %d mục bên trong, không phải tệp Word bình thường", len(archive.File)), "không mở tệp này")
	}
	s := &source{format: DOCX}
	r := &wordReader{source: s, numbering: newNumbering()}
	for _, part := range []struct {
		name string
		read func(*xml.Decoder) error
	}{
		{"word/numbering.xml", r.numbering.readDefinitions},
		{"word/styles.xml", r.numbering.readStyles},
		{"word/document.xml", r.readBody},
	} {
		if err := readPart(archive, part.name, part.read); err != nil {
			return nil, refuseWord(part.name, err)
		}
	}
	if r.tracked {
		s.doubt(Place{}, "tệp Word còn dấu vết sửa (track changes): máy lấy phần đã thêm, bỏ phần đã xóa")
	}
	return s, nil
}

func refuseWord(part string, err error) error {
	if errors.Is(err, errTooLarge) {
		return refuse("tệp Word phình to bất thường khi giải nén ("+part+")", "không mở tệp này; lấy văn bản từ nguồn khác")
	}
	return refuse("tệp Word hỏng ("+part+")", "mở bằng Word rồi lưu lại, hoặc tải lại tệp")
}

// readPart reads one part of the archive. Parts other than the document itself may be missing.
func readPart(archive *zip.Reader, name string, read func(*xml.Decoder) error) error {
	f, err := archive.Open(name)
	if err != nil {
		if name == "word/document.xml" {
			return err
		}
		return nil
	}
	defer f.Close()
	limited := &limitReader{r: f, left: maxPart}
	decoder := xml.NewDecoder(limited)
	decoder.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("not UTF-8") }
	return read(decoder)
}

// limitReader fails, rather than ends, when more comes than is allowed.
type limitReader struct {
	r    io.Reader
	left int64
}

// Read is that of [io.Reader]; the error is errTooLarge past the limit.
func (l *limitReader) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// walk hands the elements and texts of a part to visit. It refuses document type declarations,
// which Word never writes and which entity tricks need, and nesting without end.
func walk(d *xml.Decoder, visit func(xml.Token)) error {
	depth, elements := 0, 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.Directive:
			return errors.New("document type declaration")
		case xml.StartElement:
			depth++
			elements++
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth || elements > maxElements {
			return errTooLarge
		}
		visit(t)
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// wordReader gathers the paragraphs of word/document.xml.
type wordReader struct {
	*source
	numbering *numbering

	paragraph      []wordParagraph // a stack: text boxes hold paragraphs inside paragraphs
	dropped        int             // depth inside deleted or moved text
	tables         int
	tableStart     []int // where the lines of each open table begin
	inText, raised bool
	before         rune
	tracked        bool
}

type wordParagraph struct {
	text          strings.Builder
	style         string
	list          string // numId; empty: the style's
	level         int
	runs, boldRun int
}

func (r *wordReader) readBody(d *xml.Decoder) error { return walk(d, r.token) }

func (r *wordReader) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		r.start(t)
	case xml.EndElement:
		r.end(t.Name.Local)
	case xml.CharData:
		if r.inText && r.dropped == 0 && len(r.paragraph) > 0 {
			r.write(string(t))
		}
	}
}

func (r *wordReader) write(s string) {
	p := &r.paragraph[len(r.paragraph)-1]
	if r.raised && isDigits(strings.TrimSpace(s)) {
		if s = raisedUnit(string(r.before), strings.TrimSpace(s)); s == "" {
			return
		}
	}
	p.text.WriteString(s)
	for _, c := range s {
		r.before = c
	}
}

func (r *wordReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		if isWord(e.Name) {
			r.paragraph = append(r.paragraph, wordParagraph{})
		}
	case "tbl":
		r.tables++
		r.tableStart = append(r.tableStart, len(r.lines))
	case "del", "moveFrom":
		r.tracked = true
		r.dropped++
	case "ins", "moveTo":
		r.tracked = true
	case "Fallback": // the same content again, for old programs
		r.dropped++
	}
	if len(r.paragraph) == 0 {
		return
	}
	r.startInside(e, &r.paragraph[len(r.paragraph)-1])
}

func (r *wordReader) startInside(e xml.StartElement, p *wordParagraph) {
	switch e.Name.Local {
	case "r":
		r.raised = false
		p.runs++
	case "b":
		if v := attr(e, "val"); v != "0" && v != "false" {
			p.boldRun++
		}
	case "vertAlign":
		r.raised = attr(e, "val") == "superscript"
	case "t":
		r.inText = true
	case "tab", "br", "cr":
		if isWord(e.Name) && r.dropped == 0 && !(e.Name.Local == "tab" && attr(e, "pos") != "") {
			r.breakOrTab(e.Name.Local, attr(e, "type"))
		}
	case "noBreakHyphen":
		r.write("-")
	case "pStyle":
		p.style = attr(e, "val")
	case "numId":
		p.list = attr(e, "val")
	case "ilvl":
		p.level, _ = strconv.Atoi(attr(e, "val"))
	}
}

// breakOrTab writes a line end as a space, except where a person uses it in place of paragraphs.
func (r *wordReader) breakOrTab(kind, breakType string) {
	if kind == "tab" || breakType != "" {
		r.write(" ")
		return
	}
	r.write("\n")
}

func isWord(n xml.Name) bool { return strings.Contains(n.Space, "wordprocessingml") || n.Space == "w" }

func (r *wordReader) end(name string) {
	switch name {
	case "t":
		r.inText = false
	case "r":
		r.raised = false
	case "del", "moveFrom", "Fallback":
		r.dropped = max(0, r.dropped-1)
	case "p":
		r.endParagraph()
	case "tbl":
		r.endTable()
	}
}

func (r *wordReader) endParagraph() {
	if len(r.paragraph) == 0 {
		return
	}
	p := r.paragraph[len(r.paragraph)-1]
	r.paragraph = r.paragraph[:len(r.paragraph)-1]
	text := p.text.String()
	if clean(text) != "" && r.dropped == 0 {
		text = r.numbering.label(p.style, p.list, p.level) + text
	}
	for part := range strings.SplitSeq(text, "\n") {
		if part = clean(part); part != "" {
			r.lines = append(r.lines, line{
				text: part, place: Place{Line: len(r.lines) + 1}, flow: begins, table: r.tables,
				bold: p.boldRun > 0 && p.boldRun*2 >= p.runs,
			})
		}
	}
}

func (r *wordReader) endTable() {
	if r.tables == 0 {
		return
	}
	start := r.tableStart[len(r.tableStart)-1]
	r.tableStart = r.tableStart[:len(r.tableStart)-1]
	releaseLayout(r.lines[start:], r.tables)
	r.tables--
}

// releaseLayout takes a table, ended at that depth, for none when it is there for the layout, as it
// is when articles begin right in it.
func releaseLayout(lines []line, depth int) {
	if !slices.ContainsFunc(lines, func(l line) bool { return l.table == depth && articleForm.MatchString(l.text) }) {
		return
	}
	for i := range lines {
		lines[i].table--
	}
}
