package simulator

import (
	"policybot/bot/referral"
	"policybot/bot/telegram/fakeapi"
	"policybot/knowledge"
)

// A role is the side of the page a person stands on.
type role string

const (
	resident role = "resident"
	officer  role = "officer"
)

// A person is somebody whose phone the page can show.
type person struct {
	User  fakeapi.User `json:"-"`
	ID    int64        `json:"id"`
	Name  string       `json:"name"`
	Role  role         `json:"role"`
	About string       `json:"about"`
	Tries []string     `json:"tries,omitempty"` // what to ask first

	ward  knowledge.WardCode // whose desk the person is linked to; empty: none
	leads bool               // as its supervisor
}

// The wards that have a desk from the start, and who looks after the service.
const (
	trungNhut knowledge.WardCode = "31217"
	ninhKieu  knowledge.WardCode = "31135"
	admin                        = 2006
)

// people are ready-made; nobody else has a phone.
var people = withAccounts([]person{
	{ID: 1001, Name: "Bà Tư", Role: resident, About: "68 tuổi, hộ cận nghèo, gõ không dấu", Tries: []string{
		"can ngheo nam vien tra nhieu hong", "chuẩn nghèo ở phường bây giờ bao nhiêu", "the can ngheo nam vien 10 trieu tra may dong"}},
	{ID: 1002, Name: "Anh Sáu", Role: resident, About: "mới thoát nghèo, Thạnh Hòa (Thốt Nốt cũ)", Tries: []string{
		"nhà em ở khu vực Phúc Lộc 3 phường Thạnh Hòa Thốt Nốt, mới thoát nghèo, còn được vay vốn không",
		"mới thoát nghèo có được hỗ trợ mua bhyt không"}},
	{ID: 1003, Name: "Thảo", Role: resident, About: "sinh viên, nhà ở Ninh Kiều", Tries: []string{
		"sinh viên đóng bhyt bao nhiêu", "hộ nghèo vay đi học lãi bao nhiêu"}},
	{ID: 1004, Name: "Chú Hai", Role: resident, About: "hộ nghèo, làm ruộng, muốn học nghề", Tries: []string{
		"hoc nghe duoc ho tro bao nhieu", "nhà 4 người mua bhyt hết nhiêu"}},
	{ID: 2001, Name: "Chị Lan", Role: officer, About: "cán bộ Phường Trung Nhứt", ward: trungNhut},
	{ID: 2002, Name: "Anh Minh", Role: officer, About: "cán bộ Phường Trung Nhứt", ward: trungNhut},
	{ID: 2003, Name: "Chị Hạnh", Role: officer, About: "cán bộ Phường Ninh Kiều, có nhóm chung", ward: ninhKieu},
	{ID: 2004, Name: "Anh Phúc", Role: officer, About: "phụ trách Phường Ninh Kiều, có nhóm chung", ward: ninhKieu, leads: true},
	{ID: 2005, Name: "Anh Dũng", Role: officer, About: "trực thành phố", ward: referral.City},
	{ID: admin, Name: "Chị Ngân", Role: officer, About: "quản trị máy: /noidung, /dskhoa"},
})

func withAccounts(all []person) []person {
	for i := range all {
		all[i].User = fakeapi.User{ID: all[i].ID, FirstName: all[i].Name, LanguageCode: "vi"}
	}
	return all
}

// isPerson reports whether somebody has a phone here.
func isPerson(id int64) bool {
	for _, p := range people {
		if p.ID == id {
			return true
		}
	}
	return false
}
