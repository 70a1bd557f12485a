package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"policybot/bot/store"
	"policybot/bot/telegram"
)

const keyLength = 32 // characters; the store wants as many

var (
	tokenForm  = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
)

// readSecrets reads the secrets of the service. Without a token nothing else is needed, and the
// result is empty. A bad secret is named and described, and not shown.
func (a *app) readSecrets(webhook bool) (secrets, error) {
	token, err := a.secret("TELEGRAM_BOT_TOKEN")
	if err != nil || token == "" {
		return secrets{}, err
	}
	key, err := a.secret("POLICYBOT_KEY")
	if err != nil {
		return secrets{}, err
	}
	hook, err := a.secret("TELEGRAM_WEBHOOK_SECRET")
	if err != nil {
		return secrets{}, err
	}
	switch {
	case !tokenForm.MatchString(token):
		err = errors.New("TELEGRAM_BOT_TOKEN has not the form of a token: want it as BotFather gave it, digits, a colon, letters")
	case key == "":
		err = errors.New("POLICYBOT_KEY is missing: want 32 or more random characters, as from openssl rand -hex 32, the same at every start")
	case len(key) < keyLength:
		err = fmt.Errorf("POLICYBOT_KEY has %d characters: want %d or more random ones, as from openssl rand -hex 32", len(key), keyLength)
	case webhook && hook == "":
		err = errors.New("TELEGRAM_WEBHOOK_SECRET is missing: with TELEGRAM_WEBHOOK_URL it must be set, to 1 to 256 letters, digits, _ or -")
	case webhook && !secretForm.MatchString(hook):
		err = fmt.Errorf("TELEGRAM_WEBHOOK_SECRET has %d characters, some not allowed: want 1 to 256 letters, digits, _ or -", len(hook))
	}
	return secrets{Token: telegram.Token(token), WebhookSecret: telegram.Token(hook), Key: store.Key(key)}, err
}

// secret reads a secret from the environment, or from the file that its _FILE twin names. Errors
// do not show it.
func (a *app) secret(name string) (string, error) {
	value, file := a.getenv(name), a.getenv(name+"_FILE")
	switch {
	case value != "" && file != "":
		return "", fmt.Errorf("%s and %s_FILE are both set: want one of them", name, name)
	case file == "":
		return strings.TrimSpace(value), nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%s_FILE is %q: want a file that can be read: %w", name, file, err)
	}
	value = strings.TrimSpace(string(text))
	if value == "" {
		return "", fmt.Errorf("%s_FILE is %q: the file is empty", name, file)
	}
	return value, nil
}
