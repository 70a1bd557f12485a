package telegram

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var testKeys = newKeys([]byte("0123456789abcdef"))

func TestButtonsHoldForTheirChatOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.IntRange(0, 1<<31)
		b := sealedButton{field.Draw(t, "screen"), rapid.IntRange(0, 99).Draw(t, "index"), field.Draw(t, "version")}
		chat := rapid.Int64().Draw(t, "chat")
		data := testKeys.seal(chat, b)
		if len(data) > dataLimit {
			t.Fatalf("seal(%+v) is %d bytes: %s", b, len(data), data)
		}
		if got, ok := testKeys.open(chat, data); !ok || got != b {
			t.Fatalf("open(seal(%+v)) = %+v, %v", b, got, ok)
		}
		if _, ok := testKeys.open(chat+1, data); ok {
			t.Fatalf("%s opens in another chat", data)
		}
		if _, ok := newKeys([]byte("another key 1234")).open(chat, data); ok {
			t.Fatalf("%s opens with another key", data)
		}
		altered := []byte(data)
		i := rapid.IntRange(0, len(data)-1).Draw(t, "altered")
		altered[i] = "ABCDEFGHIJ"[int(altered[i])%10]
		if got, ok := testKeys.open(chat, string(altered)); ok && string(altered) != data {
			t.Fatalf("%s, altered at %d, opens as %+v", altered, i, got)
		}
	})
}

func FuzzOpen(f *testing.F) {
	f.Add("1")
	f.Add(testKeys.seal(7, sealedButton{1, 2, 3}))
	f.Fuzz(func(t *testing.T, data string) {
		if b, ok := testKeys.open(7, data); ok && testKeys.seal(7, b) != data {
			t.Errorf("open(%q) = %+v, which is sealed otherwise", data, b)
		}
	})
}

func TestPseudonyms(t *testing.T) {
	a, b := testKeys.chatID(84901234567), testKeys.chatID(84901234568)
	if a == b || a != testKeys.chatID(84901234567) || len(a) != 26 || strings.Contains(string(a), "84901234567") {
		t.Errorf("pseudonyms %q and %q", a, b)
	}
	if other := newKeys([]byte("another key 1234")).chatID(84901234567); other == a {
		t.Errorf("another key gives the same pseudonym %q", other)
	}
}

func TestTokenIsNeverPrinted(t *testing.T) {
	const secret Token = "123:abcdef"
	type config struct{ Token Token }
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "token", secret, "config", config{secret})
	for _, got := range []string{
		log.String(), fmt.Sprint(secret), fmt.Sprintf("%s %v %+v %#v %q %x %d", secret, secret, secret, secret, secret, secret, secret),
		fmt.Sprintf("%+v %#v", config{secret}, &config{secret}), secret.String(),
	} {
		if strings.Contains(got, "123") || strings.Contains(got, "abc") || !strings.Contains(got, hidden) {
			t.Errorf("the token shows in %q", got)
		}
	}
}
