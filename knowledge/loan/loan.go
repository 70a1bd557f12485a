// Package loan works out what a loan of the Social Policy Bank (Ngân hàng Chính sách xã hội) costs in
// a month, from the dated figures of the library.
package loan

import (
	"errors"
	"fmt"

	"policybot/knowledge"
)

// Programme is what a loan is for (chương trình cho vay), as the figures name it.
type Programme string

// The programmes whose rates are known.
const (
	Poor         Programme = "poor"          // hộ nghèo
	NearPoor     Programme = "near_poor"     // hộ cận nghèo
	Escaped      Programme = "escaped"       // hộ mới thoát nghèo
	Job          Programme = "job"           // người lao động vay tạo việc làm
	JobPreferred Programme = "job_preferred" // the same at the rate of poor households, for the groups of the law
	Student      Programme = "student"       // học sinh, sinh viên
	Water        Programme = "water"         // nước sạch, vệ sinh nông thôn
	HardArea     Programme = "hard_area"     // sản xuất, kinh doanh vùng khó khăn
	Minority     Programme = "minority"      // dân tộc thiểu số
)

// Programmes returns all of them.
func Programmes() []Programme {
	return []Programme{Poor, NearPoor, Escaped, Job, JobPreferred, Student, Water, HardArea, Minority}
}

// Cost is what a loan costs while nothing of it has been paid back.
type Cost struct {
	Programme Programme
	Amount    knowledge.VND
	Year      knowledge.Rate // lãi suất một năm
	Month     knowledge.Rate // a twelfth of it
	Interest  knowledge.VND  // of one month, on the whole amount
	// Cap is the most that may be borrowed; zero: not known for the programme and the day.
	Cap  knowledge.VND
	Term int // the longest time in months; zero: not known
	Used []knowledge.Value
}

// OverCap reports whether more is asked for than may be borrowed, as far as that is known.
func (c Cost) OverCap() bool { return c.Cap > 0 && c.Amount > c.Cap }

// Over returns the interest of some months, while nothing is paid back; it is rounded once.
func (c Cost) Over(months int) knowledge.VND { return interest(c.Amount, c.Year, months) }

const yearMonths = 12

// interest is rate × amount × months ÷ 12, rounded half up to the đồng.
func interest(amount knowledge.VND, rate knowledge.Rate, months int) knowledge.VND {
	whole := int64(knowledge.Whole) * yearMonths
	perMonth := int64(rate) * int64(months)
	hi, lo := int64(amount)/whole, int64(amount)%whole
	return knowledge.VND(hi*perMonth + (lo*perMonth+whole/2)/whole)
}

// Monthly works out a loan of an amount on a day. The error is [knowledge.ErrNotKnown] when the
// sources give no rate of the programme for the day.
func Monthly(l *knowledge.Library, on knowledge.Date, p Programme, amount knowledge.VND) (Cost, error) {
	if amount <= 0 {
		return Cost{}, fmt.Errorf("loan of %s: want more than nothing", amount)
	}
	w := &worker{library: l, on: on}
	out := Cost{Programme: p, Amount: amount}
	year, err := w.rate(p)
	if err != nil {
		return Cost{}, fmt.Errorf("rate of a %s loan: %w", p, err)
	}
	out.Year = year
	if year%yearMonths != 0 {
		return Cost{}, fmt.Errorf("rate of a %s loan: a twelfth of %s is finer than a millionth", p, year)
	}
	out.Month, out.Interest = year/yearMonths, interest(amount, year, 1)
	capped, term, err := w.limits(p)
	if err != nil {
		return Cost{}, fmt.Errorf("limits of a %s loan: %w", p, err)
	}
	out.Cap, out.Term, out.Used = capped, term, w.used
	return out, nil
}

// worker remembers the figures it used.
type worker struct {
	library *knowledge.Library
	on      knowledge.Date
	used    []knowledge.Value
}

func (w *worker) figure(name string) (int64, error) {
	v, err := w.library.Figure(name, w.on)
	if err == nil {
		w.used = append(w.used, v)
	}
	return v.Amount.N, err
}

// rate returns the yearly rate. Until the decree of 2026 it was stated for loans for jobs, too; since
// then it follows that of poor households.
func (w *worker) rate(p Programme) (knowledge.Rate, error) {
	name := string(p)
	if p == JobPreferred {
		if _, err := w.figure("loan.job.preferred"); err != nil {
			return 0, err
		}
		name = string(Poor)
	}
	n, err := w.figure("loan." + name + ".rate")
	if p == Job && errors.Is(err, knowledge.ErrNotKnown) {
		n, err = w.figure("loan.job.rate_2025")
	}
	return knowledge.Rate(n), err
}

// limits returns the most that may be borrowed and the longest time in months; what the sources do
// not give for the day is zero.
func (w *worker) limits(p Programme) (most knowledge.VND, months int, err error) {
	name := "loan." + string(p)
	if p == JobPreferred {
		name = "loan.job"
	}
	capped, err := w.maybe(name + ".cap")
	if err != nil {
		return 0, 0, err
	}
	term, err := w.maybe(name + ".term")
	if err != nil {
		return 0, 0, err
	}
	years, err := w.maybe(name + ".term_years")
	return knowledge.VND(capped), int(term + years*yearMonths), err
}

// maybe returns a figure, or zero when there is none.
func (w *worker) maybe(name string) (int64, error) {
	if w.library.FigureNamed(name) == nil {
		return 0, nil
	}
	n, err := w.figure(name)
	if errors.Is(err, knowledge.ErrNotKnown) {
		return 0, nil
	}
	return n, err
}
