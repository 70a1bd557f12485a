package telegram

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tgmodels "github.com/go-telegram/bot/models"

	"policybot/bot"
	"policybot/bot/referral"
)

// A kind says what an update asks of the adapter.
type kind int

const (
	nothing kind = iota // to be forgotten
	spoken              // for the conversation
	unusual             // a press that carries no button of ours
	stopped             // the bot was blocked, or removed from a group
	welcome             // the bot was unblocked, or added to a group
	renamed             // the group has a new id
)

// An event is an update, translated.
type event struct {
	kind  kind
	place place
	by    bot.ChatID // who did it; empty: not told
	in    bot.Inbound
	query string // of the press; empty: no press
	to    int64  // renamed: the new id
}

// A place is where an answer goes.
type place struct {
	chat   int64
	group  bool
	thread int // topic of a forum; 0: none
}

// translate says what an update means.
func (a *Adapter) translate(u Update) (event, error) {
	var full tgmodels.Update
	if err := json.Unmarshal(u.Body, &full); err != nil {
		return a.translateCoarsely(u)
	}
	switch {
	case full.CallbackQuery != nil:
		return a.pressed(u, full.CallbackQuery), nil
	case full.MyChatMember != nil:
		return a.membership(full.MyChatMember), nil
	case full.EditedMessage != nil:
		return a.edited(u, full.EditedMessage), nil
	case full.Message != nil:
		return a.written(u, full.Message), nil
	}
	return event{}, nil
}

// translateCoarsely is for updates with something in them that the library does not know: a newer
// Bot API. The person still gets an answer.
func (a *Adapter) translateCoarsely(u Update) (event, error) {
	var light arrival
	if err := json.Unmarshal(u.Body, &light); err != nil {
		return event{}, fmt.Errorf("read update %d: %w", u.ID, err)
	}
	switch {
	case light.CallbackQuery != nil:
		return event{kind: unusual, place: place{chat: u.Chat}, query: light.CallbackQuery.ID}, nil
	case light.Message == nil:
		return event{}, nil
	}
	e := a.spoken(u, place{chat: u.Chat, group: light.Message.Chat.Type != private}, nil, time.Time{})
	if e.in.Text = light.Message.Text; e.in.Text == "" {
		e.in.Sent = bot.Unusable
	}
	return e, nil
}

// spoken is an event for the conversation, yet without its content.
func (a *Adapter) spoken(u Update, at place, by *tgmodels.User, sent time.Time) event {
	e := event{kind: spoken, place: at, by: a.person(by), in: bot.Inbound{
		Key:   "tg:" + strconv.FormatInt(u.ID, 10),
		Chat:  a.keys.chatID(at.chat),
		Day:   a.day(sent),
		Admin: a.admin(at.chat),
	}}
	if e.in.Person = e.by; at.group && e.in.Person == "" {
		e.in.Person = nobody
	}
	return e
}

// nobody acts in a group where Telegram does not say who does: as the group itself, or a channel.
const nobody bot.ChatID = "nobody"

// person is the pseudonym of somebody's private chat, which has the person's own id; empty: Telegram
// does not say who it is.
func (a *Adapter) person(u *tgmodels.User) bot.ChatID {
	if u == nil {
		return ""
	}
	return a.keys.chatID(u.ID)
}

// admin names the administrator whose private chat it is, which has the person's own id; empty: it is
// of no administrator.
func (a *Adapter) admin(chat int64) string {
	if !slices.Contains(a.cfg.Admins, chat) {
		return ""
	}
	return strconv.FormatInt(chat, 10)
}

func (a *Adapter) written(u Update, m *tgmodels.Message) event {
	at := placeOf(&m.Chat, m)
	switch {
	case m.MigrateToChatID != 0:
		return event{kind: renamed, place: at, to: m.MigrateToChatID}
	case m.From != nil && m.From.IsBot:
		return event{}
	}
	e := a.spoken(u, at, m.From, time.Unix(int64(m.Date), 0))
	if m.Text != "" {
		e.in.Text = a.command(m.Text, m.Entities)
		return e
	}
	if e.in.Sent = sentInstead(m); e.in.Sent == "" {
		return event{}
	}
	if c := m.Contact; c != nil && m.From != nil && c.UserID == m.From.ID {
		e.in.Contact = c.PhoneNumber
	}
	e.in.Media = mediaOf(m)
	return e
}

// mediaOf is what can be passed on of a message; nil: nothing.
func mediaOf(m *tgmodels.Message) *bot.Media {
	found := &bot.Media{Caption: m.Caption}
	switch {
	case len(m.Photo) > 0:
		found.Kind, found.File = mediaPhoto, m.Photo[len(m.Photo)-1].FileID // the last is the largest
	case m.Voice != nil:
		found.Kind, found.File = mediaVoice, m.Voice.FileID
	case m.Animation != nil: // comes as a document too, for older apps
		return nil
	case m.Document != nil:
		found.Kind, found.File = mediaDocument, m.Document.FileID
	case m.Audio != nil:
		found.Kind, found.File = mediaAudio, m.Audio.FileID
	case m.Video != nil:
		found.Kind, found.File = mediaVideo, m.Video.FileID
	default:
		return nil
	}
	return found
}

func placeOf(c *tgmodels.Chat, m *tgmodels.Message) place {
	at := place{chat: c.ID, group: c.Type != private}
	if m != nil && (m.IsTopicMessage || c.IsForum) { // elsewhere a thread is only a chain of replies
		at.thread = m.MessageThreadID
	}
	return at
}

// edited is a change of an earlier message. A shared live location changes every few seconds.
func (a *Adapter) edited(u Update, m *tgmodels.Message) event {
	if m.Location != nil {
		return event{}
	}
	e := a.spoken(u, placeOf(&m.Chat, m), m.From, time.Unix(int64(m.EditDate), 0))
	e.in.Sent = bot.Edited
	return e
}

// sentInstead names what is sent instead of a text; empty for what Telegram itself writes into a
// chat, such as a pinned message.
func sentInstead(m *tgmodels.Message) bot.Other {
	switch {
	case m.Voice != nil:
		return bot.Voice
	case len(m.Photo) > 0:
		return bot.Photo
	case m.Document != nil, m.Audio != nil, m.Video != nil, m.VideoNote != nil, m.Animation != nil:
		return bot.File
	case m.Sticker != nil, m.Dice != nil:
		return bot.Sticker
	case m.Contact != nil:
		return bot.Contact
	case m.Location != nil, m.Venue != nil:
		return bot.Location
	case m.Poll != nil, m.Story != nil, m.Game != nil, m.Checklist != nil, m.PaidMedia != nil:
		return bot.Unusable
	}
	return ""
}

// command takes the bot's name out of a command at the start of a text: /help@OurBot is /help.
// A deep link comes as "/start" and its argument.
func (a *Adapter) command(text string, entities []tgmodels.MessageEntity) string {
	for _, e := range entities {
		if e.Type != tgmodels.MessageEntityTypeBotCommand || e.Offset != 0 {
			continue
		}
		typed := within(text, 0, e.Length)
		name, of, named := strings.Cut(typed, "@")
		if named && strings.EqualFold(of, a.me.username) {
			return name + strings.TrimPrefix(text, typed)
		}
	}
	return text
}

// pressed is a press of a button. The message may be out of Telegram's reach; its chat is known.
func (a *Adapter) pressed(u Update, q *tgmodels.CallbackQuery) event {
	at := place{chat: q.From.ID}
	switch {
	case q.Message.Message != nil:
		at = placeOf(&q.Message.Message.Chat, q.Message.Message)
	case q.Message.InaccessibleMessage != nil:
		at = placeOf(&q.Message.InaccessibleMessage.Chat, nil)
	}
	e := a.spoken(u, at, &q.From, time.Time{})
	e.query = q.ID
	if c, ok := a.keys.openCase(at.chat, q.Data); ok {
		e.in.Tap = &bot.Tap{Action: &bot.Action{Verb: bot.Verb(c.verb), Case: referral.CodeOf(c.code), Version: c.version}}
	} else if b, ok := a.keys.open(at.chat, q.Data); ok {
		e.in.Tap = &bot.Tap{Screen: b.screen, Button: b.index, Version: b.version}
	} else {
		e.kind = unusual
	}
	return e
}

// membership is a change of the bot's own place in a chat.
func (a *Adapter) membership(m *tgmodels.ChatMemberUpdated) event {
	e := event{kind: welcome, place: placeOf(&m.Chat, nil), by: a.person(&m.From)}
	switch {
	case m.NewChatMember.Type == tgmodels.ChatMemberTypeLeft, m.NewChatMember.Type == tgmodels.ChatMemberTypeBanned,
		m.NewChatMember.Restricted != nil && !m.NewChatMember.Restricted.IsMember:
		e.kind = stopped
	}
	return e
}
