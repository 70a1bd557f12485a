package telegram

import (
	"fmt"
	"io"
	"log/slog"
)

// A Token is a secret. However it is printed, it prints as ***.
type Token string

const hidden = "***"

// String returns ***.
func (Token) String() string { return hidden }

// Format prints *** for every verb.
func (Token) Format(f fmt.State, _ rune) { io.WriteString(f, hidden) } //nolint:errcheck // as fmt does

// LogValue returns ***.
func (Token) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText returns ***, so that a token does not leave in JSON either.
func (Token) MarshalText() ([]byte, error) { return []byte(hidden), nil }
