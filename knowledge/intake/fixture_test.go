package intake_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"policybot/knowledge/intake"
)

// read reads one document from the bytes of a file, and fails the test when it is refused.
func read(t *testing.T, name string, data []byte) *intake.Document {
	t.Helper()
	var r intake.Reader
	defer r.Close()
	documents, err := r.Read(context.Background(), name, data)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(documents) != 1 {
		t.Fatalf("%s: %d documents, want 1", name, len(documents))
	}
	return documents[0]
}

// outline prints a tree one unit a line, indented: "Điều 1 Phạm vi | text".
func outline(units []*intake.Unit) string {
	var b strings.Builder
	for path, u := range intake.All(units) {
		fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", len(path)), u.Name())
		if u.Title != "" {
			fmt.Fprintf(&b, " %s", u.Title)
		}
		if u.Text != "" {
			fmt.Fprintf(&b, " | %s", strings.ReplaceAll(u.Text, "\n", " ⏎ "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// decree is a made-up decree as plain text: running heads, page numbers, a head in two columns,
// lines broken by hand, words quoted for another document.
const decree = `
2
CÔNG BÁO/Số 11 + 12/Ngày 05-3-2030

CHÍNH PHỦ
Số: 77/2030/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 01 tháng 3 năm 2030
NGHỊ ĐỊNH
Quy định về ghe chở khách miễn phí
cho người già ở cù lao
Căn cứ Luật Ghe thuyền số 12/2029/QH17 ngày 02 tháng 02 năm 2029;
Theo đề nghị của Bộ trưởng Bộ Sông nước;
Chính phủ ban hành Nghị định quy định về ghe chở khách.
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về ghe chở khách theo quy định tại
Điều 5 của Luật Ghe thuyền.
Điều 2. Đối tượng
1. Người từ đủ 70 tuổi trở lên;
2. Người đi cùng, gồm:
a) Vợ hoặc chồng;
b) Con, theo quy định tại điểm
a khoản này;
Người ký: CỔNG THÔNG TIN
Email: thong.tin@example.vn
Cơ quan: VĂN PHÒNG
Thời gian ký: 06.03.2030 10:00:00 +07:00
` + "\f" + `
CÔNG BÁO/Số 11 + 12/Ngày 05-3-2030
3
c) Cháu.
Chương II
TỔ CHỨC
Mục 1
KINH PHÍ
Điều 3. Sửa đổi, bổ sung một số điều của Nghị định số 5/2020/NĐ-CP
1. Sửa đổi, bổ sung Điều 4 như sau:
“Điều 4. Vé
1. Vé 10.000 đồng một lượt.
2. Trẻ em 5.000 đồng.”.
2. Bổ sung điểm c vào sau điểm b khoản 2 Điều 6 như sau:
“c) Người mù.”.
3. Bãi bỏ khoản 3 Điều 7.
Điều 4. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 15 tháng 4 năm 2030.
2. Quy định tại khoản 1 Điều 2 của Nghị định này có hiệu lực từ ngày 01 tháng 01 năm 2031.
3. Nghị định này thay thế Nghị định số 9/2021/NĐ-CP ngày 03 tháng 4 năm 2021 của Chính phủ./.
TM. CHÍNH PHỦ
THỦ TƯỚNG
Nguyễn Văn Đò
PHỤ LỤC
Điều 1. Người đi ghe cam kết giữ trật tự.
`

const decreeOutline = `Chương I QUY ĐỊNH CHUNG
  Điều 1 Phạm vi điều chỉnh | Nghị định này quy định về ghe chở khách theo quy định tại Điều 5 của Luật Ghe thuyền.
  Điều 2 Đối tượng
    khoản 1 | Người từ đủ 70 tuổi trở lên;
    khoản 2 | Người đi cùng, gồm:
      điểm a | Vợ hoặc chồng;
      điểm b | Con, theo quy định tại điểm a khoản này;
      điểm c | Cháu.
Chương II TỔ CHỨC
  Mục 1 KINH PHÍ
    Điều 3 Sửa đổi, bổ sung một số điều của Nghị định số 5/2020/NĐ-CP
      khoản 1 | Sửa đổi, bổ sung Điều 4 như sau: ⏎ “Điều 4. Vé 1. Vé 10.000 đồng một lượt. ⏎ 2. Trẻ em 5.000 đồng.”.
      khoản 2 | Bổ sung điểm c vào sau điểm b khoản 2 Điều 6 như sau: ⏎ “c) Người mù.”.
      khoản 3 | Bãi bỏ khoản 3 Điều 7.
    Điều 4 Hiệu lực thi hành
      khoản 1 | Nghị định này có hiệu lực thi hành từ ngày 15 tháng 4 năm 2030.
      khoản 2 | Quy định tại khoản 1 Điều 2 của Nghị định này có hiệu lực từ ngày 01 tháng 01 năm 2031.
      khoản 3 | Nghị định này thay thế Nghị định số 9/2021/NĐ-CP ngày 03 tháng 4 năm 2021 của Chính phủ./.
`

// wordFile packs parts into a Word file.
func wordFile(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	data, err := packed(parts)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func packed(parts map[string]string) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range parts {
		f, err := w.Create(name)
		if err != nil {
			return nil, err
		}
		if _, err := f.Write([]byte(text)); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// wordBody wraps paragraphs, given as XML, into word/document.xml.
func wordBody(paragraphs ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
		strings.Join(paragraphs, "") + `</w:body></w:document>`
}

func para(s string) string { return `<w:p><w:r><w:t xml:space="preserve">` + s + `</w:t></w:r></w:p>` }

func bold(s string) string {
	return `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">` + s + `</w:t></w:r></w:p>`
}

func listed(list, level int, s string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, level, list, s)
}
