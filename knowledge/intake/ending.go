package intake

import (
	"regexp"
	"unicode"
)

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
