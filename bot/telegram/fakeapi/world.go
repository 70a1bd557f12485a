package fakeapi

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kinds of chats, as Telegram names them.
const (
	private    = "private"
	group      = "group"
	supergroup = "supergroup"
)

// A world is everything that outlives a restart of Telegram: see [Server.Save].
type world struct {
	Bot      User
	Accounts map[int64]*account
	Chats    map[int64]*chat
	Files    map[string]*stored // by file_id
	NextFile int
	Queue    queue
	Queries  []*query // oldest first
	NextQ    int
	Menu     menu
}

func newWorld() world {
	return world{
		Accounts: map[int64]*account{},
		Chats:    map[int64]*chat{},
		Files:    map[string]*stored{},
	}
}

func completeBot(u User, token string) User {
	id, _, _ := strings.Cut(token, ":")
	n, _ := strconv.ParseInt(id, 10, 64)
	u.ID = cmp.Or(u.ID, n, 7000000001)
	u.IsBot = true
	u.FirstName = cmp.Or(u.FirstName, "Bot")
	u.Username = cmp.Or(u.Username, "fake_bot")
	return u
}

// An account is a person on Telegram.
type account struct {
	User    User
	Number  string // telephone
	Started bool   // has written to the bot, which may write to nobody else
	Blocked bool   // has blocked the bot
	Gone    bool   // has deleted the account
}

// A chat is a conversation with its history. Messages are never changed in place: an edit puts a
// changed copy in their place, so what was handed out stays what it was.
type chat struct {
	Chat      Chat
	Messages  []*Message // ascending by ID
	Last      int        // the highest message ID ever given
	Members   map[int64]string
	MovedTo   int64          // the supergroup this group became
	Topics    map[int]string // of a forum
	Muted     bool           // the bot may not write here
	Keyboards map[int64]*ReplyKeyboard
	Action    string
	ActionEnd time.Time
	Menu      string // the menu button's type; empty: as in all chats
}

// status is somebody's place in the chat.
func (c *chat) status(user int64) string { return cmp.Or(c.Members[user], "left") }

func (c *chat) has(user int64) bool {
	return slices.Contains([]string{"creator", "administrator", "member", "restricted"}, c.status(user))
}

func (c *chat) isAdmin(user int64) bool {
	return c.status(user) == "administrator" || c.status(user) == "creator"
}

// find returns the place of a message in the history.
func (c *chat) find(id int) (int, bool) {
	return slices.BinarySearchFunc(c.Messages, id, func(m *Message, id int) int { return m.ID - id })
}

// message returns a message that is still there, or nil.
func (c *chat) message(id int) *Message {
	if i, ok := c.find(id); ok {
		return c.Messages[i]
	}
	return nil
}

// add gives the message its number and puts it at the end of the history.
func (c *chat) add(m *Message, now time.Time) {
	c.Last++
	m.ID, m.Chat, m.Date = c.Last, c.Chat, now.Unix()
	c.Messages = append(c.Messages, m)
}

// replace puts a changed copy in the place of a message.
func (c *chat) replace(m *Message) {
	if i, ok := c.find(m.ID); ok {
		c.Messages[i] = m
	}
}

func (c *chat) remove(id int) {
	if i, ok := c.find(id); ok {
		c.Messages = slices.Delete(c.Messages, i, i+1)
	}
}

// chatOf finds the chat a call names, be the bot able to write there or not.
func (s *Server) chatOf(c *call) (*chat, error) {
	ref := c.params["chat_id"]
	if ref == "" {
		return nil, bad("chat_id is empty")
	}
	id, err := strconv.ParseInt(ref, 10, 64)
	if err == nil {
		if found := s.world.Chats[id]; found != nil {
			return found, nil
		}
	}
	if name, ok := strings.CutPrefix(ref, "@"); ok {
		for _, found := range s.world.Chats {
			if found.Chat.Username == name && found.Chat.Type == supergroup {
				return found, nil
			}
		}
	}
	return nil, bad("chat not found")
}

// writable finds the chat a call wants to write to, or says why it may not.
func (s *Server) writable(c *call) (*chat, error) {
	to, err := s.chatOf(c)
	if err != nil {
		return nil, err
	}
	if err := s.mayWrite(to); err != nil {
		return nil, err
	}
	if thread := int(c.num("message_thread_id")); thread != 0 && to.Topics[thread] == "" {
		return nil, bad("message thread not found")
	}
	return to, nil
}

func (s *Server) mayWrite(to *chat) error {
	if to.Chat.Type == private {
		a := s.world.Accounts[to.Chat.ID]
		switch {
		case a.Gone:
			return forbidden("user is deactivated")
		case a.Blocked:
			return forbidden("bot was blocked by the user")
		case !a.Started:
			return forbidden("bot can't initiate conversation with a user")
		}
		return nil
	}
	if to.MovedTo != 0 {
		return &apiError{Code: 400, MigrateTo: to.MovedTo,
			Description: "Bad Request: group chat was upgraded to a supergroup chat"}
	}
	switch to.status(s.world.Bot.ID) {
	case "kicked":
		return forbidden(fmt.Sprintf("bot was kicked from the %s chat", to.Chat.Type))
	case "left":
		return forbidden(fmt.Sprintf("bot is not a member of the %s chat", to.Chat.Type))
	}
	if to.Muted {
		return bad("not enough rights to send text messages to the chat")
	}
	return nil
}
