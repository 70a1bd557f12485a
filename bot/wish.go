package bot

import (
	"slices"
	"strings"

	"policybot/index/vi"
)

// A wish for an officer has a verb and a target and says nothing else: "gửi đơn lên xã ở đâu" is a
// question. To an office one also sends papers, so that takes a word of asking a favour.
var (
	wishVerbs     = []string{"gap", "gui", "chuyen", "lien he", "noi chuyen", "ket noi", "trao doi"}
	wishPeople    = []string{"can bo", "nguoi that", "cong chuc", "nguoi phu trach"}
	wishOffices   = []string{"phuong", "xa", "uy ban", "ubnd"}
	wishFavours   = []string{"giup", "gium", "dum", "ho"}
	wishOtherwise = strings.Fields("cho toi em con minh chau tui chu thim bac co ong ba muon can xin nho lam on vui long " +
		"voi di nhe nha nghe a oi len toi den qua ve o mot duoc khong hong ko k la nay cau hoi viec phieu truc tiep luon ngay " +
		"anh chi dan day dia ben tren")
)

// wantsOfficer reports whether a text asks for an officer, and for nothing else.
func wantsOfficer(text string) bool {
	words := vi.Syllables(vi.Fold(vi.Normalize(text)))
	if len(words) == 0 || len(words) > 14 {
		return false
	}
	verb, words := without(words, wishVerbs)
	person, words := without(words, wishPeople)
	office, words := without(words, wishOffices)
	favour, words := without(words, wishFavours)
	return verb && (person || office && favour) &&
		!slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(wishOtherwise, w) })
}

// without takes phrases out of words, and reports whether there was one.
func without(words, phrases []string) (found bool, rest []string) {
	for i := 0; i < len(words); {
		n := 0
		for _, p := range phrases {
			if parts := strings.Fields(p); len(parts) > n && len(parts) <= len(words)-i && slices.Equal(words[i:i+len(parts)], parts) {
				n = len(parts)
			}
		}
		if n == 0 {
			rest = append(rest, words[i])
			i++
			continue
		}
		found = true
		i += n
	}
	return found, rest
}
