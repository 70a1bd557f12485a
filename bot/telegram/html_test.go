package telegram

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name  string
		html  string
		limit int
		want  []string
	}{
		{"short", "Chào bà con.", 20, []string{"Chào bà con."}},
		{"at the end of a sentence", "Một hai ba. Bốn năm sáu. Bảy tám", 25,
			[]string{"Một hai ba. Bốn năm sáu.", "Bảy tám"}},
		{"a number is no end of a sentence", "Mức là 1.500.000 đồng một tháng nhé", 20,
			[]string{"Mức là 1.500.000", "đồng một tháng nhé"}},
		{"tags are closed and opened again", `<b>Một hai <i>ba. Bốn năm</i> sáu</b>`, 13,
			[]string{`<b>Một hai <i>ba.</i></b>`, `<b><i>Bốn năm</i> sáu</b>`}},
		{"attributes come along", `<a href="https://a.vn/?x=1&amp;y=2">một hai ba bốn</a>`, 8,
			[]string{`<a href="https://a.vn/?x=1&amp;y=2">một hai</a>`, `<a href="https://a.vn/?x=1&amp;y=2">ba bốn</a>`}},
		{"an entity is one character", "a&lt;b &amp;&amp; c", 4, []string{"a&lt;b", "&amp;&amp; c"}},
		{"no space at all", strings.Repeat("á", 10), 4, []string{"áááá", "áááá", "áá"}},
		{"emoji are two units", "😀😀😀", 4, []string{"😀😀", "😀"}},
		{"a mark stays with its letter", "aaae\u0302\u0301b", 5, []string{"aaa", "e\u0302\u0301b"}},
		{"a line ends a part", "một hai\nba bốn năm", 12, []string{"một hai", "ba bốn năm"}},
		{"a stray sign is text", "5 < 6 & 7 > 2", 100, []string{"5 < 6 & 7 > 2"}},
	} {
		if diff := cmp.Diff(c.want, split(c.html, c.limit)); diff != "" {
			t.Errorf("%s: split(%q, %d):\n%s", c.name, c.html, c.limit, diff)
		}
	}
}

// TestSplitKeepsEverything: parts are short enough, whole HTML each, and together say the same.
func TestSplitKeepsEverything(t *testing.T) {
	piece := rapid.OneOf(
		rapid.Map(rapid.StringOfN(rapid.RuneFrom([]rune("aáđ .\n?😀&<>é\u0301")), 0, 12, -1),
			strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace),
		rapid.Just("<b>đậm</b>"),
		rapid.Just(`<a href="https://vi.du/x?a=1&amp;b=2">Một câu dài. Câu nữa.</a>`),
		rapid.Just("<i>nghiêng <b>và đậm</b></i>"),
	)
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(piece, 1, 30).Draw(t, "pieces"), "")
		limit := rapid.IntRange(8, 60).Draw(t, "limit")
		var said strings.Builder
		for _, part := range split(src, limit) {
			if n := utf16Length(plain(part)); n > limit {
				t.Fatalf("part %q has %d units, limit %d", part, n, limit)
			}
			var open []atom
			for _, a := range atoms(part) {
				if a.isClose() && (len(open) == 0 || open[len(open)-1].name() != a.name()) {
					t.Fatalf("part %q closes what is not open", part)
				}
				open = track(open, a)
			}
			if len(open) > 0 {
				t.Fatalf("part %q leaves %+v open", part, open)
			}
			said.WriteString(plain(part))
		}
		if got, want := noSpace(said.String()), noSpace(plain(src)); got != want {
			t.Fatalf("said %q, want %q", got, want)
		}
	})
}

func noSpace(s string) string { return strings.Join(strings.Fields(s), "") }

func FuzzSplit(f *testing.F) {
	f.Add("<b>a.</b> b", 3)
	f.Add("</b><a href='x'>&#x1F600;&bogus;<", 5)
	f.Fuzz(func(t *testing.T, src string, limit int) {
		limit = 4 + max(limit, -limit)%5000
		for _, part := range split(src, max(limit, 4)) {
			if n := utf16Length(plain(part)); n > max(limit, 4) {
				t.Errorf("split(%q, %d) has a part of %d units", src, limit, n)
			}
		}
	})
}
