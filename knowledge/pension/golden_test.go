package pension_test

import (
	"errors"
	"testing"

	"policybot/knowledge"
	"policybot/knowledge/goldentest"
	. "policybot/knowledge/pension"
)

func TestGolden(t *testing.T) {
	l := library(t)
	type kind struct {
		group Group
		times int
	}
	words := map[string]kind{"hưu trí xã hội": {}, "mai táng": {}, "trẻ mồ côi dưới 4 tuổi": {OrphanSmall, 1}, "trẻ mồ côi từ đủ 4 tuổi": {Orphan, 1},
		"đơn thân nuôi 1 con": {SingleParent, 1}, "đơn thân nuôi 2 con": {SingleParent, 2}, "đơn thân nuôi 3 con": {SingleParent, 3},
		"người già nghèo không người nuôi 60 đến dưới 80": {OlderAlone, 1}, "người già nghèo không người nuôi từ đủ 80": {OlderAlone80, 1},
		"khuyết tật nặng": {DisabledSevere, 1}, "khuyết tật nặng, trẻ em hoặc người già": {DisabledSevereYoungOld, 1},
		"khuyết tật đặc biệt nặng": {DisabledExtreme, 1}, "khuyết tật đặc biệt nặng, trẻ em hoặc người già": {DisabledExtremeYoungOld, 1}}
	for _, row := range goldentest.Rows(t, "testdata/golden/*.txt", "ngày", "khoản", "số tiền", "truy lĩnh mỗi tháng") {
		k, on := goldentest.Word(t, row, 1, words), row.Day(t, 0)
		var sum Sum
		var err error
		switch {
		case k.group != "":
			sum, err = Allowance(l, on, k.group, k.times)
		case row.Cells[1] == "mai táng":
			sum, err = Funeral(l, on)
		default:
			sum, err = Social(l, on)
		}
		if row.Cells[2] == "–" {
			if !errors.Is(err, knowledge.ErrNotKnown) {
				t.Errorf("%s: %v, want ErrNotKnown", row.Where, err)
			}
			continue
		}
		if err != nil || sum.Amount != row.VND(t, 2) || sum.Late.Month != row.VND(t, 3) {
			t.Errorf("%s: %s, late %s, %v; want %v", row.Where, sum.Amount, sum.Late.Month, err, row.Cells[2:])
		}
	}
}
