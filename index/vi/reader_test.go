package vi

import (
	"slices"
	"testing"
)

func TestRead(t *testing.T) {
	r, err := NewReader(slices.Values([]string{
		"Hộ cận nghèo đóng bảo hiểm y tế bao nhiêu một năm?",
		"Hộ nghèo được hỗ trợ tiền điện không?",
		"Vay vốn 50 triệu, 500 nghìn đồng",
	}))
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"ho can ngheo dong bhyt bi nhiu 1 nam": "hộ cận nghèo đóng bảo hiểm y tế bao nhiêu 1 năm",
		"ho ngheo dc ho tro tien dien k?":      "hộ nghèo được hỗ trợ tiền điện không?",
		"vay 50tr, 500k":                       "vay 50 triệu, 500 nghìn",
	} {
		if got := r.Read(in); got.Text != want {
			t.Errorf("Read(%q) = %q, want %q; %v", in, got.Text, want, got.Rewrites)
		}
	}
}
