package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"policybot/knowledge"
)

// Doubt is something the reader of a document was not sure of, in Vietnamese.
type Doubt struct {
	Place Place
	Text  string
}

func (s *source) doubt(at Place, text string) { s.doubts = append(s.doubts, Doubt{at, text}) }

// String names a place: "trang 5 dòng 12", "đoạn 40" where there are no pages; empty for nowhere.
func (p Place) String() string {
	switch {
	case p.Page > 0 && p.Line > 0:
		return fmt.Sprintf("trang %d dòng %d", p.Page, p.Line)
	case p.Page > 0:
		return fmt.Sprintf("trang %d", p.Page)
	case p.Line > 0:
		return fmt.Sprintf("đoạn %d", p.Line)
	}
	return ""
}

// Document is an official document as read. What is empty or zero was not found.
type Document struct {
	ID           knowledge.DocumentID
	Number       string // số hiệu
	Kind         knowledge.DocumentKind
	Title        string
	Issuer       string
	Issued       knowledge.Date
	Signer       string
	InForce      knowledge.Period
	Effects      []Effect    // exceptions to InForce
	References   []Reference // to other documents
	Consolidated string      // the number of the consolidated text (văn bản hợp nhất) it was read from
	Amendments   []Amendment // what it changes in other documents
	Units        []*Unit
	Attached     []Attached
	Annexes      []string // phụ lục and mẫu, by their headings
	Notes        int      // lines of footnotes, left out of the text
	Doubts       []Doubt

	Format Format
	Pages  int // 0: the source has no pages
}

// Attached is a regulation issued with a document (ban hành kèm theo) that has articles of its own.
type Attached struct {
	Title string
	Units []*Unit
}

// maxSize is the size in bytes above which a file is not read.
const maxSize = 64 << 20

// Reader reads files. The zero Reader is ready; Close it after use.
type Reader struct{ pdf *pdfEngine }

// Close ends the PDF engine, if one was started.
func (r *Reader) Close() error {
	if r.pdf == nil {
		return nil
	}
	return r.pdf.Close()
}

// File reads the documents of a file: one, or many on a page of Pháp điển. The error is
// [*RefusedError] when the file is not what can be imported.
func (r *Reader) File(ctx context.Context, name string) ([]*Document, error) {
	info, err := os.Stat(name)
	switch {
	case os.IsNotExist(err):
		return nil, refuse("không có tệp này", "xem lại tên và thư mục")
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, refuse("đây là thư mục", "ghi tên từng tệp, như "+name+"/*.pdf")
	case info.Size() > maxSize:
		return nil, refuse(fmt.Sprintf("tệp %d MB, lớn hơn mức %d MB", info.Size()>>20, maxSize>>20), "tách riêng văn bản cần nhập")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize))
	if err != nil {
		return nil, err
	}
	return r.Read(ctx, name, data)
}

// Read is [Reader.File] of the bytes of a file with that name.
func (r *Reader) Read(ctx context.Context, name string, data []byte) ([]*Document, error) {
	data = inUTF8(data)
	format, err := recognise(name, data)
	if err != nil {
		return nil, err
	}
	if format == HTML {
		return readWeb(data)
	}
	s, err := r.source(ctx, format, data)
	if err != nil {
		return nil, err
	}
	d, err := understand(s)
	if err != nil {
		return nil, err
	}
	return []*Document{d}, nil
}

func (r *Reader) source(ctx context.Context, format Format, data []byte) (s *source, err error) {
	switch format {
	case PDF:
		if r.pdf == nil {
			if r.pdf, err = newPDFEngine(ctx); err != nil {
				return nil, err
			}
		}
		s, err := r.pdf.readPDF(ctx, data)
		if errors.Is(err, errStuck) || ctx.Err() != nil {
			r.pdf = nil // it may still be at work; another file gets a new engine
		}
		return s, err
	case DOCX:
		return readDOCX(data)
	case DOC:
		return readDOC(ctx, data)
	}
	return readText(data)
}

// readWeb reads a page that holds one document, or a subject of Pháp điển with provisions of many.
func readWeb(data []byte) ([]*Document, error) {
	root, err := parsePage(data)
	if err != nil {
		return nil, refuse("trang web hỏng", "mở bằng trình duyệt rồi lưu lại")
	}
	s, classes := readHTML(root)
	if isCodex(classes) {
		return readCodex(s, classes)
	}
	d, err := understand(s)
	if _, refused := err.(*RefusedError); refused {
		if title := pageTitle(data); title != "" {
			return nil, refuse("trang web “"+title+"” không phải văn bản luật", "mở đúng trang toàn văn của văn bản rồi lưu lại")
		}
	}
	if err != nil {
		return nil, err
	}
	return []*Document{d}, nil
}

// understand makes a document of what a source says.
func understand(s *source) (*Document, error) {
	if font := oldFont(s.lines); font != "" {
		return nil, refuse("văn bản gõ bằng bảng mã cũ "+font+", máy đọc ra chữ lạ", "chuyển sang Unicode (Unikey, Ctrl+Shift+F6) rồi nhập lại")
	}
	d := &Document{Format: s.format, Pages: s.pages, Notes: len(s.notes), Doubts: s.doubts}
	t := parse(s.lines, func(at Place, text string) { d.Doubts = append(d.Doubts, Doubt{at, text}) })
	d.Units = t.units
	d.readHead(t)
	if d.Number == "" && len(d.Units) == 0 {
		return nil, refuse("không thấy số hiệu lẫn điều nào", "đây có thể không phải văn bản luật; xem lại tệp")
	}
	d.readTail(t.tail)
	d.readEffects()
	d.readReferences(t)
	d.readAmendments(t)
	d.review()
	return d, nil
}

// oldFont names the encoding from before Unicode that a text is written in; empty for Unicode. They
// are told by how "Điều" and "Nghị định" look in them.
func oldFont(lines []line) string {
	for _, l := range lines {
		switch {
		case strings.Contains(l.text, "§iÒu") || strings.Contains(l.text, "NghÞ ®Þnh") || strings.Contains(l.text, "CéNG HßA"):
			return "TCVN3 (.VnTime)"
		case strings.Contains(l.text, "Ñieàu") || strings.Contains(l.text, "Nghò ñònh"):
			return "VNI"
		}
	}
	return ""
}

// review adds what a person should look at before using the document.
func (d *Document) review() {
	missing := []string{}
	for name, there := range map[string]bool{
		"số hiệu": d.Number != "", "loại văn bản": d.Kind != "", "ngày ban hành": !d.Issued.IsZero(), "tên văn bản": d.Title != "", "cơ quan ban hành": d.Issuer != "",
	} {
		if !there {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		d.doubt(Place{}, "không tìm thấy "+strings.Join(missing, ", ")+": điền theo bản gốc")
	}
	if d.InForce.From.IsZero() {
		d.doubt(Place{}, "không tìm thấy ngày có hiệu lực của cả văn bản: điền in_force theo bản gốc")
	}
	if Count(d.Units, Article) == 0 {
		d.doubt(Place{}, "văn bản không có điều nào: bản nháp chỉ có phần chung")
	}
}

func (d *Document) doubt(at Place, text string) { d.Doubts = append(d.Doubts, Doubt{at, text}) }
