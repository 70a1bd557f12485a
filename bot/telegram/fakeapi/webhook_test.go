package fakeapi_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"policybot/bot/telegram/fakeapi"
)

// A hook is a bot's webhook that answers with the statuses it was given, then 200.
type hook struct {
	mu       sync.Mutex
	statuses []int
	got      []string
	secrets  []string
	at       []time.Time
}

func (h *hook) Do(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result(), nil
}

// delivered is what has come so far.
func (h *hook) delivered() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.got)
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var u fakeapi.Update
	body, _ := io.ReadAll(r.Body)
	if err := json.Unmarshal(body, &u); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	h.got = append(h.got, words(u))
	h.secrets = append(h.secrets, r.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
	h.at = append(h.at, time.Now())
	if len(h.statuses) > 0 {
		w.WriteHeader(h.statuses[0])
		h.statuses = h.statuses[1:]
	}
}

func TestWebhook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &hook{statuses: []int{503, 401, 200, 200, 302}}
		srv := fakeapi.New(fakeapi.Options{Webhook: h})
		defer srv.Close()
		phone := srv.Phone(fakeapi.User{ID: 1})
		phone.Send("a")
		poll := make(chan answer)
		go func() { poll <- ask(t, srv, "getUpdates", form{"offset": "2", "timeout": "50"}) }()
		synctest.Wait()
		phone.Send("b")
		if a := <-poll; !a.Ok {
			t.Fatal(a.Description)
		}
		if a := ask(t, srv, "setWebhook", form{"url": "http://127.0.0.1:1/hook", "secret_token": "s3cret"}); !a.Ok {
			t.Fatal(a.Description)
		}
		synctest.Wait()
		if info := ask(t, srv, "getWebhookInfo", nil); !strings.Contains(string(info.Result), `"pending_update_count":1`) ||
			!strings.Contains(string(info.Result), `"last_error_message":"wrong response from the webhook: 503 Service Unavailable"`) {
			t.Errorf("after a 503: %s", info.Result)
		}
		time.Sleep(time.Minute)
		phone.Send("c")
		phone.Send("d")
		time.Sleep(time.Minute)
		if got, want := h.delivered(), []string{"b", "b", "b", "c", "d", "d"}; !slices.Equal(got, want) {
			t.Errorf("delivered %v, want %v", got, want)
		}
		if h.at[1].Sub(h.at[0]) != time.Second {
			t.Errorf("repeated after %v", h.at[1].Sub(h.at[0]))
		}
		if slices.ContainsFunc(h.secrets, func(s string) bool { return s != "s3cret" }) {
			t.Errorf("secrets %q", h.secrets)
		}
		if n := srv.Unconfirmed(); n != 0 {
			t.Errorf("%d unconfirmed", n)
		}
		a := ask(t, srv, "getUpdates", form{})
		if a.Code != 409 || !strings.Contains(a.Description, "can't use getUpdates method while webhook is active") {
			t.Errorf("polling beside a webhook: %+v", a)
		}
		ask(t, srv, "deleteWebhook", nil)
		phone.Send("e")
		if got := fetch(t, srv, form{}); !slices.Equal(got, []string{"5 e"}) {
			t.Errorf("polling after the webhook: %v", got)
		}
		synctest.Wait()
		if got := h.delivered(); len(got) != 6 {
			t.Errorf("delivered after deleteWebhook: %v", got[6:])
		}
	})
}

// TestSetWebhookEndsPoll: the poll that waits is told, and dropping pending updates drops them.
func TestSetWebhookEndsPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &hook{}
		srv := fakeapi.New(fakeapi.Options{Webhook: h})
		defer srv.Close()
		poll := make(chan answer)
		go func() {
			poll <- ask(t, srv, "getUpdates", form{"timeout": "50", "allowed_updates": `["callback_query"]`})
		}()
		synctest.Wait()
		ask(t, srv, "setWebhook", form{"url": "https://bot.example/hook"})
		if a := <-poll; a.Code != 409 || a.Description != "Conflict: terminated by setWebhook request" {
			t.Errorf("%+v", a)
		}
		phone := srv.Phone(fakeapi.User{ID: 1})
		phone.Send("not allowed")
		synctest.Wait()
		ask(t, srv, "setWebhook", form{"url": ""})
		fetch(t, srv, form{"allowed_updates": `["message"]`})
		phone.Send("dropped")
		ask(t, srv, "setWebhook", form{"url": "https://bot.example/hook", "drop_pending_updates": "true"})
		phone.Send("kept")
		synctest.Wait()
		if got := h.delivered(); !slices.Equal(got, []string{"kept"}) {
			t.Errorf("delivered %v", got)
		}
	})
}

// TestWebhookDisturbed: doubled, and out of order.
func TestWebhookDisturbed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &hook{}
		srv := fakeapi.New(fakeapi.Options{Webhook: h})
		defer srv.Close()
		srv.Disturb(fakeapi.Disturbance{Duplicate: true, Reorder: true, Seed: 2})
		phone := srv.Phone(fakeapi.User{ID: 1})
		var want []string
		for i := range 8 {
			text := string(rune('a' + i))
			phone.Send(text)
			want = append(want, text, text)
		}
		ask(t, srv, "setWebhook", form{"url": "https://bot.example/hook"})
		synctest.Wait()
		got := h.delivered()
		if slices.Equal(got, want) {
			t.Error("in order")
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("delivered %v", got)
		}
	})
}

// TestWebhookOverLoopback delivers over real HTTP.
func TestWebhookOverLoopback(t *testing.T) {
	h := &hook{statuses: []int{500}}
	web := httptest.NewServer(h)
	defer web.Close()
	srv := fakeapi.New(fakeapi.Options{WebhookRetry: time.Millisecond})
	defer srv.Close()
	ask(t, srv, "setWebhook", form{"url": web.URL + "/hook"})
	srv.Phone(fakeapi.User{ID: 1}).Send("a")
	if err := srv.Wait(t.Context(), func() bool { return srv.Unconfirmed() == 0 }); err != nil {
		t.Fatal(err)
	}
	if got, want := h.delivered(), []string{"a", "a"}; !slices.Equal(got, want) {
		t.Errorf("delivered %v, want %v", got, want)
	}
}
