// Package premium works out what is paid for health insurance (mức đóng BHYT), from the dated figures
// of the library: by a household together, by one person with the help of the state, of a salary; and
// what becomes of it when the base salary changes.
package premium

import (
	"fmt"
	"slices"

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

// Periods returns the numbers of months that may be paid for at once, the shortest first; those that
// are not known for the day are left out.
func Periods(l *knowledge.Library, on knowledge.Date) []int {
	var all []int
	for _, name := range []string{"months.quarter", "months.half", "months.year"} {
		if v, err := l.Figure(name, on); err == nil {
			all = append(all, int(v.Amount.N))
		}
	}
	return all
}

// Alone returns the bill of people who do not join together in the year: each pays as the first
// person does. People and months are from 1 up; the errors are those of [Together].
func Alone(l *knowledge.Library, on knowledge.Date, people, months int) (Bill, error) {
	return ladderBill(l, on, people, months, func(int) int { return 1 })
}

// Together returns the bill of a household whose members all join, people from 1 and months from
// 1 up, by the premiums of the day. The error is [knowledge.ErrNotKnown] when there are none yet.
// The months are not checked: which periods may be paid for is for the caller to say.
func Together(l *knowledge.Library, on knowledge.Date, people, months int) (Bill, error) {
	return ladderBill(l, on, people, months, func(person int) int { return min(person, ladder) })
}

// ladderBill adds up what people pay who stand on the given steps of the ladder.
func ladderBill(l *knowledge.Library, on knowledge.Date, people, months int, step func(person int) int) (Bill, error) {
	if people < 1 || months < 1 {
		return Bill{}, fmt.Errorf("premium of %d people for %d months: both must be at least 1", people, months)
	}
	var bill Bill
	for person := 1; person <= people; person++ {
		v, err := l.Figure(fmt.Sprintf("premium.household.%d.month", step(person)), on)
		if err != nil {
			return Bill{}, fmt.Errorf("premium of person %d: %w", person, err)
		}
		amount := knowledge.VND(v.Amount.N * int64(months))
		bill.Lines = append(bill.Lines, Line{person, amount})
		bill.Total += amount
		if !slices.ContainsFunc(bill.Used, func(u knowledge.Value) bool { return u.Name == v.Name }) {
			bill.Used = append(bill.Used, v)
		}
	}
	return bill, nil
}
