package telegram_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"policybot/bot"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
)

// BenchmarkTurns measures updates from stored to reply committed, sending included but its limit
// lifted: as many as go, and 500 a second. The bar is 500 a second, 250 ms for 99 of 100.
//
//	go test -run '^$' -bench Turns -benchtime 5000x ./bot/telegram
func BenchmarkTurns(b *testing.B) {
	b.Run("as many as go", func(b *testing.B) { load(b, 0) })
	b.Run("500 a second", func(b *testing.B) { load(b, 500) })
}

// load brings b.N updates by webhook, at a pace in updates a second; 0: as fast as they are taken.
func load(b *testing.B, pace int) {
	bring, watch := loaded(b)
	b.ResetTimer()
	begun := time.Now()
	var callers sync.WaitGroup
	next := make(chan int)
	for range 16 { // Telegram calls a webhook many times at once
		callers.Go(func() {
			for id := range next {
				bring(id)
			}
		})
	}
	for id := range b.N {
		if pace > 0 {
			<-time.After(time.Until(begun.Add(time.Duration(id) * time.Second / time.Duration(pace))))
		}
		next <- id
	}
	close(next)
	callers.Wait()
	watch.report(b, begun)
}

// A stopwatch is a store that takes the time from an update's being stored to its turn's being
// committed.
type stopwatch struct {
	telegram.Store
	mu     sync.Mutex
	stored map[int64]time.Time
	took   []time.Duration
	done   chan struct{} // closed when b.N turns were committed
	want   int
}

// firstMeasured is above the numbers of the updates that open the chats.
const firstMeasured = 1_000_000

func (s *stopwatch) Accept(ctx context.Context, updates []telegram.Update) error {
	err := s.Store.Accept(ctx, updates)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, u := range updates {
		s.stored[u.ID] = time.Now()
	}
	return err
}

func (s *stopwatch) Commit(ctx context.Context, update int64, turn bot.Turn, out []telegram.Outgoing) (bool, error) {
	done, err := s.Store.Commit(ctx, update, turn, out)
	s.mu.Lock()
	defer s.mu.Unlock()
	if done && update >= firstMeasured {
		s.took = append(s.took, time.Since(s.stored[update]))
		if len(s.took) == s.want {
			close(s.done)
		}
	}
	return done, err
}

func (s *stopwatch) report(b *testing.B, begun time.Time) {
	select {
	case <-s.done:
	case <-time.After(time.Minute):
		b.Fatal("not all turns were committed within a minute")
	}
	b.ReportMetric(float64(b.N)/time.Since(begun).Seconds(), "updates/s")
	slices.Sort(s.took)
	for _, q := range []int{50, 99} {
		ms := float64(s.took[(len(s.took)-1)*q/100].Microseconds()) / 1000
		b.ReportMetric(ms, fmt.Sprintf("p%d-ms", q))
	}
}

// loaded starts an adapter with a webhook and no limit to its sending, and returns what brings it an
// update of one of a thousand people.
func loaded(b *testing.B) (bring func(id int), watch *stopwatch) {
	const people = 1000
	h := &hook{}
	srv := fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{}, KeepCalls: 100, Webhook: h})
	b.Cleanup(srv.Close)
	for n := range people {
		say(b, srv.Phone(fakeapi.User{ID: int64(1000 + n)}), "mở máy")
	}
	db := openStore(b, b.TempDir())
	watch = &stopwatch{Store: db, stored: map[int64]time.Time{}, done: make(chan struct{}), want: b.N}
	a, err := telegram.New(testLog(), telegram.Config{
		Token: telegram.Token(srv.Token()), Key: []byte(adapterKey), Client: srv, Limits: &telegram.Limits{},
		Webhook: &telegram.Webhook{URL: "https://bot.example/hook", Secret: "s"},
	}, echo{sessions: db}, watch)
	if err != nil {
		b.Fatal(err)
	}
	h.to = a
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	b.Cleanup(func() { cancel(); <-ended })
	if err := srv.Wait(ctx, func() bool { return srv.Unconfirmed() == 0 }); err != nil {
		b.Fatal(err)
	}
	return func(id int) {
		person := 1000 + id%people
		req := httptest.NewRequest("POST", "/hook", strings.NewReader(fmt.Sprintf(
			`{"update_id":%d,"message":{"message_id":%d,"date":%d,"text":"hộ cận nghèo đóng bảo hiểm y tế bao nhiêu",`+
				`"from":{"id":%d,"first_name":"x"},"chat":{"id":%[4]d,"type":"private"}}}`,
			firstMeasured+id, id+1, time.Now().Unix(), person)))
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", "s")
		w := httptest.NewRecorder()
		if a.ServeHTTP(w, req); w.Code != http.StatusOK {
			b.Errorf("update %d: %d", id, w.Code)
		}
	}, watch
}
