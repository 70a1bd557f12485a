// Package premium works out what a family pays for health insurance (mức đóng BHYT hộ gia đình),
// from the dated figures of the library.
package premium

import (
	"fmt"

	"policybot/knowledge"
)

// ladder is the number of steps of the household ladder: the law names the first persons one by
// one, and the last step is for everyone after them.
const ladder = 5

// Line is what one person of a household pays.
type Line struct {
	Person int // from 1, in the order of the ladder
	Amount knowledge.VND
}

// Bill is what a household pays together for some months.
type Bill struct {
	Lines []Line
	Total knowledge.VND
	Used  []knowledge.Value // the monthly premiums it rests on
}

// Household returns the bill of a household whose members all join, people from 1 and months from
// 1 up, by the premiums of the day. The error is [knowledge.ErrNotKnown] when there are none yet.
// The months are not checked: which periods may be paid for is for the caller to say.
func Household(l *knowledge.Library, on knowledge.Date, people, months int) (Bill, error) {
	if people < 1 || months < 1 {
		return Bill{}, fmt.Errorf("premium of %d people for %d months: both must be at least 1", people, months)
	}
	var bill Bill
	for person := 1; person <= people; person++ {
		v, err := l.Figure(fmt.Sprintf("premium.household.%d.month", min(person, ladder)), on)
		if err != nil {
			return Bill{}, fmt.Errorf("premium of person %d: %w", person, err)
		}
		amount := knowledge.VND(v.Amount.N * int64(months))
		bill.Lines = append(bill.Lines, Line{person, amount})
		bill.Total += amount
		if person <= ladder {
			bill.Used = append(bill.Used, v)
		}
	}
	return bill, nil
}
