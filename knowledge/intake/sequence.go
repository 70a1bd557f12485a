package intake

import (
	"fmt"
	"regexp"
	"slices"
)

// accepts decides whether a line that looks like the beginning of a unit is one.
func (b *builder) accepts(h heading, l line) bool {
	if b.afterContents(h) {
		b.doubts(l.place, "trước đó là mục lục: máy bỏ mục lục, đọc từ đây")
		b.units, b.articles, b.open = nil, nil, nil
	}
	switch h.level {
	case Clause, Point:
		if b.parent(h.level) == nil || b.parent(h.level).Level < Article {
			return false
		}
		if h.rest == "" { // the number of a repealed clause, left standing
			return l.flow == begins && b.last(h.level)/nextWhole+1 == order(h)/nextWhole && b.follows(h, l)
		}
	case Article:
		if h.bare && !b.standsAlone(h, l) {
			return false
		}
	default:
		if l.flow == continues || h.rest != "" && (!l.bold && !isUpper(h.rest) || b.inItem(l)) {
			return false
		}
	}
	return b.follows(h, l)
}

// afterContents reports whether the numbers begin anew after articles without a word of text: what
// came before is a table of contents.
func (b *builder) afterContents(h heading) bool {
	if h.level > Article || h.bare || order(h) != nextWhole || len(b.articles) < 2 {
		return false
	}
	return !slices.ContainsFunc(b.articles, func(u *Unit) bool { return len(u.Units) > 0 || len(u.paragraphs) > 1 })
}

// standsAlone tells "Điều 5" as a heading of its own line from the end of a sentence that refers to
// it.
func (b *builder) standsAlone(h heading, l line) bool {
	if l.flow == flowUnknown {
		return h.rest == "" && ends(b.before.text)
	}
	return l.flow == begins && (l.bold || h.rest == "")
}

// inItem reports whether the line before has not come to its end, so that "Mục 2" carries it on.
func (b *builder) inItem(l line) bool {
	u := b.current()
	return u != nil && u.Level >= Article && l.flow == flowUnknown && !ends(b.before.text)
}

// follows compares the number of a unit with the one before it. One gap is taken for a repealed or
// unreadable unit, and noted; anything else is text.
func (b *builder) follows(h heading, l line) bool {
	if b.replacesRepealed(h) {
		b.dropRepealed(l)
	}
	own, n := b.last(h.level), order(h)
	if b.loose && own == 0 {
		return !h.bare && l.flow != continues
	}
	switch step := n/nextWhole - own/nextWhole; {
	case n == own || n < own:
		b.outOfOrder(h, l, own)
		return false
	case step == 0: // 7, 7a; 7a, 7b
		return n-own == 1 || h.level == Point && n-own == afterForeign || b.gap(h, l, own, l.flow != continues)
	case step == 1 && n%nextWhole == 0:
		return l.flow != continues || ends(b.before.text)
	case h.level == Article && own == 0:
		b.outOfOrder(h, l, own)
		return false
	}
	return b.gap(h, l, own, l.flow == begins && !h.bare)
}

var repealed = regexp.MustCompile(`^\(?\s*(?:đã )?(?:được|bị)?\s*bãi bỏ\s*\)?[.;]?$`)

// replacesRepealed reports whether an article takes the number of one just named as repealed, or
// stands before it: consolidated texts keep the old number of a repealed article beside the new
// numbers of those after it.
func (b *builder) replacesRepealed(h heading) bool {
	n := len(b.articles)
	if h.level != Article || h.bare || n < 2 {
		return false
	}
	last, before := b.articles[n-1], b.articles[n-2]
	return len(last.paragraphs) == 1 && repealed.MatchString(last.paragraphs[0].text) && len(last.Units) == 0 &&
		order(h) <= orderOf(last.Label) && order(h) > orderOf(before.Label)
}

// dropRepealed takes the newest article out again.
func (b *builder) dropRepealed(l line) {
	n := len(b.articles)
	last := b.articles[n-1]
	b.articles = b.articles[:n-1]
	siblings := &b.units
	if parent := b.parent(Article); parent != nil {
		siblings = &parent.Units
	}
	*siblings = slices.DeleteFunc(*siblings, func(u *Unit) bool { return u == last })
	b.open = slices.DeleteFunc(b.open, func(u *Unit) bool { return u == last })
	b.doubts(last.Place, "“"+last.Name()+" (được bãi bỏ)” mang số cũ, trùng hoặc đứng trước số mới ở "+l.place.String()+": máy bỏ dòng này")
}

// widestGap is how many numbers may be missing in a row.
const widestGap = 3

func (b *builder) gap(h heading, l line, own int, plain bool) bool {
	missing := order(h)/nextWhole - own/nextWhole - 1
	if !plain || missing > widestGap || own == 0 {
		b.outOfOrder(h, l, own)
		return false
	}
	b.doubts(l.place, fmt.Sprintf("số nhảy: %s %s đứng ngay sau %s", h.level, h.label, b.lastName(h.level)))
	return true
}

func (b *builder) lastName(level Level) string {
	siblings := b.siblings(level)
	if len(siblings) == 0 {
		return "phần mở đầu"
	}
	return siblings[len(siblings)-1].Name()
}

// outOfOrder notes a line that looks like a unit and is not taken for one; not where it plainly
// carries on a sentence.
func (b *builder) outOfOrder(h heading, l line, own int) {
	if h.bare || l.flow == continues || l.flow == flowUnknown && !ends(b.before.text) || h.level < Article {
		return
	}
	if h.level > Article && own == 0 && b.parent(h.level) == nil {
		return
	}
	b.doubts(l.place, fmt.Sprintf("dòng “%s” có dạng %s nhưng số không nối tiếp: máy coi là chữ thường", short(l.text), h.level))
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
