package knowledge

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// Unit says what a figure counts.
type Unit string

// The units of figures.
const (
	UnitVND      Unit = "vnd"      // đồng
	UnitRate     Unit = "rate"     // percent
	UnitCount    Unit = "count"    // a bare number
	UnitDays     Unit = "days"     // ngày
	UnitWorkdays Unit = "workdays" // ngày làm việc
	UnitMonths   Unit = "months"   // tháng
	UnitYears    Unit = "years"    // tuổi, of a person
	UnitFactor   Unit = "factor"   // hệ số, lần: a multiple with a decimal comma, in millionths
)

var units = []Unit{UnitVND, UnitRate, UnitFactor, UnitCount, UnitDays, UnitWorkdays, UnitMonths, UnitYears}

// Amount is a number with its unit: đồng for UnitVND, millionths for UnitRate and UnitFactor.
type Amount struct {
	N    int64
	Unit Unit
}

// ParseAmount reads an amount as content writes it: "2.340.000" for vnd, "4,5%" for rate, "1,5"
// for factor, plain digits for the others.
func ParseAmount(s string, u Unit) (Amount, error) {
	switch u {
	case UnitVND:
		v, err := ParseVND(s)
		return Amount{int64(v), u}, err
	case UnitRate:
		r, err := ParseRate(s)
		return Amount{int64(r), u}, err
	case UnitFactor:
		r, err := ParseRate(s + "%") // the same digits, a hundred times larger
		if err != nil {
			err = fmt.Errorf("factor %q: want digits with a decimal comma, as \"1,5\"", s)
		}
		return Amount{int64(r) * 100, u}, err
	case UnitCount, UnitDays, UnitWorkdays, UnitMonths, UnitYears:
		n, err := strconv.ParseInt(s, 10, 32)
		if err != nil || n < 0 {
			return Amount{}, fmt.Errorf("number %q: want plain digits", s)
		}
		return Amount{n, u}, nil
	}
	return Amount{}, fmt.Errorf("unit %q: want one of %v", u, units)
}

// String writes a as residents read it: "2.340.000 đồng", "4,5%", "15 ngày".
func (a Amount) String() string {
	n := strconv.FormatInt(a.N, 10)
	switch a.Unit {
	case UnitVND:
		return VND(a.N).String()
	case UnitRate:
		return Rate(a.N).String()
	case UnitFactor:
		s := Rate(a.N / 100).String()
		return s[:len(s)-1]
	case UnitDays:
		return n + " ngày"
	case UnitWorkdays:
		return n + " ngày làm việc"
	case UnitMonths:
		return n + " tháng"
	case UnitYears:
		return n + " tuổi"
	}
	return n
}

// Figure is a dated number of the law, either given by its Values, or worked out from other
// figures: the Product of an amount with rates, factors and counts, or the RestOf a rate to 100 %.
type Figure struct {
	Name   string        `yaml:"name"`
	Title  string        `yaml:"title"` // what it is, for officers: "lương cơ sở một tháng"
	Unit   Unit          `yaml:"unit"`
	Values []FigureValue `yaml:"values"`
	// KnownUntil is the last day of which anything is known; zero: no end in sight.
	KnownUntil Date     `yaml:"known_until"`
	Product    []string `yaml:"product"`
	RestOf     string   `yaml:"rest_of"`

	Pos Pos `yaml:"-"`
}

// FigureValue is what a figure is from a day on, until the next value's day or Until. Unknown says
// that nothing is known of these days.
type FigureValue struct {
	From        Date          `yaml:"from"`
	Until       Date          `yaml:"until"`
	Value       string        `yaml:"value"`
	Unknown     bool          `yaml:"unknown"`
	Basis       []ProvisionID `yaml:"basis"`
	Confidence  Confidence    `yaml:"confidence"`
	ConfirmedOn Date          `yaml:"confirmed_on"`

	amount Amount
}

// Value is a figure on a day: the amount, the days it holds for, and what it rests on.
type Value struct {
	Name        string
	Amount      Amount
	Period      Period
	Basis       []ProvisionID
	Confidence  Confidence
	ConfirmedOn Date // the oldest confirmation among its parts
}

// ErrNotKnown says that the sources give no value of a figure for the day.
var ErrNotKnown = errors.New("not known for that day")

// NotKnownError is the [ErrNotKnown] of one figure. Last is the last day with a known value; zero
// when there is none before Day.
type NotKnownError struct {
	Figure *Figure
	Day    Date
	Last   Date
}

func (e *NotKnownError) Error() string {
	return fmt.Sprintf("figure %s on %s: %v", e.Figure.Name, e.Day, ErrNotKnown)
}

// Is makes errors.Is(err, ErrNotKnown) true.
func (e *NotKnownError) Is(target error) bool { return target == ErrNotKnown }

// complete closes each value at the start of the next.
func (f *Figure) complete() {
	for i := range f.Values {
		if v := &f.Values[i]; v.Until.IsZero() && i+1 < len(f.Values) {
			v.Until = f.Values[i+1].From
		}
	}
}

// parse reads the amount of a value, unless it is unknown.
func (v *FigureValue) parse(u Unit) (err error) {
	if !v.Unknown {
		v.amount, err = ParseAmount(v.Value, u)
	}
	return err
}

// parts returns the figures that f is worked out from.
func (f *Figure) parts() []string {
	if f.RestOf != "" {
		return append(slices.Clip(f.Product), f.RestOf)
	}
	return f.Product
}

// period returns the days that value i is known for.
func (f *Figure) period(i int) Period {
	p := Period{f.Values[i].From, f.Values[i].Until}
	if !f.KnownUntil.IsZero() {
		p = p.Intersect(Period{Until: f.KnownUntil.AddDays(1)})
	}
	return p
}

// given returns the value of a figure that has values of its own.
func (f *Figure) given(on Date) (Value, error) {
	var last Date
	for i, v := range f.Values {
		if v.Unknown {
			continue
		}
		p := f.period(i)
		if p.Contains(on) {
			return Value{f.Name, v.amount, p, v.Basis, v.Confidence, v.ConfirmedOn}, nil
		}
		if !p.Until.IsZero() && !on.Before(p.Until) {
			last = p.Last()
		}
	}
	return Value{}, &NotKnownError{f, on, last}
}

// Figure returns the value of the named figure on a day. The error is [ErrNotKnown] when the
// sources have none for that day; any other error is a fault of the content.
func (l *Library) Figure(name string, on Date) (Value, error) {
	f := l.figures[name]
	if f == nil {
		return Value{}, fmt.Errorf("no figure is called %q", name)
	}
	switch {
	case f.RestOf != "":
		part, err := l.Figure(f.RestOf, on)
		part.Name, part.Amount = name, Amount{int64(Rate(part.Amount.N).Rest()), UnitRate}
		return part, err
	case len(f.Product) > 0:
		return l.product(f, on)
	}
	return f.given(on)
}

// product multiplies the factors of f: the shares first, exactly, then once with the amount, so
// that it is rounded to the đồng once.
func (l *Library) product(f *Figure, on Date) (Value, error) {
	out := Value{Name: f.Name, Confidence: Checked}
	amount, share, count := Amount{}, Whole, int64(1)
	for _, name := range f.Product {
		v, err := l.Figure(name, on)
		if err != nil {
			return Value{}, err
		}
		switch v.Amount.Unit {
		case UnitVND:
			amount = v.Amount
		case UnitRate, UnitFactor:
			var exact bool
			if share, exact = share.Times(Rate(v.Amount.N)); !exact {
				return Value{}, fmt.Errorf("figure %s: the product of its rates is finer than a millionth", f.Name)
			}
		default:
			count *= v.Amount.N
		}
		out = out.restOn(v)
	}
	out.Amount = Amount{int64(share), f.Unit}
	if amount.Unit == UnitVND {
		out.Amount = Amount{int64(share.Of(VND(amount.N))) * count, UnitVND}
	}
	return out, nil
}

// restOn adds what v rests on to w.
func (w Value) restOn(v Value) Value {
	w.Period = w.Period.Intersect(v.Period)
	w.Confidence = w.Confidence.Lower(v.Confidence)
	if w.ConfirmedOn.IsZero() || v.ConfirmedOn.Before(w.ConfirmedOn) {
		w.ConfirmedOn = v.ConfirmedOn
	}
	w.Basis = slices.Clone(w.Basis)
	for _, id := range v.Basis {
		if !slices.Contains(w.Basis, id) {
			w.Basis = append(w.Basis, id)
		}
	}
	return w
}

// Next returns the value that follows the one of the day, and whether one is known.
func (l *Library) Next(name string, on Date) (Value, bool) {
	now, err := l.Figure(name, on)
	if err != nil || now.Period.Until.IsZero() {
		return Value{}, false
	}
	next, err := l.Figure(name, now.Period.Until)
	return next, err == nil
}

// Previous returns the value before the one of the day, and whether one is known.
func (l *Library) Previous(name string, on Date) (Value, bool) {
	now, err := l.Figure(name, on)
	if err != nil || now.Period.From.IsZero() {
		return Value{}, false
	}
	before, err := l.Figure(name, now.Period.From.AddDays(-1))
	return before, err == nil
}

func isNotKnown(err error) bool { return errors.Is(err, ErrNotKnown) }
