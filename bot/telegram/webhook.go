package telegram

import (
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"
)

// webhookLimit bounds the body of a request, in bytes. Updates are a few thousand.
const webhookLimit = 1 << 20

// ServeHTTP is the webhook: it answers 200 once an update is stored, 401 to whoever does not know
// the secret, and 503 when Telegram is to bring the update again. Without a webhook in the
// configuration it answers 404.
func (a *Adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if a.cfg.Webhook == nil {
		http.NotFound(w, r)
		return
	}
	given := []byte(r.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
	switch {
	case subtle.ConstantTimeCompare(given, []byte(a.cfg.Webhook.Secret)) != 1:
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	case r.Method != http.MethodPost:
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	case !a.open.Load():
		http.Error(w, "not taking updates", http.StatusServiceUnavailable)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, webhookLimit))
	var u arrival
	if err != nil || json.Unmarshal(body, &u) != nil || u.ID == 0 {
		http.Error(w, "bad update", http.StatusBadRequest)
		return
	}
	if err := a.accept(r.Context(), []json.RawMessage{body}); err != nil {
		a.lg.ErrorContext(r.Context(), "update not stored", "update", u.ID, "err", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
	}
}
