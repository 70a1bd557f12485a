package check

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"policybot/knowledge"
)

// soundLibrary is the good folder, loaded.
func soundLibrary(t *testing.T) *checker {
	t.Helper()
	fsys, err := txtar.FS(readArchive(t, "good.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := knowledge.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return &checker{Library: l, today: today, seen: map[knowledge.Fault]bool{}}
}

func TestTypedTellsFiguresFromOtherDigits(t *testing.T) {
	basis := []knowledge.ProvisionID{"nd-188-2025"} // its summary has "Mẫu số 01"
	for _, c := range []struct {
		text string
		want string
	}{
		{"Mình trả {{fig \"days\"}}.", ""},
		{"Nộp Mẫu số 01.", ""},
		{"Nộp Mẫu số 1.", "digits-not-in-basis: 1"},
		{"Đóng 500k, 2tr hay 1,5 triệu.", "typed-figure: 500k | typed-figure: 2tr | typed-figure: 1,5 triệu"},
		{"Được 70 phần trăm.", "typed-figure: 70 phần trăm"},
		{"Đóng 1.500.000.", "typed-figure: 1.500.000"},
		{"Từ ngày 1/7 trở đi.", "typed-figure: ngày 1/7"},
		{"Từ 15-08-2025.", "typed-figure: 15-08-2025"},
		{"Hỏi hồi tháng 4 năm 2024.", "digits-not-in-basis: 4 | digits-not-in-basis: 2024"},
		{"Thủ tục mã 1.011606.", "digits-not-in-basis: 1.011606"},
		{"Trong mười hai tháng.", "typed-figure: mười hai tháng"},
		{"Mỗi năm một lần, cả năm.", ""},
		{"Theo 46/2015/QĐ-TTg và 2553/QĐ-TTg.", "typed-document: 46/2015/QĐ-TTg | typed-document: 2553/QĐ-TTg"},
		{"Thấy nguy thì gọi 115.", ""},
		{"Bà con gọi ngay 113, 114 hoặc 115.", ""},
		{"Có 115 đơn vị.", "digits-not-in-basis: 115"},
		{"Gọi 1900.", "digits-not-in-basis: 1900"},
	} {
		check := soundLibrary(t)
		check.typed(page{basis: basis}, text{body: c.text})
		if got := told(check); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

// told lists the findings of a checker without their places.
func told(c *checker) string {
	var all []string
	for _, f := range c.found {
		all = append(all, f.Rule+": "+f.Detail)
	}
	return strings.Join(all, " | ")
}

func TestOfficesOfThePast(t *testing.T) {
	for s, want := range map[string]string{
		"Nộp ở UBND huyện Phong Điền.":                "UBND huyện",
		"Đến Ủy ban nhân dân quận Ô Môn.":             "Ủy ban nhân dân quận",
		"Hỏi Phòng Lao động - Thương binh và Xã hội.": "Phòng Lao động - Thương binh",
		"Ra BHXH quận.":                      "BHXH quận",
		"Hỏi Sở LĐ-TB&XH.":                   "Sở LĐ-TB&XH",
		"Nay không còn Phòng LĐ-TB&XH.":      "",
		"Nộp ở UBND xã, trước đây là huyện.": "",
		"Nộp ở UBND xã hay phường.":          "",
		"Hỏi BHXH cơ sở.":                    "",
	} {
		check := soundLibrary(t)
		check.wordsOf(page{}, text{body: s})
		if want != "" {
			want = ruleDistrictOffice + ": " + want
		}
		if got := told(check); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	eighteen := "một " + strings.Repeat("hai ", 16) + "ba"
	for s, want := range map[string]bool{
		eighteen:                      false,
		eighteen + ".":                false,
		eighteen + " bốn":             true,
		eighteen + ". " + eighteen:    false,
		eighteen + "\n" + eighteen:    false,
		eighteen + " – – –":           false, // dashes are no words
		eighteen + " 2.530.000 đồng":  true,
		"Hỏi? " + eighteen + "! Rồi.": false,
	} {
		check := soundLibrary(t)
		check.longSentences(page{}, text{body: s}, s)
		if got := len(check.found) > 0; got != want {
			t.Errorf("%q is too long: %v", s, got)
		}
	}
}

func TestAmountsStandAsNumbersOfTheirOwn(t *testing.T) {
	for _, c := range []struct {
		value string
		unit  knowledge.Unit
		text  string
		want  bool
	}{
		{"5%", knowledge.UnitRate, "Mức là 5%.", true},
		{"5%", knowledge.UnitRate, "Mức là 4,5%.", false},
		{"5%", knowledge.UnitRate, "Mức là 15%.", false},
		{"5%", knowledge.UnitRate, "Nghèo:5%; cận nghèo", true},
		{"15", knowledge.UnitDays, "trong 15 ngày làm việc", false},
		{"15", knowledge.UnitDays, "trong 15 ngày", true},
		{"15", knowledge.UnitDays, "15 ngày làm việc, hoặc 15 ngày.", true},
		{"15", knowledge.UnitWorkdays, "trong 15 ngày làm việc", true},
		{"12", knowledge.UnitCount, "gồm 12 chỉ số", true},
		{"12", knowledge.UnitCount, "gồm 120 chỉ số", false},
		{"12", knowledge.UnitCount, "ngày 12.5, 12,5 và 1.120", false},
		{"12", knowledge.UnitCount, "Có 12.", true},
		{"1,5", knowledge.UnitFactor, "hệ số 1,5.", true},
		{"540.000", knowledge.UnitVND, "là 540.000 đồng", true},
		{"540.000", knowledge.UnitVND, "là 1.540.000 đồng", false},
	} {
		a, err := knowledge.ParseAmount(c.value, c.unit)
		if err != nil {
			t.Fatal(err)
		}
		if got := stands(a.String(), c.text); got != c.want {
			t.Errorf("%s stands in %q: %v", a, c.text, got)
		}
	}
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"Hộ cận nghèo đóng BHYT bao nhiêu?", "ho can ngheo dong bhyt bao nhieu", "  HỘ CẬN-NGHÈO, đóng bhyt bao nhiêu!!"},
		{"Ở Cái Khế", "o cai khe"},
	} {
		for _, s := range same {
			if fold(s) != fold(same[0]) {
				t.Errorf("%q folds to %q, %q to %q", s, fold(s), same[0], fold(same[0]))
			}
		}
	}
	if got := fold("Đường 3/2, đ"); got != "duong 3 2 d" {
		t.Errorf("got %q", got)
	}
}

func TestFindingsComeByFileAndLine(t *testing.T) {
	folder := readArchive(t, "good.txtar")
	for i := range folder.Files {
		folder.Files[i].Data = []byte(strings.ReplaceAll(string(folder.Files[i].Data), "confirmed_on: 2026-11-01", "confirmed_on: 2020-01-01"))
	}
	fsys, err := txtar.FS(folder)
	if err != nil {
		t.Fatal(err)
	}
	got := faults(t, fsys)
	if len(got) < 10 || !slices.IsSortedFunc(got, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	}) {
		t.Errorf("%d findings, out of order: %v", len(got), got)
	}
}
