package check

import (
	"regexp"
	"strings"

	"policybot/knowledge"
)

var (
	documentNumber = regexp.MustCompile(`\d+/(?:\d{4}/)?(?:NĐ|ND|TT|QĐ|QD|NQ|QH|KH|CV)[\pL\d-]*`)

	// quantity is a number with what makes it an amount, a share, a day or a span of time. A bare
	// month or year is none: it is read as any other digits.
	quantity = regexp.MustCompile(`(?i)` +
		`\d+(?:[.,]\d+)*\s*(?:%|phần trăm|đồng|vnđ|nghìn|ngàn|triệu|tỷ|tỉ|ngày|tuần|tháng|năm|quý|giờ|phút|tuổi|lần|buổi)` +
		`|\d+(?:[.,]\d+)*\s*(?:đ|k|tr)(?:$|[^\pL])` +
		`|(?:ngày|mùng|mồng)\s+\d+(?:[/-]\d+)*` +
		`|\d{1,2}[/-]\d{1,2}[/-]\d{4}` +
		`|\d{1,3}(?:\.\d{3})+(?:$|\D)`)

	monthOfYear = regexp.MustCompile(`(?i)(tháng\s+\d{1,2})\s+năm\s+(\d{4})`)

	// spelled is a quantity in words. One and five are left out: "một năm" is mostly "a year", and
	// "năm" is both five and year.
	spelled = regexp.MustCompile(`(?i)(?:^|[^\pL])((?:hai|ba|bốn|sáu|bảy|tám|chín|mười)(?:\s(?:mươi|mốt|hai|ba|bốn|lăm|sáu|bảy|tám|chín|trăm))*` +
		`\s(?:phần trăm|triệu|nghìn|ngàn|ngày|tháng|năm|tuổi))(?:$|[^\pL])`)

	// token is a word with a digit in it, as "CN2" or "01".
	token = regexp.MustCompile(`[\pL\d]*\d(?:[\pL\d./,-]*[\pL\d])?`)

	// emergency are the numbers that anybody may be told to call, without a basis.
	emergency = regexp.MustCompile(`(?i)gọi(?:\s+(?:ngay|liền|thêm|số))*(?:(?:,|\s|hoặc|hay|và)+11[1-5]\b)+`)

	emergencyNumber = regexp.MustCompile(`\b11[1-5]\b`)
)

// typed looks for what must come from figures and documents and is typed into a text instead.
func (c *checker) typed(p page, t text) {
	rest := action.ReplaceAllString(t.body, "\x00")
	rest = monthOfYear.ReplaceAllString(rest, "$1 | $2") // not "4 năm", four years
	rest = emergency.ReplaceAllString(rest, "\x00")
	if p.outcome == knowledge.Crisis {
		rest = emergencyNumber.ReplaceAllString(rest, "\x00")
	}
	take := func(form *regexp.Regexp, rule string) {
		for _, s := range form.FindAllString(rest, -1) {
			c.report(rule, strings.TrimFunc(s, notOfToken), p.pos, t.path...)
		}
		rest = form.ReplaceAllString(rest, "\x00")
	}
	take(documentNumber, ruleTypedDocument)
	take(quantity, ruleTypedFigure)
	take(spelled, ruleTypedFigure)
	for _, s := range token.FindAllString(rest, -1) {
		if !c.inBasis(p.basis, s) {
			c.report(ruleDigitsNotInBasis, s, p.pos, t.path...)
		}
	}
}

func notOfToken(r rune) bool { return strings.ContainsRune(" .,;:()\n\x00", r) }

// inBasis reports whether a token stands as a word of its own in the summary of a provision.
func (c *checker) inBasis(basis []knowledge.ProvisionID, s string) bool {
	own := regexp.MustCompile(`(?:^|[^\pL\d])` + regexp.QuoteMeta(s) + `(?:$|[^\pL\d])`)
	for _, id := range basis {
		if law := c.Provision(id); law != nil && own.MatchString(law.Summary) {
			return true
		}
	}
	return false
}
