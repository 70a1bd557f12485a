package simulator

import (
	"encoding/json"
	"fmt"
	"hash/maphash"
	"net/http"
	"slices"
	"time"

	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
	"policybot/knowledge"
)

const (
	messagesShown = 200             // the newest of a chat; older ones stay in the bot's world
	beat          = 4 * time.Second // between events when nothing changes: shows that we live, ends a typing sign
	writeTime     = 10 * time.Second
)

// An event is what changed since the event before; the first of a connection tells everything.
type event struct {
	First  bool     `json:"first,omitempty"`
	Token  string   `json:"token,omitempty"`
	People []person `json:"people,omitempty"`
	Bot    string   `json:"bot,omitempty"` // its username
	Today  string   `json:"today"`         // the real day
	Day    string   `json:"day,omitempty"` // the day travelled to
	Newest []newest `json:"newest,omitempty"`
	Phones []phone  `json:"phones,omitempty"`
	Turns  []turn   `json:"turns,omitempty"` // of the resident
}

// A newest tells how far a chat of a person has come, for those whose phone is not in view.
type newest struct {
	User    int64  `json:"user"`
	Chat    int64  `json:"chat"`
	Title   string `json:"title,omitempty"` // of a group
	Message int    `json:"message"`
}

// A phone is a chat as a person sees it.
type phone struct {
	User     int64                  `json:"user"`
	Chat     int64                  `json:"chat"`
	Order    []int                  `json:"order"`    // ids of all messages shown
	Messages []fakeapi.Message      `json:"messages"` // the new and the changed ones
	Keyboard *fakeapi.ReplyKeyboard `json:"keyboard,omitempty"`
	Commands []fakeapi.Command      `json:"commands,omitempty"`
	Typing   bool                   `json:"typing,omitempty"`
}

// A watcher is one page that looks on, and what it knows already.
type watcher struct {
	w       *world
	phones  []fakeapi.Action // whose, and which chat
	known   []map[int]uint64 // of each phone: what its messages were
	turn    int              // the newest known
	isFirst bool
	seed    maphash.Seed
}

// events streams what two phones show: resident=ID&officer=ID, with resident_chat and officer_chat
// for groups.
func (w *world) events(rw http.ResponseWriter, r *http.Request, token string) {
	v := &watcher{w: w, isFirst: true, seed: maphash.MakeSeed()}
	for _, side := range []string{string(resident), string(officer)} {
		id := number(r, side)
		if !isPerson(id) {
			http.NotFound(rw, r)
			return
		}
		v.phones = append(v.phones, fakeapi.Action{User: fakeapi.User{ID: id}, Chat: number(r, side+"_chat")})
		v.known = append(v.known, map[int]uint64{})
	}
	rw.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(rw)
	out.SetReadDeadline(time.Time{}) //nolint:errcheck // it stays with the server's then
	for {
		changed, rung := w.srv.Changed(), w.bell.next()
		e := v.look()
		if v.isFirst {
			e.First, e.Token, e.People, e.Bot, v.isFirst = true, token, people, w.srv.Bot().Username, false
		}
		out.SetWriteDeadline(time.Now().Add(writeTime)) //nolint:errcheck // as above
		if send(rw, out, e) != nil {
			return
		}
		select {
		case <-changed:
		case <-rung:
		case <-time.After(beat):
		case <-w.bell.ended:
			return
		case <-r.Context().Done():
			return
		}
	}
}

func send(rw http.ResponseWriter, out *http.ResponseController, e event) error {
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(rw, "data: %s\n\n", text); err != nil {
		return err
	}
	return out.Flush()
}

// look tells what changed.
func (v *watcher) look() event {
	e := event{Today: knowledge.DateOf(time.Now().In(vietnam)).String(), Newest: v.w.newest()}
	if day := v.w.today(); !day.IsZero() {
		e.Day = day.String()
	}
	for i := range v.phones {
		e.Phones = append(e.Phones, v.lookAt(i))
	}
	e.Turns = v.w.turnsAfter(telegram.ChatID([]byte(v.w.key), v.phones[0].User.ID), v.turn)
	if n := len(e.Turns); n > 0 {
		v.turn = e.Turns[n-1].Number
	}
	return e
}

// lookAt tells what changed on a phone.
func (v *watcher) lookAt(i int) phone {
	view := v.w.view(v.phones[i])
	p := phone{User: v.phones[i].User.ID, Chat: view.Chat.ID, Order: []int{}, Messages: []fakeapi.Message{},
		Keyboard: view.Keyboard, Commands: view.Commands, Typing: view.Action != ""}
	for _, m := range view.Messages[max(0, len(view.Messages)-messagesShown):] {
		p.Order = append(p.Order, m.ID)
		text, err := json.Marshal(m)
		if err != nil {
			continue // a message is always JSON
		}
		if sum := maphash.Bytes(v.seed, text); v.known[i][m.ID] != sum {
			v.known[i][m.ID] = sum
			p.Messages = append(p.Messages, m)
		}
	}
	return p
}

// view is a chat as a person sees it: of a group only when the person is in it.
func (w *world) view(a fakeapi.Action) fakeapi.View {
	phone := w.srv.Phone(a.User)
	if w.isIn(a.Chat, a.User.ID) {
		phone = phone.In(w.srv.Group(a.Chat, ""))
	}
	return phone.View()
}

// isIn reports whether a person is in a group.
func (w *world) isIn(group, user int64) bool {
	return slices.ContainsFunc(w.srv.State().Chats, func(c fakeapi.ChatState) bool {
		return c.Chat.ID == group && group < 0 && c.Members[user] == "member"
	})
}

// newest tells of all chats of all people.
func (w *world) newest() []newest {
	var out []newest
	for _, c := range w.srv.State().Chats {
		last := 0
		for _, m := range c.Messages {
			last = max(last, m.ID)
		}
		for _, p := range people {
			if c.Members[p.ID] == "member" {
				out = append(out, newest{p.ID, c.Chat.ID, c.Chat.Title, last})
			}
		}
	}
	return out
}
