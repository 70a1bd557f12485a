package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"policybot/bot"
	"policybot/bot/flow"
	"policybot/knowledge"
)

// TestRandomWalks goes through the flows as people do who press whatever there is, type odd things,
// go back, change their answers and press twice. Each walk must come to a result, with a way on at every
// step. Here a hundred of them; .ci/long walks two thousand.
func TestRandomWalks(t *testing.T) {
	p := start(t)
	walks := 0
	rapid.Check(t, func(r *rapid.T) {
		walks++
		chat := &talk{bot: p.bot, memory: p.memory, chat: bot.ChatID(fmt.Sprintf("%s %d", t.Name(), walks))}
		kind := rapid.SampledFrom([]flow.Kind{flow.Household, flow.Supports, flow.Bill, flow.Premium, flow.Training, flow.Loan, flow.Pension}).Draw(r, "flow")
		w := &walker{t: t, r: r, talk: chat}
		w.do(bot.Inbound{Text: "/start " + string(kind)})
		w.finish()
		p.memory.Forget(chat.chat)
	})
	t.Logf("%d walks", walks)
}

// walker is somebody on their way through a flow.
type walker struct {
	t *testing.T
	*talk
	r    *rapid.T
	path []string
}

// do does one thing and looks at what comes of it.
func (w *walker) do(in bot.Inbound) {
	in.Chat, in.Day = w.chat, day
	if in.Tap != nil {
		w.path = append(w.path, "["+w.label(*in.Tap)+"]")
	} else {
		w.path = append(w.path, in.Text)
	}
	s := w.handle(w.t, in)
	if s.Outcome == knowledge.Failed || s.Text == "" || len(s.Buttons) == 0 {
		w.r.Fatalf("%q: outcome %q, %q, %v", w.path, s.Outcome, s.Text, s.Buttons)
	}
	if len(s.Buttons) > 8 {
		w.r.Fatalf("%q: %d buttons", w.path, len(s.Buttons))
	}
	result := strings.HasPrefix(w.last.Record.Card, "flow:") && w.path[len(w.path)-1] != "[Xem thêm]"
	if n := utf8.RuneCountInString(strings.TrimSpace(s.Text)); result && n > 900 {
		w.r.Fatalf("%q: %d letters:\n%s", w.path, n, s.Text)
	}
}

func (w *walker) label(tap bot.Tap) string {
	for _, s := range w.last.Session.Screens {
		if s.Number == tap.Screen && tap.Button < len(s.Buttons) {
			return s.Buttons[tap.Button].Label
		}
	}
	return "?"
}

// finish wanders about for a while, and then answers what it is asked: that must lead to a result.
func (w *walker) finish() {
	for range rapid.IntRange(0, 8).Draw(w.r, "detours") {
		w.wander()
	}
	const enough = 12 // questions, with one to resume
	for range enough {
		if w.last.Session.Flow == nil {
			return // restarted elsewhere, or let go
		}
		if w.last.Session.Flow.Done {
			return
		}
		w.do(bot.Inbound{Tap: w.answer()})
	}
	w.r.Fatalf("no result after %q", w.path)
}

// wander presses any button that is in reach, also of earlier screens, or types something.
func (w *walker) wander() {
	if rapid.IntRange(0, 3).Draw(w.r, "type") == 0 {
		texts := []string{"4 người", "5tr6", "không", "xã Mỹ Xuyên", "hộ cận nghèo", "dạ", "chuẩn nghèo bao nhiêu", "asdf", "cảm ơn", "không biết", "/menu"}
		w.do(bot.Inbound{Text: rapid.SampledFrom(texts).Draw(w.r, "text")})
		return
	}
	s := rapid.SampledFrom(w.last.Session.Screens).Draw(w.r, "screen")
	w.do(bot.Inbound{Tap: &bot.Tap{Screen: s.Number, Version: s.Version, Button: rapid.IntRange(0, len(s.Buttons)-1).Draw(w.r, "button")}})
}

// answer is a press of one of the answers to the question that is asked, or of the way back to it.
func (w *walker) answer() *bot.Tap {
	last := w.last.Replies[len(w.last.Replies)-1]
	var taps []int
	for i, b := range last.Buttons {
		if b.Action.Verb == bot.TellFact {
			taps = append(taps, i)
		}
	}
	for i, b := range last.Buttons {
		if len(taps) == 0 && b.Action.Verb == bot.ResumeFlow {
			taps = append(taps, i)
		}
	}
	if len(taps) == 0 {
		w.r.Fatalf("%q: no answer and no way back: %v", w.path, last.Buttons)
	}
	return &bot.Tap{Screen: last.Screen, Button: rapid.SampledFrom(taps).Draw(w.r, "answer")}
}

// A button pressed twice changes nothing.
func TestAnAnswerPressedTwiceCountsOnce(t *testing.T) {
	p := start(t)
	p.Say(t, "/start household", day)
	first := p.last.Replies[0]
	tap := bot.Inbound{Chat: p.chat, Day: day, Tap: &bot.Tap{Screen: first.Screen, Button: 0}}
	p.handle(t, tap)
	before := *p.last.Session.Flow
	for range 2 {
		if s := p.handle(t, tap); !strings.Contains(s.Text, "mấy người") || len(p.last.Session.Flow.Given) != len(before.Given) {
			t.Errorf("pressed again: %q, %v", s.Text, p.last.Session.Flow)
		}
	}
}

// A button of an earlier question changes what was answered there, and the flow goes on.
func TestAnEarlierQuestionIsAnsweredAnew(t *testing.T) {
	p := start(t)
	p.Say(t, "/start household", day)
	p.Press(t, "Xã", day)
	people := p.last
	p.Press(t, "Không biết", day)
	p.last = people // scrolled back to it
	if s := p.Press(t, "5 người", day); !strings.Contains(s.Text, "Cả nhà") {
		t.Errorf("then it asks %q", s.Text)
	}
	if g := p.last.Session.Flow.Given; len(g) != 2 || g[1].Value != "5" {
		t.Errorf("given %v", g)
	}
	p.Say(t, "5 triệu rưỡi", day)
	if s := p.Press(t, "Có một", day); s.Outcome == knowledge.Failed {
		t.Errorf("%q", s.Text)
	}
}

// What a session keeps of a flow are facts, never what somebody typed, and no turn's record has it.
func TestAFlowKeepsNoWords(t *testing.T) {
	p := start(t)
	p.Say(t, "/start household", day)
	p.Say(t, "nhà tôi ở phường Cái Khế", day)
	if g := p.last.Session.Flow.Given; len(g) != 1 || g[0].Value != "urban" || p.last.Record.Question != "" {
		t.Errorf("given %v, recorded %q", g, p.last.Record.Question)
	}
}

// An administrator puts a finished check by; the facts and what the bot said are kept, what is right
// is theirs to say.
func TestAFinishedCheckIsPutBy(t *testing.T) {
	p := start(t)
	say := func(text, admin string) string {
		return p.handle(t, bot.Inbound{Chat: p.chat, Day: day, Text: text, Admin: admin}).Text
	}
	if s := say("/kiemthu", "1001"); !strings.Contains(s, "rồi gõ /kiemthu") {
		t.Errorf("without a result: %q", s)
	}
	for _, text := range []string{"/start household", "xã", "4 người", "7 triệu"} {
		say(text, "1001")
	}
	if s := say("/kiemthu hộ có mức sống trung bình", ""); strings.Contains(s, "Ca kiểm thử") || len(p.last.Trials) > 0 {
		t.Errorf("anybody may: %q", s)
	}
	say("/kiemthu hộ có mức sống trung bình", "1001")
	if len(p.last.Trials) != 1 {
		t.Fatalf("%d trials", len(p.last.Trials))
	}
	c := p.last.Trials[0]
	for _, want := range []string{"tên: Kiểm tra hộ nghèo", "ngày: 23/11/2026", "Số người trong nhà: 4 người", "kết quả đúng: hộ có mức sống trung bình", "# máy nói:", "1.750.000"} {
		if !strings.Contains(c.String(), want) {
			t.Errorf("the draft lacks %q:\n%s", want, c)
		}
	}
	if s := say("/dskiemthu", "1001"); !strings.Contains(s, "kết quả đúng: hộ có mức sống trung bình") {
		t.Errorf("the list says %q", s)
	}
}
