package answer

import (
	"slices"
	"strings"
	"testing"

	"policybot/knowledge"
)

// gistDay is the day on which these questions are asked.
var gistDay = knowledge.NewDate(2026, 11, 26)

func TestStoryIsTakenByItsGist(t *testing.T) {
	a := answerer(t)
	for _, test := range []struct {
		ask  string
		card knowledge.CardID
	}{
		{"Chào cháu, mấy bữa nay trời mưa hoài bác buồn quá, vườn tược hư hết, nhà bác hộ mới thoát nghèo, giờ tính vay vốn nuôi heo thì lãi mấy phần trăm vậy cháu", "vay-moi-thoat-ngheo"},
		{"cháu ơi bác hỏi, ở xã bác người ta mở lớp đan lục bình, học có được tiền ăn không, ngày bao nhiêu", "hoc-nghe-tien-an"},
	} {
		out, err := a.Answer(t.Context(), Question{Text: test.ask, Day: gistDay})
		if err != nil {
			t.Fatal(err)
		}
		if out.Card == nil || out.Card.ID != test.card || !out.answers() {
			t.Errorf("%q ends as %s and says %q, want %s", test.ask, out.Outcome, out.Lead, test.card)
		}
	}
}

func TestStoryHidesNothingThatIsNotOurs(t *testing.T) {
	a := answerer(t)
	for _, ask := range []string{
		"nhà tui cận nghèo, con trai tui 18 tuổi, giờ nó muốn đi lính thì đăng ký ở đâu",
		"bác buồn quá cháu ơi, con bác nó đi biệt, bác hộ nghèo, muốn làm di chúc để lại miếng đất thì làm ở đâu",
		"tui là cận nghèo ở Cà Mau, cho hỏi ở đây tỉnh đóng cho bao nhiêu tiền bảo hiểm",
		"hồi đó tới giờ bác hộ nghèo, giờ bác hỏi ông Tư nhà kế bên có lãnh tiền già không",
	} {
		out, err := a.Answer(t.Context(), Question{Text: ask, Day: gistDay})
		if err != nil {
			t.Fatal(err)
		}
		if out.answers() {
			t.Errorf("%q is answered: %s", ask, out.Lead)
		}
	}
}

func TestQuotedFigureIsChecked(t *testing.T) {
	a := answerer(t)
	for ask, want := range map[string]string{
		"tiền già 500 ngàn phải không":                   "540.000 đồng",
		"lãi hộ nghèo 6,6% một năm còn đúng không":       "6,24%",
		"đóng 1.366.200 một năm cho một người đúng hông": "1.366.200 đồng",
	} {
		out, err := a.Answer(t.Context(), Question{Text: ask, Day: gistDay})
		if err != nil {
			t.Fatal(err)
		}
		if !out.answers() || !strings.Contains(out.Lead, want) {
			t.Errorf("%q: %s %q, want %s", ask, out.Outcome, out.Lead, want)
		}
	}
}

func TestCardsOfDifferentPeopleAreAskedApart(t *testing.T) {
	out, err := answerer(t).Answer(t.Context(), Question{Text: "trợ cấp bao nhiêu một tháng", Day: gistDay})
	if err != nil {
		t.Fatal(err)
	}
	labels := map[string]bool{}
	for _, o := range out.Options {
		labels[o.Label] = true
	}
	if out.Outcome != knowledge.Clarify || out.Lead != whose || len(out.Options) < 2 || len(labels) != len(out.Options) {
		t.Errorf("%s %q %v, want one question with a button for each group", out.Outcome, out.Lead, out.Options)
	}
}

func TestAPlaceInTheNameOfASubjectIsNone(t *testing.T) {
	if ids := answerer(t).WordsIn("mức chuẩn trợ giúp xã hội"); slices.Contains(ids, "rural") {
		t.Errorf("words %v, want no place", ids)
	}
}
