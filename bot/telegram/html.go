package telegram

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// textLimit is Telegram's limit of a message: UTF-16 units of what is left without tags.
const textLimit = 4096

// An atom is the smallest piece of HTML that is not cut: a tag, an entity or a character.
type atom struct {
	raw   string
	text  string // as shown; empty for a tag
	units int    // of text, in UTF-16
}

func (a atom) isTag() bool   { return a.text == "" }
func (a atom) isClose() bool { return a.isTag() && strings.HasPrefix(a.raw, "</") }

// name is the element of a tag.
func (a atom) name() string {
	end := strings.IndexAny(a.raw[1:], " >\n\t")
	return strings.TrimPrefix(a.raw[1:1+end], "/")
}

// atoms reads HTML. What is no tag and no entity stands for itself.
func atoms(s string) []atom {
	var out []atom
	for s != "" {
		n := tagLength(s)
		if n > 0 {
			out = append(out, atom{raw: s[:n]})
			s = s[n:]
			continue
		}
		if n = entityLength(s); n == 0 {
			_, n = utf8.DecodeRuneInString(s)
		}
		text := html.UnescapeString(s[:n])
		out = append(out, atom{raw: s[:n], text: text, units: utf16Length(text)})
		s = s[n:]
	}
	return out
}

func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// tagLength is the length of the tag that s begins with, or 0.
func tagLength(s string) int {
	name := strings.TrimPrefix(s[min(1, len(s)):], "/")
	if s[0] != '<' || name == "" || !('a' <= name[0]|0x20 && name[0]|0x20 <= 'z') {
		return 0
	}
	return strings.IndexByte(s, '>') + 1
}

// entityLength is the length of the entity that s begins with, or 0.
func entityLength(s string) int {
	end := strings.IndexByte(s[:min(len(s), 12)], ';')
	if s[0] != '&' || end < 2 || html.UnescapeString(s[:end+1]) == s[:end+1] {
		return 0
	}
	return end + 1
}

// plain is the text without tags.
func plain(s string) string {
	var b strings.Builder
	for _, a := range atoms(s) {
		b.WriteString(a.text)
	}
	return b.String()
}

// split cuts HTML into parts of at most limit units, at ends of sentences where there are any. Tags
// that are open at a cut are closed there and opened again.
func split(s string, limit int) []string {
	rest := atoms(s)
	var open []atom
	var parts []string
	for len(rest) > 0 {
		n := cut(rest, limit)
		var b strings.Builder
		for _, a := range open {
			b.WriteString(a.raw)
		}
		for _, a := range rest[:n] {
			b.WriteString(a.raw)
			open = track(open, a)
		}
		for _, a := range slices.Backward(open) {
			b.WriteString("</" + a.name() + ">")
		}
		if strings.TrimSpace(plain(b.String())) != "" || len(parts) == 0 {
			parts = append(parts, b.String())
		}
		rest = withoutSpace(rest[n:])
	}
	return parts
}

// track keeps the list of open tags.
func track(open []atom, a atom) []atom {
	switch {
	case !a.isTag():
	case !a.isClose():
		open = append(open, a)
	case len(open) > 0 && open[len(open)-1].name() == a.name():
		open = open[:len(open)-1]
	}
	return open
}

func withoutSpace(rest []atom) []atom {
	for len(rest) > 0 && !rest[0].isTag() && strings.TrimSpace(rest[0].text) == "" {
		rest = rest[1:]
	}
	return rest
}

// cut is the number of atoms of the next part: all of them, or up to the last end of a sentence in
// the second half of what fits, or else the last space, or else as much as fits.
func cut(as []atom, limit int) int {
	fits, units := len(as), 0
	for i, a := range as {
		if units+a.units > limit {
			fits = i
			break
		}
		units += a.units
	}
	if fits == len(as) {
		return fits
	}
	space, hard := 0, fits
	for i := fits; i > 0 && units > limit/2; i-- {
		units -= as[i-1].units
		switch {
		case !breaks(as[i]):
			continue
		case endsSentence(as[:i]) || as[i].text == "\n":
			return i
		case space == 0:
			space = i
		}
	}
	if space > 0 {
		return space
	}
	for hard > 1 && joins(as[hard]) {
		hard--
	}
	return max(hard, 1)
}

// breaks reports whether a part may end before the atom.
func breaks(a atom) bool { return !a.isTag() && strings.TrimSpace(a.text) == "" }

// joins reports whether the atom belongs to the character before it.
func joins(a atom) bool {
	r, _ := utf8.DecodeRuneInString(a.text)
	return a.isTag() || unicode.Is(unicode.M, r) || r == '\u200d'
}

// endsSentence reports whether the text up to here ends a sentence, brackets and quotes aside.
func endsSentence(as []atom) bool {
	for _, a := range slices.Backward(as) {
		switch {
		case a.isTag(), strings.Contains(`)]}"'”’»`, a.text):
		default:
			return strings.Contains(".!?…", a.text) || a.text == "\n"
		}
	}
	return false
}
