package vi

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestNormalize(t *testing.T) {
	for in, want := range map[string]string{
		"Hoà, thuý, QUÝ, qúy, gìa, tòan, hoàn, khoẻ": "Hòa, thúy, QUÝ, quý, già, toàn, hoàn, khỏe",
		"gi\u0300a, nghe\u0300o":                     "già, nghèo",
		"được nước giường mía của thuở quốc":         "được nước giường mía của thuở quốc",
		"đựơc, tứơng, khuỷu, ngoài, giếng":           "được, tướng, khuỷu, ngoài, giếng",
		"h\u200bộ\ufeff ngh\u00adèo\u202e":           "hộ nghèo",
		"a\xffb\tc\x00d":                             "a\uFFFDb c d",
		"cờ \U0001F1FB\U0001F1F3 \U000E0041tag":      "cờ \U0001F1FB\U0001F1F3 tag",
		"gì, giữ, gịn, kĩ":                           "gì, giữ, gịn, kĩ",
	} {
		got := Normalize(in)
		if got != want {
			t.Errorf("Normalize(%q) = %q, want %q", in, got, want)
		}
		if again := Normalize(got); again != got {
			t.Errorf("Normalize(%q) = %q, not at rest", got, again)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Đối TƯỢNG hộ nghèo 188/2025/NĐ-CP": "doi tuong ho ngheo 188/2025/nd-cp",
		"Nghe\u0300o": "ngheo",
		"":            "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSyllables(t *testing.T) {
	for in, want := range map[string][]string{
		"Nghị định 188/2025/NĐ-CP, Điều 6":           {"nghị", "định", "188/2025/nđ-cp", "điều", "6"},
		"51/2024/QH15; 1868/QĐ-BYT; 12/2023/NQ-HĐND": {"51/2024/qh15", "1868/qđ-byt", "12/2023/nq-hđnd"},
		"2.340.000 đồng/tháng, 4,5%, 05/08/2026":     {"2340000", "đồng", "tháng", "4,5", "5", "8", "2026"},
		"500k 2tr5 nd188 qh15":                       {"500", "k", "2", "tr", "5", "nd188", "qh15"},
		"kĩ thuật, bác sĩ, tỉ lệ, quí, thị, tia":     {"kỹ", "thuật", "bác", "sỹ", "tỷ", "lệ", "quý", "thị", "tia"},
		"ជំរាបសួរ 👍 hello":                           {"ជំរាបសួរ", "hello"},
		"":                                           {},
	} {
		if diff := cmp.Diff(want, Syllables(in)); diff != "" {
			t.Errorf("Syllables(%q): %s", in, diff)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	for _, s := range []string{"hoà", "\xff\xfe", "a\u0300\u0300\u0301", "qúy ươ", "188/2025/NĐ-CP", "ក្រុង", "\U000E0001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Normalize(s)
		if !utf8.ValidString(got) {
			t.Fatalf("Normalize(%q) = %q: not UTF-8", s, got)
		}
		if again := Normalize(got); again != got {
			t.Fatalf("Normalize(%q) = %q, then %q", s, got, again)
		}
		for _, w := range Syllables(got) {
			if w == "" {
				t.Fatalf("an empty word in %q", got)
			}
		}
	})
}
