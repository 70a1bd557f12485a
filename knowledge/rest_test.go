package knowledge_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policybot/knowledge"
)

func TestRestingOn(t *testing.T) {
	l, err := knowledge.Load(fstest.MapFS{
		"documents/a.yaml": {Data: []byte("- {id: nd-1-2030, number: 1/2030/NĐ-CP, kind: decree, provisions: [{id: d1}, {id: d2}, {id: d3}], whole: {summary: A}}\n")},
		"figures/a.yaml": {Data: []byte(`- name: fare
  unit: vnd
  values:
    - {from: 2029-01-01, value: "1.000", basis: [nd-1-2030/d3]}
    - {from: 2030-01-01, value: "2.000", basis: [nd-1-2030/d1]}
- {name: trips, unit: count, values: [{from: 2029-01-01, value: "2", basis: [nd-1-2030/d3]}]}
- {name: day, unit: vnd, product: [fare, trips]}
`)},
		"cards/a.yaml": {Data: []byte(`- id: by-basis
  rule: ferry
  basis: [nd-1-2030/d2, nd-1-2030/d1]
- id: by-figure
  answer: Đi ghe.
  bullets:
    - Một lượt.
    - Cả ngày {{fig "day"}}.
  basis: [nd-1-2030/d2]
- id: by-day
  answer: Từ {{from "nd-1-2030/d1"}}.
- id: none
  answer: Ba {{fig "trips"}}.
  basis: [nd-1-2030]
`)},
		"procedures/a.yaml": {Data: []byte("- id: p\n  basis: [nd-1-2030/d1]\n")},
		"wards/a.yaml":      {Data: []byte("- {code: \"1\", name: A}\n")},
		"words/a.yaml":      {Data: []byte("- {id: ghe}\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		id   knowledge.ProvisionID
		want string
	}{
		{"nd-1-2030/d1", `rule ferry cards/a.yaml:2
card by-basis cards/a.yaml:3
card by-figure cards/a.yaml:8
card by-day cards/a.yaml:11
figure fare figures/a.yaml:5
figure day figures/a.yaml:7
procedure p procedures/a.yaml:2
`},
		{"nd-1-2030", "card none cards/a.yaml:14\n"},
		{"nd-1-2030/d9", ""},
	} {
		var got strings.Builder
		for _, d := range l.RestingOn([]knowledge.ProvisionID{test.id}) {
			fmt.Fprintf(&got, "%s %s %s:%d\n", d.Kind, d.Name, d.File, d.Line)
		}
		if diff := cmp.Diff(test.want, got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.id, diff)
		}
	}
}
