package simulator

import (
	"cmp"
	"context"
	"crypto/subtle"
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"policybot/bot/telegram/fakeapi"
	"policybot/knowledge"
)

//go:embed page
var pageFiles embed.FS

// maxBody bounds what the page sends: a file of five megabytes in base64.
const maxBody = 7 << 20

// tokenHeader carries the page's token, which only our own page can read.
const tokenHeader = "X-Simulator-Token"

// policy lets the page use nothing but itself.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler serves the page and what it asks for:
//
//	GET  /            the page, its scripts and styles beside it
//	GET  /events      what the phones show, as server-sent events: see [Simulator.events]
//	GET  /file?id=    a file that was sent
//	POST /act         what a person does: [fakeapi.Action] -> what the press was answered with
//	POST /day         {"day": "2027-01-02"}, empty for the real one
//	POST /restart     {}
func (s *Simulator) Handler() http.Handler {
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // the page is embedded
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(files))
	mux.HandleFunc("GET /events", s.in(func(now *world, w http.ResponseWriter, r *http.Request) { now.events(w, r, s.token) }))
	mux.HandleFunc("GET /file", s.in((*world).download))
	mux.HandleFunc("POST /act", post(s, (*world).acted))
	mux.HandleFunc("POST /day", post(s, (*world).sent))
	mux.HandleFunc("POST /restart", post(s, func(_ *world, r *http.Request, _ struct{}) (struct{}, error) {
		return struct{}{}, s.Restart(r.Context())
	}))
	return s.guard(http.NewCrossOriginProtection().Handler(mux))
}

// guard turns away whoever comes by another name, as a page does that has rebound its own to our
// address, and keeps the page to itself.
func (s *Simulator) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.isOurs(r.Host) {
			http.Error(w, "Trang này chỉ mở bằng địa chỉ IP hoặc localhost.", http.StatusMisdirectedRequest)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}

// isOurs reports whether a Host header names this machine by address or as localhost.
func (s *Simulator) isOurs(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (s.cfg.Network || ip.IsLoopback())
}

// in serves a request within the world that runs. At the start it waits for there to be one.
func (s *Simulator) in(serve func(*world, http.ResponseWriter, *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-s.opened:
		case <-r.Context().Done():
			return
		}
		now := s.current()
		if now == nil {
			http.Error(w, errNotRunning.Error(), http.StatusServiceUnavailable)
			return
		}
		serve(now, w, r)
	}
}

// A refusal is an error that the page shows, in Vietnamese.
type refusal string

// Error implements error.
func (r refusal) Error() string { return string(r) }

// post decodes what the page sends, lets f do it, and shows what came of it.
func post[In, Out any](s *Simulator, f func(*world, *http.Request, In) (Out, error)) http.HandlerFunc {
	return s.in(func(now *world, w http.ResponseWriter, r *http.Request) {
		if subtle.ConstantTimeCompare([]byte(r.Header.Get(tokenHeader)), []byte(s.token)) != 1 {
			http.Error(w, "Trang này đã cũ, xin tải lại.", http.StatusForbidden)
			return
		}
		var in In
		d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
		d.DisallowUnknownFields()
		if err := d.Decode(&in); err != nil {
			tooLarge := &http.MaxBytesError{}
			if errors.As(err, &tooLarge) {
				http.Error(w, "Tệp lớn quá: trang thử này chỉ nhận tới 5 MB.", http.StatusRequestEntityTooLarge)
				return
			}
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		out, err := f(now, r, in)
		if refused, ok := errors.AsType[refusal](err); ok {
			http.Error(w, refused.Error(), http.StatusUnprocessableEntity)
			return
		}
		if err != nil {
			s.lg.ErrorContext(r.Context(), "simulator", "path", r.URL.Path, "err", err)
			http.Error(w, "Máy mô phỏng gặp lỗi, xem cửa sổ lệnh.", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(out) //nolint:errcheck // the reader may be gone
	})
}

// answerWait is how long a press waits for its answer; people see the button spin meanwhile.
const answerWait = 10 * time.Second

// acted does what a person does. A press waits for what it is answered with.
func (w *world) acted(r *http.Request, a fakeapi.Action) (fakeapi.Answer, error) {
	if err := w.mayDo(a); err != nil {
		return fakeapi.Answer{}, err
	}
	done, err := w.act(a)
	if err != nil {
		return fakeapi.Answer{}, refused(err)
	}
	if done.Query == "" {
		return fakeapi.Answer{}, nil
	}
	return w.answerTo(r, a, done.Query), nil
}

// doable is what the page offers.
var doable = []string{"start", "send", "reply", "edit", "press", "press_data", "contact", "location", "file"}

func (w *world) mayDo(a fakeapi.Action) error {
	switch {
	case !isPerson(a.User.ID):
		return refusal("Người này không có điện thoại ở đây.")
	case !slices.Contains(doable, a.Do):
		return refusal("Trang này không làm việc đó.")
	case a.Chat != 0 && a.Chat != a.User.ID && !w.isIn(a.Chat, a.User.ID):
		return refusal("Người này không ở trong nhóm.")
	}
	return nil
}

func (w *world) answerTo(r *http.Request, a fakeapi.Action, query string) fakeapi.Answer {
	ctx, cancel := context.WithTimeout(r.Context(), answerWait)
	defer cancel()
	phone := w.srv.Phone(a.User)
	var got *fakeapi.Answer
	if w.srv.Wait(ctx, func() bool { got = phone.Answer(query); return got != nil }) != nil {
		return fakeapi.Answer{}
	}
	return *got
}

// refused says in Vietnamese what a phone's app would not do.
func refused(err error) error {
	if strings.HasPrefix(err.Error(), "fakeapi:") {
		return refusal("Điện thoại không làm được việc này: " + strings.TrimPrefix(err.Error(), "fakeapi: "))
	}
	return err
}

// sent travels in time.
func (w *world) sent(_ *http.Request, to struct{ Day string }) (struct{}, error) {
	if to.Day == "" {
		return struct{}{}, w.travel(knowledge.Date{})
	}
	day, err := knowledge.ParseDate(to.Day)
	if err != nil {
		return struct{}{}, refusal("Ngày này không đọc được.")
	}
	if day == knowledge.DateOf(time.Now().In(vietnam)) {
		day = knowledge.Date{}
	}
	return struct{}{}, w.travel(day)
}

// vietnam is the time of the country, which has known no summer time since 1975.
var vietnam = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// download serves a file that was sent: a picture to be seen, anything else to be saved.
func (w *world) download(rw http.ResponseWriter, r *http.Request) {
	data, ok := w.srv.File(r.URL.Query().Get("id"))
	if !ok {
		http.NotFound(rw, r)
		return
	}
	kind := http.DetectContentType(data)
	if !strings.HasPrefix(kind, "image/") || strings.HasPrefix(kind, "image/svg") {
		kind = "application/octet-stream"
		rw.Header().Set("Content-Disposition", "attachment")
	}
	rw.Header().Set("Content-Type", kind)
	rw.Header().Set("Content-Length", strconv.Itoa(len(data)))
	rw.Write(data) //nolint:errcheck // the reader may be gone
}

// number reads a number of the address; 0: none.
func number(r *http.Request, name string) int64 {
	n, _ := strconv.ParseInt(cmp.Or(r.URL.Query().Get(name), "0"), 10, 64) // wrong: 0, which is nobody
	return n
}
