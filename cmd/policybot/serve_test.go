package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"policybot/bot/telegram/fakeapi"
)

const testKey = "0123456789abcdef0123456789abcdef"

// town is a fake Telegram over loopback, and the services that run against it.
type town struct {
	t   *testing.T
	srv *fakeapi.Server
	env map[string]string
}

func newTown(t *testing.T) *town {
	srv := fakeapi.New(fakeapi.Options{})
	web := httptest.NewServer(srv)
	t.Cleanup(func() { srv.Close(); web.Close() })
	return &town{t, srv, map[string]string{
		"TELEGRAM_BOT_TOKEN": srv.Token(), "TELEGRAM_API_URL": web.URL, "POLICYBOT_KEY": testKey,
		"POLICYBOT_DATA": t.TempDir(), "POLICYBOT_OPS_LISTEN": "127.0.0.1:0",
	}}
}

// service is a run of the program.
type service struct {
	log  *logBuffer
	stop func() error // ends it and returns how it ended
}

func (w *town) serve() *service {
	ctx, cancel := context.WithCancel(context.Background())
	s := &service{log: &logBuffer{}}
	ended := make(chan error, 1)
	go func() { ended <- w.run(ctx, s.log, "serve") }()
	s.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	w.t.Cleanup(func() { s.stop() }) //nolint:errcheck // tests that care have asked before
	return s
}

func (w *town) run(ctx context.Context, log io.Writer, args ...string) error {
	return run(ctx, args, func(name string) string { return w.env[name] }, strings.NewReader(""), log, log)
}

// logBuffer collects a log that another goroutine writes.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// ops is the ops address, from the line that says that the service serves.
func (s *service) ops(t *testing.T) string {
	for line := range strings.Lines(s.log.String()) {
		var said struct{ Msg, Ops string }
		if json.Unmarshal([]byte(line), &said) == nil && said.Msg == "serving" {
			return said.Ops
		}
	}
	t.Fatalf("the log does not say where the service is:\n%s", s.log)
	return ""
}

// hears waits until the bot has said so many messages to a person, and returns them.
func (w *town) hears(p *fakeapi.Phone, messages int) []fakeapi.Message {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	if err := w.srv.Wait(ctx, func() bool { return len(w.said(p)) >= messages }); err != nil {
		w.t.Fatalf("waiting for message %d: %v", messages, err)
	}
	return w.said(p)
}

// said are the messages of the bot, oldest first.
func (w *town) said(p *fakeapi.Phone) (out []fakeapi.Message) {
	for _, m := range p.Messages() {
		if m.From != nil && m.From.ID == w.srv.Bot().ID {
			out = append(out, m)
		}
	}
	return out
}

// asks sends a question and wants a part of the answer, which must be the bot's message of that
// number.
func (w *town) asks(p *fakeapi.Phone, question string, number int, want string) {
	w.t.Helper()
	if _, err := p.Send(question); err != nil {
		w.t.Fatal(err)
	}
	said := w.hears(p, number)
	if got := said[number-1].Text; len(said) != number || !strings.Contains(got, want) {
		w.t.Errorf("%q is answered with message %d of %d, want %d holding %q:\n%s", question, number, len(said), number, want, got)
	}
}

// presses presses a button and waits until the press itself is answered; it returns with what.
func (w *town) presses(p *fakeapi.Phone, label string) string {
	w.t.Helper()
	query, err := p.Press(label)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	if err := w.srv.Wait(ctx, func() bool { return p.Answer(query) != nil }); err != nil {
		w.t.Fatalf("the press of %s is not answered: %v", label, err)
	}
	return p.Answer(query).Text
}

// TestServe is the program on Telegram. The questions name their day, so that the answers do not
// depend on the day of the test.
func TestServe(t *testing.T) {
	w := newTown(t)
	first := w.serve()
	p := w.srv.Phone(fakeapi.User{ID: 7_424_242_427, FirstName: "Bà Sáu"})
	w.asks(p, "luong co so thang 5/2026 la bao nhieu", 1, "2.340.000")
	w.asks(p, "chuẩn nghèo năm 2027 là bao nhiêu", 2, "2.800.000")
	w.asks(p, "can ngheo nam vien hoi thang 11/2025 thi phai tra may phan tram", 3, "95%")

	once, twice := w.presses(p, "Xem căn cứ"), w.presses(p, "Xem căn cứ")
	if once != "" || twice == "" {
		t.Errorf("the presses are answered with %q and %q, want a remark at the second only", once, twice)
	}
	if basis := w.hears(p, 4); len(basis) != 4 || !strings.Contains(basis[3].Text, "188/2025/NĐ-CP") {
		t.Errorf("after two presses there are %d messages, want 4, the last with the decree:\n%s", len(basis), basis[len(basis)-1].Text)
	}
	w.checkOps(first.ops(t))
	w.checkSecond()
	w.checkBackup()

	if err := first.stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	if _, err := p.Press("Chưa đúng ý"); err != nil { // while nobody is there
		t.Fatal(err)
	}
	second := w.serve()
	if again := w.hears(p, 5); len(again) != 5 {
		t.Errorf("after the second start there are %d messages, want 5", len(again))
	}
	if err := second.stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	checkLog(t, first.log.String()+second.log.String())
}

// checkOps asks a running service how it is.
func (w *town) checkOps(address string) {
	w.t.Helper()
	for path, want := range map[string]string{"/healthz": `^ok\n$`, "/readyz": `^content: .+\ndatabase: ok\ntelegram: ok\nfreshness: .+\n$`} {
		resp, err := http.Get("http://" + address + path)
		if err != nil {
			w.t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK || !regexp.MustCompile(want).Match(body) {
			w.t.Errorf("%s: %s %q (%v), want 200 and %s", path, resp.Status, body, err, want)
		}
	}
	var out logBuffer
	if err := w.run(w.t.Context(), &out, "health", "-ops-listen", address); err != nil || out.String() != "ok\n" {
		w.t.Errorf("health: %v, %q", err, out.String())
	}
}

// checkSecond starts another service on the same data.
func (w *town) checkSecond() {
	w.t.Helper()
	err := w.run(w.t.Context(), io.Discard, "serve")
	if err == nil || !strings.Contains(err.Error(), "another service works on") {
		w.t.Errorf("a second instance ends with %v, want a refusal that names the first", err)
	}
}

// checkBackup backs the running service up, and restores that elsewhere.
func (w *town) checkBackup() {
	w.t.Helper()
	file, folder := w.t.TempDir()+"/copy.db", w.t.TempDir()
	var out logBuffer
	for _, args := range [][]string{{"backup", file}, {"restore", "-data", folder, file}} {
		if err := w.run(w.t.Context(), &out, args...); err != nil {
			w.t.Errorf("%s: %v", args[0], err)
		}
	}
	if !strings.Contains(out.String(), "may go out again") {
		w.t.Errorf("restore does not say that messages may be repeated:\n%s", &out)
	}
	if err := w.run(w.t.Context(), &out, "restore", file); err == nil {
		w.t.Error("restore overwrites the database of a running service")
	}
}

// checkLog looks for what a log must not hold.
func checkLog(t *testing.T, log string) {
	t.Helper()
	for _, secret := range []string{fakeapi.DefaultToken, testKey, "luong co so", "Bà Sáu", "7424242427"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
}

func TestServeByWebhook(t *testing.T) {
	w := newTown(t)
	l, err := net.Listen("tcp", "127.0.0.1:0") // a port that is free, most likely still in a moment
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	w.env["POLICYBOT_LISTEN"] = address
	w.env["TELEGRAM_WEBHOOK_URL"] = "http://" + address + webhookPath
	w.env["TELEGRAM_WEBHOOK_SECRET"] = "webhook-secret_1"
	s := w.serve()
	p := w.srv.Phone(fakeapi.User{ID: 4343})
	w.asks(p, "lương cơ sở tháng 5/2026 là bao nhiêu", 1, "2.340.000")
	resp, err := http.Post("http://"+address+webhookPath, "application/json", strings.NewReader(`{"update_id":9}`))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("an update without the secret gets %s, want 401", resp.Status)
	}
	w.checkOps(s.ops(t))
	if err := s.stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	if strings.Contains(s.log.String(), "webhook-secret_1") {
		t.Errorf("the log holds the secret:\n%s", s.log)
	}
}

func TestServeRefusedToken(t *testing.T) {
	w := newTown(t)
	w.env["TELEGRAM_BOT_TOKEN"] = "1:nobody"
	err := w.run(t.Context(), io.Discard, "serve")
	if err == nil || !strings.Contains(err.Error(), "TELEGRAM_BOT_TOKEN") || strings.Contains(err.Error(), "nobody") {
		t.Errorf("serve = %v, want an error that names the setting and hides the token", err)
	}
}

// TestServeEndedAtStart ends the service before it has come up, which is no failure.
func TestServeEndedAtStart(t *testing.T) {
	w := newTown(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("interrupt signal received"))
	if err := w.run(ctx, io.Discard, "serve"); err != nil {
		t.Errorf("serve = %v, want nil", err)
	}
}
