package telegram

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"

	"policybot/bot"
)

// keys make pseudonyms and sign buttons. Each has a key of its own, derived from the one given.
type keys struct{ chats, buttons []byte }

func newKeys(key []byte) keys {
	return keys{chats: mac(key, "policybot telegram chats 1"), buttons: mac(key, "policybot telegram buttons 1")}
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text)) //nolint:errcheck // a hash takes everything
	return h.Sum(nil)
}

var lowerBase32 = base32.StdEncoding.WithPadding(base32.NoPadding)

// chatID is the pseudonym of a chat: the same each time, and without the key no way back.
func (k keys) chatID(chat int64) bot.ChatID {
	sum := mac(k.chats, strconv.FormatInt(chat, 10))
	return bot.ChatID(strings.ToLower(lowerBase32.EncodeToString(sum[:16])))
}

// ChatID is the pseudonym under which a conversation knows a chat, with the key of the [Config].
func ChatID(key []byte, chat int64) bot.ChatID { return newKeys(key).chatID(chat) }

// A sealedButton is what a button's callback data says.
type sealedButton struct {
	screen, index int
	version       int // bot.Session.Version it was drawn from
}

const (
	dataVersion = "1" // first letter of callback data; buttons of another version are stale
	sealLength  = 8   // bytes: a guess passes once in 2^64, and there is nothing to gain by it
	dataLimit   = 64  // bytes, Telegram's
)

// seal writes a button as callback data, at most 64 bytes. It holds for one chat only.
func (k keys) seal(chat int64, b sealedButton) string {
	data := binary.AppendUvarint(nil, uint64(b.screen))
	data = binary.AppendUvarint(data, uint64(b.index))
	data = binary.AppendUvarint(data, uint64(b.version))
	data = append(data, k.signature(chat, data)...)
	return dataVersion + base64.RawURLEncoding.EncodeToString(data)
}

func (k keys) signature(chat int64, data []byte) []byte {
	text := dataVersion + strconv.FormatInt(chat, 10) + ":" + string(data)
	return mac(k.buttons, text)[:sealLength]
}

// open reads callback data; ok is false when it is forged, altered, from another chat or from
// another version of the bot.
func (k keys) open(chat int64, sealed string) (b sealedButton, ok bool) {
	text, ok := strings.CutPrefix(sealed, dataVersion)
	if !ok || len(sealed) > dataLimit {
		return sealedButton{}, false
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(data) < sealLength {
		return sealedButton{}, false
	}
	body, signature := data[:len(data)-sealLength], data[len(data)-sealLength:]
	if !hmac.Equal(signature, k.signature(chat, body)) {
		return sealedButton{}, false
	}
	for _, field := range []*int{&b.screen, &b.index, &b.version} {
		v, n := binary.Uvarint(body)
		if n <= 0 {
			return sealedButton{}, false
		}
		*field, body = int(v), body[n:]
	}
	return b, len(body) == 0
}
