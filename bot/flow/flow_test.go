package flow

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"policybot/bot/answer"
	"policybot/index"
	"policybot/knowledge"
	"policybot/knowledge/content"
	"policybot/knowledge/copay"
)

var theFlows = sync.OnceValues(func() (*Flows, error) {
	l, err := knowledge.Load(content.FS)
	if err != nil {
		return nil, err
	}
	a, err := answer.New(context.Background(), l, index.Build)
	if err != nil {
		return nil, err
	}
	return New(l, a), nil
})

func flows(t testing.TB) *Flows {
	t.Helper()
	f, err := theFlows()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var days = []knowledge.Date{knowledge.NewDate(2026, 11, 26), knowledge.NewDate(2026, 6, 30), knowledge.NewDate(2025, 12, 31), knowledge.NewDate(2027, 1, 1)}

// Whatever is answered, a flow ends in a result: no question comes twice, the count of questions to
// come never grows, and every result rests on something or says what is missing.
func TestEveryWalkEnds(t *testing.T) {
	f := flows(t)
	rapid.Check(t, func(r *rapid.T) {
		today := rapid.SampledFrom(days).Draw(r, "day")
		s := State{Kind: rapid.SampledFrom(f.Kinds()).Draw(r, "flow")}
		asked, most := map[string]bool{}, 0
		for {
			q, more, err := f.Next(s, today)
			if err != nil {
				r.Fatal(err)
			}
			if !more {
				break
			}
			if asked[q.Fact] {
				r.Fatalf("%s: %s is asked again after %v", s.Kind, q.Fact, s.Given)
			}
			if most > 0 && q.Of > most || q.Number > q.Of {
				r.Fatalf("%s: question %d of %d, after there were %d: %v", s.Kind, q.Number, q.Of, most, s.Given)
			}
			asked[q.Fact], most = true, q.Of
			readable(r, q)
			s = f.Answer(s, q.Fact, rapid.SampledFrom(q.Options).Draw(r, q.Fact).Value)
		}
		concluded(r, f, s, today)
	})
}

// readable fails for a question that no message to a resident could show.
func readable(t rapid.TB, q Question) {
	if len(q.Options) < 2 || len(q.Options) > 6 { // beside "Trở lại" and "Để sau"
		t.Fatalf("%s has %d options", q.Fact, len(q.Options))
	}
	if q.Options[len(q.Options)-1].Value != Unknown {
		t.Fatalf("%s: nobody may not know it", q.Fact)
	}
	labels := map[string]bool{}
	for _, o := range q.Options {
		if n := utf8.RuneCountInString(o.Label); n == 0 || n > 24 || labels[o.Label] {
			t.Fatalf("%s: label %q", q.Fact, o.Label)
		}
		labels[o.Label] = true
	}
	if q.Text == "" || q.Example == "" || strings.Contains(q.Text, "{{") {
		t.Fatalf("%s: %q, for example %q", q.Fact, q.Text, q.Example)
	}
}

// concluded fails for a result that is none.
func concluded(t rapid.TB, f *Flows, s State, today knowledge.Date) Result {
	r, err := f.Conclude(s, today)
	if err != nil {
		t.Fatalf("%v: %v", s, err)
	}
	settled := r.Outcome == knowledge.Answered || r.Outcome == knowledge.Partial
	if !settled && r.Outcome != knowledge.CannotConclude || r.Lead == "" {
		t.Fatalf("%v: outcome %q, %q", s, r.Outcome, r.Lead)
	}
	if settled && len(r.Provisions) == 0 {
		t.Fatalf("%v: %q rests on nothing", s, r.Lead)
	}
	if !settled && !r.Referral {
		t.Fatalf("%v: %q is a dead end", s, r.Lead)
	}
	return r
}

// TestPathLengths counts the questions on the ways through each flow. A way weighs as much as it is
// likely when each answer is chosen as often as any other. POLICYBOT_LONG goes every way there is, but
// for the supports, which have too many; else some are drawn.
func TestPathLengths(t *testing.T) {
	f := flows(t)
	for _, k := range f.Kinds() {
		lengths := map[int]float64{}
		start := f.at(State{Kind: k}, days[0])
		switch long := os.Getenv("POLICYBOT_LONG") != ""; {
		case k == Household, long && k != Supports:
			walk(start, 1, lengths)
		case long:
			stroll(start, 2000, lengths)
		default:
			stroll(start, 60, lengths)
		}
		longest, half, sum := 0, -1, 0.0
		for _, n := range sorted(lengths) {
			sum += lengths[n]
			longest = n
			if half < 0 && sum >= 0.5 {
				half = n
			}
		}
		t.Logf("%-10s longest %2d, median %d: %s", k, longest, half, shares(lengths))
		if longest > 10 || half > 7 {
			t.Errorf("%s: longest path %d, median %d; want at most 10 and 7", k, longest, half)
		}
	}
}

// stroll goes some ways on from a state, by chance, but always the same ones.
func stroll(start at, n int, lengths map[int]float64) {
	chance := rand.New(rand.NewPCG(1, 2))
	for range n {
		p := start
		for q := p.next(); q != nil; q = p.next() {
			options := q.optionsAt(p)
			p = p.Flows.at(p.Flows.Answer(p.State, q.fact, options[chance.IntN(len(options))].Value), p.today)
		}
		lengths[len(p.Given)] += 1 / float64(n)
	}
}

// alike are options that lead to the same questions as the one before them in their list.
var alike = []string{"2", "3", "4", "5", string(copay.Student), string(copay.Household), string(copay.Worker), valueSent, "5000000", "10000000"}

// walk goes every way on from a state. Options that are alike are gone once.
func walk(p at, share float64, lengths map[int]float64) {
	q := p.next()
	if q == nil {
		lengths[len(p.Given)] += share
		return
	}
	options := q.optionsAt(p)
	each := share / float64(len(options))
	for i := 0; i < len(options); {
		o, same := options[i], 1
		for i+same < len(options) && slices.Contains(alike, options[i+same].Value) {
			same++
		}
		walk(p.Flows.at(p.Flows.Answer(p.State, q.fact, o.Value), p.today), each*float64(same), lengths)
		i += same
	}
}

func sorted(m map[int]float64) []int {
	var all []int
	for n := range m {
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}

func shares(m map[int]float64) string {
	var s []string
	for _, n := range sorted(m) {
		s = append(s, fmt.Sprintf("%d×%.0f%%", n, 100*m[n]))
	}
	return strings.Join(s, " ")
}

// Words of a text that is no answer start no flow, and those that call for one do.
func TestCalled(t *testing.T) {
	f := flows(t)
	for text, want := range map[string]Kind{
		"tính giúp tôi tiền viện phí": Bill, "kiểm tra nhà tôi có được hộ nghèo không": Household, "tinh dum tui tien mua bhyt": Premium,
		"tính giúp tiền lãi vay vốn": Loan, "xem giùm tôi được hỗ trợ gì": Supports, "tính giúp hỗ trợ học nghề": Training, "kiểm tra giúp có được hưu trí xã hội không": Pension,
		"Kiểm tra hộ nghèo": Household, "kiem tra ho can ngheo": Household, "tính tiền viện phí": Bill, "tinh tien nam vien": Bill, "tính lãi vay vốn": Loan,
		"tính tiền mua BHYT": Premium, "xem duoc ho tro gi": Supports, "trợ cấp hằng tháng": Pension, "tính hỗ trợ học nghề": Training,
		"tính tiền nằm viện cận nghèo bao nhiêu": "", "tỉnh ngoài nằm viện được không": "", "kiểm tra hộ khẩu": "",
		"cho tôi coi thu nhập bao nhiêu thì là hộ nghèo": "", "cách tính thu nhập xét hộ nghèo": "", "tính giúp tôi 4 người mua bhyt": "", "kiểm tra thẻ còn hạn không": "",
	} {
		if k, called := f.Called(text); k != want || called != (want != "") {
			t.Errorf("%q calls for %q, want %q", text, k, want)
		}
	}
}

// A fact that is changed is asked again, and what hung on it is asked anew.
func TestChange(t *testing.T) {
	f := flows(t)
	s := State{Kind: Household}
	for _, g := range []Given{{"place", "urban"}, {"people", "4"}, {"income", "8000001-12000000"}} {
		s = f.Answer(s, g.Fact, g.Value)
	}
	if r := concluded(t, f, s, days[0]); !strings.Contains(r.Lead, "trung bình") {
		t.Fatalf("lead %q", r.Lead)
	}
	s = s.Change("place")
	if q, _, _ := f.Next(s, days[0]); q.Fact != "place" || q.Number != 0 {
		t.Fatalf("asks %s, number %d", q.Fact, q.Number)
	}
	if back := s.Back(); len(back.Given) != 3 || back.Changing != "" {
		t.Errorf("back from a change: %v", back)
	}
	same := f.Answer(s, "place", "urban")
	if _, more, _ := f.Next(same, days[0]); more {
		t.Error("the same answer again asks on")
	}
	other := f.Answer(s, "place", "rural")
	if q, _, _ := f.Next(other, days[0]); q.Fact != "income" {
		t.Errorf("after another place it asks %q, want the income in the bands of that place", q.Fact)
	}
	if len(s.Given) != 3 {
		t.Error("a state was changed in place")
	}
}

func TestHear(t *testing.T) {
	f := flows(t)
	household := State{Kind: Household}
	four := f.Answer(f.Answer(household, "place", "rural"), "people", "4")
	cases := []struct {
		state State
		text  string
		want  string // empty: it is no answer
	}{
		{household, "phường", "urban"},
		{household, "Dạ ở xã", "rural"},
		{household, "o phuong cai khe", "urban"},
		{household, "thị trấn Cái Tắc", "rural"},
		{household, "hổng biết", Unknown},
		{household, "khong ro nua", Unknown},
		{household, "cận nghèo đóng bao nhiêu", ""},
		{household, "nhà tôi nghèo lắm", ""},
		{f.Answer(household, "place", "rural"), "nhà 7 người", "7"},
		{f.Answer(household, "place", "rural"), "bốn người", "4"},
		{f.Answer(household, "place", "rural"), "dạ 5", "5"},
		{f.Answer(household, "place", "rural"), "đông lắm", ""},
		{four, "5tr6", "5600000"},
		{four, "chừng 5 triệu 6 một tháng", "5600000"},
		{four, "60 triệu một năm", "5000000"},
		{four, "mỗi người 1 triệu rưỡi", "6000000"},
		{four, "tới 6 triệu", "0-6000000"},
		{four, "6 triệu", "6000000"},
		{four, "dạ 6 triệu", "6000000"},
		{four, "không có thu nhập", "0"},
		{four, "20 triệu một vụ", ""},
		{four, "5", ""},
		{four, "thu nhập 5 triệu thì được hộ nghèo không", ""},
		{State{Kind: Bill}, "CN2", "near_poor"},
		{State{Kind: Bill}, "thẻ gd 4", "household:4"},
		{State{Kind: Bill}, "người có công", "merit"},
		{State{Kind: Bill}, "LH4", valueSocial},
		{State{Kind: Bill}, "cận nghèo nè con", "near_poor"},
		{f.Answer(State{Kind: Bill}, factGroup, "household"), "tui tự lên không có giấy", valueSelf},
		{f.Answer(State{Kind: Bill}, factGroup, "household"), "đúng tuyến", "registered"},
		{f.Answer(State{Kind: Bill}, factGroup, "household"), "đi cấp cứu", "emergency"},
		{State{Kind: Pension}, "bà già 78 tuổi", "78"},
		{State{Kind: Pension}, "sinh năm 1954", "71-72"},
		{State{Kind: Pension}, "8 tháng tuổi", ""},
		{State{Kind: Premium}, "đi làm công ty", string("worker")},
		{f.Answer(State{Kind: Premium}, factGroup, "near_poor"), "2 người", "2"},
		{f.Answer(f.Answer(State{Kind: Premium}, factGroup, "near_poor"), factPeople, "2"), "nguyên năm", "12"},
		{f.Answer(f.Answer(State{Kind: Premium}, factGroup, "near_poor"), factPeople, "2"), "4 tháng", ""},
		{State{Kind: Loan}, "vay làm cầu tiêu", "water"},
		{f.Answer(State{Kind: Training}, factGroup, "poor"), "3 triệu rưỡi", "3500000"},
	}
	for _, c := range cases {
		got, heard := f.Hear(c.state, days[0], c.text)
		if got != c.want || heard != (c.want != "") {
			t.Errorf("%q: %q %v, want %q", c.text, got, heard, c.want)
		}
	}
}

func TestBands(t *testing.T) {
	for _, o := range bands([]knowledge.VND{13_500_000, 20_250_000}) {
		b, ok := parseBand(o.Value)
		if !ok || b.String() != o.Value || utf8.RuneCountInString(o.Label) > 24 {
			t.Errorf("%v is read as %v", o, b)
		}
	}
	for _, bad := range []string{"", "-", "x", "5-4", "-5", "9999999999999999", "1-x", Unknown} {
		if b, ok := parseBand(bad); ok {
			t.Errorf("%q is read as %v", bad, b)
		}
	}
}

// From its result every answer can be changed, and the question asked again has its options.
func TestEveryAnswerCanBeChanged(t *testing.T) {
	f := flows(t)
	rapid.Check(t, func(r *rapid.T) {
		s := State{Kind: rapid.SampledFrom(f.Kinds()).Draw(r, "flow")}
		finish := func() {
			for {
				q, more, err := f.Next(s, days[0])
				if err != nil {
					r.Fatal(err)
				}
				if !more {
					return
				}
				readable(r, q)
				s = f.Answer(s, q.Fact, rapid.SampledFrom(q.Options).Draw(r, q.Fact).Value)
			}
		}
		finish()
		for _, told := range f.Told(s, days[0]) {
			q, more, err := f.Next(s.Change(told.Fact), days[0])
			if err != nil || !more || q.Fact != told.Fact {
				r.Fatalf("%v: to change %s asks %q, %v", s, told.Fact, q.Fact, err)
			}
			readable(r, q)
		}
		s = s.Change(rapid.SampledFrom(f.Told(s, days[0])).Draw(r, "changed").Fact)
		finish()
		concluded(r, f, s, days[0])
	})
}

// What a card answers starts no flow, but for the one that works with the figures of the card.
func TestNoWordingOfACardCallsForAnotherThing(t *testing.T) {
	f := flows(t)
	for _, c := range f.library.CardsOn(days[0]) {
		a, err := f.answers.Card(c, days[0], days[0])
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := f.For(a)
		for _, text := range append(slices.Clone(c.Ask), c.Probe...) {
			if k, called := f.Called(text); called && k != kind {
				t.Errorf("%s: %q calls for %s, not %q", c.ID, text, k, kind)
			}
		}
	}
}

// A question is left out only when no answer to it changes the result.
func TestWhatIsNotAskedChangesNothing(t *testing.T) {
	f := flows(t)
	never := []string{factLacking, factOutside} // heard, and not asked for
	rapid.Check(t, func(r *rapid.T) {
		s := State{Kind: rapid.SampledFrom([]Kind{Household, Bill, Pension}).Draw(r, "flow")}
		p := f.at(s, days[0])
		for q := p.next(); q != nil; q = p.next() {
			p = f.at(f.Answer(p.State, q.fact, rapid.SampledFrom(q.optionsAt(p)).Draw(r, q.fact).Value), days[0])
		}
		got := concluded(r, f, p.State, days[0])
		if got.Outcome != knowledge.Answered {
			return
		}
		for i := range p.plan().questions {
			q := &p.plan().questions[i]
			if _, told := p.value(q.fact); told || slices.Contains(never, q.fact) || p.needed(q) != yes {
				continue
			}
			for _, o := range q.optionsAt(p) {
				other := concluded(r, f, f.Answer(p.State, q.fact, o.Value), days[0])
				if other.Lead != got.Lead || other.Outcome != got.Outcome {
					r.Fatalf("%v: %s was not asked, and %q makes of %q %q", p.State, q.fact, o.Value, got.Lead, other.Lead)
				}
			}
		}
	})
}
