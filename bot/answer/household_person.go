package answer

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/eligibility"
)

// person is what a question tells of one person and their household.
type person struct {
	eligibility.Household
	eligibility.Member
	children int  // that they raise; 0: not told
	lonely   bool // lives alone, which does not say that nobody provides for them
	Heard
}

var (
	// linking are the words that may stand linking a negation and the status it denies.
	linking = `(?: (?:phai|la|thuoc|co|con|dien|ho|so|nha|trong|duoc|nam))`
	no      = `(?:khong|hong|hok|ko|k|chua|chang)`
	// asksPoor asks for the status instead of telling it.
	asksPoor = regexp.MustCompile(`\bco phai (?:la )?(?:ho |dien )?(?:can )?ngheo\b|\bngheo (?:hay|hoac) (?:khong|can|la)\b`)
	// notAtAll says of a household that it is neither; notPoor only that it is not the one.
	notAtAll = regexp.MustCompile(`\b` + no + ` ngheo\b|\b` + no + linking + `{0,4} ngheo(?: (?:va|hay|hoac|cung|lan|ma|deu|` + no + `|phai|thuoc|la|ho|dien))* can\b` +
		`|\b` + no + ` (?:thuoc|co|o) (?:dien|so) (?:nao|gi|het)\b|\b(?:nha|ho|gia dinh) (?:binh thuong|thuong|kha gia|kha|du an|trung luu)\b`)
	notPoor = regexp.MustCompile(`\b` + no + linking + `{1,4} ngheo\b`)
	notNear = regexp.MustCompile(`\b` + no + linking + `{0,4} can ngheo\b`)
	// poorBook and nearBook are the certificates, whose names hide the group.
	poorBook = regexp.MustCompile(`\b(?:so|giay|giay chung nhan|the) (?:ho )?ngheo\b`)
	nearBook = regexp.MustCompile(`\b(?:so|giay|giay chung nhan|the) (?:ho )?can ngheo\b`)

	noPension  = regexp.MustCompile(`\b` + no + `(?: (?:co|duoc|huong|linh|lanh|nhan|he))*(?: (?:tien|che do))? (?:luong|huu)\b`)
	hasPension = regexp.MustCompile(`\b(?:co|huong|linh|lanh|nhan|an)(?: (?:tien|che do))? (?:luong huu|huu tri|luong|huu)\b|\bluong huu\b|\bve huu\b|\bnghi huu\b`)
	pensionOf  = regexp.MustCompile(`\bluong(?: huu)?(?: (?:moi thang|mot thang|thang|duoc|la|co|chi|khoang|chung))* \d`)

	extreme = regexp.MustCompile(`\bdac biet nang\b`)
	severe  = regexp.MustCompile(`\b(?:khuyet tat|tat|muc do) (?:\S+ )?nang\b`)
	mild    = regexp.MustCompile(`\b(?:khuyet tat|tat|muc do) (?:\S+ )?nhe\b`)
	ailing  = regexp.MustCompile(`\b(?:bi |nam |bai )liet\b|\bliet (?:nua|nguoi|giuong|hai chan|chan)|\b(?:bai nao|tam than|benh down|tu ky|mu (?:ca )?hai mat|mat tri|bi cam|bi diec|cut (?:tay|chan))\b`)
	named   = regexp.MustCompile(`\b(?:khuyet tat|tan tat|tat nguyen)\b`)

	bothLost   = regexp.MustCompile(`\bmo coi (?:ca )?(?:cha|ba|bo|tia)(?: (?:lan|va|voi))? (?:me|ma)\b|\bmat ca (?:cha|ba|bo|tia)(?: (?:lan|va|voi))? (?:me|ma)\b|\b(?:khong|khong co) nguon nuoi\b|\bcha me (?:deu )?(?:mat|chet|qua doi)(?: (?:het|ca|hai))\b`)
	oneLeft    = regexp.MustCompile(`\bcon (?:cha|me|ba|ma|tia|bo)(?: hoac (?:me|ma))?$`)
	widowed    = regexp.MustCompile(`\b(?:cha|ba|bo|tia|me|ma) (?:\S+ )?(?:mat|chet|qua doi)\b.*\b(?:me|ma|cha|ba|bo|tia) (?:\S+ )?nuoi|\bgoa (?:chong|vo|bua)?|\b(?:chong|vo) (?:\S+ ){0,2}(?:mat|chet|qua doi|bo di|bo nha)\b|\b(?:nuoi con|nuoi \d+ (?:dua )?con|nuoi (?:hai|ba|bon) (?:dua )?con) (?:mot minh|1 minh)\b|\bmot minh nuoi\b`)
	raises     = regexp.MustCompile(`\b(\d+|mot|hai|ba|bon|nam) (?:dua |nguoi )?(?:con|chau|dua nho|nhoc|be)\b`)
	nobody     = regexp.MustCompile(`\b(?:neo don|co don|khong con cai|khong co con|don chiec|khong (?:chong con|vo con|chong khong con|vo khong con|than nhan|co than nhan)|khong (?:co )?(?:con chau|ai nuoi|nguoi nuoi|ai phung duong|ai cham|nguoi phung duong))\b`)
	livesAlone = regexp.MustCompile(`\b(?:song|o)(?: co)? (?:mot|1) minh\b`)
	somebody   = regexp.MustCompile(`\b(?:o (?:voi|chung) (?:con|chau|vo chong|gia dinh)|(?:co )?con (?:chau )?(?:nuoi|cham soc|lo))\b`)

	bornIn = regexp.MustCompile(`\bsinh (?:ngay (\d{1,2})[/-](\d{1,2})[/-]|thang (\d{1,2})[/-]|nam )?((?:19|20)\d\d)\b`)
	decade = regexp.MustCompile(`\b([6-9])0 (?:may|ngoai) tuoi\b|\b(?:ngoai|hon) ([6-9])0 tuoi\b`)
	nearly = regexp.MustCompile(`\b(?:gan|sap|sap du|gan du|chua du|chua toi|chua den) (\d{2}) tuoi\b`)
	signs  = regexp.MustCompile(`[^a-z0-9]+`)
	byRule = regexp.MustCompile(`\b(?:tu du|tu|tren|duoi|du) (?:\S+ ){1,4}tuoi\b|\b\d{2} (?:den|toi|-) (?:duoi )?\d{2} tuoi\b|\btuoi tro (?:len|xuong)\b`)
)

// personIn reads what a question tells of a person.
func (a *Answerer) personIn(d *draft) person {
	var p person
	text := vi.Fold(d.reading.Text)
	p.age(d, text)
	p.status(d, text)
	place, _ := a.placeIn(d.tokens)
	p.Place = place
	p.pension(a, d, text)
	p.disability(d, text)
	p.family(d, text)
	return p
}

// age reads an age in full years, or a year of birth.
func (p *person) age(d *draft, text string) {
	switch all, born := ages(d.tokens), bornIn.FindStringSubmatch(vi.Fold(vi.Normalize(d.Original))); {
	case nearly.MatchString(text):
		n := number(nearly.FindStringSubmatch(text)[1])
		p.Age = knowledge.Known(n - 1)
		p.add("age", fmt.Sprint(n-1), fmt.Sprintf("chưa đủ %d tuổi", n))
	case decade.MatchString(text):
		m := decade.FindStringSubmatch(text)
		first := 10 * number(m[1]+m[2])
		p.Age = knowledge.OneOf(numbersFrom(first, first+9)...)
	case len(all) == 1 && !byRule.MatchString(text):
		p.Age = knowledge.Known(all[0])
		p.count("age", all[0], fmt.Sprintf("%d tuổi", all[0]))
	case born != nil:
		p.born(d.day, number(born[1]), number(born[2])+number(born[3]), number(born[4]))
	}
}

// born works the age out from the day of birth; a year alone leaves two ages, unless it has not come.
func (p *person) born(on knowledge.Date, day, month, year int) {
	n := on.Year() - year
	switch {
	case n < 0:
		return
	case month > 0 && day > 0:
		if birthday := knowledge.NewDate(on.Year(), time.Month(month), day); on.Before(birthday) {
			n--
		}
		p.Age = knowledge.Known(max(0, n))
	case month > 0 && month != int(on.Time().Month()):
		if month > int(on.Time().Month()) {
			n--
		}
		p.Age = knowledge.Known(max(0, n))
	default:
		p.Age = knowledge.OneOf(max(0, n-1), n)
	}
	p.add("birth", fmt.Sprint(year), fmt.Sprintf("sinh năm %d", year))
}

func numbersFrom(from, to int) []int {
	var all []int
	for n := from; n <= to; n++ {
		all = append(all, n)
	}
	return all
}

// number reads digits that a pattern has matched; 0 for anything else.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

var statusNames = map[eligibility.PovertyStatus]string{eligibility.Poor: "hộ nghèo", eligibility.NearPoor: "hộ cận nghèo", eligibility.Escaped: "hộ mới thoát nghèo"}

// status reads what the commune has recognised the household as.
func (p *person) status(d *draft, text string) {
	text = strings.TrimSpace(signs.ReplaceAllString(text, " "))
	others := []eligibility.PovertyStatus{eligibility.Escaped, eligibility.AverageLiving, eligibility.None}
	var may []eligibility.PovertyStatus
	switch {
	case asksPoor.MatchString(text):
		return
	case notAtAll.MatchString(text):
		p.Status = knowledge.OneOf(others...)
		p.add("status", "none", "không thuộc hộ nghèo, cận nghèo")
		return
	case notNear.MatchString(text) && !d.names("poor"):
		p.Status = knowledge.OneOf(append(others, eligibility.Poor)...)
		return
	case notPoor.MatchString(text) && !d.names("near_poor"):
		p.Status = knowledge.OneOf(append(others, eligibility.NearPoor)...)
		return
	case d.names("escaped"):
		may = []eligibility.PovertyStatus{eligibility.Escaped}
	default:
		if d.names("poor") || poorBook.MatchString(text) {
			may = append(may, eligibility.Poor)
		}
		if d.names("near_poor") || nearBook.MatchString(text) {
			may = append(may, eligibility.NearPoor)
		}
	}
	p.Status = knowledge.OneOf(may...)
	if s, known := p.Status.Value(); known {
		p.add("status", string(s), statusNames[s])
	}
}

// pension reads whether they draw a pension, and how it stands to the social pension.
func (p *person) pension(a *Answerer, d *draft, text string) {
	switch {
	case noPension.MatchString(text):
		p.Pension = knowledge.Known(eligibility.NoPension)
		p.add("pension", string(eligibility.NoPension), "không có lương hưu")
	case hasPension.MatchString(text) && !strings.Contains(text, "huu tri xa hoi"):
		p.Pension = knowledge.OneOf(eligibility.LowerPension, eligibility.FullPension)
		amounts := vi.Amounts(d.question.Text)
		level, err := a.library.Figure("social_pension", d.day)
		if err != nil || len(amounts) != 1 || !pensionOf.MatchString(vi.Fold(vi.Normalize(d.Original))) {
			return
		}
		kind := eligibility.FullPension
		if int64(amounts[0]) < level.Amount.N {
			kind = eligibility.LowerPension
		}
		p.Pension = knowledge.Known(kind)
		p.add("pension", string(kind), "lương hưu "+amounts[0].String())
	}
}

// disability reads the degree that the commune has certified. Of an ailment alone nothing follows.
func (p *person) disability(d *draft, text string) {
	if !d.names("disabled") && !ailing.MatchString(text) {
		return
	}
	degree := eligibility.Degree("")
	switch {
	case extreme.MatchString(text):
		degree = eligibility.Extreme
	case severe.MatchString(text):
		degree = eligibility.Severe
	case mild.MatchString(text):
		degree = eligibility.Mild
	case named.MatchString(text):
		p.Disability = knowledge.OneOf(eligibility.Mild, eligibility.Severe, eligibility.Extreme)
		return
	default:
		p.Disability = knowledge.OneOf(eligibility.NotDisabled, eligibility.Mild, eligibility.Severe, eligibility.Extreme)
		return
	}
	p.Disability = knowledge.Known(degree)
	p.add("disability", string(degree), degreeNames[degree])
}

var degreeNames = map[eligibility.Degree]string{eligibility.Mild: "khuyết tật nhẹ", eligibility.Severe: "khuyết tật nặng", eligibility.Extreme: "khuyết tật đặc biệt nặng"}

// family reads who provides for them and for whom they provide.
func (p *person) family(d *draft, text string) {
	switch {
	case bothLost.MatchString(text):
		p.Orphan = knowledge.Known(true)
		p.add("orphan", "yes", "mồ côi cả cha mẹ")
	case oneLeft.MatchString(text):
		p.Orphan = knowledge.Known(false)
	case d.names("orphan"): // of one parent or of both
		p.Orphan = knowledge.OneOf(true, false)
	}
	m := raises.FindStringSubmatch(text)
	if d.names("single_parent") || widowed.MatchString(text) && (m != nil || strings.Contains(text, "nuoi con")) {
		p.Single = knowledge.Known(true)
		p.add("single", "yes", "một mình nuôi con")
		if m != nil {
			if p.children = digitNames[m[1]]; p.children == 0 {
				p.children = number(m[1])
			}
			p.count("children", p.children, fmt.Sprintf("%d con", p.children))
		}
	}
	p.lonely = d.names("older_alone") || livesAlone.MatchString(text)
	switch {
	case nobody.MatchString(text):
		p.Alone = knowledge.Known(true)
		p.add("alone", "yes", "không có người nuôi dưỡng")
	case somebody.MatchString(text):
		p.Alone = knowledge.Known(false)
	}
}
