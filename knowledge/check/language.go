package check

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"policybot/knowledge"
)

// jargon are words of offices that residents do not use, in lower case.
var jargon = []string{
	"quý công dân", "quý ông bà", "đối tượng thụ hưởng", "đối tượng được thụ hưởng", "theo quy định hiện hành",
	"theo quy định của pháp luật", "quy định tại", "căn cứ vào", "cơ quan hữu quan", "cơ quan chức năng",
	"cơ quan có thẩm quyền", "đương sự", "thụ lý", "triển khai thực hiện", "trên cơ sở", "nhằm mục đích",
	"trong trường hợp", "tiến hành", "thực hiện việc", "đơn vị chủ quản", "nêu trên", "dưới đây",
}

// districtOffice is an office of the districts and departments that ended on 01/07/2025 and before.
var districtOffice = regexp.MustCompile(`(?i)(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|BHXH|Bảo hiểm xã hội)\s+(?:cấp\s+)?(?:quận|huyện|thị xã)` +
	`|(?:Phòng|Sở)\s+(?:LĐ|Lao động)[\pL&-]*(?:[\s,-]*(?:TB\s*&\s*XH|TBXH|Thương binh))?` +
	`|Phòng\s+(?:Giáo dục|GD)|\bhuyện ủy|quận ủy`)

// gone is how a text says that an office is no more, rather than that people should go there.
var gone = regexp.MustCompile(`(?i)không còn|không phải|không cần|đã bỏ|đã giải thể|bãi bỏ|thôi hoạt động|trước đây|trước kia|cũ|thay cho|thay vì`)

// wordsOf looks at how a text of a page is put.
func (c *checker) wordsOf(p page, t text) {
	plain := action.ReplaceAllString(t.body, " ")
	lower := strings.ToLower(plain)
	for _, word := range jargon {
		if strings.Contains(lower, word) {
			c.report(ruleJargon, word, p.pos, t.path...)
		}
	}
	for _, s := range sentenceEnd.Split(plain, -1) {
		if at := districtOffice.FindString(s); at != "" && !gone.MatchString(s) {
			c.report(ruleDistrictOffice, at, p.pos, t.path...)
		}
	}
}

// letters looks at the letters of all that an item holds. What it tells of them can be read: composed,
// and with a mark where nothing is to be seen.
func (c *checker) letters(at knowledge.Pos) {
	for line, s := range at.Texts() {
		if !norm.NFC.IsNormalString(s) {
			c.add(knowledge.Fault{File: at.File, Line: line, Rule: ruleNotNFC, Detail: norm.NFC.String(s)}, Error)
		}
		if strings.ContainsFunc(s, invisible) {
			c.add(knowledge.Fault{File: at.File, Line: line, Rule: ruleInvisible, Detail: strings.Map(mark, s)}, Error)
		}
	}
}

func mark(r rune) rune {
	if invisible(r) {
		return '␣'
	}
	return r
}

// invisible reports letters that nobody sees and that make equal texts differ: no-break and
// zero-width spaces, marks of direction and of byte order.
func invisible(r rune) bool {
	return r == '\u00a0' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) && r != '\n'
}

// fold makes wordings that differ in case, diacritics, punctuation and spacing the same.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r):
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// same makes ways of saying that differ in case and spacing the same; diacritics tell words apart.
func same(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(s))), " ")
}
