package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"
)

const (
	// newcomer is how long an instance is new: if another one polls in that time, this one goes.
	newcomer = time.Minute
	// conflictsOfNewcomer: one or two may be the last polls of an instance that has just ended.
	conflictsOfNewcomer = 3
)

// poll fetches updates, stores them, and only then confirms them, by the offset of the next poll.
func (a *Adapter) poll(ctx context.Context) error {
	if err := a.deleteWebhook(ctx); err != nil {
		return err
	}
	failing := trouble{lg: a.lg, what: "polling fails"}
	start, conflicts := time.Now(), 0
	var offset int64
	for ctx.Err() == nil {
		err := a.pollOnce(ctx, &offset)
		if err == nil {
			failing.over()
			continue
		}
		if ctx.Err() != nil { // the end is no failure
			return nil
		}
		refusal, _ := errors.AsType[*apiError](err)
		wait := failing.failed(whyPollFails(err))
		switch {
		case refusal == nil:
		case refusal.code == http.StatusUnauthorized:
			return ErrToken
		case refusal.code == http.StatusTooManyRequests:
			wait = max(wait, refusal.retryAfter)
		case refusal.code == http.StatusConflict && strings.Contains(refusal.description, "webhook"):
			if err := a.deleteWebhook(ctx); err != nil {
				return err
			}
		case refusal.code == http.StatusConflict:
			if conflicts++; time.Since(start) < newcomer && conflicts >= conflictsOfNewcomer {
				return ErrConflict
			}
			wait = jitter(time.Second) // whoever was here first must not fall behind
		}
		sleep(ctx, wait)
	}
	return nil
}

// pollOnce polls and stores. The offset moves on only when all is stored; after a poll that found
// nothing it is 0, since all is confirmed by then, and a week without updates makes Telegram number
// anew, possibly below any offset.
func (a *Adapter) pollOnce(ctx context.Context, offset *int64) error {
	raw, err := a.api.updates(ctx, *offset)
	if err != nil {
		return err
	}
	if err := a.accept(ctx, raw); err != nil {
		return err
	}
	*offset = 0
	for _, body := range raw {
		var u arrival
		if json.Unmarshal(body, &u) == nil && u.ID >= *offset {
			*offset = u.ID + 1
		}
	}
	return nil
}

func whyPollFails(err error) string {
	refusal, ok := errors.AsType[*apiError](err)
	switch {
	case ok && refusal.code == http.StatusConflict && strings.Contains(refusal.description, "webhook"):
		return "a webhook was set; deleting it"
	case ok && refusal.code == http.StatusConflict:
		return ErrConflict.Error()
	}
	return err.Error()
}
