package intake

import (
	"fmt"
	"regexp"
	"strings"
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
	h, ok := headingOf(l.text)
	switch {
	case ok && b.lacksMark(h, l):
		b.doubts(l.place, fmt.Sprintf("“%s” theo sau “như sau:” mà không có dấu mở ngoặc kép: máy coi là lời của văn bản được sửa", short(l.text)))
		b.marks.open = append(b.marks.open, '”')
		b.block, b.opened, b.inQuote = []line{}, l.place, [Point + 1]int{}
		b.quoted(l)
		return
	case ok && l.table == 0 && b.accepts(h, l):
		b.begin(h, l)
	default:
		b.append(l, l.text)
	}
	b.scan(l)
}

// lacksMark reports whether a line begins the words of another document without the mark that
// should open them: it comes right after an instruction, and its number is not the next.
func (b *builder) lacksMark(h heading, l line) bool {
	u := b.current()
	if u == nil || h.level < Article || h.bare || !strings.HasSuffix(b.before.text, "như sau:") || len(u.paragraphs) == 0 {
		return false
	}
	next := b.last(h.level)/nextWhole + 1
	return instruction.MatchString(u.paragraphs[0].text) && order(h)/nextWhole != next && order(h) != b.last(h.level)+1
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

var instruction = regexp.MustCompile(`^(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay|Bỏ|Hủy bỏ)[\s,]`)

// escapes reports whether a line inside quotation marks can only be the document's own, so that a
// closing mark must be missing: its number follows the document's own and not the quotation's.
func (b *builder) escapes(l line) bool {
	h, ok := headingOf(l.text)
	if !ok || h.bare || l.flow == continues || l.table > 0 {
		return false
	}
	own := b.last(h.level)
	if own > 0 && !ends(b.before.text) { // the first article follows the name of its chapter
		return false
	}
	if own == 0 && h.level != Article || own/nextWhole+1 != order(h)/nextWhole || order(h)%nextWhole != 0 {
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
