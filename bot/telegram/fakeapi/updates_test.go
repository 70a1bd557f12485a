package fakeapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"policybot/bot/telegram/fakeapi"
)

// fetch is getUpdates, as texts of messages; other updates by their kind.
func fetch(t *testing.T, srv *fakeapi.Server, params form) []string {
	t.Helper()
	a := ask(t, srv, "getUpdates", params)
	if !a.Ok {
		t.Fatalf("getUpdates %v: %s", params, a.Description)
	}
	var list []fakeapi.Update
	if err := json.Unmarshal(a.Result, &list); err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, u := range list {
		out = append(out, fmt.Sprintf("%d %s", u.ID, words(u)))
	}
	return out
}

func words(u fakeapi.Update) string {
	switch {
	case u.Message != nil && u.Message.NewChatMembers != nil:
		return "joined " + u.Message.NewChatMembers[0].FirstName
	case u.Message != nil && u.Message.LeftChatMember != nil:
		return "left " + u.Message.LeftChatMember.FirstName
	case u.Message != nil && u.Message.MigrateTo != 0:
		return "migrated"
	case u.Message != nil && u.Message.MigrateFrom != 0:
		return "migrated from"
	case u.Message != nil && u.Message.Contact != nil:
		return fmt.Sprintf("contact of %d from %d", u.Message.Contact.UserID, u.Message.From.ID)
	case u.Message != nil:
		return u.Message.Text
	case u.EditedMessage != nil:
		return "edited " + u.EditedMessage.Text
	case u.CallbackQuery != nil:
		return "pressed " + u.CallbackQuery.Data
	case u.MyChatMember != nil:
		return "bot " + u.MyChatMember.Old.Status + " to " + u.MyChatMember.New.Status
	}
	return u.ChatMember.New.User.FirstName + " " + u.ChatMember.Old.Status + " to " + u.ChatMember.New.Status
}

func TestOffsets(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{})
	defer srv.Close()
	phone := srv.Phone(fakeapi.User{ID: 1})
	for _, text := range []string{"a", "b", "c", "d"} {
		phone.Send(text)
	}
	for _, step := range []struct {
		params form
		want   []string
	}{
		{form{}, []string{"1 a", "2 b", "3 c", "4 d"}},
		{form{}, []string{"1 a", "2 b", "3 c", "4 d"}}, // nothing confirmed
		{form{"limit": "2"}, []string{"1 a", "2 b"}},
		{form{"offset": "1"}, []string{"1 a", "2 b", "3 c", "4 d"}},
		{form{"offset": "2"}, []string{"2 b", "3 c", "4 d"}},
		{form{"offset": "1"}, []string{"2 b", "3 c", "4 d"}}, // confirmed is confirmed
		{form{"offset": "-1"}, []string{"4 d"}},
		{form{}, []string{"4 d"}},
		{form{"offset": "99"}, []string{}},
	} {
		if diff := cmp.Diff(step.want, fetch(t, srv, step.params)); diff != "" {
			t.Fatalf("getUpdates %v (-want +got)\n%s", step.params, diff)
		}
	}
	if n := srv.Unconfirmed(); n != 0 {
		t.Errorf("%d unconfirmed at the end", n)
	}
}

func TestLongPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		phone := srv.Phone(fakeapi.User{ID: 1})
		start := time.Now()
		if got := fetch(t, srv, form{"timeout": "30"}); len(got) != 0 || time.Since(start) != 30*time.Second {
			t.Errorf("empty poll: %v after %v", got, time.Since(start))
		}
		start = time.Now()
		go func() {
			time.Sleep(7 * time.Second)
			phone.Send("a")
		}()
		if got := fetch(t, srv, form{"timeout": "30"}); len(got) != 1 || time.Since(start) != 7*time.Second {
			t.Errorf("poll with news: %v after %v", got, time.Since(start))
		}
		start = time.Now()
		if got := fetch(t, srv, form{"timeout": "500", "offset": "2"}); len(got) != 0 || time.Since(start) != 50*time.Second {
			t.Errorf("long poll: %v after %v", got, time.Since(start))
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://x/bot"+srv.Token()+"/getUpdates?timeout=30", nil)
		if err != nil {
			t.Fatal(err)
		}
		start = time.Now()
		if _, err := srv.Do(r); err == nil || time.Since(start) != 3*time.Second {
			t.Errorf("poll given up: %v after %v", err, time.Since(start))
		}
		phone.Send("b")
		if got := fetch(t, srv, form{}); len(got) != 1 {
			t.Errorf("what came after a poll was given up: %v", got)
		}
	})
}

func TestTwoPollers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		first, second := make(chan answer, 1), make(chan answer, 1)
		poll := func(to chan answer) { to <- ask(t, srv, "getUpdates", form{"timeout": "30"}) }
		go poll(first)
		synctest.Wait()
		go poll(second)
		synctest.Wait()
		srv.Phone(fakeapi.User{ID: 1}).Send("a")
		if a := <-second; !strings.Contains(string(a.Result), `"text":"a"`) {
			t.Errorf("second poller: %+v", a)
		}
		if a := <-first; a.Code != 409 || !strings.HasPrefix(a.Description, "Conflict: terminated by other getUpdates request") {
			t.Errorf("first poller: %+v", a)
		}
	})
}

func TestAllowedUpdates(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{})
	defer srv.Close()
	g := srv.Group(-5, "Phường")
	an := srv.Phone(fakeapi.User{ID: 1, FirstName: "An"})
	g.AddBot(an)
	g.PromoteBot(an)
	ba := srv.Phone(fakeapi.User{ID: 2, FirstName: "Ba"})
	ba.In(g) // chat_member is not sent unless asked for
	want := []string{"1 bot left to member", "2 joined Bot", "3 bot member to administrator", "4 joined Ba"}
	if diff := cmp.Diff(want, fetch(t, srv, form{})); diff != "" {
		t.Errorf("by default (-want +got)\n%s", diff)
	}
	fetch(t, srv, form{"offset": "5", "allowed_updates": `["chat_member"]`})
	g.Remove(ba, an)
	fetch(t, srv, form{}) // not said again: remembered
	ba.In(g)
	want = []string{"5 Ba member to kicked", "6 Ba kicked to member"}
	if diff := cmp.Diff(want, fetch(t, srv, form{})); diff != "" {
		t.Errorf("chat_member only (-want +got)\n%s", diff)
	}
	fetch(t, srv, form{"offset": "7", "allowed_updates": `[]`})
	an.Send("a")
	if got := fetch(t, srv, form{}); !slices.Equal(got, []string{"7 a"}) {
		t.Errorf("after an empty list: %v", got)
	}
}

// TestUpdatesExpire: nobody fetches for a day.
func TestUpdatesExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		residents(srv, 1)
		time.Sleep(23 * time.Hour)
		srv.Phone(fakeapi.User{ID: 1}).Send("b")
		time.Sleep(2 * time.Hour)
		if got := fetch(t, srv, form{}); !slices.Equal(got, []string{"2 b"}) {
			t.Errorf("after 25 hours: %v", got)
		}
	})
}

func TestDisturbances(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{})
	defer srv.Close()
	phone := srv.Phone(fakeapi.User{ID: 1})
	for i := range 10 {
		phone.Send(string(rune('a' + i)))
	}
	plain := fetch(t, srv, form{})
	srv.Disturb(fakeapi.Disturbance{Reorder: true, Seed: 1})
	mixed := fetch(t, srv, form{})
	if slices.Equal(mixed, plain) {
		t.Errorf("not reordered: %v", mixed)
	}
	slices.SortFunc(mixed, func(a, b string) int { return strings.Compare(a[len(a)-1:], b[len(b)-1:]) })
	if diff := cmp.Diff(plain, mixed); diff != "" {
		t.Errorf("reordering lost something (-want +got)\n%s", diff)
	}
	srv.Disturb(fakeapi.Disturbance{Duplicate: true})
	if got := fetch(t, srv, form{}); !slices.Equal(got, append(plain, plain...)) {
		t.Errorf("not doubled: %v", got)
	}
	srv.Disturb(fakeapi.Disturbance{Replay: 2})
	if got := fetch(t, srv, form{"offset": "10"}); !slices.Equal(got, []string{"10 j", "8 h", "9 i"}) {
		t.Errorf("not replayed: %v", got)
	}
	if got := fetch(t, srv, form{"offset": "11"}); len(got) != 0 {
		t.Errorf("replayed without news: %v", got)
	}
}
