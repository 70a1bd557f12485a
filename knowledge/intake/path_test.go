package intake

import (
	"strings"
	"testing"
)

func TestPathsIn(t *testing.T) {
	for _, test := range []struct{ text, within, want string }{
		{"khoản 2 Điều 5", "", "d5/k2"},
		{"điểm a và điểm đ khoản 3 Điều 12", "", "d12/k3/a d12/k3/dd"},
		{"các điểm a, b và c khoản 1, khoản 4 Điều 7a", "", "d7a/k1/a d7a/k1/b d7a/k1/c d7a/k4"},
		{"các khoản 3, 16 và 28 Điều 1 của Luật này", "", "d1/k3 d1/k16 d1/k28"},
		{"khoản 1 Điều 2, Điều 3 và Điều 5", "", "d2/k1 d3 d5"},
		{"Các điều từ Điều 1 đến Điều 3, các điều 14, 15", "", "d1 d2 d3 d14 d15"},
		{"khoản 3 và khoản 4", "d6", "d6/k3 d6/k4"},
		{"điểm c", "d6/k3", "d6/k3/c"},
		{"điểm c", "d6", ""},
		{"khoản 3", "", ""},
		{"Điều 7đ và khoản 2a Điều 8", "", "d7dd d8/k2a"},
		{"điểm cuối cùng của con đường", "d6/k3", ""},
	} {
		if got := strings.Join(pathsIn(test.text, test.within), " "); got != test.want {
			t.Errorf("%q within %q names %q, want %q", test.text, test.within, got, test.want)
		}
	}
}

// When a document takes effect, and which of its provisions on other days.
func TestEffects(t *testing.T) {
	for _, test := range []struct{ text, inForce, effects string }{
		{"Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2030.", "2030-07-01…", ""},
		{"Thông tư này có hiệu lực kể từ ngày 5/8/2030 đến hết ngày 31/12/2031.", "2030-08-05…2031-12-31", ""},
		{"Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành.", "2030-06-01…", ""},
		{"Nghị định này có hiệu lực sau 15 ngày, kể từ ngày ký.", "2030-06-16…", ""},
		{"Khoản 8 Điều 69 của Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2025 đến hết 31 tháng 12 năm 2025.", "…", "2025-07-01…2025-12-31 d69/k8"},
		{"Các điều từ Điều 1 đến Điều 3 và Điều 5 của Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2025.", "…", "2025-07-01… d1 d2 d3 d5"},
		{"Quy định về xe tại Điều 5 của Luật này có hiệu lực từ ngày 01 tháng 7 năm 2025.", "…", "2025-07-01…"},
		{"Điều 5 của Luật này, trừ khoản 2, có hiệu lực từ ngày 01 tháng 7 năm 2025.", "…", "2025-07-01…"},
	} {
		s := &source{lines: []line{
			{text: "Số: 1/2030/NĐ-CP"}, {text: "Hà Nội, ngày 01 tháng 6 năm 2030"}, {text: "NGHỊ ĐỊNH"}, {text: "Về ghe"}, {text: "Căn cứ Luật;"},
			{text: "Điều 1. Hiệu lực thi hành"}, {text: "1. " + test.text},
		}}
		d, err := understand(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.InForce.String(); got != test.inForce {
			t.Errorf("%q: in force %s, want %s", test.text, got, test.inForce)
		}
		var effects []string
		for _, e := range d.Effects {
			effects = append(effects, strings.TrimSpace(e.Period.String()+" "+strings.Join(e.Paths, " ")))
		}
		if got := strings.Join(effects, "; "); got != test.effects {
			t.Errorf("%q: effects %q, want %q", test.text, got, test.effects)
		}
	}
}
