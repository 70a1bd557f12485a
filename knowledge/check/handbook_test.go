package check_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"policybot/knowledge"
)

// The handbook names every key that content may have, so that policy staff need not read Go.
func TestHandbookNamesEveryKey(t *testing.T) {
	text, err := os.ReadFile("../../docs/noi-dung.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range []any{
		knowledge.Document{}, knowledge.Relation{}, knowledge.Provision{}, knowledge.Figure{}, knowledge.FigureValue{},
		knowledge.Card{}, knowledge.Procedure{}, knowledge.Word{}, knowledge.Ward{}, knowledge.Period{},
		knowledge.Block{},
	} {
		kind := reflect.TypeOf(item)
		for field := range kind.Fields() {
			key, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
			if key == "" || key == "-" {
				continue
			}
			if !strings.Contains(string(text), "`"+key+"`") && !strings.Contains(string(text), "`"+key+":") {
				t.Errorf("docs/noi-dung.md does not name the key %s of %s", key, kind.Name())
			}
		}
	}
}
