package telegram

import (
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
}

// A button of an inline keyboard. The library's own adds an empty copy_text to each.
type button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// render makes the calls that show a turn.
func (k keys) render(at place, turn bot.Turn) ([]Outgoing, error) {
	var out []Outgoing
	for _, r := range turn.Replies {
		parts := split(r.HTML, textLimit)
		if strings.TrimSpace(plain(r.HTML)) == "" {
			return nil, fmt.Errorf("render screen %d: it has no text", r.Screen)
		}
		for i, text := range parts {
			m, screen := message{HTML: text, Thread: at.thread}, 0
			if i == 0 {
				m.Edit = r.Replaces
			}
			if i == len(parts)-1 {
				m.Rows, screen = k.rows(at.chat, r, turn.Session.Version), r.Screen
			}
			call, err := at.show(m, screen)
			if err != nil {
				return nil, err
			}
			out = append(out, call)
		}
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
		key := button{label, k.seal(chat, sealedButton{r.Screen, i, version})}
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
