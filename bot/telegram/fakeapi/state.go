package fakeapi

import (
	"cmp"
	"maps"
	"slices"
)

// A State is everything the fake knows, for a test in another process to look at.
type State struct {
	Chats       []ChatState  `json:"chats"`       // by id
	Presses     []PressState `json:"presses"`     // oldest first
	Unconfirmed int          `json:"unconfirmed"` // updates
	NextUpdate  int64        `json:"next_update"` // one more than the highest update id ever given
	Calls       []Call       `json:"calls"`       // oldest first
}

// A ChatState is a chat with all its messages and the places of people and the bot in it.
type ChatState struct {
	Chat     Chat             `json:"chat"`
	Messages []Message        `json:"messages"`
	Members  map[int64]string `json:"members"`
}

// A PressState is a press of an inline button and what came of it.
type PressState struct {
	Query  Query   `json:"query"`
	Answer *Answer `json:"answer,omitempty"` // nil: not answered
}

// State returns the state of this moment.
func (s *Server) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := State{
		Unconfirmed: len(s.world.Queue.Waiting),
		NextUpdate:  s.world.Queue.Next,
		Calls:       slices.Clone(s.calls),
	}
	for _, c := range s.world.Chats {
		cs := ChatState{Chat: c.Chat, Members: maps.Clone(c.Members)}
		for _, m := range c.Messages {
			cs.Messages = append(cs.Messages, *m)
		}
		out.Chats = append(out.Chats, cs)
	}
	slices.SortFunc(out.Chats, func(a, b ChatState) int { return cmp.Compare(a.Chat.ID, b.Chat.ID) })
	for _, q := range s.world.Queries {
		out.Presses = append(out.Presses, PressState{q.Query, q.Answer})
	}
	return out
}
