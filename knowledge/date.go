package knowledge

import (
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"
)

// Date is a civil date, in no time zone. The zero Date is no date: it prints as "" and is before
// every other.
type Date struct{ days int32 } // days since 0000-12-31, so that 0 is free for "no date"

const (
	secondsADay = 24 * 60 * 60
	daysTo1970  = 719_163 // from 0000-12-31 to 1970-01-01
)

// NewDate returns the given day of the Gregorian calendar. Days outside a month are carried over,
// as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the day that t shows in its own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	civil := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return Date{int32(civil.Unix()/secondsADay + daysTo1970)}
}

// ParseDate reads a day written as 2026-11-23. A day that is in no calendar, such as 2026-02-30,
// is an error.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: want a day written as 2026-11-23", s)
	}
	return DateOf(t), nil
}

// Time returns midnight UTC of d.
func (d Date) Time() time.Time {
	return time.Unix((int64(d.days)-daysTo1970)*secondsADay, 0).UTC()
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.days == 0 }

// Year returns the year of d.
func (d Date) Year() int { return d.Time().Year() }

// AddDays returns the day n days after d, or before it for a negative n.
func (d Date) AddDays(n int) Date { return Date{d.days + int32(n)} }

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.days - e.days) }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.days < e.days }

// Compare orders days; the zero Date comes first.
func (d Date) Compare(e Date) int { return int(d.days) - int(e.days) }

// String writes d as 2026-11-23, and no date as "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Vietnamese writes d as 23/11/2026, and no date as "".
func (d Date) Vietnamese() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("02/01/2006")
}

// MarshalText writes d as [Date.String] does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [Date.MarshalText] wrote.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(text))
	return err
}

// UnmarshalYAML reads a day written as 2026-11-23, quoted or not.
func (d *Date) UnmarshalYAML(n *yaml.Node) (err error) {
	if *d, err = ParseDate(n.Value); err != nil {
		return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %v", n.Line, err)}}
	}
	return nil
}

// Period is a span of days (thời gian): from its first day up to, but not including, Until, the
// first day no longer in it. A zero From has no known start and a zero Until no known end, so the
// zero Period is always.
type Period struct {
	From  Date `yaml:"from"`
	Until Date `yaml:"until"`
}

// Contains reports whether d lies in p.
func (p Period) Contains(d Date) bool {
	return !d.Before(p.From) && (p.Until.IsZero() || d.Before(p.Until))
}

// Intersect returns the days that lie in both p and q. An empty result has Until before or at From.
func (p Period) Intersect(q Period) Period {
	if p.From.Before(q.From) {
		p.From = q.From
	}
	if p.Until.IsZero() || !q.Until.IsZero() && q.Until.Before(p.Until) {
		p.Until = q.Until
	}
	return p
}

// IsEmpty reports whether p holds no day.
func (p Period) IsEmpty() bool { return !p.Until.IsZero() && !p.From.Before(p.Until) }

// Last returns the last day of p, or no date when p has no known end.
func (p Period) Last() Date {
	if p.Until.IsZero() {
		return Date{}
	}
	return p.Until.AddDays(-1)
}

// String writes p as "2026-01-01…2026-12-31", with the last day that is still in it.
func (p Period) String() string { return p.From.String() + "…" + p.Last().String() }
