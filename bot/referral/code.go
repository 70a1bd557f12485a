package referral

import (
	"crypto/rand"
	"math/big"
	"strings"
)

// Code names a referral to people: CT-7K2M. It is drawn by lot, so it tells nothing about the person,
// the ward or how many there are, and knowing one opens nothing: who may do what is asked each time.
type Code string

// letters are those that nobody takes for another when a code is read out or written down, and that
// make no words: without vowels, B, L, O, S, Z, 0 and 1.
const letters = "23456789CDFGHJKMNPQRTVWXY"

const (
	codePrefix = "CT-"
	codeLength = 4
)

// NewCode draws a code. The store refuses one that is taken, and another is drawn.
func NewCode() Code {
	var b strings.Builder
	b.WriteString(codePrefix)
	for range codeLength {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(err) // crypto/rand does not fail
		}
		b.WriteByte(letters[n.Int64()])
	}
	return Code(b.String())
}

// Number is the code as a number from 1 on; 0 for what is no code.
func (c Code) Number() int {
	text, ok := strings.CutPrefix(string(c), codePrefix)
	if !ok || len(text) != codeLength {
		return 0
	}
	n := 1 // so that no code is 0, and none begins with nothing
	for _, r := range text {
		i := strings.IndexRune(letters, r)
		if i < 0 {
			return 0
		}
		n = n*len(letters) + i
	}
	return n
}

// CodeOf is the code with a number; empty for a number of none.
func CodeOf(n int) Code {
	text := make([]byte, codeLength)
	for i := codeLength - 1; i >= 0; i-- {
		if n <= 0 {
			return ""
		}
		text[i] = letters[n%len(letters)]
		n /= len(letters)
	}
	if n != 1 {
		return ""
	}
	return Code(codePrefix + string(text))
}
