package fakeapi

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A Fault makes calls go wrong. What it matches: Method, Chat, Contains and Match together, each
// ignored when empty. How often: Skip matching calls pass first, then Times calls fail. What
// happens, in this order: Delay, then Silent, Cut, Body or Status; with none of those four a slow
// call succeeds. AfterEffect lets the call take effect first and spoils only its answer.
type Fault struct {
	Method   string          `json:"method,omitempty"`
	Chat     int64           `json:"chat,omitempty"`     // its chat_id
	Contains string          `json:"contains,omitempty"` // part of its text or caption
	Match    func(Call) bool `json:"-"`

	Skip  int `json:"skip,omitempty"`
	Times int `json:"times,omitempty"` // 0: until lifted

	Delay       time.Duration `json:"delay,omitempty"`  // nanoseconds in JSON
	Silent      bool          `json:"silent,omitempty"` // no answer until the client gives up
	Cut         bool          `json:"cut,omitempty"`    // the connection ends without an answer
	Status      int           `json:"status,omitempty"` // refused in Telegram's form
	Description string        `json:"description,omitempty"`
	RetryAfter  int           `json:"retry_after,omitempty"` // seconds
	MigrateTo   int64         `json:"migrate_to,omitempty"`
	Body        string        `json:"body,omitempty"` // sent as it is, with Status or 200: garbage, HTML
	AfterEffect bool          `json:"after_effect,omitempty"`

	// OnHit is called when the fault fires: before the call takes effect, or after it with
	// AfterEffect. A test may end a process here.
	OnHit func(Call) `json:"-"`
}

// BadGateway is the HTML page that Telegram's front sends when what is behind it is away.
const BadGateway = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
	"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"

type fault struct {
	Fault
	id, matched, hits int
}

// Fail arms a fault and returns its number. Faults are tried in the order they were armed; the
// first that matches and has not run out is used.
func (s *Server) Fail(f Fault) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := 1
	if n := len(s.faults); n > 0 {
		id = s.faults[n-1].id + 1
	}
	s.faults = append(s.faults, &fault{Fault: f, id: id})
	return id
}

// Hits tells how often a fault has fired.
func (s *Server) Hits(id int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.id == id {
			return f.hits
		}
	}
	return 0
}

// Lift ends faults by number; without numbers all of them. The counts of Hits remain.
func (s *Server) Lift(ids ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		lifted := len(ids) == 0
		for _, id := range ids {
			lifted = lifted || id == f.id
		}
		if lifted {
			f.Times = -1
		}
	}
}

// faultFor returns the fault that strikes this call and counts it, or nil.
func (s *Server) faultFor(c *call) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.Times < 0 || f.Times > 0 && f.hits >= f.Times || !f.matches(c) {
			continue
		}
		f.matched++
		if f.matched > f.Skip {
			f.hits++
			return f
		}
	}
	return nil
}

func (f *Fault) matches(c *call) bool {
	switch {
	case f.Method != "" && f.Method != c.method:
		return false
	case f.Chat != 0 && strconv.FormatInt(f.Chat, 10) != c.params["chat_id"]:
		return false
	case f.Contains != "" && !strings.Contains(c.params["text"]+c.params["caption"], f.Contains):
		return false
	}
	return f.Match == nil || f.Match(c.seen())
}

// fail does what the fault says. It reports whether the answer it returns takes the place of the
// real one; an error means no answer at all.
func (s *Server) fail(ctx context.Context, f *fault) (resp response, instead bool, err error) {
	if f.Delay > 0 {
		if err := s.pause(ctx, f.Delay); err != nil {
			return response{}, false, err
		}
	}
	switch {
	case f.Silent:
		select {
		case <-ctx.Done():
			return response{}, false, ctx.Err()
		case <-s.ctx.Done():
			return response{}, false, errCut
		}
	case f.Cut:
		return response{}, false, errCut
	case f.Body != "":
		status := f.Status
		if status == 0 {
			status = http.StatusOK
		}
		return response{status, http.DetectContentType([]byte(f.Body)), []byte(f.Body)}, true, nil
	case f.Status != 0:
		return f.refusal().response(), true, nil
	}
	return response{}, false, nil
}

// refusal words the fault as Telegram would.
func (f *Fault) refusal() *apiError {
	e := &apiError{Code: f.Status, Description: f.Description, RetryAfter: f.RetryAfter, MigrateTo: f.MigrateTo}
	if e.Description == "" {
		e.Description = http.StatusText(f.Status)
		if f.RetryAfter > 0 {
			e.Description += ": retry after " + strconv.Itoa(f.RetryAfter)
		}
	}
	return e
}
