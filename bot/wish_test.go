package bot

import "testing"

func TestAWishForAnOfficerSaysNothingElse(t *testing.T) {
	for text, want := range map[string]bool{
		"cho tôi gặp cán bộ":                       true,
		"cho toi gap can bo":                       true,
		"gửi lên phường giúp":                      true,
		"chuyển câu hỏi này lên xã giùm tôi":       true,
		"con muốn nói chuyện với người thật":       true,
		"nhờ gửi cán bộ phường giúp em với ạ":      true,
		"liên hệ cán bộ được không":                true,
		"gặp cán bộ nào để xin hộ nghèo":           false,
		"gửi đơn lên xã ở đâu":                     false,
		"nộp hồ sơ ở phường được không":            false,
		"gửi xã được không":                        false,
		"cán bộ đòi tiền có đúng không":            false,
		"chuyển hộ khẩu lên phường":                false,
		"gửi cán bộ phường hộ nghèo bao nhiêu":     false,
		"phường nào":                               false,
		"gặp":                                      false,
		"":                                         false,
		"cán bộ":                                   false,
		"xã có nhận hồ sơ không":                   false,
		"tôi gặp cán bộ rồi mà chưa được giải đáp": false,
	} {
		if got := wantsOfficer(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
