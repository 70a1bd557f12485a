package fakeapi_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"policybot/bot/telegram/fakeapi"
)

// TestPrivacyMode: what of a group's talk reaches the bot.
func TestPrivacyMode(t *testing.T) {
	talk := func(opt fakeapi.Options, promote bool) []string {
		srv := fakeapi.New(opt)
		defer srv.Close()
		an := srv.Phone(fakeapi.User{ID: 1, FirstName: "An"})
		g := srv.Group(-5, "Phường")
		g.AddBot(an)
		if promote {
			g.PromoteBot(an)
		}
		fetch(t, srv, form{"offset": "100"})
		here := an.In(g)
		m := sent(t, srv, "sendMessage", form{"chat_id": "-5", "text": "chào"})
		here.Send("nói chuyện riêng")
		here.Send("/homnay")
		here.Send("/homnay@fake_bot nhé")
		here.Send("/homnay@other_bot")
		here.Send("hỏi @fake_bot chút")
		here.Send("xem a/b")
		here.Reply(m.ID, "trả lời")
		here.Leave()
		var out []string
		for _, u := range fetch(t, srv, form{"allowed_updates": `["message"]`}) {
			_, text, _ := strings.Cut(u, " ")
			out = append(out, text)
		}
		return out
	}
	some := []string{"joined An", "/homnay", "/homnay@fake_bot nhé", "hỏi @fake_bot chút", "trả lời", "left An"}
	all := []string{"joined An", "nói chuyện riêng", "/homnay", "/homnay@fake_bot nhé", "/homnay@other_bot",
		"hỏi @fake_bot chút", "xem a/b", "trả lời", "left An"}
	if diff := cmp.Diff(some, talk(fakeapi.Options{}, false)); diff != "" {
		t.Errorf("privacy on (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(all, talk(fakeapi.Options{NoPrivacy: true}, false)); diff != "" {
		t.Errorf("privacy off (-want +got)\n%s", diff)
	}
	got := talk(fakeapi.Options{}, true)
	got = got[:len(got)-1] // an administrator also hears of members, which is not asked for here
	if diff := cmp.Diff(all[:len(all)-1], got); diff != "" {
		t.Errorf("administrator (-want +got)\n%s", diff)
	}
}

// TestLifeOfAPhone: everything a person does reaches the bot as the update Telegram would send.
func TestLifeOfAPhone(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{}})
	defer srv.Close()
	an := srv.Phone(fakeapi.User{ID: 1, FirstName: "An"})
	must := func(_ fakeapi.Message, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(an.Start("w-31117"))
	first := an.Last()
	if first.Entities[0] != (fakeapi.Entity{Type: "bot_command", Length: 6}) {
		t.Errorf("entities of /start: %+v", first.Entities)
	}
	must(an.Send("nhầm"))
	if err := an.Edit(2, "đúng"); err != nil {
		t.Fatal(err)
	}
	sent(t, srv, "sendMessage", form{"chat_id": "1", "text": "số?", "reply_markup": `{"keyboard":[[{"text":"Gửi số","request_contact":true},{"text":"Thôi"}]],"one_time_keyboard":true}`})
	if k := an.View().Keyboard; k == nil || !k.Rows[0][0].RequestContact {
		t.Fatalf("keyboard %+v", k)
	}
	if _, err := an.Press("Gửi số"); err != nil {
		t.Fatal(err)
	}
	if an.View().Keyboard != nil {
		t.Error("a one-time keyboard stays")
	}
	if _, err := an.Press("Thôi"); err == nil {
		t.Error("pressed a key that is gone")
	}
	must(an.SendContact(fakeapi.Contact{PhoneNumber: "0900", FirstName: "Ba", UserID: 2}))
	sent(t, srv, "sendMessage", form{"chat_id": "1", "text": "menu", "reply_markup": inline(`{"text":"Một","callback_data":"1"},{"text":"Web","url":"https://a.vn/"}`)})
	menu := an.Last().ID
	if _, err := an.Press("Web"); err == nil {
		t.Error("a link told the bot something")
	}
	if _, err := an.Press("Một"); err != nil {
		t.Fatal(err)
	}
	ask(t, srv, "editMessageReplyMarkup", form{"chat_id": "1", "message_id": "6"})
	if _, err := an.PressOn(menu, "Một"); err == nil {
		t.Error("pressed a button that is gone")
	}
	if _, err := an.PressData(menu, "1"); err != nil {
		t.Errorf("late press: %v", err)
	}
	an.Block()
	if _, err := an.Send("x"); err == nil {
		t.Error("wrote to a blocked bot")
	}
	an.Unblock()
	must(an.Send(strings.Repeat("🏠", 2049)))
	want := []string{"1 /start w-31117", "2 nhầm", "3 edited đúng", "4 contact of 1 from 1", "5 contact of 2 from 1", "6 pressed 1", "7 pressed 1",
		"8 bot member to kicked", "9 bot kicked to member", "10 " + strings.Repeat("🏠", 2048), "11 🏠"}
	if diff := cmp.Diff(want, fetch(t, srv, form{})); diff != "" {
		t.Errorf("updates (-want +got)\n%s", diff)
	}
}

// TestMigration: the group's members move along, and the bot hears of it in both chats.
func TestMigration(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{})
	defer srv.Close()
	an := srv.Phone(fakeapi.User{ID: 1, FirstName: "An"})
	g := srv.Group(-5, "Phường")
	g.AddBot(an)
	old := an.In(g)
	fresh := g.Migrate(-1005)
	if _, err := old.Send("/x"); err == nil {
		t.Error("wrote to the old group")
	}
	an.In(fresh).Send("/y")
	want := []string{"1 bot left to member", "2 joined Bot", "3 joined An", "4 migrated", "5 migrated from", "6 /y"}
	if diff := cmp.Diff(want, fetch(t, srv, form{})); diff != "" {
		t.Errorf("updates (-want +got)\n%s", diff)
	}
	if a := ask(t, srv, "sendMessage", form{"chat_id": "-1005", "text": "x"}); !a.Ok {
		t.Error(a.Description)
	}
}

// TestChatAction: typing shows for five seconds, or until the message.
func TestChatAction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		an := srv.Phone(fakeapi.User{ID: 1})
		an.Send("chào")
		typing := func() { ask(t, srv, "sendChatAction", form{"chat_id": "1", "action": "typing"}) }
		typing()
		time.Sleep(4 * time.Second)
		if got := an.View().Action; got != "typing" {
			t.Errorf("after 4 s: %q", got)
		}
		time.Sleep(time.Second)
		if got := an.View().Action; got != "" {
			t.Errorf("after 5 s: %q", got)
		}
		typing()
		say(t, srv, 1)
		if got := an.View().Action; got != "" {
			t.Errorf("after the message: %q", got)
		}
	})
}

// TestCommandMenu: the narrowest scope wins, the person's language before none.
func TestCommandMenu(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{})
	defer srv.Close()
	an := srv.Phone(fakeapi.User{ID: 1})
	john := srv.Phone(fakeapi.User{ID: 2, LanguageCode: "en"})
	g := srv.Group(-5, "Phường")
	g.AddBot(an)
	inGroup := an.In(g)
	johnInGroup := john.In(g)
	g.Promote(an, an)
	set := func(name, scope, language string) {
		t.Helper()
		a := ask(t, srv, "setMyCommands", form{"commands": `[{"command":"` + name + `","description":"x"}]`, "scope": scope, "language_code": language})
		if !a.Ok {
			t.Fatal(a.Description)
		}
	}
	set("a", `{"type":"default"}`, "")
	set("b", `{"type":"all_private_chats"}`, "")
	set("c", `{"type":"all_private_chats"}`, "vi")
	set("d", `{"type":"all_group_chats"}`, "")
	set("e", `{"type":"all_chat_administrators"}`, "")
	check := func(name string, p *fakeapi.Phone, want string) {
		t.Helper()
		if got := p.View().Commands; len(got) != 1 || got[0].Command != want {
			t.Errorf("%s: %v, want %s", name, got, want)
		}
	}
	check("Vietnamese, private", an, "c")
	check("English, private", john, "b")
	check("member", johnInGroup, "d")
	check("administrator", inGroup, "e")
	set("f", `{"type":"chat","chat_id":1}`, "")
	check("own chat", an, "f")
	set("g", `{"type":"chat_member","chat_id":-5,"user_id":2}`, "")
	check("own place in the group", johnInGroup, "g")
	ask(t, srv, "deleteMyCommands", form{"scope": `{"type":"chat","chat_id":1}`})
	check("own chat, deleted", an, "c")
}

// TestTopics: a forum's topic shows its own messages, and the bot answers into it.
func TestTopics(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{})
	defer srv.Close()
	an := srv.Phone(fakeapi.User{ID: 1})
	g := srv.Supergroup(-1001, "Phường")
	g.AddBot(an)
	g.AddTopic(7, "BHYT")
	health, all := an.In(g).Topic(7), an.In(g)
	all.Send("/a")
	health.Send("/b")
	sent(t, srv, "sendMessage", form{"chat_id": "-1001", "message_thread_id": "7", "text": "c"})
	var got []string
	for _, m := range health.Messages() {
		got = append(got, m.Text)
	}
	if diff := cmp.Diff([]string{"/b", "c"}, got); diff != "" {
		t.Errorf("topic (-want +got)\n%s", diff)
	}
	if n := len(all.Messages()); n != 5 { // and two service messages
		t.Errorf("%d messages in all", n)
	}
}

// TestSelectiveKeyboard: in a group a selective keyboard is for who is replied to.
func TestSelectiveKeyboard(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{})
	defer srv.Close()
	an, ba := srv.Phone(fakeapi.User{ID: 1}), srv.Phone(fakeapi.User{ID: 2})
	g := srv.Group(-5, "Phường")
	g.AddBot(an)
	an, ba = an.In(g), ba.In(g)
	m, err := ba.Send("/x")
	if err != nil {
		t.Fatal(err)
	}
	say := func(markup, reply string) {
		t.Helper()
		sent(t, srv, "sendMessage", form{"chat_id": "-5", "text": "x", "reply_markup": markup, "reply_parameters": reply})
	}
	reply := fmt.Sprintf(`{"message_id":%d}`, m.ID)
	say(`{"keyboard":[[{"text":"A"}]],"selective":true}`, reply)
	if an.View().Keyboard != nil || ba.View().Keyboard == nil {
		t.Errorf("selective: %v, %v", an.View().Keyboard, ba.View().Keyboard)
	}
	say(`{"keyboard":[[{"text":"B"}]]}`, "")
	if an.View().Keyboard == nil {
		t.Error("for all: not shown")
	}
	if _, err := an.Press("B"); err != nil || an.Last().Text != "B" {
		t.Errorf("key: %v %q", err, an.Last().Text)
	}
	say(`{"remove_keyboard":true}`, "")
	if an.View().Keyboard != nil || ba.View().Keyboard != nil {
		t.Error("removed, and still there")
	}
}

// TestSaveAndGoOn: numbers go on after a restart, and what was not confirmed is still there.
func TestSaveAndGoOn(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{})
	an := srv.Phone(fakeapi.User{ID: 1, FirstName: "An"})
	an.Send("a")
	m, err := an.SendFile("document", "don.pdf", []byte("%PDF-"), "đơn")
	if err != nil {
		t.Fatal(err)
	}
	fetch(t, srv, form{"offset": "2"})
	sent(t, srv, "sendMessage", form{"chat_id": "1", "text": "menu", "reply_markup": inline(`{"text":"Một","callback_data":"1"}`)})
	saved, err := srv.Save()
	if err != nil {
		t.Fatal(err)
	}
	srv.Close()

	srv = fakeapi.New(fakeapi.Options{Saved: saved})
	defer srv.Close()
	an = srv.Phone(fakeapi.User{ID: 1})
	if got := an.Messages(); len(got) != 3 || got[0].Text != "a" || got[0].From.FirstName != "An" {
		t.Fatalf("messages after the restart: %+v", got)
	}
	if _, err := an.Press("Một"); err != nil {
		t.Fatal(err)
	}
	an.Send("b")
	want := []string{"2 ", "3 pressed 1", "4 b"}
	if diff := cmp.Diff(want, fetch(t, srv, form{})); diff != "" {
		t.Errorf("updates (-want +got)\n%s", diff)
	}
	if data, ok := srv.File(m.Document.ID); !ok || string(data) != "%PDF-" {
		t.Errorf("file: %q %v", data, ok)
	}
	if got := an.Last().ID; got != 4 {
		t.Errorf("message number %d", got)
	}
}
