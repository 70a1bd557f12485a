package knowledge

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseAmount(t *testing.T) {
	for _, c := range []struct {
		in    string
		unit  Unit
		n     int64
		shown string // empty: refused
	}{
		{"2.340.000", UnitVND, 2_340_000, "2.340.000 đồng"},
		{"2340000", UnitVND, 0, ""},
		{"4,5%", UnitRate, 45_000, "4,5%"},
		{"4,5", UnitRate, 0, ""},
		{"1,5", UnitFactor, 1_500_000, "1,5"},
		{"6", UnitFactor, 6_000_000, "6"},
		{"1.5", UnitFactor, 0, ""},
		{"12", UnitCount, 12, "12"},
		{"15", UnitDays, 15, "15 ngày"},
		{"3", UnitWorkdays, 3, "3 ngày làm việc"},
		{"6", UnitMonths, 6, "6 tháng"},
		{"75", UnitYears, 75, "75 tuổi"},
		{"-1", UnitDays, 0, ""},
		{"1,5", UnitDays, 0, ""},
		{"", UnitCount, 0, ""},
		{"1", "lần", 0, ""},
	} {
		got, err := ParseAmount(c.in, c.unit)
		if (err == nil) != (c.shown != "") || err == nil && (got != Amount{c.n, c.unit} || got.String() != c.shown) {
			t.Errorf("ParseAmount(%q, %s) = %v, %v", c.in, c.unit, got, err)
		}
	}
}

func TestFigureByDay(t *testing.T) {
	l := small(t)
	const unknown = "-"
	for _, c := range []struct{ figure, on, want, period string }{
		{"wage", "2024-12-31", unknown, ""},
		{"wage", "2025-01-01", "1.000.000 đồng", "2025-01-01…2026-06-30"},
		{"wage", "2026-06-30", "1.000.000 đồng", "2025-01-01…2026-06-30"},
		{"wage", "2026-07-01", "1.333.333 đồng", "2026-07-01…2026-12-31"},
		{"wage", "2026-12-31", "1.333.333 đồng", "2026-07-01…2026-12-31"},
		{"wage", "2027-01-01", unknown, ""}, // after known_until
		{"support", "2025-12-31", "70%", "2025-01-01…2025-12-31"},
		{"support", "2026-01-01", unknown, ""}, // unknown: true
		{"support", "2026-03-01", "80%", "2026-03-01…"},
		{"share", "2025-06-01", "30%", "2025-01-01…2025-12-31"},
		{"share", "2026-02-28", unknown, ""},
		{"share", "2026-03-01", "20%", "2026-03-01…"},
		{"months", "1975-04-30", "12", "…"},
		// 1.000.000 × 4,5 % × 30 % × 12
		{"year", "2025-06-01", "162.000 đồng", "2025-01-01…2025-12-31"},
		// 1.000.000 × 4,5 % × 20 % × 12
		{"year", "2026-06-30", "108.000 đồng", "2026-03-01…2026-06-30"},
		// 1.333.333 × (4,5 % × 20 % = 0,9 %) is 11.999,997, rounded once to 12.000, × 12
		{"year", "2026-07-01", "144.000 đồng", "2026-07-01…2026-12-31"},
		{"year", "2027-01-01", unknown, ""},
		// 1.333.333 × 1,5 = 1.999.999,5, rounded half up
		{"allowance", "2026-07-01", "2.000.000 đồng", "2026-07-01…2026-12-31"},
	} {
		v, err := l.Figure(c.figure, day(c.on))
		if c.want == unknown {
			if !errors.Is(err, ErrNotKnown) {
				t.Errorf("%s on %s = %v, %v, want not known", c.figure, c.on, v, err)
			}
			continue
		}
		if err != nil || v.Name != c.figure || v.Amount.String() != c.want || v.Period.String() != c.period {
			t.Errorf("%s on %s = %s %v %v, %v; want %s %s", c.figure, c.on, v.Name, v.Amount, v.Period, err, c.want, c.period)
		}
	}
}

func TestFigureRestsOnItsParts(t *testing.T) {
	got, err := small(t).Figure("year", day("2026-07-01"))
	want := Value{
		Name: "year", Amount: Amount{144_000, UnitVND}, Period: Period{day("2026-07-01"), day("2027-01-01")},
		Basis: []ProvisionID{"nd-2-2026", "nd-1-2025/d6"}, Confidence: OneSource, ConfirmedOn: day("2026-09-01"),
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Date{})); diff != "" || err != nil {
		t.Errorf("%v, - wanted, + found:\n%s", err, diff)
	}
}

func TestNotKnownSaysSinceWhen(t *testing.T) {
	l := small(t)
	for _, c := range []struct{ figure, on, last string }{
		{"wage", "2027-03-01", "2026-12-31"}, {"support", "2026-02-01", "2025-12-31"}, {"wage", "2024-01-01", ""},
	} {
		_, err := l.Figure(c.figure, day(c.on))
		e, ok := errors.AsType[*NotKnownError](err)
		if !ok || e.Figure != l.FigureNamed(c.figure) || e.Day != day(c.on) || e.Last.String() != c.last {
			t.Errorf("%s on %s: %#v", c.figure, c.on, err)
		}
	}
	if _, err := l.Figure("nothing", day("2026-01-01")); err == nil || errors.Is(err, ErrNotKnown) {
		t.Errorf("a figure that is not there: %v, want a fault and not a lack of knowledge", err)
	}
}

func TestNextAndPrevious(t *testing.T) {
	l := small(t)
	for _, c := range []struct{ figure, on, previous, next string }{
		{"wage", "2025-06-01", "", "1.333.333 đồng"},
		{"wage", "2026-07-01", "1.000.000 đồng", ""}, // 2027 is not known
		{"wage", "2027-01-01", "", ""},
		{"share", "2026-06-01", "", ""}, // before it are days of which nothing is known
		{"year", "2026-06-01", "", "144.000 đồng"},
		{"months", "2026-06-01", "", ""},
	} {
		for _, side := range []struct {
			step func(string, Date) (Value, bool)
			want string
		}{{l.Previous, c.previous}, {l.Next, c.next}} {
			if v, known := side.step(c.figure, day(c.on)); known != (side.want != "") || known && v.Amount.String() != side.want {
				t.Errorf("%s beside %s = %v, %v, want %q", c.figure, c.on, v.Amount, known, side.want)
			}
		}
	}
}

func TestTooFineAProduct(t *testing.T) {
	l, err := Load(folder(t, "figures/a.yaml", "product: [times, wage]", "product: [rate, rate, rate, rate, wage]"))
	if err != nil {
		t.Fatal(err)
	}
	if v, err := l.Figure("allowance", day("2026-07-01")); err == nil || errors.Is(err, ErrNotKnown) {
		t.Errorf("4,5%% to the fourth = %v, %v, want a fault: it is finer than a millionth", v, err)
	}
}

// A figure holds its value on every day of the period it names, and not the day before or after.
func TestPeriodOfAValueIsWhereItHolds(t *testing.T) {
	l := small(t)
	names := []string{"wage", "rate", "support", "share", "months", "year", "allowance"}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "figure")
		on := day("2024-06-01").AddDays(rapid.IntRange(0, 1200).Draw(t, "days"))
		v, err := l.Figure(name, on)
		if err != nil {
			if _, known := l.Next(name, on); known || !errors.Is(err, ErrNotKnown) {
				t.Fatalf("%v, and a next value is known: %v", err, known)
			}
			return
		}
		if !v.Period.Contains(on) || len(v.Basis) == 0 {
			t.Fatalf("%s on %s = %+v", name, on, v)
		}
		for _, d := range []Date{v.Period.From, v.Period.Last()} {
			if same, err := l.Figure(name, d); !d.IsZero() && (err != nil || same.Amount != v.Amount) {
				t.Fatalf("%s is %v on %s and %v, %v on %s", name, v.Amount, on, same.Amount, err, d)
			}
		}
		if next, known := l.Next(name, on); known && next.Period.From != v.Period.Until {
			t.Fatalf("after %v comes %v", v.Period, next.Period)
		}
		if before, known := l.Previous(name, on); known && before.Period.Until != v.Period.From {
			t.Fatalf("before %v comes %v", v.Period, before.Period)
		}
	})
}
