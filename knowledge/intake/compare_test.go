package intake_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policybot/knowledge"
	"policybot/knowledge/intake"
)

// smallContent is content in which everything rests on two made-up decrees.
var smallContent = fstest.MapFS{
	"documents/a.yaml": {Data: []byte(`- id: nd-77-2030
  number: 77/2030/NĐ-CP
  kind: decree
  title: Ghe chở khách
  provisions:
    - {id: d2/k1, summary: Người từ đủ 65 tuổi trở lên.}
    - {id: d2/k2/c, summary: Cháu.}
    - {id: d2/k9, summary: Khoản cũ.}
  whole: {summary: Ghe chở khách.}
- id: nd-5-2020
  number: 5/2020/NĐ-CP
  kind: decree
  title: Vé ghe
  provisions:
    - {id: d4/k1, summary: Vé 8.000 đồng.}
    - {id: d6, summary: Vé của ai.}
    - {id: d8, summary: Không đổi.}
- id: nd-9-2021
  number: 09/2021/NĐ-CP
  kind: decree
  title: Ghe cũ
  whole: {summary: Ghe cũ.}
`)},
	"figures/a.yaml": {Data: []byte(`- name: ticket
  title: giá vé
  unit: vnd
  values:
    - {from: 2020-01-01, value: "8.000", basis: [nd-5-2020/d4/k1], confidence: A}
- name: trips
  unit: count
  title: số lượt
  values:
    - {from: 2020-01-01, value: "2", basis: [nd-5-2020/d8], confidence: A}
- name: day
  title: tiền một ngày
  unit: vnd
  product: [ticket, trips]
`)},
	"cards/a.yaml": {Data: []byte(`- id: ve
  topic: living
  ask: [vé]
  answer: Vé {{fig "day"}} một ngày.
  basis: [nd-5-2020/d8]
- id: ai
  topic: living
  ask: [ai]
  answer: Người già.
  rule: ferry
  basis:
    - nd-5-2020/d8
    - nd-77-2030/d2/k1
- id: chung
  topic: living
  ask: [chung]
  answer: Ghe.
  basis: [nd-77-2030]
- id: xua
  topic: living
  ask: [xua]
  answer: Ghe cũ.
  basis: [nd-9-2021]
`)},
	"procedures/a.yaml": {Data: []byte(`- id: xin-ve
  topic: living
  title: Xin vé
  basis: [nd-5-2020/d4/k1]
`)},
	"wards/a.yaml": {Data: []byte("- {code: \"1\", name: A, kind: xa}\n")},
	"words/a.yaml": {Data: []byte("- {id: ghe, kind: subject, says: [ghe]}\n")},
}

// listChanges prints changes one a line, with what rests on each.
func listChanges(changes []intake.Change) string {
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "%s %s", c.Kind, c.Provision)
		if c.By != "" {
			fmt.Fprintf(&b, " by %s", c.By)
		}
		if len(c.Missing) > 0 {
			fmt.Fprintf(&b, " lost %s", strings.Join(c.Missing, " "))
		}
		for _, r := range c.Rests {
			fmt.Fprintf(&b, "; %s %s %s:%d", r.Kind, r.Name, r.File, r.Line)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestCompareWithContent(t *testing.T) {
	l, err := knowledge.Load(smallContent)
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, "nghi-dinh.txt", []byte(decree))
	got := listChanges(intake.Compare(d, intake.Versions{Content: l}))
	want := `figures nd-77-2030/d2/k1 lost 65; rule ferry cards/a.yaml:10; card ai cards/a.yaml:13
removed nd-77-2030/d2/k9
amended nd-5-2020/d4/k1 by d3/k1; card ve cards/a.yaml:4; figure ticket figures/a.yaml:5; figure day figures/a.yaml:11; procedure xin-ve procedures/a.yaml:4
touched nd-5-2020/d6 by d3/k2
ended nd-9-2021 by replaces; card xua cards/a.yaml:23
whole nd-77-2030; card chung cards/a.yaml:18
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

func TestCompareWithDraft(t *testing.T) {
	l, err := knowledge.Load(smallContent)
	if err != nil {
		t.Fatal(err)
	}
	var draft bytes.Buffer
	old := read(t, "cu.txt", []byte(decree))
	if err := intake.WriteDraft(&draft, "cu.txt", []*intake.Document{old}); err != nil {
		t.Fatal(err)
	}
	drafts, err := knowledge.LoadDocuments(fstest.MapFS{"nd-77-2030.yaml": {Data: draft.Bytes()}})
	if err != nil {
		t.Fatal(err)
	}
	versions := intake.Versions{Content: l, Drafts: drafts}
	same := strings.NewReplacer("“", "\"", "”", "\"", "Cháu.", "Cháu").Replace(decree)
	if got := intake.Compare(read(t, "a.txt", []byte(same)), intake.Versions{Drafts: drafts}); len(got) > 0 {
		t.Errorf("the same words typed otherwise differ: %s", listChanges(got))
	}
	newer := strings.NewReplacer("70 tuổi", "65 tuổi", "c) Cháu.\n", "", "3. Bãi bỏ khoản 3 Điều 7.\n", "3. Bãi bỏ khoản 3 Điều 7.\n4. Thêm.\n").Replace(decree)
	got := listChanges(intake.Compare(read(t, "moi.txt", []byte(newer)), versions))
	for _, want := range []string{
		"changed nd-77-2030/d2/k1; rule ferry cards/a.yaml:10; card ai cards/a.yaml:13\n",
		"added nd-77-2030/d3/k4\n",
		"removed nd-77-2030/d2/k2/c\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("changes are\n%swithout %q", got, want)
		}
	}
}
