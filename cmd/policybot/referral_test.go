package main

import (
	"hash/fnv"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"policybot/bot"
	"policybot/bot/bottest"
	"policybot/bot/referral"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
	"policybot/knowledge"
)

// TestReferralsOnTelegram plays dialogues of residents with officers: through the adapter, the index
// and SQLite, each with a city of its own.
func TestReferralsOnTelegram(t *testing.T) {
	bottest.Run(t, os.DirFS("testdata/dialogues"), "*.txtar", func(t *testing.T) bottest.Player {
		r := newRadio(t)
		return &company{r.phone(6000), map[string]*phone{}}
	})
}

// company is a [bottest.Company] on phones.
type company struct {
	*phone
	others map[string]*phone
}

func (c *company) Person(_ *testing.T, name string) bottest.Watcher {
	if name == "" || name == "me" {
		return c.phone
	}
	if c.others[name] == nil {
		h := fnv.New32a()
		h.Write([]byte(name))
		c.others[name] = c.radio.phone(7000 + int64(h.Sum32()%1_000_000))
	}
	return c.others[name]
}

func (c *company) Link(t *testing.T, name string, place knowledge.WardCode) {
	role := referral.Plain
	if place == referral.City {
		role = referral.Duty
	}
	inv, err := c.db.Invite(t.Context(), place, "Cán bộ "+name, role)
	if err != nil {
		t.Fatal(err)
	}
	c.Person(t, name).Say(t, "/start "+inv.Payload, knowledge.NewDate(2026, 11, 23))
}

var today = knowledge.NewDate(2026, 11, 23)

const trungNhut = knowledge.WardCode("31217")

// newCompany is a resident, and officers of Phường Trung Nhứt.
func newCompany(t *testing.T, r *radio, officers ...string) *company {
	c := &company{r.phone(6000), map[string]*phone{}}
	for _, name := range officers {
		c.Link(t, name, trungNhut)
	}
	return c
}

// refers sends a referral to Phường Trung Nhứt.
func (c *company) refers(t *testing.T) {
	t.Helper()
	c.Say(t, "cận nghèo nằm viện trả bao nhiêu", today)
	c.Press(t, "Gửi cán bộ phường/xã", today)
	c.Say(t, "trung nhut", today)
	c.Press(t, "Phường Trung Nhứt", today)
	c.Press(t, "Đồng ý gửi", today)
}

// sees waits until something stands on a phone.
func (p *phone) sees(t *testing.T, what string) {
	t.Helper()
	if s := p.Watch(t, func(s bottest.Screen) bool { return strings.Contains(s.Text, what) }); !strings.Contains(s.Text, what) {
		t.Errorf("the phone does not show %q but\n%s", what, s.Text)
	}
}

// toast waits for the answer to a press.
func (r *radio) toast(t *testing.T, p *fakeapi.Phone, label string) string {
	t.Helper()
	query, err := p.Press(label)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.srv.Wait(t.Context(), func() bool { return p.Answer(query) != nil }); err != nil {
		t.Fatal(err)
	}
	return p.Answer(query).Text
}

// TestAGroupIsADesk: an officer brings the bot into the ward's group and makes it the desk's; only
// officers may press there, and the desk follows the group to a new number.
func TestAGroupIsADesk(t *testing.T) {
	r := newRadio(t)
	c := newCompany(t, r, "a", "b")
	a, b := c.others["a"], c.others["b"]
	g := r.srv.Supergroup(-500, "Phường Trung Nhứt")
	inGroup := func(p *fakeapi.Phone) *phone { return &phone{r, p, map[int]string{}} }
	aThere, stranger := inGroup(a.In(g)), inGroup(r.srv.Phone(fakeapi.User{ID: 8000}).In(g))
	g.AddBot(a.Phone)
	if _, err := aThere.Send("/nhom@" + r.srv.Bot().Username); err != nil {
		t.Fatal(err)
	}
	aThere.sees(t, "nay nhận phiếu của Phường Trung Nhứt")

	c.refers(t)
	aThere.sees(t, "Chưa ai nhận")
	if got := r.toast(t, stranger.Phone, "Nhận"); !strings.Contains(got, "chưa được liên kết") {
		t.Errorf("a stranger is told %q", got)
	}
	if got := r.toast(t, b.In(g), "Nhận"); !strings.Contains(got, "tin nhắn riêng") {
		t.Errorf("the officer is told %q", got)
	}
	b.sees(t, "đã nhận phiếu")
	aThere.sees(t, "Cán bộ b đã nhận")
	c.sees(t, "Cán bộ b, Phường Trung Nhứt, đã nhận")
	b.Press(t, "Xong", today)

	moved := inGroup(a.In(g.Migrate(-9500)))
	c.Say(t, "hộ nghèo vay vốn lãi suất bao nhiêu", today)
	c.Press(t, "Gửi cán bộ phường/xã", today)
	c.Press(t, "Phường Trung Nhứt", today)
	c.Press(t, "Đồng ý gửi", today)
	moved.sees(t, "Chưa ai nhận")
	if got := r.toast(t, moved.Phone, "Nhận"); !strings.Contains(got, "tin nhắn riêng") {
		t.Errorf("in the moved group the officer is told %q", got)
	}
	a.sees(t, "đã nhận phiếu")
}

// TestTwoOfficersPressAtOnce: in two chats, so the adapter works on both at the same time.
func TestTwoOfficersPressAtOnce(t *testing.T) {
	r := newRadio(t)
	c := newCompany(t, r, "a", "b")
	c.refers(t)
	officers := []*phone{c.others["a"], c.others["b"]}
	for _, o := range officers {
		o.sees(t, "Chưa ai nhận")
	}
	for _, o := range officers {
		o.look()
	}
	var presses sync.WaitGroup
	for _, o := range officers {
		presses.Go(func() {
			if _, err := o.Phone.Press("Nhận"); err != nil {
				t.Error(err)
			}
		})
	}
	presses.Wait()
	won := 0
	for _, o := range officers {
		s := o.Watch(t, func(s bottest.Screen) bool {
			return strings.Contains(s.Text, "đã nhận phiếu") || strings.Contains(s.Text, "đã nhận lúc") && strings.Contains(s.Text, "Phiếu CT-") && slices.Contains(s.Buttons, "Xong")
		})
		if strings.Contains(s.Text, "Anh/chị đã nhận phiếu") {
			won++
		}
	}
	if won != 1 {
		t.Errorf("%d officers have accepted it", won)
	}
	all, err := r.db.Referrals(t.Context(), bot.Whose{Resident: telegram.ChatID([]byte(testKey), c.Chat())})
	if err != nil || len(all) != 1 || all[0].State != referral.Accepted || all[0].Version != 2 {
		t.Errorf("referrals %+v, %v", all, err)
	}
}

// TestAnOfficersGroupIsNotAnybodys: the bot leaves a group that a stranger brings it to.
func TestAnOfficersGroupIsNotAnybodys(t *testing.T) {
	r := newRadio(t)
	newCompany(t, r, "a")
	stranger := r.srv.Phone(fakeapi.User{ID: 8000})
	g := r.srv.Group(-600, "Xóm")
	in := &phone{r, stranger.In(g), map[int]string{}}
	g.AddBot(stranger)
	in.sees(t, "máy xin rời nhóm này")
}

// TestNumberAndFilesOnTelegram: the key that shares the own number, files both ways by their ids, and a
// resident who has stopped the bot.
func TestNumberAndFilesOnTelegram(t *testing.T) {
	r := newRadio(t)
	c := newCompany(t, r, "a")
	a := c.others["a"]
	c.Say(t, "cận nghèo nằm viện trả bao nhiêu", today)
	c.Press(t, "Gửi cán bộ phường/xã", today)
	c.Say(t, "trung nhut", today)
	c.Press(t, "Phường Trung Nhứt", today)
	if _, err := c.Phone.Press("Thêm số điện thoại"); err != nil {
		t.Fatal(err)
	}
	c.sees(t, "Cán bộ gọi bà con qua số nào")
	if _, err := c.Phone.Press("📱 Gửi số của tôi"); err != nil {
		t.Fatal(err)
	}
	c.sees(t, "chỉ người nhận phiếu thấy")
	if c.View().Keyboard != nil {
		t.Error("the key is still there")
	}
	c.Press(t, "Đồng ý gửi", today)
	a.sees(t, "Có số điện thoại")
	if s := a.Press(t, "Nhận", today); !strings.Contains(s.Text, "+84000006000") {
		t.Errorf("who accepted reads %q", s.Text)
	}
	a.Press(t, "Trả lời", today)
	if _, err := a.SendFile("document", "mau-don.pdf", []byte("%PDF"), "mẫu đơn"); err != nil {
		t.Fatal(err)
	}
	c.sees(t, "mẫu đơn")
	if m := last(c); m.Document == nil || m.Document.Name != "mau-don.pdf" || !strings.Contains(m.Caption, "Phường Trung Nhứt trả lời") {
		t.Errorf("the resident gets %+v", m)
	}
	if _, err := c.SendFile("voice", "", []byte("OggS"), ""); err != nil {
		t.Fatal(err)
	}
	a.sees(t, "người dân nhắn")
	if m := last(a); m.Voice == nil {
		t.Errorf("the officer gets %+v", m)
	}
	c.Block()
	if err := r.srv.Wait(t.Context(), func() bool { return r.srv.Unconfirmed() == 0 }); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Send("chị còn đó không"); err != nil {
		t.Fatal(err)
	}
	a.sees(t, "đã chặn máy")
}

// last is the newest message of the bot on a phone.
func last(p interface{ said() []fakeapi.Message }) fakeapi.Message {
	all := p.said()
	return all[len(all)-1]
}

// TestWhatIsSaidInACaseIsNotLogged: not at the finest level, and not when Telegram refuses it.
func TestWhatIsSaidInACaseIsNotLogged(t *testing.T) {
	log := &logBuffer{}
	r := newLoggedRadio(t, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	c := newCompany(t, r, "a")
	a := c.others["a"]
	c.refers(t)
	a.sees(t, "Chưa ai nhận")
	a.Press(t, "Nhận", today)
	a.Press(t, "Trả lời", today)
	r.srv.Fail(fakeapi.Fault{Times: 1, Status: 500, Match: func(call fakeapi.Call) bool { return strings.Contains(call.Params["text"], "thuongmien") }})
	r.srv.Fail(fakeapi.Fault{Times: 1, Status: 400, Match: func(call fakeapi.Call) bool { return strings.Contains(call.Params["text"], "thuongmien") }})
	if _, err := a.Send("thuongmien 0912 345 678"); err != nil {
		t.Fatal(err)
	}
	c.sees(t, "thuongmien")
	if _, err := c.Send("chuyennha"); err != nil {
		t.Fatal(err)
	}
	a.sees(t, "chuyennha")
	said := log.String()
	for _, secret := range []string{"thuongmien", "0912", "chuyennha", "nằm viện", "7000", "Cán bộ a"} {
		if strings.Contains(said, secret) {
			t.Errorf("%q is in the log:\n%s", secret, said)
		}
	}
	if !slices.ContainsFunc(strings.Split(said, "\n"), func(line string) bool { return strings.Contains(line, "call put off") }) {
		t.Errorf("the log knows nothing of the refusals:\n%s", said)
	}
}
