package telegram_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"policybot/bot"
	"policybot/bot/store"
	"policybot/bot/telegram"
)

// The tests that kill run this test program again as a child: the adapter and its store, speaking to
// the fake in the parent.
const (
	childDir  = "POLICYBOT_TEST_CHILD_DIR" // set: be a child, with this data directory
	childURL  = "POLICYBOT_TEST_CHILD_URL"
	childDies = "POLICYBOT_TEST_CHILD_DIES" // a step, a colon, how often it passes before
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := child(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child works until its standard input ends: with the parent, at the latest.
func child(dir string) error {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		io.Copy(io.Discard, os.Stdin) //nolint:errcheck // ended is ended
		cancel()
	}()
	db, err := store.Open(ctx, testLog(), dir, store.Options{Key: storeKey})
	if err != nil {
		return err
	}
	defer db.Close()
	name, after, _ := strings.Cut(os.Getenv(childDies), ":")
	n, _ := strconv.Atoi(after)
	end := &lastStep{name: name}
	end.left.Store(int64(n))
	talk := echo{sessions: db, before: func(context.Context, bot.Inbound) error { end.reached(stepHandle); return nil }}
	a, err := telegram.New(testLog(), telegram.Config{
		Token: telegram.Token(os.Getenv("POLICYBOT_TEST_CHILD_TOKEN")), Key: []byte(adapterKey),
		URL: os.Getenv(childURL), Limits: &telegram.Limits{},
	}, talk, mortal{db, end})
	if err != nil {
		return err
	}
	return a.Run(ctx)
}

// The steps at which a child can be made to die.
const (
	stepStored    = "stored, not confirmed"
	stepHandle    = "confirmed, not handled" // the child hangs there until it is killed
	stepHandled   = "handled, not committed"
	stepCommitted = "committed, not sent"
	stepSent      = "sent, not recorded"
	stepRecorded  = "recorded"
)

var allSteps = []string{stepStored, stepHandle, stepHandled, stepCommitted, stepSent, stepRecorded}

// A lastStep kills its own process as the kernel does: without any chance to tidy up.
type lastStep struct {
	name string
	left atomic.Int64
}

func (l *lastStep) reached(name string) {
	if name != l.name || l.left.Add(-1) >= 0 {
		return
	}
	if name != stepHandle {
		syscall.Kill(syscall.Getpid(), syscall.SIGKILL) //nolint:errcheck // see the next line
	}
	select {}
}

// A mortal store dies before or after its writes.
type mortal struct {
	telegram.Store
	end *lastStep
}

func (m mortal) Accept(ctx context.Context, updates []telegram.Update) error {
	err := m.Store.Accept(ctx, updates)
	m.end.reached(stepStored)
	return err
}

func (m mortal) Commit(ctx context.Context, update int64, turn bot.Turn, out []telegram.Outgoing) (bool, error) {
	m.end.reached(stepHandled)
	done, err := m.Store.Commit(ctx, update, turn, out)
	m.end.reached(stepCommitted)
	return done, err
}

func (m mortal) Sent(ctx context.Context, id, message int64, at time.Time) error {
	m.end.reached(stepSent)
	err := m.Store.Sent(ctx, id, message, at)
	m.end.reached(stepRecorded)
	return err
}
