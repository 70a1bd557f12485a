package knowledge

// PlaceID says where law holds: National, Cantho, or a former unit of it.
type PlaceID string

// The places of law.
const (
	National       PlaceID = "national"
	Cantho         PlaceID = "cantho"          // the city since 01/07/2025
	FormerCantho   PlaceID = "cantho-cu"       // Cần Thơ before 01/07/2025
	FormerHaugiang PlaceID = "haugiang-cu"     // Hậu Giang
	FormerSoctrang PlaceID = "soctrang-cu"     // Sóc Trăng
	OtherProvince  PlaceID = "other-provinces" // known of, never an answer for Cần Thơ
)

// WardCode is the state's statistical code of a ward: five digits.
type WardCode string

// WardKind is the kind of a commune-level unit.
type WardKind string

// The kinds of wards in Cần Thơ. There is no special zone (đặc khu) there.
const (
	Phuong WardKind = "phuong" // urban
	Xa     WardKind = "xa"     // rural
)

// Ward is a commune-level unit (đơn vị hành chính cấp xã), always told apart by its code.
type Ward struct {
	Code     WardCode `yaml:"code"`
	Name     string   `yaml:"name"` // without its kind: Trung Nhứt
	Kind     WardKind `yaml:"kind"`
	Former   PlaceID  `yaml:"former"`   // the former province it lies in
	District string   `yaml:"district"` // the former district, as history; never an office to go to
	// Merged are the former units that went into it.
	Merged []FormerUnit `yaml:"merged"`

	Pos Pos `yaml:"-"`
}

// FullName returns the name with its kind: Phường Trung Nhứt.
func (w *Ward) FullName() string {
	if w.Kind == Phuong {
		return "Phường " + w.Name
	}
	return "Xã " + w.Name
}

// FormerUnit is a unit of before 01/07/2025. Part says that only a part of it went into the ward.
type FormerUnit struct {
	Name     string `yaml:"name"` // with its kind: Phường Thạnh Hòa, Thị trấn Cái Tắc
	Part     bool   `yaml:"part"`
	District string `yaml:"district"` // its own former district, where it differs from the ward's
}
