package fakeapi_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"policybot/bot/telegram/fakeapi"
)

type form map[string]string

// An answer is Telegram's answer to a call.
type answer struct {
	Ok          bool
	Code        int `json:"error_code"`
	Description string
	Result      json.RawMessage
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	}
}

// ask calls a method with a form, without a network.
func ask(t testing.TB, srv *fakeapi.Server, method string, params form) answer {
	t.Helper()
	values := url.Values{}
	for k, v := range params {
		values.Set(k, v)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://x/bot"+srv.Token()+"/"+method, strings.NewReader(values.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return do(t, srv, r)
}

func do(t testing.TB, srv *fakeapi.Server, r *http.Request) answer {
	t.Helper()
	resp, err := srv.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var a answer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	if a.Ok != (resp.StatusCode == 200) || !a.Ok && a.Code != resp.StatusCode {
		t.Errorf("status %d with %+v", resp.StatusCode, a)
	}
	return a
}

// sent calls a method that must succeed and returns the message it made.
func sent(t *testing.T, srv *fakeapi.Server, method string, params form) fakeapi.Message {
	t.Helper()
	a := ask(t, srv, method, params)
	if !a.Ok {
		t.Fatalf("%s %v: %s", method, params, a.Description)
	}
	var m fakeapi.Message
	if err := json.Unmarshal(a.Result, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func picture(w, h int) []byte {
	var b bytes.Buffer
	png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)))
	return b.Bytes()
}

// town is a world with one of each kind of chat. Message 2 of chat 1001 is the bot's, with a button;
// message 3 is the bot's photo.
func town(t *testing.T) *fakeapi.Server {
	srv := fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{QueryTTL: time.Minute}})
	t.Cleanup(srv.Close)
	an := srv.Phone(fakeapi.User{ID: 1001, FirstName: "An"})
	an.Send("chào")
	sent(t, srv, "sendMessage", form{"chat_id": "1001", "text": "menu",
		"reply_markup": `{"inline_keyboard":[[{"text":"Một","callback_data":"1","copy_text":{"text":""}}]]}`})
	if a := askFile(t, srv, "sendPhoto", form{"chat_id": "1001"}, "photo", "p.png", picture(40, 20)); !a.Ok {
		t.Fatal(a.Description)
	}
	srv.Phone(fakeapi.User{ID: 1002})
	blocked := srv.Phone(fakeapi.User{ID: 1003})
	blocked.Send("chào")
	blocked.Block()
	gone := srv.Phone(fakeapi.User{ID: 1004})
	gone.Send("chào")
	gone.DeleteAccount()
	for id, title := range map[int64]string{-10: "member", -11: "kicked", -12: "never", -13: "moved", -14: "muted"} {
		g := srv.Group(id, title)
		an.In(g)
		if id != -12 {
			g.AddBot(an)
		}
	}
	srv.Group(-11, "").RemoveBot(an)
	srv.Group(-13, "").Migrate(-10013)
	srv.Group(-14, "").MuteBot(true)
	forum := srv.Supergroup(-1001, "forum")
	forum.AddBot(an)
	forum.AddTopic(7, "BHYT")
	return srv
}

// askFile is ask with an uploaded file.
func askFile(t *testing.T, srv *fakeapi.Server, method string, params form, field, name string, data []byte) answer {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, v := range params {
		w.WriteField(k, v)
	}
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	part.Write(data)
	w.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://x/bot"+srv.Token()+"/"+method, &body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return do(t, srv, r)
}

func inline(button string) string { return `{"inline_keyboard":[[` + button + `]]}` }

// TestRefusals: what Telegram refuses, the fake refuses. The code is 400 unless the text begins
// with another one's words. None of the refused calls may change a chat.
func TestRefusals(t *testing.T) {
	long := strings.Repeat("ư", 4096)
	text := func(p form) form {
		base := form{"chat_id": "1001", "text": "x"}
		for k, v := range p {
			base[k] = v
		}
		return base
	}
	tests := []struct {
		name, method string
		params       form
		want         string
	}{
		{"unknown method", "sendMesage", form{}, "Not Found: method not found"},
		{"known, not simulated", "sendDice", form{"chat_id": "1001"}, "fakeapi: method sendDice is known but not simulated"},
		{"unknown parameter", "sendMessage", text(form{"disable_web_page_preview": "true"}), `fakeapi: method sendMessage has no parameter "disable_web_page_preview"`},
		{"no chat", "sendMessage", form{"text": "x"}, "chat_id is empty"},
		{"no text", "sendMessage", form{"chat_id": "1001"}, "message text is empty"},
		{"another required parameter", "sendChatAction", form{"chat_id": "1001"}, `parameter "action" is required`},
		{"integer expected", "sendMessage", text(form{"message_thread_id": "a"}), `can't parse parameter "message_thread_id": "a" is no Integer`},
		{"boolean expected", "sendMessage", text(form{"disable_notification": "yes"}), `"yes" is no Boolean`},
		{"not UTF-8", "sendMessage", text(form{"text": "a\xff"}), "strings must be encoded in UTF-8"},

		{"chat unknown", "sendMessage", text(form{"chat_id": "999"}), "chat not found"},
		{"chat name unknown", "sendMessage", text(form{"chat_id": "@nobody"}), "chat not found"},
		{"never started", "sendMessage", text(form{"chat_id": "1002"}), "Forbidden: bot can't initiate conversation with a user"},
		{"blocked", "sendMessage", text(form{"chat_id": "1003"}), "Forbidden: bot was blocked by the user"},
		{"deleted account", "sendMessage", text(form{"chat_id": "1004"}), "Forbidden: user is deactivated"},
		{"kicked", "sendMessage", text(form{"chat_id": "-11"}), "Forbidden: bot was kicked from the group chat"},
		{"no member", "sendMessage", text(form{"chat_id": "-12"}), "Forbidden: bot is not a member of the group chat"},
		{"migrated", "sendMessage", text(form{"chat_id": "-13"}), "group chat was upgraded to a supergroup chat"},
		{"muted", "sendMessage", text(form{"chat_id": "-14"}), "not enough rights to send text messages to the chat"},
		{"no such topic", "sendMessage", text(form{"chat_id": "-1001", "message_thread_id": "8"}), "message thread not found"},
		{"topic in a private chat", "sendMessage", text(form{"message_thread_id": "7"}), "message thread not found"},
		{"action to a blocked chat", "sendChatAction", form{"chat_id": "1003", "action": "typing"}, "Forbidden: bot was blocked by the user"},

		{"empty text", "sendMessage", text(form{"text": ""}), "message text is empty"},
		{"white text", "sendMessage", text(form{"text": " \n"}), "text must be non-empty"},
		{"empty after parsing", "sendMessage", text(form{"text": "<b></b>", "parse_mode": "HTML"}), "text must be non-empty"},
		{"one unit too long", "sendMessage", text(form{"text": long + "x"}), "message is too long"},
		{"emoji count two", "sendMessage", text(form{"text": strings.Repeat("🏠", 2048) + "x"}), "message is too long"},
		{"parse mode", "sendMessage", text(form{"parse_mode": "html5"}), "unsupported parse_mode"},
		{"Markdown", "sendMessage", text(form{"parse_mode": "MarkdownV2"}), "fakeapi: parse_mode MarkdownV2 is not simulated"},
		{"HTML", "sendMessage", text(form{"text": "<b>x", "parse_mode": "HTML"}), `can't parse entities: Can't find end tag corresponding to start tag "b"`},
		{"entity outside", "sendMessage", text(form{"entities": `[{"type":"bold","offset":0,"length":2}]`}), "can't parse entities"},
		{"entity without length", "sendMessage", text(form{"entities": `[{"type":"bold","offset":0}]`}), `can't find field "length" of MessageEntity`},
		{"reply to nothing", "sendMessage", text(form{"reply_parameters": `{"message_id":77}`}), "message to be replied not found"},

		{"markup no JSON", "sendMessage", text(form{"reply_markup": `{`}), "can't parse JSON"},
		{"markup of no kind", "sendMessage", text(form{"reply_markup": `{"keys":[]}`}), "fits none of InlineKeyboardMarkup"},
		{"rows no array", "sendMessage", text(form{"reply_markup": `{"inline_keyboard":[{"text":"x"}]}`}), "must be of type Array"},
		{"button without text", "sendMessage", text(form{"reply_markup": inline(`{"callback_data":"1"}`)}), `can't find field "text" of InlineKeyboardButton`},
		{"button text a number", "sendMessage", text(form{"reply_markup": inline(`{"text":1,"callback_data":"1"}`)}), `field "text": must be of type String`},
		{"button field unknown", "sendMessage", text(form{"reply_markup": inline(`{"text":"x","data":"1"}`)}), `fakeapi: InlineKeyboardButton has no field "data"`},
		{"button empty text", "sendMessage", text(form{"reply_markup": inline(`{"text":" ","callback_data":"1"}`)}), "text of the button must be non-empty"},
		{"button style", "sendMessage", text(form{"reply_markup": inline(`{"text":"x","callback_data":"1","style":"red"}`)}), "invalid button style specified"},
		{"button without action", "sendMessage", text(form{"reply_markup": inline(`{"text":"x","copy_text":{"text":""}}`)}), "Text buttons are unallowed in the inline keyboard"},
		{"button with two actions", "sendMessage", text(form{"reply_markup": inline(`{"text":"x","callback_data":"1","url":"https://a.vn"}`)}), "exactly one optional field must be used"},
		{"callback of 65 bytes", "sendMessage", text(form{"reply_markup": inline(`{"text":"x","callback_data":"` + strings.Repeat("é", 32) + `z"}`)}), "BUTTON_DATA_INVALID"},
		{"callback empty", "sendMessage", text(form{"reply_markup": inline(`{"text":"x","callback_data":""}`)}), "BUTTON_DATA_INVALID"},
		{"button address", "sendMessage", text(form{"reply_markup": inline(`{"text":"x","url":"javascript:1"}`)}), "inline keyboard button URL 'javascript:1' is invalid: Wrong HTTP URL"},
		{"copy text too long", "sendMessage", text(form{"reply_markup": inline(`{"text":"x","copy_text":{"text":"` + strings.Repeat("x", 257) + `"}}`)}), "BUTTON_COPY_TEXT_INVALID"},
		{"too many buttons", "sendMessage", text(form{"reply_markup": inline(strings.Repeat(`{"text":"x","callback_data":"1"},`, 100) + `{"text":"x","callback_data":"1"}`)}), "REPLY_MARKUP_TOO_LONG"},
		{"contact asked in a group", "sendMessage", form{"chat_id": "-10", "text": "x", "reply_markup": `{"keyboard":[[{"text":"số","request_contact":true}]]}`}, "phone number can be requested in private chats only"},
		{"placeholder too long", "sendMessage", text(form{"reply_markup": `{"keyboard":[[{"text":"a"}]],"input_field_placeholder":"` + strings.Repeat("x", 65) + `"}`}), "input field placeholder is longer"},

		{"caption too long", "sendPhoto", form{"chat_id": "1001", "photo": "PHOTO", "caption": strings.Repeat("x", 1025)}, "message caption is too long"},
		{"no photo", "sendPhoto", form{"chat_id": "1001"}, "there is no photo in the request"},
		{"no such file", "sendDocument", form{"chat_id": "1001", "document": "abc"}, "wrong file identifier/HTTP URL specified"},
		{"file from the web", "sendDocument", form{"chat_id": "1001", "document": "https://a.vn/x.pdf"}, "failed to get HTTP URL content"},
		{"file of another kind", "sendDocument", form{"chat_id": "1001", "document": "PHOTO"}, "can't use file of type Photo as Document"},
		{"file unknown", "getFile", form{"file_id": "abc"}, "invalid file_id"},

		{"edit nothing", "editMessageText", form{"chat_id": "1001", "text": "x"}, "message identifier is not specified"},
		{"edit without chat", "editMessageText", form{"message_id": "2", "text": "x"}, "chat_id is empty"},
		{"edit what is not there", "editMessageText", form{"chat_id": "1001", "message_id": "9", "text": "x"}, "message to edit not found"},
		{"edit a resident's text", "editMessageText", form{"chat_id": "1001", "message_id": "1", "text": "x"}, "message can't be edited"},
		{"edit a photo's text", "editMessageText", form{"chat_id": "1001", "message_id": "3", "text": "x"}, "there is no text in the message to edit"},
		{"edit a text's caption", "editMessageCaption", form{"chat_id": "1001", "message_id": "2", "caption": "x"}, "there is no caption in the message to edit"},
		{"edit to the same", "editMessageText", form{"chat_id": "1001", "message_id": "2", "text": "menu", "reply_markup": inline(`{"text":"Một","callback_data":"1"}`)}, "message is not modified"},
		{"edit the keyboard to the same", "editMessageReplyMarkup", form{"chat_id": "1001", "message_id": "2", "reply_markup": inline(`{"text":"Một","callback_data":"1"}`)}, "message is not modified"},
		{"edit with a reply keyboard", "editMessageText", form{"chat_id": "1001", "message_id": "2", "text": "x", "reply_markup": `{"keyboard":[[{"text":"a"}]]}`}, `InlineKeyboardMarkup has no field "keyboard"`},
		{"delete nothing", "deleteMessage", form{"chat_id": "1001", "message_id": "9"}, "message to delete not found"},
		{"delete others' in a group", "deleteMessage", form{"chat_id": "-10", "message_id": "1"}, "message can't be deleted"},
		{"forward nothing", "forwardMessage", form{"chat_id": "1001", "from_chat_id": "1001", "message_id": "9"}, "message to forward not found"},
		{"copy nothing", "copyMessage", form{"chat_id": "1001", "from_chat_id": "1001", "message_id": "9"}, "message to copy not found"},

		{"answer nothing", "answerCallbackQuery", form{}, "query is too old and response timeout expired or query ID is invalid"},
		{"answer no query", "answerCallbackQuery", form{"callback_query_id": "5"}, "query is too old and response timeout expired or query ID is invalid"},
		{"answer too long", "answerCallbackQuery", form{"callback_query_id": "QUERY", "text": strings.Repeat("x", 201)}, "MESSAGE_TOO_LONG"},
		{"action unknown", "sendChatAction", form{"chat_id": "1001", "action": "dancing"}, "wrong parameter action in request"},

		{"command in capitals", "setMyCommands", form{"commands": `[{"command":"Hoso","description":"x"}]`}, "BOT_COMMAND_INVALID"},
		{"command with a slash", "setMyCommands", form{"commands": `[{"command":"/hoso","description":"x"}]`}, "BOT_COMMAND_INVALID"},
		{"command too long", "setMyCommands", form{"commands": `[{"command":"` + strings.Repeat("a", 33) + `","description":"x"}]`}, "BOT_COMMAND_INVALID"},
		{"command undescribed", "setMyCommands", form{"commands": `[{"command":"hoso","description":""}]`}, "BOT_COMMAND_DESCRIPTION_INVALID"},
		{"command described too long", "setMyCommands", form{"commands": `[{"command":"hoso","description":"` + strings.Repeat("ạ", 257) + `"}]`}, "BOT_COMMAND_DESCRIPTION_INVALID"},
		{"too many commands", "setMyCommands", form{"commands": "[" + strings.Repeat(`{"command":"a","description":"x"},`, 100) + `{"command":"a","description":"x"}]`}, "BOT_COMMANDS_TOO_MUCH"},
		{"scope unknown", "setMyCommands", form{"commands": `[]`, "scope": `{"type":"everybody"}`}, "fits none of BotCommandScopeDefault"},
		{"scope without chat", "setMyCommands", form{"commands": `[]`, "scope": `{"type":"chat"}`}, `fits none of`},
		{"scope of an unknown chat", "setMyCommands", form{"commands": `[]`, "scope": `{"type":"chat","chat_id":-99}`}, "chat not found"},
		{"language", "setMyCommands", form{"commands": `[]`, "language_code": "vie"}, "invalid language code specified"},
		{"description too long", "setMyDescription", form{"description": strings.Repeat("x", 513)}, "the bot's description is longer than 512 characters"},
		{"short description too long", "setMyShortDescription", form{"short_description": strings.Repeat("x", 121)}, "longer than 120 characters"},
		{"menu button of a group", "setChatMenuButton", form{"chat_id": "-10", "menu_button": `{"type":"commands"}`}, "menu button can be set in private chats only"},

		{"member of nowhere", "getChatMember", form{"chat_id": "-12", "user_id": "1001"}, "Forbidden: bot is not a member of the group chat"},
		{"member unknown", "getChatMember", form{"chat_id": "-10", "user_id": "5"}, "user not found"},
		{"leave a person", "leaveChat", form{"chat_id": "1001"}, "chat member status can't be changed in private chats"},

		{"webhook without TLS", "setWebhook", form{"url": "http://example.org/hook"}, "An HTTPS URL must be provided for webhook"},
		{"webhook to nowhere", "setWebhook", form{"url": "https://"}, "invalid webhook URL specified"},
		{"secret with a space", "setWebhook", form{"url": "https://a.vn/", "secret_token": "a b"}, "secret token contains unallowed characters"},
		{"connections", "setWebhook", form{"url": "https://a.vn/", "max_connections": "101"}, "max_connections must be between 1 and 100"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := town(t)
			an := srv.Phone(fakeapi.User{ID: 1001})
			query, err := an.Press("Một")
			if err != nil {
				t.Fatal(err)
			}
			photo := an.Last().Photo[1].ID
			for k, v := range tt.params {
				tt.params[k] = map[string]string{"PHOTO": photo, "QUERY": query}[v]
				if tt.params[k] == "" {
					tt.params[k] = v
				}
			}
			before := chatsOf(t, srv)
			got := ask(t, srv, tt.method, tt.params)
			if got.Ok || !strings.Contains(got.Description, tt.want) {
				t.Errorf("%s %v: got %q, want %q", tt.method, tt.params, got.Description, tt.want)
			}
			if want := codeOf(tt.want); got.Code != want {
				t.Errorf("code %d, want %d", got.Code, want)
			}
			if tt.name == "migrated" && got.Parameters.MigrateTo != -10013 {
				t.Errorf("migrate_to_chat_id %d", got.Parameters.MigrateTo)
			}
			if after := chatsOf(t, srv); after != before {
				t.Error("the refused call changed a chat")
			}
		})
	}
}

func codeOf(words string) int {
	switch {
	case strings.HasPrefix(words, "Forbidden"):
		return 403
	case strings.HasPrefix(words, "Not Found"):
		return 404
	case strings.Contains(words, "not simulated") && strings.Contains(words, "method"):
		return 501
	}
	return 400
}

// chatsOf is all chats as one string, to compare.
func chatsOf(t *testing.T, srv *fakeapi.Server) string {
	t.Helper()
	b, err := json.Marshal(srv.State().Chats)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestAccepted: next to each limit lies something Telegram takes.
func TestAccepted(t *testing.T) {
	for _, tt := range []struct {
		name, method string
		params       form
	}{
		{"full length", "sendMessage", form{"chat_id": "1001", "text": strings.Repeat("ư", 4096)}},
		{"full length after parsing", "sendMessage", form{"chat_id": "1001", "parse_mode": "HTML", "text": "<b>" + strings.Repeat("&lt;", 4096) + "</b>"}},
		{"callback of 64 bytes", "sendMessage", form{"chat_id": "1001", "text": "x", "reply_markup": inline(`{"text":"x","callback_data":"` + strings.Repeat("é", 32) + `"}`)}},
		{"copy button", "sendMessage", form{"chat_id": "1001", "text": "x", "reply_markup": inline(`{"text":"x","copy_text":{"text":"CT-7K2M"}}`)}},
		{"reply keyboard", "sendMessage", form{"chat_id": "1001", "text": "x", "reply_markup": `{"keyboard":[[{"text":"số","request_contact":true}]],"one_time_keyboard":true}`}},
		{"forced reply", "sendMessage", form{"chat_id": "1001", "text": "x", "reply_markup": `{"force_reply":true}`}},
		{"lenient reply", "sendMessage", form{"chat_id": "1001", "text": "x", "reply_parameters": `{"message_id":77,"allow_sending_without_reply":true}`}},
		{"topic", "sendMessage", form{"chat_id": "-1001", "text": "x", "message_thread_id": "7"}},
		{"method in any case", "SENDMESSAGE", form{"chat_id": "1001", "text": "x"}},
		{"caption", "sendPhoto", form{"chat_id": "1001", "photo": "PHOTO", "caption": strings.Repeat("x", 1024)}},
		{"edit the text, drop the keyboard", "editMessageText", form{"chat_id": "1001", "message_id": "2", "text": "menu"}},
		{"edit the caption", "editMessageCaption", form{"chat_id": "1001", "message_id": "3", "caption": "ảnh"}},
		{"forward", "forwardMessage", form{"chat_id": "-10", "from_chat_id": "1001", "message_id": "1"}},
		{"copy", "copyMessage", form{"chat_id": "-10", "from_chat_id": "1001", "message_id": "3", "caption": "ảnh"}},
		{"delete the resident's", "deleteMessage", form{"chat_id": "1001", "message_id": "1"}},
		{"delete several, some gone", "deleteMessages", form{"chat_id": "1001", "message_ids": "[1,2,99]"}},
		{"command", "setMyCommands", form{"commands": `[{"command":"hoso","description":"Xem hồ sơ"}]`, "scope": `{"type":"chat","chat_id":1001}`, "language_code": "vi"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			srv := town(t)
			if tt.params["photo"] != "" {
				tt.params["photo"] = srv.Phone(fakeapi.User{ID: 1001}).Last().Photo[1].ID
			}
			if got := ask(t, srv, tt.method, tt.params); !got.Ok {
				t.Errorf("refused: %s", got.Description)
			}
		})
	}
}

// TestUploads: what a file must be.
func TestUploads(t *testing.T) {
	for _, tt := range []struct {
		name, method, field string
		data                []byte
		want                string
	}{
		{"empty", "sendDocument", "document", nil, "file must be non-empty"},
		{"no picture", "sendPhoto", "photo", []byte("abc"), "IMAGE_PROCESS_FAILED"},
		{"too wide", "sendPhoto", "photo", picture(210, 10), "PHOTO_INVALID_DIMENSIONS"},
		{"in a field of text", "sendPhoto", "attachment", picture(2, 2), `fakeapi: method sendPhoto has no parameter "attachment" for a file`},
		{"too big", "sendDocument", "document", make([]byte, 50<<20+1), "Request Entity Too Large"},
		{"voice", "sendVoice", "voice", []byte("OggS"), ""},
	} {
		srv := town(t)
		got := askFile(t, srv, tt.method, form{"chat_id": "1001"}, tt.field, "f.bin", tt.data)
		if got.Ok != (tt.want == "") || !strings.Contains(got.Description, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got.Description, tt.want)
		}
	}
}
