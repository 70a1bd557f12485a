package training_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"policybot/knowledge"
	"policybot/knowledge/goldentest"
	. "policybot/knowledge/training"
)

func TestGolden(t *testing.T) {
	l := library(t)
	words := map[string]Group{"người khuyết tật": Disabled, "dân tộc thiểu số hộ nghèo": PoorMinority, "hộ nghèo vùng đặc biệt khó khăn": PoorHard, "hộ nghèo": Poor,
		"dân tộc thiểu số": Minority, "người có công": Merit, "bị thu hồi đất": Land, "lao động nữ mất việc": WomanJobless, "ngư dân": Fisher, "hộ cận nghèo": NearPoor,
		"phụ nữ": Woman, "lao động nông thôn": Rural, "thanh niên": Youth}
	for _, row := range goldentest.Rows(t, "testdata/golden/*.txt", "ngày", "người học", "học phí của lớp", "số ngày", "cách", "vùng", "theo 338/2025", "theo 46/2015") {
		days, err := strconv.Atoi(row.Cells[3])
		km, err2 := strconv.Atoi(row.Cells[4])
		if err := errors.Join(err, err2); err != nil {
			t.Fatalf("%s: %v", row.Where, err)
		}
		class := Class{Day: row.Day(t, 0), Group: goldentest.Word(t, row, 1, words), Fee: knowledge.Known(row.VND(t, 2)), Days: knowledge.Known(days),
			Km: knowledge.Known(km), Hard: knowledge.Known(goldentest.Word(t, row, 5, map[string]bool{"khó khăn": true, "thường": false}))}
		all, err := Grants(l, class)
		if errors.Is(err, knowledge.ErrNotKnown) {
			err = nil
		}
		if err != nil {
			t.Errorf("%s: %v", row.Where, err)
			continue
		}
		for i, rule := range []Rule{Decree338, Decision46} {
			if got := written(all, rule); got != row.Cells[6+i] {
				t.Errorf("%s: by %s %s, want %s", row.Where, rule, got, row.Cells[6+i])
			}
		}
	}
}

// written puts what a rule gives as the tables do.
func written(all []Grant, rule Rule) string {
	i := slices.IndexFunc(all, func(g Grant) bool { return g.Rule == rule })
	if i < 0 {
		return "–"
	}
	parts := map[Part]string{Fees: "–", Meals: "–", Way: "–"}
	for _, line := range all[i].Lines {
		parts[line.Part] = line.Amount.Digits()
	}
	return fmt.Sprintf("%s + %s + %s = %s", parts[Fees], parts[Meals], parts[Way], all[i].Total.Digits())
}
