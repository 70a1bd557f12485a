package copay

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"policybot/knowledge"
)

// The names by which a text of facts calls their values, as officers read and write them.
var (
	groupNames = map[Group]string{Poor: "hộ nghèo", NearPoor: "cận nghèo", HardAreaPeople: "người vùng khó khăn", LeftHardArea: "dân tộc thiểu số xã ra khỏi vùng khó khăn",
		Household: "hộ gia đình", Student: "học sinh sinh viên", Child: "trẻ em", Pensioner: "hưu trí", Unemployed: "trợ cấp thất nghiệp",
		Worker: "người lao động", Farmer: "nông dân mức sống trung bình", Allowance: "trợ cấp xã hội hằng tháng", SocialPension: "hưu trí xã hội",
		SocialPension75: "hưu trí xã hội tuổi cao", Survivor: "người cao tuổi hưởng tuất", Merit: "người có công", MartyrRelative: "thân nhân liệt sĩ",
		MeritRelative: "thân nhân khác của người có công", LocalForce: "an ninh cơ sở, y tế thôn, không chuyên trách", Trafficked: "nạn nhân mua bán người"}
	careNames     = map[Care]string{Inpatient: "nội trú", Outpatient: "ngoại trú"}
	routeNames    = map[Route]string{Registered: "đúng nơi", Emergency: "cấp cứu", SelfReferred: "tự đi"}
	facilityNames = map[Facility]string{Primary: "trạm y tế", Clinic: "phòng khám đa khoa khu vực", FormerDistrict: "vốn tuyến huyện", BasicLow: "cơ bản ít điểm",
		BasicMid: "cơ bản điểm bậc giữa", BasicFormerProvince: "cơ bản vốn tuyến tỉnh, trung ương", Province: "chuyên sâu vốn tuyến tỉnh",
		Central: "chuyên sâu vốn trung ương", "": "bệnh viện"}
	yesNames = map[bool]string{true: "có", false: "không"}
)

// field is a line of a text of facts.
type field struct {
	key   string
	read  func(f *Facts, s string) error
	write func(f Facts) string // empty: not known
}

// fields are all lines, in their order.
var fields = []field{
	{"ngày", readDays, writeDays},
	{"nhóm", readGroups, writeGroups},
	{"mã thẻ", readCode, func(Facts) string { return "" }},
	{"số trên thẻ", readDigit, func(f Facts) string { return map[bool]string{true: fmt.Sprint(f.Digit)}[f.Digit > 0] }},
	{"chi phí", readFact(knowledge.ParseVND, bill), writeFact(knowledge.VND.Digits, bill)},
	{"ngoài phạm vi", readOutside, func(f Facts) string { return map[bool]string{true: f.Outside.Digits()}[f.Outside > 0] }},
	{"cách đi", readFact(named(routeNames), route), writeFact(nameIn(routeNames), route)},
	{"nơi khám", readFact(named(facilityNames), facility), writeFact(nameIn(facilityNames), facility)},
	{"điều trị", readFact(named(careNames), care), writeFact(nameIn(careNames), care)},
	{"5 năm liên tục", readFact(named(yesNames), five), writeFact(nameIn(yesNames), five)},
	{"đã cùng chi trả trong năm", readFact(knowledge.ParseVND, paid), writeFact(knowledge.VND.Digits, paid)},
	{"trong đó trước khi đổi lương cơ sở", readFact(knowledge.ParseVND, before), writeFact(knowledge.VND.Digits, before)},
	{"người nghèo, dân tộc ở vùng khó khăn", readFact(named(yesNames), hard), writeFact(nameIn(yesNames), hard)},
	{"bệnh hiếm trong danh mục", readFact(named(yesNames), list), writeFact(nameIn(yesNames), list)},
}

func bill(f *Facts) *knowledge.Fact[knowledge.VND]   { return &f.Bill }
func paid(f *Facts) *knowledge.Fact[knowledge.VND]   { return &f.Paid }
func before(f *Facts) *knowledge.Fact[knowledge.VND] { return &f.Before }
func route(f *Facts) *knowledge.Fact[Route]          { return &f.Route }
func facility(f *Facts) *knowledge.Fact[Facility]    { return &f.Facility }
func care(f *Facts) *knowledge.Fact[Care]            { return &f.Care }
func five(f *Facts) *knowledge.Fact[bool]            { return &f.FiveYears }
func hard(f *Facts) *knowledge.Fact[bool]            { return &f.HardArea }
func list(f *Facts) *knowledge.Fact[bool]            { return &f.Listed }

// Text writes facts as officers read them: a line for each that is known, "chi phí: 8.000.000".
func (f Facts) Text() string {
	var b strings.Builder
	for _, field := range fields {
		if value := field.write(f); value != "" {
			fmt.Fprintf(&b, "%s: %s\n", field.key, value)
		}
	}
	return b.String()
}

// Read reads one line of [Facts.Text] into the facts; known is false when its key is none of theirs.
// Besides, "mã thẻ: CN2" tells the group by the code of a card.
func (f *Facts) Read(line string) (known bool, err error) {
	key, value, _ := strings.Cut(line, ":")
	i := slices.IndexFunc(fields, func(f field) bool { return f.key == strings.TrimSpace(key) })
	if i < 0 {
		return false, nil
	}
	if err := fields[i].read(f, strings.TrimSpace(value)); err != nil {
		return true, fmt.Errorf("%s: %w", fields[i].key, err)
	}
	return true, nil
}

const (
	or      = " hoặc "
	further = "; "
	dayForm = "02/01/2006"
)

// readFact reads one value, or several that it may be.
func readFact[T any](read func(string) (T, error), at func(*Facts) *knowledge.Fact[T]) func(*Facts, string) error {
	return func(f *Facts, s string) error {
		var all []T
		for _, one := range strings.Split(s, or) {
			v, err := read(one)
			if err != nil {
				return err
			}
			all = append(all, v)
		}
		*at(f) = knowledge.OneOf(all...)
		return nil
	}
}

func writeFact[T any](write func(T) string, at func(*Facts) *knowledge.Fact[T]) func(Facts) string {
	return func(f Facts) string {
		var all []string
		for _, v := range at(&f).Among(nil) {
			all = append(all, write(v))
		}
		return strings.Join(all, or)
	}
}

// named reads a value by its name.
func named[T comparable](names map[T]string) func(string) (T, error) {
	return func(s string) (value T, err error) {
		var all []string
		for v, name := range names {
			if name == s {
				return v, nil
			}
			all = append(all, name)
		}
		slices.Sort(all)
		return value, fmt.Errorf("%q: want one of %s", s, strings.Join(all, " · "))
	}
}

func nameIn[T comparable](names map[T]string) func(T) string {
	return func(v T) string { return names[v] }
}

func readGroups(f *Facts, s string) error {
	all := strings.Split(s, further)
	for _, name := range all[1:] {
		g, err := named(groupNames)(name)
		if err != nil {
			return err
		}
		f.Also = append(f.Also, g)
	}
	return readFact(named(groupNames), func(f *Facts) *knowledge.Fact[Group] { return &f.Group })(f, all[0])
}

func writeGroups(f Facts) string {
	s := writeFact(nameIn(groupNames), func(f *Facts) *knowledge.Fact[Group] { return &f.Group })(f)
	for _, g := range f.Also {
		s += further + groupNames[g]
	}
	return s
}

func readCode(f *Facts, s string) error {
	code, ok := ParseCode(s)
	if !ok {
		return fmt.Errorf("%q: want a code such as CN2", s)
	}
	f.Group, f.Digit = knowledge.OneOf(code.Groups()...), code.Digit()
	return nil
}

func readDigit(f *Facts, s string) error {
	if len(s) != 1 || s[0] < '1' || s[0] > '5' {
		return fmt.Errorf("%q: want a digit from 1 to 5", s)
	}
	f.Digit = int(s[0] - '0')
	return nil
}

func readOutside(f *Facts, s string) (err error) {
	f.Outside, err = knowledge.ParseVND(s)
	return err
}

func readDays(f *Facts, s string) error {
	from, to, several := strings.Cut(s, " đến ")
	first, err := time.Parse(dayForm, from)
	if err != nil {
		return fmt.Errorf("%q: want a day written as 20/11/2026", from)
	}
	f.Day, f.Days = knowledge.DateOf(first), knowledge.Period{}
	if !several {
		return nil
	}
	last, err := time.Parse(dayForm, to)
	if err != nil {
		return fmt.Errorf("%q: want a day written as 20/11/2026", to)
	}
	f.Days = knowledge.Period{From: f.Day, Until: knowledge.DateOf(last).AddDays(1)}
	return nil
}

func writeDays(f Facts) string {
	if f.Days == (knowledge.Period{}) {
		return f.Day.Vietnamese()
	}
	return f.Days.From.Vietnamese() + " đến " + f.Days.Last().Vietnamese()
}
