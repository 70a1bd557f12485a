package check

import (
	"fmt"

	"policybot/knowledge"
)

// Lang is a language that findings are explained in.
type Lang string

// The languages of explanations.
const (
	Vietnamese Lang = "vi"
	English    Lang = "en"
)

// Explain says in one sentence what a fault is and what to do about it, for people who know the
// policy and not the program. It knows the rules of this package and of [knowledge.Load]; any other
// fault, and any other language than Vietnamese, reads in English.
func Explain(f knowledge.Fault, lang Lang) string {
	a, known := advices[f.Rule]
	switch {
	case !known:
		return f.Rule + ": " + f.Detail
	case lang == Vietnamese:
		return fmt.Sprintf(a.vi, f.Detail)
	}
	return fmt.Sprintf(a.en, f.Detail)
}
