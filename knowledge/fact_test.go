package knowledge

import (
	"encoding/json"
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

// What is not known stays so on its way through a session, and a known zero stays known.
func TestFactKeepsWhatIsKnown(t *testing.T) {
	for _, want := range []Fact[VND]{{}, Known[VND](0), Known[VND](8_000_000), OneOf[VND](1, 2)} {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got := Known[VND](1)
		if err := json.Unmarshal(data, &got); err != nil || !slices.Equal(got.may, want.may) {
			t.Errorf("%v came back from %s as %v, %v", want, data, got, err)
		}
	}
	var f Fact[VND]
	if err := json.Unmarshal([]byte(`"eight"`), &f); err == nil || f.IsKnown() {
		t.Errorf("a word is read as %v, %v", f, err)
	}
	lists := Known([]string{"a", "b"}) // a value that is a list is one value
	data, err := json.Marshal(lists)
	var back Fact[[]string]
	if err == nil {
		err = json.Unmarshal(data, &back)
	}
	if v, known := back.Value(); err != nil || !known || len(v) != 2 {
		t.Errorf("a list came back from %s as %v, %v", data, back, err)
	}
}
