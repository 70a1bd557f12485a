package knowledge

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestBlocksCoverWhatIsWithin(t *testing.T) {
	for _, c := range []struct {
		item  string
		topic Topic
		card  CardID
		rests ProvisionID
		want  bool
	}{
		{"nd-188-2025", "", "", "nd-188-2025", true},
		{"nd-188-2025", "", "", "nd-188-2025/d6/k6/b", true},
		{"nd-188-2025/d6", "", "", "nd-188-2025/d6", true},
		{"nd-188-2025/d6", "", "", "nd-188-2025/d6/k6/b", true},
		{"nd-188-2025/d6", "", "", "nd-188-2025/d66", false},
		{"nd-188-2025/d6", "", "", "nd-188-2025", false}, // another article, or the whole
		{"nd-188-2025/d6/k6", "", "", "nd-188-2025/d6/k66", false},
		{"nd-188-2025", "", "", "nd-188-2025-byt", false},
		{"insurance", Insurance, "", "", true},
		{"insurance", Poverty, "insurance-card", "insurance-x", false},
		{"the-bhyt", Insurance, "the-bhyt", "", true},
		{"the-bhyt", Insurance, "the-bhyt-2027", "", false},
		{"the-bhyt", "", "", "", false},
	} {
		bs := Blocks{{Item: "nd-1-2020"}, {Item: c.item}}
		got, on := bs.On(c.topic, c.card, c.rests)
		if on != c.want || on && got.Item != c.item {
			t.Errorf("a block of %s on %s, %s, %s: %v %v", c.item, c.topic, c.card, c.rests, got, on)
		}
	}
}

func TestReadBlocks(t *testing.T) {
	const good = "# vì sao: xem biên bản\n- {item: nd-188-2025/d6, reason: nghi sai, author: Lan, since: 2026-11-26}\n"
	for text, want := range map[string]string{
		good: "", "": "", "# chỉ có ghi chú\n": "",
		"- {item: x, reason: y}\n":                          "author is missing",
		"- {item: x, reason: ' ', author: z}\n":             "reason is missing",
		"- {item: x, reason: y, author: z, why: w}\n":       "unknown-key: why",
		"- {item: x, reason: y, author: z, since: hôm nay}": "bad-value",
		"item: x\n": "blocks.yaml",
	} {
		bs, err := ReadBlocks(fstest.MapFS{BlocksFile: {Data: []byte(text)}})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
		if text == good && (len(bs) != 1 || bs[0].Pos.Line() != 2 || bs[0].When() != "26/11/2026") {
			t.Errorf("%+v %s", bs, bs[0].When())
		}
	}
	if bs, err := ReadBlocks(fstest.MapFS{}); err != nil || bs != nil {
		t.Errorf("no file: %v, %v", bs, err)
	}
	if s := (Block{}).When() + (Block{Since: time.Unix(1_795_000_000, 0)}).When(); !strings.HasSuffix(s, "2026") {
		t.Errorf("when: %s", s)
	}
}
