package knowledge

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Fact is something that a person may or may not have told, or told in part: one of several values.
// The zero Fact is not known at all, which is not the same as a known zero.
type Fact[T any] struct{ may []T }

// Known returns the fact with that value.
func Known[T any](value T) Fact[T] { return Fact[T]{[]T{value}} }

// OneOf returns the fact that has one of the values, and it is not known which; none: nothing is
// known.
func OneOf[T any](values ...T) Fact[T] { return Fact[T]{slices.Clone(values)} }

// Value returns the value, and whether it is known which it is; the zero value when it is not.
func (f Fact[T]) Value() (value T, known bool) {
	if len(f.may) != 1 {
		return value, false
	}
	return f.may[0], true
}

// IsKnown reports whether the value is known.
func (f Fact[T]) IsKnown() bool { return len(f.may) == 1 }

// Told reports whether anything is known of the fact.
func (f Fact[T]) Told() bool { return len(f.may) > 0 }

// Among returns the values that the fact may have, all of them when nothing is known.
func (f Fact[T]) Among(all []T) []T {
	if f.Told() {
		return f.may
	}
	return all
}

// some is how one of several values is written.
type some[T any] struct {
	OneOf []T `json:"one_of"`
}

// MarshalJSON writes the value, null for what is not known, and {"one_of": […]} for several.
func (f Fact[T]) MarshalJSON() ([]byte, error) {
	switch len(f.may) {
	case 0:
		return []byte("null"), nil
	case 1:
		return json.Marshal(f.may[0])
	}
	return json.Marshal(some[T]{f.may})
}

// UnmarshalJSON reads what [Fact.MarshalJSON] wrote.
func (f *Fact[T]) UnmarshalJSON(data []byte) error {
	*f = Fact[T]{}
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	if bytes.HasPrefix(data, []byte(`{"one_of"`)) {
		var several some[T]
		err := json.Unmarshal(data, &several)
		f.may = several.OneOf
		return err
	}
	var value T
	if err := json.Unmarshal(data, &value); err != nil {
		return err
	}
	f.may = []T{value}
	return nil
}
