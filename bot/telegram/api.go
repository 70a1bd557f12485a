package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	tg "github.com/go-telegram/bot"
	tgmodels "github.com/go-telegram/bot/models"
)

const (
	callTime  = 15 * time.Second // for a call; silence after that is a failure
	pollTime  = 50 * time.Second // how long Telegram holds a poll that finds nothing
	pollSlack = 10 * time.Second // and how much longer we wait for it
	maxAnswer = 16 << 20         // bytes of one answer; a hundred updates are far below
)

// allowed are the updates we ask for, at every poll: Telegram keeps the last list it was given.
var allowed = []string{
	tgmodels.AllowedUpdateMessage, tgmodels.AllowedUpdateEditedMessage,
	tgmodels.AllowedUpdateCallbackQuery, tgmodels.AllowedUpdateMyChatMember,
	tgmodels.AllowedUpdateChatMember,
}

// An api makes calls: through the library, except getUpdates, which the library confirms before
// the updates are stored.
type api struct {
	lib    *tg.Bot
	client Client
	base   string // ends in the token: never to be printed
}

func newAPI(lg *slog.Logger, cfg Config) (*api, error) {
	client := guarded{cfg.Client}
	lib, err := tg.New(string(cfg.Token),
		tg.WithSkipGetMe(), // Run asks, and goes on asking
		tg.WithServerURL(cfg.URL),
		tg.WithHTTPClient(callTime, client),
		tg.WithErrorsHandler(func(err error) { lg.Warn("telegram library", "err", verdictOf(err).why) }))
	if err != nil {
		return nil, fmt.Errorf("telegram: %w", err)
	}
	return &api{lib: lib, client: client, base: cfg.URL + "/bot" + string(cfg.Token)}, nil
}

// newClient is the one HTTP client of the adapter. Each call has its own deadline besides.
func newClient() *http.Client {
	return &http.Client{
		Timeout: pollTime + pollSlack,
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
			TLSHandshakeTimeout: 10 * time.Second,
			ForceAttemptHTTP2:   true,
			MaxIdleConns:        2 * sendersAtOnce,
			MaxIdleConnsPerHost: 2 * sendersAtOnce,
			IdleConnTimeout:     90 * time.Second,
		},
	}
}

// guarded bounds what an answer may weigh, and takes the address out of errors: it holds the token.
type guarded struct{ Client }

func (c guarded) Do(r *http.Request) (*http.Response, error) {
	resp, err := c.Client.Do(r)
	if err != nil {
		if outer, ok := errors.AsType[*url.Error](err); ok {
			err = outer.Err
		}
		return nil, err
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	return resp, nil
}

// An apiError is a refusal of a call that we make without the library.
type apiError struct {
	code        int
	description string
	retryAfter  time.Duration
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s", e.code, e.description) }

// updates polls once. The offset confirms all updates below it; 0 confirms none.
func (c *api) updates(ctx context.Context, offset int64) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, pollTime+pollSlack)
	defer cancel()
	params, err := json.Marshal(map[string]any{
		"offset": offset, "limit": 100, "timeout": int(pollTime / time.Second), "allowed_updates": allowed,
	})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/getUpdates", bytes.NewReader(params))
	if err != nil {
		return nil, errors.New("make the request of a poll") // the cause would show the token
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return decodeUpdates(resp.Body)
}

func decodeUpdates(r io.Reader) ([]json.RawMessage, error) {
	var answer struct {
		OK          bool              `json:"ok"`
		Result      []json.RawMessage `json:"result"`
		Code        int               `json:"error_code"`
		Description string            `json:"description"`
		Parameters  struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}
	if err := json.NewDecoder(r).Decode(&answer); err != nil {
		return nil, fmt.Errorf("read the answer to a poll: %w", err)
	}
	if !answer.OK {
		after := time.Duration(answer.Parameters.RetryAfter) * time.Second
		return nil, &apiError{answer.Code, answer.Description, after}
	}
	return answer.Result, nil
}
