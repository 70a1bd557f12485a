package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// text is what a source says, taken apart: what stands before the first article, the tree, and what
// comes after the end.
type text struct {
	head  []line
	units []*Unit
	tail  []line
}

// builder puts lines into a tree. A line begins a unit only where its number follows.
type builder struct {
	text
	doubts func(Place, string)

	open     []*Unit // the units the next line belongs to, from the widest
	articles []*Unit // all of them: they are numbered through the whole document
	marks    marks
	block    []line // of the quotation being read, if it began a paragraph
	inQuote  [Point + 1]int
	opened   Place
	before   line
	finished bool // "./." has been read, or the signature
	loose    bool // the first unit of a level may have any number: a part of a document is read
}

// stand opens the units that a part of a document stands in, down to above a level.
func (b *builder) stand(path string, level Level) {
	for i, label := range strings.Split(path, "/") {
		at := Article + Level(i)
		if at >= level {
			return
		}
		label = strings.ReplaceAll(strings.TrimLeft(label, "dk"), "dd", "đ")
		b.begin(heading{level: at, label: label}, line{})
	}
}

// parse takes a text apart.
func parse(lines []line, doubt func(Place, string)) text {
	b := &builder{doubts: doubt}
	for i, l := range lines {
		if b.closes(l) {
			b.dropSignature()
			b.tail = append(b.tail, lines[i:]...)
			break
		}
		b.line(l)
		b.before = l
	}
	if b.marks.depth() > 0 && len(b.units) > 0 {
		b.doubts(b.opened, "dấu ngoặc kép mở ở đây không thấy dấu đóng: xem những gì đứng sau nó có phải của văn bản này không")
	}
	b.endBlock()
	for _, u := range b.units {
		u.settle()
	}
	return b.text
}

func (b *builder) line(l line) {
	if b.marks.depth() > 0 && !b.escapes(l) {
		b.quoted(l)
		return
	}
	if h, ok := headingOf(l.text); ok && !l.table && b.accepts(h, l) {
		b.begin(h, l)
	} else {
		b.append(l, l.text)
	}
	b.scan(l)
}

// scan follows the quotation marks of a line that is not inside any.
func (b *builder) scan(l line) {
	opening := b.marks.read(l.text)
	if b.marks.depth() == 0 {
		if opening >= 0 { // a quotation of one line
			l.text = l.text[opening:]
			b.addQuote([]line{l})
		}
		return
	}
	b.opened = l.place
	b.inQuote = [Point + 1]int{}
	if opening >= 0 {
		l.text = l.text[opening:]
		b.block = []line{l}
		b.noteQuoted(l.text)
	}
}

// quoted takes a line inside quotation marks.
func (b *builder) quoted(l line) {
	b.append(l, l.text)
	if b.block != nil {
		b.block = append(b.block, l)
	}
	b.noteQuoted(l.text)
	b.marks.read(l.text)
	if b.marks.depth() == 0 {
		b.endBlock()
	}
}

func (b *builder) endBlock() {
	if b.block != nil {
		b.addQuote(b.block)
	}
	b.block = nil
}

func (b *builder) addQuote(block []line) {
	if u := b.current(); u != nil {
		u.quotes = append(u.quotes, block)
	}
}

// noteQuoted remembers the last numbers seen inside a quotation.
func (b *builder) noteQuoted(s string) {
	if h, ok := headingOf(strings.TrimLeft(s, "“\" ")); ok && !h.bare {
		b.inQuote[h.level] = order(h)
		for below := h.level + 1; below <= Point; below++ {
			b.inQuote[below] = 0
		}
	}
}

func order(h heading) int {
	if h.level == Point {
		return pointOrder(h.label)
	}
	return orderOf(h.label)
}

const nextWhole = 64 // the distance of a number to the next, see orderOf

var instruction = regexp.MustCompile(`^(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay cụm|Thay|Bỏ|Hủy bỏ)\s`)

// escapes reports whether a line inside quotation marks can only be the document's own, so that a
// closing mark must be missing: its number follows the document's own and not the quotation's.
func (b *builder) escapes(l line) bool {
	h, ok := headingOf(l.text)
	if !ok || h.bare || l.flow == continues || l.table || !ends(b.before.text) {
		return false
	}
	own := b.last(h.level)
	if own == 0 || own/nextWhole+1 != order(h)/nextWhole || order(h)%nextWhole != 0 {
		return false
	}
	if b.inQuote[h.level]/nextWhole == own/nextWhole && b.inQuote[h.level] > 0 {
		return false
	}
	if h.level != Article && !instruction.MatchString(h.rest) {
		return false
	}
	b.doubts(l.place, fmt.Sprintf("%s %s nằm sau một dấu ngoặc kép chưa đóng (%s), máy coi là của văn bản này: xem lại", h.level, h.label, b.opened))
	b.endBlock()
	b.marks = marks{}
	return true
}

// last returns the order of the newest unit of a level that is still open for another after it.
func (b *builder) last(level Level) int {
	siblings := b.siblings(level)
	if len(siblings) == 0 || siblings[len(siblings)-1].Level != level {
		return 0
	}
	u := siblings[len(siblings)-1]
	return order(heading{level: level, label: u.Label})
}

// siblings returns the units that the next one of a level would stand beside.
func (b *builder) siblings(level Level) []*Unit {
	if level == Article {
		return b.articles
	}
	if parent := b.parent(level); parent != nil {
		return parent.Units
	}
	return b.units
}

// parent returns the open unit that one of a level would belong to; nil: the document itself.
func (b *builder) parent(level Level) *Unit {
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].Level < level {
			return b.open[i]
		}
	}
	return nil
}

func (b *builder) current() *Unit {
	if len(b.open) == 0 {
		return nil
	}
	return b.open[len(b.open)-1]
}

// accepts decides whether a line that looks like the beginning of a unit is one.
func (b *builder) accepts(h heading, l line) bool {
	switch h.level {
	case Clause, Point:
		if b.parent(h.level) == nil || b.parent(h.level).Level < Article {
			return false
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
		return n-own == 1 || b.gap(h, l, own, l.flow != continues)
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

// begin opens a unit.
func (b *builder) begin(h heading, l line) {
	u := &Unit{Level: h.level, Label: h.label, Place: l.place}
	for len(b.open) > 0 && b.open[len(b.open)-1].Level >= h.level {
		b.open = b.open[:len(b.open)-1]
	}
	if parent := b.current(); parent != nil {
		parent.Units = append(parent.Units, u)
	} else {
		b.units = append(b.units, u)
	}
	b.open = append(b.open, u)
	if h.level == Article {
		b.articles = append(b.articles, u)
	}
	if h.rest != "" {
		u.add(line{text: h.rest}, false, false)
	}
}

// append adds a line to the unit it belongs to, or to the head.
func (b *builder) append(l line, s string) {
	u := b.current()
	if u == nil {
		b.head = append(b.head, l)
		return
	}
	carriesOn := joins(b.before, l) ||
		l.bold && b.before.bold && u.Level == Article && len(u.Units) == 0 && len(u.paragraphs) == 1
	u.add(line{text: s}, carriesOn, b.marks.depth() > 0)
	if strings.HasSuffix(strings.TrimRight(s, " ”\""), "./") || strings.HasSuffix(s, "./.") {
		b.finished = true
	}
}

var (
	closing = regexp.MustCompile(`^(?:(?:TM|KT|TUQ|TL|Q)\.\s*\p{Lu}{2}|Nơi nhận\s*:|XÁC THỰC VĂN BẢN HỢP NHẤT|Số\s*:\s*\d+/VBHN-)` +
		`|^(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) này (?:đã )?được .{0,80}(?:Quốc hội|Hội đồng nhân dân|khóa)`)
	office = regexp.MustCompile(`^(?:PHÓ )?(?:THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CHỦ TỊCH(?: QUỐC HỘI| NƯỚC)?|CHỦ NHIỆM|THỐNG ĐỐC|TỔNG GIÁM ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|GIÁM ĐỐC|TỔNG KIỂM TOÁN)(?: .{0,40})?$`)
	annex  = regexp.MustCompile(`^(?:PHỤ LỤC|Phụ lục|PHỤ LỤC SỐ)(?:\s+(?:số\s*)?[IVXLC\d]+[A-Za-z]?)?\s*[.:]?$|^(?:MẪU|Mẫu) (?:SỐ|số)\s*[\d.]+[A-Za-z]?\s*[.:]?$`)
)

// closes reports whether a line ends the text proper: a signature or the first annex.
func (b *builder) closes(l line) bool {
	if len(b.articles) == 0 || l.flow == continues {
		return false
	}
	switch {
	case closing.MatchString(l.text), office.MatchString(l.text) && isUpper(l.text):
		return true
	case b.marks.depth() > 0 && b.block != nil:
		return false
	}
	return annex.MatchString(l.text) || b.finished && isUpper(l.text)
}

// dropSignature takes the lines of the signature that were read before it was known out of the last
// unit: the name of the office in capitals.
func (b *builder) dropSignature() {
	u := b.current()
	for u != nil && len(u.paragraphs) > 1 && isUpper(u.paragraphs[len(u.paragraphs)-1].text) {
		u.paragraphs = u.paragraphs[:len(u.paragraphs)-1]
	}
}

// isUpper reports whether a text is written in capitals.
func isUpper(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 2
}
