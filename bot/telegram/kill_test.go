package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"policybot/bot/store"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
)

// kills kills the bot: at each step of an update's way, and wherever it is. POLICYBOT_LONG=1: over a
// thousand conversations.
func kills(t *testing.T) (rows []*faultRow) {
	if testing.Short() {
		return nil
	}
	times, conversations, random := 2, 40, 8
	if long() {
		times, conversations, random = 20, 1000, 200
	}
	for _, step := range allSteps {
		t.Run("SIGKILL "+step, func(t *testing.T) { rows = append(rows, killedAt(t, step, times)) })
	}
	t.Run("SIGKILL anywhere", func(t *testing.T) { rows = append(rows, killedAnywhere(t, conversations, random)) })
	return rows
}

// killedAt kills the bot at a step, over and over, while people go on asking.
func killedAt(t *testing.T, step string, times int) *faultRow {
	f := newFamily(t, 3)
	if step == stepSent {
		f = newFamily(t, 1) // with one message under way at a time the window holds exactly one
	}
	for range times {
		for n := range f.asked {
			f.ask(n)
		}
		c := f.spawn(step + ":0")
		if step == stepHandle {
			f.wait(c, func() bool { return f.srv.Unconfirmed() == 0 })
			c.kill()
		}
		f.buried(c)
	}
	row := f.end(fmt.Sprintf("SIGKILL %s, %d times", step, times))
	if step == stepSent && row.window != times {
		t.Errorf("%d answers were sent and not recorded, want one each time", row.window)
	}
	return row
}

// killedAnywhere kills the bot at random calls, before or after their effect, and at random times.
func killedAnywhere(t *testing.T, conversations, times int) *faultRow {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	f := newFamily(t, conversations)
	questions := 3 * conversations
	for i := range times {
		for range questions / times {
			f.ask(random.IntN(conversations))
		}
		c := f.spawn("")
		if i%2 == 0 {
			f.killAtCall(c, 1+random.IntN(20+3*questions/times), random.IntN(2) == 0)
		} else {
			time.AfterFunc(time.Duration(random.IntN(150))*time.Millisecond, c.kill)
		}
		f.wait(c, f.allAnswered)
		c.kill()
		f.buried(c)
		f.srv.Lift()
	}
	return f.end(fmt.Sprintf("SIGKILL anywhere, %d times, %d conversations", times, conversations))
}

// A family is a fake that stays, people who ask, and one mortal bot after the other.
type family struct {
	t     *testing.T
	srv   *fakeapi.Server
	url   string
	dir   string
	conns conns
	asked [][]string
	seen  map[string]int // deliveries of answers that were not recorded, up to the last death
	row   faultRow
}

func newFamily(t *testing.T, people int) *family {
	f := &family{t: t, srv: fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{}, KeepCalls: 1000}), dir: t.TempDir(),
		asked: make([][]string, people), seen: map[string]int{}}
	web := httptest.NewUnstartedServer(f.srv)
	web.Config.ConnState = f.conns.state
	web.Start()
	t.Cleanup(web.Close)
	t.Cleanup(f.srv.Close)
	f.url = web.URL
	return f
}

func (f *family) person(n int) *fakeapi.Phone { return f.srv.Phone(fakeapi.User{ID: int64(1000 + n)}) }

// ask lets a person ask the next question.
func (f *family) ask(n int) {
	text := fmt.Sprintf("câu %d của %d", len(f.asked[n])+1, n)
	f.asked[n] = append(f.asked[n], text)
	say(f.t, f.person(n), text)
}

func (f *family) allAnswered() bool {
	for n, asked := range f.asked {
		if len(asked) > 0 && !strings.HasPrefix(f.person(n).Last().Text, fmt.Sprintf("#%d ", len(asked))) {
			return false
		}
	}
	return true
}

// A mortalBot is a child process.
type mortalBot struct {
	cmd   *exec.Cmd
	input io.Closer
	dead  chan struct{}
	err   error // of the process, once dead
}

func (f *family) spawn(dies string) *mortalBot {
	f.t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childDir+"="+f.dir, childURL+"="+f.url, childDies+"="+dies,
		"POLICYBOT_TEST_CHILD_TOKEN="+f.srv.Token())
	cmd.Stderr = os.Stderr
	input, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		f.t.Fatal(err)
	}
	c := &mortalBot{cmd: cmd, input: input, dead: make(chan struct{})}
	go func() { c.err = cmd.Wait(); close(c.dead) }()
	f.t.Cleanup(func() { c.kill(); <-c.dead })
	return c
}

func (c *mortalBot) kill() { c.cmd.Process.Kill() } //nolint:errcheck // it may be dead

// killAtCall kills the bot at its nth call from now on, before or after the call has taken effect.
func (f *family) killAtCall(c *mortalBot, n int, after bool) {
	f.srv.Fail(fakeapi.Fault{
		Match:       func(fakeapi.Call) bool { n--; return n == 0 },
		Times:       1,
		AfterEffect: after,
		Cut:         true,
		OnHit:       func(fakeapi.Call) { c.kill() },
	})
}

// wait waits until ok holds or the bot is dead.
func (f *family) wait(c *mortalBot, ok func() bool) {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), 2*time.Minute)
	defer cancel()
	go func() {
		select {
		case <-c.dead:
			cancel()
		case <-ctx.Done():
		}
	}()
	if err := f.srv.Wait(ctx, ok); errors.Is(err, context.DeadlineExceeded) {
		f.t.Fatal("the bot is neither done nor dead after two minutes")
	}
}

// buried waits until the bot is dead, and all it has said has arrived. It counts the answers that
// were sent without a record of it: those, and only those, may come again.
func (f *family) buried(c *mortalBot) {
	f.t.Helper()
	select {
	case <-c.dead:
	case <-time.After(2 * time.Minute):
		f.t.Fatal("the bot does not die")
	}
	if !strings.Contains(fmt.Sprint(c.err), "killed") {
		f.t.Fatalf("the bot ended with %v, want a kill", c.err)
	}
	f.conns.awaitNone()
	db := f.open()
	defer db.Close()
	due, err := db.Due(f.t.Context(), time.Now().Add(time.Hour), 1_000_000)
	if err != nil {
		f.t.Fatal(err)
	}
	for _, o := range due {
		answer := fmt.Sprintf("#%d ", o.Screen)
		delivered := 0
		for _, text := range saidBy(f.srv, f.person(int(o.Chat-1000))) {
			if strings.HasPrefix(text, answer) {
				delivered++
			}
		}
		key := fmt.Sprint(o.Chat, answer)
		f.row.window += delivered - f.seen[key]
		f.seen[key] = delivered
	}
}

// open opens the database of a bot that is dead.
func (f *family) open() *store.DB {
	f.t.Helper()
	db, err := store.Open(f.t.Context(), testLog(), f.dir, store.Options{Key: storeKey})
	if err != nil {
		f.t.Fatal(err)
	}
	return db
}

// end lets a last bot answer everything, presses a button, and takes stock.
func (f *family) end(fault string) *faultRow {
	f.t.Helper()
	f.row.fault = fault
	begun := time.Now()
	last := f.spawn("")
	f.wait(last, f.allAnswered)
	f.row.behind = time.Since(begun)
	for n, asked := range f.asked {
		if len(asked) == 0 {
			continue
		}
		if _, err := f.person(n).Press("Xem thêm"); err != nil {
			f.t.Error(err)
		}
		f.asked[n] = append(asked, fmt.Sprintf("bấm %d.0", len(asked)))
	}
	f.wait(last, f.allAnswered)
	last.input.Close()
	if <-last.dead; last.err != nil {
		f.t.Errorf("the last bot ended with %v", last.err)
	}
	db := f.open()
	defer db.Close()
	for n, asked := range f.asked {
		p := f.person(n)
		f.row.count(fmt.Sprintf("person %d", n), saidBy(f.srv, p), asked)
		s, err := db.Session(f.t.Context(), telegram.Pseudonym([]byte(adapterKey), p.Chat()))
		if err != nil {
			f.t.Fatal(err)
		}
		f.row.turns += s.Version
	}
	for _, problem := range f.row.verdict() {
		f.t.Error(problem)
	}
	return &f.row
}

// conns counts the open connections of a server. What a dead process has sent is handled before its
// connections are closed.
type conns struct {
	mu   sync.Mutex
	cond *sync.Cond
	open map[net.Conn]bool
}

func (c *conns) state(conn net.Conn, s http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.init()
	switch s {
	case http.StateNew:
		c.open[conn] = true
	case http.StateClosed, http.StateHijacked:
		delete(c.open, conn)
	}
	c.cond.Broadcast()
}

func (c *conns) init() {
	if c.cond == nil {
		c.cond, c.open = sync.NewCond(&c.mu), map[net.Conn]bool{}
	}
}

func (c *conns) awaitNone() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.init()
	for len(c.open) > 0 {
		c.cond.Wait()
	}
}
