package intake_test

import (
	"context"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"policybot/knowledge/intake"
)

const page = `<!DOCTYPE html><html><head><title>Quyết định 3/2030/QĐ-TTg</title><style>p{}</style></head><body>
<nav><p>Điều 9. Trang chủ</p></nav>
<div style="display: none">Điều 8. Ẩn</div>
<table><tr><td><p><b>THỦ TƯỚNG CHÍNH PHỦ</b></p><p>Số: 3/2030/QĐ-TTg</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p><i>Hà Nội, ngày 1 tháng 2 năm 2030</i></p></td></tr></table>
<p align=center><b>QUYẾT ĐỊNH</b></p><p><b>Về tiền đi đò</b></p><p>_______</p>
<p>Căn cứ Luật Ghe thuyền;</p>
<table width=100%><tr><td>
<p><b>Điều 1. Tiền đò<sup>[1]</sup></b>
<p>1.<a href="#_ftn1">[1]</a>Người già được miễn tiền đò
<p>2. Người khác trả theo bảng:
<table><tr><td><p>1. Sang ngang</p></td><td><p>5.000 đồng</p></td></tr><tr><td><p>3. Qua cồn</p></td></tr></table>
<p>a) trả trước;<br>b) trả sau.</i></span></b>
<p><b>Điều 2. Hiệu lực</b>
<p>Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 4/2019/QĐ-TTg.
</td></tr></table>
<p>THỦ TƯỚNG</p><p>Trần Văn Lái</p>
<script>Điều 3. Mã</script></body></html>`

func TestWebPage(t *testing.T) {
	d := read(t, "trang.html", []byte(page))
	want := `Điều 1 Tiền đò
  khoản 1 | Người già được miễn tiền đò
  khoản 2 | Người khác trả theo bảng: ⏎ 1. Sang ngang ⏎ 5.000 đồng ⏎ 3. Qua cồn
    điểm a | trả trước;
    điểm b | trả sau.
Điều 2 Hiệu lực | Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 4/2019/QĐ-TTg.
`
	if diff := cmp.Diff(want, outline(d.Units)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
	if d.Title != "Về tiền đi đò" || d.Issuer != "Thủ tướng Chính phủ" || d.InForce.From.String() != "2030-02-01" || d.Signer != "Trần Văn Lái" {
		t.Errorf("title %q, issuer %q, in force %v, signer %q", d.Title, d.Issuer, d.InForce, d.Signer)
	}
	var replaced []string
	for _, r := range d.References {
		if r.Tie == intake.Replaces {
			replaced = append(replaced, string(r.ID()))
		}
	}
	if strings.Join(replaced, " ") != "qd-4-2019-ttg" {
		t.Errorf("replaces %v, want qd-4-2019-ttg", replaced)
	}
}

// Pages saved by Windows as Unicode are UTF-16.
func TestWebPageInUTF16(t *testing.T) {
	data := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(page)) {
		data = binary.LittleEndian.AppendUint16(data, u)
	}
	d := read(t, "trang.html", data)
	if d.Title != "Về tiền đi đò" || intake.Count(d.Units, intake.Article) != 2 {
		t.Errorf("title %q, %d articles", d.Title, intake.Count(d.Units, intake.Article))
	}
}

const codexPage = `<link href='style.css' rel='stylesheet' /><h3>Đề mục 99.1<br/>Ghe thuyền</h3>
<div class='_content'><p class='pChuong'>Chương I</p><p class='pChuong'>CHUNG</p>
<p class='pDieu'>Điều 99.1.LQ.3. Ghe</p><p class='pGhiChu'>(Điều 3 Luật số 12/2029/QH17 Ghe thuyền ngày 02/02/2029 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2030)</p>
<p class='pNoiDung'><p>1. Ghe máy.</p><p>2. Ghe chèo:</p><p>a) một chèo;</p></p><p class='pChiDan'>(Điều này có nội dung liên quan đến Điều 5.)</p>
<p class='pDieu'>Điều 99.1.NĐ.1.1. Bến</p><p class='pGhiChu'>(Điều 1 Nghị định số 77/2030/NĐ-CP sửa đổi Nghị định số 5/2020/NĐ-CP ngày 01 tháng 3 năm 2020 của Chính phủ về bến ngày 20/02/2030 của Chính phủ, có hiệu lực thi hành kể từ ngày 15/04/2030)</p>
<p class='pNoiDung'><p>Bến là nơi ghe đậu.</p></p>
<p class='pDieu'>Điều 99.1.LQ.5. Lái</p><p class='pGhiChu'>(Điều 5 Luật số 12/2029/QH17, có hiệu lực thi hành kể từ ngày 01/01/2030)</p>
<p class='pNoiDung'><p>Người lái.</p><p>1. Già.</p><p>2.</p><p>3. Trẻ.</p></p>
<p class='pDieu'>Điều 99.1.LQ.6. Lạc</p><p class='pGhiChu'>(không rõ)</p><p>Chữ này không của ai.</p></div>`

func TestCodexPage(t *testing.T) {
	var r intake.Reader
	documents, err := r.Read(context.Background(), "phap-dien.html", []byte(codexPage))
	if err != nil {
		t.Fatal(err)
	}
	if len(documents) != 2 {
		t.Fatalf("%d documents, want the law and the decree", len(documents))
	}
	law, nd := documents[0], documents[1]
	if diff := cmp.Diff("Điều 3 Ghe\n  khoản 1 | Ghe máy.\n  khoản 2 | Ghe chèo:\n    điểm a | một chèo;\nĐiều 5 Lái | Người lái.\n  khoản 1 | Già.\n  khoản 2\n  khoản 3 | Trẻ.\n", outline(law.Units)); diff != "" {
		t.Errorf("law (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("Điều 1 Bến | Bến là nơi ghe đậu.\n", outline(nd.Units)); diff != "" {
		t.Errorf("decree (-want +got):\n%s", diff)
	}
	if law.ID != "luat-12-2029" || law.Title != "Luật Ghe thuyền" || law.Issued.String() != "2029-02-02" || law.InForce.From.String() != "2030-01-01" {
		t.Errorf("law is %s %q of %s in force %v", law.ID, law.Title, law.Issued, law.InForce)
	}
	if nd.ID != "nd-77-2030" || nd.Issued.String() != "2030-02-20" || nd.Issuer != "Chính phủ" {
		t.Errorf("decree is %s of %s by %q, not of the day of the one it amends", nd.ID, nd.Issued, nd.Issuer)
	}
}
