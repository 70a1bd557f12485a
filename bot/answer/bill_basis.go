package answer

import (
	"slices"

	"policybot/knowledge"
	"policybot/knowledge/copay"
)

// restBill sets what the answer rests on, and refuses it when it shows a number that has no source.
func (a *Answerer) restBill(d *draft, s stay, parts []part) error {
	bill, _ := s.Bill.Value()
	shown := []knowledge.Value{money(bill), money(s.Outside)}
	var deciding []knowledge.Value
	for _, p := range parts {
		for _, n := range numberForm.FindAllString(a.people(p), -1) { // of content, as "dưới 6 tuổi"
			if age, err := knowledge.ParseAmount(n, knowledge.UnitYears); err == nil {
				shown = append(shown, knowledge.Value{Amount: age})
			}
		}
		for _, v := range p.Used {
			if v.Name != "copay.small_bill" || p.Threshold > 0 {
				deciding = append(deciding, v)
			}
		}
		shown = append(shown, a.yearFigures(p.on)...)
		shown = append(shown, knowledge.Value{Period: p.days}, knowledge.Value{Period: knowledge.Period{From: p.on}}, money(p.Threshold), money(p.Patient), money(p.Fund))
		shown = append(shown, percent(p.Level), percent(p.Factor))
		for _, line := range p.Lines {
			shown = append(shown, percent(line.Rate), money(line.Of), money(line.Amount))
			a.citeLine(d, line, p.on)
		}
		for _, basis := range a.basis(&knowledge.Card{}, deciding, p.on) {
			if !slices.Contains(d.Provisions, basis) {
				d.Provisions = append(d.Provisions, basis)
			}
		}
	}
	d.Notes = a.notes(&knowledge.Card{}, &d.Answer, deciding, d.today)
	said := d.Answer
	said.Card = &knowledge.Card{ID: "bill"} // the guard names the card it refuses
	return a.guard(&said, append(shown, deciding...))
}

// citeLine adds the provisions of a line that apply on the day.
func (a *Answerer) citeLine(d *draft, line copay.Line, on knowledge.Date) {
	for _, id := range line.Basis {
		if p := a.library.Provision(id); p != nil && p.Applies.Contains(on) && !slices.Contains(d.Provisions, p) {
			d.Provisions = append(d.Provisions, p)
		}
	}
}

// yearFigures are those of the rule of five years, which many answers mention, and the change of the
// base salary in the year.
func (a *Answerer) yearFigures(on knowledge.Date) []knowledge.Value {
	var all []knowledge.Value
	for _, name := range []string{"copay.five_year", "copay.five_year.years", "base_salary"} {
		if v, err := a.library.Figure(name, on); err == nil {
			all = append(all, v)
		}
	}
	return all
}

func percent(r knowledge.Rate) knowledge.Value {
	return knowledge.Value{Amount: knowledge.Amount{N: int64(r), Unit: knowledge.UnitRate}}
}

func money(v knowledge.VND) knowledge.Value {
	return knowledge.Value{Amount: knowledge.Amount{N: int64(v), Unit: knowledge.UnitVND}}
}
