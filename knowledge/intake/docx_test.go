package intake_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policybot/knowledge/intake"
)

const numberingXML = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

const wordHead = `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>BỘ SÔNG NƯỚC</w:t></w:r></w:p><w:p><w:r><w:t>Số: 8/2030/TT-BSN</w:t></w:r></w:p></w:tc>` +
	`<w:tc><w:p><w:r><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t></w:r></w:p><w:p><w:r><w:t>Hà Nội, ngày 05 tháng 6 năm 2030</w:t></w:r></w:p></w:tc></w:tr></w:tbl>` +
	`<w:p><w:r><w:t>THÔNG TƯ</w:t></w:r></w:p><w:p><w:r><w:t>Hướng dẫn đi ghe</w:t></w:r></w:p><w:p><w:r><w:t>Căn cứ Luật Ghe thuyền;</w:t></w:r></w:p>`

func TestWordNumbers(t *testing.T) {
	d := read(t, "thong-tu.docx", wordFile(t, map[string]string{
		"word/numbering.xml": numberingXML,
		"word/styles.xml":    `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`,
		"word/document.xml": wordBody(wordHead,
			`<w:p><w:pPr><w:pStyle w:val="Dieu"/></w:pPr><w:r><w:t>Ghe lớn</w:t></w:r></w:p>`,
			listed(1, 1, "Ghe chở trên 10 người, gồm:"),
			listed(1, 2, "ghe máy;"),
			listed(1, 2, "ghe chèo."),
			listed(1, 1, "Ghe khác."),
			listed(1, 0, "Ghe nhỏ"),
			listed(1, 1, "Xuồng:"),
			listed(1, 2, "một;"), listed(1, 2, "hai;"), listed(1, 2, "ba;"), listed(1, 2, "bốn;"), listed(1, 2, "năm;"), listed(1, 2, "sáu;"), listed(1, 2, "bảy."),
			bold("Điều 3. Hiệu lực"),
			para("Thông tư này có hiệu lực sau 45 ngày, kể từ ngày ký."),
			para("BỘ TRƯỞNG"), para("Lê Thị Xuồng"),
		),
	}))
	want := `Điều 1 Ghe lớn
  khoản 1 | Ghe chở trên 10 người, gồm:
    điểm a | ghe máy;
    điểm b | ghe chèo.
  khoản 2 | Ghe khác.
Điều 2 Ghe nhỏ
  khoản 1 | Xuồng:
    điểm a | một;
    điểm b | hai;
    điểm c | ba;
    điểm d | bốn;
    điểm e | năm;
    điểm f | sáu;
    điểm g | bảy.
Điều 3 Hiệu lực | Thông tư này có hiệu lực sau 45 ngày, kể từ ngày ký.
`
	if diff := cmp.Diff(want, outline(d.Units)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
	if d.Number != "8/2030/TT-BSN" || d.Issuer != "Bộ sông nước" || d.Signer != "Lê Thị Xuồng" || d.ID != "tt-8-2030-bsn" {
		t.Errorf("number %q, issuer %q, signer %q, ID %q", d.Number, d.Issuer, d.Signer, d.ID)
	}
	if got := d.InForce.From.String(); got != "2030-07-20" { // 5 June and 45 days
		t.Errorf("in force from %s, want 2030-07-20", got)
	}
}

// What Word shows after accepting all changes is read; tables, raised footnote numbers and what
// old programs get instead of drawings are no text of their own.
func TestWordOddities(t *testing.T) {
	d := read(t, "thong-tu.docx", wordFile(t, map[string]string{"word/document.xml": wordBody(wordHead,
		`<w:p><w:r><w:t>Điều 1. </w:t></w:r><w:ins><w:r><w:t>Ghe mới</w:t></w:r></w:ins><w:del><w:r><w:delText>Ghe cũ</w:delText></w:r></w:del><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r></w:p>`,
		`<w:p><w:r><w:t>1. Sàn từ 4 m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>`,
		`<w:moveFrom><w:p><w:r><w:t>2. Đã dời đi.</w:t></w:r></w:p></w:moveFrom>`,
		`<w:tbl><w:tr><w:tc>`+para("2. Trong bảng")+`</w:tc></w:tr></w:tbl>`,
		`<w:p><w:r><w:t>2. Dài</w:t></w:r><w:r><w:br/><w:t>xuống dòng.</w:t></w:r></w:p>`,
	)}))
	want := "Điều 1 Ghe mới\n  khoản 1 | Sàn từ 4 m². ⏎ 2. Trong bảng\n  khoản 2 | Dài ⏎ xuống dòng.\n"
	if diff := cmp.Diff(want, outline(d.Units)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
	if len(d.Doubts) == 0 || !strings.Contains(d.Doubts[0].Text, "track changes") {
		t.Errorf("doubts are %v, want the tracked changes first", d.Doubts)
	}
}

func TestWordRefused(t *testing.T) {
	bomb := wordFile(t, map[string]string{"word/document.xml": wordBody(para("Điều 1." + strings.Repeat(" ", 65<<20)))})
	if len(bomb) > 1<<20 {
		t.Fatalf("the bomb has %d bytes, which is no bomb", len(bomb))
	}
	var many bytes.Buffer
	w := zip.NewWriter(&many)
	for range 10_001 {
		if _, err := w.Create("word/document.xml"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	good := wordFile(t, map[string]string{"word/document.xml": wordBody(para("Điều 1. Một"))})
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"bomb", bomb, "phình to bất thường"},
		{"many parts", many.Bytes(), "10001 mục"},
		{"entities", wordFile(t, map[string]string{"word/document.xml": `<!DOCTYPE a [<!ENTITY b "cc">]><w:document xmlns:w="x/wordprocessingml/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`}), "tệp Word hỏng"},
		{"nesting", wordFile(t, map[string]string{"word/document.xml": strings.Repeat("<a>", 1000)}), "phình to bất thường"},
		{"cut off", good[:len(good)/2], "tệp Word hỏng"},
		{"no document", wordFile(t, map[string]string{"word/documents.xml": "<a/>"}), "tệp Word hỏng"},
		{"no XML", wordFile(t, map[string]string{"word/document.xml": "<w:p"}), "tệp Word hỏng"},
		{"a spreadsheet", wordFile(t, map[string]string{"xl/workbook.xml": "<a/>"}), "tệp nén ZIP"},
		{"no law", wordFile(t, map[string]string{"word/document.xml": wordBody(para("Danh sách đi chợ"))}), "không thấy số hiệu"},
	} {
		var r intake.Reader
		_, err := r.Read(context.Background(), "a.docx", test.data)
		if _, refused := errors.AsType[*intake.RefusedError](err); !refused || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want a refusal with %q", test.name, err, test.want)
		}
	}
}
