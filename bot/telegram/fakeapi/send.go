package fakeapi

import (
	"slices"
	"time"
)

func (s *Server) getMe(*call) (any, error) {
	return struct {
		User
		CanJoinGroups bool `json:"can_join_groups"`
		ReadsGroups   bool `json:"can_read_all_group_messages"`
		Inline        bool `json:"supports_inline_queries"`
	}{s.world.Bot, true, s.opt.NoPrivacy, false}, nil
}

func (s *Server) sendMessage(c *call) (any, error) {
	to, err := s.writable(c)
	if err != nil {
		return nil, err
	}
	m := &Message{}
	if m.Text, m.Entities, err = c.messageText(); err != nil {
		return nil, err
	}
	return s.send(c, to, m)
}

// messageText is the text parameter of a message, neither empty nor too long.
func (c *call) messageText() (string, []Entity, error) {
	if c.params["text"] == "" {
		return "", nil, bad("message text is empty")
	}
	text, ents, err := c.formatted("text", "entities")
	switch {
	case err != nil:
		return "", nil, err
	case text == "":
		return "", nil, bad("text must be non-empty")
	case length(text) > maxText:
		return "", nil, bad("message is too long")
	}
	return text, ents, nil
}

// messageCaption is the caption parameter, which may be empty.
func (c *call) messageCaption() (string, []Entity, error) {
	text, ents, err := c.formatted("caption", "caption_entities")
	if err == nil && length(text) > maxCaption {
		err = bad("message caption is too long")
	}
	return text, ents, err
}

// send finishes every message of the bot: keyboard, reply, rate, and into the chat it goes.
func (s *Server) send(c *call, to *chat, m *Message) (any, error) {
	k, err := c.markup(to)
	if err != nil {
		return nil, err
	}
	if err := c.replyTo(to, m); err != nil {
		return nil, err
	}
	now := time.Now()
	if err := s.sent.allow(s.limits, to, now); err != nil {
		return nil, err
	}
	bot := s.world.Bot
	m.From = &bot
	m.ReplyMarkup = k.inline
	m.ProtectContent = c.flag("protect_content")
	m.Thread = int(c.num("message_thread_id"))
	to.add(m, now)
	to.Action = ""
	k.show(to, m)
	s.touch()
	return m, nil
}

// replyTo resolves reply_parameters within the chat.
func (c *call) replyTo(to *chat, m *Message) error {
	var reply struct {
		ID      int  `json:"message_id"`
		Lenient bool `json:"allow_sending_without_reply"`
	}
	if err := c.decode("reply_parameters", &reply); err != nil || reply.ID == 0 {
		return err
	}
	old := to.message(reply.ID)
	if old == nil && !reply.Lenient {
		return bad("message to be replied not found")
	}
	m.ReplyTo = quoted(old)
	return nil
}

// quoted is a message as it appears inside a reply: without its own quotation.
func quoted(m *Message) *Message {
	if m == nil || m.ReplyTo == nil {
		return m
	}
	q := *m
	q.ReplyTo = nil
	return &q
}

// actionLife is how long a chat action is shown, in the absence of a message.
const actionLife = 5 * time.Second

func (s *Server) sendChatAction(c *call) (any, error) {
	to, err := s.writable(c)
	if err != nil {
		return nil, err
	}
	known := []string{"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
		"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"}
	if !slices.Contains(known, c.params["action"]) {
		return nil, bad("wrong parameter action in request")
	}
	to.Action, to.ActionEnd = c.params["action"], time.Now().Add(actionLife)
	s.touch()
	return true, nil
}

// source finds the message that is to be forwarded or copied.
func (s *Server) source(c *call, verb string) (*Message, error) {
	from, err := s.chatOf(&call{params: map[string]string{"chat_id": c.params["from_chat_id"]}})
	if err != nil {
		return nil, err
	}
	m := from.message(int(c.num("message_id")))
	switch {
	case m == nil:
		return nil, bad("message to %s not found", verb)
	case m.ProtectContent || m.NewChatMembers != nil || m.LeftChatMember != nil || m.MigrateTo != 0:
		return nil, bad("message can't be %s", map[string]string{"forward": "forwarded", "copy": "copied"}[verb])
	}
	return m, nil
}

// content is what a forward or a copy takes along.
func (m *Message) content() *Message {
	c := *m
	c.Thread, c.EditDate, c.ReplyTo, c.ReplyMarkup, c.ForwardOrigin = 0, 0, nil, nil, nil
	return &c
}

func (s *Server) forwardMessage(c *call) (any, error) {
	to, err := s.writable(c)
	if err != nil {
		return nil, err
	}
	m, err := s.source(c, "forward")
	if err != nil {
		return nil, err
	}
	out := m.content()
	out.ForwardOrigin = &Origin{Type: "user", Date: m.Date, SenderUser: m.From}
	return s.send(c, to, out)
}

func (s *Server) copyMessage(c *call) (any, error) {
	to, err := s.writable(c)
	if err != nil {
		return nil, err
	}
	m, err := s.source(c, "copy")
	if err != nil {
		return nil, err
	}
	out := m.content()
	if _, ok := c.params["caption"]; ok {
		if out.Caption, out.CaptionEntities, err = c.messageCaption(); err != nil {
			return nil, err
		}
	}
	if _, err := s.send(c, to, out); err != nil {
		return nil, err
	}
	return map[string]int{"message_id": out.ID}, nil
}
