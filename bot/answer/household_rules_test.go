package answer

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"policybot/knowledge"
)

// Questions that tell a case of one's own go straight to the sum. What is expected was worked out by
// hand from the policy files.
func TestCasesOfOnesOwn(t *testing.T) {
	a := answerer(t)
	for _, c := range []struct {
		text    string
		outcome knowledge.Outcome
		step    string
		says    []string
		heard   string // facts, as name=value
	}{
		{"hộ nghèo vay 50 triệu mỗi tháng đóng lãi nhiêu", knowledge.Answered, "loans", []string{"260.000 đồng một tháng", "0,52%", "tối đa 100.000.000"}, "amount=50000000 programme=poor"},
		{"nha em can ngheo vay 100tr lai bao nhieu", knowledge.Answered, "loans", []string{"624.000 đồng một tháng"}, "amount=100000000 programme=near_poor"},
		{"tháng 11/2025 hộ mới thoát nghèo vay 100 triệu lãi bao nhiêu", knowledge.Answered, "loans", []string{"687.500 đồng", "8,25%"}, "amount=100000000 programme=escaped"},
		{"vay tạo việc làm 100 triệu lãi bao nhiêu một tháng", knowledge.Answered, "loans", []string{"660.400 đồng"}, "amount=100000000 programme=job"},
		{"hộ nghèo có được vay 100.000.001 đồng không", knowledge.Answered, "loans", []string{"thấp hơn số mình hỏi"}, "amount=100000001 programme=poor"},
		{"vay 50 triệu mỗi tháng đóng lãi nhiêu", knowledge.Answered, "loans", []string{"Hộ nghèo: 50.000.000 đồng × 0,52% = 260.000", "Hộ cận nghèo: 50.000.000 đồng × 0,624% = 312.000", "325.000", "330.200"}, "amount=50000000"},
		{"hộ nghèo vay 50 triệu trong 3 năm lãi bao nhiêu", knowledge.Answered, "loans", []string{"36 tháng chưa trả gốc: lãi cả thảy 9.360.000"}, "amount=50000000 programme=poor"},

		{"khuyết tật vay tạo việc làm 50 triệu lãi bao nhiêu", knowledge.Answered, "loans", []string{"260.000 đồng", "6,24%"}, "amount=50000000 programme=job_preferred"},

		{"học nghề 20 ngày được tiền ăn bao nhiêu", knowledge.Answered, "trainings", []string{"tiền ăn 1.000.000 đồng", "50.000 đồng × 20 ngày", "lao động nông thôn"}, "days=20"},
		{"ho can ngheo o xa hoc nghe 30 ngay cach nha 15 km duoc bao nhieu", knowledge.Answered, "trainings", []string{"1.500.000", "200.000 đồng (cách từ 15 km)", "30.000 đồng × 30 ngày = 900.000"}, "days=30 km=15 group=near_poor place=rural"},
		{"hộ cận nghèo học nghề cách nhà 14 km có tiền xe không", knowledge.Answered, "trainings", []string{"dưới 15 km"}, "km=14 group=near_poor"},
		{"hộ nghèo ở vùng đặc biệt khó khăn học nghề cách nhà 10 km có tiền xe không", knowledge.Answered, "trainings", []string{"300.000 đồng"}, "km=10 group=poor"},

		{"bà 72 tuổi cận nghèo không lương hưu có được tiền già không", knowledge.Answered, "pensions", []string{"540.000 đồng một tháng", "truy lĩnh 40.000 đồng"}, "age=72 status=near-poor pension=none"},
		{"bà 72 tuổi có được tiền già không", knowledge.Clarify, "pensions", []string{"hộ nghèo, hộ cận nghèo không"}, "age=72"},
		{"ông 75 tuổi lãnh lương hưu 539.999 đồng có được tiền già không", knowledge.Answered, "pensions", []string{"Được"}, "age=75 pension=lower"},
		{"ông 75 tuổi lãnh lương hưu 540.000 đồng có được tiền già không", knowledge.Answered, "pensions", []string{"Không được"}, "age=75 pension=enough"},
		{"ông 75 tuổi có lương hưu có được tiền già không", knowledge.Answered, "pensions", []string{"chỉ được khi lương hưu thấp hơn 540.000"}, "age=75"},
		{"người 71 tuổi không phải hộ nghèo, cận nghèo có được tiền già không", knowledge.Answered, "pensions", []string{"Chưa được", "đủ 75 tuổi"}, "age=71 status=none"},
		{"bà 76 tuổi, ngày 30/6/2026 được tiền già bao nhiêu", knowledge.Answered, "pensions", []string{"500.000 đồng"}, "age=76"},
		{"má sinh tháng 12/1951, không lương hưu, không nghèo, có được tiền già không", knowledge.Answered, "pensions", []string{"Chưa được"}, "birth=1951 status=none pension=none"},
		{"má sinh ngày 26/11/1951, không lương hưu, không nghèo, có được tiền già không", knowledge.Answered, "pensions", []string{"Chưa được"}, "birth=1951 status=none pension=none"},
		{"má sinh ngày 24/11/1951, không lương hưu, không nghèo, có được tiền già không", knowledge.Answered, "pensions", []string{"Được"}, "birth=1951 status=none pension=none"},
		{"cha em mất, mẹ nuôi 3 con, hộ nghèo, được trợ cấp bao nhiêu", knowledge.Answered, "pensions", []string{"× 3 con = 1.620.000"}, "status=poor single=yes children=3"},
		{"cha nghèo 72 tuổi không lương hưu có được tiền già không", knowledge.Answered, "pensions", []string{"Được"}, "age=72 status=poor pension=none"},
		{"cháu 3 tuổi mồ côi cả cha lẫn mẹ được trợ cấp bao nhiêu", knowledge.Answered, "pensions", []string{"540.000 đồng × 2,5 = 1.350.000"}, "age=3 orphan=yes"},
		{"cháu 4 tuổi mồ côi cả cha lẫn mẹ được trợ cấp bao nhiêu", knowledge.Answered, "pensions", []string{"540.000 đồng × 1,5 = 810.000"}, "age=4 orphan=yes"},
		{"cháu 4 tuổi mồ côi được trợ cấp bao nhiêu", knowledge.Clarify, "pensions", []string{"Cháu mất cả cha lẫn mẹ"}, "age=4"},

		{"con tôi 5 tuổi hộ nghèo được gì", knowledge.Answered, "supports", []string{"nhà nước đóng hết", "540.000"}, "age=5 status=poor"},
		{"hộ nghèo được hỗ trợ những gì", knowledge.Answered, "supports", []string{"nhà nước đóng hết", "30 kWh", "chi phí học tập", "540.000"}, "status=poor"},
		{"ho can ngheo duoc huong che do gi", knowledge.Answered, "supports", []string{"34.155", "0,624%", "lý lịch tư pháp"}, "status=near-poor"},
	} {
		got, err := a.Answer(context.Background(), Question{Text: c.text, Day: asked})
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		said := got.Lead + "\n" + strings.Join(got.Bullets, "\n")
		if step := got.Steps[len(got.Steps)-1].Name; step != c.step || got.Outcome != c.outcome {
			t.Errorf("%q: %s by %s, want %s by %s\n%s", c.text, got.Outcome, step, c.outcome, c.step, said)
			continue
		}
		for _, s := range c.says {
			if !strings.Contains(said, s) {
				t.Errorf("%q: no %q in\n%s", c.text, s, said)
			}
		}
		if heard := facts(got.Heard); heard != c.heard {
			t.Errorf("%q: heard %q, want %q", c.text, heard, c.heard)
		}
		if (c.outcome == knowledge.Answered) != (len(got.Provisions) > 0) {
			t.Errorf("%q: rests on %v", c.text, got.Provisions)
		}
		shortSentences(t, said)
	}
}

func facts(h Heard) string {
	var all []string
	for _, f := range h.Facts {
		all = append(all, f.Fact+"="+f.Value)
	}
	return strings.Join(all, " ")
}

// What tells no case of one's own, or asks something else, is left to the cards.
func TestCasesThatAreNone(t *testing.T) {
	a := answerer(t)
	for _, text := range []string{
		"hộ nghèo vay vốn lãi suất bao nhiêu", "hộ nghèo được vay tối đa bao nhiêu", "vay 50 triệu cần giấy tờ gì",
		"học nghề được tiền ăn bao nhiêu", "học nghề 20 ngày đăng ký ở đâu", "từ đủ 75 tuổi được hưởng gì",
		"người khuyết tật nặng được trợ cấp bao nhiêu một tháng", "trợ cấp khuyết tật có tính vào thu nhập của hộ không",
		"bà 76 tuổi nằm viện được hưởng bao nhiêu phần trăm", "người trên 80 tuổi được trợ cấp bao nhiêu",
		"em ở Vĩnh Long thì hộ nghèo được gì", "hộ nghèo được gì khi cháy nhà", "72 tuổi không thuộc hộ nghèo có được hưu trí xã hội không",
		"cháu 20 tuổi nhà nghèo được trợ cấp gì không", "ba mẹ em 70 tuổi đóng bảo hiểm y tế bao nhiêu",
	} {
		got, err := a.Answer(context.Background(), Question{Text: text, Day: asked})
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if step := got.Steps[len(got.Steps)-1].Name; slices.Contains([]string{"loans", "trainings", "pensions", "supports"}, step) {
			t.Errorf("%q is settled by %s: %s", text, step, got.Lead)
		}
	}
}

// Whatever is typed is answered without a fault: no number without a source, no panic.
func FuzzCasesOfOnesOwn(f *testing.F) {
	a := answerer(f)
	for _, seed := range []string{"hộ nghèo vay 50 triệu 3 năm lãi bao nhiêu", "thoát nghèo được 99 năm vay 1 tỷ lãi nhiêu", "học nghề 999 ngày cách 999 km học phí 99 tỷ",
		"bà sinh ngày 31/2/1951 có được tiền già không", "mẹ đơn thân nuôi 99 con hộ nghèo được trợ cấp bao nhiêu", "cháu 0 tuổi mồ côi cha mẹ được trợ cấp bao nhiêu",
		"90 mấy tuổi hộ nghèo có được tiền già không", "gần 75 tuổi có được tiền già không", "2 vợ chồng 3 đứa con thu nhập 0 đồng có phải hộ nghèo không",
		"hộ nghèo được gì", "vay 999999999999 đồng hộ nghèo lãi bao nhiêu"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, day := range []knowledge.Date{asked, knowledge.NewDate(2025, 6, 30), knowledge.NewDate(2027, 1, 1)} {
			if _, err := a.Answer(context.Background(), Question{Text: text, Day: day}); err != nil {
				t.Fatalf("%q on %s: %v", text, day, err)
			}
		}
	})
}

// fragments are what questions of one's own case are made of, in all senses and none.
var fragments = []string{"hộ nghèo", "cận nghèo", "mới thoát nghèo", "thoát nghèo năm 2023", "thoát nghèo được 2 năm", "không nghèo", "không phải hộ nghèo, cận nghèo", "nhà bình thường",
	"bà 72 tuổi", "ông 75 tuổi", "cháu 3 tuổi", "sinh năm 1951", "sinh ngày 31/12/1951", "70 mấy tuổi", "gần 75 tuổi", "ngoài 80 tuổi", "0 tuổi",
	"không lương hưu", "lương hưu 539.999 đồng", "có lương hưu", "khuyết tật nặng", "khuyết tật đặc biệt nặng", "bị liệt", "mồ côi", "mồ côi cha mẹ", "còn mẹ", "chồng mất",
	"nuôi 2 con", "đơn thân nuôi ba con", "neo đơn", "ở một mình", "có con cháu nuôi", "vay 50 triệu", "vay 1 tỷ", "trong 3 năm", "làm nhà vệ sinh", "đi học", "tạo việc làm",
	"học nghề 20 ngày", "học nghề", "cách 15 km", "học phí 4tr2", "vùng đặc biệt khó khăn", "bộ đội xuất ngũ", "ở xã", "ở phường", "ở Mỹ Xuyên", "phường Thạnh Hòa",
	"nhà 4 người", "2 vợ chồng 3 đứa con", "một tháng 6 triệu", "1,5 triệu một người", "một năm 90 triệu", "thiếu 3 chỉ số", "tháng 11/2025", "năm 2027", "ngày 30/6/2026"}

var endings = []string{"có được trợ cấp không", "được trợ cấp bao nhiêu", "có được tiền già không", "lãi bao nhiêu", "mỗi tháng đóng bao nhiêu", "được vay không", "được hỗ trợ bao nhiêu",
	"được hỗ trợ những gì", "là hộ gì", "có được hộ nghèo không", "có phải hộ nghèo không"}

// However the pieces are put together, each rule leaves the question, or settles it with an outcome,
// on provisions when it answers, within sentences that can be read, and with no number that has no
// source.
func TestFragments(t *testing.T) {
	a := answerer(t)
	rules := []func(*Answerer, context.Context, *draft) (bool, error){(*Answerer).supports, (*Answerer).loans, (*Answerer).trainings, (*Answerer).pensions, (*Answerer).household}
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Join(append(rapid.SliceOfN(rapid.SampledFrom(fragments), 1, 4).Draw(r, "fragments"), rapid.SampledFrom(endings).Draw(r, "ask")), " ")
		day := rapid.SampledFrom([]knowledge.Date{asked, knowledge.NewDate(2023, 1, 1), knowledge.NewDate(2025, 6, 30), knowledge.NewDate(2025, 12, 31), knowledge.NewDate(2027, 1, 1)}).Draw(r, "day")
		for i, rule := range rules {
			d := &draft{question: Question{Text: text, Day: day}}
			if done, err := a.clean(context.Background(), d); done || err != nil {
				r.Fatalf("%q: clean: %v, %v", text, done, err)
			}
			settled, err := rule(a, context.Background(), d)
			said := d.Lead + "\n" + strings.Join(d.Bullets, "\n")
			switch {
			case err != nil:
				r.Fatalf("%q on %s: %v", text, day, err)
			case !settled && d.Outcome != "":
				r.Fatalf("%q on %s: rule %d leaves it, and says %s: %s", text, day, i, d.Outcome, said)
			case settled && (d.Outcome == "" || d.Lead == ""):
				r.Fatalf("%q on %s: rule %d settles it without a word", text, day, i)
			case d.Outcome == knowledge.Answered && len(d.Provisions) == 0:
				r.Fatalf("%q on %s: rests on nothing: %s", text, day, said)
			}
		}
	})
}
