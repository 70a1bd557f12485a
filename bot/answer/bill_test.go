package answer

import (
	"context"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"policybot/knowledge"
)

// billed runs the step of bills on a question of 23/11/2026.
func billed(t *testing.T, text string) (Answer, bool) {
	t.Helper()
	a := answerer(t)
	d := &draft{question: Question{Text: text, Day: knowledge.NewDate(2026, 11, 23)}}
	if _, err := a.clean(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	settled, err := a.bill(context.Background(), d)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return d.Answer, settled
}

// TestBill: the sums are typed by hand from the worked examples of the policy.
func TestBill(t *testing.T) {
	for _, c := range []struct{ text, lead, bullet string }{
		{"cận nghèo nằm viện 8tr tháng 11/2025 trả nhiêu",
			"Nếu khám đúng nơi và tất cả nằm trong phạm vi chi trả: mình trả 400.000 đồng.", "Mình trả 5% × 8.000.000 đồng = 400.000 đồng."},
		{"can ngheo nam vien 8tr thang 11/2025 tra nhieu",
			"Nếu khám đúng nơi và tất cả nằm trong phạm vi chi trả: mình trả 400.000 đồng.", "Tính theo mức của người thuộc hộ cận nghèo, nội trú, quy định ngày 30/11/2025."},
		{"cận nghèo nằm viện 8tr trả nhiêu",
			"Nếu khám đúng nơi và tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", "Quỹ trả 100% × 8.000.000 đồng = 8.000.000 đồng."},
		{"Thẻ hộ gia đình nằm viện đúng tuyến hết 10 triệu",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 2.000.000 đồng.", "Mình trả 20% × 10.000.000 đồng = 2.000.000 đồng."},
		{"the ho gia dinh nam vien dung tuyen het 10 trieu",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 2.000.000 đồng.", ""},
		{"khám ngoại trú đúng tuyến hết 360 ngàn, thẻ hộ gia đình",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", "Một lần khám dưới 379.500 đồng thì mức hưởng là 100%."},
		{"ngày 20/6/2026 khám ngoại trú đúng tuyến 360k thẻ GD",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 72.000 đồng.", ""},
		{"năm 2026 khám ngoại trú đúng tuyến 360k thẻ GD",
			"Đến 30/06/2026 mình trả 72.000 đồng; từ 01/07/2026 mình trả 0 đồng.", ""},
		{"cấp cứu hết 5 triệu thẻ GD",
			"Cấp cứu: nếu tất cả nằm trong phạm vi chi trả thì mình trả 1.000.000 đồng.", ""},
		{"tự đi bệnh viện trung ương nội trú 20 triệu thẻ hộ gia đình",
			"Tự đi: nếu tất cả nằm trong phạm vi chi trả thì mình trả 13.600.000 đồng.", "Quỹ trả 40% của mức hưởng 80%; mình trả 68% × 20.000.000 đồng = 13.600.000 đồng."},
		{"tu di benh vien trung uong noi tru 20 trieu can ngheo",
			"Tự đi: nếu tất cả nằm trong phạm vi chi trả thì mình trả 12.000.000 đồng.", ""},
		{"cận nghèo tự đi khám ngoại trú bệnh viện tỉnh 1 triệu",
			"Tự đi: nếu tất cả nằm trong phạm vi chi trả thì mình trả 500.000 đồng.", ""},
		{"cận nghèo tự đi bệnh viện trung ương hết 20 triệu",
			"Nội trú mình trả 12.000.000 đồng; ngoại trú mình trả 20.000.000 đồng.", ""},
		{"bà 76 tuổi hưởng trợ cấp hưu trí xã hội, nằm viện hết 5 triệu",
			"Nếu khám đúng nơi và tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", ""},
		{"hưu trí nằm viện đúng tuyến 10 triệu",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 500.000 đồng.", ""},
		{"mới sanh nằm viện 10 triệu thẻ GD",
			"Nếu khám đúng nơi và tất cả nằm trong phạm vi chi trả: mình trả 2.000.000 đồng.", ""},
		{"hộ gia đình tự đi nội trú bệnh viện huyện 10 triệu",
			"Tự đi: nếu tất cả nằm trong phạm vi chi trả thì mình trả 2.000.000 đồng.", ""},
		{"cận nghèo nằm viện 8tr từ 25/12/2025",
			"Đến 31/12/2025 mình trả 400.000 đồng; từ 01/01/2026 mình trả 0 đồng.", ""},
		{"ngoại trú tự đi bệnh viện tỉnh 200k cận nghèo",
			"Tự đi: nếu tất cả nằm trong phạm vi chi trả thì mình trả 100.000 đồng.", ""},
		{"thẻ GD khám hết 360k đúng tuyến ngày 20/6/2026 ngoại trú",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 72.000 đồng.", ""},
		{"thẻ TE nằm viện 5 triệu",
			"Nếu khám đúng nơi và tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", ""},
		{"nằm viện từ 25/12/2025 đến 5/1/2026 hết 8tr cận nghèo",
			"Đến 31/12/2025 mình trả 400.000 đồng; từ 01/01/2026 mình trả 0 đồng.", "Tính khi khám đúng nơi và tất cả nằm trong phạm vi chi trả."},
		{"trạm y tế khám 600 ngàn thẻ GD",
			"Nếu khám đúng nơi và tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", "Tính theo mức của người tham gia theo hộ gia đình, trạm y tế, cấp ban đầu, quy định ngày 23/11/2026."},
	} {
		got, settled := billed(t, c.text)
		if !settled || got.Outcome != knowledge.Answered || got.Lead != c.lead {
			t.Errorf("%s\n got %v %s: %s %q\nwant %s", c.text, settled, got.Outcome, got.Lead, got.Bullets, c.lead)
			continue
		}
		if c.bullet != "" && !slices.Contains(got.Bullets, c.bullet) {
			t.Errorf("%s\n got %q\nwant %s", c.text, got.Bullets, c.bullet)
		}
		if len(got.Provisions) == 0 {
			t.Errorf("%s: rests on nothing", c.text)
		}
		if words := strings.Fields(got.Lead); len(words) > 18 {
			t.Errorf("%s: a lead of %d words", c.text, len(words))
		}
	}
}

// The provisions are those of the day that is named in the answer, not of the first day asked about.
func TestBillCitesTheDay(t *testing.T) {
	got, _ := billed(t, "nằm viện 8tr thẻ GD năm ngoái")
	if len(got.Provisions) != 1 || got.Provisions[0].ID != "luat-51-2024/d12/k5/a" {
		t.Errorf("a bill of last year rests on %v, want the law of its last day", got.Provisions)
	}
}

func TestBillAsksForTheCard(t *testing.T) {
	for _, text := range []string{"tự đi bệnh viện trung ương nội trú 20 triệu", "nằm viện hết 8tr trả nhiêu?", "nam vien het 8tr",
		"mới thoát nghèo nằm viện 8tr", "vợ mới sanh nằm viện 8tr", "bà hưởng trợ cấp hưu trí xã hội, nằm viện 5 triệu"} {
		got, settled := billed(t, text)
		if !settled || got.Outcome != knowledge.Clarify || len(got.Options) < 2 {
			t.Errorf("%s: %v %s, options %v; want a question back", text, settled, got.Outcome, got.Options)
		}
		for _, o := range got.Options {
			if utf8.RuneCountInString(o.Label) > 24 {
				t.Errorf("%s: the label %q is too long", text, o.Label)
			}
			if next, settled := billed(t, o.Ask); !settled || next.Outcome != knowledge.Answered && next.Outcome != knowledge.CannotConclude {
				t.Errorf("%s: %v %s; want it settled", o.Ask, settled, next.Outcome)
			}
		}
	}
}

func TestBillCannotConclude(t *testing.T) {
	for _, c := range []struct{ text, bullet string }{
		{"hộ gia đình tự đi nằm viện hết 20 triệu", "Cơ sở chuyên sâu vốn tuyến trung ương: mình trả 13.600.000 đồng."},
		{"tháng 10/2024 cận nghèo tự đi bệnh viện trung ương nội trú 8 triệu", "Khám đúng nơi, trong phạm vi chi trả: mình trả 400.000 đồng."},
		{"thẻ hộ gia đình nằm viện đúng tuyến 10 triệu năm 2028", "Mình hỏi bàn bảo hiểm của bệnh viện hoặc cơ quan BHXH."},
	} {
		got, settled := billed(t, c.text)
		if !settled || got.Outcome != knowledge.CannotConclude || !got.Referral || !slices.Contains(got.Bullets, c.bullet) {
			t.Errorf("%s: %v %s %q; want no conclusion, and %s", c.text, settled, got.Outcome, got.Bullets, c.bullet)
		}
	}
}

func TestBillLeavesOtherQuestions(t *testing.T) {
	for _, text := range []string{
		"cận nghèo nằm viện trả mấy phần trăm", "cận nghèo vay 50 triệu được không", "nằm viện 8tr có vay được không cận nghèo",
		"thu nhập 2 triệu hộ nghèo nằm viện trả sao", "cận nghèo nằm viện bị thu 2 triệu đúng không", "cận nghèo nằm viện phải trả 2 triệu hả",
		"nằm viện hết 5 triệu tới 6 triệu thẻ GD", "không có thẻ bhyt nằm viện 8tr", "cận nghèo đóng bảo hiểm 409.860 đồng",
		"nằm viện 3 ngày thẻ GD",
		"chuẩn nghèo 2 triệu", "lương 8 triệu nằm viện trả nhiêu",
		"nằm viện 2tr/ngày thẻ GD", "nằm viện một ngày 2tr thẻ GD", "nằm viện 8tr hộ nghèo hay cận nghèo trả bao nhiêu",
	} {
		if got, settled := billed(t, text); settled {
			t.Errorf("%s: settled as %s: %s", text, got.Outcome, got.Lead)
		}
	}
}
