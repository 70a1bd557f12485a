package places_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"policybot/bot/places"
	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/content"
)

func library(t *testing.T) *knowledge.Library {
	t.Helper()
	l, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func names(found []places.Found) (all []string) {
	for _, f := range found {
		all = append(all, f.Ward.FullName())
	}
	return all
}

// TestEveryWardIsFound: by its name of today, with marks and without, and by the name and district of
// each unit that went into it.
func TestEveryWardIsFound(t *testing.T) {
	l := library(t)
	g := places.New(l.Wards)
	if len(l.Wards) != 103 {
		t.Fatalf("%d wards, want 103", len(l.Wards))
	}
	for _, w := range l.Wards {
		for _, typed := range []string{w.FullName(), vi.Fold(w.FullName()), "tôi ở " + w.FullName() + ", " + w.District} {
			found, left := g.Search(typed)
			if len(found) == 0 || found[0].Ward != w || left != 0 {
				t.Errorf("%q finds %v (%d syllables left), want %s first", typed, names(found), left, w.FullName())
			}
		}
		for _, m := range w.Merged {
			district := m.District
			if district == "" {
				district = w.District
			}
			district, _, _ = strings.Cut(district, " (")
			typed := fmt.Sprintf("%s, %s", m.Name, district)
			found, _ := g.Search(typed)
			if !slices.Contains(names(found), w.FullName()) {
				t.Errorf("%q finds %v, want %s among them", typed, names(found), w.FullName())
			}
		}
	}
}

// TestSearch: names were read by hand in the list of the policy files that are easily confused.
func TestSearch(t *testing.T) {
	g := places.New(library(t).Wards)
	for _, c := range []struct {
		typed string
		first string // the likeliest; empty: nothing is found
		with  []string
	}{
		{"khu vực Phúc Lộc 3 phường Thạnh Hòa Thốt Nốt", "Phường Trung Nhứt", []string{"Xã Thạnh Hòa"}},
		{"phuong thanh hoa thot not", "Phường Trung Nhứt", []string{"Xã Thạnh Hòa"}},
		{"xã Thạnh Hòa", "Xã Thạnh Hòa", []string{"Phường Trung Nhứt"}},
		{"Thạnh An", "Xã Thạnh An", []string{"Xã An Thạnh"}},
		{"An Thạnh", "Xã An Thạnh", []string{"Xã Thạnh An"}},
		{"long phú", "Xã Long Phú", []string{"Phường Long Phú 1"}},
		{"Long Phú 1", "Phường Long Phú 1", []string{"Xã Long Phú"}},
		{"vị thanh", "Phường Vị Thanh", []string{"Xã Vị Thanh 1"}},
		{"xã Tân Long Phụng Hiệp", "Xã Thạnh Hòa", []string{"Xã Tân Long"}},
		{"tan long nga nam", "Xã Tân Long", nil},
		{"thot not", "Phường Thốt Nốt", nil},
		{"quận Ô Môn", "Phường Ô Môn", []string{"Phường Thới Long", "Phường Phước Thới"}},
		{"trug nhut", "Phường Trung Nhứt", nil},
		{"trung nh", "Phường Trung Nhứt", nil},
		{"Hà Nội", "", nil},
		{"", "", nil},
		{"?!", "", nil},
	} {
		found, _ := g.Search(c.typed)
		got := names(found)
		if c.first == "" && len(got) > 0 || c.first != "" && (len(got) == 0 || got[0] != c.first) {
			t.Errorf("%q finds %v, want %q first", c.typed, got, c.first)
		}
		for _, w := range c.with {
			if !slices.Contains(got, w) {
				t.Errorf("%q finds %v, without %s beside it", c.typed, got, w)
			}
		}
	}
}

func TestSearchTellsHowMuchIsNoPlace(t *testing.T) {
	g := places.New(library(t).Wards)
	for typed, want := range map[string]int{
		"dạ em ở ấp 3 xã Thạnh Hòa":                   0,
		"phường Trung Nhứt vay vốn được không":        4,
		"hộ nghèo ở phường Trung Nhứt được hỗ trợ gì": 6,
	} {
		if _, left := g.Search(typed); left != want {
			t.Errorf("%q leaves %d syllables, want %d", typed, left, want)
		}
	}
}

// TestConfusablesAreAlwaysSideBySide: whoever finds a ward sees those of like name.
func TestConfusablesAreAlwaysSideBySide(t *testing.T) {
	l := library(t)
	g := places.New(l.Wards)
	for _, w := range l.Wards {
		found := names(first(g.Search(w.FullName())))
		for _, x := range l.Wards {
			if places.Confusable(vi.Fold(w.Name), vi.Fold(x.Name)) && !slices.Contains(found, x.FullName()) {
				t.Errorf("%s finds %v, without %s", w.FullName(), found, x.FullName())
			}
		}
	}
}

func first(found []places.Found, _ int) []places.Found { return found }

func FuzzSearch(f *testing.F) {
	f.Add("phường Thạnh Hòa, Thốt Nốt")
	f.Add("tt cai tac")
	l, err := knowledge.Load(content.FS)
	if err != nil {
		f.Fatal(err)
	}
	g := places.New(l.Wards)
	f.Fuzz(func(t *testing.T, text string) {
		found, left := g.Search(text)
		if left < 0 || len(found) > len(l.Wards) {
			t.Errorf("%q: %d found, %d left", text, len(found), left)
		}
	})
}

// TestMentionedIsTheCallersOwn: whoever drops places from an answer drops them for nobody else.
func TestMentionedIsTheCallersOwn(t *testing.T) {
	g := places.New(library(t).Wards)
	folds := strings.Fields("phuong thanh hoa thot not")
	clear(g.Mentioned(folds))
	if got := g.Mentioned(folds); len(got) != 1 || got[0].Ward == nil || got[0].Ward.FullName() != "Phường Trung Nhứt" {
		t.Errorf("asked again after the first answer was cleared: %v", got)
	}
}

func TestFormerDistrictsAreKnownByName(t *testing.T) {
	g := places.New(library(t).Wards)
	for typed, want := range map[string]int{"thot not moi thoat": 2, "quan thot not": 3, "huyen cu lao dung": 4, "tp soc trang": 3, "tp": 0, "vay von": 0, "": 0, "thi xa nga nam": 4} {
		if got := g.District(strings.Fields(typed)); got != want {
			t.Errorf("District(%q) = %d, want %d", typed, got, want)
		}
	}
}
