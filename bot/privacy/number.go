package privacy

import (
	"regexp"
	"strings"
)

// mails masks addresses of e-mail and names in networks.
func (p *page) mails() {
	if strings.IndexByte(p.plain, '@') < 0 {
		return
	}
	for _, m := range mail.FindAllStringIndex(p.plain, -1) {
		p.take(m[0], m[1], mailMask)
	}
	for _, m := range handle.FindAllStringSubmatchIndex(p.plain, -1) {
		p.take(m[2], m[3], handleMask)
	}
}

var (
	mail   = regexp.MustCompile(`[a-z0-9._%+-]+ ?@ ?[a-z0-9-]+(?:\.[a-z0-9-]+)+`)
	handle = regexp.MustCompile(`(?:^|[^a-z0-9_.])(@[a-z][a-z0-9_]{4,})`)
)

// healthCards masks numbers of health insurance cards: two letters and 13 digits, the first of them
// 1 to 5, in groups or not.
func (p *page) healthCards() {
	for _, t := range p.tokens {
		if t.to-t.from != 2 {
			continue
		}
		if m := p.match(healthCard, t.from); m != nil {
			p.take(m[2], m[3], cardMask)
		}
	}
}

var healthCard = regexp.MustCompile(`^([a-z]{2}[ .-]?[1-5](?:[ .-]?\d){12})\b`)

// sequence is a number as people write it, in groups; how many digits it needs is checked apart.
const sequence = `(\+?\(?[a-z]?\d(?:[ .,()_*-]{0,3}\d){5,20})`

// owner is what may stand between the word for a number and the number.
const owner = `(?:[ :.,=-]|\b(?:so|la|cua|toi|tui|em|con|minh|ba|me|ma|cha|chong|vo|ong|anh|chi|nguoi nha|nay|day|qua|zalo|ban|cu|moi)\b)*`

// numbersByWord masks numbers that the word before them makes private, whatever their shape.
func (p *page) numbersByWord() {
	for _, t := range p.tokens {
		for _, kind := range wordedNumbers[p.text(t)] {
			from := t.from
			for from > 0 && strings.IndexByte("+( ", p.plain[from-1]) >= 0 && isDigit(p.plain[t.from]) {
				from-- // the signs before the code of the country
			}
			if m := p.match(kind.shape, from); m != nil && p.privateHere(m[2], m[3], kind.digits) {
				p.take(m[2], m[3], kind.mask)
			}
		}
	}
}

// privateHere reports whether a number behind such a word is not, after all, something public.
func (p *page) privateHere(from, to, digits int) bool {
	text := p.plain[from:to]
	return countDigits(text) >= digits && !years.MatchString(text) && !date.MatchString(text) && !moneyUnit.MatchString(p.plain[to:])
}

type wordedNumber struct {
	shape  *regexp.Regexp
	digits int // at least
	mask   string
}

// wordedNumbers are found by the first word of what announces them.
var wordedNumbers = byFirstWord(map[string]wordedNumber{
	`84`: {regexp.MustCompile(`^ ?(\(?\+ ?84\)?(?:[ .()_-]{0,3}\d){9,10})\b`), 10, phoneMask},
	// Without the plus it has to be grouped as a telephone number.
	`84 `: {regexp.MustCompile(`^ ?(84[ .][35789]\d\d[. -]\d{3}[. -]\d{3})\b`), 10, phoneMask},

	`dien dtdd sdt so dt phone zalo di hotline`: {regexp.MustCompile(
		`^(?:dien thoai|dtdd|sdt|so dt|so may|dt|phone|zalo|di dong|hotline)` + owner + sequence), 7, phoneMask},
	`cccd cmnd cmt can chung mst ma so dinh ho passport`: {regexp.MustCompile(
		`^(?:cccd|cmnd|cmt|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?|mst|ma so(?: thue| bhxh| bhyt| the)?|` +
			`so the|ma the|ma ho|dinh danh|ho chieu|passport|so so)` + owner + sequence), 6, paperMask},
	`stk so`:      {regexp.MustCompile(`^(?:stk|so tk|so tai khoan)` + bank + owner + sequence), 6, accountMask},
	`tai tk ngan`: {regexp.MustCompile(`^(?:tai khoan|tk|ngan hang)` + bank + owner + sequence), 8, accountMask},
})

func byFirstWord(kinds map[string]wordedNumber) map[string][]wordedNumber {
	all := make(map[string][]wordedNumber)
	for words, kind := range kinds {
		for word := range set(words) {
			all[word] = append(all[word], kind)
		}
	}
	return all
}

// bank is the name of a bank between the word and the number.
const bank = `(?:[ :]+[a-z]{2,12}){0,4}?`

func countDigits(text string) int {
	n := 0
	for i := range len(text) {
		if isDigit(text[i]) {
			n++
		}
	}
	return n
}

var (
	date      = regexp.MustCompile(`^(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}-\d{1,2})$`)
	year      = regexp.MustCompile(`^(?:19|20)\d\d$`)
	years     = regexp.MustCompile(`^(?:19|20)\d\d(?:[ ,.-]+(?:19|20)\d\d)*$`)
	moneyUnit = regexp.MustCompile(`^ ?(?:d|dong|vnd|tr|trieu|k|ng|nghin|ngan|ty|ti|usd)\b`)
)

// keepPublicNumbers keeps what looks like a private number and is not: dates, numbers of documents,
// codes of procedures, amounts.
func (p *page) keepPublicNumbers() {
	p.numbers(func(at int) {
		for _, kind := range publicNumbers {
			if m := p.match(kind.shape, at); m != nil && kind.alone(p, m[2], m[3]) {
				p.take(m[2], m[3], "")
				return
			}
		}
	})
}

var publicNumbers = []struct {
	shape *regexp.Regexp
	alone func(p *page, from, to int) bool
}{
	{regexp.MustCompile(`^(\d{1,4}/(?:19|20)\d\d/[a-z]{1,6}(?:\d{1,2}\b)?(?:-[a-z]{2,8}(?:\d{1,2}\b)?){0,3})`), (*page).alone}, // 188/2025/NĐ-CP
	{regexp.MustCompile(`^(\d\.\d{6}(?:\.\d{3}\.\d\d\.\d\d\.h\d\d)?)`), (*page).alone},                                         // 1.012345.000.00.00.H13
	{regexp.MustCompile(`^(\d{1,2}/(?:\d{1,2}/)?(?:19|20)\d\d|\d{1,2}\.(?:\d{1,2}\.)?(?:19|20)\d\d|` +
		`\d{1,2}-(?:\d{1,2}-)?(?:19|20)\d\d|(?:19|20)\d\d-\d{1,2}-\d{1,2})`), (*page).dateAlone},
	{regexp.MustCompile(`^([1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+))`), (*page).amountAlone},
	{regexp.MustCompile(`^([1-9]\d{0,2}(?: \d{3})+) ?(?:d|dong|vnd)\b`), (*page).amountAlone},
	{regexp.MustCompile(`^([1-9]\d*000) ?(?:d|dong|vnd)\b`), (*page).roundAlone},
}

// alone reports whether a number is not a part of a longer one.
func (p *page) alone(from, to int) bool {
	return !partBefore.MatchString(p.plain[max(0, from-2):from]) && !partAfter.MatchString(p.plain[to:])
}

// dateAlone is alone for a date, which may end or begin a range of dates, but not go on with its
// own sign.
func (p *page) dateAlone(from, to int) bool {
	sign := p.plain[from:to][strings.IndexAny(p.plain[from:to], "/.-")]
	before := from > 1 && p.plain[from-1] == sign && isDigit(p.plain[from-2])
	after := to+1 < len(p.plain) && p.plain[to] == sign && isDigit(p.plain[to+1])
	return !before && !after && p.alone(from, to)
}

// roundAlone is alone for an amount in one piece, which may also be the end of a code.
func (p *page) roundAlone(from, to int) bool {
	return p.alone(from, to) && (from == 0 || !isLetter(p.plain[from-1]))
}

// mobile84 is what could be a telephone number after the code of the country.
var mobile84 = regexp.MustCompile(`^84[.,][35789]\d\d[.,]\d{3}[.,]\d{3}$`)

// amountAlone is alone for an amount, which may have a decimal part after another sign. What could be a telephone
// number of the country's code is an amount only with its unit.
func (p *page) amountAlone(from, to int) bool {
	after := p.plain[to:]
	if m := decimals.FindString(after); m != "" && strings.IndexByte(p.plain[from:to], m[0]) < 0 {
		to += len(m)
	}
	return p.alone(from, to) && (!mobile84.MatchString(p.plain[from:to]) || moneyUnit.MatchString(after))
}

var (
	partBefore = regexp.MustCompile(`(?:[+\d]|\d[.,])$`)
	partAfter  = regexp.MustCompile(`^[.,]?\d`)
	decimals   = regexp.MustCompile(`^[.,]\d{1,2}\b`)
)

// numbersByShape masks what is left and has the shape of a private number: a telephone number, or
// enough digits for a paper.
func (p *page) numbersByShape() {
	for _, groups := range p.sequences() {
		for i := 0; i < len(groups); {
			n, mask := private(p.plain, groups[i:])
			if n == 0 {
				i++
				continue
			}
			p.takeNumber(groups[i].from, groups[i+n-1].to, mask)
			i += n
		}
	}
}

// takeNumber takes the signs before a number along.
func (p *page) takeNumber(from, to int, mask string) {
	for from > 0 && strings.IndexByte("+(", p.plain[from-1]) >= 0 && !p.taken[from-1] {
		from--
	}
	p.take(from, to, mask)
}

// sequences returns the runs of digits that are not taken, those together that only separators part.
func (p *page) sequences() (all [][]span) {
	var last *span
	for i := 0; i < len(p.plain); {
		if !isDigit(p.plain[i]) || p.taken[i] {
			i++
			continue
		}
		g := span{from: i}
		for i < len(p.plain) && isDigit(p.plain[i]) && !p.taken[i] {
			i++
		}
		g.to = i
		if last != nil && p.joined(last.to, g.from) {
			all[len(all)-1] = append(all[len(all)-1], g)
		} else {
			all = append(all, []span{g})
		}
		last = &g
	}
	return all
}

func (p *page) joined(from, to int) bool {
	return to-from <= 3 && strings.Trim(p.plain[from:to], " .,-_()*/") == ""
}

var (
	phone = regexp.MustCompile(`^(?:0[235789]\d{8}|02\d{9}|01\d{9}|(?:00)?840?(?:[35789]\d{8}|2\d{9}))$`)
	paper = regexp.MustCompile(`^0\d{11}$`)
)

// longPrivate is the number of digits that nothing but a private number or an amount has.
const longPrivate = 9

// private returns how many of the first groups are one private number; 0: none.
func private(plain string, groups []span) (int, string) {
	if n := longest(phone, plain, groups); n > 0 {
		return n, phoneMask
	}
	if n := longest(paper, plain, groups); n > 0 {
		return n, paperMask
	}
	if groups[0].to-groups[0].from >= longPrivate {
		return 1, paperMask
	}
	if inGroups(plain, groups) {
		return len(groups), paperMask
	}
	return 0, ""
}

// longest returns how many of the first groups, together, have a shape; 0: no number of them.
func longest(shape *regexp.Regexp, plain string, groups []span) (n int) {
	digits := ""
	for i, g := range groups {
		if digits += plain[g.from:g.to]; len(digits) > 14 {
			break
		}
		if shape.MatchString(digits) {
			n = i + 1
		}
	}
	return n
}

// mostGroups is more than the digits of any private number.
const mostGroups = 20

// inGroups reports whether groups look like one long number: a few groups of two to five digits,
// or digits read out one by one. A list of years is none.
func inGroups(plain string, groups []span) bool {
	if len(groups) > mostGroups {
		return false
	}
	total, shortest, longest, onlyYears := 0, 100, 0, true
	for _, g := range groups {
		n := g.to - g.from
		onlyYears = onlyYears && year.MatchString(plain[g.from:g.to])
		total, shortest, longest = total+n, min(shortest, n), max(longest, n)
	}
	if total < longPrivate || onlyYears {
		return false
	}
	return longest == 1 || len(groups) <= 4 && shortest >= 2 && longest <= 5
}
