package flow

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/copay"
)

// The facts of a bill. Some are told by one of several questions.
const (
	factGroup    = "group"
	factOther    = "group_other" // the group, when it is none of the frequent ones
	factOlder    = "older"       // whether somebody with the social pension is of the age that brings more
	factRoute    = "route"
	factPlace    = "place" // of those who were sent: a station, a clinic or a hospital
	factHospital = "hospital"
	factBasic    = "hospital_basic" // the class of a hospital of the basic level
	factCare     = "care"
	factBill     = "bill"
	factFive     = "five_years"
	factPaid     = "paid"
	factHard     = "hard_area"
	factListed   = "listed"
	factOutside  = "outside" // what the insurance does not cover; heard, but never asked for
	factDay      = "day"
)

// Values that stand for what a further question tells.
const (
	valueOther  = "other"
	valueSocial = "social"
	valueSent   = "sent"
	valueSelf   = "self"
)

// yesNo are the options of a question that is answered by yes or no.
func yesNo(yes, no string) []choice {
	return []choice{{Option{"yes", yes}, nil}, {Option{"no", no}, nil}}
}

// billPlan asks what decides who pays what of a hospital bill.
func billPlan() *plan {
	return &plan{
		title: "Tính tiền viện phí", called: regexp.MustCompile(`\b(?:vien phi|tien vien|nam vien|chi tra|kham benh|chua benh)\b`),
		button: "Tính thử", figures: []string{"copay."}, conclude: concludeBill,
		questions: slices.Concat(cardQuestions(), wayQuestions(), sumQuestions()),
	}
}

// ifMissing counts a question while the rule misses its fact.
func ifMissing(m copay.Missing) func(at) tri { return func(p at) tri { return p.bears(m) } }

// ifSelf is for questions to those who went by themselves.
var ifSelf = []only{{factRoute, []string{valueSelf}}}

// cardQuestions ask whose card it is.
func cardQuestions() []question {
	return []question{
		{
			fact: factGroup, title: "Thẻ BHYT", ask: "Thẻ BHYT của người bệnh thuộc diện nào?", example: "mã trên thẻ, như CN2, GD4",
			options: []choice{group(copay.Poor, "poor"), group(copay.NearPoor, "near_poor"), group(copay.Household, "family"), group(copay.Student, "student"),
				{Option{valueOther, "Diện khác"}, nil}},
			hear: hearGroup, say: sayGroup,
			hint: "Bà con gõ 2 chữ và 1 số đầu mã thẻ, thí dụ «CN2». Hoặc gõ diện, thí dụ «cận nghèo».",
		},
		{
			fact: factOther, title: "Diện trên thẻ", ask: "Vậy là diện nào dưới đây?", example: "người có công, nông dân, mã HT3",
			options: []choice{{Option{string(copay.Pensioner), "Hưu trí, mất sức"}, []string{"pensioner"}}, group(copay.Worker, "worker"),
				{Option{string(copay.Allowance), "Trợ cấp xã hội"}, []string{"social_aid", "allowance"}}, group(copay.Child, "child6"), {Option{valueSocial, "Hưu trí xã hội"}, []string{"social_pension"}}},
			hear: hearGroup, say: sayGroup, only: []only{{factGroup, []string{valueOther}}},
			hint: "Bà con gõ 2 chữ và 1 số đầu mã thẻ, thí dụ «HT3».",
		},
		{
			fact: factOlder, title: "Tuổi", ask: `Người bệnh đã đủ {{fig "social_pension.age"}} chưa?`, example: "đủ rồi, chưa",
			options: yesNo("Đủ rồi", "Chưa đủ"), hear: hearYesNo, only: []only{{factOther, []string{valueSocial}}},
		},
	}
}

// wayQuestions ask how, when and where the patient was treated.
func wayQuestions() []question {
	return []question{
		{
			fact: factRoute, title: "Cách đi khám", ask: "Người bệnh đi khám, nằm viện cách nào?", example: "đúng tuyến, có giấy chuyển, tự đi",
			options: []choice{{Option{"registered", "Đúng nơi ghi trên thẻ"}, []string{"registered"}}, {Option{valueSent, "Có giấy chuyển"}, []string{"transfer"}},
				{Option{"emergency", "Cấp cứu"}, []string{"emergency_care"}}, {Option{valueSelf, "Tự đi"}, []string{"self_referred"}}},
			counts: at.cardKnown, hear: hearRoute,
			hint: "Bà con bấm một nút. Tự lên bệnh viện, không có giấy chuyển thì bấm «Tự đi».",
		},
		{
			fact: factDay, title: "Ngày khám", ask: "Đi khám, nằm viện ngày nào?", example: "20/6/2026, tháng 11 năm ngoái",
			choices: stretches, hear: hearDay, say: sayDay, counts: countsDay,
			hint: "Bà con gõ ngày, thí dụ «20/6/2026» hoặc «tháng 11 năm ngoái».",
		},
		{
			fact: factPlace, title: "Nơi khám", ask: "Khám ở đâu?", example: "trạm y tế, bệnh viện",
			options: []choice{{Option{string(copay.Primary), "Trạm y tế"}, []string{"health_station"}}, {Option{string(copay.Clinic), "Phòng khám khu vực"}, nil},
				{Option{"hospital", "Bệnh viện"}, []string{"hospital_district", "hospital_province", "hospital_central"}}},
			only: []only{{factRoute, []string{"registered", valueSent}}}, counts: ifMissing(copay.MissingFacility), hear: hearHospital,
		},
		{
			fact: factHospital, title: "Nơi khám", ask: "Bệnh viện đó thuộc loại nào?", example: "bệnh viện huyện, trạm y tế",
			options: []choice{{Option{string(copay.Primary), "Trạm y tế"}, []string{"health_station"}}, {Option{string(copay.FormerDistrict), "Tuyến huyện cũ"}, []string{"hospital_district"}},
				{Option{string(copay.Province), "Chuyên sâu, tỉnh cũ"}, []string{"hospital_province"}}, {Option{string(copay.Central), "Chuyên sâu, trung ương"}, []string{"hospital_central"}},
				{Option{valueOther, "Loại khác"}, nil}},
			only: ifSelf, counts: ifMissing(copay.MissingFacility),
			hint: "Không rõ thì bấm «Không biết», hoặc gọi bệnh viện hỏi xếp cấp chuyên môn gì.",
		},
		{
			fact: factBasic, title: "Xếp cấp", ask: "Bệnh viện cấp cơ bản đó được bao nhiêu điểm?", example: "gọi bệnh viện hỏi xếp cấp, mấy điểm",
			choices: basicClasses, only: append(ifSelf[:1:1], only{factHospital, []string{valueOther}}), counts: ifMissing(copay.MissingFacility),
		},
		{
			fact: factCare, title: "Nội trú, ngoại trú", ask: "Người bệnh nằm viện, hay khám rồi về?", example: "nằm viện, khám rồi về",
			options: []choice{{Option{string(copay.Inpatient), "Nằm viện"}, []string{"inpatient"}}, {Option{string(copay.Outpatient), "Khám rồi về"}, []string{"outpatient"}}},
			counts:  ifMissing(copay.MissingCare),
		},
	}
}

// sumQuestions ask what it cost, and for what could make it cost less.
func sumQuestions() []question {
	return []question{
		{
			fact: factBill, title: "Tiền khám chữa bệnh", ask: "Tiền khám chữa bệnh trong phạm vi BHYT là bao nhiêu?", example: "8 triệu, 360.000",
			choices: billBands, hear: hearBill, say: sayBand, counts: ifMissing(copay.MissingBill),
			hint: "Bà con gõ số tiền, thí dụ «8 triệu» hoặc «360.000». Thuốc ngoài danh mục thì không tính vào.",
		},
		{
			fact: factOutside, title: "Ngoài phạm vi BHYT", ask: "Khoản ngoài danh mục hoặc theo yêu cầu là bao nhiêu?", example: "2 triệu, không có",
			options: []choice{{Option{"0", "Không có"}, nil}}, hear: hearBill, say: sayBand, counts: func(at) tri { return no },
			hint: "Bà con gõ số tiền, thí dụ «2 triệu».",
		},
		{
			fact: factFive, title: "Thẻ liên tục", ask: `Thẻ BHYT đã liên tục đủ {{fig "copay.five_year.years"}} năm chưa?`, example: "đủ rồi, chưa",
			options: yesNo("Đủ rồi", "Chưa đủ"), hear: hearYesNo, counts: ifMissing(copay.MissingFiveYears),
		},
		{
			fact: factPaid, title: "Đã cùng chi trả", ask: "Từ đầu năm tới trước lần này, mình đã cùng chi trả hết bao nhiêu, những lần đi đúng nơi?", example: "7 triệu, chưa trả đồng nào",
			choices: paidBands, hear: hearBill, say: sayBand, only: []only{{factFive, []string{"yes"}}}, counts: ifMissing(copay.MissingPaid),
			hint: "Bà con gõ số tiền đã cùng chi trả từ đầu năm, thí dụ «7 triệu».",
		},
		{
			fact: factHard, title: "Vùng khó khăn", ask: "Người bệnh là hộ nghèo hoặc dân tộc thiểu số ở vùng khó khăn, hay ở xã đảo?", example: "phải, không phải",
			options: yesNo("Phải", "Không phải"), hear: hearYesNo, only: ifSelf, counts: ifMissing(copay.MissingHardArea),
		},
		{
			fact: factListed, title: "Bệnh trong danh mục", ask: "Bệnh có trong danh mục bệnh hiếm, hiểm nghèo của Bộ Y tế không?", example: "có, không",
			options: yesNo("Có", "Không có"), hear: hearYesNo, only: ifSelf, counts: ifMissing(copay.MissingListed),
			hint: "Bà con hỏi bác sĩ điều trị. Không rõ thì bấm «Không biết».",
		},
	}
}

// group is an option for a group of insured people, called as the word of content is.
func group(g copay.Group, word string) choice {
	return choice{Option{Value: string(g)}, []string{word}}
}

// otherGroups are those that are not offered, by the word of content for them.
var otherGroups = map[string]copay.Group{"merit": copay.Merit, "farm_average": copay.Farmer, "village_post": copay.LocalForce, "trafficked": copay.Trafficked,
	"pensioner": copay.Pensioner, "worker": copay.Worker, "social_aid": copay.Allowance, "allowance": copay.Allowance, "child6": copay.Child}

// hearGroup reads the code of a card, or the name of a group that is not offered.
func hearGroup(p at, text string) (string, bool) {
	said := strings.TrimPrefix(strings.TrimPrefix(plainly(text), "the "), "ma ")
	code, ok := copay.ParseCode(strings.TrimPrefix(said, "the "))
	if !ok {
		return p.otherGroup(text)
	}
	if groups := code.Groups(); len(groups) == 1 {
		return withDigit(groups[0], code.Digit()), true
	}
	return valueSocial, true
}

func (p at) otherGroup(text string) (string, bool) {
	if len(strings.Fields(text)) > brief {
		return "", false
	}
	for _, w := range p.answers.WordsIn(text) {
		if w == "social_pension" {
			return valueSocial, true
		}
		if g := otherGroups[w]; g != "" {
			return string(g), true
		}
	}
	return "", false
}

// withDigit is how a state keeps a group and the digit of its card: "pension:3".
func withDigit(g copay.Group, digit int) string {
	if digit == 0 {
		return string(g)
	}
	return string(g) + ":" + strconv.Itoa(digit)
}

// cardOf returns the group that was told, and the digit of the card; empty: it is not known.
func (p at) cardOf() (g copay.Group, digit int) {
	value := p.known(factGroup)
	if value == valueOther {
		value = p.known(factOther)
	}
	name, number, _ := strings.Cut(value, ":")
	digit, _ = strconv.Atoi(number)
	switch {
	case name != valueSocial:
		return copay.Group(name), digit
	case p.known(factOlder) == "yes":
		return copay.SocialPension75, 0
	case p.known(factOlder) == "no":
		return copay.SocialPension, 0
	}
	return "", 0
}

// sayGroup names a group as the title of its figure does, and the digit of the card.
func sayGroup(p at, value string) string {
	name, digit, marked := strings.Cut(value, ":")
	f := p.library.FigureNamed(copay.Group(name).Figure())
	if f == nil {
		return "Hưu trí xã hội"
	}
	said := strings.TrimPrefix(f.Title, "phần quỹ trả cho ")
	if marked {
		said += ", số " + digit
	}
	return said
}

var (
	astray  = regexp.MustCompile(`\b(?:tu (?:di|len)|trai tuyen|vuot tuyen|(?:khong|chua|ko|hong) (?:co )?(?:dung (?:tuyen|noi)|(?:giay|phieu)(?: chuyen)?))\b`)
	rightly = regexp.MustCompile(`\bdung (?:tuyen|noi)\b`)
)

func hearRoute(_ at, text string) (string, bool) {
	switch said := plainly(text); {
	case astray.MatchString(said):
		return valueSelf, true
	case rightly.MatchString(said):
		return "registered", true
	}
	return "", false
}

func hearHospital(_ at, text string) (string, bool) {
	return "hospital", regexp.MustCompile(`\b(?:benh vien|bv|nha thuong)\b`).MatchString(plainly(text))
}

var (
	agreed  = regexp.MustCompile(`^(?:co|phai|du|dung|u|da co|roi|du roi|da du|co chu|phai roi)$`)
	refused = regexp.MustCompile(`^(?:khong|chua|hong|hok|ko|k|chang)(?: (?:co|phai|du|gi|het|ai|huong|duoc|dau|thuoc|dien|dieu|khoan|nao|he|ca|luong|huu))*$`)
)

func hearYesNo(_ at, text string) (string, bool) {
	said := strings.Join(strings.Fields(vi.Fold(strings.ToLower(vi.Normalize(strings.Trim(text, " .!,"))))), " ")
	said = strings.TrimPrefix(strings.TrimPrefix(said, "da "), "a ")
	switch {
	case refused.MatchString(said):
		return "no", true
	case agreed.MatchString(said):
		return "yes", true
	}
	return "", false
}

// hearBill reads an amount that is not about a day or a head.
func hearBill(_ at, text string) (string, bool) {
	v, told := amountIn(text)
	if !told || another.MatchString(vi.Fold(vi.Normalize(text))) {
		return "", false
	}
	return band{v, v}.String(), v <= mostMoney
}

// basicClasses are the classes of hospitals of the basic level.
func basicClasses(p at) []Option {
	mid := ""
	if v, err := p.library.Figure("copay.self_referred.points.mid", p.day()); err == nil {
		mid = v.Amount.String()
	}
	return []Option{{string(copay.BasicLow), "Dưới " + mid + " điểm"}, {string(copay.BasicMid), "Từ " + mid + " điểm"}, {string(copay.BasicFormerProvince), "Vốn là tỉnh, TW"}}
}

// billBands are a bill so small that it costs nothing, and round sums to try.
func billBands(p at) []Option {
	var all []Option
	if v, err := p.library.Figure("copay.small_bill", p.day()); err == nil {
		least := knowledge.VND(v.Amount.N)
		all = append(all, Option{band{1, least - 1}.String(), "Dưới " + least.Digits() + " đồng"})
	}
	for _, v := range []knowledge.VND{1_000_000, 5_000_000, 10_000_000} {
		all = append(all, Option{band{v, v}.String(), millions(v) + " triệu"})
	}
	return all
}

// paidBands are what was co-paid this year, by the limit of the year.
func paidBands(p at) []Option {
	v, err := p.library.Figure("copay.five_year", p.day())
	if err != nil {
		return []Option{{"0", "Chưa trả đồng nào"}}
	}
	limit := knowledge.VND(v.Amount.N)
	return []Option{{"0", "Chưa trả đồng nào"}, {band{0, limit}.String(), "Tới " + limit.Digits()}, {band{limit + 1, mostMoney}.String(), "Trên " + limit.Digits()}}
}

// window is how far back a visit may lie whose day was not told: the year before, from its start.
func (p at) window() knowledge.Period {
	return knowledge.Period{From: knowledge.NewDate(p.today.Year()-1, 1, 1), Until: p.today.AddDays(1)}
}

// day is the day of the visit, today while it is not told.
func (p at) day() knowledge.Date {
	if d, err := knowledge.ParseDate(p.known(factDay)); err == nil {
		return d
	}
	return p.today
}

// stretches are the days between changes of the law that come to different sums.
func stretches(p at) []Option {
	var all []Option
	for _, o := range p.found().Outcomes {
		day := o.Days.Last()
		if o.Days.Contains(p.today) {
			day = p.today
		}
		if option := (Option{day.String(), p.stretch(o.Days)}); !slices.Contains(all, option) {
			all = append(all, option)
		}
	}
	slices.Reverse(all) // the latest is the likeliest
	const most = 5
	return all[:min(most, len(all))]
}

// stretch writes some of the days in which a visit may lie.
func (p at) stretch(days knowledge.Period) string {
	switch {
	case days.Contains(p.today):
		return "Từ " + days.From.Vietnamese() + " tới nay"
	case days.From == p.window().From:
		return "Trước " + days.Until.Vietnamese()
	}
	const short = "02/01/06" // both ends go on a button
	return days.From.Time().Format(short) + " tới " + days.Last().Time().Format(short)
}

// hearDay reads a day, or the span it lies in.
func hearDay(p at, text string) (string, bool) {
	if regexp.MustCompile(`\b(?:hom nay|moi day|bua nay|bay gio|sap di|chua di)\b`).MatchString(plainly(text)) {
		return p.today.String(), true
	}
	span, told := vi.When(text, p.today)
	if !told {
		return "", false
	}
	return vi.DayIn(span, p.today).String(), true
}

func sayDay(_ at, value string) string {
	d, err := knowledge.ParseDate(value)
	if err != nil {
		return value
	}
	return d.Vietnamese()
}
