package fakeapi

import (
	"strconv"
	"time"
)

// maxAnswer is the limit of the text of an answer to a press, in UTF-16 units.
const maxAnswer = 200

// An Answer is what the person sees after pressing a button.
type Answer struct {
	Text  string `json:"text,omitempty"` // empty: the button just stops spinning
	Alert bool   `json:"alert,omitempty"`
	URL   string `json:"url,omitempty"`
}

type query struct {
	Query
	At     time.Time
	Answer *Answer // nil: not answered yet
}

// queriesKept bounds how many presses are remembered for the people who made them.
const queriesKept = 10_000

// press makes a callback query of a press and queues it. The caller holds s.mu.
func (s *Server) press(from User, in *chat, m *Message, data string) *query {
	w := &s.world
	w.NextQ++
	q := &query{At: time.Now(), Query: Query{
		ID:           strconv.FormatInt(from.ID<<20+int64(w.NextQ), 10),
		From:         from,
		Message:      m,
		ChatInstance: strconv.FormatInt(in.Chat.ID*7919, 10),
		Data:         data,
	}}
	if len(w.Queries) >= queriesKept {
		w.Queries = append([]*query(nil), w.Queries[queriesKept/10:]...)
	}
	w.Queries = append(w.Queries, q)
	s.push(&Update{CallbackQuery: &q.Query})
	s.touch()
	return q
}

func (s *Server) query(id string) *query {
	for i := len(s.world.Queries) - 1; i >= 0; i-- {
		if s.world.Queries[i].ID == id {
			return s.world.Queries[i]
		}
	}
	return nil
}

// answerCallbackQuery takes one answer for a press, and only while the person's phone still waits.
func (s *Server) answerCallbackQuery(c *call) (any, error) {
	q := s.query(c.params["callback_query_id"])
	late := q != nil && s.limits.QueryTTL > 0 && time.Since(q.At) > s.limits.QueryTTL
	if q == nil || q.Answer != nil || late {
		return nil, bad("%s", missing["callback_query_id"])
	}
	if length(c.params["text"]) > maxAnswer {
		return nil, bad("MESSAGE_TOO_LONG")
	}
	if u := c.params["url"]; u != "" && !linkable(u) {
		return nil, bad("URL_INVALID")
	}
	q.Answer = &Answer{Text: c.params["text"], Alert: c.flag("show_alert"), URL: c.params["url"]}
	s.touch()
	return true, nil
}
