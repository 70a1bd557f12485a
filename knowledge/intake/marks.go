package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// marks follows quotation marks through a text.
type marks struct{ open []rune }

func (m *marks) depth() int { return len(m.open) }

// read follows the marks of a line. It returns where a quotation begins that is still open at the
// end of the line, or that fills the line, provided it stands like a block of its own: at the
// beginning, or after a colon. It is -1 when there is none.
func (m *marks) read(s string) int {
	start := -1
	for i, r := range s {
		switch r {
		case '“', '„', '«':
			if len(m.open) == 0 && beginsBlock(s[:i]) {
				start = i
			}
			m.open = append(m.open, '”')
		case '”', '»':
			m.close('”')
		case '"':
			if n := len(m.open); n > 0 && m.open[n-1] == '"' {
				m.close('"')
			} else if opensStraight(s, i) {
				if n == 0 && beginsBlock(s[:i]) {
					start = i
				}
				m.open = append(m.open, '"')
			}
		}
	}
	return start
}

// close ends the innermost quotation opened with the mark's partner. A mark without a partner is a
// slip of the pen.
func (m *marks) close(mark rune) {
	for n := len(m.open) - 1; n >= 0; n-- {
		if m.open[n] == mark {
			m.open = m.open[:n]
			return
		}
	}
}

func beginsBlock(before string) bool {
	before = strings.TrimSpace(before)
	return before == "" || strings.HasSuffix(before, ":")
}

// opensStraight tells an opening straight mark from a closing one by what stands around it.
func opensStraight(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	return (i == 0 || unicode.IsSpace(before) || before == '(' || before == ':') && after != utf8.RuneError && !unicode.IsSpace(after)
}
