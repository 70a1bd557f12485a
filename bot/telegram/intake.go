package telegram

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

// identity is the bot's own account, known from the start of Run.
type identity struct {
	id       int64
	username string
}

// An arrival is as much of an update as the door has to know. Unlike the library's own type it can
// be read whatever Telegram adds to the rest.
type arrival struct {
	ID            int64           `json:"update_id"`
	Message       *arrivedMessage `json:"message"`
	EditedMessage *arrivedMessage `json:"edited_message"`
	MyChatMember  *arrivedMessage `json:"my_chat_member"`
	CallbackQuery *struct {
		ID   string `json:"id"`
		From struct {
			ID int64 `json:"id"`
		} `json:"from"`
		Message *arrivedMessage `json:"message"`
	} `json:"callback_query"`
}

type arrivedMessage struct {
	Chat struct {
		ID   int64  `json:"id"`
		Type string `json:"type"`
	} `json:"chat"`
	Text     string          `json:"text"`
	Entities []arrivedEntity `json:"entities"`
	MovedTo  int64           `json:"migrate_to_chat_id"`
	ReplyTo  *struct {
		From struct {
			ID int64 `json:"id"`
		} `json:"from"`
	} `json:"reply_to_message"`
}

type arrivedEntity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
}

const private = "private"

// chat is the chat whose order the update belongs to; ok is false for what we have no use for,
// which is then not even stored.
func (u *arrival) chat(me identity) (chat int64, ok bool) {
	switch {
	case u.CallbackQuery != nil && u.CallbackQuery.Message != nil:
		return u.CallbackQuery.Message.Chat.ID, true
	case u.CallbackQuery != nil:
		return u.CallbackQuery.From.ID, true
	case u.MyChatMember != nil:
		return u.MyChatMember.Chat.ID, true
	case u.Message != nil:
		return u.Message.Chat.ID, u.Message.Chat.Type == private || u.Message.isFor(me)
	case u.EditedMessage != nil:
		return u.EditedMessage.Chat.ID, u.EditedMessage.Chat.Type == private
	}
	return 0, false
}

// isFor reports whether a message in a group speaks to the bot. All else that people say there is
// none of its business.
func (m *arrivedMessage) isFor(me identity) bool {
	if m.MovedTo != 0 || m.ReplyTo != nil && m.ReplyTo.From.ID == me.id {
		return true
	}
	return slices.ContainsFunc(m.Entities, func(e arrivedEntity) bool {
		text := within(m.Text, e.Offset, e.Length)
		_, name, named := strings.Cut(text, "@")
		switch e.Type {
		case "bot_command":
			return named && strings.EqualFold(name, me.username) || !named && e.Offset == 0
		case "mention":
			return strings.EqualFold(name, me.username)
		}
		return false
	})
}

// within is a part of a text, counted as Telegram counts: in UTF-16 units. What lies outside the
// text is left out.
func within(text string, offset, length int) string {
	u := utf16.Encode([]rune(text))
	from := min(max(offset, 0), len(u))
	return string(utf16.Decode(u[from:min(from+max(length, 0), len(u))]))
}

// door is what the intake remembers.
type door struct {
	seen recently[int64] // updates that were stored, by number
}

// sameUpdate is how long a repeat is turned away at the door. Later ones the inbox recognises.
const sameUpdate = 10 * time.Minute

// accept stores updates and sets the work on them going. After an error nothing is stored, and
// the same updates may be brought again.
func (a *Adapter) accept(ctx context.Context, raw []json.RawMessage) error {
	var fresh []Update
	var queries []string
	for _, body := range raw {
		var u arrival
		if err := json.Unmarshal(body, &u); err != nil || u.ID == 0 {
			a.lg.ErrorContext(ctx, "update cannot be read", "bytes", len(body))
			continue
		}
		chat, ok := u.chat(a.me)
		if !ok || a.door.seen.has(u.ID, sameUpdate) || slices.ContainsFunc(fresh, sameAs(u.ID)) {
			continue
		}
		fresh = append(fresh, Update{ID: u.ID, Chat: chat, Body: body})
		if u.CallbackQuery != nil {
			queries = append(queries, u.CallbackQuery.ID)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	if err := a.store.Accept(ctx, fresh); err != nil {
		return err
	}
	for _, u := range fresh {
		a.door.seen.again(u.ID, sameUpdate)
	}
	for _, query := range queries {
		a.presses.expect(query)
	}
	a.jobs.note(fresh)
	return nil
}

func sameAs(id int64) func(Update) bool { return func(u Update) bool { return u.ID == id } }
