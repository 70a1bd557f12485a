package fakeapi

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// Limits of keyboards. Telegram counts callback data in bytes, the rest in characters.
const (
	maxCallbackData = 64
	maxButtons      = 100
	maxCopyText     = 256
	maxPlaceholder  = 64
)

// A markup is a reply_markup parameter: at most one field is filled.
type markup struct {
	inline *Keyboard
	reply  *ReplyKeyboard
	remove bool
}

// markup reads the call's reply_markup; the schema has settled which of the four kinds it is.
func (c *call) markup(to *chat) (markup, error) {
	var raw struct {
		Inline [][]map[string]json.RawMessage `json:"inline_keyboard"`
		Remove bool                           `json:"remove_keyboard"`
		ReplyKeyboard
	}
	if err := c.decode("reply_markup", &raw); err != nil {
		return markup{}, err
	}
	switch {
	case len(raw.Inline) > 0:
		k, err := inlineKeyboard(raw.Inline)
		return markup{inline: k}, err
	case len(raw.Rows) > 0:
		k := raw.ReplyKeyboard
		return markup{reply: &k}, k.check(to)
	}
	return markup{remove: raw.Remove}, nil
}

func inlineKeyboard(rows [][]map[string]json.RawMessage) (*Keyboard, error) {
	k := &Keyboard{}
	n := 0
	for _, row := range rows {
		var out []Button
		for _, raw := range row {
			b, err := inlineButton(raw)
			if err != nil {
				return nil, err
			}
			out = append(out, b)
			n++
		}
		if len(out) > 0 {
			k.Rows = append(k.Rows, out)
		}
	}
	if n > maxButtons {
		return nil, bad("REPLY_MARKUP_TOO_LONG")
	}
	if n == 0 {
		return nil, nil
	}
	return k, nil
}

// looks are the fields of a button that are not what it does.
var looks = []string{"text", "style", "icon_custom_emoji_id"}

func inlineButton(raw map[string]json.RawMessage) (Button, error) {
	var b Button
	all, err := json.Marshal(raw)
	if err == nil {
		err = json.Unmarshal(all, &b)
	}
	if err != nil {
		return b, bad("can't parse inline keyboard button: %s", err)
	}
	if b.CopyText != nil && b.CopyText.Text == "" { // the library sends it with every button
		b.CopyText = nil
		delete(raw, "copy_text")
	}
	for _, name := range looks {
		delete(raw, name)
	}
	_, hasData := raw["callback_data"]
	_, hasURL := raw["url"]
	switch {
	case strings.TrimSpace(b.Text) == "":
		return b, bad("can't parse inline keyboard button: text of the button must be non-empty")
	case b.Style != "" && !slices.Contains([]string{"danger", "success", "primary"}, b.Style):
		return b, bad("can't parse inline keyboard button: invalid button style specified")
	case len(raw) == 0:
		return b, bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case len(raw) > 1:
		return b, bad("can't parse inline keyboard button: exactly one optional field must be used, found %d", len(raw))
	case hasData && (b.CallbackData == "" || len(b.CallbackData) > maxCallbackData):
		return b, bad("BUTTON_DATA_INVALID")
	case hasURL && !linkable(b.URL):
		return b, bad("inline keyboard button URL '%s' is invalid: Wrong HTTP URL", b.URL)
	case b.CopyText != nil && length(b.CopyText.Text) > maxCopyText:
		return b, bad("BUTTON_COPY_TEXT_INVALID")
	}
	return b, nil
}

func linkable(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "tg" || (u.Scheme == "http" || u.Scheme == "https") && u.Host != "")
}

// check refuses what a reply keyboard may not have.
func (k *ReplyKeyboard) check(to *chat) error {
	if length(k.Placeholder) > maxPlaceholder {
		return bad("can't parse reply keyboard: input field placeholder is longer than %d characters", maxPlaceholder)
	}
	n := 0
	for _, row := range k.Rows {
		for _, b := range row {
			n++
			switch {
			case strings.TrimSpace(b.Text) == "":
				return bad("can't parse keyboard button: text of the button must be non-empty")
			case b.RequestContact && to.Chat.Type != private:
				return bad("phone number can be requested in private chats only")
			case b.RequestLocation && to.Chat.Type != private:
				return bad("location can be requested in private chats only")
			case b.RequestContact && b.RequestLocation:
				return bad("can't parse keyboard button: exactly one optional field must be used, found 2")
			}
		}
	}
	if n > 3*maxButtons {
		return bad("REPLY_MARKUP_TOO_LONG")
	}
	return nil
}

// show puts a reply keyboard on the phones it is for, or takes it away.
func (m markup) show(to *chat, sent *Message) {
	if m.reply == nil && !m.remove {
		return
	}
	if to.Keyboards == nil {
		to.Keyboards = map[int64]*ReplyKeyboard{}
	}
	for user := range to.Members {
		if user == sent.From.ID { // the bot has no phone
			continue
		}
		selective := m.reply != nil && m.reply.Selective && to.Chat.Type != private
		if selective && (sent.ReplyTo == nil || sent.ReplyTo.From.ID != user) {
			continue
		}
		if m.reply == nil {
			delete(to.Keyboards, user)
			continue
		}
		to.Keyboards[user] = m.reply
	}
}
