package fakeapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Call is one request of the bot, as it arrived and as it was answered.
type Call struct {
	N      int               `json:"n"` // counts from 1
	At     time.Time         `json:"at"`
	Method string            `json:"method"`
	Params map[string]string `json:"params,omitempty"` // nested values as JSON
	Files  map[string]string `json:"files,omitempty"`  // parameter: name and size of an upload
	// Code is the HTTP status of the answer; 0: there was none (cut connection, silence).
	Code   int             `json:"code"`
	Answer json.RawMessage `json:"answer,omitempty"` // the body, when it was JSON
	// Effect says that the method succeeded, whether or not the bot was told.
	Effect bool `json:"effect"`
	Fault  bool `json:"fault,omitempty"` // a fault of ours fired
}

// Calls returns the remembered calls of the named methods, oldest first; without names all calls.
func (s *Server) Calls(methods ...string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(methods) == 0 {
		return slices.Clone(s.calls)
	}
	var out []Call
	for _, c := range s.calls {
		if slices.Contains(methods, c.Method) {
			out = append(out, c)
		}
	}
	return out
}

// seen is the call as far as it is known on arrival.
func (c *call) seen() Call {
	out := Call{At: time.Now(), Method: c.method, Params: c.params}
	for name, f := range c.files {
		if out.Files == nil {
			out.Files = map[string]string{}
		}
		out.Files[name] = fmt.Sprintf("%s %d", f.name, len(f.data))
	}
	return out
}

// record remembers a call and returns its number.
func (s *Server) record(c *call, resp response, fault bool) int {
	e := c.seen()
	e.Code, e.Fault = resp.status, fault
	if strings.HasPrefix(resp.contentType, "application/json") && json.Valid(resp.body) {
		e.Answer = resp.body
		e.Effect = resp.status == 200
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ncalls++
	e.N = s.ncalls
	if len(s.calls) >= s.opt.KeepCalls { // drop a tenth at once: dropping is then cheap
		s.calls = slices.Clone(s.calls[s.opt.KeepCalls/10+1:])
	}
	s.calls = append(s.calls, e)
	s.touch()
	return e.N
}

// lose notes that the answer of call n never reached the bot, though its effect took place.
func (s *Server) lose(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.calls) - 1; i >= 0; i-- {
		if s.calls[i].N == n {
			s.calls[i].Code = 0
			return
		}
	}
}
