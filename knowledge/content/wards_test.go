package content_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policybot/knowledge"
	"policybot/knowledge/content"
)

func loadWards(t *testing.T) []*knowledge.Ward {
	t.Helper()
	library, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return library.Wards
}

func TestWardCounts(t *testing.T) {
	wards := loadWards(t)
	kinds, former, codes := map[knowledge.WardKind]int{}, map[knowledge.PlaceID]int{}, map[knowledge.WardCode]bool{}
	for _, w := range wards {
		kinds[w.Kind]++
		former[w.Former]++
		codes[w.Code] = true
		if len(w.Code) != 5 || strings.Trim(string(w.Code), "0123456789") != "" {
			t.Errorf("%s: code %q is not five digits", w.FullName(), w.Code)
		}
		if w.Name == "" || w.District == "" || len(w.Merged) == 0 {
			t.Errorf("%s (%s): name, former district or merged units are missing", w.FullName(), w.Code)
		}
	}
	if len(wards) != 103 || len(codes) != 103 {
		t.Errorf("%d wards with %d codes, want 103", len(wards), len(codes))
	}
	if diff := cmp.Diff(map[knowledge.WardKind]int{knowledge.Phuong: 31, knowledge.Xa: 72}, kinds); diff != "" {
		t.Errorf("by kind (-want +got):\n%s", diff)
	}
	want := map[knowledge.PlaceID]int{knowledge.FormerCantho: 32, knowledge.FormerHaugiang: 28, knowledge.FormerSoctrang: 43}
	if diff := cmp.Diff(want, former); diff != "" {
		t.Errorf("by former province (-want +got):\n%s", diff)
	}
}

// TestFormerUnitsAreClean: nothing of the raw list's remarks is left in the names.
func TestFormerUnitsAreClean(t *testing.T) {
	for _, w := range loadWards(t) {
		for _, u := range w.Merged {
			kind, _ := bare(u.Name)
			if kind == "" || strings.ContainsAny(u.Name, "(),") || strings.Contains(u.Name, "giữ nguyên") {
				t.Errorf("%s: former unit %q", w.FullName(), u.Name)
			}
		}
	}
}

// TestUnchangedWards: a ward that was not rearranged is its own former unit.
func TestUnchangedWards(t *testing.T) {
	var got []string
	for _, w := range loadWards(t) {
		if len(w.Merged) == 1 && w.Merged[0].Name == w.FullName() {
			got = append(got, w.FullName())
		}
	}
	want := []string{
		"Phường Tân Lộc", "Xã Thạnh Phú", "Xã Thới Hưng", "Xã Trường Long",
		"Xã Phong Nẫm", "Xã Mỹ Phước", "Xã Vĩnh Hải", "Xã Lai Hòa",
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("wards left as they were (-want +got):\n%s", diff)
	}
}

// TestFormerUnitsInSeveralWards: the former names that a resident must be asked about, since they
// lead to more than one ward: units that were cut in parts, and different units of one name.
func TestFormerUnitsInSeveralWards(t *testing.T) {
	where, parts := map[string][]string{}, map[string]int{}
	for _, w := range loadWards(t) {
		for _, u := range w.Merged {
			where[u.Name] = append(where[u.Name], w.FullName())
			if u.Part {
				parts[u.Name]++
			}
		}
	}
	got := map[string][]string{}
	for name, wards := range where {
		if len(wards) > 1 {
			slices.Sort(wards)
			got[name] = wards
		}
	}
	want := map[string][]string{
		"Phường Bùi Hữu Nghĩa": {"Phường Bình Thủy", "Phường Cái Khế"},
		"Phường Long Tuyền":    {"Phường An Bình", "Phường Long Tuyền"},
		"Phường Thốt Nốt":      {"Phường Thuận Hưng", "Phường Thốt Nốt"},
		"Phường Thuận An":      {"Phường Long Mỹ", "Phường Thốt Nốt"},
		"Phường 1":             {"Phường Ngã Năm", "Phường Phú Lợi", "Phường Vĩnh Châu"},
		"Phường 2":             {"Phường Ngã Năm", "Phường Phú Lợi", "Phường Vĩnh Châu"},
		"Phường 3":             {"Phường Mỹ Quới", "Phường Phú Lợi"},
		"Xã Long Bình":         {"Phường Long Bình", "Xã Tân Long"},
		"Xã Long Phú":          {"Phường Long Phú 1", "Xã Long Phú"},
		"Xã Phú Hữu":           {"Xã Phú Hữu", "Xã Trường Khánh"},
		"Xã Phú Tân":           {"Xã Phú Hữu", "Xã Thuận Hòa"},
		"Xã Thuận Hòa":         {"Xã Thuận Hòa", "Xã Xà Phiên"},
		"Xã Thuận Hưng":        {"Xã Mỹ Hương", "Xã Xà Phiên"},
		"Xã Thạnh Phú":         {"Xã Nhu Gia", "Xã Thạnh Phú"},
		"Xã Thạnh Quới":        {"Xã Gia Hòa", "Xã Thạnh Quới"},
		"Xã Tân Long":          {"Xã Thạnh Hòa", "Xã Tân Long"},
		"Xã Tân Thạnh":         {"Xã Trường Thành", "Xã Tân Thạnh"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("former names in several wards (-want +got):\n%s", diff)
	}
	wantParts := map[string]int{"Phường Bùi Hữu Nghĩa": 2, "Phường Long Tuyền": 2, "Phường Thốt Nốt": 2}
	if diff := cmp.Diff(wantParts, parts); diff != "" {
		t.Errorf("pieces of the units that were cut (-want +got):\n%s", diff)
	}
}

// TestNamesTakenOver: wards whose bare name is also that of a former unit which now lies in another
// ward. The raw list shows 21 of them; Thuận Hòa comes in once its remark "(huyện Long Mỹ)" is
// read as a district.
func TestNamesTakenOver(t *testing.T) {
	wards := loadWards(t)
	where := map[string][]*knowledge.Ward{}
	for _, w := range wards {
		for _, u := range w.Merged {
			_, name := bare(u.Name)
			where[name] = append(where[name], w)
		}
	}
	var got []string
	for _, w := range wards {
		if slices.ContainsFunc(where[w.Name], func(other *knowledge.Ward) bool { return other != w }) {
			got = append(got, w.FullName())
		}
	}
	want := []string{
		"Phường Tân An", "Phường Long Tuyền", "Phường Hưng Phú", "Phường Thốt Nốt",
		"Phường Thuận Hưng", "Phường Vị Thanh", "Phường Long Bình",
		"Xã Thạnh An", "Xã Thạnh Quới", "Xã Thạnh Phú", "Xã Châu Thành", "Xã Phú Hữu",
		"Xã Đông Phước", "Xã Thạnh Hòa", "Xã Vị Thủy", "Xã Vĩnh Tường", "Xã Long Hưng",
		"Xã Thuận Hòa", "Xã Cù Lao Dung", "Xã Tân Thạnh", "Xã Long Phú", "Xã Tân Long",
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names taken over (-want +got):\n%s", diff)
	}
}

// TestOldThanhHoa: phường Thạnh Hòa of Thốt Nốt went into phường Trung Nhứt, although there is a xã
// Thạnh Hòa elsewhere.
func TestOldThanhHoa(t *testing.T) {
	var got []string
	for _, w := range loadWards(t) {
		for _, u := range w.Merged {
			if u.Name == "Phường Thạnh Hòa" {
				got = append(got, w.FullName()+", "+w.District)
			}
		}
	}
	if diff := cmp.Diff([]string{"Phường Trung Nhứt, Quận Thốt Nốt"}, got); diff != "" {
		t.Errorf("wards with the old phường Thạnh Hòa (-want +got):\n%s", diff)
	}
}

// bare splits a unit's name from its kind; an unknown kind is empty.
func bare(full string) (kind, name string) {
	for _, kind := range []string{"Phường", "Xã", "Thị trấn"} {
		if name, found := strings.CutPrefix(full, kind+" "); found {
			return kind, name
		}
	}
	return "", full
}
