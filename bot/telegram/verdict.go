package telegram

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
)

// A fate is what a call came to.
type fate int

const (
	taken    fate = iota // it took effect, now or before
	unsure               // no answer, or none that can be read: it may have taken effect
	limited              // too many calls
	blocked              // the person, or the group, does not want the bot
	moved                // the group has a new id
	lost                 // the message to edit is not there
	noThread             // the topic is not there
	unparsed             // the HTML does not parse
	useless              // it will never be taken, in no form; the chat may take other calls
	refused              // another fault of the call itself: as it is, repeating it is useless
	rejected             // the token or the address is wrong, not the call
)

// A verdict is a fate with what is needed to act on it.
type verdict struct {
	fate  fate
	after time.Duration // limited: how long to wait
	to    int64         // moved: the new id
	why   string        // for logs and the outbox; never a text of ours or of a person
}

// phrases are Telegram's words in refusals with status 400, and what they mean to us.
var phrases = []struct {
	words string
	verdict
}{
	{"message is not modified", verdict{fate: taken}},
	{"message to edit not found", verdict{fate: lost, why: "message to edit is gone"}},
	{"message can't be edited", verdict{fate: lost, why: "message cannot be edited"}},
	{"no text in the message to edit", verdict{fate: lost, why: "message to edit has no text"}},
	{"message_id_invalid", verdict{fate: lost, why: "message to edit is gone"}},
	{"message identifier is not specified", verdict{fate: lost, why: "message to edit is unknown"}},
	{"message thread not found", verdict{fate: noThread, why: "topic not found"}},
	{"topic_closed", verdict{fate: noThread, why: "topic is closed"}},
	{"topic_deleted", verdict{fate: noThread, why: "topic is deleted"}},
	{"can't parse entities", verdict{fate: unparsed, why: "HTML does not parse"}},
	{"chat not found", verdict{fate: blocked, why: "chat not found"}},
	{"peer_id_invalid", verdict{fate: blocked, why: "chat not found"}},
	{"group chat was deactivated", verdict{fate: blocked, why: "group is deactivated"}},
	{"not enough rights", verdict{fate: useless, why: "no right to write in the group"}},
	{"have no rights to send", verdict{fate: useless, why: "no right to write in the group"}},
	{"chat_write_forbidden", verdict{fate: useless, why: "no right to write in the group"}},
}

// verdictOf judges the outcome of a call. The library puts an answer that it cannot read into its
// error, text and all, hence the reasons of our own.
func verdictOf(err error) verdict {
	if err == nil {
		return verdict{fate: taken}
	}
	if many, ok := errors.AsType[*tg.TooManyRequestsError](err); ok {
		return verdict{fate: limited, after: time.Duration(many.RetryAfter) * time.Second, why: "too many requests"}
	}
	if move, ok := errors.AsType[*tg.MigrateError](err); ok {
		return verdict{fate: moved, to: int64(move.MigrateToChatID), why: "group has a new id"}
	}
	if own, ok := errors.AsType[*apiError](err); ok {
		return own.verdict()
	}
	switch {
	case errors.Is(err, tg.ErrorForbidden):
		return verdict{fate: blocked, why: "blocked"}
	case errors.Is(err, tg.ErrorBadRequest):
		return badRequest(err)
	case errors.Is(err, tg.ErrorUnauthorized), errors.Is(err, tg.ErrorNotFound):
		return verdict{fate: rejected, why: "token or address refused"}
	case errors.Is(err, context.DeadlineExceeded):
		return verdict{fate: unsure, why: "no answer in time"}
	case errors.Is(err, context.Canceled):
		return verdict{fate: unsure, why: "stopped"}
	case strings.Contains(err.Error(), "decode response result"):
		return verdict{fate: taken} // the answer was "ok", only more than the library can read
	case strings.Contains(err.Error(), "decode response"):
		return verdict{fate: unsure, why: "unreadable answer"}
	case strings.HasPrefix(err.Error(), "error response from telegram"):
		return verdict{fate: unsure, why: "server error"}
	}
	return verdict{fate: unsure, why: "connection failed"}
}

func badRequest(err error) verdict {
	text := err.Error()
	for _, p := range phrases {
		if strings.Contains(strings.ToLower(text), p.words) {
			return p.verdict
		}
	}
	return verdict{fate: refused, why: "refused: " + text[:min(len(text), 120)]}
}

func (e *apiError) verdict() verdict {
	switch e.code {
	case http.StatusTooManyRequests:
		return verdict{fate: limited, after: e.retryAfter, why: "too many requests"}
	case http.StatusUnauthorized, http.StatusNotFound:
		return verdict{fate: rejected, why: "token or address refused"}
	case http.StatusConflict:
		return verdict{fate: refused, why: "conflict"}
	}
	return verdict{fate: unsure, why: "server error"}
}
