package fakeapi

import (
	"cmp"
	"time"
)

// A View is the open chat as the person sees it now.
type View struct {
	Chat     Chat           `json:"chat"`
	Messages []Message      `json:"messages"`
	Keyboard *ReplyKeyboard `json:"keyboard,omitempty"`
	Action   string         `json:"action,omitempty"` // what the bot is doing, "typing" for instance
	Commands []Command      `json:"commands,omitempty"`
	Menu     string         `json:"menu,omitempty"` // the menu button's type; empty: none was set
	Blocked  bool           `json:"blocked,omitempty"`
}

// View returns the open chat; in a topic, only its messages.
func (p *Phone) View() View {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	in := p.s.world.Chats[p.chat]
	v := View{
		Chat:     in.Chat,
		Messages: []Message{},
		Keyboard: in.Keyboards[p.user],
		Commands: p.s.commandsFor(in, p.s.user(p.user)),
		Menu:     cmp.Or(in.Menu, p.s.world.Menu.Button),
		Blocked:  in.Chat.Type == private && p.s.world.Accounts[p.user].Blocked,
	}
	if time.Now().Before(in.ActionEnd) {
		v.Action = in.Action
	}
	for _, m := range in.Messages {
		if p.thread == 0 || m.Thread == p.thread {
			v.Messages = append(v.Messages, *m)
		}
	}
	return v
}

// Messages returns the messages of the open chat, oldest first, as they are now: edited, and
// without the deleted ones.
func (p *Phone) Messages() []Message { return p.View().Messages }

// Last returns the newest message; the zero Message when there is none.
func (p *Phone) Last() Message {
	if all := p.Messages(); len(all) > 0 {
		return all[len(all)-1]
	}
	return Message{}
}
