package intake_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"policybot/knowledge/intake"
)

// made is a document drawn at random, as it is printed and as its outline must read.
type made struct {
	print, outline strings.Builder
	quoting        bool
}

const pointLetters = "abcdđeghiklmnopqrstuvxy"

var phrases = rapid.SampledFrom([]string{
	"Ghe chở người già", "Bến đò và khoản 2 Điều 5 của Luật này", "Tiền 1.500.000 đồng", "Từ ngày 30 tháng 9 năm 2030",
	"Mục 3 và Chương II của Luật Ghe", "Điều 7 của Nghị định số 5/2020/NĐ-CP", "Người “mù” được giúp", "Trên 10% số khách",
})

func (m *made) line(indent int, name, text string) {
	fmt.Fprintf(&m.outline, "%s%s\n", strings.Repeat("  ", indent), strings.TrimRight(name+" "+text, " "))
}

// block draws words quoted for another document, which bear numbers of their own.
func (m *made) block(t *rapid.T) string {
	if !m.quoting || !rapid.Bool().Draw(t, "quote") {
		return ""
	}
	n := rapid.IntRange(1, 40).Draw(t, "quoted article")
	lines := []string{fmt.Sprintf("“Điều %d. Tên điều", n), "1. Một.", "a) Điểm;", "2. Hai."}
	lines[len(lines)-1] += "”."
	m.print.WriteString(strings.Join(lines, "\n") + "\n")
	return " ⏎ " + lines[0] + " " + strings.Join(lines[1:], " ⏎ ")
}

func (m *made) article(t *rapid.T, n, depth int) {
	title := phrases.Draw(t, "title")
	fmt.Fprintf(&m.print, "Điều %d. %s.\n", n, title)
	quoted := m.block(t)
	m.line(depth, fmt.Sprintf("Điều %d |", n), title+"."+quoted)
	for c := 1; c <= rapid.IntRange(0, 4).Draw(t, "clauses"); c++ {
		text := phrases.Draw(t, "clause")
		fmt.Fprintf(&m.print, "%d. %s.\n", c, text)
		quoted := m.block(t)
		m.line(depth+1, fmt.Sprintf("khoản %d |", c), text+"."+quoted)
		for p := 0; p < rapid.IntRange(0, 23).Draw(t, "points"); p++ {
			text := phrases.Draw(t, "point")
			letter := string([]rune(pointLetters)[p])
			fmt.Fprintf(&m.print, "%s) %s;\n", letter, text)
			quoted := m.block(t)
			m.line(depth+2, "điểm "+letter+" |", text+";"+quoted)
		}
	}
}

// A document printed from a tree reads back as that tree, whatever it quotes.
func TestPrintedTreeReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &made{quoting: rapid.Bool().Draw(t, "amends")}
		m.print.WriteString("Số: 1/2030/NĐ-CP\nHà Nội, ngày 01 tháng 3 năm 2030\nNGHỊ ĐỊNH\nVề ghe\nCăn cứ Luật Ghe thuyền;\n")
		n := 0
		for chapter := 1; chapter <= rapid.IntRange(0, 3).Draw(t, "chapters"); chapter++ {
			roman := []string{"I", "II", "III"}[chapter-1]
			fmt.Fprintf(&m.print, "Chương %s\nTÊN CHƯƠNG\n", roman)
			m.line(0, "Chương "+roman, "TÊN CHƯƠNG")
			for range rapid.IntRange(1, 3).Draw(t, "articles") {
				n++
				m.article(t, n, 1)
			}
		}
		if n == 0 {
			m.article(t, 1, 0)
		}
		m.print.WriteString("TM. CHÍNH PHỦ\nĐiều 90. Sau chữ ký.\n")
		var r intake.Reader
		documents, err := r.Read(context.Background(), "a.txt", []byte(m.print.String()))
		if err != nil {
			t.Fatal(err)
		}
		if got := outline(documents[0].Units); got != m.outline.String() {
			t.Fatalf("printed:\n%s\nread:\n%s\nwant:\n%s", m.print.String(), got, m.outline.String())
		}
	})
}
