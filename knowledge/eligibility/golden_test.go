package eligibility_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"policybot/knowledge"
	. "policybot/knowledge/eligibility"
	"policybot/knowledge/goldentest"
)

var statusWords = map[string]PovertyStatus{"nghèo": Poor, "cận nghèo": NearPoor, "thoát": Escaped, "trung bình": AverageLiving, "trên trung bình": None,
	"không": None, "trên chuẩn": AboveLine}

var placeWords = map[string]Fact[Place]{"xã": knowledge.Known(Rural), "phường": knowledge.Known(Urban), "?": {}}

var missingWords = map[string]Missing{"thu nhập": MissingIncome, "nơi ở": MissingPlace, "chỉ số": MissingLacking, "bộ chỉ số mới": MissingIndicators,
	"diện": MissingStatus, "thoát dưới 36 tháng": MissingRecent, "tuổi": MissingAge, "hưu": MissingPension, "tật": MissingDisability, "nguồn": MissingSources,
	"neo đơn": MissingAlone, "bị buộc tội": MissingAccused, "lĩnh hưu trí xã hội": MissingDrawsSocial, "lĩnh trợ cấp xã hội": MissingDrawsAid, "lĩnh tuất": MissingSurvivor}

// missingOf reads what is still missing.
func missingOf(t *testing.T, cell string) []Missing {
	t.Helper()
	var all []Missing
	for name := range strings.SplitSeq(cell, ", ") {
		m, known := missingWords[name]
		if !known && name != "" {
			t.Fatalf("%q is not one of the words for what is missing", name)
		}
		if known {
			all = append(all, m)
		}
	}
	return all
}

func TestGoldenStatus(t *testing.T) {
	l := library(t)
	for _, row := range goldentest.Rows(t, "testdata/golden/status.txt", "ngày", "nơi ở", "thu nhập", "chỉ số thiếu", "kết quả", "còn thiếu") {
		f := Facts{Place: goldentest.Word(t, row, 1, placeWords), Income: incomeOf(t, row)}
		if n, err := strconv.Atoi(row.Cells[3]); err == nil {
			f.Lacking = knowledge.Known(n)
		} else if row.Cells[3] != "?" {
			f.Lacks = lacksOf(t, row)
		}
		var want []PovertyStatus
		for name := range strings.SplitSeq(row.Cells[4], " / ") {
			want = append(want, statusWords[name])
		}
		got, err := Status(l, row.Day(t, 0), f)
		if err != nil {
			t.Errorf("%s: %v", row.Where, err)
			continue
		}
		slices.Sort(want)
		slices.Sort(got.Possible)
		if !slices.Equal(got.Possible, want) || !slices.Equal(got.Missing, missingOf(t, row.Cells[5])) {
			t.Errorf("%s: %v, missing %v; want %s", row.Where, got.Possible, got.Missing, strings.Join(row.Cells[4:], " | "))
		}
	}
}

// incomeOf reads the income of one person, or how it is worked out.
func incomeOf(t *testing.T, row goldentest.Row) Fact[knowledge.VND] {
	t.Helper()
	if row.Cells[2] == "?" {
		return Fact[knowledge.VND]{}
	}
	total, people, shared := strings.Cut(row.Cells[2], " ÷ ")
	v, err := knowledge.ParseVND(total)
	n := 1
	if shared && err == nil {
		n, err = strconv.Atoi(people)
	}
	if err != nil {
		t.Fatalf("%s: %v", row.Where, err)
	}
	return knowledge.Known(PerHead(v, n, 1))
}

func lacksOf(t *testing.T, row goldentest.Row) Deprivations {
	t.Helper()
	counts, lacks := strings.Fields(row.Cells[3]), Deprivations{}
	if len(counts) != len(Dimensions()) {
		t.Fatalf("%s: %d dimensions, want %d", row.Where, len(counts), len(Dimensions()))
	}
	for i, dim := range Dimensions() {
		if n, err := strconv.Atoi(counts[i]); err == nil {
			lacks[dim] = knowledge.Known(n)
		}
	}
	return lacks
}

var benefitWords = map[string]Benefit{"BHYT": Insurance, "hưu trí xã hội": SocialPension, "trợ cấp xã hội": Allowance, "mai táng": Funeral, "học nghề": Training,
	"học phí": Tuition, "chi phí học tập": LearningCosts, "vay vốn": Credit, "tiền điện": Electricity, "trợ giúp pháp lý": LegalAid, "lý lịch tư pháp": RecordFee}

var verdictWords = map[string]Verdict{"được": Eligible, "không": NotEligible, "chưa": CannotConclude}

func TestGoldenBenefits(t *testing.T) {
	l := library(t)
	for _, row := range goldentest.Rows(t, "testdata/golden/benefits.txt", "ngày", "chính sách", "người", "kết luận", "diện", "còn thiếu") {
		b := goldentest.Word(t, row, 1, benefitWords)
		e, err := Entitled(l, row.Day(t, 0), b, householdOf(t, row), 0)
		if err != nil {
			t.Errorf("%s: %v", row.Where, err)
			continue
		}
		var ways []string
		for _, w := range e.Ways {
			if way := w.Group; b == Insurance {
				ways = append(ways, way+" "+w.Level.String())
			} else {
				ways = append(ways, way)
			}
		}
		var want []string
		if row.Cells[4] != "" {
			for way := range strings.SplitSeq(row.Cells[4], "/") {
				want = append(want, strings.TrimSpace(way))
			}
		} else if e.Verdict == NotEligible {
			want = []string{""}
		}
		slices.Sort(ways)
		slices.Sort(want)
		if e.Verdict != goldentest.Word(t, row, 3, verdictWords) || !slices.Equal(ways, want) || !slices.Equal(e.Missing, missingOf(t, row.Cells[5])) {
			t.Errorf("%s: %s, ways %q, missing %v; want %s", row.Where, e.Verdict, ways, e.Missing, strings.Join(row.Cells[3:], " | "))
		}
	}
}

// householdOf reads the person of a case.
func householdOf(t *testing.T, row goldentest.Row) Household {
	t.Helper()
	var h Household
	var m Member
	flags := map[string]*Fact[bool]{"thoát dưới 36 tháng": &h.Recent, "làm nông": &h.Farms, "lĩnh hưu trí xã hội": &m.DrawsSocial, "lĩnh trợ cấp xã hội": &m.DrawsAid,
		"lĩnh tuất": &m.Survivor, "mồ côi": &m.Orphan, "đơn thân nuôi con": &m.Single, "neo đơn": &m.Alone, "dân tộc thiểu số": &m.Minority,
		"người có công": &m.Merit, "xuất ngũ": &m.Served, "bị buộc tội": &m.Accused}
	for fact := range strings.SplitSeq(row.Cells[2], ";") {
		name, value, told := strings.Cut(strings.TrimSpace(fact), "=")
		switch f := flags[name]; {
		case f != nil:
			*f = knowledge.Known(pick(t, row, value, map[string]bool{"có": true, "không": false}))
		case name == "diện":
			var may []PovertyStatus
			for s := range strings.SplitSeq(value, "/") {
				may = append(may, pick(t, row, s, statusWords))
			}
			h.Status = knowledge.OneOf(may...)
		case name == "nơi":
			h.Place = pick(t, row, value, placeWords)
		case name == "tuổi":
			n, err := strconv.Atoi(value)
			if err != nil {
				t.Fatalf("%s: age %q", row.Where, value)
			}
			m.Age = knowledge.Known(n)
		case name == "hưu":
			m.Pension = knowledge.Known(pick(t, row, value, map[string]Pension{"không": NoPension, "thấp": LowerPension, "đủ": FullPension}))
		case name == "tật":
			m.Disability = knowledge.Known(pick(t, row, value, map[string]Degree{"không": NotDisabled, "nhẹ": Mild, "nặng": Severe, "đặc biệt nặng": Extreme}))
		case name == "học":
			m.School = knowledge.Known(pick(t, row, value, map[string]School{"không": NoSchool, "phổ thông": General, "đại học": Higher}))
		case name == "việc":
			m.Job = knowledge.Known(pick(t, row, value, map[string]Job{"không": NoJob, "hợp đồng": Employed, "thất nghiệp": Jobless}))
		case told:
			t.Fatalf("%s: no fact is called %q", row.Where, name)
		}
	}
	h.Members = []Member{m}
	return h
}

func pick[T any](t *testing.T, row goldentest.Row, value string, words map[string]T) T {
	t.Helper()
	v, known := words[value]
	if !known {
		t.Fatalf("%s: %q is not one of the words for this fact", row.Where, value)
	}
	return v
}
