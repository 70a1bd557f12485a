package vi_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"policybot/index/vi"
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

		{"mười triệu hai trăm", []knowledge.VND{10_200_000}},
		{"muoi trieu hai tram", []knowledge.VND{10_200_000}},
		{"2 triệu 3 trăm", []knowledge.VND{2_300_000}},
		{"mười triệu hai trăm năm mươi ngàn", []knowledge.VND{10_250_000}},
		{"một tỷ hai trăm triệu", []knowledge.VND{1_200_000_000}},
		{"một tỷ hai trăm triệu rưỡi", []knowledge.VND{1_200_500_000}},
		{"nửa triệu", []knowledge.VND{500_000}},
		{"hết 8 triệu rưỡi bạc", []knowledge.VND{8_500_000}},

		{"2 triệu 3 trăm người", nil},
		{"mười triệu hai thẻ hộ gia đình", nil}, // two cards, or a fifth of a million
		{"2tr50", nil},
		{"5-6tr50", nil},
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
		if diff := cmp.Diff(c.want, vi.Amounts(c.text)); diff != "" {
			t.Errorf("Amounts(%q), wanted and got:\n%s", c.text, diff)
		}
	}
}

func TestSumsTellsWhatIsAround(t *testing.T) {
	type around struct {
		amount        knowledge.VND
		before, after string
		ranged        bool
	}
	for _, c := range []struct {
		text string
		want []around
	}{
		{"Nằm viện 8tr, ngoài danh mục 2 triệu nữa", []around{{8_000_000, "nam vien ", ", ngoai danh muc ", false}, {2_000_000, ", ngoai danh muc ", "nua", false}}},
		{"chừng 5-6 triệu thôi", []around{{5_000_000, "chung ", "thoi", true}, {6_000_000, "chung ", "thoi", true}}},
		{"3.500.000đ", []around{{3_500_000, "", "", false}}},
	} {
		var got []around
		for _, s := range vi.Sums(c.text) {
			got = append(got, around{s.Amount, s.Before, s.After, s.Ranged})
		}
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(around{})); diff != "" {
			t.Errorf("Sums(%q), wanted and got:\n%s", c.text, diff)
		}
	}
}

func FuzzAmounts(f *testing.F) {
	for _, s := range []string{"2tr5", "2 triệu rưỡi", "mười triệu hai", "5-6 triệu", "999999999999 tỷ", "3.500.000đ", "hai trăm lẻ năm ngàn"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, v := range vi.Amounts(text) {
			if v <= 0 || v > 1_000_000_000_000 {
				t.Errorf("Amounts(%q) has %d", text, v)
			}
		}
	})
}

// said spells a number below a thousand as people say it.
func said(n int) string {
	digits := []string{"", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}
	hundreds, tens, ones := n/100, n/10%10, n%10
	var words []string
	if hundreds > 0 {
		words = append(words, digits[hundreds], "trăm")
	}
	last := digits[ones]
	switch {
	case tens == 0 && ones > 0 && hundreds > 0:
		words = append(words, "lẻ")
	case tens == 1:
		words = append(words, "mười")
	case tens > 1:
		words = append(words, digits[tens], "mươi")
	}
	switch {
	case ones == 5 && tens > 0:
		last = "lăm"
	case ones == 1 && tens > 1:
		last = "mốt"
	}
	return strings.Join(append(words, last), " ")
}

// waysToWrite are the ways in which people write a sum.
func waysToWrite(v knowledge.VND) []string {
	millions, rest := int(v/1_000_000), int(v%1_000_000)
	thousands := rest / 1_000
	ways := []string{v.String(), v.Digits() + "đ", v.Digits() + " vnđ", strings.ReplaceAll(v.Digits(), ".", ",") + " đồng", strconv.Itoa(int(v)) + "đ"}
	if v%1_000 == 0 {
		ways = append(ways, fmt.Sprintf("%dk", v/1_000), fmt.Sprintf("%d ngàn", v/1_000), fmt.Sprintf("%d nghìn đồng", v/1_000))
	}
	switch {
	case v%1_000 != 0:
	case millions == 0:
		ways = append(ways, said(thousands)+" ngàn")
	case thousands == 0:
		ways = append(ways, fmt.Sprintf("%dtr", millions), fmt.Sprintf("%d triệu", millions), fmt.Sprintf("%d củ", millions), said(millions)+" triệu")
	default:
		ways = append(ways, fmt.Sprintf("%d triệu %d ngàn", millions, thousands), fmt.Sprintf("%dtr%03d", millions, thousands),
			fmt.Sprintf("%s triệu %s ngàn", said(millions), said(thousands)))
	}
	if tenths := thousands / 100; v%100_000 == 0 && millions > 0 && tenths > 0 {
		ways = append(ways, fmt.Sprintf("%dtr%d", millions, tenths), fmt.Sprintf("%d,%d triệu", millions, tenths), fmt.Sprintf("%d.%dtr", millions, tenths),
			fmt.Sprintf("%d triệu %d", millions, tenths), fmt.Sprintf("%s triệu %s trăm", said(millions), said(tenths)))
		if tenths == 5 {
			ways = append(ways, fmt.Sprintf("%d triệu rưỡi", millions), fmt.Sprintf("%dtr rưỡi", millions), fmt.Sprintf("%d củ rưỡi", millions))
		}
	}
	return ways
}

// TestAmountsReadsBack: a sum written in any of its ways, with marks and without, is read as that sum,
// and what the bot writes is too.
func TestAmountsReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		grain := rapid.SampledFrom([]int64{1, 1_000, 100_000, 500_000, 1_000_000}).Draw(t, "grain")
		v := knowledge.VND(grain * rapid.Int64Range(max(1, 10_000/grain), 999_000_000/grain).Draw(t, "count"))
		for _, way := range waysToWrite(v) {
			for _, text := range []string{way, vi.Fold(way), strings.ToUpper(way), "nằm viện hết " + way + ", thẻ hộ gia đình"} {
				if got := vi.Amounts(text); len(got) != 1 || got[0] != v {
					t.Fatalf("%q, for %s, is read as %v", text, v, got)
				}
			}
		}
	})
}
