package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"policybot/knowledge"
	"policybot/knowledge/eligibility"
)

// household settles a question in which a resident tells their income and asks whether that is a
// poor or near-poor household. Any other question goes on to the cards.
func (a *Answerer) household(_ context.Context, d *draft) (settled bool, err error) {
	if !a.asksStatus(d) {
		return false, nil
	}
	have, told := incomeIn(d)
	if !told {
		return false, nil
	}
	f := family{income: have, lacking: a.lackingIn(d)}
	f.place, f.named = a.placeIn(d.tokens)
	d.Heard = f.heard()
	at := []eligibility.Place{eligibility.Rural, eligibility.Urban}
	if p, known := f.place.Value(); known {
		at = []eligibility.Place{p}
	}
	var all []local
	for _, p := range at {
		l, clear, err := a.judge(d.day, f, p)
		if errors.Is(err, knowledge.ErrNotKnown) {
			return false, nil // the cards say which lines are not known
		}
		if err != nil {
			return false, fmt.Errorf("judge a household: %w", err)
		}
		if !clear {
			d.Outcome, d.Lead = knowledge.Clarify, f.income.ask
			return true, nil
		}
		all = append(all, l)
	}
	return true, a.conclude(d, f, all)
}

// family is what a question tells of a household.
type family struct {
	income  income
	place   eligibility.Fact[eligibility.Place]
	named   string // what the former unit they named is today; empty: they named none
	lacking eligibility.Fact[int]
}

// heard is what the question told, piece by piece.
func (f family) heard() Heard {
	h := Heard{About: AboutStatus}
	h.addPlace(f.place)
	if f.income.people > 0 {
		h.count("people", f.income.people, fmt.Sprintf("%d người", f.income.people))
	}
	if f.income.low == f.income.high && f.income.people > 0 {
		h.add("income", fmt.Sprint(int64(f.income.high)), f.income.high.String()+" một người một tháng")
	}
	if n, known := f.lacking.Value(); known {
		h.count("lacking", n, fmt.Sprintf("thiếu %d chỉ số", n))
	}
	return h
}

// local is what a household is at one of the two places.
type local struct {
	eligibility.Finding
	place eligibility.Place
	line  knowledge.Value
	next  knowledge.Value // a later line that the income does not exceed; zero: none
}

// judge finds what a household is at a place. It is clear when both ends of what the income may be
// come to the same, since the verdict follows the income one way.
func (a *Answerer) judge(on knowledge.Date, f family, p eligibility.Place) (l local, clear bool, err error) {
	var ends [2]eligibility.Finding
	for i, v := range []knowledge.VND{f.income.low, f.income.high} {
		facts := eligibility.Facts{Income: knowledge.Known(v), Place: knowledge.Known(p), Lacking: f.lacking}
		if ends[i], err = eligibility.Status(a.library, on, facts); err != nil {
			return local{}, false, err
		}
	}
	l = local{Finding: ends[1], place: p, line: ends[1].Used[0]}
	next, known := a.library.Next(l.line.Name, on)
	if known && l.above() && int64(f.income.high) <= next.Amount.N {
		l.next = next
		l.Used = append(l.Used, next)
	}
	return l, slices.Equal(ends[0].Possible, ends[1].Possible), nil
}

// above reports whether the income is above the line.
func (l local) above() bool {
	return !slices.Contains(l.Possible, eligibility.Poor) && !slices.Contains(l.Possible, eligibility.NearPoor)
}

// conclude writes the answer: one verdict, or one for each place when they differ.
func (a *Answerer) conclude(d *draft, f family, all []local) error {
	apart := len(all) > 1 && !slices.Equal(all[0].Possible, all[1].Possible)
	d.Outcome, d.Lead = knowledge.Answered, leads[all[0].Verdict]
	if all[0].Verdict == eligibility.Unknown {
		d.Outcome, d.Referral = knowledge.CannotConclude, true
	}
	if apart {
		d.Outcome, d.Lead = knowledge.Answered, "Ở xã và ở phường kết quả khác nhau; bà con ở nơi nào thì theo nơi đó."
	}
	d.Bullets = []string{f.income.said}
	if f.named != "" {
		d.Bullets = append(d.Bullets, f.named)
	}
	var used []knowledge.Value
	for _, l := range all {
		if apart && l.Verdict == eligibility.Unknown {
			d.Outcome = knowledge.Partial
		}
		d.Bullets = append(d.Bullets, l.lines(apart)...)
		used = append(used, l.Used...)
	}
	d.Bullets = append(d.Bullets, a.whatDecides(d.day, f, all)...)
	d.Bullets = append(d.Bullets, "Phường tính theo thành thị, xã theo nông thôn; UBND nơi ở rà soát rồi quyết định.")
	numbers := append(d.Heard.numbersTold(), f.income.numbers...)
	for _, l := range all {
		numbers = append(numbers, knowledge.Value{Period: l.line.Period})
	}
	later := func(v knowledge.Value) bool { return d.day.Before(v.Period.From) } // is told of, nothing rests on it
	for _, v := range used {
		if later(v) {
			numbers = append(numbers, v)
		}
	}
	return a.rest(d, "household", eligibility.Entitlement{}, slices.DeleteFunc(used, later), numbers...)
}

var leads = map[eligibility.PovertyStatus]string{
	eligibility.Poor:          "Theo thông tin bà con cho biết, nhà mình đạt điều kiện hộ nghèo.",
	eligibility.NearPoor:      "Theo thông tin bà con cho biết, nhà mình đạt điều kiện hộ cận nghèo.",
	eligibility.AverageLiving: "Theo lời bà con, nhà mình ở mức sống trung bình, chưa đạt hộ nghèo, cận nghèo.",
	eligibility.None:          aboveLead,
	eligibility.AboveLine:     aboveLead,
	eligibility.Unknown:       "Thu nhập đạt điều kiện, nhưng chưa kết luận được là hộ nghèo hay hộ cận nghèo.",
}

const aboveLead = "Theo thông tin bà con cho biết, nhà mình chưa đạt điều kiện hộ nghèo, hộ cận nghèo."

var placeNames = map[eligibility.Place]string{eligibility.Rural: "xã (nông thôn)", eligibility.Urban: "phường (thành thị)"}

// lines says how the income stands to the line of the place, and what the household is there.
func (l local) lines(apart bool) []string {
	line := fmt.Sprintf("Chuẩn ở %s: từ %s một người một tháng trở xuống.", placeNames[l.place], l.line.Amount)
	if apart {
		line += " " + inPlace[l.Verdict]
	}
	lines := []string{line}
	if apart {
		return lines
	}
	for _, v := range l.Used {
		switch {
		case !strings.HasPrefix(v.Name, "average_line.") || !l.above():
		case l.Verdict == eligibility.AverageLiving:
			lines = append(lines, fmt.Sprintf("Đến %s thì là hộ có mức sống trung bình.", v.Amount))
		case l.Verdict == eligibility.None:
			lines = append(lines, fmt.Sprintf("Cũng trên mức sống trung bình, là %s.", v.Amount))
		}
	}
	if l.Verdict == eligibility.AboveLine {
		lines = append(lines, "Mức sống trung bình của thời gian này tôi chưa có số chính thức.")
	}
	if l.next.Name != "" {
		lines = append(lines, fmt.Sprintf("Từ %s chuẩn là %s: thu nhập này có thể đạt điều kiện.", l.next.Period.From.Vietnamese(), l.next.Amount))
	}
	return lines
}

// inPlace says what a household is at one of two places.
var inPlace = map[eligibility.PovertyStatus]string{
	eligibility.Poor:          "Nhà mình đạt điều kiện hộ nghèo.",
	eligibility.NearPoor:      "Nhà mình đạt điều kiện hộ cận nghèo.",
	eligibility.AverageLiving: "Nhà mình chưa đạt.",
	eligibility.None:          "Nhà mình chưa đạt.",
	eligibility.AboveLine:     "Nhà mình chưa đạt.",
	eligibility.Unknown:       "Thu nhập nhà mình đạt.",
}

// whatDecides says what tells poor from near-poor; nothing when the income is above every line.
func (a *Answerer) whatDecides(on knowledge.Date, f family, all []local) []string {
	i := slices.IndexFunc(all, func(l local) bool { return !l.above() })
	if i < 0 {
		return nil
	}
	l := all[i]
	from := l.Used[len(l.Used)-1].Amount // the number of indicators comes last
	rule := fmt.Sprintf("Thiếu từ %s chỉ số trở lên là hộ nghèo; thiếu ít hơn là hộ cận nghèo.", from)
	n, known := f.lacking.Value()
	switch {
	case slices.Contains(l.Missing, eligibility.MissingIndicators):
		return []string{rule, fmt.Sprintf("Chỉ số áp dụng từ %s tôi chưa có bản chính thức.", l.line.Period.From.Vietnamese())}
	case known:
		return []string{fmt.Sprintf("Nhà mình thiếu %d chỉ số. %s", n, rule)}
	}
	return []string{rule, "Bà con chưa cho biết nhà mình thiếu mấy chỉ số; cán bộ rà soát sẽ tính."}
}
