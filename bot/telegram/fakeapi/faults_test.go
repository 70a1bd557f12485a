package fakeapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"policybot/bot/telegram/fakeapi"
)

// try sends a message through a client and says what came back: status and body, or an error.
func try(ctx context.Context, client interface {
	Do(*http.Request) (*http.Response, error)
}, base string, params url.Values) (int, string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/sendMessage?"+params.Encode(), nil)
	if err != nil {
		return 0, "", err
	}
	resp, err := client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

// TestFaults runs every kind of fault both without a network and over loopback HTTP, and checks what
// the bot sees and whether the message arrived.
func TestFaults(t *testing.T) {
	tests := []struct {
		name   string
		fault  fakeapi.Fault
		status int // 0: an error instead of an answer
		body   string
		effect bool
	}{
		{"none", fakeapi.Fault{Method: "getMe", Status: 400}, 200, `"message_id":2`, true},
		{"400", fakeapi.Fault{Status: 400, Description: "Bad Request: chat not found"}, 400, `"description":"Bad Request: chat not found"`, false},
		{"403", fakeapi.Fault{Status: 403}, 403, `"error_code":403`, false},
		{"409", fakeapi.Fault{Status: 409}, 409, `"description":"Conflict"`, false},
		{"429", fakeapi.Fault{Status: 429, RetryAfter: 5}, 429, `"parameters":{"retry_after":5}`, false},
		{"500", fakeapi.Fault{Status: 500}, 500, `Internal Server Error`, false},
		{"502 HTML", fakeapi.Fault{Status: 502, Body: fakeapi.BadGateway}, 502, "<center>nginx", false},
		{"garbage", fakeapi.Fault{Body: `{"ok":tru`}, 200, `{"ok":tru`, false},
		{"garbage after the effect", fakeapi.Fault{Body: `{"ok":tru`, AfterEffect: true}, 200, `{"ok":tru`, true},
		{"cut", fakeapi.Fault{Cut: true}, 0, "", false},
		{"cut after the effect", fakeapi.Fault{Cut: true, AfterEffect: true}, 0, "", true},
		{"500 after the effect", fakeapi.Fault{Status: 500, AfterEffect: true}, 500, "", true},
		{"silent", fakeapi.Fault{Silent: true}, 0, "", false},
		{"silent after the effect", fakeapi.Fault{Silent: true, AfterEffect: true}, 0, "", true},
		{"slow", fakeapi.Fault{Delay: time.Millisecond}, 200, `"ok":true`, true},
		{"other chat", fakeapi.Fault{Chat: 2, Cut: true}, 200, `"ok":true`, true},
		{"this chat", fakeapi.Fault{Chat: 1, Cut: true}, 0, "", false},
		{"other text", fakeapi.Fault{Contains: "y", Cut: true}, 200, `"ok":true`, true},
		{"this text", fakeapi.Fault{Contains: "x", Cut: true}, 0, "", false},
		{"matched", fakeapi.Fault{Match: func(c fakeapi.Call) bool { return c.Params["text"] == "x" }, Cut: true}, 0, "", false},
	}
	for _, tt := range tests {
		for _, network := range []bool{false, true} {
			t.Run(tt.name+map[bool]string{true: " on loopback"}[network], func(t *testing.T) {
				srv := fakeapi.New(fakeapi.Options{})
				defer srv.Close()
				residents(srv, 1)
				tt.fault.Times = 1
				id := srv.Fail(tt.fault)
				ctx := t.Context()
				if tt.fault.Silent { // the bot's patience
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, 50*time.Millisecond)
					defer cancel()
				}
				var status int
				var body string
				var err error
				params := url.Values{"chat_id": {"1"}, "text": {"x"}}
				if network {
					web := httptest.NewServer(srv)
					defer web.Close()
					status, body, err = try(ctx, web.Client(), web.URL+"/bot"+srv.Token(), params)
				} else {
					status, body, err = try(ctx, srv, "http://x/bot"+srv.Token(), params)
				}
				if status != tt.status || (err != nil) != (tt.status == 0) || !strings.Contains(body, tt.body) {
					t.Errorf("got %d %q %v", status, body, err)
				}
				if srv.Wait(t.Context(), func() bool { return len(srv.Calls("sendMessage")) == 1 }) != nil {
					t.Fatal("the call was not recorded")
				}
				if got := srv.Phone(fakeapi.User{ID: 1}).Last().Text == "x"; got != tt.effect {
					t.Errorf("the message arrived: %v", got)
				}
				if c := srv.Calls("sendMessage")[0]; c.Effect != tt.effect {
					t.Errorf("recorded as %+v", c)
				}
				if hits := srv.Hits(id); hits != 1 && meets(tt.fault) {
					t.Errorf("%d hits", hits)
				}
			})
		}
	}
}

// meets reports whether the fault is one that meets the test's message.
func meets(f fakeapi.Fault) bool { return f.Method == "" && f.Chat != 2 && f.Contains != "y" }

// TestFaultCounts: skip, times, order, lifting and the hook.
func TestFaultCounts(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{}})
	defer srv.Close()
	residents(srv, 1)
	var hooked []string
	first := srv.Fail(fakeapi.Fault{Method: "sendMessage", Skip: 1, Times: 2, Status: 500,
		OnHit: func(c fakeapi.Call) { hooked = append(hooked, c.Params["text"]) }})
	second := srv.Fail(fakeapi.Fault{Method: "sendMessage", Skip: 2, Status: 403})
	var got []int
	for _, text := range []string{"a", "b", "c", "d", "e"} {
		got = append(got, ask(t, srv, "sendMessage", form{"chat_id": "1", "text": text}).Code)
	}
	srv.Lift(second)
	got = append(got, ask(t, srv, "sendMessage", form{"chat_id": "1", "text": "f"}).Code)
	want := []int{0, 500, 500, 0, 403, 0}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("codes %v, want %v", got, want)
		}
	}
	if srv.Hits(first) != 2 || srv.Hits(second) != 1 || strings.Join(hooked, "") != "bc" {
		t.Errorf("hits %d and %d, hooked %v", srv.Hits(first), srv.Hits(second), hooked)
	}
}

// TestSlow: a slow answer comes when it should, or the client goes first and the call has no effect.
func TestSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		residents(srv, 1)
		srv.Fail(fakeapi.Fault{Delay: 20 * time.Second})
		start := time.Now()
		if a := say(t, srv, 1); !a.Ok || time.Since(start) != 20*time.Second {
			t.Errorf("%+v after %v", a, time.Since(start))
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		_, _, err := try(ctx, srv, "http://x/bot"+srv.Token(), url.Values{"chat_id": {"1"}, "text": {"late"}})
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), srv.Token()) {
			t.Errorf("client gave up: %v", err) // with the token in it, as net/http would
		}
		if got := srv.Phone(fakeapi.User{ID: 1}).Last().Text; got != "x" {
			t.Errorf("on the phone: %q", got)
		}
	})
}

// TestForeignTokens: only our bot is served.
func TestForeignTokens(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{})
	defer srv.Close()
	for path, want := range map[string]int{
		"/bot1:abc/getMe":                401,
		"/getMe":                         404,
		"/":                              404,
		"/file/bot1:abc/x":               401,
		"/file/bot" + srv.Token() + "/x": 404,
		"/bot" + srv.Token() + "/getMe":  200,
	} {
		w := httptest.NewRecorder()
		srv.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}
