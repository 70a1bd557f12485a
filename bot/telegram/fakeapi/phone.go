package fakeapi

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Phone is a person with one chat open: the private chat with the bot, or after [Phone.In] a
// group. What the methods refuse, Telegram's own app would not offer either.
type Phone struct {
	s      *Server
	user   int64
	chat   int64
	thread int
}

// Phone returns the phone of a person, in the private chat with the bot, creating the account where
// there is none. Until the person writes, the bot may not write to them.
func (s *Server) Phone(u User) *Phone {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.world.Accounts[u.ID] == nil {
		u.FirstName = cmp.Or(u.FirstName, fmt.Sprintf("Người %d", u.ID))
		u.LanguageCode = cmp.Or(u.LanguageCode, "vi")
		s.world.Accounts[u.ID] = &account{User: u, Number: fmt.Sprintf("84%09d", u.ID%1_000_000_000)}
		s.world.Chats[u.ID] = &chat{
			Chat:    Chat{ID: u.ID, Type: private, FirstName: u.FirstName, LastName: u.LastName, Username: u.Username},
			Members: map[int64]string{u.ID: "member", s.world.Bot.ID: "member"},
		}
	}
	return &Phone{s: s, user: u.ID, chat: u.ID}
}

// In is the same phone with a group open; a person who is not in the group joins it.
func (p *Phone) In(g *Group) *Phone {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	in := p.s.world.Chats[g.id]
	if !in.has(p.user) {
		p.s.move(in, p.s.user(p.user), p.s.user(p.user), "member")
	}
	return &Phone{s: p.s, user: p.user, chat: g.id}
}

// Topic is the same phone with one topic of a forum open.
func (p *Phone) Topic(thread int) *Phone {
	return &Phone{s: p.s, user: p.user, chat: p.chat, thread: thread}
}

// Chat is the id of the open chat.
func (p *Phone) Chat() int64 { return p.chat }

// write puts a message of the person into the open chat.
func (p *Phone) write(m *Message) (Message, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.writeLocked(m)
}

func (p *Phone) writeLocked(m *Message) (Message, error) {
	in, a := p.s.world.Chats[p.chat], p.s.world.Accounts[p.user]
	switch {
	case a.Blocked && in.Chat.Type == private:
		return Message{}, errors.New("fakeapi: this person has blocked the bot")
	case !in.has(p.user) || in.MovedTo != 0:
		return Message{}, errNotMember
	}
	if in.Chat.Type == private {
		a.Started = true
	}
	from := a.User
	m.From, m.Thread = &from, p.thread
	in.add(m, time.Now())
	p.s.deliver(in, m)
	return *m, nil
}

// Send writes a text. As the app does, it cuts a long one into several messages; the last one is
// returned.
func (p *Phone) Send(text string) (Message, error) { return p.send(text, 0) }

// Reply writes a text as a reply to a message of the chat.
func (p *Phone) Reply(to int, text string) (Message, error) { return p.send(text, to) }

func (p *Phone) send(text string, replyTo int) (Message, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	text, _ = trim(clean(text), nil)
	if text == "" {
		return Message{}, errors.New("fakeapi: the app sends no empty text")
	}
	var last Message
	for text != "" {
		n := cut(text, maxText)
		m := &Message{Text: text[:n], Entities: found(text[:n])}
		if replyTo != 0 {
			m.ReplyTo = quoted(p.s.world.Chats[p.chat].message(replyTo))
		}
		var err error
		if last, err = p.writeLocked(m); err != nil {
			return last, err
		}
		text = text[n:]
	}
	return last, nil
}

// cut returns the number of bytes of the longest head of s of at most limit UTF-16 units.
func cut(s string, limit int) int {
	for i, r := range s {
		if limit -= units(r); limit < 0 {
			return i
		}
	}
	return len(s)
}

// Start opens the bot by a deep link with that payload; empty: by the start button.
func (p *Phone) Start(payload string) (Message, error) {
	return p.Send(strings.TrimSpace("/start " + payload))
}

// Edit changes a text the person wrote.
func (p *Phone) Edit(id int, text string) error {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	in := p.s.world.Chats[p.chat]
	old := in.message(id)
	if old == nil || old.From.ID != p.user || old.Text == "" {
		return fmt.Errorf("fakeapi: message %d is no text of this person", id)
	}
	m := *old
	m.Text, m.Entities, m.EditDate = text, found(text), time.Now().Unix()
	in.replace(&m)
	if p.s.sees(in, &m) {
		p.s.push(&Update{EditedMessage: &m})
	}
	p.s.touch()
	return nil
}

// Press presses the newest button with that label, of a message or of the keyboard. For a message's
// button the query's id is returned, see [Phone.Answer]; a keyboard's button sends its text, or the
// person's own contact.
func (p *Phone) Press(label string) (query string, err error) {
	for _, m := range slices.Backward(p.Messages()) {
		if m.button(label) != nil {
			return p.PressOn(m.ID, label)
		}
	}
	v := p.View()
	if v.Keyboard == nil {
		return "", fmt.Errorf("fakeapi: no button %q on this phone", label)
	}
	for _, row := range v.Keyboard.Rows {
		for _, b := range row {
			if b.Text == label {
				return "", p.key(b)
			}
		}
	}
	return "", fmt.Errorf("fakeapi: no button %q on this phone", label)
}

// key presses a button of the reply keyboard.
func (p *Phone) key(b KeyButton) error {
	var err error
	switch {
	case b.RequestContact:
		p.s.mu.Lock()
		number := p.s.world.Accounts[p.user].Number
		p.s.mu.Unlock()
		_, err = p.ShareContact(number)
	case b.RequestLocation:
		_, err = p.SendLocation(Location{10.0341, 105.7788})
	default:
		_, err = p.Send(b.Text)
	}
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if in := p.s.world.Chats[p.chat]; in.Keyboards[p.user] != nil && in.Keyboards[p.user].OneTime {
		delete(in.Keyboards, p.user)
	}
	return err
}

// PressOn presses the button with that label under that message.
func (p *Phone) PressOn(id int, label string) (query string, err error) {
	p.s.mu.Lock()
	m := p.s.world.Chats[p.chat].message(id)
	p.s.mu.Unlock()
	if m == nil || m.button(label) == nil {
		return "", fmt.Errorf("fakeapi: message %d has no button %q", id, label)
	}
	b := m.button(label)
	if b.CallbackData == "" {
		return "", fmt.Errorf("fakeapi: button %q opens %s and tells the bot nothing", label, b.URL)
	}
	return p.PressData(id, b.CallbackData)
}

// PressData presses a button under that message that carries the data, even if the message has none
// such: a press that was under way while the bot edited, or a forged one.
func (p *Phone) PressData(id int, data string) (query string, err error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	in := p.s.world.Chats[p.chat]
	m := in.message(id)
	switch {
	case m == nil:
		return "", fmt.Errorf("fakeapi: no message %d", id)
	case !in.has(p.user):
		return "", errNotMember
	}
	return p.s.press(p.s.user(p.user), in, m, data).ID, nil
}

// button finds a button of the message by its label, or nil.
func (m *Message) button(label string) *Button {
	if m.ReplyMarkup == nil {
		return nil
	}
	for _, row := range m.ReplyMarkup.Rows {
		for i := range row {
			if row[i].Text == label {
				return &row[i]
			}
		}
	}
	return nil
}

// Answer is what came of a press; nil while the bot has not answered.
func (p *Phone) Answer(query string) *Answer {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if q := p.s.query(query); q != nil && q.From.ID == p.user {
		return q.Answer
	}
	return nil
}

// ShareContact shares the person's own telephone number.
func (p *Phone) ShareContact(number string) (Message, error) {
	p.s.mu.Lock()
	u := p.s.user(p.user)
	p.s.mu.Unlock()
	return p.SendContact(Contact{PhoneNumber: number, FirstName: u.FirstName, UserID: u.ID})
}

// SendContact sends any contact: UserID says whose it is.
func (p *Phone) SendContact(c Contact) (Message, error) { return p.write(&Message{Contact: &c}) }

// SendLocation sends a place.
func (p *Phone) SendLocation(at Location) (Message, error) { return p.write(&Message{Location: &at}) }

// SendFile sends a file of a kind: photo, document, voice, audio, video, animation, video_note or
// sticker.
func (p *Phone) SendFile(kind, name string, data []byte, caption string) (Message, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if methods["send"+camel(kind)] == nil || kind == "" {
		return Message{}, fmt.Errorf("fakeapi: no kind of file %q", kind)
	}
	m := &Message{Caption: caption, CaptionEntities: found(caption)}
	m.attach(p.s, p.s.store(kind, name, data))
	return p.writeLocked(m)
}

func camel(kind string) string {
	var out strings.Builder
	for part := range strings.SplitSeq(kind, "_") {
		if part != "" {
			out.WriteString(title(part))
		}
	}
	return out.String()
}

// Block blocks the bot, Unblock lets it write again; the bot is told of both.
func (p *Phone) Block() { p.block(true) }

// Unblock takes Block back.
func (p *Phone) Unblock() { p.block(false) }

func (p *Phone) block(blocked bool) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	a := p.s.world.Accounts[p.user]
	a.Blocked = blocked
	status := map[bool]string{true: "kicked", false: "member"}[blocked]
	p.s.move(p.s.world.Chats[p.user], p.s.world.Bot, a.User, status)
}

// Leave takes the person out of the open group.
func (p *Phone) Leave() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if in := p.s.world.Chats[p.chat]; in.Chat.Type != private {
		p.s.move(in, p.s.user(p.user), p.s.user(p.user), "left")
	}
}

// DeleteAccount ends the person's account; the bot is not told.
func (p *Phone) DeleteAccount() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.s.world.Accounts[p.user].Gone = true
}
