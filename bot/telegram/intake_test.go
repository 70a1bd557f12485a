package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
)

// TestTwoInstances: the second refuses and says why, the first goes on.
func TestTwoInstances(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.start()
		p := r.person(1)
		say(t, p, "một")
		r.hears(p, "#1 một")
		time.Sleep(10 * time.Minute)

		second := newRig(t, fakeapi.Options{})
		second.cfg.Client, second.cfg.Token = r.srv, telegram.Token(r.srv.Token())
		ended := make(chan error, 1)
		a := second.adapter()
		begun := time.Now()
		go func() { ended <- a.Run(context.Background()) }()
		err := <-ended
		if !errors.Is(err, telegram.ErrConflict) || !strings.Contains(err.Error(), "another instance") {
			t.Errorf("the second instance ends with %v", err)
		}
		if took := time.Since(begun); took > time.Minute {
			t.Errorf("after %v", took)
		}
		say(t, p, "hai")
		r.hears(p, "#2 hai")
	})
}

func TestTokenRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.cfg.Token = "7000000001:revoked"
		err := r.adapter().Run(context.Background())
		if !errors.Is(err, telegram.ErrToken) || strings.Contains(err.Error(), "revoked") {
			t.Errorf("Run = %v", err)
		}
	})
}

func TestConfigChecked(t *testing.T) {
	good := telegram.Config{Token: "1:a", Key: []byte(adapterKey)}
	for name, spoil := range map[string]func(*telegram.Config){
		"token is empty": func(c *telegram.Config) { c.Token = " " },
		"API address":    func(c *telegram.Config) { c.URL = "telegram" },
		"key has 3":      func(c *telegram.Config) { c.Key = []byte("abc") },
		"secret must be": func(c *telegram.Config) { c.Webhook = &telegram.Webhook{URL: "https://a.vn", Secret: "ạ"} },
	} {
		cfg := good
		spoil(&cfg)
		if _, err := telegram.New(testLog(), cfg, echo{}, nil); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: New = %v", name, err)
		}
	}
	if _, err := telegram.New(testLog(), good, echo{}, nil); err != nil {
		t.Error(err)
	}
}

// TestTelegramAwayAtStart: the bot starts all the same, and works when Telegram is back.
func TestTelegramAwayAtStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		down := r.srv.Fail(fakeapi.Fault{Cut: true})
		stop := r.start()
		time.Sleep(10 * time.Minute)
		r.srv.Lift(down)
		p := r.person(1)
		say(t, p, "một")
		r.hears(p, "#1 một")
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

// TestWebhookWhilePolling: a webhook that somebody sets is deleted, and polling goes on.
func TestWebhookWhilePolling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.start()
		synctest.Wait()
		set := httptest.NewRequest("POST", "/bot"+r.srv.Token()+"/setWebhook?url=https%3A%2F%2Felsewhere.example", nil)
		r.srv.ServeHTTP(httptest.NewRecorder(), set)
		p := r.person(1)
		time.Sleep(time.Minute)
		say(t, p, "một")
		r.hears(p, "#1 một")
	})
}

func webhookRig(t *testing.T) (*rig, *telegram.Adapter, *hook) {
	r := newRig(t, fakeapi.Options{})
	h := &hook{}
	r.srv = fakeapi.New(fakeapi.Options{Webhook: h})
	t.Cleanup(r.srv.Close)
	r.cfg.Client = r.srv
	r.cfg.Webhook = &telegram.Webhook{URL: "https://bot.example/telegram/webhook", Secret: "s3cret_-"}
	a := r.adapter()
	h.to = a
	return r, a, h
}

// TestWebhook: updates come by webhook, also twice; what cannot be stored comes again.
func TestWebhook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _, h := webhookRig(t)
		r.srv.Disturb(fakeapi.Disturbance{Duplicate: true})
		broken := &brokenStore{Store: r.db}
		r.store = broken
		a := r.adapter()
		h.to = a
		stop := run(t, a)
		p := r.person(1)
		say(t, p, "một")
		r.hears(p, "#1 một")
		broken.set(errors.New("disk full"), "Accept")
		say(t, p, "hai")
		time.Sleep(time.Minute)
		broken.set(nil)
		r.hears(p, "#2 hai")
		if n := len(r.srv.Calls("getUpdates")); n != 0 {
			t.Errorf("%d polls besides the webhook", n)
		}
		r.wait("the repeat", func() bool { return r.srv.Unconfirmed() == 0 })
		stop()
		say(t, p, "ba")
		time.Sleep(time.Minute)
		if n := r.srv.Unconfirmed(); n != 1 {
			t.Errorf("%d updates wait at Telegram after the end, want 1", n)
		}
	})
}

func TestWebhookRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, a, _ := webhookRig(t)
		request := func(method, secret, body string) int {
			req := httptest.NewRequest(method, "/telegram/webhook", strings.NewReader(body))
			if secret != "" {
				req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
			}
			w := httptest.NewRecorder()
			a.ServeHTTP(w, req)
			return w.Code
		}
		update := `{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"text":"a"}}`
		if got := request("POST", "s3cret_-", update); got != http.StatusServiceUnavailable {
			t.Errorf("before the start: %d, want 503", got)
		}
		run(t, a)
		synctest.Wait()
		for _, c := range []struct {
			name, method, secret, body string
			want                       int
		}{
			{"good", "POST", "s3cret_-", update, 200},
			{"no secret", "POST", "", update, 401},
			{"wrong secret", "POST", "s3cret_", update, 401},
			{"GET", "GET", "s3cret_-", "", 405},
			{"no JSON", "POST", "s3cret_-", "hello", 400},
			{"no update", "POST", "s3cret_-", `{"ok":true}`, 400},
			{"too long", "POST", "s3cret_-", update + strings.Repeat(" ", 1<<20), 400},
		} {
			if got := request(c.method, c.secret, c.body); got != c.want {
				t.Errorf("%s: %d, want %d", c.name, got, c.want)
			}
		}
		r.cfg.Webhook = nil
		w := httptest.NewRecorder()
		r.adapter().ServeHTTP(w, httptest.NewRequest("POST", "/telegram/webhook", strings.NewReader(update)))
		if w.Code != http.StatusNotFound {
			t.Errorf("without a webhook in the configuration: %d, want 404", w.Code)
		}
	})
}

// TestReordered: updates that come late, twice and in any order are each worked on once.
func TestReordered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, a, _ := webhookRig(t)
		run(t, a)
		synctest.Wait()
		p := r.person(7)
		say(t, p, "bắt đầu") // so that the bot may write to this person
		r.hears(p, "#1 bắt đầu")
		for _, id := range []int{50, 48, 50, 49, 48, 51, 47, 49, 47} {
			body := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":%d,"from":{"id":1007,"first_name":"x"},`+
				`"chat":{"id":1007,"type":"private"},"text":"câu %d"}}`, id, id, time.Now().Unix(), id)
			req := httptest.NewRequest("POST", "/telegram/webhook", strings.NewReader(body))
			req.Header.Set("X-Telegram-Bot-Api-Secret-Token", "s3cret_-")
			w := httptest.NewRecorder()
			a.ServeHTTP(w, req)
			if w.Code != 200 {
				t.Fatalf("update %d: %d", id, w.Code)
			}
			synctest.Wait()
		}
		r.wait("answers", func() bool { return len(r.said(p)) >= 6 })
		time.Sleep(time.Minute)
		said := r.said(p)
		slices.Sort(said)
		var heard []string
		for _, s := range said {
			_, text, _ := strings.Cut(s, " ")
			heard = append(heard, text)
		}
		slices.Sort(heard)
		if want := []string{"bắt đầu", "câu 47", "câu 48", "câu 49", "câu 50", "câu 51"}; !slices.Equal(heard, want) {
			t.Errorf("answered %q, want %q", heard, want)
		}
	})
}

// TestMenu: what Telegram shows of the bot is set at the start, and a failure of that is no failure
// of the bot.
func TestMenu(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.srv.Fail(fakeapi.Fault{Method: "setMyDescription", Status: 500})
		r.start()
		synctest.Wait()
		p := r.person(1)
		say(t, p, "một")
		r.hears(p, "#1 một")
		var names []string
		for _, c := range p.View().Commands {
			names = append(names, c.Command)
		}
		if want := []string{"start", "menu", "hoso", "help"}; !slices.Equal(names, want) {
			t.Errorf("commands %v, want %v", names, want)
		}
		if n := len(r.srv.Calls("setMyShortDescription")); n != 2 {
			t.Errorf("short description set %d times, want for two languages", n)
		}
	})
}

// TestOffset: a poll confirms what was stored, and after a poll that found nothing no offset is
// kept, since Telegram may number anew from below it.
func TestOffset(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.start()
		p := r.person(1)
		say(t, p, "một")
		say(t, p, "hai")
		r.hears(p, "#2 hai")
		time.Sleep(5 * time.Minute)
		var offsets []string
		for _, c := range r.srv.Calls("getUpdates") {
			if len(offsets) == 0 || offsets[len(offsets)-1] != c.Params["offset"] {
				offsets = append(offsets, c.Params["offset"])
			}
			if !strings.Contains(c.Params["allowed_updates"], "my_chat_member") {
				t.Errorf("allowed updates %q", c.Params["allowed_updates"])
			}
		}
		offsets = slices.DeleteFunc(offsets, func(o string) bool { return o == "2" }) // both messages may come with one poll
		if want := []string{"0", "3", "0"}; !slices.Equal(offsets, want) {
			t.Errorf("offsets %q, want %q", offsets, want)
		}
	})
}
