package intake_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"policybot/knowledge/intake"
)

// made is a document drawn at random, as it is printed and as its outline must read.
type made struct {
	print, outline strings.Builder
	quoting        bool
	format         string // txt, docx or html
	width          int    // of a line
}

// file packs what was printed into a file of the format, a paragraph a line.
func (m *made) file() []byte {
	lines := strings.Split(strings.TrimSpace(m.print.String()), "\n")
	switch m.format {
	case "docx":
		for i := range lines {
			lines[i] = para(lines[i])
		}
		data, err := packed(map[string]string{"word/document.xml": wordBody(lines...)})
		if err != nil {
			panic(err)
		}
		return data
	case "html":
		return []byte("<html><body><p>" + strings.Join(lines, "</p>\n<p>") + "</p></body></html>")
	}
	return []byte(strings.Join(lines, "\n"))
}

const pointLetters = "abcdđeghiklmnopqrstuvxy"

var phrases = rapid.SampledFrom([]string{
	"Ghe chở người già", "Bến đò và khoản 2 Điều 5 của Luật này", "Tiền 1.500.000 đồng", "Từ ngày 30 tháng 9 năm 2030",
	"Mục 3 và Chương II của Luật Ghe", "Điều 7 của Nghị định số 5/2020/NĐ-CP", "Người “mù” được giúp", "Trên 10% số khách",
})

// sentence draws some phrases in a row.
func sentence(t *rapid.T, name string) string {
	return strings.Join(rapid.SliceOfN(phrases, 1, 5).Draw(t, name), " và ")
}

// printf prints a paragraph: in plain text with its lines broken by hand, as gazettes print.
func (m *made) printf(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if m.format == "txt" {
		column := 0
		var b strings.Builder
		for word := range strings.FieldsSeq(text) {
			n := utf8.RuneCountInString(word)
			switch {
			case column+n > m.width:
				b.WriteByte('\n')
				column = 0
			case column > 0:
				b.WriteByte(' ')
				column++
			}
			b.WriteString(word)
			column += n
		}
		text = b.String()
	}
	m.print.WriteString(text + "\n")
}

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
	if m.format == "txt" { // a short line without an end carries on
		return " ⏎ " + lines[0] + " " + strings.Join(lines[1:], " ⏎ ")
	}
	return " ⏎ " + strings.Join(lines, " ⏎ ")
}

func (m *made) article(t *rapid.T, n, depth int) {
	title := sentence(t, "title")
	m.printf("Điều %d. %s.", n, title)
	quoted := m.block(t)
	m.line(depth, fmt.Sprintf("Điều %d |", n), title+"."+quoted)
	for c := 1; c <= rapid.IntRange(0, 4).Draw(t, "clauses"); c++ {
		text := sentence(t, "clause")
		m.printf("%d. %s.", c, text)
		quoted := m.block(t)
		m.line(depth+1, fmt.Sprintf("khoản %d |", c), text+"."+quoted)
		for p := 0; p < rapid.IntRange(0, 23).Draw(t, "points"); p++ {
			text := sentence(t, "point")
			letter := string([]rune(pointLetters)[p])
			m.printf("%s) %s;", letter, text)
			quoted := m.block(t)
			m.line(depth+2, "điểm "+letter+" |", text+";"+quoted)
		}
	}
}

// A document printed from a tree reads back as that tree, whatever it quotes.
func TestPrintedTreeReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &made{quoting: rapid.Bool().Draw(t, "amends"), format: rapid.SampledFrom([]string{"txt", "docx", "html"}).Draw(t, "format"),
			width: rapid.IntRange(60, 90).Draw(t, "width")}
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
		documents, err := r.Read(context.Background(), "a."+m.format, m.file())
		if err != nil {
			t.Fatal(err)
		}
		if got := outline(documents[0].Units); got != m.outline.String() {
			t.Fatalf("printed:\n%s\nread:\n%s\nwant:\n%s", m.print.String(), got, m.outline.String())
		}
	})
}
