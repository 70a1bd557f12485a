package answer

import "strconv"

// digitNames are the numbers up to ten as they are said, without marks. "tu" and "nam" count only
// next to a ten, since they are other words as well: "năm" is a year.
var digitNames = map[string]int{"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6, "bay": 7, "bai": 7, "tam": 8, "chin": 9}

// countBefore returns the whole number that a text ends with, in digits or words: "75", "bảy mươi
// lăm", "bốn"; 0 when it ends with none.
func countBefore(tokens []token) int {
	if len(tokens) == 0 {
		return 0
	}
	last := tokens[len(tokens)-1]
	if n, err := strconv.Atoi(last.text); err == nil {
		return n
	}
	fold := func(back int) string {
		if back >= len(tokens) {
			return ""
		}
		return tokens[len(tokens)-1-back].fold
	}
	isTen := func(s string) bool { return s == "muoi" || s == "chuc" }
	tens := func(back int) int { // the value of "bảy mươi" or "mười" ending there
		if n := digitNames[fold(back+1)]; n > 1 {
			return 10 * n
		}
		return 10
	}
	switch {
	case isTen(fold(0)):
		return tens(0)
	case isTen(fold(1)) && (digitNames[fold(0)] > 0 || fold(0) == "tu"):
		ones := digitNames[fold(0)]
		if fold(0) == "tu" {
			ones = 4
		}
		return tens(1) + ones
	}
	return digitNames[fold(0)]
}
