package privacy

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// names masks the names that people introduce: by "tên", by "là", or by a title.
func (p *page) names() {
	shouted := !slices.ContainsFunc(p.runes, unicode.IsLower)
	accented := slices.ContainsFunc(p.runes, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) })
	for _, kind := range []struct {
		before *regexp.Regexp
		length func(p *page, words []span, shouted bool) int
	}{
		{namedWords, (*page).namedLength},
		{iAmWords, (*page).iAmLength},
		{titleWords, (*page).titleLength},
	} {
		for _, t := range p.tokens {
			if !nameFirst[p.text(t)] {
				continue
			}
			m := p.match(kind.before, t.from)
			if m == nil {
				continue
			}
			words := p.words(m[1], 6)
			if n := kind.length(p, words, shouted); n > 0 && p.speaks(m[0], m[1], accented) {
				p.take(words[0].from, words[n-1].to, nameMask)
			}
		}
	}
}

const (
	self     = `(?:toi|tui|em|con|chau|minh|ong|ba|anh|chi|co|chu|bac|me|cha|ma|bo|chong|vo|be)`
	relation = self + `(?: (?:trai|gai|ruot|noi|ngoai))?(?: ` + self + `)?`
)

var (
	nameFirst  = set(`ten ho nguoi toi tui em con chau minh ong ba anh chi co chu bac me cha ma bo chong vo be`)
	namedWords = regexp.MustCompile(`^(?:ten (?:cua )?` + relation + `\b(?: day)?(?: la\b)?|` + relation + ` ten\b(?: la\b)?|` +
		`ho(?: va)? ten(?: cua)?(?: ` + relation + `)?(?: la\b| ?:)|ho(?: va)? ten ` + relation + `\b|ten(?: la\b| ?:)|nguoi (?:gui|hoi|viet|dung ten))[ :,.-]*`)
	iAmWords   = regexp.MustCompile(`^` + relation + `(?: day)? la[ :]+`)
	titleWords = regexp.MustCompile(`^(?:chu (?:tk|tai khoan|the|ho)(?: la| ten)?[ :,]+|` + relation + `[ :,]+|ho(?: va)? ten[ :]+)`)
)

// speaks reports whether the words from a place on name a person as they are typed: "có tên" is
// not "cô tên". Who types diacritics puts them on these too.
func (p *page) speaks(from, to int, accented bool) bool {
	for _, w := range p.words(from, to-from) {
		if w.to > to {
			break
		}
		plain, typed := p.plain[w.from:w.to], strings.ToLower(string(p.runes[w.from:w.to]))
		if !plainSelves[plain] {
			continue
		}
		if typed != plain && !accentedSelves[typed] || typed == plain && neverPlain[plain] && accented {
			return false
		}
	}
	return true
}

var (
	accentedSelves = set(`tôi cháu mình ông bà chị cô chú bác mẹ má bố chồng vợ bé chủ`)
	plainSelves    = set(`toi chau minh ong ba chi co chu bac me ma bo chong vo be anh em con`)
	neverPlain     = set(`chi co bo be ma chu`)
)

// namedLength counts the words of a name after a word that announces one.
func (p *page) namedLength(words []span, shouted bool) int {
	if p.surname(words) {
		return p.titleLength(words, shouted)
	}
	if len(words) == 0 {
		return 0
	}
	called := birthRanks[strings.ToLower(string(p.runes[words[0].from:words[0].to]))]
	if !called && p.noName(words[0]) {
		return 0
	}
	if !shouted && p.capital(words[0]) {
		return p.capitals(words)
	}
	// Nothing but its place says that this is a name: "tên tôi vào danh sách" has none.
	if !announced.MatchString(p.plain[max(0, words[0].from-8):words[0].from]) {
		return 0
	}
	return p.untilStop(words, 2)
}

var announced = regexp.MustCompile(`(?:\bla|\bten|:)[ :,.-]*$`)

// iAmLength counts the words of a name after "tôi là": mostly what follows is no name.
func (p *page) iAmLength(words []span, shouted bool) int {
	if p.surname(words) {
		return p.titleLength(words, shouted)
	}
	if shouted || len(words) == 0 || !p.capital(words[0]) || p.noName(words[0]) {
		return 0
	}
	return p.capitals(words)
}

// titleLength counts the words of a full name: a surname and more.
func (p *page) titleLength(words []span, shouted bool) int {
	if !p.surname(words) {
		return 0
	}
	n := p.untilStop(words, 4)
	if !shouted && p.capital(words[0]) {
		n = p.capitals(words)
	}
	if n < 2 {
		return 0
	}
	return n
}

func (p *page) capitals(words []span) int {
	n := 0
	for n < min(len(words), 5) && p.capital(words[n]) {
		n++
	}
	return n
}

// untilStop counts the words before one that belongs to the sentence, at most limit.
func (p *page) untilStop(words []span, limit int) int {
	n := 0
	for n < min(len(words), limit) && !stopWords[p.plain[words[n].from:words[n].to]] {
		n++
	}
	return n
}

func (p *page) noName(w span) bool {
	plain := p.plain[w.from:w.to]
	return notNames[plain] || stopWords[plain]
}

// surname reports whether words begin with a family name. Without its diacritics most are other
// words as well: those need a middle name behind them.
func (p *page) surname(words []span) bool {
	if len(words) < 2 {
		return false
	}
	word := strings.ToLower(string(p.runes[words[0].from:words[0].to]))
	plain, second := p.plain[words[0].from:words[0].to], p.plain[words[1].from:words[1].to]
	if word != plain && !accentedSurnames[word] || !plainSurnames[plain] {
		return false
	}
	if notNames[plain+"-"+second] {
		return false
	}
	if middleNames[second] || sureSurnames[plain] {
		return true
	}
	return p.capital(words[0]) && p.capital(words[1])
}

var (
	accentedSurnames = set(`nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý lâm trương đinh đoàn trịnh tô
		thạch sơn châu lưu thái tạ hà quách tăng triệu diệp phùng từ vương kiều lục mạc tiêu lương đào giang ông âu la`)
	plainSurnames = set(`nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly lam truong dinh doan trinh to
		thach son chau luu thai ta ha quach tang trieu diep phung tu vuong kieu luc mac tieu luong dao giang mai kim danh cao la au ong`)
	sureSurnames = set(`nguyen tran huynh trinh quach`)
	middleNames  = set(`van thi huu duc ngoc quoc cong dinh xuan thanh hoang minh kim my thuy hong be phuoc hoai tuyet cam
		phuong bich diem tan tuan nhat bao kieu ngan truc`)

	// stopWords end a name that is typed without capital letters.
	stopWords = set(`sinh o nam nha hien dang muon hoi xin la thi co so sdt dt cmnd cccd dia thuoc ho va cho can duoc bi khong
		toi tui em con minh ong ba anh chi co chu bac a ah nhe nha da vang thua gi tren sai dung nay do nao tu den ngu cu tru lam
		trong tren vao cua voi de neu ma roi thay nghe nho giup duong hem ap khom xa phuong quan huyen tp tinh chuyen chua con nen tai ve gap mat`)

	// birthRanks are what southern families call their children, other words though they are.
	birthRanks = set(`hai ba tư năm sáu bảy tám chín mười út`)

	// notNames often follow "tôi là" or "tên" with a capital letter.
	notNames = set(`ho nguoi can cong giao sinh hoc nong thuong benh cuu me con chu dan lao khmer hoa kinh cham dang bi pho truong
		bo doi nghe vo chong phu ung thanh chinh gi ai doi tuong gia dinh nu nam hoi nhan vien tre bao duong tho cu to chuc nghia trong luong doanh danh nhanh luong-huu danh-sach duong-huyet`)
)
