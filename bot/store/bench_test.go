package store

import (
	"testing"
	"time"

	"policybot/bot/telegram"
)

// BenchmarkTurn is the whole way of a turn through the store, one update after the other: accepted,
// its session read, committed with one message, and the message recorded as sent. The bar of the
// product is 500 turns/s for all that happens to an update.
func BenchmarkTurn(b *testing.B) {
	for _, sync := range []Sync{Normal, Full} {
		b.Run(string(sync), func(b *testing.B) {
			db := openWith(b, b.TempDir(), Options{Key: testKey, Sync: sync})
			for n := int64(1); b.Loop(); n++ {
				chat := n%1000 + 1
				must(b, db.Accept(b.Context(), []telegram.Update{raw(n, chat)}))
				s, err := db.Session(b.Context(), person(chat))
				must(b, err)
				if _, err := db.Commit(b.Context(), n, turn(chat, s.Version+1), []telegram.Outgoing{message(chat, s.Version+1)}); err != nil {
					b.Fatal(err)
				}
				must(b, db.Sent(b.Context(), n, n, time.Now()))
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
		})
	}
}

// BenchmarkCommit is the transaction of a turn alone, from as many goroutines as there are processors.
func BenchmarkCommit(b *testing.B) {
	db := open(b, b.TempDir())
	updates := make([]telegram.Update, b.N)
	for i := range updates {
		updates[i] = raw(int64(i)+1, int64(i)+1)
	}
	must(b, db.Accept(b.Context(), updates))
	next := make(chan int64, b.N)
	for i := range updates {
		next <- int64(i) + 1
	}
	b.ResetTimer()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			id := <-next
			if _, err := db.Commit(b.Context(), id, turn(id, 1), []telegram.Outgoing{message(id, 1)}); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
}

// BenchmarkDue looks for work in an outbox with a message for each of 10,000 chats, as after a long
// outage.
func BenchmarkDue(b *testing.B) {
	db := open(b, b.TempDir())
	const chats = 10_000
	out := make([]telegram.Outgoing, chats)
	for i := range out {
		out[i] = message(int64(i)+1, 1)
	}
	must(b, db.Accept(b.Context(), []telegram.Update{raw(1, 1)}))
	must(b, db.Done(b.Context(), 1, out...))
	for b.Loop() {
		if _, err := db.Due(b.Context(), time.Now(), 100); err != nil {
			b.Fatal(err)
		}
	}
}
