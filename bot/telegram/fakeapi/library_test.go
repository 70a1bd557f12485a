package fakeapi_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tg "github.com/go-telegram/bot"
	tgmodels "github.com/go-telegram/bot/models"

	"policybot/bot/telegram/fakeapi"
)

// library returns the real library, speaking to the fake without a network.
func library(t *testing.T, srv *fakeapi.Server, opts ...tg.Option) *tg.Bot {
	t.Helper()
	opts = append([]tg.Option{
		tg.WithHTTPClient(30*time.Second, srv),
		tg.WithErrorsHandler(func(err error) { t.Log("library:", err) }),
		tg.WithNotAsyncHandlers(),
	}, opts...)
	b, err := tg.New(srv.Token(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestLibraryConversation lets the real library poll, answer, edit and answer a press.
func TestLibraryConversation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		b := library(t, srv,
			tg.WithAllowedUpdates(tg.AllowedUpdates{"message", "callback_query"}),
			tg.WithDefaultHandler(func(ctx context.Context, b *tg.Bot, u *tgmodels.Update) {
				if q := u.CallbackQuery; q != nil {
					if _, err := b.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: q.ID, Text: "đã nhận"}); err != nil {
						t.Error(err)
					}
					m := q.Message.Message
					_, err := b.EditMessageText(ctx, &tg.EditMessageTextParams{ChatID: m.Chat.ID, MessageID: m.ID, Text: "xong"})
					if err != nil {
						t.Error(err)
					}
					return
				}
				_, err := b.SendMessage(ctx, &tg.SendMessageParams{
					ChatID: u.Message.Chat.ID, Text: "<b>Chào</b> " + u.Message.From.FirstName, ParseMode: tgmodels.ParseModeHTML,
					LinkPreviewOptions: &tgmodels.LinkPreviewOptions{IsDisabled: tg.True()},
					ReplyMarkup: tgmodels.InlineKeyboardMarkup{InlineKeyboard: [][]tgmodels.InlineKeyboardButton{
						{{Text: "Nhận", CallbackData: "v1:a"}, {Text: "Trang", URL: "https://example.org/x"}},
					}},
				})
				if err != nil {
					t.Error(err)
				}
			}))
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { b.Start(ctx); close(done) }()

		phone := srv.Phone(fakeapi.User{ID: 1001, FirstName: "An"})
		if _, err := phone.Start("the"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		got := phone.Last()
		if got.Text != "Chào An" || len(got.Entities) != 1 || got.Entities[0].Type != "bold" || got.Entities[0].Length != 4 {
			t.Fatalf("after /start the phone shows %+v", got)
		}
		query, err := phone.Press("Nhận")
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if a := phone.Answer(query); a == nil || a.Text != "đã nhận" {
			t.Errorf("answer of the press: %+v", a)
		}
		if got := phone.Last(); got.Text != "xong" || got.ReplyMarkup != nil || got.EditDate == 0 {
			t.Errorf("after the press the phone shows %+v", got)
		}
		stop()
		<-done
	})
}

// TestLibraryErrors checks that the library recognises the fake's refusals for what they are.
func TestLibraryErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := fakeapi.New(fakeapi.Options{})
		defer srv.Close()
		b := library(t, srv)
		phone := srv.Phone(fakeapi.User{ID: 1001})
		phone.Send("chào")
		send := func(chat int64) error {
			_, err := b.SendMessage(t.Context(), &tg.SendMessageParams{ChatID: chat, Text: "x"})
			return err
		}
		g := srv.Group(-5, "Phường")
		g.AddBot(phone)
		g.Migrate(-1005)
		if move, ok := errors.AsType[*tg.MigrateError](send(-5)); !ok || move.MigrateToChatID != -1005 {
			t.Errorf("old group: %v", send(-5))
		}
		phone.Block()
		if err := send(1001); !errors.Is(err, tg.ErrorForbidden) {
			t.Errorf("blocked: %v", err)
		}
		phone.Unblock()
		for _, c := range []struct {
			fault fakeapi.Fault
			want  error
		}{
			{fakeapi.Fault{Status: 401}, tg.ErrorUnauthorized},
			{fakeapi.Fault{Status: 404}, tg.ErrorNotFound},
			{fakeapi.Fault{Status: 409}, tg.ErrorConflict},
			{fakeapi.Fault{Status: 400}, tg.ErrorBadRequest},
		} {
			id := srv.Fail(c.fault)
			if err := send(1001); !errors.Is(err, c.want) {
				t.Errorf("status %d: %v", c.fault.Status, err)
			}
			srv.Lift(id)
		}
		srv.Fail(fakeapi.Fault{Status: 429, RetryAfter: 7, Times: 1})
		if wait, ok := errors.AsType[*tg.TooManyRequestsError](send(1001)); !ok || wait.RetryAfter != 7 {
			t.Errorf("429: %v", wait)
		}
		srv.Fail(fakeapi.Fault{Status: 502, Body: fakeapi.BadGateway, Times: 1})
		if err := send(1001); err == nil || !strings.Contains(err.Error(), "decode response body") {
			t.Errorf("502: %v", err)
		}
	})
}
