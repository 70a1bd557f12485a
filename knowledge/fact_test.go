package knowledge

import (
	"slices"
	"testing"
)

func TestFact(t *testing.T) {
	all := []int{1, 2, 3}
	for _, c := range []struct {
		name  string
		fact  Fact[int]
		known bool
		told  bool
		among []int
	}{
		{"nothing told", Fact[int]{}, false, false, all},
		{"one of none", OneOf[int](), false, false, all},
		{"known zero", Known(0), true, true, []int{0}},
		{"one of two", OneOf(2, 3), false, true, []int{2, 3}},
		{"one of one", OneOf(2), true, true, []int{2}},
	} {
		_, known := c.fact.Value()
		if known != c.known || c.fact.Told() != c.told || !slices.Equal(c.fact.Among(all), c.among) {
			t.Errorf("%s: known %v, told %v, among %v", c.name, known, c.fact.Told(), c.fact.Among(all))
		}
	}
}
