package knowledge

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// VND is an amount of money in đồng; there is no smaller unit.
type VND int64

var amountForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,2}(\.[0-9]{3})*)$`)

// ParseVND reads an amount as content writes it: digits with a dot every three, "2.340.000".
// "500000" and "500.00" are errors, so that a slip cannot pass for another amount.
func ParseVND(s string) (VND, error) {
	if !amountForm.MatchString(s) {
		return 0, fmt.Errorf("amount %q: want đồng with a dot every three digits, as \"2.340.000\"", s)
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(s, ".", ""), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("amount %q is too large", s)
	}
	return VND(n), nil
}

// Digits writes v with a dot every three digits: "1.500.000".
func (v VND) Digits() string {
	s := strconv.FormatInt(int64(v), 10)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return sign + s
}

// String writes v as residents read it: "1.500.000 đồng".
func (v VND) String() string { return v.Digits() + " đồng" }

// Rate is a share in millionths: 4,5 % is 45_000 and 7,9248 % is 79_248. It is exact, never a
// float.
type Rate int64

// Whole is 100 %.
const Whole Rate = 1_000_000

var rateForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,2})(,[0-9]{1,4})?%$`)

// ParseRate reads a share as the law states it: "4,5%", with a decimal comma and at most four
// decimals.
func ParseRate(s string) (Rate, error) {
	if !rateForm.MatchString(s) {
		return 0, fmt.Errorf("rate %q: want percent with a decimal comma, as \"4,5%%\"", s)
	}
	whole, decimals, _ := strings.Cut(strings.TrimSuffix(s, "%"), ",")
	n, err := strconv.ParseInt(whole+(decimals + "0000")[:4], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("rate %q: %w", s, err)
	}
	return Rate(n), nil
}

// Of returns r of v, rounded half up to the đồng. Round once a line: take the product of the
// rates first.
func (r Rate) Of(v VND) VND {
	hi, lo := int64(v)/int64(Whole), int64(v)%int64(Whole)
	return VND(hi*int64(r) + floorDiv(lo*int64(r)+int64(Whole)/2, int64(Whole)))
}

// Times returns r of s, exactly; ok is false when the product has a part below a millionth.
func (r Rate) Times(s Rate) (product Rate, ok bool) {
	p := int64(r) * int64(s)
	return Rate(p / int64(Whole)), p%int64(Whole) == 0
}

// Rest returns what is left of 100 %.
func (r Rate) Rest() Rate { return Whole - r }

// String writes r as residents read it: "4,5%".
func (r Rate) String() string {
	if r < 0 {
		return "-" + (-r).String()
	}
	s := strconv.FormatInt(int64(r/10_000), 10)
	if rest := int64(r % 10_000); rest != 0 {
		s += "," + strings.TrimRight(fmt.Sprintf("%04d", rest), "0")
	}
	return s + "%"
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
