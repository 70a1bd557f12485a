package answer

import (
	"regexp"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
)

// billMoney are the sums that a question about a treatment tells, by what they are.
type billMoney struct {
	bill    []knowledge.VND
	outside []knowledge.VND // not on the lists, or on request
	within  bool            // the outside is told to be a part of the bill
	beside  bool            // the outside is told to come on top of the bill
	paid    knowledge.Fact[knowledge.VND]
	other   bool // there is money that is none of these, or not told exactly
}

const (
	leastBill = 10_000 // a smaller sum is no bill
	mostPaid  = 1_000_000_000_000
)

var (
	outsideBefore = regexp.MustCompile(`\b(ngoai (danh muc|pham vi|bao hiem|bhyt|luong)|(theo|lam) yeu cau|dich vu|khong (duoc )?(chi tra|thanh toan)|chenh lech|tu tuc)( \w+){0,3} ?$`)
	outsideAfter  = regexp.MustCompile(`^ ?(dong |tien |la |thuoc |vat tu |dich vu |phan )*(ngoai (danh muc|pham vi|bao hiem|bhyt)|theo yeu cau|khong nam trong|chenh lech|tu tuc)`)
	isPart        = regexp.MustCompile(`\b(trong do|trong so do|tinh luon|gom ca|bao gom|ke ca)\b`)
	isBeside      = regexp.MustCompile(`\b(va|them|rieng|cong voi|cong them)\b|\+`)
	saidPart      = regexp.MustCompile(`\bphan ngoai danh muc nam trong so do\b`)
	saidBeside    = regexp.MustCompile(`\bphan ngoai danh muc cong them\b`)
	isInside      = regexp.MustCompile(`\btrong (danh muc|pham vi|bao hiem)`)
	paidBefore    = regexp.MustCompile(`\b(cung chi tra|dong chi tra|luy ke)( \w+){0,6} ?$`)
	paidSoFar     = regexp.MustCompile(`\b(da|roi|luy ke|nam nay|trong nam|tu dau nam|tong|cong don|truoc do|truoc gio|toi gio)\b`)
	above         = regexp.MustCompile(`\b(tren|hon|vuot|qua) ?$`)
	notAbove      = regexp.MustCompile(`\b(duoi|chua toi|chua den|chua qua|khong qua|chua vuot|khong vuot|toi da|it hon) ?$`)
	// otherMoney is money that is no bill: an income, an allowance, what was asked for.
	otherMoney = regexp.MustCompile(`\b(thu nhap|luong( huu)?|tro cap|xa hoi|linh|tra( het)?|thu|dong|tam ung|luy ke)( \w+)? ?$`)
)

// billMoneyIn tells the sums of a question apart by the words around them.
func billMoneyIn(text string) (m billMoney) {
	sums := vi.Sums(text)
	fold := vi.Fold(strings.ToLower(vi.Normalize(text)))
	m.within, m.beside = saidPart.MatchString(fold), saidBeside.MatchString(fold)
	for i, s := range sums {
		next := i+1 < len(sums) && outsideBefore.MatchString(sums[i+1].Before)
		switch {
		case s.Amount < leastBill:
		case s.Ranged:
			m.other = true
		case paidBefore.MatchString(strip(s.Before)) && (paidSoFar.MatchString(s.Before) || paidSoFar.MatchString(s.After)):
			m.other = m.other || m.paid.Told()
			m.paid = paidIn(s.Before, s.Amount)
		case outsideBefore.MatchString(s.Before) || !next && outsideAfter.MatchString(s.After):
			m.outside = append(m.outside, s.Amount)
			m.within = m.within || isPart.MatchString(s.Before)
			m.beside = m.beside || isBeside.MatchString(s.Before)
		case otherMoney.MatchString(s.Before) || above.MatchString(s.Before) || notAbove.MatchString(s.Before):
			m.other = true
		default:
			m.bill = append(m.bill, s.Amount)
			m.beside = m.beside || isInside.MatchString(s.Before) || isInside.MatchString(s.After)
		}
	}
	return m
}

// strip takes the word off that says on which side of a sum it is.
func strip(before string) string {
	return notAbove.ReplaceAllString(above.ReplaceAllString(before, ""), "")
}

// paidIn reads how much was paid already: exactly, or on which side of a sum.
func paidIn(before string, v knowledge.VND) knowledge.Fact[knowledge.VND] {
	switch {
	case notAbove.MatchString(before):
		return knowledge.OneOf(0, v)
	case above.MatchString(before):
		return knowledge.OneOf(v+1, mostPaid)
	}
	return knowledge.Known(v)
}
