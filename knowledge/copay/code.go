package copay

import (
	"regexp"
	"strings"
)

// Code is the head of a card's code (mã thẻ): two letters for the group and a digit for the level.
// What codes mean is of confidence B.
type Code struct {
	Letters string // as HN; always upper case
	digit   int
}

var codeForm = regexp.MustCompile(`^([A-Za-z]{2})(?: ?([1-5])(?:[ -]?\d[\d -]*)?)?$`)

// ParseCode reads a code as it is typed: "CN2", "cn 2", "GD 4 92 1234567890", "HN". ok is false for
// letters that are no group's.
func ParseCode(s string) (c Code, ok bool) {
	m := codeForm.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return Code{}, false
	}
	c.Letters = strings.ToUpper(m[1])
	if m[2] != "" {
		c.digit = int(m[2][0] - '0')
	}
	return c, len(groupsOf[c.Letters]) > 0
}

// groupsOf says whom the letters stand for. Two groups: the letters alone do not tell which. Codes
// of confidence C are left out.
var groupsOf = map[string][]Group{
	"HN": {Poor}, "CN": {NearPoor}, "GD": {Household}, "HS": {Student}, "SV": {Student}, "BT": {Allowance},
	"TE": {Child}, "HT": {Pensioner}, "TN": {Unemployed}, "LH": {SocialPension75, SocialPension},
}

// Groups returns the groups that the code may stand for: one, or two when it does not tell them
// apart. A card LH2 is of somebody from 75 on; LH4 may be, printed before 2026.
func (c Code) Groups() []Group {
	groups := groupsOf[c.Letters]
	if c.Letters == "LH" && c.digit > 0 && c.digit != printedBefore {
		return groups[:1]
	}
	return groups
}

// printedBefore is the digit of LH that cards from before 2026 may still show, which count like the
// new ones without being exchanged.
const printedBefore = 4

// Digit returns the digit where it tells a level beside the group's; 0 where it does not: that of CN
// and LH changed with the law on 2026-01-01, old cards stay as they are printed, and so the group
// decides.
func (c Code) Digit() int {
	if c.Letters == "CN" || c.Letters == "LH" {
		return 0
	}
	return c.digit
}
