package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	tgmodels "github.com/go-telegram/bot/models"
)

// send makes one call, with what remedies there are, and records what came of it.
func (s *sender) send(ctx context.Context, o Outgoing) {
	defer s.end(o)
	began := time.Now()
	shown, v := s.deliver(ctx, o)
	s.weather(v, began)
	if ctx.Err() != nil && v.fate == unsure {
		return // cut off by ourselves: it waits for the next start
	}
	s.persist(ctx, func(ctx context.Context) error { return s.record(ctx, o, shown, v) })
}

// record writes down what a call came to.
func (s *sender) record(ctx context.Context, o Outgoing, shown int64, v verdict) error {
	now := time.Now()
	switch v.fate {
	case taken:
		return s.out.Sent(ctx, o.ID, shown, now)
	case blocked:
		if err := s.out.Drop(ctx, o.ID, v.why); err != nil {
			return err
		}
		return s.chats.Blocked(ctx, o.Chat, true, now)
	case moved:
		if err := s.chats.Moved(ctx, s.move(o.Chat, v.to)); err != nil {
			return err
		}
		return s.out.Again(ctx, o.ID, now, v.why)
	case limited:
		return s.out.Again(ctx, o.ID, now.Add(v.after+jitter(time.Second/2)), v.why)
	case unsure, rejected:
		s.lg.Warn("call put off", "call", o.ID, "method", o.Method, "tries", o.Tries+1, "err", v.why)
		return s.out.Again(ctx, o.ID, now.Add(backoff(o.Tries+1)), v.why)
	}
	s.lg.Error("call dropped", "call", o.ID, "method", o.Method, "err", v.why)
	return s.out.Drop(ctx, o.ID, v.why)
}

// persist repeats a write until it succeeds: a message that was sent and not recorded would be
// sent again. Its chat waits meanwhile.
func (s *sender) persist(ctx context.Context, write func(context.Context) error) {
	failing := trouble{lg: s.lg, what: "outbox cannot be written"}
	for {
		err := write(ctx)
		if err == nil {
			failing.over()
			return
		}
		if ctx.Err() != nil || !sleep(ctx, failing.failed(err.Error())) {
			return
		}
	}
}

// errUnknown is about a row of the outbox that this version of the bot cannot read.
var errUnknown = errors.New("unknown call")

// deliver makes a call. Where Telegram refuses its form, the same is said in another form, each
// remedy once.
func (s *sender) deliver(ctx context.Context, o Outgoing) (shown int64, v verdict) {
	if o.Method == leaveChat {
		return 0, s.leave(ctx, o.Chat)
	}
	var m message
	if err := json.Unmarshal(o.Body, &m); err != nil || o.Method != sendMessage && o.Method != editMessageText && m.File == "" {
		return 0, verdict{fate: useless, why: errUnknown.Error()}
	}
	f := form{message: m}
	if m.File != "" {
		f.kind = strings.TrimPrefix(o.Method, sendMedia)
	}
	if m.Edit != 0 {
		s.persist(ctx, func(ctx context.Context) (err error) {
			f.edits, err = s.out.Message(ctx, o.Chat, m.Edit)
			return err
		})
	}
	for {
		id, err := s.show(ctx, o.Chat, f)
		v = verdictOf(err)
		if v.fate == taken && id == 0 {
			id = f.edits // not modified: it is shown already
		}
		if !f.remedy(v.fate) {
			return id, v
		}
		s.lg.Warn("call repeated in another form", "call", o.ID, "err", v.why)
	}
}

// A form is how a message is put to Telegram.
type form struct {
	message
	kind  string // of the file that is sent; empty: none
	edits int64  // message_id to edit; 0: a new message
	plain bool   // without tags
	bare  bool   // without buttons: the last resort
}

// remedy changes the form after a refusal, and reports whether there was a way.
func (f *form) remedy(because fate) bool {
	switch {
	case because == lost && f.edits != 0:
		f.edits = 0
	case because == noThread && f.Thread != 0:
		f.Thread = 0
	case because == unparsed && !f.plain:
		f.plain = true
	case because == refused && !f.bare:
		f.plain, f.bare = true, true
	default:
		return false
	}
	return true
}

// show sends or edits a message. The id is 0 when Telegram gave none.
func (s *sender) show(ctx context.Context, chat int64, f form) (id int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	text, mode := f.HTML, tgmodels.ParseModeHTML
	if f.plain {
		text, mode = plain(f.HTML), ""
	}
	keyboard := f.keyboard()
	noPreview := &tgmodels.LinkPreviewOptions{IsDisabled: tg.True()}
	var shown *tgmodels.Message
	switch {
	case f.kind != "":
		shown, err = s.showFile(ctx, chat, f, text, mode, keyboard)
	case f.edits != 0:
		shown, err = s.api.lib.EditMessageText(ctx, &tg.EditMessageTextParams{ChatID: chat, MessageID: int(f.edits),
			Text: text, ParseMode: mode, LinkPreviewOptions: noPreview, ReplyMarkup: keyboard})
	default:
		shown, err = s.api.lib.SendMessage(ctx, &tg.SendMessageParams{ChatID: chat, MessageThreadID: f.Thread,
			Text: text, ParseMode: mode, LinkPreviewOptions: noPreview, ReplyMarkup: keyboard})
	}
	if err != nil {
		return 0, err
	}
	return int64(shown.ID), nil
}

// keyboard is what the message has below it, or in the place of the phone's own; nil: nothing.
func (f form) keyboard() tgmodels.ReplyMarkup {
	switch {
	case f.bare:
	case len(f.Rows) > 0:
		return map[string]any{"inline_keyboard": f.Rows}
	case f.Keys != nil && f.Keys.Contact == "" && len(f.Keys.Texts) == 0:
		return &tgmodels.ReplyKeyboardRemove{RemoveKeyboard: true}
	case f.Keys != nil:
		var rows [][]tgmodels.KeyboardButton
		if f.Keys.Contact != "" {
			rows = append(rows, []tgmodels.KeyboardButton{{Text: f.Keys.Contact, RequestContact: true}})
		}
		for _, text := range f.Keys.Texts {
			rows = append(rows, []tgmodels.KeyboardButton{{Text: text}})
		}
		return &tgmodels.ReplyKeyboardMarkup{Keyboard: rows, ResizeKeyboard: true, OneTimeKeyboard: true}
	}
	return nil
}

// showFile sends a file that Telegram has, by its file_id.
func (s *sender) showFile(ctx context.Context, chat int64, f form, text string, mode tgmodels.ParseMode, keyboard tgmodels.ReplyMarkup) (*tgmodels.Message, error) {
	lib, file := s.api.lib, &tgmodels.InputFileString{Data: f.File}
	switch f.kind {
	case mediaPhoto:
		return lib.SendPhoto(ctx, &tg.SendPhotoParams{ChatID: chat, Photo: file, Caption: text, ParseMode: mode, ReplyMarkup: keyboard})
	case mediaVoice:
		return lib.SendVoice(ctx, &tg.SendVoiceParams{ChatID: chat, Voice: file, Caption: text, ParseMode: mode, ReplyMarkup: keyboard})
	case mediaAudio:
		return lib.SendAudio(ctx, &tg.SendAudioParams{ChatID: chat, Audio: file, Caption: text, ParseMode: mode, ReplyMarkup: keyboard})
	case mediaVideo:
		return lib.SendVideo(ctx, &tg.SendVideoParams{ChatID: chat, Video: file, Caption: text, ParseMode: mode, ReplyMarkup: keyboard})
	}
	return lib.SendDocument(ctx, &tg.SendDocumentParams{ChatID: chat, Document: file, Caption: text, ParseMode: mode, ReplyMarkup: keyboard})
}

// leave leaves a group. One that the bot is not in is left already.
func (s *sender) leave(ctx context.Context, chat int64) verdict {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	_, err := s.api.lib.LeaveChat(ctx, &tg.LeaveChatParams{ChatID: chat})
	v := verdictOf(err)
	if v.fate == blocked || v.fate == refused {
		return verdict{fate: taken}
	}
	return v
}
