package fakeapi_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http/httptest"
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

// TestLibraryMethods calls through the library, over loopback HTTP, every method the bot may need.
func TestLibraryMethods(t *testing.T) {
	srv := fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{}})
	defer srv.Close()
	web := httptest.NewServer(srv)
	defer web.Close()
	b := library(t, srv, tg.WithServerURL(web.URL), tg.WithHTTPClient(30*time.Second, web.Client()))
	ctx := t.Context()
	an := srv.Phone(fakeapi.User{ID: 1, FirstName: "An"})
	an.Send("chào")
	g := srv.Supergroup(-5, "Phường")
	g.AddBot(an)
	inGroup := an.In(g)
	check := func(what string, ok bool, err error) {
		t.Helper()
		if err != nil || !ok {
			t.Errorf("%s: %v %v", what, ok, err)
		}
	}

	me, err := b.GetMe(ctx)
	check("getMe", err == nil && me.ID == srv.Bot().ID && me.IsBot, err)
	ok, err := b.DeleteWebhook(ctx, &tg.DeleteWebhookParams{})
	check("deleteWebhook", ok, err)
	info, err := b.GetWebhookInfo(ctx)
	check("getWebhookInfo", err == nil && info.URL == "", err)
	ok, err = b.SetMyCommands(ctx, &tg.SetMyCommandsParams{
		Commands: []tgmodels.BotCommand{{Command: "hoso", Description: "Xem hồ sơ"}}, LanguageCode: "vi",
		Scope: &tgmodels.BotCommandScopeChat{ChatID: int64(1)},
	})
	check("setMyCommands", ok && an.View().Commands[0].Command == "hoso", err)
	list, err := b.GetMyCommands(ctx, &tg.GetMyCommandsParams{Scope: &tgmodels.BotCommandScopeChat{ChatID: 1}, LanguageCode: "vi"})
	check("getMyCommands", len(list) == 1, err)
	ok, err = b.SetMyDescription(ctx, &tg.SetMyDescriptionParams{Description: "Hỏi đáp", LanguageCode: "vi"})
	check("setMyDescription", ok, err)
	d, err := b.GetMyDescription(ctx, &tg.GetMyDescriptionParams{LanguageCode: "vi"})
	check("getMyDescription", err == nil && d.Description == "Hỏi đáp", err)
	ok, err = b.SetMyShortDescription(ctx, &tg.SetMyShortDescriptionParams{ShortDescription: "Hỏi"})
	check("setMyShortDescription", ok, err)
	ok, err = b.SetChatMenuButton(ctx, &tg.SetChatMenuButtonParams{ChatID: 1, MenuButton: tgmodels.MenuButtonCommands{Type: "commands"}})
	check("setChatMenuButton", ok && an.View().Menu == "commands", err)
	ok, err = b.SendChatAction(ctx, &tg.SendChatActionParams{ChatID: 1, Action: tgmodels.ChatActionTyping})
	check("sendChatAction", ok && an.View().Action == "typing", err)

	_, err = b.SendMessage(ctx, &tg.SendMessageParams{ChatID: 1, Text: "số?", ReplyMarkup: &tgmodels.ReplyKeyboardMarkup{
		Keyboard: [][]tgmodels.KeyboardButton{{{Text: "Gửi số", RequestContact: true}}}, ResizeKeyboard: true}})
	check("reply keyboard", an.View().Keyboard.Rows[0][0].RequestContact, err)
	_, err = b.SendMessage(ctx, &tg.SendMessageParams{ChatID: 1, Text: "cảm ơn", ReplyMarkup: &tgmodels.ReplyKeyboardRemove{RemoveKeyboard: true},
		ReplyParameters: &tgmodels.ReplyParameters{MessageID: 1}})
	check("keyboard away", an.View().Keyboard == nil && an.Last().ReplyTo.ID == 1, err)
	_, err = b.SendMessage(ctx, &tg.SendMessageParams{ChatID: -5, Text: "ý kiến", ReplyMarkup: &tgmodels.ForceReply{ForceReply: true, Selective: true}})
	check("forced reply", inGroup.Last().Text == "ý kiến", err)

	doc, err := b.SendDocument(ctx, &tg.SendDocumentParams{ChatID: 1, Caption: "<b>Đơn</b>", ParseMode: tgmodels.ParseModeHTML,
		Document: &tgmodels.InputFileUpload{Filename: "don.pdf", Data: strings.NewReader("%PDF-1.7")}})
	check("sendDocument", err == nil && doc.Document.FileName == "don.pdf" && doc.Document.MimeType == "application/pdf" && len(doc.CaptionEntities) == 1, err)
	doc, err = b.SendDocument(ctx, &tg.SendDocumentParams{ChatID: -5, Document: &tgmodels.InputFileString{Data: doc.Document.FileID}})
	check("sendDocument by id", err == nil && inGroup.Last().Document.Name == "don.pdf", err)
	file, err := b.GetFile(ctx, &tg.GetFileParams{FileID: doc.Document.FileID})
	check("getFile", err == nil, err)
	resp, err := web.Client().Get(b.FileDownloadLink(file))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	check("download", string(body) == "%PDF-1.7", err)
	photo, err := b.SendPhoto(ctx, &tg.SendPhotoParams{ChatID: 1, Photo: &tgmodels.InputFileUpload{Filename: "a.png", Data: bytes.NewReader(picture(80, 40))}})
	check("sendPhoto", err == nil && len(photo.Photo) == 2 && photo.Photo[1].Width == 80, err)
	heard, err := an.SendFile("voice", "v.ogg", []byte("OggS"), "")
	check("voice from the phone", heard.Voice != nil, err)
	voice, err := b.SendVoice(ctx, &tg.SendVoiceParams{ChatID: -5, Voice: &tgmodels.InputFileString{Data: heard.Voice.ID}})
	check("sendVoice", err == nil && voice.Voice.FileID == heard.Voice.ID, err)

	menu, err := b.SendMessage(ctx, &tg.SendMessageParams{ChatID: 1, Text: "menu", ReplyMarkup: &tgmodels.InlineKeyboardMarkup{
		InlineKeyboard: [][]tgmodels.InlineKeyboardButton{{{Text: "Một", CallbackData: "1"}}}}})
	check("inline keyboard", err == nil && an.Last().ReplyMarkup.Rows[0][0] == (fakeapi.Button{Text: "Một", CallbackData: "1"}), err)
	_, err = b.EditMessageReplyMarkup(ctx, &tg.EditMessageReplyMarkupParams{ChatID: 1, MessageID: menu.ID})
	check("editMessageReplyMarkup", an.Last().ReplyMarkup == nil, err)
	_, err = b.EditMessageText(ctx, &tg.EditMessageTextParams{ChatID: 1, MessageID: menu.ID, Text: "menu"})
	check("not modified", errors.Is(err, tg.ErrorBadRequest) && strings.Contains(err.Error(), "message is not modified"), nil)
	_, err = b.CopyMessage(ctx, &tg.CopyMessageParams{ChatID: -5, FromChatID: 1, MessageID: photo.ID})
	check("copyMessage", inGroup.Last().Photo != nil, err)
	ok, err = b.DeleteMessage(ctx, &tg.DeleteMessageParams{ChatID: 1, MessageID: menu.ID})
	check("deleteMessage", ok && an.Last().ID != menu.ID, err)

	member, err := b.GetChatMember(ctx, &tg.GetChatMemberParams{ChatID: -5, UserID: 1})
	check("getChatMember", err == nil && member.Type == tgmodels.ChatMemberTypeMember, err)
	chat, err := b.GetChat(ctx, &tg.GetChatParams{ChatID: -5})
	check("getChat", err == nil && chat.Title == "Phường", err)
	ok, err = b.LeaveChat(ctx, &tg.LeaveChatParams{ChatID: -5})
	check("leaveChat", ok, err)
	_, err = b.SendMessage(ctx, &tg.SendMessageParams{ChatID: -5, Text: "x"})
	check("after leaving", errors.Is(err, tg.ErrorForbidden), nil)

	for _, c := range srv.Calls() {
		if c.Code == 404 || c.Code == 501 || c.Code == 400 && strings.Contains(string(c.Answer), "fakeapi:") {
			t.Errorf("the library's %s was refused: %s", c.Method, c.Answer)
		}
	}
}
