package bot_test

import (
	"context"
	"log/slog"
	"os"
	"sync"
	"testing"

	"policybot/bot"
	"policybot/bot/answer"
	"policybot/bot/bottest"
	"policybot/index"
	"policybot/knowledge"
	"policybot/knowledge/content"
)

// theBot is the bot on the embedded content, built once for all dialogues; sessions are apart by
// chat.
var theBot = sync.OnceValues(func() (*talk, error) {
	l, err := knowledge.Load(content.FS)
	if err != nil {
		return nil, err
	}
	a, err := answer.New(context.Background(), l, index.Build)
	if err != nil {
		return nil, err
	}
	memory := bot.NewMemory()
	return &talk{bot: bot.New(slog.New(slog.DiscardHandler), l, a, memory), memory: memory, library: l, answers: a}, nil
})

func TestDialogues(t *testing.T) {
	shared, err := theBot()
	if err != nil {
		t.Fatal(err)
	}
	bottest.Run(t, os.DirFS("testdata/dialogues"), "*.txtar", func(t *testing.T) bottest.Player {
		return &talk{bot: shared.bot, memory: shared.memory, chat: bot.ChatID(t.Name())}
	})
}

// talk is one conversation with the bot itself.
type talk struct {
	bot     *bot.Bot
	memory  *bot.Memory
	library *knowledge.Library
	answers *answer.Answerer
	chat    bot.ChatID
	last    bot.Turn
}

func (p *talk) Say(t *testing.T, text string, on knowledge.Date) bottest.Screen {
	return p.handle(t, bot.Inbound{Chat: p.chat, Day: on, Text: text})
}

// Command implements [bottest.Admin]. The person's own screen stays as it is.
func (p *talk) Command(t *testing.T, text string, on knowledge.Date) bottest.Screen {
	admin := *p
	return admin.handle(t, bot.Inbound{Chat: "admin of " + p.chat, Admin: "1001", Day: on, Text: text})
}

func (p *talk) Press(t *testing.T, label string, on knowledge.Date) bottest.Screen {
	for _, r := range p.last.Replies {
		for i, b := range r.Buttons {
			if b.Label == label {
				return p.handle(t, bot.Inbound{Chat: p.chat, Day: on, Tap: &bot.Tap{Screen: r.Screen, Button: i}})
			}
		}
	}
	t.Fatalf("there is no button %q", label)
	return bottest.Screen{}
}

func (p *talk) handle(t *testing.T, in bot.Inbound) bottest.Screen {
	turn, err := p.bot.Handle(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	p.memory.Commit(turn)
	p.last = turn
	s := bottest.Screen{Outcome: turn.Record.Outcome, Sources: append([]string{}, turn.Record.Sources...), Stored: turn.Record.Question}
	for _, r := range turn.Replies {
		s.Text += r.Plain() + "\n"
		for _, b := range r.Buttons {
			s.Buttons = append(s.Buttons, b.Label)
		}
	}
	return s
}
