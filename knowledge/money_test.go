package knowledge

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestParseVND(t *testing.T) {
	for _, c := range []struct {
		in   string
		want VND
		ok   bool
	}{
		{"0", 0, true}, {"500", 500, true}, {"2.530.000", 2_530_000, true}, {"10.800.000", 10_800_000, true},
		{"500000", 0, false}, {"500.00", 0, false}, {"05.000", 0, false}, {"1,5", 0, false}, {"", 0, false},
		{"-1", 0, false}, {"1.000đ", 0, false}, {"999.999.999.999.999.999.999", 0, false},
	} {
		got, err := ParseVND(c.in)
		if got != c.want || (err == nil) != c.ok {
			t.Errorf("ParseVND(%q) = %v, %v", c.in, got, err)
		}
	}
}

func TestParseRate(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Rate
		ok   bool
	}{
		{"4,5%", 45_000, true}, {"7,9248%", 79_248, true}, {"100%", Whole, true}, {"0%", 0, true}, {"127%", 1_270_000, true},
		{"4.5%", 0, false}, {"70", 0, false}, {"7,92481%", 0, false}, {"%", 0, false}, {"4,%", 0, false},
	} {
		got, err := ParseRate(c.in)
		if got != c.want || (err == nil) != c.ok {
			t.Errorf("ParseRate(%q) = %v, %v", c.in, got, err)
		}
	}
}

func TestWrittenAmountsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := VND(rapid.Int64Range(0, 1e15).Draw(t, "đồng"))
		if got, err := ParseVND(v.Digits()); got != v || err != nil {
			t.Fatalf("%s reads as %d, %v", v.Digits(), got, err)
		}
		r := Rate(rapid.Int64Range(0, 9_999_999).Draw(t, "rate"))
		if got, err := ParseRate(r.String()); got != r || err != nil {
			t.Fatalf("%s reads as %d, %v", r, got, err)
		}
	})
}

func TestOfRoundsHalfUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := VND(rapid.Int64Range(-1e13, 1e13).Draw(t, "đồng"))
		r := Rate(rapid.Int64Range(0, 2_000_000).Draw(t, "rate"))
		exact := new(big.Rat).Mul(big.NewRat(int64(v), 1), big.NewRat(int64(r), int64(Whole)))
		exact.Add(exact, big.NewRat(1, 2))
		floor := new(big.Int).Div(exact.Num(), exact.Denom()) // Euclidean: the floor, for a positive denominator
		if got := r.Of(v); int64(got) != floor.Int64() {
			t.Fatalf("%s of %s = %d, want %d", r, v, got, floor)
		}
	})
}
