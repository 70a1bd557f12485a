package simulator_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// ask makes a request and returns its status and what came back.
func ask(t *testing.T, r *http.Request) (int, http.Header, string) {
	t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(body)
}

func request(t *testing.T, method, url, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// token is what the page learns from its first event.
func (s *site) token(t *testing.T) string {
	t.Helper()
	resp, err := http.DefaultClient.Do(request(t, "GET", s.addr+"/events?resident=1001&officer=2001", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	line, err := bufio.NewReader(resp.Body).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var e struct{ Token string }
	if err := json.Unmarshal([]byte(strings.TrimPrefix(line, "data: ")), &e); err != nil || e.Token == "" {
		t.Fatalf("first event %q: %v", line, err)
	}
	return e.Token
}

// TestGuard: only our own page, opened by an address of this machine, may do anything.
func TestGuard(t *testing.T) {
	s := serve(t, t.TempDir())
	token := s.token(t)
	const send = `{"do": "send", "user": {"id": 1001}, "text": "chào"}`
	for _, c := range []struct {
		name, method, path, body string
		change                   func(*http.Request)
		want                     int
	}{
		{"the page", "GET", "/", "", nil, 200},
		{"by name", "GET", "/", "", func(r *http.Request) { r.Host = "localhost:8080" }, 200},
		{"by a rebound name", "GET", "/", "", func(r *http.Request) { r.Host = "evil.example:8080" }, 421},
		{"by a name that looks like ours", "GET", "/", "", func(r *http.Request) { r.Host = "127.0.0.1.evil.example" }, 421},
		{"by an address of the network", "GET", "/", "", func(r *http.Request) { r.Host = "192.168.1.5:8080" }, 421},
		{"events by a rebound name", "GET", "/events?resident=1001&officer=2001", "", func(r *http.Request) { r.Host = "evil.example" }, 421},
		{"events of a stranger", "GET", "/events?resident=7&officer=2001", "", nil, 404},
		{"no such file", "GET", "/file?id=nothing", "", nil, 404},
		{"no such page", "GET", "/../simulator.go", "", nil, 404},
		{"a person's doing", "POST", "/act", send, nil, 200},
		{"without the token", "POST", "/act", send, func(r *http.Request) { r.Header.Del("X-Simulator-Token") }, 403},
		{"with another token", "POST", "/act", send, func(r *http.Request) { r.Header.Set("X-Simulator-Token", token+"A") }, 403},
		{"from another page", "POST", "/act", send, func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403},
		{"from another page, as browsers say", "POST", "/restart", "{}", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		{"a stranger's doing", "POST", "/act", `{"do": "send", "user": {"id": 7}, "text": "chào"}`, nil, 422},
		{"in a group", "POST", "/act", `{"do": "send", "user": {"id": 1001}, "chat": -5, "text": "chào"}`, nil, 422},
		{"what the page does not offer", "POST", "/act", `{"do": "delete_account", "user": {"id": 1001}}`, nil, 422},
		{"an empty text", "POST", "/act", `{"do": "send", "user": {"id": 1001}, "text": " "}`, nil, 422},
		{"no such message", "POST", "/act", `{"do": "press_data", "user": {"id": 1001}, "message": 99, "text": "x"}`, nil, 422},
		{"no JSON", "POST", "/act", `{`, nil, 400},
		{"an unknown key", "POST", "/act", `{"what": 1}`, nil, 400},
		{"too large", "POST", "/act", `{"text": "` + strings.Repeat("a", 8<<20) + `"}`, nil, 413},
		{"a day", "POST", "/day", `{"day": "2027-01-02"}`, nil, 200},
		{"no day", "POST", "/day", `{"day": "2027-02-30"}`, nil, 422},
		{"by GET", "GET", "/restart", "", nil, 404},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := request(t, c.method, s.addr+c.path, c.body)
			r.Header.Set("X-Simulator-Token", token)
			if c.change != nil {
				c.change(r)
			}
			code, header, body := ask(t, r)
			if code != c.want {
				t.Errorf("%d %q, want %d", code, body, c.want)
			}
			if policy := header.Get("Content-Security-Policy"); code != 421 && !strings.HasPrefix(policy, "default-src 'none'; script-src 'self';") {
				t.Errorf("policy %q", policy)
			}
		})
	}
}
