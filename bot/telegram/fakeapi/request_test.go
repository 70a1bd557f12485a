package fakeapi_test

import (
	"net/http"
	"strings"
	"testing"

	"policybot/bot/telegram/fakeapi"
)

// TestEncodings: parameters may come in four ways, nested ones as JSON or as text that is JSON.
func TestEncodings(t *testing.T) {
	const markup = `{"inline_keyboard":[[{"text":"Một","callback_data":"1"}]]}`
	for _, tt := range []struct{ name, query, contentType, body, want string }{
		{"query", "?chat_id=1&text=x", "", "", ""},
		{"form", "", "application/x-www-form-urlencoded", "chat_id=1&text=x", ""},
		{"form with charset", "", "application/x-www-form-urlencoded; charset=utf-8", "chat_id=1&text=x", ""},
		{"JSON", "", "application/json", `{"chat_id":1,"text":"x","disable_notification":true,"reply_parameters":null}`, ""},
		{"JSON, nested", "", "application/json", `{"chat_id":1,"text":"x","reply_markup":` + markup + `}`, ""},
		{"JSON, nested as text", "", "application/json", `{"chat_id":"1","text":"x","reply_markup":"` + strings.ReplaceAll(markup, `"`, `\"`) + `"}`, ""},
		{"multipart", "", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n1\r\n" +
			"--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nx\r\n--b--\r\n", ""},
		{"query and body", "?chat_id=1", "application/json", `{"text":"x"}`, ""},
		{"multipart announced, nothing sent", "?chat_id=1&text=x", "multipart/form-data; boundary=b", "", ""},
		{"multipart cut", "", "multipart/form-data; boundary=b", "--b\r\nContent-Dis", "can't parse the request"},
		{"JSON cut", "", "application/json", `{"chat_id":1`, "can't parse the request"},
		{"JSON no object", "", "application/json", `[1]`, "can't parse the request"},
		{"text", "", "text/plain", "chat_id=1", `fakeapi: content type "text/plain"`},
		{"no type", "", "", "chat_id=1", `fakeapi: content type ""`},
	} {
		srv := fakeapi.New(fakeapi.Options{})
		residents(srv, 1)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://x/bot"+srv.Token()+"/sendMessage"+tt.query, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", tt.contentType)
		got := do(t, srv, r)
		if got.Ok != (tt.want == "") || !strings.Contains(got.Description, tt.want) {
			t.Errorf("%s: got %+v, want %q", tt.name, got, tt.want)
		}
		if arrived := srv.Phone(fakeapi.User{ID: 1}).Last().Text == "x"; arrived != got.Ok {
			t.Errorf("%s: answered %v, arrived %v", tt.name, got.Ok, arrived)
		}
		srv.Close()
	}
}

// FuzzRequests: whatever comes, there is an answer in Telegram's form, and text gets through as it is.
func FuzzRequests(f *testing.F) {
	f.Add("application/json", `{"chat_id":1,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"1"}]]}}`)
	f.Add("application/x-www-form-urlencoded", "chat_id=1&text=%00")
	f.Add("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"text\"; filename=\"x\"\r\n\r\nx\r\n--b--\r\n")
	srv := fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{}})
	residents(srv, 1)
	f.Fuzz(func(t *testing.T, contentType, body string) {
		for _, method := range []string{"sendMessage", "setMyCommands", "sendPhoto", "editMessageText"} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://x/bot"+srv.Token()+"/"+method, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", contentType)
			if a := do(t, srv, r); a.Ok == (a.Description != "") || a.Code == 500 {
				t.Errorf("%s: %+v", method, a)
			}
		}
	})
}
