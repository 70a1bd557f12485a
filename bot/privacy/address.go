package privacy

import (
	"regexp"
	"strings"
	"unicode"
)

// addresses masks where somebody lives, from the number of the house to the hamlet. The ward stays:
// it tells who is in charge.
func (p *page) addresses() {
	for i, t := range p.tokens {
		switch word := p.text(t); {
		case isDigit(word[0]):
			p.house(t.from)
		case hamletWords[word] && i > 0 && homeWords[p.text(p.tokens[i-1])]:
			p.hamlet(t)
		case addressWords[word] && i+1 < len(p.tokens):
			if m := p.match(houseAfter, t.from); m != nil {
				p.take(m[2], max(p.wayPoints(m[3]), p.streetName(m[3])), addressMask)
			}
		}
	}
}

// house masks an address that begins with a number at from. "số 12" alone may number anything, and
// "12" even with a hamlet behind it: only a way makes a house of it.
func (p *page) house(from int) {
	m := p.match(house, from)
	if m == nil {
		return
	}
	end := p.wayPoints(m[1])
	numbered := strings.HasSuffix(p.plain[:from], "so ")
	if strings.HasSuffix(p.plain[:from], "o so ") || strings.HasSuffix(p.plain[:from], "tai so ") {
		end = max(end, p.streetName(m[1]))
	}
	if end > m[1] && (numbered || p.match(road, m[1]) != nil) {
		p.take(from, end, addressMask)
	}
}

// hamlet masks the name of a hamlet behind a word of living there; hamlets are also asked about.
func (p *page) hamlet(t span) {
	if strings.ToLower(string(p.runes[t.from:t.to])) == "áp" { // áp dụng
		return
	}
	if m := p.match(hamlet, t.from); m != nil {
		if end := p.placeName(m[1], true); end > m[1] {
			p.take(t.from, end, addressMask)
		}
	}
}

// streetName returns the end of a street behind the number of a house, where the word for street is
// left out: at least two words with capital letters.
func (p *page) streetName(from int) int {
	words := p.words(from, 5)
	if n := p.capitals(words); n >= 2 {
		return words[n-1].to
	}
	return from
}

const houseNumber = `\d{1,5}[a-z]?(?:[/-]\d{1,4}[a-z]?)*`

var (
	addressWords = set(`so nha dia`)
	hamletWords  = set(`ap khom thon`)
	homeWords    = set(`o tai nha ngu tru song que toi tui em con minh`)
	house        = regexp.MustCompile(`^` + houseNumber + `\b`)
	houseAfter   = regexp.MustCompile(`^(?:so nha|nha so|dia chi(?: nha)?(?: cua)?(?: toi| em| tui| con)?(?: la)?(?: o)?(?: so)?)[ :.,]*(` + houseNumber + `)\b`)
	hamlet       = regexp.MustCompile(`^(?:ap|khom|thon) `)
	wayPoint     = regexp.MustCompile(`^[ ,.-]{0,3}(?:duong|hem|kiet|ngach|quoc lo|ql|tinh lo|khu pho|kp|ap|khom|thon|khu vuc|kv|to dan pho|to)\b ?`)
	road         = regexp.MustCompile(`^[ ,]{1,2}(?:duong|hem|kiet|ngach|quoc lo|ql|tinh lo)\b`)
	wayNumber    = regexp.MustCompile(`^(?:so )?\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)*(?: ?thang ?\d{1,2})?\b`)
)

// wayPoints returns where the streets, lanes and hamlets that follow at from end; from: none follow.
func (p *page) wayPoints(from int) int {
	for {
		m := p.match(wayPoint, from)
		if m == nil {
			return from
		}
		end := p.placeName(m[1], false)
		if end == m[1] {
			return from
		}
		from = end
	}
}

// placeName returns the end of the name of a place at from: a number, words with a capital letter,
// or, unless those are wanted, at most three words up to one that cannot belong to it.
func (p *page) placeName(from int, capitals bool) int {
	if m := p.match(wayNumber, from); m != nil {
		return m[1]
	}
	end := from
	words := p.words(from, 5)
	capitals = capitals || len(words) > 0 && p.capital(words[0])
	for i, w := range words {
		word := p.plain[w.from:w.to]
		if areaWords[word] || capitals && !p.capital(w) || !capitals && (i == 3 || stopWords[word]) {
			break
		}
		end = w.to
	}
	return end
}

// areaWords begin the name of something larger than a hamlet.
var areaWords = set(`phuong xa quan huyen tp thanh tinh can thi`)

// words returns at most n words from a place on, as long as only spaces part them.
func (p *page) words(from, n int) (all []span) {
	for at := from; len(all) < n; {
		for at < len(p.plain) && p.plain[at] == ' ' {
			at++
		}
		w := span{from: at}
		for at < len(p.plain) && unicode.IsLetter(p.runes[at]) && !p.taken[at] {
			at++
		}
		if w.to = at; w.from == w.to {
			break
		}
		all = append(all, w)
	}
	return all
}

func (p *page) capital(w span) bool { return unicode.IsUpper(p.runes[w.from]) }

func set(words string) map[string]bool {
	all := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}
