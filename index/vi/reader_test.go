package vi

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// law stands for our content.
var law = []string{
	"Hộ cận nghèo đóng bảo hiểm y tế bao nhiêu một năm?",
	"Hộ nghèo được hỗ trợ tiền điện không?",
	"Vay vốn 50 triệu, 500 nghìn đồng",
	"nhà em cận nghèo mua bhyt hết nhiêu hông", // as people type: not to be learnt
	"ho ngheo duoc gi",
}

func newReader(t testing.TB) *Reader {
	t.Helper()
	r, err := NewReader(slices.Values(law))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRead(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct{ typed, want string }{
		{"Hộ cận nghèo đóng bảo hiểm y tế bao nhiêu?", "Hộ cận nghèo đóng bảo hiểm y tế bao nhiêu?"},
		{"ho can ngheo dong bao hiem y te bao nhieu", "hộ cận nghèo đóng bảo hiểm y tế bao nhiêu"},
		{"hộ can nghèo dong bảo hiem", "hộ cận nghèo đóng bảo hiểm"},
		{"chuan ngheo o xa la bao nhieu", "chuẩn nghèo ở xã là bao nhiêu"},

		{"hcn dong bhyt bi nhiu 1 nam z", "hộ cận nghèo đóng bảo hiểm y tế bao nhiêu 1 năm vậy"},
		{"luong co so bi h la bn", "lương cơ sở bây giờ là bao nhiêu"},
		{"bn nam vien co dc bhyt tra k", "bệnh nhân nằm viện có được bảo hiểm y tế trả không"},
		{"vay 50tr, 500k dc k", "vay 50 triệu, 500 nghìn được không"},
		{"thu nhap 2tr5 co dc ho ngheo ko", "thu nhập 2 triệu 5 có được hộ nghèo không"},
		{"vay 50 củ", "vay 50 triệu"},
		{"du dk vay von k", "đủ điều kiện vay vốn không"},
		{"cho e hoi dk hoc nghe o dau", "cho em hỏi đăng ký học nghề ở đâu"},
		{"hộ cn mua bh", "hộ cận nghèo mua bảo hiểm"},
		{"sáng cn có làm việc ko", "sáng chủ nhật có làm việc không"},
		{"má em 80t co tien gia k", "má em 80 tuổi có tiền già không"},
		{"nd 188 noi gi ve hcn", "nghị định 188 nói gì về hộ cận nghèo"},
		{"nghi quyet 12/2023/NQ-HDND", "nghị quyết 12/2023/NQ-HDND"},
		{"rut bhxh 1 lan dc k", "rút bảo hiểm xã hội 1 lần được không"},
		{"nhcsxh cho vay xkld bn", "ngân hàng chính sách xã hội cho vay xuất khẩu lao động bao nhiêu"},

		{"hooj ngheof dduwocj hoox trowj gif", "hộ nghèo được hỗ trợ gì"},
		{"ho65 ngheo2 d9u7o7c5 gi2", "hộ nghèo được gì"},

		{"hổ trợ hộ ngèo", "hỗ trợ hộ nghèo"},
		{"bảo hễm y tế", "bảo hiểm y tế"},
		{"trợ cấp thất nghiêp", "trợ cấp thất nghiệp"},
		{"khôngggg được", "không được"},

		{"má tui bịnh nằm nhà thương, bhyt trả nhiêu dzậy", "mẹ tôi bệnh nằm bệnh viện, bảo hiểm y tế trả bao nhiêu vậy"},
		{"mấy chế cho hỏi làm hộ nghèo sao", "các chị cho hỏi làm hộ nghèo sao"},
		{"nhứt là ng già, sanh con", "nhất là người già, sinh con"},
		{"hổng biết", "không biết"},

		{"Hôm nay tôi đi chợ Cái Răng mua cá", "Hôm nay tôi đi chợ Cái Răng mua cá"},
		{"tôi tên Nguyễn Văn An, sinh năm 1990", "tôi tên Nguyễn Văn An, sinh năm 1990"},
		{"i want to buy insurance", "i want to buy insurance"},
		{"ជំរាបសួរ 👍", "ជំរាបសួរ 👍"},
		{"", ""},
	} {
		if got := r.Read(c.typed); got.Text != c.want {
			t.Errorf("Read(%q) = %q, want %q; %+v", c.typed, got.Text, c.want, got.Rewrites)
		}
	}
}

func TestReadSaysWhatItChanged(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct {
		typed string
		want  Rewrite
	}{
		{"mua bhyt", Rewrite{"bhyt", "bảo hiểm y tế", Abbreviation, false}},
		{"hộ ngheo", Rewrite{"ngheo", "nghèo", Diacritics, false}},
		{"khám bịnh", Rewrite{"bịnh", "bệnh", Southern, false}},
		{"hỗ trợ hộ ngèo", Rewrite{"ngèo", "nghèo", Slip, true}},
		{"hộ ngheof", Rewrite{"ngheof", "nghèo", Telex, false}},
	} {
		got := r.Read(c.typed)
		if !slices.Contains(got.Rewrites, c.want) || got.Original != c.typed || got.Doubtful() != c.want.Doubtful {
			t.Errorf("Read(%q) = %+v, want %+v", c.typed, got, c.want)
		}
	}
	if got := r.Read("ban"); !got.Doubtful() { // bán, bạn, bản, ban, bàn, bắn
		t.Errorf("Read of a word that may be many is not doubtful: %+v", got)
	}
}

func TestReadCutsLongTextsShort(t *testing.T) {
	r := newReader(t)
	long := strings.Repeat("ho ngheo ", 20_000)
	got := r.Read(long)
	if !strings.HasPrefix(got.Text, "hộ nghèo hộ nghèo") || !strings.HasSuffix(got.Text, "ho ngheo ") {
		t.Errorf("Read of a long text: %.40q … %q", got.Text, got.Text[len(got.Text)-20:])
	}
}

func FuzzRead(f *testing.F) {
	r := newReader(f)
	for _, s := range []string{
		"ho ngheo", "\xff\xfe", "2tr5", "k", "dc hok", "hooj", "d9", "1 k 2 k", "ជំរាប", "\U000E0041", "a\u0300\u0301",
		strings.Repeat("z", 300), "bhyt bhyt bhyt", "188/2025/NĐ-CP", "  ", "ươ ưo uơ",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := r.Read(s)
		if got.Original != s || !utf8.ValidString(got.Text) || Normalize(got.Text) != got.Text {
			t.Fatalf("Read(%q) = %+v", s, got)
		}
		if len(got.Rewrites) == 0 && got.Text != Normalize(s) {
			t.Fatalf("Read(%q) = %q without a rewrite", s, got.Text)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := newReader(b)
	for b.Loop() {
		r.Read("cho em hoi ho can ngheo di kham benh o benh vien da khoa thanh pho thi bao hiem y te tra bao nhieu phan tram")
	}
}
