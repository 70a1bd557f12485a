package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"policybot/bot"
)

// The methods that wait in the outbox.
const (
	sendMessage     = "sendMessage"
	editMessageText = "editMessageText"
	leaveChat       = "leaveChat"
	sendMedia       = "send" // and the kind, as in sendphoto
)

// The kinds of bot.Media.
const (
	mediaPhoto    = "photo"
	mediaDocument = "document"
	mediaVoice    = "voice"
	mediaAudio    = "audio"
	mediaVideo    = "video"
)

const (
	labelLimit = 24 // characters of a button
	labelPair  = 16 // two buttons stand side by side if neither is longer
)

// A message is the Body of an Outgoing that shows something.
type message struct {
	HTML   string     `json:"html"`
	Rows   [][]button `json:"rows,omitempty"`
	Edit   int        `json:"edit,omitempty"` // the screen to edit; 0: none
	Thread int        `json:"thread,omitempty"`
	Keys   *bot.Keys  `json:"keys,omitempty"`
	File   string     `json:"file,omitempty"` // what is sent, by its file_id, with the text under it
}

// A button of an inline keyboard. The library's own adds an empty copy_text to each.
type button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// render makes the calls that show a turn: in its own chat, and then in the others it posts to.
func (a *Adapter) render(ctx context.Context, at place, turn bot.Turn) ([]Outgoing, error) {
	var out []Outgoing
	for _, r := range turn.Replies {
		calls, err := a.keys.render(at, r, turn.Session.Version)
		if err != nil {
			return nil, err
		}
		out = append(out, calls...)
	}
	for _, p := range turn.Posts {
		to, err := a.placeCalled(ctx, p.To, at, turn)
		if err != nil {
			return nil, err
		}
		if to.chat == 0 {
			a.lg.WarnContext(ctx, "nowhere to post to", "key", turn.Inbound.Key)
			continue
		}
		calls, err := a.keys.render(to, p.Reply, 0)
		if err != nil {
			return nil, err
		}
		out = append(out, calls...)
	}
	return out, nil
}

// placeCalled is the place with a pseudonym; the zero place when it is not kept.
func (a *Adapter) placeCalled(ctx context.Context, id bot.ChatID, own place, turn bot.Turn) (place, error) {
	if id == turn.Inbound.Chat {
		return own, nil
	}
	chat, err := a.store.Address(ctx, id)
	return place{chat: chat, group: chat < 0}, err
}

// render makes the calls that show a message.
func (k keys) render(at place, r bot.Reply, version int) ([]Outgoing, error) {
	if r.Media != nil {
		m := message{HTML: r.HTML, Thread: at.thread, File: r.Media.File, Rows: k.rows(at.chat, r, version)}
		call, err := at.show(m, 0)
		call.Method = sendMedia + r.Media.Kind
		return []Outgoing{call}, err
	}
	if strings.TrimSpace(plain(r.HTML)) == "" {
		return nil, fmt.Errorf("render screen %d: it has no text", r.Screen)
	}
	var out []Outgoing
	parts := split(r.HTML, textLimit)
	for i, text := range parts {
		m, screen := message{HTML: text, Thread: at.thread}, 0
		if i == 0 {
			m.Edit = r.Replaces
		}
		if i == len(parts)-1 {
			m.Rows, m.Keys, screen = k.rows(at.chat, r, version), r.Keys, r.Screen
		}
		call, err := at.show(m, screen)
		if err != nil {
			return nil, err
		}
		out = append(out, call)
	}
	return out, nil
}

// show makes the call that shows a message.
func (at place) show(m message, screen int) (Outgoing, error) {
	method := sendMessage
	if m.Edit != 0 {
		method = editMessageText
	}
	body, err := json.Marshal(m)
	if err != nil {
		return Outgoing{}, fmt.Errorf("render a message: %w", err)
	}
	return Outgoing{Chat: at.chat, Group: at.group, Method: method, Body: body, Screen: screen}, nil
}

// rows lays buttons out, at most two a row, in their order.
func (k keys) rows(chat int64, r bot.Reply, version int) [][]button {
	var rows [][]button
	short := false // the last row has one short button
	for i, b := range r.Buttons {
		label := clip(b.Label)
		data := k.seal(chat, sealedButton{r.Screen, i, version})
		if c := b.Action.Case; c != "" {
			data = k.sealCase(chat, caseButton{c.Number(), b.Action.Version, string(b.Action.Verb)})
		}
		key := button{label, data}
		fits := len([]rune(label)) <= labelPair
		if short && fits {
			rows[len(rows)-1] = append(rows[len(rows)-1], key)
			short = false
			continue
		}
		rows = append(rows, []button{key})
		short = fits
	}
	return rows
}

// clip shortens a label that is too long.
func clip(label string) string {
	if r := []rune(label); len(r) > labelLimit {
		return string(r[:labelLimit-1]) + "…"
	}
	return label
}
