package knowledge

import (
	"bytes"
	"encoding/json"
)

// Fact is something that a person may or may not have told. The zero Fact is not known, which is
// not the same as a known zero.
type Fact[T any] struct {
	value T
	known bool
}

// Known returns the fact with that value.
func Known[T any](value T) Fact[T] { return Fact[T]{value, true} }

// Value returns the value, and whether it is known at all; the zero value when it is not.
func (f Fact[T]) Value() (value T, known bool) { return f.value, f.known }

// IsKnown reports whether the fact was told.
func (f Fact[T]) IsKnown() bool { return f.known }

// MarshalJSON writes the value, and null for what is not known.
func (f Fact[T]) MarshalJSON() ([]byte, error) {
	if !f.known {
		return []byte("null"), nil
	}
	return json.Marshal(f.value)
}

// UnmarshalJSON reads what [Fact.MarshalJSON] wrote.
func (f *Fact[T]) UnmarshalJSON(data []byte) error {
	*f = Fact[T]{}
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	if err := json.Unmarshal(data, &f.value); err != nil {
		return err
	}
	f.known = true
	return nil
}
