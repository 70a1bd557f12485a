package flow

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/eligibility"
)

// dimensions are what is asked of each dimension: which of its two indicators the household lacks.
var dimensions = map[eligibility.Dimension]struct{ title, ask string }{
	eligibility.Work: {"Việc làm", `Việc làm: nhà mình có mấy điều dưới đây?
• Có người muốn làm mà không có việc, hoặc làm công không hợp đồng.
• Người phụ thuộc chiếm trên {{fig "deprivation.dependants_over"}} số người trong nhà.`},
	eligibility.Health: {"Y tế", `Y tế: nhà mình có mấy điều dưới đây?
• Có trẻ dưới {{fig "deprivation.child_under"}} suy dinh dưỡng.
• Có người từ đủ {{fig "deprivation.insured_from"}} chưa có thẻ BHYT.`},
	eligibility.Education: {"Giáo dục", `Giáo dục: nhà mình có mấy điều dưới đây?
• Có người {{fig "deprivation.adult_from"}} đến {{fig "deprivation.adult_to"}} không học, không có bằng hợp tuổi.
• Có trẻ từ {{fig "deprivation.school_from"}} đến dưới {{fig "deprivation.child_under"}} không học đúng bậc, cấp.`},
	eligibility.Housing: {"Nhà ở", `Nhà ở: nhà mình có mấy điều dưới đây?
• Tường, cột, mái phần lớn làm bằng vật liệu không bền.
• Chật, mỗi người dưới {{fig "deprivation.floor_under"}} m².`},
	eligibility.Water: {"Nước, vệ sinh", `Nước và vệ sinh: nhà mình có mấy điều dưới đây?
• Không có nước sạch (nước máy, giếng được bảo vệ, nước mưa…).
• Không có nhà tiêu hợp vệ sinh (tự hoại, thấm dội…).`},
	eligibility.Information: {"Thông tin", `Thông tin: nhà mình có mấy điều dưới đây?
• Không ai trong nhà dùng Internet.
• Không có tivi, radio, máy tính, điện thoại.`},
}

// householdPlan asks whether a household is poor or near-poor.
func householdPlan() *plan {
	questions := []question{
		{
			fact: "place", title: "Nơi ở", ask: "Nhà mình đang ở phường hay ở xã?", example: "phường Cái Khế, xã Mỹ Xuyên, thị trấn Cái Tắc cũ",
			options: []choice{{Option{string(eligibility.Urban), "Phường"}, nil}, {Option{string(eligibility.Rural), "Xã"}, nil}},
			hear:    hearPlace, outdates: func(_, _ string, g Given) bool { return isBandOfIncome(g) },
			hint: "Bà con gõ tên phường hay xã, tên mới hay tên cũ đều được. Không rõ thì bấm «Không biết».",
		},
		{
			fact: "people", title: "Số người trong nhà", ask: "Nhà mình có mấy người, tính cả trẻ em?", example: "4 người",
			options: counts(1, 5), hear: hearCount, say: sayPeople, outdates: outdatesIncome,
			hint: "Bà con gõ số người, thí dụ «6 người».",
		},
		{
			fact: "income", title: "Thu nhập", text: askIncome, example: "5 triệu 6", choices: incomes, hear: hearIncome, say: sayBand,
			hint: "Bà con gõ số tiền một tháng, thí dụ «5 triệu 6» hoặc «5.600.000». Theo năm thì gõ «60 triệu một năm».",
		},
	}
	questions = append(questions, question{
		fact: factLacking, title: "Số chỉ số thiếu", ask: "Nhà mình thiếu mấy chỉ số?", example: "3", options: counted(0, 4),
		hear: hearLacking, say: func(_ at, v string) string { return v }, counts: func(at) tri { return no },
	})
	for _, d := range eligibility.Dimensions() {
		questions = append(questions, question{
			fact: string(d), title: dimensions[d].title, ask: dimensions[d].ask, example: "cả hai, một, không có",
			options: []choice{{Option{"2", "Có cả hai"}, nil}, {Option{"1", "Có một"}, nil}, {Option{"0", "Không có"}, nil}},
			hear:    hearHowMany, counts: func(p at) tri { return p.decides(d) },
			hint: "Bà con bấm «Có cả hai», «Có một» hoặc «Không có». Không rõ thì bấm «Không biết».",
		})
	}
	return &plan{title: "Kiểm tra hộ nghèo", called: regexp.MustCompile(`\b(?:ho ngheo|can ngheo|ho can)\b`),
		beside: regexp.MustCompile(`\b(?:tien|vay|lai|the|bhyt|bao hiem|hoc|giay|ho so|ten|danh sach|con (?:la |thuoc |trong )?(?:ho|dien))\b`),
		button: "Kiểm tra điều kiện", figures: []string{"poverty_line.", "average_line.", "deprivation."},
		questions: questions, conclude: concludeHousehold}
}

// counted are the options for a number between two.
func counted(from, to int) []choice {
	all := counts(from, to)
	for i := range all {
		all[i].Label = all[i].Value
	}
	return all
}

// hearLacking reads a number of indicators, which are few.
func hearLacking(_ at, text string) (string, bool) {
	number, _, _ := strings.Cut(strings.TrimPrefix(plainly(text), "thieu "), " ")
	n, err := strconv.Atoi(number)
	return number, err == nil && n >= 0 && n < 100
}

// counts are the options for a count of people between two numbers.
func counts(from, to int) []choice {
	var all []choice
	for n := from; n <= to; n++ {
		all = append(all, choice{Option{strconv.Itoa(n), strconv.Itoa(n) + " người"}, nil})
	}
	return all
}

// isBandOfIncome reports whether an answer is one of the bands, which are made for a place and a number
// of people. An amount stays what it is.
func isBandOfIncome(g Given) bool { return g.Fact == "income" && strings.Contains(g.Value, "-") }

// outdatesIncome: where the number of people was not known, the income told is that of one of them.
func outdatesIncome(was, now string, g Given) bool {
	return isBandOfIncome(g) || g.Fact == "income" && (was == Unknown || now == Unknown)
}

func hearPlace(p at, text string) (string, bool) {
	place, _ := p.answers.PlaceIn(text)
	v, known := place.Value()
	return string(v), known
}

func hearCount(p at, text string) (string, bool) {
	n, told := p.answers.CountIn(text)
	return strconv.Itoa(n), told && n <= 20
}

func sayPeople(_ at, value string) string { return value + " người" }

func sayBand(_ at, value string) string {
	b, _ := parseBand(value)
	return b.said()
}

// people returns how many there are; 0: not known.
func (p at) people() int {
	n, _ := strconv.Atoi(p.known("people"))
	return n
}

func askIncome(p at) string {
	if p.people() == 0 {
		return "Tính đều ra, một người trong nhà được chừng bao nhiêu tiền một tháng?"
	}
	return "Cả nhà mình một tháng thu nhập được chừng bao nhiêu?"
}

// lines are the income lines of the law that count where the household lives, in ascending order.
func (p at) lines() []knowledge.VND {
	var all []knowledge.VND
	for _, place := range []eligibility.Place{eligibility.Rural, eligibility.Urban} {
		if at := p.known("place"); at != "" && at != string(place) {
			continue
		}
		for _, name := range []string{"poverty_line.", "average_line."} {
			if v, err := p.library.Figure(name+string(place), p.today); err == nil {
				all = append(all, knowledge.VND(v.Amount.N))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// incomes are the bands between the lines, for as many people as there are.
func incomes(p at) []Option {
	limits := p.lines()
	for i := range limits {
		limits[i] *= knowledge.VND(max(1, p.people()))
	}
	if len(limits) == 0 {
		return nil
	}
	return bands(limits)
}

var (
	aYear   = regexp.MustCompile(`\b(?:mot|moi|1|ca|hang) ?nam\b|/ ?nam\b|\b12 thang\b`)
	aHead   = regexp.MustCompile(`\b(?:mot|moi|1|tung|dau) (?:dau )?nguoi\b|/ ?nguoi\b`)
	another = regexp.MustCompile(`\b(?:mot|moi|1|hang|nua) (?:ngay|bua|tuan|vu|mua|quy|dot)\b|/ ?(?:ngay|tuan|vu)\b`)
)

// hearIncome reads what all of them have in a month; where their number is not known, one of them.
func hearIncome(p at, text string) (string, bool) {
	v, told := amountIn(text)
	said := vi.Fold(vi.Normalize(text))
	if !told || another.MatchString(said) {
		return "", false
	}
	if aHead.MatchString(said) {
		v *= knowledge.VND(max(1, p.people()))
	}
	if aYear.MatchString(said) {
		v = eligibility.PerHead(v, 1, 12)
	}
	return band{v, v}.String(), v <= mostMoney
}

func hearHowMany(p at, text string) (string, bool) {
	switch said := plainly(text); said {
	case "ca hai", "hai", "2", "ca 2", "du ca hai", "hai dieu":
		return "2", true
	case "mot", "1", "co mot", "co 1", "mot dieu":
		return "1", true
	case "khong", "0", "khong co", "khong thieu", "hong", "ko", "hong co", "khong dieu nao":
		return "0", true
	}
	return "", false
}

// facts are what is told of the household, as the rules take it.
func (p at) facts() eligibility.Facts {
	f := eligibility.Facts{Income: p.perHead(), Lacks: eligibility.Deprivations{}}
	if place := p.known("place"); place != "" {
		f.Place = knowledge.Known(eligibility.Place(place))
	}
	if n, err := strconv.Atoi(p.known(factLacking)); err == nil {
		f.Lacking = knowledge.Known(n)
	}
	for _, d := range eligibility.Dimensions() {
		if n, err := strconv.Atoi(p.known(string(d))); err == nil {
			f.Lacks[d] = knowledge.Known(n)
		}
	}
	return f
}

// perHead is the income of one person in a month: for a band its ends, and the lines between them,
// where the verdict may turn.
func (p at) perHead() (f knowledge.Fact[knowledge.VND]) {
	b, told := parseBand(p.known("income"))
	if !told {
		return f
	}
	n := max(1, p.people())
	low, high := eligibility.PerHead(b.low, n, 1), eligibility.PerHead(b.high, n, 1)
	may := []knowledge.VND{low, high}
	for _, line := range p.lines() {
		for _, v := range []knowledge.VND{line, line + 1} {
			if low < v && v < high {
				may = append(may, v)
			}
		}
	}
	slices.Sort(may)
	return knowledge.OneOf(slices.Compact(may)...)
}

// decides reports whether what is lacking in a dimension can still change the verdict: while it is
// nothing else that is missing. Before the income is told it may.
func (p at) decides(d eligibility.Dimension) tri {
	found, err := eligibility.Status(p.library, p.today, p.facts())
	if err != nil || !slices.Contains(found.Ask, d) {
		return no
	}
	if slices.Equal(found.Missing, []eligibility.Missing{eligibility.MissingLacking}) {
		return yes
	}
	if _, told := p.value("income"); told {
		return no
	}
	return maybe
}
