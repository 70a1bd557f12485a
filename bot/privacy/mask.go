// Package privacy finds personal data in what people type, in Vietnamese, with diacritics or
// without, and masks it. It runs before anything is recorded, logged, counted or shown to a model.
//
// When in doubt about a number it masks, since what is lost is a detail of a record. What questions
// are about stays readable: amounts, dates, numbers of documents, percentages, emergency numbers.
package privacy

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// What stands in the place of what was masked. None holds a digit.
const (
	phoneMask   = "[điện thoại]"
	cardMask    = "[số thẻ]"
	paperMask   = "[số giấy tờ]"
	accountMask = "[số tài khoản]"
	mailMask    = "[email]"
	handleMask  = "[tài khoản mạng]"
	birthMask   = "[ngày sinh]"
	nameMask    = "[họ tên]"
	addressMask = "[địa chỉ]"
)

// Mask returns text in NFC with telephone numbers, numbers of papers, cards and bank accounts,
// e-mail addresses, dates of birth, names and addresses each replaced by a word in brackets that
// says what was there. To mask twice is to mask once.
func Mask(text string) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, "�"))
	for {
		// What is masked may bring two things together that make a third; each round leaves less.
		masked := once(text)
		if masked == text {
			return text
		}
		text = masked
	}
}

// once applies the rules in order. A rule takes only what no earlier one has taken.
func once(text string) string {
	p := read(text)
	p.keepMasks()
	p.mails()
	p.numbersByWord()
	p.births()
	p.addresses()
	p.healthCards()
	p.keepPublicNumbers()
	p.numbersByShape()
	p.names()
	return p.masked()
}

// A page is a text with what the rules have found in it.
type page struct {
	runes []rune
	// plain has one byte for each rune: lower case, without diacritics, so that rules need not care
	// how a word is typed and positions in it are positions in runes.
	plain string
	// tokens are the words and the runs of digits of plain. A rule looks from the tokens it may
	// begin with, which is ten times as fast as to search the page for each.
	tokens []span
	taken  []bool
	found  []span
}

// A span is a stretch of runes that is taken: masked by a word, or kept as it is if that is empty.
type span struct {
	from, to int
	mask     string
}

func read(text string) *page {
	runes := []rune(text)
	plain := make([]byte, len(runes))
	for i, r := range runes {
		plain[i] = fold(r)
	}
	p := &page{runes: runes, plain: string(plain), taken: make([]bool, len(runes))}
	p.tokens = tokens(p.plain)
	return p
}

func tokens(plain string) (all []span) {
	for i := 0; i < len(plain); {
		same := isDigit
		switch {
		case isDigit(plain[i]):
		case isLetter(plain[i]):
			same = isLetter
		default:
			i++
			continue
		}
		t := span{from: i}
		for i < len(plain) && same(plain[i]) {
			i++
		}
		t.to = i
		all = append(all, t)
	}
	return all
}

func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isLetter(b byte) bool { return b >= 'a' && b <= 'z' }

// other stands for what is neither letter, digit nor ASCII: it ends every word and number.
const other = 1

func fold(r rune) byte {
	switch {
	case r < unicode.MaxASCII:
		return byte(unicode.ToLower(r))
	case r == 'đ' || r == 'Đ':
		return 'd'
	case r >= '０' && r <= '９':
		return byte('0' + r - '０')
	case unicode.IsDigit(r):
		return '9'
	case r == '–' || r == '—' || r == '‐' || r == '‑' || r == '−':
		return '-'
	case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r): // invisible signs cut numbers too
		return ' '
	}
	if base := []rune(norm.NFKD.String(string(r)))[0]; base < unicode.MaxASCII {
		return byte(unicode.ToLower(base))
	}
	return other
}

// take marks a stretch, unless a part of it is taken already.
func (p *page) take(from, to int, mask string) bool {
	if from >= to || slices.Contains(p.taken[from:to], true) {
		return false
	}
	for i := from; i < to; i++ {
		p.taken[i] = true
	}
	p.found = append(p.found, span{from, to, mask})
	return true
}

// window is how far from its first token a rule may look.
const window = 160

// match matches re, which begins with ^, at a place, and returns positions in the page; nil: none.
func (p *page) match(re *regexp.Regexp, at int) []int {
	m := re.FindStringSubmatchIndex(p.plain[at:min(len(p.plain), at+window)])
	for i := range m {
		if m[i] >= 0 {
			m[i] += at
		}
	}
	return m
}

func (p *page) text(s span) string { return p.plain[s.from:s.to] }

// numbers calls f for each run of digits.
func (p *page) numbers(f func(from int)) {
	for _, t := range p.tokens {
		if isDigit(p.plain[t.from]) {
			f(t.from)
		}
	}
}

// keepMasks keeps the words in brackets of an earlier round.
func (p *page) keepMasks() {
	if strings.IndexByte(p.plain, '[') < 0 {
		return
	}
	for _, m := range earlierMasks.FindAllStringIndex(p.plain, -1) {
		p.take(m[0], m[1], "")
	}
}

var earlierMasks = regexp.MustCompile(`\[(?:dien thoai|so the|so giay to|so tai khoan|email|tai khoan mang|ngay sinh|ho ten|dia chi)\]`)

func (p *page) masked() string {
	slices.SortFunc(p.found, func(a, b span) int { return a.from - b.from })
	var b strings.Builder
	at := 0
	for _, s := range p.found {
		if s.mask != "" {
			b.WriteString(string(p.runes[at:s.from]))
			b.WriteString(s.mask)
			at = s.to
		}
	}
	b.WriteString(string(p.runes[at:]))
	return b.String()
}
