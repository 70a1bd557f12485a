package intake

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"policybot/knowledge"
)

var (
	numberLine = regexp.MustCompile(`(?i)^(?:(?:luật|nghị định|nghị quyết|thông tư|quyết định|bộ luật)\s+)?số\s*:?\s*(` + numberForm + `)`)
	kindLine   = regexp.MustCompile(`^(BỘ LUẬT|LUẬT|PHÁP LỆNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ|QUYẾT ĐỊNH|KẾ HOẠCH|CÔNG VĂN)(?:\s*[:.]?\s+(.*))?$`)
	titleEnd   = regexp.MustCompile(`^(?:Căn cứ|Xét|Theo|Thực hiện|Để |Nhằm|Kính gửi|[-–—_*]{3}|(?:\p{Lu}\p{L}* ){1,12}ban hành|QUYẾT (?:ĐỊNH|NGHỊ)\s*:)`)
	place      = regexp.MustCompile(`(?:^|\s)\p{Lu}[\p{L} .\-]{1,30},\s*(ngày\s+\d.*)$`)
	origin     = regexp.MustCompile(`^(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định)\s.{0,400}?số\s+(` + numberForm + `)\s+ngày\s`)
)

// readHead finds number, kind, title, issuer and day of issue in what stands before the first
// article.
func (d *Document) readHead(t text) {
	head := t.head
	if len(t.units) == 0 && len(head) > 80 {
		head = head[:80]
	}
	hybrid := false
	for _, l := range head {
		if strings.Contains(strings.ToUpper(l.text), "VĂN BẢN HỢP NHẤT") {
			hybrid = true
		}
		if m := numberLine.FindStringSubmatch(l.text); m != nil && d.Number == "" {
			d.Number = m[1]
		}
		if m := place.FindStringSubmatch(l.text); m != nil && d.Issued.IsZero() {
			d.Issued = dateIn(m[1])
		}
	}
	word := d.readTitle(head)
	if hybrid || consolidated.MatchString(d.Number) {
		d.readOrigin(head)
	}
	d.Kind = kindOf(word, d.Number)
	d.readIssuer(head)
	for _, l := range t.tail { // laws say at their end when they were passed
		if d.Issued.IsZero() && strings.Contains(l.text, "được Quốc hội") {
			d.Issued = dateIn(strings.Join(texts(t.tail[:min(len(t.tail), 8)]), " "))
		}
	}
	d.name()
}

// localNames end the IDs of documents that hold in one place only.
var localNames = map[knowledge.PlaceID]string{
	knowledge.Cantho: "cantho", knowledge.FormerCantho: "cantho", knowledge.FormerHaugiang: "haugiang", knowledge.FormerSoctrang: "soctrang",
}

// name gives the document its ID. One whose number does not make an ID has a name that says so.
func (d *Document) name() {
	if d.ID = idOf(d.Kind, d.Number, d.Issued); d.ID != "" {
		if near := localNames[d.Place()]; near != "" { // the numbers of provinces are the same
			d.ID += knowledge.DocumentID("-" + near)
		}
		return
	}
	words := strings.Fields(cmp.Or(strings.ReplaceAll(d.Number, "/", " "), d.Title))
	name := plainName(strings.Join(words[:min(6, len(words))], " "))
	d.ID = knowledge.DocumentID("ban-nhap-" + cmp.Or(name, "khong-ten"))
}

func texts(lines []line) []string {
	all := make([]string, len(lines))
	for i, l := range lines {
		all[i] = l.text
	}
	return all
}

// readTitle finds the line that names the kind and gathers the title below it. It returns the word
// for the kind.
func (d *Document) readTitle(head []line) string {
	for i, l := range head {
		m := kindLine.FindStringSubmatch(l.text)
		if m == nil {
			continue
		}
		title := []string{}
		if m[2] != "" {
			title = append(title, m[2])
		}
		for _, next := range head[i+1:] {
			if titleEnd.MatchString(next.text) || origin.MatchString(next.text) || isUpper(next.text) && len(title) > 0 && !isUpper(title[0]) || len(title) > 12 {
				break
			}
			title = append(title, next.text)
		}
		if len(title) == 0 {
			continue // "QUYẾT ĐỊNH:" before the articles
		}
		d.Title = inCase(m[1]+" "+strings.Join(title, " "), head[i+1:])
		return m[1]
	}
	return ""
}

// inCase gives a text in capitals the letters it has where the head names it in a sentence. A title
// that begins with what the kind is called keeps that word only for laws, which are named by it.
func inCase(title string, head []line) string {
	var sentences []line
	for _, l := range head {
		if !isUpper(l.text) {
			sentences = append(sentences, l)
		}
	}
	text := strings.Join(texts(sentences), " ")
	kind := kindLine.FindStringSubmatch(title)
	rest := title
	if kind != nil && kind[1] != "LUẬT" && kind[1] != "BỘ LUẬT" {
		rest = kind[2]
	}
	if !isUpper(rest) {
		return rest
	}
	if at := strings.Index(strings.ToLower(text), strings.ToLower(rest)); at >= 0 && len(strings.ToLower(text)) == len(text) && len(strings.ToLower(rest)) == len(rest) {
		return capital(text[at : at+len(rest)])
	}
	return capital(strings.ToLower(rest))
}

// capital writes the first letter large.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// readOrigin reads the head of a consolidated text, which names the document it consolidates. What
// is read is that document as it stands after the changes.
func (d *Document) readOrigin(head []line) {
	d.Consolidated, d.Number, d.Issued = consolidated.FindString(d.Number), "", knowledge.Date{}
	for i, l := range head {
		joined := strings.Join(texts(head[i:min(i+8, len(head))]), " ")
		if m := origin.FindStringSubmatch(joined); m != nil && !titleEnd.MatchString(l.text) {
			d.Number = m[1]
			d.Issued = dateIn(joined[strings.Index(joined, m[1]):])
			d.InForce.From = effectIn(joined)
			return
		}
	}
}

// issuers are the offices whose names follow from the number.
var issuers = []struct{ ending, name string }{
	{"NĐ-CP", "Chính phủ"}, {"NQ-CP", "Chính phủ"}, {"QĐ-TTg", "Thủ tướng Chính phủ"},
}

var assembly = regexp.MustCompile(`/(?:UBTV)?QH\d+$`)

func (d *Document) readIssuer(head []line) {
	for _, o := range issuers {
		if strings.HasSuffix(d.Number, o.ending) {
			d.Issuer = o.name
			return
		}
	}
	if m := assembly.FindString(d.Number); m != "" {
		d.Issuer = "Quốc hội"
		if strings.Contains(m, "UBTV") {
			d.Issuer = "Ủy ban Thường vụ Quốc hội"
		}
		return
	}
	text := strings.Join(texts(head), " ")
	if m := issuedBy.FindStringSubmatch(text); m != nil {
		d.Issuer = m[1]
		return
	}
	for i, l := range head {
		name := officeLine.FindString(l.text)
		if name == "" {
			continue
		}
		if i+1 < len(head) && placeLine.MatchString(head[i+1].text) {
			name += " " + head[i+1].text
		}
		d.Issuer = inCase(name, head)
		return
	}
}

var (
	issuedBy   = regexp.MustCompile(`(?:Bộ trưởng|Thống đốc|Chủ nhiệm|Chánh án|Viện trưởng|Tổng Kiểm toán)\s+((?:Bộ|Ngân hàng|Ủy ban|Tòa án|Viện)\s[\p{L} ,\-]{2,60}?)\s+ban hành`)
	officeLine = regexp.MustCompile(`^(?:BỘ|ỦY BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|NGÂN HÀNG|TÒA ÁN|VIỆN KIỂM SÁT|BẢO HIỂM XÃ HỘI|SỞ)(?:\s[\p{Lu} ,\-]+)?$`)
	placeLine  = regexp.MustCompile(`^(?:TỈNH|THÀNH PHỐ|QUẬN|HUYỆN|VIỆT NAM)(?:\s[\p{Lu} \-]+)?$`)
)

var (
	personName = regexp.MustCompile(`^(?:\p{Lu}\p{Ll}+ ){1,4}\p{Lu}\p{Ll}*$`)
	signedFor  = regexp.MustCompile(`^(?:TM|KT|TUQ|TL)\.`)
)

// readTail reads what follows the text: the signature, the number of a consolidated text, annexes
// and regulations issued with it.
func (d *Document) readTail(tail []line) {
	signed := false
	for i, l := range tail {
		switch {
		case annex.MatchString(l.text) && l.flow != continues && l.table == 0:
			d.Annexes = append(d.Annexes, l.text)
		case office.MatchString(l.text) || signedFor.MatchString(l.text):
			signed = len(d.Annexes) == 0
		case signed && d.Signer == "" && personName.MatchString(l.text):
			d.Signer = l.text
		case d.Consolidated == "" && strings.HasPrefix(l.text, "Số") && consolidated.MatchString(l.text):
			d.Consolidated = consolidated.FindString(l.text)
		case attachedTitle.MatchString(l.text) && isUpper(l.text) && isAttachment(tail[i+1:min(i+8, len(tail))]):
			d.attach(l.text, tail[i+1:])
			return
		}
	}
}

var (
	attachedTitle = regexp.MustCompile(`^(?:QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY|QUY TRÌNH|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|HƯỚNG DẪN)(?:\s|$)`)
	issuedWith    = regexp.MustCompile(`(?i)(?:ban hành )?kèm theo (?:quyết định|nghị định|thông tư|nghị quyết)`)
)

func isAttachment(next []line) bool {
	for _, l := range next {
		if issuedWith.MatchString(l.text) {
			return true
		}
	}
	return false
}

// attach reads a regulation issued with the document, which numbers its articles anew.
func (d *Document) attach(title string, lines []line) {
	t := parse(lines, func(at Place, text string) { d.doubt(at, "phần ban hành kèm theo: "+text) })
	d.Attached = append(d.Attached, Attached{title, t.units})
	if Count(t.units, Article) > 0 {
		d.doubt(lines[0].place, "“"+title+"” ban hành kèm theo có số điều riêng: bản nháp để ở một mục riêng")
	}
	for _, l := range t.tail {
		if annex.MatchString(l.text) && l.flow != continues && l.table == 0 {
			d.Annexes = append(d.Annexes, l.text)
		}
	}
}
