package answer

import (
	"context"
	"strings"
	"testing"
	"unicode"

	"policybot/knowledge"
)

var asked = knowledge.NewDate(2026, 11, 24)

// householdOf takes a question through the reading and the step alone.
func householdOf(t *testing.T, a *Answerer, text string) (d *draft, settled bool) {
	t.Helper()
	d = &draft{question: Question{Text: text, Day: asked}}
	if done, err := a.clean(context.Background(), d); done || err != nil {
		t.Fatalf("%q: clean: %v, %v", text, done, err)
	}
	settled, err := a.household(context.Background(), d)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return d, settled
}

func TestHousehold(t *testing.T) {
	a := answerer(t)
	cases := []struct {
		text    string
		outcome knowledge.Outcome
		says    []string // in the lead or the bullets
	}{
		{"nhà 4 người ở phường Cái Khế thu nhập 3 triệu mỗi người", knowledge.Answered, []string{"mức sống trung bình", "Thu nhập: 3.000.000 đồng một người"}},
		{"gia dinh 3 nguoi thu nhap 60 trieu mot nam", knowledge.Partial, []string{"kết quả khác nhau", "≈ 1.666.667 đồng"}},
		{"thu nhập cả nhà 20 triệu 1 năm, nhà 5 người, Q. Thốt Nốt", knowledge.CannotConclude, []string{"≈ 333.334 đồng", "từ 2.000.000 đồng"}},
		{"nhà em ở xã, thu nhập 1,4 triệu một người, thiếu 4 chỉ số thì là hộ gì", knowledge.Answered,
			[]string{"điều kiện hộ nghèo", "1.400.000 đồng một người", "từ 1.500.000 đồng", "thiếu 4 chỉ số"}},
		{"nha em o xa, thu nhap 1,4 trieu mot nguoi, thieu 4 chi so thi la ho gi", knowledge.Answered,
			[]string{"điều kiện hộ nghèo", "từ 1.500.000 đồng", "thiếu 4 chỉ số"}},
		{"nhà em ở xã, thu nhập 1,4 triệu một người, thiếu 2 trong 12 chỉ số thì là hộ gì", knowledge.Answered,
			[]string{"điều kiện hộ cận nghèo", "thiếu 2 chỉ số"}},
		{"hộ 4 người ở phường, tổng 9 triệu một tháng có được hộ nghèo không", knowledge.Answered,
			[]string{"chưa đạt", "mức sống trung bình", "9.000.000 đồng ÷ 4 người = 2.250.000 đồng", "từ 2.000.000 đồng", "3.000.000 đồng", "Từ 01/01/2027 chuẩn là 2.800.000 đồng"}},
		{"ho 4 nguoi o phuong, tong 9 trieu mot thang co duoc ho ngheo khong", knowledge.Answered,
			[]string{"chưa đạt", "mức sống trung bình", "9.000.000 đồng ÷ 4 người = 2.250.000 đồng"}},
		{"nhà 5 khẩu ở phường, cả nhà 10 triệu một tháng có được vô hộ nghèo không", knowledge.CannotConclude,
			[]string{"= 2.000.000 đồng", "Thiếu từ 3 chỉ số"}},
		{"nhà 5 khẩu ở phường, cả nhà 10.000.001 đồng một tháng có được vô hộ nghèo không", knowledge.Answered,
			[]string{"chưa đạt", "≈ 2.000.001 đồng"}},
		{"Nhà tôi ở phường, 2.300.000 một người, sang năm 2027 có được vô hộ nghèo không", knowledge.CannotConclude,
			[]string{"Thu nhập đạt điều kiện", "2.800.000 đồng", "chưa có bản chính thức"}},
		{"nha toi o phuong, 2.300.000 mot nguoi, sang nam 2027 co duoc vo ho ngheo khong", knowledge.CannotConclude,
			[]string{"2.800.000 đồng"}},
		{"Nhà tôi ở phường, 2.900.000 một người, năm 2027 có được vô hộ nghèo không", knowledge.Answered,
			[]string{"chưa đạt", "chưa có số chính thức"}},
		{"thu nhập 1,8 triệu một người thiếu 4 chỉ số là hộ gì", knowledge.Answered,
			[]string{"kết quả khác nhau", "xã (nông thôn): từ 1.500.000", "phường (thành thị): từ 2.000.000", "Nhà mình chưa đạt", "Nhà mình đạt điều kiện hộ nghèo"}},
		{"thu nhập 1,8 triệu một người có phải hộ cận nghèo không", knowledge.Partial,
			[]string{"kết quả khác nhau", "Thu nhập nhà mình đạt"}},
		{"thu nhập 5 triệu một người có được xét hộ nghèo không", knowledge.Answered, []string{"chưa đạt"}},
		{"nhà em ở phường thu nhập 5 triệu một tháng có được hộ nghèo không", knowledge.Clarify, []string{"mấy người"}},
		{"nhà em ở xã thu nhập 1,4 triệu một tháng có được hộ nghèo không", knowledge.CannotConclude, []string{"không quá 1.400.000 đồng"}},
		{"nhà 4 người ở xã, một năm thu 67.200.000 đồng, thiếu 3 chỉ số có phải hộ nghèo không", knowledge.Answered,
			[]string{"67.200.000 đồng ÷ 12 tháng ÷ 4 người = 1.400.000 đồng", "điều kiện hộ nghèo"}},
		{"nhà ở xã, thu nhập chưa tới 1,5 triệu một người, thiếu 3 chỉ số là hộ gì", knowledge.Answered,
			[]string{"Thu nhập không quá: 1.500.000 đồng", "điều kiện hộ nghèo"}},
		{"nhà ở xã, thu nhập hơn 1,5 triệu một người, thiếu 3 chỉ số là hộ gì", knowledge.Clarify, []string{"rõ hơn"}},
		{"nhà ở xã, thu nhập hơn 3 triệu một người là hộ gì", knowledge.Answered, []string{"chưa đạt", "Thu nhập trên"}},
		{"nhà 4 người ở xã, làm mướn một ngày 300 ngàn có được hộ nghèo không", knowledge.Clarify, []string{"một tháng"}},
		{"nhà 4 người ở xã, có 1 người làm được 6 triệu một tháng thì có được hộ nghèo không", knowledge.Clarify, []string{"Cả nhà"}},
		{"nhà em ở xã, 1,4 triệu một người, không thiếu chỉ số nào thì là hộ gì", knowledge.Answered, []string{"hộ cận nghèo"}},
		{"nhà em ở phường Ninh Kiều, 2.000.000đ/người/tháng, thiếu 3 chỉ số là hộ gì", knowledge.Answered, []string{"điều kiện hộ nghèo"}},
		{"nha em 4 nguoi o xa My Khanh thu nhap 8tr/thang co dc ho ngheo ko", knowledge.CannotConclude,
			[]string{"÷ 4 người = 2.000.000", "nay thuộc Phường", "phường (thành thị)"}},
		{"nhà con ở Trung Nhứt, mỗi người 1 triệu 9, thiếu ba chỉ số, vậy là hộ nghèo hay cận nghèo", knowledge.Answered, []string{"điều kiện hộ nghèo", "1.900.000"}},
		{"nha em o xa, 1tr2 mot nguoi, thieu 3 chi so, vay la ho gi", knowledge.Answered, []string{"điều kiện hộ nghèo", "1.200.000"}},
		{"nhà tui ở xa trung tâm, 1,8 triệu một người, thiếu 3 chỉ số có được hộ nghèo không", knowledge.Answered, []string{"kết quả khác nhau"}},
		{"nhà em 4 người, thu nhập 5tr6/tháng, thiếu 2 chỉ số, có được xét hộ nghèo không", knowledge.Answered, []string{"÷ 4 người = 1.400.000", "hộ cận nghèo"}},
		{"năm ngoái nhà 4 người ở xã tổng 5,6 triệu thiếu 3 chỉ số có phải hộ nghèo không", knowledge.Answered, []string{"điều kiện hộ nghèo"}},
		{"ở xã, 4 người, tổng 12 triệu một tháng có được hộ nghèo không", knowledge.Answered, []string{"xã (nông thôn)", "÷ 4 người = 3.000.000"}},
		{"nhà 4 người ở xã, thu nhập tầm 1,5 triệu mỗi người, thiếu 3 chỉ số thì có phải hộ nghèo không", knowledge.Clarify, []string{"rõ hơn"}},
		{"nhà ở xã, thu nhập khoảng 1,2 triệu mỗi người, thiếu 3 chỉ số là hộ gì", knowledge.Answered, []string{"Thu nhập chừng: 1.200.000", "điều kiện hộ nghèo"}},
		{"nhà bốn người làm chín triệu một tháng ở phường có vượt chuẩn không", knowledge.Answered, []string{"÷ 4 người = 2.250.000"}},
		{"nhà em ở xã, 9 triệu 4 người, có được hộ nghèo không", knowledge.Answered, []string{"÷ 4 người = 2.250.000", "chưa đạt"}},
	}
	for _, c := range cases {
		d, settled := householdOf(t, a, c.text)
		said := d.Lead + "\n" + strings.Join(d.Bullets, "\n")
		if !settled || d.Outcome != c.outcome {
			t.Errorf("%q: settled %v, outcome %q, want %q\n%s", c.text, settled, d.Outcome, c.outcome, said)
			continue
		}
		for _, s := range c.says {
			if !strings.Contains(said, s) {
				t.Errorf("%q: no %q in\n%s", c.text, s, said)
			}
		}
		if concluded := c.outcome != knowledge.Clarify; concluded != (len(d.Provisions) > 0) {
			t.Errorf("%q: rests on %v", c.text, d.Provisions)
		}
		if d.Referral != (c.outcome == knowledge.CannotConclude) {
			t.Errorf("%q: referral %v", c.text, d.Referral)
		}
		shortSentences(t, said)
	}
}

// shortSentences holds every sentence to 18 words.
func shortSentences(t *testing.T, said string) {
	t.Helper()
	for _, sentence := range strings.FieldsFunc(said, func(r rune) bool { return r == '\n' || r == ';' }) {
		for _, s := range strings.Split(sentence, ". ") {
			words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '÷' || r == '=' || r == '≈' })
			if len(words) > 18 {
				t.Errorf("%d words: %s", len(words), s)
			}
		}
	}
}

// What is no question of a household's status, or tells no one income, goes on to the cards.
func TestHouseholdLeavesTheRest(t *testing.T) {
	a := answerer(t)
	for _, text := range []string{
		"gia đình 3 người thu nhập 6 triệu một tháng nằm viện", "nhà tôi thu nhập 5 triệu muốn vay vốn", "nhà 4 người thu nhập 20 triệu một tháng cho con học nghề",
		"nhà 4 người thu nhập 5 triệu một tháng mua bảo hiểm hết bao nhiêu",
		"chuẩn nghèo ở phường là bao nhiêu",
		"chuẩn nghèo 1.500.000 áp dụng từ khi nào",
		"chuẩn hộ nghèo 2.800.000 đồng có đúng không",
		"hộ nghèo thu nhập 1,4 triệu một người được vay bao nhiêu",
		"nhà em hộ nghèo, thu nhập 1,4 triệu, có được hỗ trợ gì không",
		"hộ cận nghèo nằm viện hết 8 triệu trả bao nhiêu",
		"hộ cận nghèo 4 người đóng bảo hiểm y tế bao nhiêu, có được giảm không",
		"thu nhập 1,4 triệu một người, có phải hộ nghèo không, muốn vay vốn",
		"nhà em nợ 50 triệu ở xã, 4 người, có được hộ nghèo không",
		"nhà 4 người, tiền thuê nhà 2 triệu một tháng, ở phường, có được hộ nghèo không",
		"hộ nghèo học nghề được 3 triệu không",
		"thu nhập từ 1,5 đến 2 triệu một người là hộ gì",
		"nhà em ở xã, thiếu 4 chỉ số thì là hộ gì",
		"thu nhập 1,4 triệu một người muốn xin hộ nghèo thì nộp giấy tờ ở đâu",
		"năm 2020 thu nhập 700.000 một người ở xã có phải hộ nghèo không",
	} {
		if d, settled := householdOf(t, a, text); settled || d.Outcome != "" || d.Lead != "" {
			t.Errorf("%q: settled %v, %s: %s", text, settled, d.Outcome, d.Lead)
		}
	}
}
