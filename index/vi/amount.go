package vi

import (
	"regexp"
	"strconv"
	"strings"

	"policybot/knowledge"
)

// Amounts returns the sums of money that a text names, in their order: "2tr5", "2 triệu rưỡi",
// "500k", "3.500.000đ", "12 củ", "mười triệu", "360000". A range gives both its ends. Shares, ages,
// counts, days, numbers of documents and of telephones are no money, and neither is what can be read
// in two ways, such as "2tr50".
func Amounts(text string) []knowledge.VND {
	var all []knowledge.VND
	for _, s := range Sums(text) {
		all = append(all, s.Amount)
	}
	return all
}

// mostMoney bounds what is taken for a sum, so that arithmetic on it cannot overflow.
const mostMoney = 1_000_000_000_000

// piece is a number, a word or a sign of a text.
type piece struct {
	text  string // lower case, with its marks
	fold  string
	glued bool // nothing stands between it and the piece before
	at    int  // where it begins, in bytes
}

var pieceForm = regexp.MustCompile(`\d+(?:[.,]\d+)*|[\pL\pM]+|[^\s\pL\pM\d]`)

func piecesOf(s string) []piece {
	var pieces []piece
	end := 0
	for _, m := range pieceForm.FindAllStringIndex(s, -1) {
		text := s[m[0]:m[1]]
		pieces = append(pieces, piece{text, Fold(text), m[0] == end && end > 0, m[0]})
		end = m[1]
	}
	return pieces
}

func (p piece) isNumber() bool { return p.text != "" && p.text[0] >= '0' && p.text[0] <= '9' }

// isWord reports whether the piece is the word, spelt with its marks or without any.
func (p piece) isWord(words ...string) bool {
	for _, w := range words {
		if p.text == w || p.text == p.fold && p.fold == Fold(w) {
			return true
		}
	}
	return false
}

// isEnd reports whether a clause ends here.
func (p piece) isEnd() bool {
	return p.text == "" || strings.Contains(",.;:!?)…", p.text)
}

type amountParser struct {
	text   string
	pieces []piece
	at     int
	found  []Sum
}

// piece returns the one at i; the zero piece outside the text.
func (p *amountParser) piece(i int) piece {
	if i < 0 || i >= len(p.pieces) {
		return piece{}
	}
	return p.pieces[i]
}

const (
	thousand = 1_000
	million  = 1_000_000
	billion  = 1_000_000_000
)

// step reads an amount where the parser stands, or goes on by one piece.
func (p *amountParser) step() {
	start := p.at
	n, next := p.number(start)
	unit, after := p.unit(next, n)
	switch {
	case next == start && p.piece(start).isWord("triệu") && p.piece(start+1).isWord("rưỡi"): // "hết triệu rưỡi"
		p.at = start + 2
		p.add(million+million/2, start)
		return
	case p.piece(start).isWord("nửa") && p.piece(start+1).isWord("triệu", "củ", "tỷ", "tỉ"):
		half, after := p.unit(start+1, thousand)
		p.at = after
		p.add(half/2, start)
		return
	case next == start:
		p.at++
		return
	case unit == 0:
		p.bare(start, next)
		return
	}
	p.at = after
	sum, clear := n*unit/thousand, true
	if unit >= million {
		var tail int64
		tail, p.at, clear = p.tail(after, unit)
		sum += tail
	}
	if !clear {
		return
	}
	if from, first, ranged := p.rangeBefore(start); ranged {
		p.addEnds(from*unit/thousand, sum, first)
		return
	}
	p.add(sum, start)
}

// unit reads the unit at i of n thousandths; 0: there is none.
func (p *amountParser) unit(i int, n int64) (unit int64, next int) {
	u := p.piece(i)
	switch {
	case u.isWord("triệu", "tr", "củ"):
		unit = million
	case u.isWord("tỷ", "tỉ"):
		unit = billion
	case u.isWord("ngàn", "nghìn"), u.isWord("k") && u.glued:
		unit = thousand
	case u.isWord("đ", "đồng", "vnd", "vnđ") && n >= thousand*thousand, u.text == "₫":
		unit = 1
	}
	if unit == 0 || p.piece(i+1).text == "%" || n/thousand > mostMoney/unit || unit >= million && unsure.MatchString(p.piece(i-1).text) {
		return 0, i
	}
	if unit > 1 && p.piece(i+1).isWord("đồng", "vnđ") {
		i++
	}
	return unit, i + 1
}

// bare takes a number without a unit as money when it is written like money.
func (p *amountParser) bare(start, next int) {
	p.at = next
	a := p.piece(start)
	if next != start+1 || !a.isNumber() || a.text[0] == '0' {
		return
	}
	if label := p.piece(start - 1); label.isWord("số", "mã", "sđt", "đt", "gọi", "điện", "thoại", "đài", "đến", "tới") || strings.Contains("/-", label.text) && label.glued {
		return
	}
	if b := p.piece(next); b.text == "%" || b.isWord("triệu", "tr", "củ", "tỷ", "tỉ") || b.glued && (strings.Contains("/-", b.text) || !b.isEnd()) {
		return
	}
	if grouped.MatchString(a.text) {
		p.add(digitsOf(a.text), start)
		return
	}
	const fewest, most = 5, 9
	if n := digitsOf(a.text); len(a.text) >= fewest && len(a.text) <= most && !strings.ContainsAny(a.text, ".,") {
		if len(a.text) < most-1 || n%thousand == 0 {
			p.add(n, start)
		}
	}
}

var grouped = regexp.MustCompile(`^[1-9]\d{0,2}(?:\.\d{3}){1,3}$|^[1-9]\d{0,2}(?:,\d{3}){1,3}$`)

// unsure is a number of millions that may have three decimals or be grouped: "1,250 triệu".
var unsure = regexp.MustCompile(`^\d{1,3}[.,]\d{3}$`)

// digitsOf reads the digits of s, however they are grouped.
func digitsOf(s string) int64 {
	n, err := strconv.ParseInt(strings.NewReplacer(".", "", ",", "").Replace(s), 10, 64)
	if err != nil || n > mostMoney {
		return 0
	}
	return n
}

// tail reads what follows millions and more: "rưỡi", "350 ngàn", the "5" of "2tr5", the "hai" of
// "mười triệu hai". clear is false when it can be read in two ways.
func (p *amountParser) tail(i int, unit int64) (sum int64, next int, clear bool) {
	t := p.piece(i)
	if t.isWord("rưỡi") {
		return unit / 2, i + 1, true
	}
	n, next := p.number(i)
	if next == i {
		return 0, i, true
	}
	if smaller, after := p.unit(next, n); smaller > 1 && smaller < unit {
		sum, next, clear = 0, after, true
		if smaller == million { // "một tỷ hai trăm triệu rưỡi"
			sum, next, clear = p.tail(after, smaller)
		}
		return sum + n*smaller/thousand, next, clear
	}
	if hundreds := p.piece(i + 1).isWord("trăm"); hundreds && unit == million { // "2 triệu 3 trăm", of thousands
		return n, next, !p.counts(next)
	}
	if p.piece(next).isWord("thẻ") { // "2 triệu 4 thẻ": four cards, or a sum and a card
		return 0, next, false
	}
	if !t.isNumber() {
		if next == i+1 && p.endsInDigit(i) {
			return n * unit / 10 / thousand, next, true
		}
		return 0, i, true
	}
	if p.counts(next) || len(t.text) > 3 || strings.ContainsAny(t.text, ".,") {
		return 0, i, true
	}
	switch len(t.text) {
	case 1:
		return n * unit / 10 / thousand, next, next == i+1
	case 3:
		return n * unit / thousand / thousand, next, next == i+1
	}
	return 0, next, false
}

// endsInDigit reports whether the word at i is the last digit of a sum: "nam" may be "nằm" and "ba"
// may be father, so those must end the clause.
func (p *amountParser) endsInDigit(i int) bool {
	if p.piece(i + 1).isEnd() {
		return true
	}
	switch w := p.piece(i); {
	case w.isWord("hai", "bốn") || w.text != w.fold && w.isWord("sáu", "bảy", "tám", "chín"):
		return !p.counts(i + 1)
	}
	return false
}

// counted are what small numbers count when they are no money.
var counted = words(`ngay dem tuan thang nam nam, lan nguoi dua con chau tuoi gio tieng hom bua dot loai cai mui toa
	phan benh vien chai hop vo chong ma me cha ba ong anh chi em mo chuyen nhan khau diem`)

func words(s string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(s) {
		all[w] = true
	}
	return all
}

// counts reports whether the number before i counts something, or is part of a date or a share.
func (p *amountParser) counts(i int) bool {
	t := p.piece(i)
	return counted[t.fold] || t.text != "" && strings.Contains("%/-", t.text)
}

// rangeBefore returns the first end of a range, in thousandths, and its piece: the 5 of "5-6 triệu", "5
// đến 6 triệu", "năm sáu triệu".
func (p *amountParser) rangeBefore(start int) (from int64, first int, ranged bool) {
	link := p.piece(start - 1)
	i := start - 1
	if link.text == "-" || link.text == "–" || link.text == "," || link.isWord("đến", "tới", "hoặc", "hay") {
		i--
	}
	w := p.piece(i)
	n, next := p.number(i)
	switch {
	case next != i+1:
		return 0, i, false
	case i == start-1: // side by side: only the next number up, "năm sáu"
		m, _ := p.number(start)
		return n, i, w.isNumber() == p.piece(start).isNumber() && m == n+thousand
	case link.text == ",":
		m, _ := p.number(start)
		return n, i, m == n+thousand
	}
	return n, i, len(w.text) <= 3 || !w.isNumber()
}
