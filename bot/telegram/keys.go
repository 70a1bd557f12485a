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

// move is a group's move to a new ID.
func (k keys) move(from, to int64) Move { return Move{from, to, k.chatID(from), k.chatID(to)} }

// A sealedButton is what a button's callback data says.
type sealedButton struct {
	screen, index int
	version       int // bot.Session.Version it was drawn from
}

// A caseButton is what the callback data of a button on a referral says. It holds outside a session.
type caseButton struct {
	code    int    // referral.Code.Number
	version int    // of the referral
	verb    string // bot.Verb
}

const (
	dataVersion = "1" // first letter of callback data; buttons of another version are stale
	caseVersion = "2" // the same for buttons on referrals
	sealLength  = 8   // bytes: a guess passes once in 2^64, and there is nothing to gain by it
	dataLimit   = 64  // bytes, Telegram's
)

// seal writes a button as callback data, at most 64 bytes. It holds for one chat only.
func (k keys) seal(chat int64, b sealedButton) string {
	data := binary.AppendUvarint(nil, uint64(b.screen))
	data = binary.AppendUvarint(data, uint64(b.index))
	return k.sign(chat, dataVersion, binary.AppendUvarint(data, uint64(b.version)))
}

// sealCase writes a button on a referral as callback data.
func (k keys) sealCase(chat int64, b caseButton) string {
	data := binary.AppendUvarint(nil, uint64(b.code))
	data = binary.AppendUvarint(data, uint64(b.version))
	return k.sign(chat, caseVersion, append(data, b.verb...))
}

func (k keys) sign(chat int64, version string, data []byte) string {
	return version + base64.RawURLEncoding.EncodeToString(append(data, k.signature(chat, version, data)...))
}

func (k keys) signature(chat int64, version string, data []byte) []byte {
	text := version + strconv.FormatInt(chat, 10) + ":" + string(data)
	return mac(k.buttons, text)[:sealLength]
}

// open reads callback data; ok is false when it is forged, altered, from another chat or from
// another version of the bot.
func (k keys) open(chat int64, sealed string) (b sealedButton, ok bool) {
	body, ok := k.body(chat, dataVersion, sealed)
	return b, ok && numbers(&body, &b.screen, &b.index, &b.version) && len(body) == 0
}

// openCase reads callback data of a button on a referral.
func (k keys) openCase(chat int64, sealed string) (b caseButton, ok bool) {
	body, ok := k.body(chat, caseVersion, sealed)
	ok = ok && numbers(&body, &b.code, &b.version)
	b.verb = string(body)
	return b, ok
}

// body returns what callback data of a version says, if it is ours.
func (k keys) body(chat int64, version, sealed string) ([]byte, bool) {
	text, ok := strings.CutPrefix(sealed, version)
	if !ok || len(sealed) > dataLimit {
		return nil, false
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(data) < sealLength {
		return nil, false
	}
	body, signature := data[:len(data)-sealLength], data[len(data)-sealLength:]
	return body, hmac.Equal(signature, k.signature(chat, version, body))
}

// numbers reads numbers off the front of a body.
func numbers(body *[]byte, fields ...*int) bool {
	for _, field := range fields {
		v, n := binary.Uvarint(*body)
		if n <= 0 {
			return false
		}
		*field, *body = int(v), (*body)[n:]
	}
	return true
}
