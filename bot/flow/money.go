package flow

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
)

// band is an amount of money as it was told: one amount, or two between which it lies.
type band struct {
	low, high knowledge.VND // the same when it is told exactly; high is [mostMoney] when there is no upper end
}

// mostMoney is above any income or bill that is told.
const mostMoney knowledge.VND = 1_000_000_000_000

// String is how a state keeps it: "5600000", "4500001-6750000", "6750001-".
func (b band) String() string {
	switch {
	case b.low == b.high:
		return strconv.FormatInt(int64(b.low), 10)
	case b.high == mostMoney:
		return fmt.Sprintf("%d-", b.low)
	}
	return fmt.Sprintf("%d-%d", b.low, b.high)
}

// parseBand reads what [band.String] wrote; ok is false for anything else.
func parseBand(s string) (b band, ok bool) {
	low, high, ranged := strings.Cut(s, "-")
	n, err := strconv.ParseInt(low, 10, 64)
	b = band{knowledge.VND(n), knowledge.VND(n)}
	if err != nil || n < 0 || n > int64(mostMoney) {
		return band{}, false
	}
	if !ranged {
		return b, true
	}
	if b.high = mostMoney; high != "" {
		n, err = strconv.ParseInt(high, 10, 64)
		b.high = knowledge.VND(n)
	}
	return b, err == nil && b.low <= b.high && b.high <= mostMoney
}

// said writes a band in full.
func (b band) said() string {
	switch {
	case b.low == b.high:
		return b.low.String()
	case b.high == mostMoney:
		return "trên " + (b.low - 1).String()
	case b.low == 0:
		return "tới " + b.high.String()
	}
	return fmt.Sprintf("trên %s tới %s", (b.low - 1).Digits(), b.high)
}

// bands are the options between limits, each an amount that is still in the lower one: the first
// from nothing, the last without an end. Limits ascend.
func bands(limits []knowledge.VND) []Option {
	options := []Option{{band{0, limits[0]}.String(), "Tới " + millions(limits[0]) + " triệu"}}
	for i, limit := range limits {
		above := band{limit + 1, mostMoney}
		label := "Trên " + millions(limit) + " triệu"
		if i+1 < len(limits) {
			above.high = limits[i+1]
			label = fmt.Sprintf("Trên %s–%s triệu", millions(limit), millions(above.high))
		}
		options = append(options, Option{above.String(), label})
	}
	return options
}

// millions writes an amount in millions, with as many decimals as it has: "4,5".
func millions(v knowledge.VND) string {
	whole, rest := v/1_000_000, v%1_000_000
	if rest == 0 {
		return strconv.FormatInt(int64(whole), 10)
	}
	return strings.TrimRight(fmt.Sprintf("%d,%06d", whole, rest), "0")
}

var none = regexp.MustCompile(`^(?:khong|0|khong co|khong dong nao|chua co|hong co|ko co|ko|hong)(?: (?:thu nhap|gi|dong|tien|gi het|het|dong nao))*$`)

// amountIn reads the one amount of a text. Nothing at all is an amount as well.
func amountIn(text string) (v knowledge.VND, told bool) {
	if none.MatchString(plainly(text)) {
		return 0, true
	}
	if found := vi.Amounts(text); len(found) == 1 {
		return found[0], true
	}
	return 0, false
}
