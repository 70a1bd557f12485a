package simulator_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"policybot/bot"
	"policybot/bot/answer"
	"policybot/bot/simulator"
	"policybot/bot/store"
	"policybot/bot/telegram"
	"policybot/index"
	"policybot/knowledge"
	"policybot/knowledge/content"
)

// browser is the one that all tests share, each with a tab of its own; nil: there is none.
var browser context.Context

// known is the content that all simulators answer from.
var known struct {
	library *knowledge.Library
	answers *answer.Answerer
}

func TestMain(m *testing.M) {
	code, err := prepare(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(code)
}

func prepare(m *testing.M) (int, error) {
	var err error
	if known.library, err = knowledge.Load(content.FS); err != nil {
		return 0, err
	}
	if known.answers, err = answer.New(context.Background(), known.library, index.Build); err != nil {
		return 0, err
	}
	if dir := os.Getenv(childDir); dir != "" {
		return 0, child(dir)
	}
	end, err := openBrowser()
	if err != nil {
		return 0, err
	}
	defer end()
	return m.Run(), nil
}

// openBrowser starts the browser. Without one the tests that need it are skipped, except where
// everything is to be tested.
func openBrowser() (end func(), err error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err = exec.LookPath(name); err == nil {
			break
		}
	}
	if path == "" && os.Getenv("CI") == "true" {
		return nil, errors.New("the simulator's tests need a browser: apt-get install chromium")
	}
	if path == "" {
		return func() {}, nil
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
	flags = append(flags, chromedp.Flag("lang", "vi"), chromedp.Flag("accept-lang", "vi"))
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"} {
		flags = append(flags, chromedp.Flag(flag, true))
	}
	running, kill := chromedp.NewExecAllocator(context.Background(), flags...)
	first, closeAll := chromedp.NewContext(running)
	if err := chromedp.Do(first); err != nil {
		kill()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	browser = first
	return func() { closeAll(); kill() }, nil
}

// A site is a simulator that is served.
type site struct {
	sim  *simulator.Simulator // nil: in another process
	addr string               // of the page
	stop func()
}

// childDir names, in the environment, the folder of a simulator that runs as a process of its own, to be
// killed.
const childDir = "POLICYBOT_TEST_SIMULATOR"

// child serves a simulator on a folder and writes its address to the standard output.
func child(dir string) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	sim := simulatorOn(dir)
	failed := make(chan error, 2)
	go func() { failed <- sim.Run(context.Background()) }()
	go func() { failed <- http.Serve(listener, sim.Handler()) }()
	fmt.Printf("http://%s\n", listener.Addr())
	return <-failed
}

// serveChild serves a simulator on a folder in another process. The function returned kills it.
func serveChild(t *testing.T, dir string) (s *site, kill func()) {
	t.Helper()
	process := exec.Command(os.Args[0])
	process.Env = append(os.Environ(), childDir+"="+dir)
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	kill = sync.OnceFunc(func() {
		process.Process.Kill() //nolint:errcheck // it has ended then
		process.Wait()         //nolint:errcheck // killed
	})
	t.Cleanup(kill)
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return &site{addr: strings.TrimSpace(address)}, kill
}

func simulatorOn(dir string) *simulator.Simulator {
	lg := slog.New(slog.DiscardHandler)
	return simulator.New(lg, simulator.Config{Dir: dir, Hurry: true, Talk: func(_ context.Context, db *store.DB) (telegram.Conversation, error) {
		return bot.New(lg, known.library, known.answers, db), nil
	}})
}

// serve runs a simulator on a folder until the test ends or stop is called.
func serve(t *testing.T, dir string) *site {
	t.Helper()
	return serveAt(t, dir, "127.0.0.1:0")
}

func serveAt(t *testing.T, dir, address string) *site {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	sim := simulatorOn(dir)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- sim.Run(ctx) }()
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: sim.Handler()}}
	server.Start()
	s := &site{sim: sim, addr: server.URL}
	s.stop = func() {
		s.stop = func() {}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		server.CloseClientConnections()
		server.Close()
	}
	t.Cleanup(func() { s.stop() })
	return s
}

// A tab is a page that is open. A browser holds six connections to one address, and each tab in view
// takes one: close what is no longer needed.
type tab struct {
	t     *testing.T
	ctx   context.Context
	close func()
}

// open shows the page in a window of that many CSS pixels.
func (s *site) open(t *testing.T, width, height int64, first ...chromedp.Action[chromedp.Void]) *tab {
	t.Helper()
	if browser == nil {
		t.Skip("no browser here: apt-get install chromium to run this test")
	}
	ctx, end := chromedp.NewContext(browser)
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil { // the tab lives as long as ctx
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	p := &tab{t, ctx, end}
	p.run(chromedp.EmulateViewport(width, height))
	p.run(first...)
	p.run(chromedp.Navigate(s.addr))
	p.wait(`document.querySelector("#resident .person").value !== ""`)
	return p
}

func (p *tab) run(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// wait waits for a condition in JavaScript.
func (p *tab) wait(condition string) {
	p.t.Helper()
	const poll = `new Promise((done, late) => { const end = Date.now() + 40000; const look = () => {
		if (%s) return done(true); if (Date.now() > end) return late(new Error("too late")); setTimeout(look, 15); }; look(); })`
	err := chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(poll, condition), chromedp.EvalAwaitPromise))
	if err != nil {
		end := func(side string) string {
			log := []rune(p.text("#" + side + " .log"))
			return string(log[max(0, len(log)-500):])
		}
		p.t.Fatalf("waiting for %s: %v\nthe resident's phone ends with: %s\nthe officer's: %s", condition, err, end("resident"), end("officer"))
	}
}

// eval evaluates an expression.
func eval[T any](p *tab, expression string) T {
	p.t.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatal(err)
	}
	return value
}

// text is what can be read of an element.
func (p *tab) text(selector string) string {
	p.t.Helper()
	return eval[string](p, fmt.Sprintf(`document.querySelector(%s)?.innerText ?? ""`, strconv.Quote(selector)))
}

// said is the number of messages of a phone.
func (p *tab) said(side string) int {
	return eval[int](p, `document.querySelectorAll("#`+side+` .bubble").length`)
}

// say types a text on a phone, sends it and waits for what the bot says.
func (p *tab) say(side, text string) {
	p.t.Helper()
	before := p.said(side)
	p.run(chromedp.SetValue(chromedp.CSS("#"+side+"-say"), text), chromedp.Click(chromedp.CSS("#"+side+" .send")))
	p.answered(side, before)
}

// answered waits until a phone shows more messages than a number, the last one the bot's.
func (p *tab) answered(side string, before int) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`(all => all.length > %d && !all[all.length-1].classList.contains("mine"))(document.querySelectorAll("#%s .bubble"))`, before+1, side))
}

// last is the newest message of a phone.
func (p *tab) last(side string) string {
	return eval[string](p, `[...document.querySelectorAll("#`+side+` .bubble .said")].at(-1)?.innerText ?? ""`)
}

// press presses the newest button that has a label.
func (p *tab) press(side, label string) {
	p.t.Helper()
	p.run(chromedp.Click(fmt.Sprintf(`(//section[@id="%s"]//div[@class="buttons"]//button[normalize-space()="%s"])[last()]`, side, label)))
}
