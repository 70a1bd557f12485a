package fakeapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// An Action is something a person does, as data: what [Phone] and [Group] offer, for a browser page
// or a test in another process. Chat 0 is the private chat with the bot; any other chat is a group,
// created with Title where there is none.
//
//	start         Text is the payload        send, reply      Text; Message is replied to
//	edit          Message, Text              press            Text is the label; Message: under that one
//	press_data    Message, Text is the data  contact          Text is the own number
//	forward_card  Contact                    location         Location
//	file          Kind, Name, Data, Text is the caption
//	block, unblock, delete_account, join, leave
//	add_bot, remove_bot, promote_bot, mute_bot, unmute_bot
//	migrate       Message is the positive part of the new id    topic    Topic, Text is its name
type Action struct {
	Do       string   `json:"do"`
	User     User     `json:"user"`
	Chat     int64    `json:"chat,omitempty"`
	Title    string   `json:"title,omitempty"`
	Topic    int      `json:"topic,omitempty"`
	Text     string   `json:"text,omitempty"`
	Message  int      `json:"message,omitempty"`
	Contact  Contact  `json:"contact,omitzero"`
	Location Location `json:"location,omitzero"`
	Kind     string   `json:"kind,omitempty"`
	Name     string   `json:"name,omitempty"`
	Data     []byte   `json:"data,omitempty"` // base64 in JSON
}

// A Done is what came of an action; fields that do not apply are empty.
type Done struct {
	Message Message `json:"message,omitzero"`
	Query   string  `json:"query,omitempty"`
}

// Act performs an action.
func (s *Server) Act(a Action) (Done, error) {
	p := s.Phone(a.User)
	var g *Group
	if a.Chat != 0 && a.Chat != a.User.ID {
		g = s.Group(a.Chat, a.Title)
		if a.Do != "leave" && a.Do != "remove_bot" {
			p = p.In(g)
		} else {
			p = &Phone{s: s, user: a.User.ID, chat: a.Chat}
		}
		p = p.Topic(a.Topic)
	}
	if done, err, ok := p.act(a); ok {
		return done, err
	}
	if g == nil {
		return Done{}, fmt.Errorf("fakeapi: no action %q in a private chat", a.Do)
	}
	return Done{}, g.act(a, p)
}

// act does what a person does in a chat; ok is false for what concerns the group itself.
func (p *Phone) act(a Action) (done Done, err error, ok bool) {
	switch a.Do {
	case "start":
		done.Message, err = p.Start(a.Text)
	case "send":
		done.Message, err = p.Send(a.Text)
	case "reply":
		done.Message, err = p.Reply(a.Message, a.Text)
	case "edit":
		err = p.Edit(a.Message, a.Text)
	case "press":
		if a.Message != 0 {
			done.Query, err = p.PressOn(a.Message, a.Text)
		} else {
			done.Query, err = p.Press(a.Text)
		}
	case "press_data":
		done.Query, err = p.PressData(a.Message, a.Text)
	case "contact":
		done.Message, err = p.ShareContact(a.Text)
	case "forward_card":
		done.Message, err = p.SendContact(a.Contact)
	case "location":
		done.Message, err = p.SendLocation(a.Location)
	case "file":
		done.Message, err = p.SendFile(a.Kind, a.Name, a.Data, a.Text)
	case "block", "unblock":
		p.block(a.Do == "block")
	case "delete_account":
		p.DeleteAccount()
	case "join": // opening the group was enough
	case "leave":
		p.Leave()
	default:
		return done, nil, false
	}
	return done, err, true
}

func (g *Group) act(a Action, by *Phone) error {
	switch a.Do {
	case "add_bot":
		g.AddBot(by)
	case "remove_bot":
		g.RemoveBot(by)
	case "promote_bot":
		g.PromoteBot(by)
	case "mute_bot", "unmute_bot":
		g.MuteBot(a.Do == "mute_bot")
	case "migrate":
		g.Migrate(-int64(a.Message))
	case "topic":
		g.AddTopic(a.Topic, a.Text)
	default:
		return fmt.Errorf("fakeapi: no action %q", a.Do)
	}
	return nil
}

// viewWait is how long a request for a changed view waits.
const viewWait = 25 * time.Second

// Control serves the people's side and the weather, in JSON, to a browser page or another process.
// It has no protection of its own: loopback only.
//
//	POST /do       Action -> Done            GET /state    State
//	POST /fail     Fault -> its number       GET /calls?method=…
//	POST /lift     numbers, or [] for all    GET /hits?fault=…
//	POST /limits   Limits                    GET /view?user=…&chat=…&topic=…&since=VERSION
//	POST /disturb  Disturbance               GET /file?id=FILE_ID
//	GET  /answer?user=…&query=…              GET /save     for Options.Saved
//
// /view answers at once with the version of what it shows in the header X-Version; with since, when
// something has changed after that version, or after 25 seconds.
func (s *Server) Control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /do", post(s.Act))
	mux.HandleFunc("POST /fail", post(func(f Fault) (int, error) { return s.Fail(f), nil }))
	mux.HandleFunc("POST /lift", post(func(ids []int) (bool, error) { s.Lift(ids...); return true, nil }))
	mux.HandleFunc("POST /limits", post(func(l Limits) (bool, error) { s.SetLimits(l); return true, nil }))
	mux.HandleFunc("POST /disturb", post(func(d Disturbance) (bool, error) { s.Disturb(d); return true, nil }))
	mux.HandleFunc("GET /state", func(w http.ResponseWriter, _ *http.Request) { show(w, s.State(), nil) })
	mux.HandleFunc("GET /calls", func(w http.ResponseWriter, r *http.Request) {
		show(w, s.Calls(r.URL.Query()["method"]...), nil)
	})
	mux.HandleFunc("GET /hits", func(w http.ResponseWriter, r *http.Request) {
		show(w, s.Hits(int(number(r, "fault"))), nil)
	})
	mux.HandleFunc("GET /answer", func(w http.ResponseWriter, r *http.Request) {
		p := &Phone{s: s, user: number(r, "user")}
		show(w, p.Answer(r.URL.Query().Get("query")), nil)
	})
	mux.HandleFunc("GET /view", s.showView)
	mux.HandleFunc("GET /file", func(w http.ResponseWriter, r *http.Request) {
		data, ok := s.File(r.URL.Query().Get("id"))
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Write(data) //nolint:errcheck // the reader may be gone
	})
	mux.HandleFunc("GET /save", func(w http.ResponseWriter, _ *http.Request) {
		saved, err := s.Save()
		show(w, json.RawMessage(saved), err)
	})
	return mux
}

func (s *Server) showView(w http.ResponseWriter, r *http.Request) {
	user, chat := number(r, "user"), number(r, "chat")
	if chat == 0 {
		chat = user
	}
	s.mu.Lock()
	known := s.world.Accounts[user] != nil && s.world.Chats[chat] != nil
	s.mu.Unlock()
	if !known {
		http.NotFound(w, r)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), viewWait)
	defer cancel()
	version := 0
	newer := func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		version = s.version
		return r.URL.Query().Get("since") == "" || s.version > int(number(r, "since"))
	}
	if s.Wait(ctx, newer) != nil && r.Context().Err() != nil {
		return
	}
	w.Header().Set("X-Version", strconv.Itoa(version))
	p := &Phone{s: s, user: user, chat: chat, thread: int(number(r, "topic"))}
	show(w, p.View(), nil)
}

func number(r *http.Request, name string) int64 {
	n, _ := strconv.ParseInt(r.URL.Query().Get(name), 10, 64) // absent or wrong: 0, which is nobody
	return n
}

// post decodes a body, runs f and shows what came of it.
func post[In, Out any](f func(In) (Out, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in In
		d := json.NewDecoder(http.MaxBytesReader(w, r.Body, 2*maxRequest))
		d.DisallowUnknownFields()
		if err := d.Decode(&in); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		out, err := f(in)
		show(w, out, err)
	}
}

func show(w http.ResponseWriter, v any, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v) //nolint:errcheck // the reader may be gone
}
