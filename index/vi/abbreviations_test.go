package vi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func TestAbbreviations(t *testing.T) {
	if !norm.NFC.IsNormalString(abbreviationText) {
		t.Error("abbreviations.txt is not NFC")
	}
	if n := len(table().meanings); n < 150 {
		t.Errorf("%d forms, want 150", n)
	}
	for form, meanings := range table().meanings {
		seen := map[string]bool{}
		for _, mean := range meanings {
			key := strings.Join(mean.words, " ")
			if seen[key] && len(mean.cues) == 0 && !mean.bare {
				t.Errorf("%q means %q twice", form, mean.words)
			}
			seen[key] = true
		}
		if len(meanings) > 1 && meanings[0].formal {
			t.Errorf("%q is formal and has %d meanings", form, len(meanings))
		}
	}
}

func TestParseAbbreviationsRefuses(t *testing.T) {
	for _, bad := range []string{"bhyt", "bhyt =", "= bảo hiểm", "a, = anh"} {
		if _, err := parseAbbreviations(bad); err == nil {
			t.Errorf("parsed %q", bad)
		}
	}
}

func TestExpand(t *testing.T) {
	got := Expand([]string{"thẻ", "bhyt", "ở", "ubnd"})
	want := []string{"thẻ", "bảo", "hiểm", "y", "tế", "ở", "ủy", "ban", "nhân", "dân"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	plain := []string{"thẻ", "cn"}
	if diff := cmp.Diff(plain, Expand(plain)); diff != "" {
		t.Error(diff)
	}
}

func TestUntype(t *testing.T) {
	for typed, want := range map[string]string{
		"ngheof": "nghèo", "hooj": "hộ", "dduwowcj": "được", "dduwocj": "được", "nguwowif": "người",
		"chuwngs": "chứng", "quaan": "quân", "muaw": "mưa", "vieejc": "việc", "hoaf": "hòa",
		"ngheo2": "nghèo", "ho65": "hộ", "d9o6ng": "đông", "nuoc71": "nước", "tie6n2": "tiền",
	} {
		if got, ok := untype(typed); !ok || got != want {
			t.Errorf("untype(%q) = %q, %v, want %q", typed, got, ok, want)
		}
	}
	for _, plain := range []string{"hộ", "ngheo", "nd188", "500", "xyz", "hello", "oao", ""} {
		if got, ok := untype(plain); ok {
			t.Errorf("untype(%q) = %q, want no reading", plain, got)
		}
	}
}

func TestIsSyllable(t *testing.T) {
	for _, w := range []string{"nghèo", "giếng", "gì", "quý", "khuỷu", "ươm", "y", "ấp", "thuở", "oanh"} {
		if !isSyllable(w) {
			t.Errorf("%q is no syllable", w)
		}
	}
	for _, w := range []string{"bhyt", "zalo", "ngheof", "k", "internet", "q", ""} {
		if isSyllable(w) {
			t.Errorf("%q is a syllable", w)
		}
	}
}

func TestReadGramsRefusesWhatIsNoTable(t *testing.T) {
	for _, bad := range [][]byte{nil, []byte("x"), modelTable[:len(modelTable)/2]} {
		if _, err := readGrams(bad); err == nil {
			t.Errorf("read a table of %d bytes", len(bad))
		}
	}
}
