package answer

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"policybot/bot/places"
	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/eligibility"
)

var (
	statusNouns = `(?:ho ngheo|can ngheo|ho can|so ngheo|so can|dien ngheo|ngheo|trung binh|chuan)`
	// asksWhat are questions of what a household is: "là hộ gì", "có được vô hộ nghèo không",
	// "nghèo hay cận nghèo".
	asksWhat = regexp.MustCompile(`\b(?:ho|dien|loai|hang) (?:gi|nao)\b` +
		`|\bngheo (?:hay|hoac) (?:la )?(?:ho )?(?:can|khong|trung)\b` +
		`|\b(?:duoc|xin) xet (?:duoc )?(?:khong|chua)\b` +
		`|\b(?:duoc|co|phai|la|thuoc|vo|vao|dat|xet|tinh|coi|xep|du|xin|lam|bi|duoi|tren|qua|vuot|con)(?: \S+){0,4}? ` + statusNouns +
		`(?: (?:duoc|da|chieu|theo|chuan|moi|cu|nua|thi|co|gi|nam|nay|sang|sau|20\d\d|phai|hay|dung))* (?:khong|chua|ha|a|hen|hon)\b`)
	// tellsHome is how somebody tells of their household who asks nothing: it can only be meant for that.
	tellsHome = regexp.MustCompile(`\b(?:nha|gia dinh|ho)\b.*\b(?:thu nhap|kiem duoc|lam duoc)\b|\bthu nhap ca (?:nha|ho|gia dinh)\b`)
	asksAtAll = regexp.MustCompile(`\?|\b(?:bao nhieu|nhieu|may|gi|nao|sao|khong|ko|hong|hok|k|chua|ha|hen|dau|khi|cach|tinh|hoi)\b`)
	asksElse  = regexp.MustCompile(`\b(?:ho tro|huong|tien gi|loi gi|che do|quyen loi|uu dai|duoc gi|duoc cho|mien giam|giam gia|cap the|mua|bao hiem)\b`)
)

// aboutStatus are the subjects that a question of what a household is may name.
var aboutStatus = []string{"poverty_line", "income", "deprivation", "review", "certificate", "ward", "water_loan", "meeting", "indicator_score"}

// besideStatus are what a question may be about that an income does not answer. Paying (đóng) is not
// among them: "đồng" reads the same without marks.
var besideStatus = []string{"copay", "papers", "duration", "where", "signer", "since", "until", "interest", "limit", "term", "objection", "difference", "phone", "amount"}

var livesAt = regexp.MustCompile(`\bnha o (?:xa|phuong|nong thon|que|thanh thi|thi tran|tp|thanh pho|ap|khu vuc)\b`)

// livesIn reports whether "nhà ở" goes on with the name of a place.
func (a *Answerer) livesIn(text string) bool {
	_, rest, found := strings.Cut(text, "nha o ")
	const longest = 4 // syllables of a name
	folds := vi.Syllables(rest)
	for n := min(longest, len(folds)); found && n > 0; n-- {
		if len(a.places.Mentioned(folds[:n])) > 0 {
			return true
		}
	}
	return false
}

// lends are words of loans with their marks: without any, "vay" may be the "vậy" of any question,
// and is before "là".
var (
	lends = regexp.MustCompile(`(?:^|\PL)(?:vay|vốn|mượn|ngân hàng)(?:\PL|$)`)
	so    = regexp.MustCompile(`(?:^|\PL)vay (?:là|thì|la|thi)(?:\PL|$)`)
)

// profit is what a trade leaves, which "lời" means as well as the interest of a loan.
var profit = regexp.MustCompile(`\b(?:ban|buon|lam|kiem|thu|chay|cho|quan|tiem)\b[^,.;]{0,30}\bloi\b`)

// aboutLoans reports whether a question with a word of loans means them.
func aboutLoans(text string) bool {
	return lends.MatchString(so.ReplaceAllString(strings.ToLower(text), " "))
}

// asksStatus reports whether a question is what a household is by the poverty standard, and about
// nothing else.
func (a *Answerer) asksStatus(d *draft) bool {
	text := vi.Fold(d.reading.Text)
	tells := tellsHome.MatchString(text) && !asksAtAll.MatchString(text)
	if !tells && !asksWhat.MatchString(text) || asksElse.MatchString(text) {
		return false
	}
	return !slices.ContainsFunc(d.words, func(w *knowledge.Word) bool {
		switch w.Kind {
		case knowledge.WordSubject:
			no := w.ID == "housing" && (livesAt.MatchString(text) || a.livesIn(text)) || w.ID == "credit" && !aboutLoans(d.reading.Text)
			return !no && !slices.Contains(aboutStatus, w.ID)
		case knowledge.WordAspect:
			return slices.Contains(besideStatus, w.ID) && !(w.ID == "interest" && profit.MatchString(text))
		}
		return false
	})
}

// income is what one person of a household has in a month, as far as it is told.
type income struct {
	low, high knowledge.VND // the same when it is told exactly
	said      string        // how it is worked out
	ask       string        // what to ask when it is not told closely enough
	people    int           // among how many it is shared; 0: not told
	numbers   []knowledge.Value
}

const (
	yearMonths  = 12
	leastIncome = 100_000 // đồng; what is less is no income of a household but a typing slip
	mostIncome  = knowledge.VND(math.MaxInt32)
	roughly     = 20 // a twentieth either way is what "chừng" leaves open
	askPeople   = "Số tiền đó là của mấy người trong nhà, tính một tháng?"
	askExactly  = "Bà con cho biết rõ hơn: một người một tháng được bao nhiêu tiền?"
	askMonth    = "Cả nhà một tháng được chừng bao nhiêu tiền, và nhà có mấy người?"
)

var (
	perPerson   = regexp.MustCompile(`^(?: ?(?:dong|vnd|d)\b)?(?:[ /,]*(?:(?:mot|moi|1|tren|tung|hang) )?thang\b)?[ /,]*(?:tren |theo |tinh |cho |la |thi )*(?:mot|moi|1|tung|dau|/)? ?(?:dau )?(?:nguoi|khau|nhan khau)\b`)
	eachBefore  = regexp.MustCompile(`\b(?:moi (?:nguoi|khau|nhan khau|dau nguoi)|tung nguoi|dau nguoi|binh quan)\b[^.;?!\d]*$`)
	ofAll       = regexp.MustCompile(`\b(?:tong|tong cong|ca nha|ca ho|het thay|gom chung)\b`)
	ofWorkers   = regexp.MustCompile(`\b((?:nha|ho|gia dinh)(?: (?:em|toi|tui|con|minh|chi|anh))? )?(?:\d+|mot|hai|ba|bon|nam|sau) (?:nguoi|dua|con|vo chong) (?:di |con |dang |duoc )?(?:lam|kiem|lao dong|co luong|co viec|co thu nhap)\b`)
	perYear     = regexp.MustCompile(`\b(?:mot|moi|1|ca|hang|trong|12 thang|tren) ?nam\b|/ ?nam\b|\b(?:12|muoi hai) thang\b`)
	perMonth    = regexp.MustCompile(`\b(?:mot|moi|1|hang|tung) thang\b|/ ?thang\b`)
	otherPeriod = regexp.MustCompile(`\b(?:mot|moi|1|hang|\d+|nua) (?:ngay|bua|tuan|vu|mua|quy|dot)\b|/ ?(?:ngay|tuan|vu)\b|\b(?:[2-9]|10|11|hai|ba|bon|sau|chin) thang\b`)
	lessBefore  = regexp.MustCompile(`\b(?:duoi|chua toi|chua den|khong toi|khong den|khong qua|chua qua|gan|gan toi|toi da|nhieu nhat|it hon|thap hon|chua duoc|khong duoc)(?: muc)? ?$`)
	moreBefore  = regexp.MustCompile(`\b(?:hon|tren|qua|it nhat|toi thieu|cao hon|nhieu hon|vuot)(?: muc)? ?$`)
	lessAfter   = regexp.MustCompile(`^(?: dong| d)? ?(?:tro xuong|do lai|do xuong)\b`)
	moreAfter   = regexp.MustCompile(`^(?: dong| d)? ?(?:tro len|do len|hon)\b`)
	about       = regexp.MustCompile(`\b(?:khoang|tam|chung|co|do|xap xi|gan bang|tam tam) ?$`)
	noIncome    = regexp.MustCompile(`\b(?:mac no|dang no|con no|thieu no|tien thue|thue nha|thue tro|o thue|den bu|boi thuong|trung so|ban (?:dat|nha|xe)|tra gop|chi tieu|so tiet kiem)\b`)
	ofTheLaw    = regexp.MustCompile(`\b(?:chuan|nguong|muc) (?:\S+ ){0,6}$`)
)

// incomeIn finds the one income a question tells; told is false when it tells none or several.
func incomeIn(d *draft) (have income, told bool) {
	found := vi.Amounts(amountEnd.ReplaceAllString(d.Original, "$1$2, "))
	text := vi.Fold(d.reading.Text)
	before, after := around(text)
	owes := slices.ContainsFunc(d.tokens, func(t token) bool { return t.text == "nợ" })
	if len(found) != 1 || found[0] < leastIncome || ofTheLaw.MatchString(before) || owes || noIncome.MatchString(text) {
		return income{}, false
	}
	months := 1
	if !perMonth.MatchString(text) {
		if otherPeriod.MatchString(text) {
			return income{high: mostIncome, ask: askMonth}, true
		}
		if perYear.MatchString(text) {
			months = yearMonths
		}
	}
	if w := ofWorkers.FindStringSubmatch(text); w != nil && w[1] == "" {
		return income{high: mostIncome, ask: askMonth}, true
	}
	return bounded(found[0], sharers(d, before, after), months, before, after), true
}

// sharers returns how many people an amount is for; 0: not told.
func sharers(d *draft, before, after string) int {
	each := perPerson.MatchString(after) || eachBefore.MatchString(before)
	all := ofAll.MatchString(before + after)
	people, counted := peopleIn(withoutIncome(d.tokens))
	if !counted {
		people, counted = familyIn(vi.Fold(d.reading.Text))
	}
	switch {
	case each && !all:
		return 1
	case counted && !each:
		return people
	}
	return 0
}

var (
	couple    = regexp.MustCompile(`\b(?:vo chong|hai ong ba|2 ong ba)\b`)
	children  = regexp.MustCompile(`\b(\d{1,2}|` + numberWord + `) (?:dua |nguoi )?(?:con|chau|nhoc|be|dua nho)\b`)
	elders    = regexp.MustCompile(`\b(?:(mot|1|hai|2) )?(?:me|ma|cha|ba|bo|tia|ong|ba noi|ba ngoai|ong noi|ong ngoai|cha me|ba ma|ong ba) gia\b`)
	byOneself = regexp.MustCompile(`\b(?:mot|1) minh nuoi\b|\b(?:me|cha) don than\b`)
)

// familyIn counts a family that is told by its members: "2 vợ chồng 3 đứa con", "một mình nuôi 2 con".
// Without the children it is not said that these are all.
func familyIn(text string) (people int, told bool) {
	m := children.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	if people = digitNames[m[1]]; people == 0 {
		people = number(m[1])
	}
	switch {
	case couple.MatchString(text):
		people += 2
	case byOneself.MatchString(text):
		people++
	default:
		return 0, false
	}
	for _, e := range elders.FindAllStringSubmatch(text, -1) {
		people += max(1, digitNames[e[1]], number(e[1]))
	}
	return people, true
}

// withoutIncome leaves the word for income (thu nhập) out: "4 người thu nhập …" reads like the
// fourth person (người thứ 4) without marks.
func withoutIncome(tokens []token) []token {
	var rest []token
	for i, t := range tokens {
		if t.fold == "thu" && i+1 < len(tokens) && tokens[i+1].fold == "nhap" {
			continue
		}
		rest = append(rest, t)
	}
	return rest
}

// bounded works out the income of a person, as closely as the words around the amount tell it.
func bounded(amount knowledge.VND, people, months int, before, after string) income {
	more := moreBefore.MatchString(before) || moreAfter.MatchString(after)
	if people == 0 { // whoever shares it has no more than all of it
		high := eligibility.PerHead(amount, 1, months)
		if more {
			return income{high: mostIncome, ask: askPeople}
		}
		return income{high: high, said: fmt.Sprintf("Thu nhập: không quá %s một người một tháng.", high), ask: askPeople, numbers: []knowledge.Value{money(high)}}
	}
	each := eligibility.PerHead(amount, people, months)
	have := income{low: each, high: each, said: "Thu nhập: " + sum(amount, people, months), ask: askExactly, people: people,
		numbers: []knowledge.Value{money(amount), money(each), countOf(people), countOf(months)}}
	switch {
	case lessBefore.MatchString(before) || lessAfter.MatchString(after):
		have.low, have.said = 0, "Thu nhập không quá: "+sum(amount, people, months)
	case moreBefore.MatchString(before):
		have.low = amount/knowledge.VND(people*months) + 1
		have.high, have.said = mostIncome, "Thu nhập trên: "+sum(amount, people, months)
	case more:
		have.high, have.said = mostIncome, "Thu nhập từ: "+sum(amount, people, months)
	case about.MatchString(before):
		have.low, have.high = each-each/roughly, each+each/roughly
		have.said = "Thu nhập chừng: " + sum(amount, people, months)
	}
	return have
}

// sum writes how the income of a person is worked out.
func sum(amount knowledge.VND, people, months int) string {
	s := amount.String()
	if months > 1 {
		s += fmt.Sprintf(" ÷ %d tháng", months)
	}
	if people > 1 {
		s += fmt.Sprintf(" ÷ %d người", people)
	}
	if shares := people * months; shares > 1 {
		equals := "="
		if int64(amount)%int64(shares) != 0 {
			equals = "≈"
		}
		s += fmt.Sprintf(" %s %s", equals, eligibility.PerHead(amount, people, months))
	}
	return s + " một người một tháng."
}

// placeIn finds whether the household lives in a ward that is urban or rural. A ward that is named
// tells, when all it may be are of one kind; then named says what it is today, if it was another. A
// town (thị trấn) of before tells nothing by itself.
func (a *Answerer) placeIn(tokens []token) (at eligibility.Fact[eligibility.Place], named string) {
	var kinds []eligibility.Place
	units := slices.DeleteFunc(a.places.Mentioned(foldsOf(tokens)), func(u places.Place) bool { return !calledSo(u, tokens) })
	if slices.ContainsFunc(units, func(u places.Place) bool { return calledElse(u, tokens) }) {
		return at, "" // there is no "xã Mỹ Xuyên", only a phường and a former town
	}
	for _, u := range units {
		kinds = append(kinds, eligibility.PlaceOf(u.Ward.Kind))
	}
	kinds = append(kinds, a.districtKinds(units, tokens)...)
	if len(units) == 1 && units[0].Former && units[0].Name != units[0].Ward.FullName() {
		named = units[0].Now()
	}
	if len(kinds) == 0 {
		withMarks := slices.ContainsFunc(tokens, func(t token) bool { return t.marked })
		for i, t := range tokens {
			if p, said := placeAt(tokens, i); said && (t.marked || !withMarks || t.fold == t.text || t.fold == "phuong" && i > 0 && tokens[i-1].fold == "o") {
				kinds = append(kinds, p)
			}
		}
	}
	slices.Sort(kinds)
	if kinds = slices.Compact(kinds); len(kinds) != 1 {
		return at, ""
	}
	return knowledge.Known(kinds[0]), named
}

// districtKinds returns the kinds of all wards of a former district that bears the name of a place,
// when it is said without a kind: "ở Mỹ Xuyên" may be any of them.
func (a *Answerer) districtKinds(units []places.Place, tokens []token) (kinds []eligibility.Place) {
	text := " " + foldOf(tokens) + " "
	for _, u := range units {
		_, bare, _ := strings.Cut(strings.Replace(vi.Fold(u.Name), "thi tran", "town", 1), " ")
		if kindSaid.MatchString(text[:max(0, strings.Index(text, " "+bare+" "))]) {
			continue
		}
		for _, w := range a.library.Wards {
			if _, district, _ := strings.Cut(vi.Fold(w.District), " "); district == bare {
				kinds = append(kinds, eligibility.PlaceOf(w.Kind))
			}
		}
	}
	return kinds
}

var kindSaid = regexp.MustCompile(`\b(?:xa|phuong|thi tran|tt|p|x)$`)

// calledSo reports whether a place with a number for its name is called in full: "ở xã, 4 người"
// does not mean Phường 4.
func calledSo(u places.Place, tokens []token) bool {
	name := vi.Fold(u.Name)
	last := name[len(name)-1]
	return last < '0' || last > '9' || strings.Contains(" "+foldOf(tokens)+" ", " "+name+" ")
}

// calledElse reports whether a place is called by another kind than it has or had.
func calledElse(u places.Place, tokens []token) bool {
	kind, bare, _ := strings.Cut(strings.Replace(vi.Fold(u.Name), "thi tran", "town", 1), " ")
	text := " " + strings.ReplaceAll(foldOf(tokens), "thi tran", "town") + " "
	for said, is := range map[string]string{"xa": "xa", "phuong": "phuong", "town": "town", "tt": "town"} {
		if is != kind && strings.Contains(text, " "+said+" "+bare+" ") {
			return true
		}
	}
	return false
}

// placeAt reads a word for a kind of place. "xa" is far away as well, and an office of the xã is
// not where somebody lives.
func placeAt(tokens []token, i int) (eligibility.Place, bool) {
	t, before := tokens[i], ""
	if i > 0 {
		before = tokens[i-1].fold
	}
	if slices.Contains([]string{"thi", "ubnd", "dan", "bo", "hoi", "an", "tren"}, before) && t.fold != "thon" {
		return "", false
	}
	switch {
	case t.text == "xã", t.fold == "thon" && before == "nong", t.fold == "que" && before == "o":
		return eligibility.Rural, true
	case t.fold == "phuong", t.fold == "thi" && before == "thanh":
		return eligibility.Urban, true
	}
	return "", false
}

var (
	lacksNothing = regexp.MustCompile(`\b(?:khong thieu(?: hut)? (?:chi so|cai|mon|mat|gi)|(?:thieu(?: hut)? )?(?:0|khong) chi so)\b`)
	lacksAbout   = regexp.MustCompile(`\b(?:thieu|hut|thieu hut) (?:duoi|tren|hon|it nhat|khoang|chung|tam|co|gan|toi|toi da|it hon|may|bao nhieu)\b|\bchi so tro (?:len|xuong)\b`)
)

// lackingIn finds how many indicators a household lacks: "thiếu 4 chỉ số", "thiếu 3 trong 12 chỉ
// số". A number that is told only about, or that is more than there are, is none.
func (a *Answerer) lackingIn(d *draft) (n eligibility.Fact[int]) {
	text := foldOf(d.tokens)
	if lacksNothing.MatchString(text) {
		return knowledge.Known(0)
	}
	if lacksAbout.MatchString(text) || !strings.Contains(text, "thieu") {
		return n
	}
	for i := 1; i+1 < len(d.tokens); i++ {
		if d.tokens[i].fold != "chi" || d.tokens[i+1].fold != "so" {
			continue
		}
		count := countBefore(d.tokens[:i])
		for back := 2; back <= 3 && i-back > 0; back++ { // of how many
			if of := d.tokens[i-back]; of.fold == "trong" || of.fold == "tren" {
				count = countBefore(d.tokens[:i-back])
			}
		}
		if most, err := a.library.Figure("deprivation.indicators", d.day); count == 0 || err == nil && int64(count) > most.Amount.N {
			continue
		}
		if before, known := n.Value(); known && before != count {
			return eligibility.Fact[int]{}
		}
		n = knowledge.Known(count)
	}
	return n
}

var (
	moneyForm = regexp.MustCompile(`(?:\b(?:\d+(?:[.,]\d+)*|(?:` + numberWord + `)(?: (?:` + numberWord + `))*) ?)?\b?(?:trieu|tr|cu|k|ngan|nghin)(?:\b|\d+)` +
		`|\b(?:\d{1,3}(?:[.,]\d{3}){1,3}|\d{5,10})(?:\b| ?(?:d|dong|vnd)\b)`)
	// moneyTail is what still belongs to an amount, unless it counts what follows: "9 triệu 4 người".
	moneyTail = regexp.MustCompile(`^ ?(?:ruoi|\d{1,3}(?: ?(?:ngan|nghin|k))?)\b(?: ?(nguoi|khau|nhan|mang|mieng|thanh|thang|nam|chi|con|dua|/))?`)
	// amountEnd is where an amount ends that is written tight: "5tr6/tháng", "2.000.000đ/người".
	amountEnd = regexp.MustCompile(`(\d(?:tr|triệu|trieu|củ|cu)\d+)\b|(\pL|\d)/`)
)

const numberWord = `mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|tram`

// around returns what stands before and after the amount of money in a text without marks.
func around(text string) (before, after string) {
	m := moneyForm.FindStringIndex(text)
	if m == nil {
		return text, ""
	}
	before, after = text[:m[0]], text[m[1]:]
	if tail := moneyTail.FindStringSubmatch(after); tail != nil && tail[1] == "" {
		after = after[len(tail[0]):]
	}
	return before, after
}
