package fakeapi

import (
	"reflect"
	"slices"
	"time"
)

// deletable is how long after sending Telegram lets a message be deleted.
const deletable = 48 * time.Hour

// editable finds the message of the bot that a call wants to change.
func (s *Server) editable(c *call) (*chat, *Message, error) {
	if c.params["inline_message_id"] != "" {
		return nil, nil, bad("fakeapi: inline messages are not simulated")
	}
	in, err := s.chatOf(c)
	if err != nil {
		return nil, nil, err
	}
	if c.num("message_id") <= 0 {
		return nil, nil, bad("message identifier is not specified")
	}
	if err := s.mayWrite(in); err != nil {
		return nil, nil, err
	}
	m := in.message(int(c.num("message_id")))
	switch {
	case m == nil:
		return nil, nil, bad("message to edit not found")
	case m.From.ID != s.world.Bot.ID || m.ForwardOrigin != nil:
		return nil, nil, bad("message can't be edited")
	}
	return in, m, nil
}

// edit puts the changed message in the place of the old one, unless nothing has changed.
func (s *Server) edit(c *call, in *chat, old, changed *Message) (any, error) {
	k, err := c.markup(in)
	if err != nil {
		return nil, err
	}
	changed.ReplyMarkup = k.inline
	if reflect.DeepEqual(old, changed) {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly " +
			"the same as a current content and reply markup of the message")
	}
	changed.EditDate = time.Now().Unix()
	in.replace(changed)
	s.touch()
	return changed, nil
}

func (s *Server) editMessageText(c *call) (any, error) {
	in, old, err := s.editable(c)
	if err != nil {
		return nil, err
	}
	if old.Text == "" {
		return nil, bad("there is no text in the message to edit")
	}
	m := *old
	if m.Text, m.Entities, err = c.messageText(); err != nil {
		return nil, err
	}
	return s.edit(c, in, old, &m)
}

func (s *Server) editMessageCaption(c *call) (any, error) {
	in, old, err := s.editable(c)
	if err != nil {
		return nil, err
	}
	if old.file() == nil {
		return nil, bad("there is no caption in the message to edit")
	}
	m := *old
	if m.Caption, m.CaptionEntities, err = c.messageCaption(); err != nil {
		return nil, err
	}
	return s.edit(c, in, old, &m)
}

func (s *Server) editMessageReplyMarkup(c *call) (any, error) {
	in, old, err := s.editable(c)
	if err != nil {
		return nil, err
	}
	m := *old
	return s.edit(c, in, old, &m)
}

func (s *Server) deleteMessage(c *call) (any, error) {
	in, err := s.chatOf(c)
	if err != nil {
		return nil, err
	}
	if err := s.delete(in, int(c.num("message_id"))); err != nil {
		return nil, err
	}
	s.touch()
	return true, nil
}

func (s *Server) delete(in *chat, id int) error {
	m := in.message(id)
	switch {
	case m == nil:
		return bad("message to delete not found")
	case time.Since(time.Unix(m.Date, 0)) > deletable:
		return bad("message can't be deleted for everyone")
	case in.Chat.Type != private && m.From.ID != s.world.Bot.ID && !in.isAdmin(s.world.Bot.ID):
		return bad("message can't be deleted")
	}
	in.remove(id)
	return nil
}

// deleteMessages skips messages that are not there, as Telegram does.
func (s *Server) deleteMessages(c *call) (any, error) {
	in, err := s.chatOf(c)
	if err != nil {
		return nil, err
	}
	var ids []int
	if err := c.decode("message_ids", &ids); err != nil {
		return nil, err
	}
	if len(ids) == 0 || len(ids) > 100 {
		return nil, bad("message identifiers are not specified")
	}
	for _, id := range slices.Compact(ids) {
		if in.message(id) == nil {
			continue
		}
		if err := s.delete(in, id); err != nil {
			return nil, err
		}
	}
	s.touch()
	return true, nil
}
