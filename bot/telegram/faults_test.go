package telegram_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"text/tabwriter"
	"time"

	"policybot/bot/telegram/fakeapi"
)

// long reports whether the long form of the tests is wanted.
func long() bool { return os.Getenv("POLICYBOT_LONG") != "" }

// A tally is what became of the questions of a number of people.
type tally struct {
	asked    int
	answered int // questions with an answer
	repeated int // answers that were read more than once
	wrong    []string
}

// count compares what the bot said to a person with what the person asked, in its order. An echo
// numbers its answers, so that each wrong, lost or doubled turn shows.
func (y *tally) count(who string, said, asked []string) {
	y.asked += len(asked)
	var first []string
	for _, s := range said {
		if slices.Contains(first, s) {
			y.repeated++
			continue
		}
		first = append(first, s)
	}
	for i, s := range first {
		if i >= len(asked) || s != fmt.Sprintf("#%d %s", i+1, asked[i]) {
			y.wrong = append(y.wrong, fmt.Sprintf("%s reads %q at %d of %q", who, s, i+1, asked))
			return
		}
		y.answered++
	}
}

// A faultRow is one line of the table: a fault, and what it did.
type faultRow struct {
	fault string
	tally
	turns   int           // effects: turns that were committed, all conversations together
	window  int           // answers that may be repeated: sent, and the record of it lost
	dropped int           // answers given up, where that is right: the person is gone
	behind  time.Duration // from the end of the fault until the last answer
}

// verdict checks the invariants.
func (row *faultRow) verdict() (problems []string) {
	problems = row.wrong
	if row.answered+row.dropped != row.asked {
		problems = append(problems, fmt.Sprintf("%d of %d questions answered, %d dropped", row.answered, row.asked, row.dropped))
	}
	if row.turns != row.asked {
		problems = append(problems, fmt.Sprintf("%d effects for %d questions", row.turns, row.asked))
	}
	if row.repeated != row.window {
		problems = append(problems, fmt.Sprintf("%d answers repeated, %d were sent and not recorded", row.repeated, row.window))
	}
	return problems
}

func printTable(t *testing.T, rows []*faultRow) {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "fault\tasked\tanswered\teffects\tin order\tsent, unrecorded\trepeated\tdropped\tcaught up after\tresult")
	for _, r := range rows {
		order, result := "yes", "ok"
		if len(r.wrong) > 0 {
			order = "NO"
		}
		if len(r.verdict()) > 0 {
			result = "FAILED"
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%s\t%d\t%d\t%d\t%v\t%s\n", r.fault, r.asked, r.answered, r.turns, order,
			r.window, r.repeated, r.dropped, r.behind.Round(100*time.Millisecond), result)
	}
	w.Flush()
	t.Log("\n" + b.String())
}

// writes are the methods of a store that write.
var writes = []string{"Accept", "Commit", "Done", "Sent", "Again", "Drop", "Blocked", "Moved"}

// A fault in the weather: begin starts it and returns what ends it.
type weather struct {
	name   string
	lasts  time.Duration
	begin  func(*rig) (end func())
	window func(*rig) int // answers sent and not recorded; nil: none
	gone   int            // people who are gone for the time of the fault
}

// api is weather made by the fake.
func api(name string, lasts time.Duration, f fakeapi.Fault) weather {
	w := weather{name: name, lasts: lasts}
	id := 0
	w.begin = func(r *rig) func() {
		id = r.srv.Fail(f)
		return func() { r.srv.Lift(id) }
	}
	if f.AfterEffect && f.Method == "sendMessage" {
		w.window = func(r *rig) int { return r.srv.Hits(id) }
	}
	return w
}

// answeredOddly is an answer that says "ok" and then something that the library cannot read: the
// message was sent, and must not be sent again.
func answeredOddly(name string) weather {
	w := api(name, time.Minute, fakeapi.Fault{Method: "sendMessage", Body: `{"ok":true,"result":"?"}`, AfterEffect: true})
	w.window = nil
	return w
}

func disturbed(name string, d fakeapi.Disturbance) weather {
	return weather{name: name, lasts: time.Minute, begin: func(r *rig) func() {
		r.srv.Disturb(d)
		return func() { r.srv.Disturb(fakeapi.Disturbance{}) }
	}}
}

func brokenIn(name string, methods ...string) weather {
	return weather{name: name, lasts: 5 * time.Minute, begin: func(r *rig) func() {
		broken := r.store.(*brokenStore)
		broken.set(errors.New(name), methods...)
		return func() { broken.set(nil) }
	}}
}

// locked holds the database as another program would.
func locked(r *rig) (end func()) {
	other, err := sql.Open("sqlite", "file:"+filepath.Join(r.dir, "policybot.db")+"?_txlock=immediate")
	if err != nil {
		r.t.Fatal(err)
	}
	tx, err := other.BeginTx(context.Background(), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	return func() {
		if err := errors.Join(tx.Rollback(), other.Close()); err != nil {
			r.t.Error(err)
		}
	}
}

var allWeather = []weather{
	{name: "none", begin: func(*rig) func() { return func() {} }},
	api("send: 400 once", time.Minute, fakeapi.Fault{Method: "sendMessage", Status: 400, Times: 1}),
	{name: "send: 403, one person has blocked the bot", lasts: time.Minute, gone: 1, begin: func(r *rig) func() {
		id := r.srv.Fail(fakeapi.Fault{Method: "sendMessage", Chat: r.person(0).Chat(), Status: 403})
		return func() { r.srv.Lift(id) }
	}},
	api("poll: 409 twice, an instance that is ending", time.Minute, fakeapi.Fault{Method: "getUpdates", Status: 409, Times: 2}),
	api("poll: 429", 2*time.Minute, fakeapi.Fault{Method: "getUpdates", Status: 429, RetryAfter: 20}),
	api("send: 429 once", time.Minute, fakeapi.Fault{Method: "sendMessage", Status: 429, RetryAfter: 7, Times: 1}),
	api("all: 429 storm", 10*time.Minute, fakeapi.Fault{Status: 429, RetryAfter: 30}),
	api("all: 500", 5*time.Minute, fakeapi.Fault{Status: 500}),
	api("all: 502, HTML", 5*time.Minute, fakeapi.Fault{Status: 502, Body: fakeapi.BadGateway}),
	api("all: 200, HTML", 5*time.Minute, fakeapi.Fault{Body: fakeapi.BadGateway}),
	api("all: garbage", 5*time.Minute, fakeapi.Fault{Body: `{"ok":tru`}),
	api("all: cut before the effect", 5*time.Minute, fakeapi.Fault{Cut: true}),
	api("poll: cut after the effect", time.Minute, fakeapi.Fault{Method: "getUpdates", Cut: true, AfterEffect: true, Times: 4}),
	api("send: cut after the effect", time.Minute, fakeapi.Fault{Method: "sendMessage", Cut: true, AfterEffect: true, Times: 3}),
	api("send: garbage after the effect", time.Minute, fakeapi.Fault{Method: "sendMessage", Body: "<", AfterEffect: true, Times: 3}),
	answeredOddly("send: ok, with a result nobody knows"),
	api("all: slow, 8 s", 2*time.Minute, fakeapi.Fault{Delay: 8 * time.Second}),
	api("send: silent before the effect", 5*time.Minute, fakeapi.Fault{Method: "sendMessage", Silent: true}),
	api("send: silent after the effect", time.Minute, fakeapi.Fault{Method: "sendMessage", Silent: true, AfterEffect: true, Times: 2}),
	api("all: silent", 5*time.Minute, fakeapi.Fault{Silent: true}),
	api("all: outage of 30 minutes", 30*time.Minute, fakeapi.Fault{Cut: true}),
	disturbed("updates twice", fakeapi.Disturbance{Duplicate: true}),
	disturbed("updates again after they were confirmed", fakeapi.Disturbance{Replay: 50}),
	disturbed("updates in any order, twice, again", fakeapi.Disturbance{Duplicate: true, Reorder: true, Replay: 50, Seed: 3}),
	{name: "store: locked by another program", lasts: 5 * time.Minute, begin: locked},
	brokenIn("store: read-only", writes...),
	brokenIn("store: full, outbox cannot be marked", "Sent", "Again", "Drop"),
	brokenIn("store: full, turns cannot be committed", "Commit", "Done"),
	brokenIn("store: cannot be read or written"),
	{name: "restart every 10 seconds", lasts: time.Minute, begin: restarts},
}

// restarts ends the adapter and starts it again, over and over.
func restarts(r *rig) (end func()) {
	over, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-time.After(10 * time.Second):
				r.restart()
			case <-over:
				return
			}
		}
	}()
	return func() { close(over); <-done }
}

// TestFaults: whatever happens to Telegram, the network, the database or the process, every question
// is answered, in the order of its chat, each with one effect; and an answer is repeated only when it
// was sent and the record of that was lost. It prints a table of fault and result.
func TestFaults(t *testing.T) {
	var rows []*faultRow
	for _, w := range allWeather {
		t.Run(w.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { rows = append(rows, under(t, w)) })
		})
	}
	rows = append(rows, kills(t)...)
	printTable(t, rows)
}

// under lets people ask while a fault lasts and after it, and presses a button in the end.
func under(t *testing.T, w weather) *faultRow {
	const people, each = 4, 5
	r := newRig(t, fakeapi.Options{})
	r.store = &brokenStore{Store: r.db}
	r.restart()
	asked := make([][]string, people)
	ask := func(n int, text string) {
		asked[n] = append(asked[n], text)
		say(t, r.person(n), text)
	}
	for n := range people {
		ask(n, "trước")
	}
	time.Sleep(10 * time.Second)
	end := w.begin(r)
	began := time.Now()
	for q := range each {
		for n := range people {
			ask(n, fmt.Sprintf("câu %d", q+1))
		}
		time.Sleep(2 * time.Second)
	}
	time.Sleep(w.lasts - time.Since(began))
	end()
	ended := time.Now()
	row := &faultRow{fault: w.name, dropped: w.gone * each}
	for n := w.gone; n < people; n++ {
		r.hears(r.person(n), fmt.Sprintf("#%d ", 1+each))
	}
	row.behind = time.Since(ended)
	for n := w.gone; n < people; n++ {
		if _, err := r.person(n).Press("Xem thêm"); err != nil {
			t.Error(err)
		}
		asked[n] = append(asked[n], fmt.Sprintf("bấm %d.0", 1+each))
	}
	time.Sleep(5 * time.Minute)
	for n := range people {
		row.count(fmt.Sprintf("person %d", n), r.said(r.person(n)), asked[n])
		row.turns += r.version(r.person(n))
	}
	if w.window != nil {
		row.window = w.window(r)
	}
	for _, problem := range row.verdict() {
		t.Error(problem)
	}
	return row
}
