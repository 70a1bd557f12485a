package intake_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policybot/knowledge"
	"policybot/knowledge/intake"
)

func TestDecree(t *testing.T) {
	d := read(t, "nghi-dinh.txt", []byte(decree))
	if diff := cmp.Diff(decreeOutline, outline(d.Units)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
	date := func(s string) knowledge.Date {
		d, err := knowledge.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, field := range []struct {
		name      string
		got, want any
	}{
		{"ID", d.ID, knowledge.DocumentID("nd-77-2030")},
		{"number", d.Number, "77/2030/NĐ-CP"},
		{"kind", d.Kind, knowledge.Decree},
		{"title", d.Title, "Quy định về ghe chở khách miễn phí cho người già ở cù lao"},
		{"issuer", d.Issuer, "Chính phủ"},
		{"issued", d.Issued, date("2030-03-01")},
		{"in force", d.InForce, knowledge.Period{From: date("2030-04-15")}},
		{"signer", d.Signer, "Nguyễn Văn Đò"},
		{"pages", d.Pages, 2},
		{"annexes", len(d.Annexes), 1},
		{"place", d.Place(), knowledge.National},
	} {
		if field.got != field.want {
			t.Errorf("%s is %v, want %v", field.name, field.got, field.want)
		}
	}
	if len(d.Effects) != 1 || d.Effects[0].Period.From != date("2031-01-01") || strings.Join(d.Effects[0].Paths, " ") != "d2/k1" {
		t.Errorf("effects are %+v, want d2/k1 from 2031-01-01", d.Effects)
	}
}

func TestReferences(t *testing.T) {
	d := read(t, "nghi-dinh.txt", []byte(decree))
	var got []string
	for _, r := range d.References {
		got = append(got, string(r.Tie)+" "+string(r.ID()))
	}
	want := []string{"rests-on luat-12-2029", "amends nd-5-2020", "replaces nd-9-2021"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("references (-want +got):\n%s", diff)
	}
}

func TestAmendments(t *testing.T) {
	d := read(t, "nghi-dinh.txt", []byte(decree))
	var got []string
	for _, a := range d.Amendments {
		got = append(got, strings.Join([]string{a.Number, a.Path, a.By, a.Text}, " | "))
	}
	want := []string{
		"5/2020/NĐ-CP | d4 | d3/k1 | Vé",
		"5/2020/NĐ-CP | d4/k1 | d3/k1 | Vé 10.000 đồng một lượt.",
		"5/2020/NĐ-CP | d4/k2 | d3/k1 | Trẻ em 5.000 đồng",
		"5/2020/NĐ-CP | d6/k2/c | d3/k2 | Người mù",
		"5/2020/NĐ-CP | d7/k3 | d3/k3 | ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("amendments (-want +got):\n%s", diff)
	}
}

// Each text is what stands between the head and the signature; the outline says what is taken for a
// unit, and doubts are the beginnings of what must be noted.
func TestTree(t *testing.T) {
	for _, test := range []struct {
		name, text, want string
		doubts           []string
	}{
		{
			name: "a number that does not follow is text",
			text: "Điều 1. Một\n1. A.\n2. B.\n9. C.\n3. D.\nĐiều 12. Xa.\nĐiều 2. Hai\n",
			want: "Điều 1 Một\n  khoản 1 | A.\n  khoản 2 | B. ⏎ 9. C.\n  khoản 3 | D. ⏎ Điều 12. Xa.\nĐiều 2 Hai\n",
			doubts: []string{
				"đoạn 9: dòng “9. C.”", "đoạn 11: dòng “Điều 12. Xa.”",
			},
		},
		{
			name: "articles put in later",
			text: "Điều 7. Bảy.\nĐiều 1. Một\nĐiều 1a. Một a\n1. A.\n1a. A a.\n2. B.\na) x;\nđ) y;\nb) z;\nĐiều 1b. Một b\nĐiều 2. Hai.\n",
			want: "Điều 1 Một\nĐiều 1a Một a\n  khoản 1 | A.\n  khoản 1a | A a.\n  khoản 2 | B.\n    điểm a | x; ⏎ đ) y;\n    điểm b | z;\nĐiều 1b Một b\nĐiều 2 | Hai.\n",
			doubts: []string{
				"đoạn 6: dòng “Điều 7. Bảy.”", "đoạn 13: dòng “đ) y;”",
			},
		},
		{
			name: "quotations inside quotations",
			text: "Điều 1. Sửa đổi Nghị định số 5/2020/NĐ-CP\n1. Sửa đổi Điều 2 như sau:\n“Điều 2. Từ “ghe”\n1. “Ghe” là thuyền.\n2. Xuồng.”.\n2. Thay cụm từ “ghe\n3. tàu” bằng cụm từ “đò”.\nĐiều 2. Hết.\n",
			want: "Điều 1 Sửa đổi Nghị định số 5/2020/NĐ-CP\n  khoản 1 | Sửa đổi Điều 2 như sau: ⏎ “Điều 2. Từ “ghe” ⏎ 1. “Ghe” là thuyền. ⏎ 2. Xuồng.”.\n  khoản 2 | Thay cụm từ “ghe 3. tàu” bằng cụm từ “đò”.\nĐiều 2 | Hết.\n",
		},
		{
			name:   "a closing mark is missing",
			text:   "Điều 1. Sửa đổi Nghị định số 5/2020/NĐ-CP\n1. Sửa đổi Điều 5 như sau:\n“Điều 5. Vé\n1. Vé thường.\n2. Sửa đổi Điều 6 như sau:\n“Điều 6. Bến.”.\nĐiều 2. Hết.\n",
			want:   "Điều 1 Sửa đổi Nghị định số 5/2020/NĐ-CP\n  khoản 1 | Sửa đổi Điều 5 như sau: ⏎ “Điều 5. Vé 1. Vé thường. ⏎ 2. Sửa đổi Điều 6 như sau: ⏎ “Điều 6. Bến.”.\nĐiều 2 | Hết.\n",
			doubts: []string{"đoạn 12: Điều 2 nằm sau một dấu ngoặc kép chưa đóng"},
		},
		{
			name:   "a closing mark is missing before the next instruction",
			text:   "Điều 1. Sửa đổi Nghị định số 5/2020/NĐ-CP\n1. Sửa đổi Điều 5 như sau:\n“Điều 5. Vé.\n2. Sửa đổi, bổ sung khoản 3 Điều 6 như sau:\n“3. Bến.”.\nĐiều 2. Hết.\n",
			want:   "Điều 1 Sửa đổi Nghị định số 5/2020/NĐ-CP\n  khoản 1 | Sửa đổi Điều 5 như sau: ⏎ “Điều 5. Vé.\n  khoản 2 | Sửa đổi, bổ sung khoản 3 Điều 6 như sau: ⏎ “3. Bến.”.\nĐiều 2 | Hết.\n",
			doubts: []string{"đoạn 9: khoản 2 nằm sau một dấu ngoặc kép chưa đóng (đoạn 8)"},
		},
		{
			name:   "an opening mark is missing",
			text:   "Điều 1. Sửa đổi Nghị định số 5/2020/NĐ-CP\n1. Sửa đổi Điều 5 như sau:\nĐiều 5. Vé\n1. Vé thường.\na) rẻ.”.\n2. Bãi bỏ Điều 6.\nĐiều 2. Hết.\n",
			want:   "Điều 1 Sửa đổi Nghị định số 5/2020/NĐ-CP\n  khoản 1 | Sửa đổi Điều 5 như sau: ⏎ Điều 5. Vé 1. Vé thường. ⏎ a) rẻ.”.\n  khoản 2 | Bãi bỏ Điều 6.\nĐiều 2 | Hết.\n",
			doubts: []string{"đoạn 8: “Điều 5. Vé” theo sau “như sau:” mà không có dấu mở ngoặc kép"},
		},
		{
			name: "money and dates at the beginning of a line",
			text: "Điều 1. Mức\n1. Mức hỗ trợ là\n1.800.000 đồng từ ngày\n30 tháng 9.\n2. Mức khác.\n",
			want: "Điều 1 Mức\n  khoản 1 | Mức hỗ trợ là 1.800.000 đồng từ ngày 30 tháng 9.\n  khoản 2 | Mức khác.\n",
		},
		{
			name: "how older documents number",
			text: "Điều 1.- Một:\n1- A.\n2/ B:\na/ x;\nb. y.\nĐiều 2\nHai.\n",
			want: "Điều 1 | Một:\n  khoản 1 | A.\n  khoản 2 | B:\n    điểm a | x;\n    điểm b | y.\nĐiều 2 | Hai.\n",
		},
		{
			name:   "a table of contents",
			text:   "Chương I. GHE\nĐiều 1. Một\nĐiều 2. Hai\nChương I. GHE\nĐiều 1. Một\nGhe.\nĐiều 2. Hai\nĐò.\n",
			want:   "Chương I GHE\n  Điều 1 Một | Ghe.\n  Điều 2 Hai | Đò.\n",
			doubts: []string{"đoạn 9: trước đó là mục lục"},
		},
		{
			name:   "a repealed article beside the new numbers",
			text:   "Điều 1. Một.\nĐiều 2. (được bãi bỏ)\nĐiều 2. Hai.\nĐiều 3. Ba.\n",
			want:   "Điều 1 | Một.\nĐiều 2 | Hai.\nĐiều 3 | Ba.\n",
			doubts: []string{"đoạn 7: “Điều 2 (được bãi bỏ)”"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			head := "Số: 1/2030/NĐ-CP\nHà Nội, ngày 01 tháng 3 năm 2030\nNGHỊ ĐỊNH\nVề ghe\nCăn cứ Luật Ghe thuyền;\n"
			d := read(t, "a.txt", []byte(head+test.text+"TM. CHÍNH PHỦ\n"))
			if diff := cmp.Diff(test.want, outline(d.Units)); diff != "" {
				t.Errorf("tree (-want +got):\n%s", diff)
			}
			var noted []string
			for _, doubt := range d.Doubts {
				if doubt.Place != (intake.Place{}) {
					noted = append(noted, doubt.String())
				}
			}
			if len(noted) != len(test.doubts) {
				t.Fatalf("doubts are %q, want %d", noted, len(test.doubts))
			}
			for i, begin := range test.doubts {
				if !strings.HasPrefix(noted[i], begin) {
					t.Errorf("doubt %q, want one that begins %q", noted[i], begin)
				}
			}
		})
	}
}

// A resolution of the city: its number is no more than one of many of the same, so the ID says
// whose it is.
func TestLocalDocument(t *testing.T) {
	d := read(t, "nq.txt", []byte(`HỘI ĐỒNG NHÂN DÂN
THÀNH PHỐ CẦN THƠ
Số: 12/2030/NQ-HĐND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Cần Thơ, ngày 08 tháng 12 năm 2030
NGHỊ QUYẾT
Quy định mức hỗ trợ tiền đi ghe trên địa bàn thành phố Cần Thơ
HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ CẦN THƠ
KHÓA XI, KỲ HỌP THỨ BA
Căn cứ Luật Ghe thuyền;
Hội đồng nhân dân thành phố Cần Thơ ban hành Nghị quyết quy định mức hỗ trợ.
QUYẾT NGHỊ:
Điều 1. Mức hỗ trợ
Mức hỗ trợ là 50.000 đồng.
Điều 2. Tổ chức thực hiện
1. Nghị quyết này có hiệu lực từ ngày 01 tháng 01 năm 2031.
2. Nghị quyết này đã được Hội đồng nhân dân thành phố thông qua.
Nghị quyết này đã được Hội đồng nhân dân thành phố Cần Thơ khóa XI thông qua ngày 08 tháng 12 năm 2030./.
CHỦ TỊCH
Nguyễn Văn Ghe
`))
	if d.ID != "nq-12-2030-hdnd-cantho" || d.Kind != knowledge.Resolution || d.Issuer != "Hội đồng nhân dân thành phố Cần Thơ" || d.Place() != knowledge.Cantho ||
		d.Title != "Quy định mức hỗ trợ tiền đi ghe trên địa bàn thành phố Cần Thơ" || d.Signer != "Nguyễn Văn Ghe" || d.InForce.From.String() != "2031-01-01" {
		t.Errorf("read as %s, %s, %q, %q, %s, signed by %q, in force %v", d.ID, d.Kind, d.Issuer, d.Title, d.Place(), d.Signer, d.InForce)
	}
	if got := intake.Count(d.Units, intake.Clause); got != 2 {
		t.Errorf("%d clauses, want 2:\n%s", got, outline(d.Units))
	}
}
