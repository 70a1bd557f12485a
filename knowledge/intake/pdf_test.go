package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policybot/knowledge/intake"
)

// printed is one piece of text on a page of a test PDF, at a point with a size.
type printed struct {
	x, y, size int
	text       string
}

// firstCode is a code for which every font has a letter, so that it takes room on the page.
const firstCode = 33

// pdfFile makes a PDF with a text layer. Its one font maps codes of a byte to the letters used.
func pdfFile(t *testing.T, pages ...[]printed) []byte {
	t.Helper()
	codes := map[rune]byte{}
	var contents []string
	for _, page := range pages {
		var b strings.Builder
		for _, p := range page {
			fmt.Fprintf(&b, "BT /F1 %d Tf 1 0 0 1 %d %d Tm <", p.size, p.x, p.y)
			for _, r := range p.text {
				if _, known := codes[r]; !known {
					codes[r] = byte(len(codes) + firstCode)
				}
				fmt.Fprintf(&b, "%02x", codes[r])
			}
			b.WriteString("> Tj ET\n")
		}
		contents = append(contents, b.String())
	}
	if len(codes) > 255-firstCode {
		t.Fatal("more letters than a font of bytes has")
	}
	var cmap strings.Builder
	cmap.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange\n")
	for r, code := range codes {
		fmt.Fprintf(&cmap, "1 beginbfchar <%02x> <%04x> endbfchar\n", code, r)
	}
	cmap.WriteString("endcmap end end")
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", // the pages, once their numbers are known
		"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 0 /LastChar 255 /Widths [" + strings.Repeat("500 ", 256) + "] /ToUnicode 4 0 R >>",
		stream(cmap.String())}
	var kids strings.Builder
	for _, c := range contents {
		fmt.Fprintf(&kids, "%d 0 R ", len(objects)+1)
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", len(objects)+2),
			stream(c))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(contents))
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func stream(s string) string {
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s)
}

// gazettePages are pages as the gazette prints them: a running head, paragraphs told by their
// indent, a raised footnote number, and a footnote that runs over to the next page.
func gazettePages() [][]printed {
	const margin, indent = 64, 87
	first := []printed{
		{175, 780, 14, "CÔNG BÁO/Số 1 + 2/Ngày 05-3-2030"}, {525, 780, 14, "3"},
		{65, 740, 13, "CHÍNH PHỦ"}, {300, 740, 13, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		{65, 720, 13, "Số: 77/2030/NĐ-CP"}, {300, 700, 13, "Hà Nội, ngày 01 tháng 3 năm 2030"},
		{240, 670, 14, "NGHỊ ĐỊNH"}, {200, 650, 14, "Về ghe chở khách"},
		{indent, 630, 14, "Căn cứ Luật Ghe thuyền;"},
		{indent, 610, 14, "Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng của Nghị định"},
		{indent, 590, 14, "1. Nghị định này quy định về ghe chở khách ở cù lao, theo khoản"},
		{margin, 570, 14, "2. Sông lớn của Luật Ghe thuyền và các văn bản có liên quan tới"},
		{margin, 550, 14, "người già đi ghe."},
		{indent, 530, 14, "2."}, {97, 535, 8, "1"}, {102, 530, 14, "Áp dụng với người già từ đủ 70 tuổi trở lên đang ở cù lao"},
		{margin, 510, 14, "và người đi cùng, nếu người ấy không tự đi được hoặc mắt kém, tai"},
		{margin, 490, 14, "nặng, chân yếu hay vừa mới ra viện trong vòng một tháng trước đó."},
		{indent, 100, 8, "1"}, {92, 96, 12, "Khoản này được sửa đổi như sau, theo quy định của văn bản sửa"},
		{margin, 80, 12, "đổi, bổ sung số 5/2031/NĐ-CP:"},
	}
	second := []printed{
		{175, 780, 14, "CÔNG BÁO/Số 1 + 2/Ngày 05-3-2030"}, {65, 780, 14, "4"},
		{indent, 750, 14, "3. Người khác đi ghe thì trả tiền theo bảng do tỉnh quy định cho"},
		{margin, 730, 14, "từng bến."},
		{indent, 710, 14, "Điều 2. Hiệu lực"},
		{indent, 690, 14, "1. Nghị định này có hiệu lực từ ngày 15 tháng 4 năm 2030 và thay"},
		{margin, 670, 14, "thế mọi quy định cũ về ghe./."},
		{300, 640, 14, "TM. CHÍNH PHỦ"}, {300, 600, 14, "Nguyễn Văn Đò"},
		{indent, 100, 12, "“4. Ghe nhỏ cũng là ghe và phải theo đúng quy định này như ghe"},
		{margin, 84, 12, "lớn.”."},
	}
	return [][]printed{first, second}
}

func TestPDF(t *testing.T) {
	d := read(t, "cong-bao.pdf", pdfFile(t, gazettePages()...))
	want := `Điều 1 Phạm vi điều chỉnh và đối tượng áp dụng của Nghị định
  khoản 1 | Nghị định này quy định về ghe chở khách ở cù lao, theo khoản 2. Sông lớn của Luật Ghe thuyền và các văn bản có liên quan tới người già đi ghe.
  khoản 2 | Áp dụng với người già từ đủ 70 tuổi trở lên đang ở cù lao và người đi cùng, nếu người ấy không tự đi được hoặc mắt kém, tai nặng, chân yếu hay vừa mới ra viện trong vòng một tháng trước đó.
  khoản 3 | Người khác đi ghe thì trả tiền theo bảng do tỉnh quy định cho từng bến.
Điều 2 Hiệu lực
  khoản 1 | Nghị định này có hiệu lực từ ngày 15 tháng 4 năm 2030 và thay thế mọi quy định cũ về ghe./.
`
	if diff := cmp.Diff(want, outline(d.Units)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
	if d.Number != "77/2030/NĐ-CP" || d.Issued.String() != "2030-03-01" || d.Signer != "Nguyễn Văn Đò" || d.Notes != 4 {
		t.Errorf("number %q, issued %s, signer %q, %d lines of notes", d.Number, d.Issued, d.Signer, d.Notes)
	}
}

func TestPDFRefused(t *testing.T) {
	good := pdfFile(t, gazettePages()...)
	var r intake.Reader
	defer r.Close()
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"pictures only", pdfFile(t, nil, nil, []printed{{64, 700, 14, "Trang 3"}}), "bản quét: 3/3 trang"},
		{"broken", []byte("%PDF-1.4\nkhông phải PDF"), "PDF hỏng"},
		{"password", encrypted(good), "mật khẩu"},
	} {
		if _, err := r.Read(context.Background(), "a.pdf", test.data); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.name, err, test.want)
		}
	}
	documents, err := r.Read(context.Background(), "a.pdf", pdfFile(t, append(gazettePages(), nil)...))
	if err != nil {
		t.Fatal(err)
	}
	if got := documents[0].Doubts[0].String(); !strings.HasPrefix(got, "trang 3: trang không có chữ") {
		t.Errorf("a page without letters is noted as %q", got)
	}
}

// encrypted gives a PDF the dictionary of one that needs a password nobody has.
func encrypted(pdf []byte) []byte {
	secret := strings.Repeat("5a", 32)
	return bytes.Replace(pdf, []byte("/Root 1 0 R"), []byte("/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"+secret+"> /U <"+secret+"> >>"), 1)
}
