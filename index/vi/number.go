package vi

import (
	"regexp"
	"strconv"
)

// number reads a number at i, in thousandths: digits or words. next is i when there is none.
func (p *amountParser) number(i int) (n int64, next int) {
	if t := p.piece(i); t.isNumber() {
		n, ok := decimal(t.text)
		if !ok {
			return 0, i
		}
		switch m := p.piece(i + 1); {
		case m.isWord("chục"):
			return n * 10, i + 2
		case m.isWord("trăm"):
			rest, next := p.belowHundred(i + 2)
			return n*100 + rest*thousand, next
		}
		return n, i + 1
	}
	d, next := p.digit(i)
	if next > i && p.piece(next).isWord("trăm") {
		rest, end := p.belowHundred(next + 1)
		return (d*100 + rest) * thousand, end
	}
	d, next = p.belowHundred(i)
	return d * thousand, next
}

// belowHundred reads "mười lăm", "hai mươi", "năm", "lẻ năm", "60"; next is i when there is none.
func (p *amountParser) belowHundred(i int) (n int64, next int) {
	if p.piece(i).isWord("lẻ", "linh") {
		if d, next := p.digit(i + 1); next > i+1 {
			return d, next
		}
		return 0, i
	}
	if t := p.piece(i); t.isNumber() && len(t.text) == 2 {
		return digitsOf(t.text), i + 1
	}
	tens, next := p.digit(i)
	if !p.piece(next).isWord("mười", "mươi", "chục") {
		return tens, next
	}
	if next == i {
		if p.piece(i).isWord("chục") {
			return 0, i // "chục triệu" is no exact sum
		}
		tens = 1
	}
	ones, end := p.digit(next + 1)
	return tens*10 + ones, end
}

// digitWords are the digits as they are said.
var digitWords = [...][]string{1: {"một", "mốt"}, 2: {"hai"}, 3: {"ba"}, 4: {"bốn", "tư"}, 5: {"năm", "lăm", "nhăm"},
	6: {"sáu"}, 7: {"bảy", "bẩy"}, 8: {"tám"}, 9: {"chín"}}

func (p *amountParser) digit(i int) (n int64, next int) {
	t := p.piece(i)
	for d, says := range digitWords {
		if len(says) > 0 && t.isWord(says...) {
			return int64(d), i + 1
		}
	}
	return 0, i
}

var decimalForm = regexp.MustCompile(`^(\d{1,9})(?:[.,](\d{1,2}))?$`)

// decimal reads digits in thousandths: "1,2", and "1.200" as thousands.
func decimal(s string) (n int64, ok bool) {
	if grouped.MatchString(s) {
		return digitsOf(s) * thousand, true
	}
	m := decimalForm.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(m[1]+(m[2] + "000")[:3], 10, 64)
	return n, err == nil
}
