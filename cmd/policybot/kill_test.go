package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"policybot/bot"
	"policybot/bot/referral"
	"policybot/bot/store"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
)

// The test that kills runs this test program again as a child: the whole bot, speaking to the fake in
// the parent.
const (
	childDir = "POLICYBOT_TEST_CHILD_DIR" // set: be a child, with this data folder
	childURL = "POLICYBOT_TEST_CHILD_URL"
)

// child works until its standard input ends: with the parent, at the latest.
func child(dir string) error {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		io.Copy(io.Discard, os.Stdin) //nolint:errcheck // ended is ended
		cancel()
	}()
	lg := slog.New(slog.DiscardHandler)
	db, err := store.Open(ctx, lg, dir, store.Options{Key: testKey})
	if err != nil {
		return err
	}
	defer db.Close()
	known, err := theContent()
	if err != nil {
		return err
	}
	a, err := telegram.New(lg, telegram.Config{Token: fakeapi.DefaultToken, Key: []byte(testKey), URL: os.Getenv(childURL),
		Limits: &telegram.Limits{}, Groups: db.Welcomes}, bot.New(lg, known.library, known.answers, db), db)
	if err != nil {
		return err
	}
	return a.Run(ctx)
}

// A phase is something that everybody does, and what they read when it has come to its end.
type phase struct {
	name string
	do   func(*testing.T, *fakeapi.Phone, *fakeapi.Phone) // of a resident and the officer
	read string
	card string // the button that the officer's cards have then; empty: any
}

// The way of a referral. Buttons are pressed twice, as by an impatient finger.
var phases = []phase{
	{"asks", sends("cận nghèo nằm viện trả bao nhiêu"), "100%", ""},
	{"wants an officer", taps("Gửi cán bộ phường/xã"), "Bà con ở phường, xã nào", ""},
	{"says where", sends("trung nhut"), "xem đúng nơi mình ở", ""},
	{"chooses", taps("Phường Trung Nhứt"), "Đồng ý gửi", ""},
	{"agrees", taps("Đồng ý gửi"), "Mã phiếu của bà con", "Nhận"},
	{"is accepted", officerTaps("Nhận"), "đã nhận lúc", "Xong"},
	{"is closed", officerTaps("Xong"), "đã giải quyết xong", ""},
}

func sends(text string) func(*testing.T, *fakeapi.Phone, *fakeapi.Phone) {
	return func(t *testing.T, resident, _ *fakeapi.Phone) {
		if _, err := resident.Send(text); err != nil {
			t.Error(err)
		}
	}
}

func taps(label string) func(*testing.T, *fakeapi.Phone, *fakeapi.Phone) {
	return func(t *testing.T, resident, _ *fakeapi.Phone) {
		for range 2 {
			if _, err := resident.Press(label); err != nil {
				t.Error(err)
			}
		}
	}
}

// officerTaps presses the button on the card of the resident's referral.
func officerTaps(label string) func(*testing.T, *fakeapi.Phone, *fakeapi.Phone) {
	return func(t *testing.T, resident, officer *fakeapi.Phone) {
		card := cardOf(resident, officer)
		for range 2 {
			if _, err := officer.PressOn(card.ID, label); err != nil {
				t.Error(err)
			}
		}
	}
}

// cardOf is the newest card of the resident's referral on the officer's phone.
func cardOf(resident, officer *fakeapi.Phone) fakeapi.Message {
	code := codeOn(resident)
	for _, m := range slices.Backward(officer.Messages()) {
		if code != "" && strings.Contains(m.Text, "Phiếu "+code+" ·") {
			return m
		}
	}
	return fakeapi.Message{}
}

// codeOn is the code that a resident was told.
func codeOn(p *fakeapi.Phone) string {
	for _, m := range p.Messages() {
		if _, code, ok := strings.Cut(m.Text, "Mã phiếu của bà con: "); ok {
			code, _, _ = strings.Cut(code, "\n")
			return code
		}
	}
	return ""
}

// TestReferralsSurviveKills kills the bot at a random call to Telegram in a phase, before or after the
// call has taken effect. No referral is lost, none is doubled. POLICYBOT_LONG=1: in each phase, over and
// over.
func TestReferralsSurviveKills(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	if os.Getenv("POLICYBOT_LONG") == "" {
		deadly := 4 + random.IntN(3) // the first phases change only the session
		newVillage(t, 3).live(random, func(phase int) bool { return phase == deadly })
		return
	}
	for range 25 {
		newVillage(t, 3).live(random, func(int) bool { return true })
	}
}

// A village is a fake that stays, residents, an officer, and one mortal bot after the other.
type village struct {
	t         *testing.T
	srv       *fakeapi.Server
	url, dir  string
	residents []*fakeapi.Phone
	officer   *fakeapi.Phone
}

func newVillage(t *testing.T, people int) *village {
	v := &village{t: t, srv: fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{}}), dir: t.TempDir()}
	web := httptest.NewServer(v.srv)
	t.Cleanup(func() { v.srv.Close(); web.Close() })
	v.url = web.URL
	v.officer = v.srv.Phone(fakeapi.User{ID: 900})
	for n := range people {
		v.residents = append(v.residents, v.srv.Phone(fakeapi.User{ID: int64(1000 + n)}))
	}
	db := v.open()
	inv, err := db.Invite(t.Context(), "31217", "Trần Thị B", referral.Plain)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := v.officer.Start(inv.Payload); err != nil {
		t.Fatal(err)
	}
	return v
}

func (v *village) open() *store.DB {
	v.t.Helper()
	db, err := store.Open(v.t.Context(), slog.New(slog.DiscardHandler), v.dir, store.Options{Key: testKey})
	if err != nil {
		v.t.Fatal(err)
	}
	return db
}

// live goes through the phases, killing the bot in some, and takes stock.
func (v *village) live(random *rand.Rand, deadly func(phase int) bool) {
	v.t.Helper()
	c := v.spawn()
	for i, p := range phases {
		for _, r := range v.residents {
			p.do(v.t, r, v.officer)
		}
		if deadly(i) {
			v.killAtCall(c, 1+random.IntN(4*len(v.residents)), random.IntN(2) == 0)
		}
		done := func() bool { return v.have(p.read) && v.cardsOffer(p.card) }
		if v.wait(c, done); !done() {
			<-c.dead
			v.srv.Lift()
			c = v.spawn()
			v.wait(c, done)
		}
		v.srv.Lift()
		if !done() {
			v.t.Fatalf("after %q not everybody has read %q", p.name, p.read)
		}
	}
	c.kill()
	<-c.dead
	v.count()
}

// have reports whether every resident has read something.
func (v *village) have(text string) bool {
	return !slices.ContainsFunc(v.residents, func(p *fakeapi.Phone) bool {
		return !slices.ContainsFunc(p.Messages(), func(m fakeapi.Message) bool {
			return strings.Contains(m.Text, text) || slices.Contains(labels(m), text)
		})
	})
}

// cardsOffer reports whether the officer has a card of each referral with a button.
func (v *village) cardsOffer(label string) bool {
	return label == "" || !slices.ContainsFunc(v.residents, func(p *fakeapi.Phone) bool {
		return !slices.Contains(labels(cardOf(p, v.officer)), label)
	})
}

// count looks for what is lost or doubled: each resident has one referral, accepted once and closed once.
func (v *village) count() {
	v.t.Helper()
	db := v.open()
	defer db.Close()
	for _, p := range v.residents {
		all, err := db.Referrals(v.t.Context(), bot.Whose{Resident: telegram.ChatID([]byte(testKey), p.Chat())})
		if err != nil {
			v.t.Fatal(err)
		}
		if len(all) != 1 || all[0].State != referral.Closed || all[0].Version != 3 || string(all[0].Code) != codeOn(p) {
			v.t.Errorf("a resident with code %s has %+v", codeOn(p), all)
		}
	}
}

// A mortalBot is a child process.
type mortalBot struct {
	cmd   *exec.Cmd
	input io.Closer
	dead  chan struct{}
}

func (v *village) spawn() *mortalBot {
	v.t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childDir+"="+v.dir, childURL+"="+v.url)
	cmd.Stderr = os.Stderr
	input, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		v.t.Fatal(err)
	}
	c := &mortalBot{cmd: cmd, input: input, dead: make(chan struct{})}
	go func() { cmd.Wait(); close(c.dead) }() //nolint:errcheck // it is killed
	v.t.Cleanup(func() { c.kill(); <-c.dead })
	return c
}

func (c *mortalBot) kill() { c.cmd.Process.Kill() } //nolint:errcheck // it may be dead

// killAtCall kills the bot at its nth call from now on that shows something.
func (v *village) killAtCall(c *mortalBot, n int, after bool) {
	v.srv.Fail(fakeapi.Fault{
		Match:       func(c fakeapi.Call) bool { n--; return n == 0 && c.Method != "getUpdates" },
		Times:       1,
		AfterEffect: after,
		Cut:         true,
		OnHit:       func(fakeapi.Call) { c.kill() },
	})
}

// wait waits until ok holds or the bot is dead.
func (v *village) wait(c *mortalBot, ok func() bool) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.t.Context(), 2*time.Minute)
	defer cancel()
	go func() {
		select {
		case <-c.dead:
			cancel()
		case <-ctx.Done():
		}
	}()
	if err := v.srv.Wait(ctx, ok); err != nil && ctx.Err() == context.DeadlineExceeded {
		v.t.Fatal(fmt.Errorf("the bot is neither done nor dead: %w", err))
	}
}
