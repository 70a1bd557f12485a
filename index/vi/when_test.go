package vi

import (
	"testing"

	"policybot/knowledge"
)

func TestWhen(t *testing.T) {
	today := knowledge.NewDate(2026, 11, 23)
	for _, c := range []struct{ text, from, until string }{
		{"cận nghèo nằm viện tháng 11/2025 trả mấy phần trăm", "2025-11-01", "2025-12-01"},
		{"can ngheo nam vien 8tr thang 11/2025 tra nhieu", "2025-11-01", "2025-12-01"},
		{"nằm viện từ 25/12/2025 đến 5/1/2026", "2025-12-25", "2026-01-06"},
		{"nam vien 28/6 - 3/7/2026", "2026-06-28", "2026-07-04"},
		{"từ 28/12 tới 3/1/2026", "2025-12-28", "2026-01-04"},
		{"từ ngày 28/6 đến ngày 3/7", "2026-06-28", "2026-07-04"},
		{"từ tháng 12/2025 đến tháng 1/2026", "2025-12-01", "2026-02-01"},
		{"khám hôm 20/6", "2026-06-20", "2026-06-21"},
		{"nằm viện hồi tết", "2026-02-14", "2026-02-24"},
		{"nam vien hoi tet nam ngoai", "2025-01-26", "2025-02-05"},
		{"tết tới đi viện", "2027-02-03", "2027-02-13"},
		{"tết 2024", "2024-02-07", "2024-02-17"},
		{"tháng 12 vừa rồi", "2025-12-01", "2026-01-01"},
		{"tháng 10 vừa rồi", "2026-10-01", "2026-11-01"},
		{"hồi 11-2025", "2025-11-01", "2025-12-01"},
		{"tháng 11 năm 2025", "2025-11-01", "2025-12-01"},
		{"thang 10 nam ngoai", "2025-10-01", "2025-11-01"},
		{"ngày 20/6/2026 đi khám", "2026-06-20", "2026-06-21"},
		{"khám ngày 20.6.2026", "2026-06-20", "2026-06-21"},
		{"ngày 5 tháng 7 năm 2026", "2026-07-05", "2026-07-06"},
		{"ngày 2 tháng 3", "2026-03-02", "2026-03-03"},
		{"chuẩn nghèo năm 2027", "2027-01-01", "2028-01-01"},
		{"chuẩn nghèo 2027 nhiêu", "2027-01-01", "2028-01-01"},
		{"năm sau chuẩn nghèo bao nhiêu", "2027-01-01", "2028-01-01"},
		{"sang năm có đổi không", "2027-01-01", "2028-01-01"},
		{"năm ngoái đóng nhiêu", "2025-01-01", "2026-01-01"},
		{"cuối năm ngoái", "2025-12-01", "2026-01-01"},
		{"đầu năm 2026", "2026-01-01", "2026-02-01"},
		{"tháng 6 mua thẻ", "2026-06-01", "2026-07-01"},
		{"tháng trước", "2026-10-01", "2026-11-01"},
		{"giai đoạn 2024-2025", "2024-01-01", "2026-01-01"},
		{"từ 1/1/2026 còn trả 5% không", "2026-01-01", ""},
		{"từ năm 2027", "2027-01-01", ""},
		{"trước 1/7/2026", "2026-06-30", "2026-07-01"},
		{"truoc nam 2026", "2025-12-31", "2026-01-01"},
		{"theo nghị định 188/2025/NĐ-CP năm 2024 sao", "2024-01-01", "2025-01-01"},
	} {
		span, ok := When(c.text, today)
		if !ok || span.From.String() != c.from || span.Until.String() != c.until {
			t.Errorf("When(%q) = %s to %s, %v; want %s to %s", c.text, span.From, span.Until, ok, c.from, c.until)
		}
	}
	for _, none := range []string{
		"", "nghị định 188/2025/NĐ-CP nói gì", "nghị quyết 12/2023/NQ-HĐND hỗ trợ gì", "nghi quyet 12/2023 ho tro gi", "nq 12/2023",
		"quyết định 46/2015/QĐ-TTg", "đóng 6 tháng bao nhiêu", "ông sinh năm 2010", "luật 51/2024/QH15", "bây giờ cận nghèo trả mấy phần",
		"thu nhập 2.000.000 một tháng", "nhà 4 người", "một năm đóng bao nhiêu", "tháng 13", "31/2/2026", "0909123456",
		"tết có được gạo không", "gạo ăn tết", "trả 1/3 tiền", "tết 2090",
		"hết hạn 4 tháng rồi", "het han may thang roi", "năm nay chuẩn nghèo bao nhiêu", "bà 76 tuổi",
	} {
		if span, ok := When(none, today); ok {
			t.Errorf("When(%q) = %v, want none", none, span)
		}
	}
}

func FuzzWhen(f *testing.F) {
	f.Add("thang 11/2025")
	f.Add("trước 31/12/2026, sau 2027")
	today := knowledge.NewDate(2026, 11, 23)
	f.Fuzz(func(t *testing.T, text string) {
		span, ok := When(text, today)
		if ok && (span.IsEmpty() || DayIn(span, today).IsZero()) {
			t.Errorf("When(%q) = %v, which holds no day", text, span)
		}
	})
}

// Money a month is no month of the year.
func TestMoneyAMonthIsNoMonth(t *testing.T) {
	for _, text := range []string{"một tháng 6 triệu rưỡi", "1 thang 5tr", "mỗi tháng 7.5 triệu", "tháng 500k"} {
		if span, ok := When(text, knowledge.NewDate(2026, 11, 26)); ok {
			t.Errorf("%q names %v", text, span)
		}
	}
}

func FuzzStay(f *testing.F) {
	f.Add("nằm viện từ 25/12/2025 đến 5/1/2026")
	f.Add("từ tháng 12 đến tháng 1/2026, hồi tết 2024")
	today := knowledge.NewDate(2026, 11, 23)
	f.Fuzz(func(t *testing.T, text string) {
		if span, ok := Stay(text, today); ok && (span.IsEmpty() || span.Until.IsZero()) {
			t.Errorf("Stay(%q) = %v, which is no span of days", text, span)
		}
	})
}
