package bot_test

import (
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"

	"policybot/bot"
	"policybot/bot/bottest"
	"policybot/knowledge"
)

// apart is a bot of its own on the shared content, so that what is blocked is blocked for it alone.
func apart(t *testing.T) *talk {
	t.Helper()
	shared, err := theBot()
	if err != nil {
		t.Fatal(err)
	}
	memory := bot.NewMemory()
	return &talk{bot: bot.New(slog.New(slog.DiscardHandler), shared.library, shared.answers, memory), memory: memory,
		library: shared.library, answers: shared.answers, chat: bot.ChatID(t.Name())}
}

func TestBlockDialogues(t *testing.T) {
	bottest.Run(t, os.DirFS("testdata/dialogues/blocks"), "*.txtar", func(t *testing.T) bottest.Player { return apart(t) })
}

// show presses a made-up button that shows a card.
func (p *talk) show(t *testing.T, id knowledge.CardID) bottest.Screen {
	t.Helper()
	session := bot.Session{Screens: []bot.Screen{{Number: 1, Buttons: []bot.Button{{Action: bot.Action{Verb: bot.ShowCard, Card: string(id)}}}}}, LastScreen: 1}
	p.memory.Commit(bot.Turn{Inbound: bot.Inbound{Chat: p.chat}, Session: session})
	return p.handle(t, bot.Inbound{Chat: p.chat, Day: day, Tap: &bot.Tap{Screen: 1}})
}

// TestABlockTakesAwayWhatRestsOnItAndNothingElse shows every card before and after a provision is
// blocked: those that cited it are kept back, all others read as before.
func TestABlockTakesAwayWhatRestsOnItAndNothingElse(t *testing.T) {
	p := apart(t)
	cites := map[knowledge.CardID][]knowledge.ProvisionID{}
	before := map[knowledge.CardID]string{}
	for _, c := range p.library.CardsOn(day) {
		before[c.ID] = p.show(t, c.ID).Text
		cites[c.ID] = p.last.Record.Provisions
	}
	for _, item := range []knowledge.ProvisionID{"nq-261-2025-qh15/d2/k1/a", "nd-351-2025", "nd-188-2025/d7", "luat-51-2024/d22"} {
		p.bot.Block(knowledge.Blocks{{Item: string(item), Reason: "thử", Author: "thử"}})
		kept, back := 0, 0
		for id, text := range before {
			s := p.show(t, id)
			rests := slices.ContainsFunc(cites[id], func(p knowledge.ProvisionID) bool {
				return p == item || strings.HasPrefix(string(p), string(item)+"/")
			})
			switch {
			case rests && (s.Outcome != knowledge.NoEvidence || !strings.Contains(s.Text, "đang được kiểm tra lại") || len(p.last.Record.Provisions) > 0):
				t.Errorf("%s is blocked, and %s says %q", item, id, s.Text)
			case !rests && s.Text != text:
				t.Errorf("%s is blocked, which %s does not cite, and it says %q", item, id, s.Text)
			case rests:
				back++
			default:
				kept++
			}
		}
		if back == 0 || kept == 0 {
			t.Errorf("%s: %d cards kept back, %d not", item, back, kept)
		}
	}
	p.bot.Block(nil)
	for id, text := range before {
		if s := p.show(t, id); s.Text != text {
			t.Errorf("after all, %s says %q", id, s.Text)
		}
	}
}

// TestWhatIsBlockedIsNotHandedOn: what is handed to an officer leaves out what was kept back.
func TestWhatIsBlockedIsNotHandedOn(t *testing.T) {
	p := apart(t)
	p.bot.Block(knowledge.Blocks{{Item: "nd-188-2025", Reason: "thử", Author: "thử"}})
	p.Say(t, "cận nghèo đóng bhyt bao nhiêu", day)
	m := p.last.Session.Matter
	if m == nil || m.Question == "" || m.Lead != "" || len(m.Sources) > 0 || !p.last.Record.Referral {
		t.Errorf("handed on: %+v", m)
	}
}

func TestBlocksOfAFileCannotBeFreedByCommand(t *testing.T) {
	p := apart(t)
	b := knowledge.Block{Item: "nd-188-2025", Reason: "thử", Author: "thử"}
	b.Pos.File = "blocks.yaml"
	p.bot.Block(knowledge.Blocks{b})
	if s := p.Command(t, "/mokhoa nd-188-2025", day); !strings.Contains(s.Text, "trong tệp blocks.yaml") {
		t.Errorf("says %q", s.Text)
	}
}
