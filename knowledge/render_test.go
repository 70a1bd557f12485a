package knowledge

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRender(t *testing.T) {
	l := small(t)
	for _, c := range []struct {
		on   string
		want string
	}{
		{"2025-06-01", `Tự đóng 30% mức đóng.
- Phần 30% của cả năm là 162.000 đồng.
- Từ 01/07/2026 lương là 1.333.333 đồng.
+ Lương từ 01/01/2025 đến 30/06/2026, ngày 01/02/2025 là 1.000.000 đồng.
+ Theo 1/2025/NĐ-CP và Nghị định hai (chưa rõ số), từ 01/01/2025 đến 31/12/2025, xem ngày 01/06/2025.`},
		{"2026-08-01", `Tự đóng 20% mức đóng.
- Phần 20% của cả năm là 144.000 đồng.
- Trước đó lương là 1.000.000 đồng.
+ Lương từ 01/07/2026 đến 31/12/2026, ngày 01/02/2025 là 1.000.000 đồng.
+ Theo 1/2025/NĐ-CP và Nghị định hai (chưa rõ số), từ 01/01/2025 đến 31/12/2025, xem ngày 01/08/2026.`},
		// The wage of 2027 is not known: lines that need it are left out.
		{"2027-02-01", `Tự đóng 20% mức đóng.
+ Theo 1/2025/NĐ-CP và Nghị định hai (chưa rõ số), từ 01/01/2025 đến 31/12/2025, xem ngày 01/02/2027.`},
	} {
		r, err := l.Render(l.Card("dong-bao-nhieu"), day(c.on))
		if err != nil {
			t.Errorf("on %s: %v", c.on, err)
			continue
		}
		lines := []string{r.Answer}
		for _, s := range r.Bullets {
			lines = append(lines, "- "+s)
		}
		for _, s := range r.More {
			lines = append(lines, "+ "+s)
		}
		if diff := cmp.Diff(c.want, strings.Join(lines, "\n")); diff != "" {
			t.Errorf("on %s, - wanted, + found:\n%s", c.on, diff)
		}
	}
}

func TestRenderWithoutItsFigure(t *testing.T) {
	l := small(t)
	r, err := l.Render(l.Card("dong-bao-nhieu"), day("2026-02-01"))
	if e, ok := errors.AsType[*NotKnownError](err); !ok || !errors.Is(err, ErrNotKnown) || e.Last != day("2025-12-31") {
		t.Errorf("the answer needs what is not known, and reads %+v, %v", r, err)
	}
}

func TestRenderedRemembersFiguresItShows(t *testing.T) {
	l := small(t)
	for on, want := range map[string]string{
		"2025-06-01": "share share year wage wage wage wage",
		"2027-02-01": "share", // none of a line that was left out
	} {
		r, err := l.Render(l.Card("dong-bao-nhieu"), day(on))
		var names []string
		for _, v := range r.Used {
			names = append(names, v.Name)
		}
		if got := strings.Join(names, " "); got != want || err != nil {
			t.Errorf("figures used on %s: %s, %v; want %s", on, got, err, want)
		}
	}
}

func TestTextRefuses(t *testing.T) {
	l := small(t)
	for _, bad := range []string{
		`{{fig "nothing"}}`, `{{doc "nd-9-2025"}}`, `{{from "nd-1-2025/d9"}}`, `{{last "nd-9-2025"}}`,
		`{{at "wage" "01/02/2025"}}`, `{{rate "wage"}}`, `{{fig "wage"`, `{{.wage}}`, `{{fig wage}}`,
	} {
		if s, _, err := l.Text(bad, day("2026-08-01")); err == nil || errors.Is(err, ErrNotKnown) {
			t.Errorf("%s reads %q, %v; want a fault", bad, s, err)
		}
	}
	if s, used, err := l.Text("Không có gì để thay.", day("2026-08-01")); s != "Không có gì để thay." || used != nil || err != nil {
		t.Errorf("plain text reads %q, %v, %v", s, used, err)
	}
}
