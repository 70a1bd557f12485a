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
			"Nếu khám đúng nơi và tất cả nằm trong phạm vi chi trả: mình trả 400.000 đồng.", "Tính theo mức của người thuộc hộ cận nghèo. Nội trú, quy định ngày 30/11/2025."},
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
		{"bà 72 tuổi hưởng trợ cấp hưu trí xã hội, nằm viện đúng tuyến 6 triệu",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 1.200.000 đồng.",
			"Mức này tôi suy ra từ câu chữ của luật: luật chỉ nêu người lớn tuổi hơn. Hỏi cơ quan BHXH."},
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
			"Nếu khám đúng nơi và tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", "Tính theo mức của người tham gia theo hộ gia đình. Trạm y tế, cấp ban đầu, quy định ngày 23/11/2026."},

		{"thẻ CN3 nằm viện 8 triệu đúng tuyến tháng 10 năm ngoái",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 400.000 đồng.", ""},
		{"the cn3 nam vien 8 trieu dung tuyen",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", ""},
		{"nằm viện 8tr, trong đó ngoài danh mục 2 triệu, thẻ hộ gia đình",
			"Nếu khám đúng nơi: mình trả 3.200.000 đồng.", "Ngoài danh mục, theo yêu cầu: mình trả 100% × 2.000.000 đồng."},
		{"3 triệu trong danh mục và 2 triệu theo yêu cầu, hộ nghèo nằm viện",
			"Nếu khám đúng nơi: mình trả 2.000.000 đồng.", "Quỹ trả 100% × 3.000.000 đồng = 3.000.000 đồng."},
		{"nằm viện 8 triệu, ngoài danh mục 2 triệu, thẻ cận nghèo", // in or beside: the same for this card
			"Nếu khám đúng nơi: mình trả 2.000.000 đồng.", ""},
		{"đủ 5 năm liên tục, đã cùng chi trả 16 triệu trong năm, nằm viện đúng tuyến 20tr thẻ GD",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", "Đủ 5 năm liên tục, đã cùng chi trả trên ngưỡng của năm (15.180.000 đồng): mức hưởng 100%."},
		{"đủ 5 năm liên tục, đã cùng chi trả 13,2 triệu trong năm, nằm viện đúng tuyến 20tr thẻ GD",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 4.000.000 đồng.", "Lần này đưa cùng chi trả trong năm vượt 15.180.000 đồng: các lần sau trong năm được miễn."},
		{"chưa đủ 5 năm, nằm viện đúng tuyến 20tr thẻ GD",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 4.000.000 đồng.", ""},
		{"nằm viện từ 28/6 đến 3/7/2026 hết 10tr thẻ cận nghèo",
			"Nếu khám đúng nơi và tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", ""},
		{"tự đi bệnh viện tỉnh khám ngoại trú hết triệu rưỡi, thẻ cận nghèo",
			"Tự đi: nếu tất cả nằm trong phạm vi chi trả thì mình trả 750.000 đồng.", ""},
		{"cận nghèo tự đi bệnh viện cấp cơ bản 60 điểm ngoại trú 1tr",
			"Tự đi: nếu tất cả nằm trong phạm vi chi trả thì mình trả 500.000 đồng.", ""},
		{"cận nghèo tự đi bệnh viện cấp cơ bản dưới 50 điểm ngoại trú 1tr",
			"Tự đi: nếu tất cả nằm trong phạm vi chi trả thì mình trả 0 đồng.", ""},
		{"hộ nghèo vùng đặc biệt khó khăn tự đi bệnh viện trung ương nằm viện 20 triệu",
			"Tự đi: nếu tất cả nằm trong phạm vi chi trả thì mình trả 0 đồng.", ""},
		{"sinh viên hộ cận nghèo nằm viện đúng tuyến 5tr2",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", "Tính theo mức của người thuộc hộ cận nghèo. Nội trú, quy định ngày 23/11/2026."},
		{"hồi tết nằm viện đúng tuyến 4tr thẻ hộ gia đình",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 800.000 đồng.", ""},
		{"con liệt sĩ nằm viện 8tr đúng tuyến",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", ""},
		{"con thương binh nằm viện 8tr đúng tuyến",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 400.000 đồng.", ""},
		{"phòng khám đa khoa khu vực khám ngoại trú 600k đúng tuyến thẻ GD",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", ""},
		{"bệnh hiểm nghèo nằm viện đúng tuyến 10 triệu thẻ GD", // hiểm nghèo is not poor
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 2.000.000 đồng.", ""},
		{"nằm viện đúng tuyến 15 triệu thẻ GD đủ 5 năm chưa cùng chi trả lần nào",
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 3.000.000 đồng.", "Cùng chi trả trong năm chưa vượt ngưỡng 15.180.000 đồng nên chưa được miễn."},
		{"khám đúng tuyến hết 200k", // whose card it is makes no difference
			"Khám đúng nơi, tất cả nằm trong phạm vi chi trả: mình trả 0 đồng.", "Một lần khám dưới 379.500 đồng thì mức hưởng là 100%."},
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

// TestBillAsks: a fact that decides is asked for, and each choice settles the question.
func TestBillAsks(t *testing.T) {
	for _, c := range []struct {
		text, lead string
		then       []string
	}{
		{"đủ 5 năm liên tục nằm viện đúng tuyến 20 triệu thẻ GD", "Trong năm, trước lần này, mình đã cùng chi trả tất cả bao nhiêu?", []string{"mình trả 0 đồng", "mình trả 4.000.000 đồng"}},
		{"nằm viện đúng tuyến 8 triệu, ngoài danh mục 2 triệu, thẻ GD", "2.000.000 đồng ngoài danh mục nằm trong số 8.000.000 đồng, hay cộng thêm?", []string{"mình trả 3.200.000 đồng", "mình trả 3.600.000 đồng"}},
		{"bị ung thư tự lên bệnh viện trung ương nằm viện 60 triệu thẻ GD", "Bệnh của mình có trong danh mục bệnh hiếm, hiểm nghèo của Bộ Y tế không?", []string{"mình trả 12.000.000 đồng", "mình trả 40.800.000 đồng"}},
		{"gia đình chính sách nằm viện đúng tuyến 8tr", "Thẻ BHYT của mình thuộc diện nào?", []string{"mình trả 0 đồng", "mình trả 0 đồng", "mình trả 400.000 đồng"}},
	} {
		got, settled := billed(t, c.text)
		if !settled || got.Outcome != knowledge.Clarify || got.Lead != c.lead || len(got.Options) != len(c.then) {
			t.Errorf("%s: %v %s: %s %v; want %s", c.text, settled, got.Outcome, got.Lead, got.Options, c.lead)
			continue
		}
		for i, o := range got.Options {
			next, _ := billed(t, o.Ask)
			if next.Outcome != knowledge.Answered || !strings.Contains(next.Lead, c.then[i]) || utf8.RuneCountInString(o.Label) > 24 {
				t.Errorf("%s (%s): %s %s; want %s", o.Ask, o.Label, next.Outcome, next.Lead, c.then[i])
			}
		}
	}
}

// What was heard goes with the answer, also where something is asked back.
func TestBillIsHeard(t *testing.T) {
	for text, want := range map[string]string{
		"thẻ CN3 tự đi nằm viện hết 8tr hôm 20/6":                        "ngày: 20/06/2026 đến 20/06/2026\nnhóm: cận nghèo\nchi phí: 8.000.000\ncách đi: tự đi\nđiều trị: nội trú\n",
		"chưa đủ 5 năm, nằm viện đúng tuyến 20tr, xã đảo":                "ngày: 23/11/2026 đến 23/11/2026\nchi phí: 20.000.000\ncách đi: đúng nơi\nđiều trị: nội trú\n5 năm liên tục: không\nngười nghèo, dân tộc ở vùng khó khăn: có\n",
		"bà hưởng trợ cấp hưu trí xã hội ra trạm y tế khám hết 500 ngàn": "ngày: 23/11/2026 đến 23/11/2026\nnhóm: hưu trí xã hội tuổi cao hoặc hưu trí xã hội\nchi phí: 500.000\nnơi khám: trạm y tế\n",
		"cấp cứu hết 5 triệu thẻ GD 4, ngoài danh mục 1 củ":              "ngày: 23/11/2026 đến 23/11/2026\nnhóm: hộ gia đình\nchi phí: 5.000.000\nngoài phạm vi: 1.000.000\ncách đi: cấp cứu\n",
	} {
		got, _ := billed(t, text)
		if got.Heard.About != AboutBill || got.Heard.Bill == nil || got.Heard.Bill.Text() != want {
			t.Errorf("%s: heard %s\n%v\nwant\n%s", text, got.Heard.About, got.Heard.Bill, want)
		}
	}
}

func TestBillCannotConclude(t *testing.T) {
	for _, c := range []struct{ text, bullet string }{
		{"hộ gia đình tự đi nằm viện hết 20 triệu", "Cơ sở chuyên sâu vốn tuyến trung ương: mình trả 13.600.000 đồng."},
		{"tháng 10/2024 cận nghèo tự đi bệnh viện trung ương nội trú 8 triệu", "Khám đúng nơi, trong phạm vi chi trả: mình trả 400.000 đồng."},
		{"tham gia 5 năm liên tục, từ đầu năm đã cùng chi trả 14,5 triệu, nằm viện đúng tuyến 10 triệu thẻ GD", "Nếu đã trả hết phần đó trước ngày 01/07/2026: mình trả 0 đồng."},
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

// FuzzBillMoney: whatever is typed, a sum is told once and no sum is out of bounds.
func FuzzBillMoney(f *testing.F) {
	for _, s := range []string{"nằm viện 8tr, trong đó ngoài danh mục 2 triệu", "đã cùng chi trả trên 15.180.000 đồng", "3 triệu trong danh mục và 2tr theo yêu cầu", "5-6 triệu"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := billMoneyIn(text)
		for _, v := range append(append(m.bill, m.outside...), m.paid.Among(nil)...) {
			if v < 0 || v > mostPaid+1 {
				t.Errorf("%q tells a sum of %d", text, v)
			}
		}
		var s stay
		if s.takes(m) && (s.Outside < 0 || s.Bill.Among(nil)[0] < 0) {
			t.Errorf("%q tells a bill of %s and %s", text, s.Bill.Among(nil)[0], s.Outside)
		}
	})
}
