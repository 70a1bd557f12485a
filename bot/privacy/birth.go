package privacy

import "regexp"

// births masks dates of birth. The same date elsewhere may be what is asked about.
func (p *page) births() {
	for i, t := range p.tokens {
		if !birthFirst[p.text(t)] || i > 0 && p.text(t) == "sinh" && !bornWord(p.text(p.tokens[i-1])) {
			continue
		}
		if m := p.match(birth, t.from); m != nil {
			p.take(m[2], m[3], birthMask)
		}
	}
}

var (
	birthFirst = set(`ngay nam sinh sn ns`)
	birth      = regexp.MustCompile(`^(?:ngay thang nam sinh|ngay sinh|nam sinh|sinh ngay|sinh nam|sinh thang|sinh|sn|ns)\b` +
		`(?:[ :,.-]|\b(?:la|vao|ngay|thang|nam|mung|mong|cua|toi|em|con|chau)\b)*` +
		`(\d{1,2}(?:[/. -]{1,3}| ?thang ?)\d{1,2}(?:[/. -]{1,3}| ?nam ?)\d{2,4}\b|\d{1,2}(?:[/.-]| ?nam ?)(?:19|20)\d\d\b|(?:19|20)\d\d\b|[3-9]\d\b)`)
)

// bornWord reports whether the word before "sinh" leaves it the meaning of being born: "học sinh
// năm 2026" is no birth.
func bornWord(before string) bool {
	switch before {
	case "hoc", "phat", "dan", "ve", "an", "y", "ky", "tai", "hy", "thi", "tuyen", "nay", "moi", "tam", "cuu", "nhan", "ho", "khai", "tro", "thu":
		return false
	}
	return true
}
