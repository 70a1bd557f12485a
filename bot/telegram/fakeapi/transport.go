package fakeapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A response is what goes back over HTTP.
type response struct {
	status      int
	contentType string
	body        []byte
}

// errCut is a connection that ends without an answer.
var errCut = io.ErrUnexpectedEOF

// ServeHTTP serves /bot<token>/<method> and /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	resp, err := s.respond(r)
	if err != nil {
		panic(http.ErrAbortHandler) // cuts the connection; net/http stays quiet about it
	}
	w.Header().Set("Content-Type", resp.contentType)
	w.WriteHeader(resp.status)
	w.Write(resp.body) //nolint:errcheck // the client may be gone, as on a real network
}

// RoundTrip answers without a network: the server is an [http.RoundTripper].
func (s *Server) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := s.respond(r)
	if r.Body != nil {
		r.Body.Close()
	}
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status:        strconv.Itoa(resp.status) + " " + http.StatusText(resp.status),
		StatusCode:    resp.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        http.Header{"Content-Type": {resp.contentType}},
		Body:          io.NopCloser(bytes.NewReader(resp.body)),
		ContentLength: int64(len(resp.body)),
		Request:       r,
	}, nil
}

// Do answers without a network, and wraps errors as [http.Client] does: with the whole URL, the
// token in it.
func (s *Server) Do(r *http.Request) (*http.Response, error) {
	resp, err := s.RoundTrip(r)
	if err != nil {
		op := r.Method[:1] + strings.ToLower(r.Method[1:])
		return nil, &url.Error{Op: op, URL: r.URL.String(), Err: err}
	}
	return resp, nil
}

// respond takes one request through parsing, faults, checks and the method. An error means that no
// answer is to be given: the connection is cut or the client has gone.
func (s *Server) respond(r *http.Request) (response, error) {
	path, isFile := strings.CutPrefix(r.URL.Path, "/file")
	name, ok := strings.CutPrefix(path, "/bot"+s.opt.Token+"/")
	if !ok {
		return s.unknownPath(path), nil
	}
	if isFile {
		return s.download(name), nil
	}
	c, err := readCall(r)
	if err == nil {
		c.method = name
		if m := apiSchema().methods[strings.ToLower(name)]; m != nil {
			c.method = m.name
		}
	}
	if refused, ok := errors.AsType[*apiError](err); ok {
		return refused.response(), nil
	}
	if err != nil {
		return response{}, err
	}
	return s.answer(r.Context(), c)
}

// answer runs a parsed call, with the fault that awaits it, and records it.
func (s *Server) answer(ctx context.Context, c *call) (response, error) {
	f := s.faultFor(c)
	if f != nil && !f.AfterEffect {
		if f.OnHit != nil {
			f.OnHit(c.seen())
		}
		if resp, instead, err := s.fail(ctx, f); instead || err != nil {
			s.record(c, resp, true)
			return resp, err
		}
	}
	resp := respondWith(s.perform(ctx, c))
	n := s.record(c, resp, f != nil)
	if err := ctx.Err(); err != nil {
		s.lose(n)
		return response{}, err
	}
	if f == nil || !f.AfterEffect {
		return resp, nil
	}
	if f.OnHit != nil {
		f.OnHit(c.seen())
	}
	instead, spoilt, err := s.fail(ctx, f)
	if !spoilt && err == nil {
		return resp, nil
	}
	s.lose(n)
	return instead, err
}

// perform checks a call and lets its method run.
func (s *Server) perform(ctx context.Context, c *call) (any, error) {
	m := apiSchema().methods[strings.ToLower(c.method)]
	if m == nil {
		return nil, &apiError{Code: http.StatusNotFound, Description: "Not Found: method not found"}
	}
	if err := apiSchema().check(m, c); err != nil {
		return nil, err
	}
	if c.method == "getUpdates" {
		return s.getUpdates(ctx, c)
	}
	run := methods[c.method]
	if run == nil {
		return nil, &apiError{Code: http.StatusNotImplemented,
			Description: "fakeapi: method " + c.method + " is known but not simulated"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return run(s, c)
}

// unknownPath answers what no bot of ours was asked for.
func (s *Server) unknownPath(path string) response {
	e := &apiError{Code: http.StatusNotFound, Description: "Not Found"}
	if strings.HasPrefix(path, "/bot") && strings.Contains(path[1:], "/") {
		e = &apiError{Code: http.StatusUnauthorized, Description: "Unauthorized"}
	}
	return e.response()
}

func respondWith(result any, err error) response {
	if refused, ok := errors.AsType[*apiError](err); ok {
		return refused.response()
	}
	if err != nil {
		return (&apiError{Code: http.StatusInternalServerError, Description: err.Error()}).response()
	}
	body, err := json.Marshal(map[string]any{"ok": true, "result": result})
	if err != nil {
		return respondWith(nil, err)
	}
	return response{http.StatusOK, "application/json", body}
}

func (e *apiError) response() response {
	answer := map[string]any{"ok": false, "error_code": e.Code, "description": e.Description}
	switch {
	case e.RetryAfter > 0:
		answer["parameters"] = map[string]any{"retry_after": e.RetryAfter}
	case e.MigrateTo != 0:
		answer["parameters"] = map[string]any{"migrate_to_chat_id": e.MigrateTo}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		panic(err) // strings and integers always marshal
	}
	return response{e.Code, "application/json", body}
}

// pause waits, unless the client or the server goes first.
func (s *Server) pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-s.ctx.Done():
		return errCut
	}
}
