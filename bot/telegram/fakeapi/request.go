package fakeapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxRequest is Telegram's limit for an upload by a bot, in bytes.
const maxRequest = 50 << 20

// An upload is a file that came inside a request.
type upload struct {
	name string
	data []byte
}

// A call is one request as the methods see it. Telegram reads every parameter as text, however it
// came: nested values are JSON.
type call struct {
	method string // as the Bot API spells it
	params map[string]string
	files  map[string]upload
}

// readCall takes the parameters from the query string and from a form, a multipart form or JSON.
func readCall(r *http.Request) (*call, error) {
	c := &call{params: map[string]string{}, files: map[string]upload{}}
	c.add(r.URL.Query())
	if r.Body == nil {
		return c, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxRequest+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxRequest {
		return nil, &apiError{Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large"}
	}
	if len(body) == 0 { // the library announces a multipart form even where there is none
		return c, nil
	}
	kind, args, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, bad("fakeapi: content type %q", r.Header.Get("Content-Type"))
	}
	switch kind {
	case "application/json":
		err = c.addJSON(body)
	case "application/x-www-form-urlencoded":
		var form url.Values
		form, err = url.ParseQuery(string(body))
		c.add(form)
	case "multipart/form-data":
		err = c.addMultipart(multipart.NewReader(bytes.NewReader(body), args["boundary"]))
	default:
		return nil, bad("fakeapi: content type %q", kind)
	}
	if err != nil {
		return nil, bad("fakeapi: can't parse the request: %s", err)
	}
	return c, nil
}

func (c *call) add(values url.Values) {
	for name, v := range values {
		c.params[name] = v[0]
	}
}

func (c *call) addJSON(body []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil {
		return err
	}
	for name, raw := range members {
		var text string
		if json.Unmarshal(raw, &text) != nil { // null is an empty text
			text = string(raw)
		}
		c.params[name] = text
	}
	return nil
}

func (c *call) addMultipart(parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return fmt.Errorf("part %q: %w", part.FormName(), err)
		}
		if part.FileName() != "" {
			c.files[part.FormName()] = upload{name: part.FileName(), data: data}
			continue
		}
		c.params[part.FormName()] = string(data)
	}
}

// attached reports whether some parameter refers to the file as attach://name.
func (c *call) attached(name string) bool {
	for v := range maps.Values(c.params) {
		if strings.Contains(v, "attach://"+name) {
			return true
		}
	}
	return false
}

// num is an integer parameter; the check has run, so zero means absent or zero.
func (c *call) num(name string) int64 {
	n, _ := strconv.ParseInt(c.params[name], 10, 64)
	return n
}

func (c *call) flag(name string) bool { return c.params[name] == "true" }

// decode reads a nested parameter into v, which stays as it is when the parameter is absent.
func (c *call) decode(name string, v any) error {
	if c.params[name] == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(c.params[name]), v); err != nil {
		return bad("can't parse parameter %q: %s", name, err)
	}
	return nil
}

// An apiError is a refusal as Telegram words it.
type apiError struct {
	Code        int
	Description string
	RetryAfter  int   // seconds; 0: not said
	MigrateTo   int64 // the supergroup a group became; 0: not said
}

func (e *apiError) Error() string { return e.Description }

// bad is a 400.
func bad(format string, args ...any) error {
	return &apiError{Code: http.StatusBadRequest, Description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

// forbidden is a 403.
func forbidden(text string) error {
	return &apiError{Code: http.StatusForbidden, Description: "Forbidden: " + text}
}

// conflict is a 409.
func conflict(text string) error {
	return &apiError{Code: http.StatusConflict, Description: "Conflict: " + text}
}
