package knowledge

import (
	"encoding/json"
	"testing"
)

// What is not known stays so on its way through a session, and a known zero stays known.
func TestFactKeepsWhatIsKnown(t *testing.T) {
	for _, want := range []Fact[VND]{{}, Known[VND](0), Known[VND](8_000_000)} {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got := Known[VND](1)
		if err := json.Unmarshal(data, &got); err != nil || got != want {
			t.Errorf("%v came back from %s as %v, %v", want, data, got, err)
		}
	}
	var f Fact[VND]
	if err := json.Unmarshal([]byte(`"eight"`), &f); err == nil || f.IsKnown() {
		t.Errorf("a word is read as %v, %v", f, err)
	}
}
