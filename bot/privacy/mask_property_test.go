package privacy

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

var (
	anyMask  = regexp.MustCompile(`\[(?:điện thoại|số thẻ|số giấy tờ|số tài khoản|email|tài khoản mạng|ngày sinh|họ tên|địa chỉ)\]`)
	longRun  = regexp.MustCompile(`\d{9,}`)
	roundRun = regexp.MustCompile(`\d*000 ?(?:đ|đồng|vnd|dong|d\b)`)
)

// checkMask says what must hold of any text.
func checkMask(t interface{ Fatalf(string, ...any) }, text string) {
	got := Mask(text)
	if again := Mask(got); again != got {
		t.Fatalf("Mask(%q) = %q, and masked again %q", text, got, again)
	}
	if !utf8.ValidString(got) {
		t.Fatalf("Mask(%q) = %q, which is not UTF-8", text, got)
	}
	// A round amount in đồng is the one long run of digits that may stay.
	if run := longRun.FindString(roundRun.ReplaceAllString(strings.ToLower(got), "")); run != "" {
		t.Fatalf("Mask(%q) = %q, which keeps %s", text, got, run)
	}
	// Apart from the masks, it is the text in its order: nothing is added, and each mask stands for
	// something.
	before, rest := norm.NFC.String(strings.ToValidUTF8(text, "�")), anyMask.Split(got, -1)
	if longest := len(before) + len(rest)*len(handleMask); len(got) > longest {
		t.Fatalf("Mask(%q) has %d bytes, more than %d", text, len(got), longest)
	}
	at := 0
	for _, part := range rest {
		i := strings.Index(before[at:], part)
		if i < 0 {
			t.Fatalf("Mask(%q) = %q: %q was not there", text, got, part)
		}
		at += i + len(part)
	}
}

// pieces are what texts are put together from, so that they meet at their borders.
var pieces = []string{
	"0909123456", "+84", "84", "909", "123", "456", "092075001234", "361234567", "0292", "3820820", "4", "12", "12/3", "7a",
	"3.500.000", "đ", " đồng", "2tr5", "95%", "115", "01/01/2027", "188/2025/NĐ-CP", "GD4797932012345", "a.b@c.vn", "@lanct", "1975",
	"tên tôi là ", "tôi tên", "em là", "họ tên:", "sinh năm", "sn", "sđt", "cccd", "stk", "số nhà", "số", "đường", "hẻm", "ấp", "bà",
	"Nguyễn", "Văn", "An", "tran", "thi", "lan", "hộ nghèo", "ở", "muốn hỏi", "phường", "Ninh Kiều",
	" ", " ", " ", " ", ",", ".", "-", "/", "(", ")", "\n", "[", "]", "[họ tên]", "[điện thoại]", "\u200b", "\u0301", "５", "\x80",
}

func TestMaskAnyText(t *testing.T) {
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.StringN(0, 3, 9)), 0, 14).Draw(t, "pieces"), "")
	})
	rapid.Check(t, func(t *rapid.T) { checkMask(t, text.Draw(t, "text")) })
}

// TestMaskAnyPhone writes telephone numbers in any grouping with any sign between, amid any words.
func TestMaskAnyPhone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefix := rapid.SampledFrom([]string{"0", "+84", "84", "+84 ", "+84-", "(+84)", "0084", "(0", "+84(0)"}).Draw(t, "prefix")
		number := rapid.StringMatching(`[35789][0-9]{8}`).Draw(t, "number")
		sign := rapid.SampledFrom([]string{"", " ", ".", "-", "  ", " - ", "\u00a0", "–", "_"}).Draw(t, "sign")
		var b strings.Builder
		for i, d := range number {
			if i > 0 && rapid.Bool().Draw(t, "cut") {
				b.WriteString(sign)
			}
			b.WriteRune(d)
		}
		text := prefix + b.String()
		before := rapid.SampledFrom([]string{"", "gọi ", "gọi em:", "nhà 5 người, ", "số "}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", " nha", ".", ", cảm ơn", "?"}).Draw(t, "after")
		if got, want := Mask(before+text+after), before+"[điện thoại]"+after; got != want {
			t.Fatalf("Mask(%q) = %q, want %q", before+text+after, got, want)
		}
	})
}

// TestMaskKeepsAnyAmount writes sums of money in the ways that people do.
func TestMaskKeepsAnyAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 9_999_999).Draw(t, "thousands") * 1000
		digits := fmt.Sprint(n)
		dotted := ""
		for i, d := range digits {
			if i > 0 && (len(digits)-i)%3 == 0 {
				dotted += "."
			}
			dotted += string(d)
		}
		text := rapid.SampledFrom([]string{
			"thu nhập " + dotted + " đồng", "vay " + dotted + "đ", "có " + dotted, "đóng " + digits + " đồng", dotted + " và " + dotted,
			"được " + strings.ReplaceAll(dotted, ".", " ") + " đồng", strings.ReplaceAll(dotted, ".", ",") + " vnd", dotted + "-" + dotted + " đ",
		}).Draw(t, "text")
		if got := Mask(text); got != text {
			t.Fatalf("Mask(%q) = %q, want it as it is", text, got)
		}
	})
}

func FuzzMask(f *testing.F) {
	for _, p := range pieces {
		f.Add(p)
	}
	f.Add("Tôi tên Lê Văn Tám, sinh năm 1955, cccd 092055001234, sđt 0909123456, nhà số 12 đường Hòa Bình")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 4096 { // longer ones do not come from Telegram, and only slow the search
			checkMask(t, text)
		}
	})
}

func BenchmarkMask(b *testing.B) {
	const text = "toi la ho can ngheo o phuong thoi an dong, mua bhyt cho 4 nguoi het bao nhieu tien mot nam, sdt 0909 123 456"
	for b.Loop() {
		Mask(text)
	}
}
