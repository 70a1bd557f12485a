package fakeapi_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"policybot/bot/telegram/fakeapi"
)

// TestMain serves the fake on its own when told to: the child of TestAloneInAProcess.
func TestMain(m *testing.M) {
	if os.Getenv("FAKEAPI_ALONE") == "" {
		os.Exit(m.Run())
	}
	srv := fakeapi.New(fakeapi.Options{})
	mux := http.NewServeMux()
	mux.Handle("/control/", http.StripPrefix("/control", srv.Control()))
	mux.Handle("/", srv)
	web := httptest.NewServer(mux)
	os.Stdout.WriteString(web.URL + "\n")
	io.Copy(io.Discard, os.Stdin) // until the parent closes it
	web.CloseClientConnections()
	srv.Close()
}

// A remote is the control of a fake elsewhere.
type remote struct {
	t    *testing.T
	base string
}

func (r remote) post(path string, in, out any) int {
	r.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		r.t.Fatal(err)
	}
	resp, err := http.Post(r.base+path, "application/json", bytes.NewReader(body))
	return r.read(resp, err, out)
}

func (r remote) get(path string, out any) int {
	r.t.Helper()
	resp, err := http.Get(r.base + path)
	return r.read(resp, err, out)
}

func (r remote) read(resp *http.Response, err error, out any) int {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusOK && out != nil {
		if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
			r.t.Fatal(err)
		}
	}
	return resp.StatusCode
}

// TestAloneInAProcess drives a fake that runs in a process of its own: as a kill test's parent, and
// as its bot.
func TestAloneInAProcess(t *testing.T) {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "FAKEAPI_ALONE=1")
	stdin, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		stdin.Close()
		if err := child.Wait(); err != nil {
			t.Error(err)
		}
	}()
	line := make([]byte, 100)
	n, err := stdout.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	base := strings.TrimSpace(string(line[:n]))
	control := remote{t, base + "/control"}
	bot := remote{t, base + "/bot" + fakeapi.DefaultToken}

	an := fakeapi.User{ID: 1, FirstName: "An"}
	var done fakeapi.Done
	control.post("/do", fakeapi.Action{Do: "start", User: an, Text: "topic-bhyt"}, &done)
	if done.Message.Text != "/start topic-bhyt" {
		t.Errorf("start: %+v", done)
	}
	var fault, hits int
	control.post("/fail", fakeapi.Fault{Method: "sendMessage", Status: 429, RetryAfter: 3, Times: 1}, &fault)
	send := map[string]any{"chat_id": 1, "text": "menu", "reply_markup": map[string]any{
		"inline_keyboard": [][]any{{map[string]string{"text": "Một", "callback_data": "1"}}}}}
	if code := bot.post("/sendMessage", send, nil); code != 429 {
		t.Errorf("first try: %d", code)
	}
	if control.get("/hits?fault=1", &hits); hits != 1 || fault != 1 {
		t.Errorf("fault %d hit %d times", fault, hits)
	}
	if code := bot.post("/sendMessage", send, nil); code != 200 {
		t.Errorf("second try: %d", code)
	}
	done = fakeapi.Done{}
	if control.post("/do", fakeapi.Action{Do: "press", User: an, Text: "Một"}, &done); done.Query == "" {
		t.Errorf("press: %+v", done)
	}
	bot.post("/answerCallbackQuery", map[string]any{"callback_query_id": done.Query, "text": "rồi"}, nil)
	var answered *fakeapi.Answer
	if control.get("/answer?user=1&query="+done.Query, &answered); answered == nil || answered.Text != "rồi" {
		t.Errorf("answer: %+v", answered)
	}
	var state fakeapi.State
	control.get("/state", &state)
	if len(state.Chats) != 1 || len(state.Chats[0].Messages) != 2 || state.Unconfirmed != 2 || len(state.Calls) != 3 || len(state.Presses) != 1 {
		t.Errorf("state: %+v", state)
	}
	if code := control.post("/do", fakeapi.Action{Do: "dance", User: an}, nil); code != http.StatusUnprocessableEntity {
		t.Errorf("unknown action: %d", code)
	}
	if code := control.post("/do", map[string]string{"did": "x"}, nil); code != http.StatusBadRequest {
		t.Errorf("unknown field: %d", code)
	}
}

// TestActions: every action does what it says.
func TestActions(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{}})
	defer srv.Close()
	an := fakeapi.User{ID: 1, FirstName: "An"}
	act := func(a fakeapi.Action) fakeapi.Done {
		t.Helper()
		a.User = an
		done, err := srv.Act(a)
		if err != nil {
			t.Fatalf("%s: %v", a.Do, err)
		}
		return done
	}
	act(fakeapi.Action{Do: "send", Text: "a"})
	act(fakeapi.Action{Do: "edit", Message: 1, Text: "b"})
	act(fakeapi.Action{Do: "reply", Message: 1, Text: "c"})
	act(fakeapi.Action{Do: "contact", Text: "0900"})
	act(fakeapi.Action{Do: "forward_card", Contact: fakeapi.Contact{PhoneNumber: "1", FirstName: "Ba"}})
	act(fakeapi.Action{Do: "location", Location: fakeapi.Location{Latitude: 10, Longitude: 105}})
	act(fakeapi.Action{Do: "file", Kind: "voice", Name: "v.ogg", Data: []byte("OggS")})
	act(fakeapi.Action{Do: "block"})
	act(fakeapi.Action{Do: "unblock"})
	sent(t, srv, "sendMessage", form{"chat_id": "1", "text": "x", "reply_markup": inline(`{"text":"Một","callback_data":"1"}`)})
	act(fakeapi.Action{Do: "press", Message: 7, Text: "Một"})
	act(fakeapi.Action{Do: "press_data", Message: 7, Text: "2"})
	act(fakeapi.Action{Do: "add_bot", Chat: -5, Title: "Phường"})
	act(fakeapi.Action{Do: "promote_bot", Chat: -5})
	act(fakeapi.Action{Do: "topic", Chat: -5, Topic: 3, Text: "BHYT"})
	act(fakeapi.Action{Do: "send", Chat: -5, Topic: 3, Text: "d"})
	act(fakeapi.Action{Do: "mute_bot", Chat: -5})
	act(fakeapi.Action{Do: "unmute_bot", Chat: -5})
	act(fakeapi.Action{Do: "leave", Chat: -5})
	act(fakeapi.Action{Do: "join", Chat: -5})
	act(fakeapi.Action{Do: "migrate", Chat: -5, Message: 1005})
	act(fakeapi.Action{Do: "remove_bot", Chat: -1005})
	act(fakeapi.Action{Do: "delete_account"})
	want := strings.Fields(`a edited_b c contact_of_1_from_1 contact_of_0_from_1 _ _ bot_member_to_kicked bot_kicked_to_member
		pressed_1 pressed_2 bot_left_to_member joined_Bot bot_member_to_administrator d left_An joined_An migrated migrated_from
		bot_administrator_to_kicked`)
	for i, u := range fetch(t, srv, form{}) {
		_, text, _ := strings.Cut(u, " ")
		text = strings.ReplaceAll(text, " ", "_")
		if i >= len(want) || text != strings.Trim(want[i], "_") {
			t.Errorf("update %d is %q, want %v", i, text, want[min(i, len(want)-1)])
		}
	}
	if n := srv.Unconfirmed(); n != len(want) {
		t.Errorf("%d updates, want %d", n, len(want))
	}
	if _, err := srv.Act(fakeapi.Action{Do: "add_bot", User: an}); err == nil {
		t.Error("added the bot to a private chat")
	}
}

// TestViewWaits: the page's request for news is answered when there are some.
func TestViewWaits(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{})
	defer srv.Close()
	web := httptest.NewServer(srv.Control())
	defer web.Close()
	phone := srv.Phone(fakeapi.User{ID: 1})
	phone.Send("a")
	resp, err := http.Get(web.URL + "/view?user=1")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	version := resp.Header.Get("X-Version")
	got := make(chan fakeapi.View)
	go func() {
		var v fakeapi.View
		remote{t, web.URL}.get("/view?user=1&since="+version, &v)
		got <- v
	}()
	phone.Send("b")
	if v := <-got; len(v.Messages) != 2 || v.Messages[1].Text != "b" {
		t.Errorf("view: %+v", v)
	}
	if code := (remote{t, web.URL}).get("/view?user=9", nil); code != 404 {
		t.Errorf("nobody's phone: %d", code)
	}
}
