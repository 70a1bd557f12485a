package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"policybot/bot"
	"policybot/knowledge"
)

var day = knowledge.NewDate(2026, 11, 23)

// start returns a conversation of its own with the bot on the embedded content.
func start(t *testing.T) *talk {
	t.Helper()
	shared, err := theBot()
	if err != nil {
		t.Fatal(err)
	}
	return &talk{bot: shared.bot, memory: shared.memory, chat: bot.ChatID(t.Name())}
}

func TestAButtonPressedTwiceSaysTheSame(t *testing.T) {
	p := start(t)
	p.Say(t, "cận nghèo nằm viện trả bao nhiêu", day)
	asked := p.last
	first := p.Press(t, "Xem căn cứ", day)
	p.last = asked
	if again := p.Press(t, "Xem căn cứ", day); again.Text != first.Text || again.Outcome != first.Outcome {
		t.Errorf("the second press says\n%s\nafter\n%s", again.Text, first.Text)
	}
}

func TestStaleButtonsAreHarmless(t *testing.T) {
	p := start(t)
	p.Say(t, "cận nghèo nằm viện trả bao nhiêu", day)
	version := p.last.Session.Version
	for _, tap := range []bot.Tap{{Screen: 99}, {Screen: 1, Button: 50}, {Screen: 1, Button: -1}, {Screen: 1, Version: version + 7}} {
		s := p.handle(t, bot.Inbound{Chat: p.chat, Day: day, Tap: &tap})
		if s.Outcome != knowledge.Step || !strings.Contains(s.Text, "Nút này") {
			t.Errorf("%+v: %s %q", tap, s.Outcome, s.Text)
		}
	}
	if s := p.handle(t, bot.Inbound{Chat: p.chat, Day: day, Tap: &bot.Tap{Screen: 1, Version: version}}); strings.Contains(s.Text, "Nút này") {
		t.Errorf("a button of this session is taken for a stale one: %q", s.Text)
	}
}

func TestWhatIsNoTextGetsAPoliteWord(t *testing.T) {
	p := start(t)
	for _, sent := range []bot.Other{bot.Voice, bot.Photo, bot.File, bot.Sticker, bot.Contact, bot.Location, bot.Edited, bot.Unusable} {
		s := p.handle(t, bot.Inbound{Chat: p.chat, Day: day, Sent: sent})
		if s.Outcome != knowledge.Step || s.Text == "" || len(s.Buttons) == 0 {
			t.Errorf("%s: %s %q %v", sent, s.Outcome, s.Text, s.Buttons)
		}
	}
}

func TestCommands(t *testing.T) {
	p := start(t)
	for command, want := range map[string]string{"/start": "Chào bà con", "/help": "Cách hỏi", "/menu": "chuyện gì",
		"/help@SomeBot": "Cách hỏi", "/start insurance": "Bảo hiểm y tế", "/start nothing": "Chào bà con", "/": "Cách hỏi"} {
		if s := p.Say(t, command, day); !strings.Contains(s.Text, want) || len(s.Buttons) == 0 {
			t.Errorf("%s says %q", command, s.Text)
		}
	}
}

// No outcome is a dead end, whatever is typed.
func TestOddTextsEndInAnOutcomeWithAWayOn(t *testing.T) {
	p := start(t)
	for _, text := range []string{"?", "   ", "😀😀", "asdf qwer zxcv", "\u200b", "\xff\xfe", strings.Repeat("nghèo ", 3000), "ជំរាបសួរ", "what is the poverty line",
		"<b>x</b> & \"y\"", "1", "0909123456", strings.Repeat("a", 5000), "SELECT * FROM turns;", "/unknown"} {
		s := p.Say(t, text, day)
		if s.Outcome == "" || s.Outcome == knowledge.Failed || s.Text == "" || len(s.Buttons) == 0 {
			t.Errorf("%.30q: outcome %q, text %q, buttons %v", text, s.Outcome, s.Text, s.Buttons)
		}
	}
}

func TestARecordHoldsNoPerson(t *testing.T) {
	p := start(t)
	s := p.Say(t, "tôi tên là Trần Văn Tám, số 0909 123 456, cận nghèo nằm viện trả bao nhiêu", day)
	for _, person := range []string{"Tám", "0909"} {
		if strings.Contains(s.Stored, person) || strings.Contains(p.last.Session.Before, person) || strings.Contains(p.last.Record.Understood, person) {
			t.Errorf("%q is kept: %q, %q", person, s.Stored, p.last.Session.Before)
		}
	}
}

type brokenSessions struct{ *bot.Memory }

func (brokenSessions) Session(context.Context, bot.ChatID) (bot.Session, error) {
	return bot.Session{}, errors.New("disk on fire")
}

func TestASessionThatCannotBeReadIsAnError(t *testing.T) {
	b := bot.New(slog.New(slog.DiscardHandler), &knowledge.Library{}, nil, brokenSessions{})
	if _, err := b.Handle(t.Context(), bot.Inbound{Text: "chào"}); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("err = %v", err)
	}
}

func TestAnswersAreShortEnoughToRead(t *testing.T) {
	shared, err := theBot()
	if err != nil {
		t.Fatal(err)
	}
	p := start(t)
	for _, c := range shared.library.CardsOn(day) {
		s := p.Say(t, c.Ask[0], day)
		if n := utf8.RuneCountInString(strings.TrimSpace(s.Text)); n > 900 {
			t.Errorf("%q gets %d letters", c.Ask[0], n)
		}
	}
}

func TestTheSessionHoldsWhatTheLastAnswerWasAbout(t *testing.T) {
	p := start(t)
	p.Say(t, "tôi tên là Trần Văn Tám, số 0909 123 456, cận nghèo nằm viện trả bao nhiêu", day)
	m := p.last.Session.Matter
	if m == nil || !strings.Contains(m.Question, "cận nghèo nằm viện") || strings.Contains(m.Question, "Tám") || strings.Contains(m.Question, "0909") {
		t.Fatalf("matter %+v", m)
	}
	p.Say(t, "cận nghèo nằm viện trả bao nhiêu", day)
	m = p.last.Session.Matter
	if m.Lead == "" || len(m.Sources) == 0 || m.Topic != knowledge.Insurance {
		t.Errorf("matter %+v", m)
	}
	p.Say(t, "cảm ơn nhiều nghe", day)
	if p.last.Session.Matter == nil || p.last.Session.Matter.Question != m.Question {
		t.Errorf("thanks have changed what it was about: %+v", p.last.Session.Matter)
	}
}

func TestAPanicIsAFailureAndNoMore(t *testing.T) {
	b := bot.New(slog.New(slog.DiscardHandler), &knowledge.Library{}, nil, bot.NewMemory()) // nothing to answer with
	turn, err := b.Handle(t.Context(), bot.Inbound{Text: "cận nghèo nằm viện trả bao nhiêu", Day: day})
	if err != nil || turn.Record.Outcome != knowledge.Failed || len(turn.Replies) != 1 || len(turn.Replies[0].Buttons) == 0 {
		t.Errorf("err %v, outcome %q, %d replies", err, turn.Record.Outcome, len(turn.Replies))
	}
}

// However much there is to offer, a message to a resident has eight buttons at most.
func TestNoMoreThanEightButtons(t *testing.T) {
	p := start(t)
	p.Say(t, "cho tôi gặp cán bộ", day) // a referral waits to be gone on with
	s := p.Say(t, "nha 2 vo chong 3 dua con mua bhyt het nhieu", day)
	if len(s.Buttons) > 8 || !slices.Contains(s.Buttons, "Tiếp tục gửi phiếu") || !slices.Contains(s.Buttons, "Xem căn cứ") {
		t.Errorf("%d buttons: %v", len(s.Buttons), s.Buttons)
	}
}

// Forged papers are refused where the word is typed as such; without its marks it is somebody's family.
func TestForgedPapersAndFamilies(t *testing.T) {
	for text, want := range map[string]knowledge.Outcome{
		"làm giùm tôi giấy hộ nghèo giả": knowledge.Guarded,
		"ly hôn giả để được hộ nghèo":    knowledge.Guarded,
		"the gia dinh":           knowledge.Answered,
		"bao hiem y te gia dinh": knowledge.Answered,
	} {
		t.Run(text, func(t *testing.T) {
			if s := start(t).Say(t, text, day); s.Outcome != want {
				t.Errorf("ends in %s, want %s: %s", s.Outcome, want, s.Text)
			}
		})
	}
}
