package vi

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"policybot/knowledge"
)

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		text string
		want []knowledge.VND
	}{
		{"2tr5", []knowledge.VND{2_500_000}},
		{"2TR5", []knowledge.VND{2_500_000}},
		{"2 triệu rưỡi", []knowledge.VND{2_500_000}},
		{"2 trieu ruoi", []knowledge.VND{2_500_000}},
		{"2tr rưỡi", []knowledge.VND{2_500_000}},
		{"hết triệu rưỡi", []knowledge.VND{1_500_000}},
		{"500k", []knowledge.VND{500_000}},
		{"1,2 triệu", []knowledge.VND{1_200_000}},
		{"1.2tr", []knowledge.VND{1_200_000}},
		{"3.500.000đ", []knowledge.VND{3_500_000}},
		{"3.500.000 đồng", []knowledge.VND{3_500_000}},
		{"3,500,000 vnd", []knowledge.VND{3_500_000}},
		{"3.500.000", []knowledge.VND{3_500_000}},
		{"379.499 đồng", []knowledge.VND{379_499}},
		{"12 củ", []knowledge.VND{12_000_000}},
		{"12 cu", []knowledge.VND{12_000_000}},
		{"360 ngàn", []knowledge.VND{360_000}},
		{"360 nghìn đồng", []knowledge.VND{360_000}},
		{"khám hết 360000 thẻ GD", []knowledge.VND{360_000}},
		{"360000đ", []knowledge.VND{360_000}},
		{"10tr", []knowledge.VND{10_000_000}},
		{"mười triệu", []knowledge.VND{10_000_000}},
		{"muoi trieu", []knowledge.VND{10_000_000}},
		{"mười triệu hai", []knowledge.VND{10_200_000}},
		{"mười hai triệu", []knowledge.VND{12_000_000}},
		{"hai mươi lăm triệu", []knowledge.VND{25_000_000}},
		{"ba trăm sáu mươi ngàn", []knowledge.VND{360_000}},
		{"ba tram ngan", []knowledge.VND{300_000}},
		{"3 trăm ngàn", []knowledge.VND{300_000}},
		{"3 chục triệu", []knowledge.VND{30_000_000}},
		{"2 triệu 3", []knowledge.VND{2_300_000}},
		{"2 triệu 3 trả nhiêu", []knowledge.VND{2_300_000}},
		{"2tr350", []knowledge.VND{2_350_000}},
		{"2 triệu 350 ngàn", []knowledge.VND{2_350_000}},
		{"2 triệu 50 ngàn", []knowledge.VND{2_050_000}},
		{"1 tỷ 2", []knowledge.VND{1_200_000_000}},
		{"cận nghèo nằm viện 8tr tháng 11/2025 trả nhiêu", []knowledge.VND{8_000_000}},
		{"8 triệu 11/2025", []knowledge.VND{8_000_000}},
		{"8 triệu năm 2025", []knowledge.VND{8_000_000}},
		{"het 8 trieu nam vien", []knowledge.VND{8_000_000}},
		{"8 triệu ba tui trả nhiêu", []knowledge.VND{8_000_000}},
		{"8 triệu 3 ngày", []knowledge.VND{8_000_000}},
		{"nằm viện hết 10 triệu, thẻ hộ gia đình", []knowledge.VND{10_000_000}},
		{"hết 5 triệu.", []knowledge.VND{5_000_000}},
		{"5-6 triệu", []knowledge.VND{5_000_000, 6_000_000}},
		{"5 đến 6 triệu", []knowledge.VND{5_000_000, 6_000_000}},
		{"năm sáu triệu", []knowledge.VND{5_000_000, 6_000_000}},
		{"8 triệu, ngoài danh mục 2 triệu", []knowledge.VND{8_000_000, 2_000_000}},

		{"2tr50", nil},
		{"1,250 triệu", nil},
		{"", nil},
		{"quỹ trả 80%, còn 20 %", nil},
		{"nghị định 188/2025/NĐ-CP", nil},
		{"quyết định 12345/QĐ-UBND", nil},
		{"ngày 20/12/2025", nil},
		{"ngày 20.11.2026, 2026-11-23", nil},
		{"bà 76 tuổi, nhà 4 người, 12 tháng", nil},
		{"năm 2026", nil},
		{"gọi 0909123456", nil},
		{"tổng đài 19009068", nil},
		{"mã thẻ 9212345678", nil},
		{"nằm viện 3 ngày", nil},
		{"bệnh viện tỉnh cũ 12 cũ", nil},
		{"2 trạm y tế", nil},
		{"tháng 12 đóng bao nhiêu", nil},
		{"tu di 5 k biet", nil},
	} {
		if diff := cmp.Diff(c.want, Amounts(c.text)); diff != "" {
			t.Errorf("Amounts(%q), wanted and got:\n%s", c.text, diff)
		}
	}
}

func FuzzAmounts(f *testing.F) {
	for _, s := range []string{"2tr5", "2 triệu rưỡi", "mười triệu hai", "5-6 triệu", "999999999999 tỷ", "3.500.000đ", "hai trăm lẻ năm ngàn"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, v := range Amounts(text) {
			if v <= 0 || v > mostMoney {
				t.Errorf("Amounts(%q) has %d", text, v)
			}
		}
	})
}

// TestAmountsReadsBack: what the bot writes is read as the same sum.
func TestAmountsReadsBack(t *testing.T) {
	for _, v := range []knowledge.VND{1_000, 67_050, 379_499, 2_530_000, 13_600_000, 999_999_999} {
		if diff := cmp.Diff([]knowledge.VND{v}, Amounts("mình trả "+v.String()+" nghe")); diff != "" {
			t.Errorf("%s, wanted and got:\n%s", v, diff)
		}
	}
}
