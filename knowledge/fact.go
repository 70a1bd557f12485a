package knowledge

import "slices"

// Fact is something that a resident may or may not have told, or told in part: one of several values.
// The zero Fact is not known at all, which is not the same as a known zero.
type Fact[T comparable] struct{ may []T }

// Known returns the fact with that value.
func Known[T comparable](value T) Fact[T] { return Fact[T]{[]T{value}} }

// OneOf returns the fact that has one of the values, and it is not known which; none: nothing is
// known.
func OneOf[T comparable](values ...T) Fact[T] { return Fact[T]{slices.Clone(values)} }

// Value returns the value, and whether it is known which it is.
func (f Fact[T]) Value() (value T, known bool) {
	if len(f.may) != 1 {
		return value, false
	}
	return f.may[0], true
}

// Told reports whether anything is known of the fact.
func (f Fact[T]) Told() bool { return len(f.may) > 0 }

// Among returns the values that the fact may have, all of them when nothing is known.
func (f Fact[T]) Among(all []T) []T {
	if f.Told() {
		return f.may
	}
	return all
}
