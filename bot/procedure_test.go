package bot_test

import (
	"slices"
	"strings"
	"testing"

	"policybot/bot"
	"policybot/knowledge"
)

// TestProceduresOfOtherDaysAreNotShown: a card offers its procedure on days on which that applies only, and
// the button of an older message shows nothing of another time.
func TestProceduresOfOtherDaysAreNotShown(t *testing.T) {
	p := apart(t)
	shown, hidden := 0, 0
	for _, on := range []knowledge.Date{day, knowledge.NewDate(2025, 1, 5), knowledge.NewDate(2027, 1, 5)} {
		for _, c := range p.library.CardsOn(on) {
			procedure := p.library.Procedure(c.Procedure)
			if procedure == nil {
				continue
			}
			session := bot.Session{LastScreen: 1, Screens: []bot.Screen{{Number: 1, Buttons: []bot.Button{
				{Action: bot.Action{Verb: bot.ShowCard, Card: string(c.ID)}}, {Action: bot.Action{Verb: bot.ShowSteps, Card: string(c.ID)}}}}}}
			press := func(button int) string {
				p.memory.Commit(bot.Turn{Inbound: bot.Inbound{Chat: p.chat}, Session: session})
				s := p.handle(t, bot.Inbound{Chat: p.chat, Day: on, Tap: &bot.Tap{Screen: 1, Button: button}})
				return s.Text + strings.Join(s.Buttons, "|")
			}
			applies := procedure.Applies.Contains(on)
			if offers := strings.Contains(press(0), "Thủ tục, giấy tờ"); offers && !applies {
				t.Errorf("%s on %s offers %s, of other days", c.ID, on, procedure.ID)
			}
			shows := strings.Contains(press(1), "Ai làm:")
			switch {
			case shows && !applies:
				t.Errorf("%s on %s shows %s, of other days", c.ID, on, procedure.ID)
			case shows:
				shown++
			case !applies:
				hidden++
			}
		}
	}
	if shown == 0 || hidden == 0 {
		t.Errorf("%d shown, %d not", shown, hidden)
	}
}

// TestOldProceduresSaySo: after ninety days without anybody's look, the procedure says so.
func TestOldProceduresSaySo(t *testing.T) {
	p := apart(t)
	i := slices.IndexFunc(p.library.Cards, func(c *knowledge.Card) bool { return c.Procedure == "cap-the-bhyt" })
	confirmed := p.library.Procedure("cap-the-bhyt").ConfirmedOn
	session := bot.Session{LastScreen: 1, Screens: []bot.Screen{{Number: 1, Buttons: []bot.Button{
		{Action: bot.Action{Verb: bot.ShowSteps, Card: string(p.library.Cards[i].ID)}}}}}}
	for days, want := range map[int]bool{90: false, 91: true} {
		p.memory.Commit(bot.Turn{Inbound: bot.Inbound{Chat: p.chat}, Session: session})
		s := p.handle(t, bot.Inbound{Chat: p.chat, Day: confirmed.AddDays(days), Tap: &bot.Tap{Screen: 1}})
		if got := strings.Contains(s.Text, "có thể đã cũ"); got != want {
			t.Errorf("after %d days: %v\n%s", days, got, s.Text)
		}
	}
}
