package flow

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"policybot/knowledge"
	"policybot/knowledge/eligibility"
)

// factAgeExact is asked when a span of ages does not tell enough.
const factAgeExact = "age_exact"

// ageLimits are the ages that divide the spans to choose from.
var ageLimits = []string{"child.under", "allowance.age.older", "social_pension.age_poor", "social_pension.age"}

// finerLimits are the ages within those spans at which something changes.
var finerLimits = []string{"allowance.age.small", "insurance.child_under", "allowance.age.oldest"}

// personQuestions ask for the facts of one person and their household, of which the rules say which
// count.
func personQuestions() []question {
	is := ifWanted
	one := func(value, label string, words ...string) choice { return choice{Option{value, label}, words} }
	return append([]question{
		{
			fact: string(eligibility.MissingStatus), title: "Diện của hộ", ask: "Nhà mình đang được công nhận diện nào?", example: "hộ cận nghèo",
			options: []choice{one(string(eligibility.Poor), "", "poor"), one(string(eligibility.NearPoor), "", "near_poor"), one(string(eligibility.Escaped), "", "escaped"),
				one(string(eligibility.AverageLiving), "Mức sống trung bình", "farm_average"), one(string(eligibility.None), "Không thuộc diện nào")},
			counts: is(eligibility.MissingStatus),
			hint:   "Xem giấy chứng nhận của UBND xã/phường. Không có giấy thì bấm «Không thuộc diện nào».",
		},
		{
			fact: string(eligibility.MissingAge), title: "Tuổi", ask: "Người đó bao nhiêu tuổi?", example: "72 tuổi, sinh năm 1954",
			choices: ageSpans, hear: hearAge, say: sayAge, counts: is(eligibility.MissingAge),
			hint: "Bà con gõ số tuổi, thí dụ «72», hoặc «sinh năm 1954».",
		},
		{
			fact: factAgeExact, title: "Tuổi rõ hơn", ask: "Bà con cho biết rõ hơn, người đó mấy tuổi?", example: "5 tuổi",
			choices: finerSpans, hear: hearAge, say: sayAge, counts: countsFiner,
			hint: "Bà con gõ số tuổi, thí dụ «5».",
		},
		{
			fact: string(eligibility.MissingPlace), title: "Nơi ở", ask: "Nhà mình đang ở phường hay ở xã?", example: "phường Cái Khế, xã Mỹ Xuyên",
			options: []choice{one(string(eligibility.Urban), "Phường"), one(string(eligibility.Rural), "Xã")}, hear: hearPlace, counts: is(eligibility.MissingPlace),
			hint: "Bà con gõ tên phường hay xã, tên mới hay tên cũ đều được.",
		},
		{
			fact: string(eligibility.MissingSchool), title: "Đi học", ask: "Người đó đang học gì?", example: "lớp 7, đại học, không học",
			options: []choice{one(string(eligibility.NoSchool), "Không đi học"), one(string(eligibility.General), "Mầm non, phổ thông"), one(string(eligibility.Higher), "Cao đẳng, đại học")},
			hear:    hearSchool, counts: is(eligibility.MissingSchool),
		},
		{
			fact: string(eligibility.MissingJob), title: "Việc làm", ask: "Người đó đi làm có hợp đồng không?", example: "có hợp đồng, làm tự do",
			options: []choice{one(string(eligibility.NoJob), "Không có hợp đồng"), one(string(eligibility.Employed), "Có hợp đồng", "worker"), one(string(eligibility.Jobless), "Hưởng thất nghiệp", "unemployment")},
			counts:  is(eligibility.MissingJob),
		},
		{
			fact: string(eligibility.MissingPension), title: "Lương hưu", ask: "Người đó có lương hưu hay trợ cấp BHXH hằng tháng không?", example: "không có",
			choices: pensionSpans, hear: hearPension, counts: is(eligibility.MissingPension),
			hint: "Bà con bấm một nút. Trợ cấp xã hội của phường/xã thì không phải lương hưu.",
		},
		{
			fact: string(eligibility.MissingDisability), title: "Khuyết tật", ask: "Giấy xác nhận khuyết tật của người đó ghi mức nào?", example: "nặng, không có giấy",
			options: []choice{one(string(eligibility.NotDisabled), "Không có giấy"), one(string(eligibility.Mild), "Nhẹ"), one(string(eligibility.Severe), "Nặng"), one(string(eligibility.Extreme), "Đặc biệt nặng")},
			hear:    hearDegree, counts: is(eligibility.MissingDisability),
			hint: "Không có giấy xác nhận khuyết tật thì bấm «Không có giấy».",
		},
		{
			fact: string(eligibility.MissingAlone), title: "Người nuôi", ask: "Người đó có ai nuôi, phụng dưỡng không?", example: "có con nuôi, không có ai",
			options: []choice{one("no", "Có người nuôi"), one("yes", "Không có ai", "older_alone")}, hear: hearAlone, counts: is(eligibility.MissingAlone),
			hint: "Bà con bấm «Có người nuôi» hoặc «Không có ai».",
		},
	}, yesOrNoQuestions()...)
}

// yesOrNoQuestions ask for what is so of a person or is not.
func yesOrNoQuestions() []question {
	var all []question
	for _, q := range []struct {
		fact       eligibility.Missing
		title, ask string
	}{
		{eligibility.MissingDrawsSocial, "Hưu trí xã hội", "Người đó đang hưởng trợ cấp hưu trí xã hội chưa?"},
		{eligibility.MissingDrawsAid, "Trợ cấp xã hội", "Người đó đang hưởng trợ cấp xã hội hằng tháng chưa?"},
		{eligibility.MissingOrphan, "Mồ côi", "Trẻ có mồ côi cha mẹ, hoặc bị bỏ rơi không?"},
		{eligibility.MissingSingle, "Đơn thân nuôi con", "Người đó có đang một mình nuôi con không?"},
		{eligibility.MissingFarms, "Làm nông, ngư", "Nhà mình có làm ruộng vườn, đánh bắt, nuôi thủy sản, làm muối không?"},
		{eligibility.MissingRecent, "Mới thoát nghèo", `Nhà mình mới ra khỏi danh sách trong {{fig "escaped.months"}} nay, phải không?`},
		{eligibility.MissingMinority, "Dân tộc thiểu số", "Người đó là người dân tộc thiểu số không?"},
		{eligibility.MissingMerit, "Người có công", "Người đó là người có công với cách mạng không?"},
		{eligibility.MissingServed, "Bộ đội, tình nguyện", "Người đó mới xuất ngũ hoặc là thanh niên tình nguyện không?"},
		{eligibility.MissingSurvivor, "Trợ cấp tuất", "Người đó đang hưởng trợ cấp tuất hằng tháng không?"},
		{eligibility.MissingAccused, "Đang bị buộc tội", "Người đó có đang là người bị buộc tội trong vụ án không?"},
	} {
		all = append(all, question{fact: string(q.fact), title: q.title, ask: q.ask, example: "có, không", options: yesNo("Có", "Không"), hear: hearYesNo,
			counts: ifWanted(q.fact), hint: "Bà con bấm «Có» hoặc «Không». Không rõ thì bấm «Không biết»."})
	}
	return all
}

// ifWanted counts a question while a benefit hangs on its fact.
func ifWanted(m eligibility.Missing) func(at) tri { return func(p at) tri { return p.wants(m) } }

// limit returns an age of the law; 0: the sources have none for the day.
func (p at) limit(name string) int {
	v, err := p.library.Figure(name, p.today)
	if err != nil {
		return 0
	}
	return int(v.Amount.N)
}

const oldest = 120 // the end of the last span

// spans are the ages between limits, from a first to a last age.
func (p at) spans(first, last int, names []string) []Option {
	edges := []int{first}
	for _, name := range names {
		if n := p.limit(name); n > first && n <= last {
			edges = append(edges, n)
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	var all []Option
	for i, from := range edges {
		to := last
		if i+1 < len(edges) {
			to = edges[i+1] - 1
		}
		all = append(all, Option{strconv.Itoa(from) + "-" + strconv.Itoa(to), spanLabel(from, to)})
	}
	return all
}

func spanLabel(from, to int) string {
	switch {
	case from == 0:
		return "Dưới " + strconv.Itoa(to+1) + " tuổi"
	case to == oldest:
		return "Từ " + strconv.Itoa(from) + " tuổi"
	}
	return strconv.Itoa(from) + " đến " + strconv.Itoa(to) + " tuổi"
}

func ageSpans(p at) []Option { return p.spans(0, oldest, ageLimits) }

// span returns the ages that were told first, and whether it is more than one.
func (p at) span() (from, to int, several bool) {
	low, high, ranged := strings.Cut(p.known(string(eligibility.MissingAge)), "-")
	from, _ = strconv.Atoi(low)
	to, _ = strconv.Atoi(high)
	if !ranged {
		return from, from, false
	}
	return from, to, true
}

// finerSpans are the spans within the one that was told.
func finerSpans(p at) []Option {
	from, to, _ := p.span()
	return p.spans(from, to, finerLimits)
}

// countsFiner: a span of ages is told closer where the rules tell its ages apart.
func countsFiner(p at) tri {
	switch _, _, several := p.span(); {
	case p.wants(eligibility.MissingAge) == no:
		return no
	case p.known(string(eligibility.MissingAge)) == "":
		return maybe
	case !several || len(finerSpans(p)) < 2:
		return no
	}
	return yes
}

// aged is a number that stands by itself; months are no years.
var aged = regexp.MustCompile(`\b(\d{1,3})\b(?: tuoi)?`)

var born = regexp.MustCompile(`\b(?:sinh|nam) (?:nam )?(\d{4})\b|^(19\d\d|20\d\d)$`)

func hearAge(p at, text string) (string, bool) {
	said := plainly(text)
	if strings.Contains(said, "thang") {
		return "", false
	}
	if m := born.FindStringSubmatch(said); m != nil {
		year, _ := strconv.Atoi(m[1] + m[2])
		if age := p.today.Year() - year; age >= 1 && age <= oldest { // the birthday may be still to come
			return strconv.Itoa(age-1) + "-" + strconv.Itoa(age), true
		}
		return "", false
	}
	if all := aged.FindAllStringSubmatch(said, -1); len(all) == 1 && len(strings.Fields(said)) <= brief {
		n, err := strconv.Atoi(all[0][1])
		return all[0][1], err == nil && n <= oldest
	}
	n, told := p.answers.CountIn(strings.TrimSuffix(strings.TrimSpace(text), "tuổi"))
	return strconv.Itoa(n), told && n <= oldest
}

func sayAge(_ at, value string) string {
	low, high, ranged := strings.Cut(value, "-")
	if !ranged {
		return value + " tuổi"
	}
	from, _ := strconv.Atoi(low)
	to, _ := strconv.Atoi(high)
	return spanLabel(from, to)
}

// hearAlone turns the answer round: whoever has nobody is alone.
func hearAlone(p at, text string) (string, bool) {
	value, heard := hearYesNo(p, text)
	if !heard {
		return "", false
	}
	return map[string]string{"yes": "no", "no": "yes"}[value], true
}

func hearSchool(_ at, text string) (string, bool) {
	switch said := plainly(text); {
	case regexp.MustCompile(`\b(?:dai hoc|cao dang|sinh vien)\b`).MatchString(said):
		return string(eligibility.Higher), true
	case regexp.MustCompile(`\b(?:lop \d{1,2}|mau giao|mam non|cap (?:1|2|3|mot|hai|ba)|tieu hoc|trung hoc|hoc sinh)\b`).MatchString(said):
		return string(eligibility.General), true
	case regexp.MustCompile(`\b(?:khong|nghi|thoi|het|hong) (?:di )?hoc\b`).MatchString(said):
		return string(eligibility.NoSchool), true
	}
	return "", false
}

// pensionSpans are no pension, one below the social pension, and one as high.
func pensionSpans(p at) []Option {
	all := []Option{{string(eligibility.NoPension), "Không có"}}
	if v, err := p.library.Figure("social_pension", p.today); err == nil {
		limit := knowledge.VND(v.Amount.N)
		all = append(all, Option{string(eligibility.LowerPension), "Dưới " + limit.String()}, Option{string(eligibility.FullPension), "Từ " + limit.String()})
	}
	return all
}

func hearPension(p at, text string) (string, bool) {
	if refused.MatchString(plainly(text)) {
		return string(eligibility.NoPension), true
	}
	v, told := amountIn(text)
	limit, err := p.library.Figure("social_pension", p.today)
	switch {
	case !told || err != nil:
		return "", false
	case v == 0:
		return string(eligibility.NoPension), true
	case int64(v) < limit.Amount.N:
		return string(eligibility.LowerPension), true
	}
	return string(eligibility.FullPension), true
}

func hearDegree(_ at, text string) (string, bool) {
	switch said := plainly(text); {
	case strings.Contains(said, "dac biet nang"):
		return string(eligibility.Extreme), true
	case said == "nang" || strings.HasSuffix(said, " nang"):
		return string(eligibility.Severe), true
	case said == "nhe" || strings.HasSuffix(said, " nhe"):
		return string(eligibility.Mild), true
	case refused.MatchString(said), strings.Contains(said, "khong co giay"), strings.Contains(said, "khong khuyet tat"):
		return string(eligibility.NotDisabled), true
	}
	return "", false
}

// home are the facts as the rules take them: a household with one person in it.
func (p at) home() eligibility.Household {
	so := func(m eligibility.Missing) knowledge.Fact[bool] {
		if told := p.isSo(string(m)); told.Told() {
			return told
		}
		return map[string]knowledge.Fact[bool]{"yes": knowledge.Known(true), "no": knowledge.Known(false)}[p.fromBundle(m)]
	}
	return eligibility.Household{
		Status: named[eligibility.PovertyStatus](p, eligibility.MissingStatus), Place: named[eligibility.Place](p, eligibility.MissingPlace),
		Recent: so(eligibility.MissingRecent), Farms: so(eligibility.MissingFarms),
		Members: []eligibility.Member{{
			Age: p.ages(), Pension: named[eligibility.Pension](p, eligibility.MissingPension), Disability: named[eligibility.Degree](p, eligibility.MissingDisability),
			School: named[eligibility.School](p, eligibility.MissingSchool), Job: named[eligibility.Job](p, eligibility.MissingJob),
			DrawsSocial: so(eligibility.MissingDrawsSocial), DrawsAid: so(eligibility.MissingDrawsAid), Survivor: so(eligibility.MissingSurvivor),
			Orphan: so(eligibility.MissingOrphan), Single: so(eligibility.MissingSingle), Alone: so(eligibility.MissingAlone), Minority: so(eligibility.MissingMinority),
			Merit: so(eligibility.MissingMerit), Served: so(eligibility.MissingServed), Accused: so(eligibility.MissingAccused),
		}},
	}
}

// named is a fact whose values are called as the options are.
func named[T ~string](p at, m eligibility.Missing) (f knowledge.Fact[T]) {
	v := p.known(string(m))
	if v == "" {
		v = p.fromBundle(m)
	}
	if v != "" {
		f = knowledge.Known(T(v))
	}
	return f
}

// ages are the ages the person may have, of those that the rules tell apart.
func (p at) ages() (f knowledge.Fact[int]) {
	value := p.known(factAgeExact)
	if value == "" {
		value = p.known(string(eligibility.MissingAge))
	}
	low, high, ranged := strings.Cut(value, "-")
	from, err := strconv.Atoi(low)
	if err != nil {
		return f
	}
	if !ranged {
		return knowledge.Known(from)
	}
	to, _ := strconv.Atoi(high)
	may := []int{from, to}
	for _, name := range append(append([]string{"training.age.min", "funeral.age"}, ageLimits...), finerLimits...) {
		for _, n := range []int{p.limit(name) - 1, p.limit(name)} {
			if n > from && n < to {
				may = append(may, n)
			}
		}
	}
	slices.Sort(may)
	return knowledge.OneOf(slices.Compact(may)...)
}
