package fakeapi_test

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"policybot/bot/telegram/fakeapi"
)

// residents makes n private chats with the bot, numbered from 1.
func residents(srv *fakeapi.Server, n int) {
	for i := range n {
		srv.Phone(fakeapi.User{ID: int64(i + 1)}).Send("chào")
	}
}

func say(t *testing.T, srv *fakeapi.Server, chat int) answer {
	t.Helper()
	return ask(t, srv, "sendMessage", form{"chat_id": strconv.Itoa(chat), "text": "x"})
}

func TestLimitOfAChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		residents(srv, 2)
		for i := range 3 {
			if a := say(t, srv, 1); !a.Ok {
				t.Fatalf("message %d of the burst: %s", i+1, a.Description)
			}
		}
		for range 3 { // asking again does not make it worse
			a := say(t, srv, 1)
			if a.Code != 429 || a.Parameters.RetryAfter != 1 || a.Description != "Too Many Requests: retry after 1" {
				t.Fatalf("after the burst: %+v", a)
			}
		}
		if a := say(t, srv, 2); !a.Ok {
			t.Errorf("another chat: %s", a.Description)
		}
		time.Sleep(time.Second)
		if a := say(t, srv, 1); !a.Ok {
			t.Errorf("a second later: %s", a.Description)
		}
		if a := say(t, srv, 1); a.Code != 429 {
			t.Errorf("two in that second: %+v", a)
		}
		time.Sleep(time.Minute)
		for range 3 {
			if a := say(t, srv, 1); !a.Ok {
				t.Errorf("burst after a rest: %s", a.Description)
			}
		}
	})
}

func TestLimitOfAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		residents(srv, 61)
		for i := range 30 {
			if a := say(t, srv, i+1); !a.Ok {
				t.Fatalf("message %d: %s", i+1, a.Description)
			}
			time.Sleep(10 * time.Millisecond)
		}
		if a := say(t, srv, 31); a.Code != 429 {
			t.Fatalf("message 31 in a second: %+v", a)
		}
		time.Sleep(700 * time.Millisecond) // a second after the first
		if a := say(t, srv, 31); !a.Ok {
			t.Errorf("a second after the first: %s", a.Description)
		}
		if a := say(t, srv, 32); a.Code != 429 {
			t.Errorf("the window has moved by one message, two passed: %+v", a)
		}
		srv.SetLimits(fakeapi.Limits{})
		for i := range 61 {
			if a := say(t, srv, i+1); !a.Ok {
				t.Fatalf("limits lifted: %s", a.Description)
			}
		}
	})
}

func TestLimitOfAGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		g := srv.Group(-7, "Phường")
		g.AddBot(srv.Phone(fakeapi.User{ID: 1}))
		for i := range 20 {
			if a := say(t, srv, -7); !a.Ok {
				t.Fatalf("message %d: %s", i+1, a.Description)
			}
			time.Sleep(time.Second)
		}
		if a := say(t, srv, -7); a.Parameters.RetryAfter != 40 {
			t.Errorf("message 21 after 20 s: %+v", a)
		}
		time.Sleep(40 * time.Second)
		if a := say(t, srv, -7); !a.Ok {
			t.Errorf("a minute after the first: %s", a.Description)
		}
	})
}

// TestAnswerInTime: a press is answered once, and soon.
func TestAnswerInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		phone := srv.Phone(fakeapi.User{ID: 1})
		phone.Send("chào")
		sent(t, srv, "sendMessage", form{"chat_id": "1", "text": "menu", "reply_markup": inline(`{"text":"Một","callback_data":"1"}`)})
		press := func() string {
			id, err := phone.Press("Một")
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		id := press()
		time.Sleep(14 * time.Second)
		if a := ask(t, srv, "answerCallbackQuery", form{"callback_query_id": id}); !a.Ok {
			t.Errorf("after 14 s: %s", a.Description)
		}
		if a := ask(t, srv, "answerCallbackQuery", form{"callback_query_id": id}); a.Ok {
			t.Error("answered twice")
		}
		late := press()
		time.Sleep(16 * time.Second)
		if a := ask(t, srv, "answerCallbackQuery", form{"callback_query_id": late}); a.Ok {
			t.Error("answered after 16 s")
		}
		if phone.Answer(id) == nil || phone.Answer(late) != nil {
			t.Errorf("answers on the phone: %v, %v", phone.Answer(id), phone.Answer(late))
		}
	})
}

// TestOldMessages: after 48 hours a message stays.
func TestOldMessages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		residents(srv, 1)
		m := sent(t, srv, "sendMessage", form{"chat_id": "1", "text": "x"})
		time.Sleep(49 * time.Hour)
		got := ask(t, srv, "deleteMessage", form{"chat_id": "1", "message_id": strconv.Itoa(m.ID)})
		if want := "Bad Request: message can't be deleted for everyone"; got.Description != want {
			t.Errorf("got %q, want %q", got.Description, want)
		}
	})
}
