package loan_test

import (
	"errors"
	"strconv"
	"testing"

	"policybot/knowledge"
	"policybot/knowledge/goldentest"
	. "policybot/knowledge/loan"
)

func TestGolden(t *testing.T) {
	l := library(t)
	words := map[string]Programme{"hộ nghèo": Poor, "hộ cận nghèo": NearPoor, "hộ mới thoát nghèo": Escaped, "tạo việc làm": Job,
		"tạo việc làm, nhóm ưu tiên": JobPreferred, "học sinh, sinh viên": Student, "nước sạch, vệ sinh": Water, "vùng khó khăn": HardArea, "dân tộc thiểu số": Minority}
	for _, row := range goldentest.Rows(t, "testdata/golden/*.txt", "ngày", "diện vay", "số tiền vay", "lãi suất năm", "lãi một tháng", "vay tối đa", "lâu nhất") {
		amount := row.VND(t, 2)
		c, err := Monthly(l, row.Day(t, 0), goldentest.Word(t, row, 1, words), amount)
		if row.Cells[3] == "–" {
			if !errors.Is(err, knowledge.ErrNotKnown) {
				t.Errorf("%s: %v, want ErrNotKnown", row.Where, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", row.Where, err)
			continue
		}
		got := []string{c.Year.String(), c.Interest.Digits(), "–", "–"}
		if c.Cap > 0 {
			got[2] = c.Cap.Digits()
			if c.OverCap() != (amount > row.VND(t, 5)) {
				t.Errorf("%s: over the limit: %v", row.Where, c.OverCap())
			}
		}
		if c.Term > 0 {
			got[3] = strconv.Itoa(c.Term)
		}
		for i, cell := range got {
			if cell != row.Cells[3+i] {
				t.Errorf("%s: got %v, want %v", row.Where, got, row.Cells[3:])
				break
			}
		}
	}
}
