package privacy

import "testing"

func TestMask(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// Telephone numbers.
		{"gọi em số 0909123456", "gọi em số [điện thoại]"},
		{"0909 123 456", "[điện thoại]"},
		{"0909.123.456 nha", "[điện thoại] nha"},
		{"090-912-3456", "[điện thoại]"},
		{"sdt 0909 12 34 56, cảm ơn", "sdt [điện thoại], cảm ơn"},
		{"+84909123456", "[điện thoại]"},
		{"+84 909 123 456", "[điện thoại]"},
		{"(+84) 909 123 456", "[điện thoại]"},
		{"+84 (0)909 123 456", "[điện thoại]"},
		{"84909123456", "[điện thoại]"},
		{"84.909.123.456", "[điện thoại]"},
		{"0084909123456", "[điện thoại]"},
		{"0292 3 820 820", "[điện thoại]"},
		{"(0292) 3820820", "[điện thoại]"},
		{"02923820820 số nhà nước", "[điện thoại] số nhà nước"},
		{"sđt: 3820820", "sđt: [điện thoại]"},
		{"zalo em là 909.123.456", "zalo em là [điện thoại]"},
		{"0 9 0 9 1 2 3 4 5 6", "[điện thoại]"},
		{"01234567890", "[điện thoại]"},
		{"０９０９１２３４５６", "[điện thoại]"},
		{"0909\u200b123\u200b456", "[điện thoại]"},
		{"0909 123 456", "[điện thoại]"},
		{"0909123456/0912345678", "[điện thoại]/[điện thoại]"},
		{"nhà 4 người, 0909 123 456", "nhà 4 người, [điện thoại]"},
		{"nha co 4 0909 123 456", "nha co 4 [điện thoại]"},

		// Papers, cards, accounts.
		{"cccd 092075001234", "cccd [số giấy tờ]"},
		{"CCCD: 092 075 001 234", "CCCD: [số giấy tờ]"},
		{"092075001234", "[số giấy tờ]"},
		{"CMND 361234567", "CMND [số giấy tờ]"},
		{"cmnd của tôi là 361 234 567", "cmnd của tôi là [số giấy tờ]"},
		{"cmnd 361.234.567", "cmnd [số giấy tờ]"},
		{"hộ chiếu B1234567", "hộ chiếu [số giấy tờ]"},
		{"mã số thuế 8012345678", "mã số thuế [số giấy tờ]"},
		{"thẻ GD4797932012345 hết hạn", "thẻ [số thẻ] hết hạn"},
		{"HN 4 92 92 012 345 67", "[số thẻ]"},
		{"thẻ CN 3 92 92 012 34567 mất rồi", "thẻ [số thẻ] mất rồi"},
		{"mã bhxh 9212345678", "mã bhxh [số giấy tờ]"},
		{"stk 0123456789012 vietcombank", "stk [số tài khoản] vietcombank"},
		{"stk agribank 1890205123456", "stk agribank [số tài khoản]"},
		{"số tài khoản: 123456", "số tài khoản: [số tài khoản]"},
		{"chuyển vào tài khoản ngân hàng MB 88886666", "chuyển vào tài khoản ngân hàng MB [số tài khoản]"},
		{"gửi về nguyen.van-a+1@gmail.com.vn giúp", "gửi về [email] giúp"},
		{"telegram của em @lan_canttho", "telegram của em [tài khoản mạng]"},

		// Births.
		{"tôi sinh ngày 12/03/1975", "tôi sinh ngày [ngày sinh]"},
		{"sinh năm 1950 được trợ cấp không", "sinh năm [ngày sinh] được trợ cấp không"},
		{"ngày sinh: 1-2-1960", "ngày sinh: [ngày sinh]"},
		{"me em sinh nam 45", "me em sinh nam [ngày sinh]"},
		{"sinh ngày 12 tháng 3 năm 1975", "sinh ngày [ngày sinh]"},
		{"ba em sn 1948", "ba em sn [ngày sinh]"},
		{"năm sinh 1962", "năm sinh [ngày sinh]"},
		{"con sinh tháng 3/2020", "con sinh tháng [ngày sinh]"},

		// Names.
		{"Tên tôi là Nguyễn Văn An, ở Ninh Kiều", "Tên tôi là [họ tên], ở Ninh Kiều"},
		{"tôi tên Trần Thị Bé Ba", "tôi tên [họ tên]"},
		{"em tên lan ở cái răng", "em tên [họ tên] ở cái răng"},
		{"toi ten nguyen van an sinh nam 1960", "toi ten [họ tên] sinh nam [ngày sinh]"},
		{"Họ và tên: LÊ THỊ HOA", "Họ và tên: [họ tên]"},
		{"họ tên: phạm văn tám, hộ nghèo", "họ tên: [họ tên], hộ nghèo"},
		{"em là Nguyễn Thị Lan muốn hỏi", "em là [họ tên] muốn hỏi"},
		{"em là Lan, hộ cận nghèo", "em là [họ tên], hộ cận nghèo"},
		{"tui la le van tam muon hoi bhyt", "tui la [họ tên] muon hoi bhyt"},
		{"mẹ tôi tên Võ Thị Sáu bị bệnh", "mẹ tôi tên [họ tên] bị bệnh"},
		{"hỏi giùm bà Trần Thị Mười", "hỏi giùm bà [họ tên]"},
		{"cho ông Thạch Sơn Kim đi khám", "cho ông [họ tên] đi khám"},
		{"TÔI TÊN NGUYỄN VĂN AN", "TÔI TÊN [họ tên]"},
		{"má tui tên Năm, năm nay 82 tuổi", "má tui tên [họ tên], năm nay 82 tuổi"},
		{"tôi tên Út", "tôi tên [họ tên]"},
		{"dạ con là Út Hiền", "dạ con là [họ tên]"},
		{"stk 070012345678 chủ tk Nguyen Van Tam", "stk [số tài khoản] chủ tk [họ tên]"},
		{"em là Thạch Thị Sa Rương dân tộc Khmer", "em là [họ tên] dân tộc Khmer"},
		{"Họ và tên Nguyễn Văn An", "Họ và tên [họ tên]"},

		// Addresses.
		{"nhà ở số 12/3 đường Nguyễn Trãi, phường Ninh Kiều", "nhà ở số [địa chỉ], phường Ninh Kiều"},
		{"số nhà 45A hẻm 7, đường 30/4, tổ 5, khu vực 3, phường Hưng Lợi", "số nhà [địa chỉ], phường Hưng Lợi"},
		{"so 12 duong nguyen trai phuong an hoi", "so [địa chỉ] phuong an hoi"},
		{"địa chỉ: 123 ấp Thới Hòa, xã Thới Lai", "địa chỉ: [địa chỉ], xã Thới Lai"},
		{"tôi ở ấp Thới Bình A xã Thạnh Phú", "tôi ở [địa chỉ] xã Thạnh Phú"},
		{"số 5, ấp 3, xã Phong Điền", "số [địa chỉ], xã Phong Điền"},
		{"12 đường 3 tháng 2 có nộp được không", "[địa chỉ] có nộp được không"},

		{"nhà số 12 Nguyễn Trãi phường An Hội", "nhà số [địa chỉ] phường An Hội"},
		{"hộ khẩu ở số 9 Lý Tự Trọng", "hộ khẩu ở số [địa chỉ]"},
		{"địa chỉ nhà em: 15 tổ 4 khu vực Bình Nhựt, Bình Thủy", "địa chỉ nhà em: [địa chỉ], Bình Thủy"},
		{"hiện ở 45/7B hẻm 132 đường Hùng Vương p.Thới Bình", "hiện ở [địa chỉ] p.Thới Bình"},

		// Several at once.
		{"Tôi tên Lê Văn Tám, sinh năm 1955, cccd 092055001234, sđt 0909123456, nhà số 12 đường Hòa Bình",
			"Tôi tên [họ tên], sinh năm [ngày sinh], cccd [số giấy tờ], sđt [điện thoại], nhà số [địa chỉ]"},
		{"Te\u0302n to\u0302i la\u0300 Nguye\u0302\u0303n Va\u0306n An", "Tên tôi là [họ tên]"},
	} {
		if got := Mask(c.text); got != c.want {
			t.Errorf("Mask(%q)\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestMaskKeeps(t *testing.T) {
	for _, text := range []string{
		"", " ", "?", "😀👍",
		"hộ cận nghèo đóng bảo hiểm y tế bao nhiêu",
		"em là hộ nghèo", "Em là Hộ nghèo", "tôi là người cao tuổi", "EM LÀ HỘ CẬN NGHÈO Ở CẦN THƠ",
		"toi la ho can ngheo di kham benh", "em la ho ngheo", "con la hoc sinh", "toi la vo liet si", "em là vợ liệt sĩ",
		"tôi là Cựu chiến binh", "tôi là Thương binh 81%", "em là Sinh viên", "tôi là người Khmer", "toi la dang vien", "em la truong ap",
		"tên tôi trên thẻ bị sai", "họ tên trên thẻ bhyt bị sai", "tên là gì", "bạn tên gì", "em là ai", "ten la gi",
		"vay 100.000.000đ mua nhà", "thu nhập 3.500.000đ", "thu nhập 2tr5 một tháng", "3tr500k", "8tr", "lương 3500000 4500000",
		"1.263.600 đồng một năm", "1,263,600 đồng", "500000000 đồng", "3 500 000 đồng", "1.234.567.890 đồng", "từ 500.000-600.000 đ",
		"nhận 900.000, 1.000.000 rồi 2.000.000 đồng", "150.000,50 đồng",
		"ngày 15/11/2026 có còn không", "từ 01-01-2027 đến 31-12-2030", "tháng 11/2025", "năm 2024, 2025, 2026", "giai đoạn 2022-2025", "2026-11-23",
		"nghị định 188/2025/NĐ-CP", "nghị quyết 12/2023/NQ-HĐND", "thông tư số 01/2025/TT-BYT điều 6 khoản 2", "nd 75/2023/nd-cp ngay 19/10/2023", "nghị quyết số 12",
		"được 95% hay 80%", "gọi 115", "gọi 111 hay 113", "tổng đài 1900 9095", "tổng đài 19009095", "thủ tục 1.012345", "1.012345.000.00.00.H13",
		"học sinh năm 2025", "hoc sinh nam 2026 dong bao nhieu", "tuyển sinh năm 2026", "phát sinh 2025", "sinh con được bao nhiêu tiền", "sinh viên năm 2", "chi phí phát sinh 50",
		"bhyt 2025 2026", "hộ có 5 người", "có 2 con 12 tuổi và 15 tuổi", "75 tuổi", "áp dụng từ 2026", "áp 3 mức",
		"xã khu vực 3", "ấp đặc biệt khó khăn", "ấp nào được hỗ trợ", "điều 12 khoản 3", "mẫu số 01", "bệnh viện số 1",
		"phường Thạnh Hòa, Thốt Nốt", "ở TP Hồ Chí Minh", "đường Nguyễn Văn Linh có ngập không", "quận Ninh Kiều",
		"Tôi là dân Cần Thơ", "ông bà được gì", "mẹ con em", "chồng em mất", "con em đi học", "anh chị cho hỏi",
		"xã quên đưa tên tôi vào danh sách", "vệ sinh nông thôn 8,4%", "1. Thông tin cá nhân", "1. Tổ trưởng tổ dân phố", "3. Thống kê", "Quyền thay đổi họ, tên của công dân", "Tên chi nhánh công ty", "không có tên trong danh sách",
		"đăng ký tên doanh nghiệp", "nguoi 87 tuoi khong co luong huu", "không có lương hưu", "thanh phan bo tieu chi danh gia", "quyen han cua bo truong trong nam", "tôi là con dâu, có tên trong sổ",
		"Ấp Trường Phú thuộc xã nào", "Nghị quyết số 12 Hội Đồng Nhân Dân", "Luật 51/2024/QH15", "Quyết định số 861/QĐ-TTg", "tên đăng nhập là gì",
		"họ tên và ngày sinh bị sai", "1.500.000đ x 12 = 18.000.000đ", "kỳ 01/01/2025 - 31/12/2025", "năm 2020 2021 2022 2023", "chủ hộ là ai",
		"mua điện thoại 3.500.000đ", "tài khoản định danh mức 2", "rút 5.000.000 trong tài khoản",
	} {
		if got := Mask(text); got != text {
			t.Errorf("Mask(%q) = %q, want it as it is", text, got)
		}
	}
}
