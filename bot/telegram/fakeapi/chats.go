package fakeapi

import (
	"errors"
	"time"
)

func (s *Server) getChat(c *call) (any, error) {
	in, err := s.chatOf(c)
	if err != nil {
		return nil, err
	}
	return struct {
		Chat
		AccentColor  int             `json:"accent_color_id"`
		MaxReactions int             `json:"max_reaction_count"`
		Gifts        map[string]bool `json:"accepted_gift_types"`
	}{in.Chat, 0, 11, map[string]bool{"unlimited_gifts": false, "limited_gifts": false,
		"unique_gifts": false, "premium_subscription": false, "gifts_from_channels": false}}, nil
}

func (s *Server) user(id int64) User {
	if id == s.world.Bot.ID {
		return s.world.Bot
	}
	if a := s.world.Accounts[id]; a != nil {
		return a.User
	}
	return User{ID: id}
}

// inside finds a chat the bot may look into.
func (s *Server) inside(c *call) (*chat, error) {
	in, err := s.chatOf(c)
	if err == nil && in.Chat.Type != private && !in.has(s.world.Bot.ID) {
		err = s.mayWrite(in)
	}
	return in, err
}

func (s *Server) getChatMember(c *call) (any, error) {
	in, err := s.inside(c)
	if err != nil {
		return nil, err
	}
	id := c.num("user_id")
	if s.world.Accounts[id] == nil && id != s.world.Bot.ID {
		return nil, bad("user not found")
	}
	return Member{s.user(id), in.status(id)}, nil
}

func (s *Server) leaveChat(c *call) (any, error) {
	in, err := s.inside(c)
	if err != nil {
		return nil, err
	}
	if in.Chat.Type == private {
		return nil, bad("chat member status can't be changed in private chats")
	}
	s.move(in, s.world.Bot, s.world.Bot, "left")
	return true, nil
}

// move changes somebody's place in a chat: the service message, and the update for the bot, which
// hears of itself always and of others where it is an administrator. The caller holds s.mu.
func (s *Server) move(in *chat, who, by User, status string) {
	before, was := in.status(who.ID), in.has(who.ID)
	if before == status {
		return
	}
	in.Members[who.ID] = status
	change := &MemberChange{in.Chat, by, time.Now().Unix(), Member{who, before}, Member{who, status}}
	if who.ID == s.world.Bot.ID {
		s.push(&Update{MyChatMember: change})
	} else if in.isAdmin(s.world.Bot.ID) {
		s.push(&Update{ChatMember: change})
	}
	m := &Message{From: &by}
	switch {
	case in.Chat.Type == private || was == in.has(who.ID):
		s.touch()
		return
	case was:
		m.LeftChatMember = &who
	default:
		m.NewChatMembers = []User{who}
	}
	in.add(m, time.Now())
	s.deliver(in, m)
}

// deliver tells the bot of a message, if it gets to see it. The caller holds s.mu.
func (s *Server) deliver(in *chat, m *Message) {
	if s.sees(in, m) {
		s.push(&Update{Message: m})
	}
	s.touch()
}

// sees is Telegram's privacy mode: of a group's text the bot gets commands, replies to it and
// mentions of it; administrators and bots with the mode off get all.
func (s *Server) sees(in *chat, m *Message) bool {
	bot := s.world.Bot
	switch {
	case in.Chat.Type == private:
		return true
	case !in.has(bot.ID):
		return false
	case s.opt.NoPrivacy || in.isAdmin(bot.ID) || m.NewChatMembers != nil || m.LeftChatMember != nil || m.MigrateTo != 0:
		return true
	case m.ReplyTo != nil && m.ReplyTo.From.ID == bot.ID:
		return true
	}
	return addressed(m.Text, m.Entities, bot.Username)
}

// A Group is a group or supergroup, seen from outside: what its owner does with it.
type Group struct {
	s  *Server
	id int64
}

// Group returns the group of that id, negative as in Telegram, creating it where there is none. The
// bot is not in it until AddBot.
func (s *Server) Group(id int64, title string) *Group { return s.group(id, title, group) }

// Supergroup is Group for supergroups.
func (s *Server) Supergroup(id int64, title string) *Group { return s.group(id, title, supergroup) }

func (s *Server) group(id int64, title, kind string) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.world.Chats[id] == nil {
		s.world.Chats[id] = &chat{Chat: Chat{ID: id, Type: kind, Title: title}, Members: map[int64]string{}}
	}
	return &Group{s, id}
}

// ID is the group's chat id.
func (g *Group) ID() int64 { return g.id }

// AddBot makes the bot a member.
func (g *Group) AddBot(by *Phone) { g.moveBot(by, "member") }

// RemoveBot kicks the bot.
func (g *Group) RemoveBot(by *Phone) { g.moveBot(by, "kicked") }

// PromoteBot makes the bot an administrator, who sees all messages and hears of all members.
func (g *Group) PromoteBot(by *Phone) { g.moveBot(by, "administrator") }

func (g *Group) moveBot(by *Phone, status string) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.move(g.s.world.Chats[g.id], g.s.world.Bot, g.s.user(by.user), status)
}

// Remove takes a person out of the group.
func (g *Group) Remove(who, by *Phone) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.move(g.s.world.Chats[g.id], g.s.user(who.user), g.s.user(by.user), "kicked")
}

// Promote makes a member an administrator of the group.
func (g *Group) Promote(who, by *Phone) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.move(g.s.world.Chats[g.id], g.s.user(who.user), g.s.user(by.user), "administrator")
}

// MuteBot takes the bot's right to write, or gives it back.
func (g *Group) MuteBot(muted bool) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.world.Chats[g.id].Muted = muted
}

// AddTopic makes the supergroup a forum with that topic.
func (g *Group) AddTopic(thread int, name string) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	c := g.s.world.Chats[g.id]
	if c.Topics == nil {
		c.Topics = map[int]string{}
	}
	c.Topics[thread] = name
	c.Chat.IsForum = true
}

// Migrate turns the group into a supergroup under a new id. Members move along; messages to the old
// id are refused with migrate_to_chat_id.
func (g *Group) Migrate(id int64) *Group {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	old := g.s.world.Chats[g.id]
	fresh := &chat{Chat: old.Chat, Members: old.Members}
	fresh.Chat.ID, fresh.Chat.Type = id, supergroup
	g.s.world.Chats[id] = fresh
	anonymous := User{ID: 1087968824, IsBot: true, FirstName: "Group", Username: "GroupAnonymousBot"}
	told := &Message{From: &anonymous, MigrateTo: id}
	old.add(told, time.Now())
	g.s.deliver(old, told)
	told = &Message{From: &anonymous, MigrateFrom: g.id}
	fresh.add(told, time.Now())
	g.s.push(&Update{Message: told})
	old.MovedTo = id
	g.s.touch()
	return &Group{g.s, id}
}

// errNotMember is for people who act in a chat they are not in.
var errNotMember = errors.New("fakeapi: this person is not in the chat")
