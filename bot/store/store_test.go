package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"policybot/bot"
	"policybot/bot/telegram"
	"policybot/knowledge"
)

// What the adapter and the conversation ask for.
var (
	_ telegram.Inbox  = (*DB)(nil)
	_ telegram.Outbox = (*DB)(nil)
	_ telegram.Chats  = (*DB)(nil)
	_ bot.Sessions    = (*DB)(nil)
)

const testKey Key = "0123456789abcdef0123456789abcdef"

var discard = slog.New(slog.DiscardHandler)

func open(t testing.TB, dir string) *DB {
	t.Helper()
	return openWith(t, dir, Options{Key: testKey})
}

func openWith(t testing.TB, dir string, opt Options) *DB {
	t.Helper()
	db, err := Open(t.Context(), discard, dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func raw(id, chat int64) telegram.Update {
	return telegram.Update{ID: id, Chat: chat, Body: fmt.Appendf(nil, `{"update_id":%d,"text":"câu hỏi %d"}`, id, id)}
}

// person is the pseudonym that the tests give to a chat.
func person(chat int64) bot.ChatID { return bot.ChatID(fmt.Sprintf("p%d", chat)) }

// turn is the given turn of a chat's conversation.
func turn(chat int64, version int) bot.Turn {
	return bot.Turn{
		Inbound: bot.Inbound{Chat: person(chat), Day: knowledge.NewDate(2026, time.November, 23)},
		Session: bot.Session{Version: version, LastScreen: version, Before: "câu hỏi trước"},
		Record: bot.Record{
			Question: "hộ cận nghèo đóng bao nhiêu", Outcome: knowledge.Answered, Card: "copay",
			Provisions: []knowledge.ProvisionID{"nd-188-2025/d6"}, Sources: []string{"188/2025/NĐ-CP, Điều 6"},
			Content: "c1", Took: 1500 * time.Microsecond,
		},
	}
}

func message(chat int64, screen int) telegram.Outgoing {
	return telegram.Outgoing{Chat: chat, Group: chat < 0, Method: "sendMessage", Screen: screen,
		Body: fmt.Appendf(nil, `{"text":"trả lời %d"}`, screen)}
}

// commit accepts an update and commits its turn with one message.
func commit(t testing.TB, db *DB, update, chat int64, version int) {
	t.Helper()
	must(t, db.Accept(t.Context(), []telegram.Update{raw(update, chat)}))
	fresh, err := db.Commit(t.Context(), update, turn(chat, version), []telegram.Outgoing{message(chat, version)})
	if err != nil || !fresh {
		t.Fatalf("Commit(update %d) = %v, %v; want true, nil", update, fresh, err)
	}
}

// count runs a query that returns one number.
func count(t testing.TB, db *DB, query string, args ...any) (n int) {
	t.Helper()
	if err := db.r.QueryRowContext(context.Background(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func due(t testing.TB, db *DB, now time.Time) []telegram.Outgoing {
	t.Helper()
	out, err := db.Due(t.Context(), now, 1000)
	must(t, err)
	return out
}

// scan reads a row of one column.
func scan[T any](rows *sql.Rows) (value T, err error) {
	err = rows.Scan(&value)
	return value, err
}

func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
