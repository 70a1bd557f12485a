package vi

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed abbreviations.txt
var abbreviationText string

// A meaning is one thing a typed form may stand for.
type meaning struct {
	words  []string // of the meaning
	kind   RewriteKind
	formal bool                // one meaning only, written out in texts too
	number bool                // only right after a number
	cues   map[string]struct{} // folded words that make it likely; empty: none needed
	bare   bool                // typed without the diacritics the form has
}

// abbreviations holds the meanings of each typed form; a form may be of several words.
type abbreviations struct {
	meanings map[string][]meaning
	longest  int // words in the longest form
}

// table is our own list, read once. A fault in it is a fault of the program.
var table = sync.OnceValue(func() *abbreviations {
	t, err := parseAbbreviations(abbreviationText)
	if err != nil {
		panic(err)
	}
	return t
})

func parseAbbreviations(text string) (*abbreviations, error) {
	t := &abbreviations{meanings: map[string][]meaning{}}
	line := 0
	for row := range strings.Lines(text) {
		line++
		row = strings.TrimSpace(row)
		if row == "" || row[0] == '#' {
			continue
		}
		if err := t.add(row); err != nil {
			return nil, fmt.Errorf("abbreviations.txt:%d: %w", line, err)
		}
	}
	return t, nil
}

func (t *abbreviations) add(row string) error {
	m := meaning{kind: Abbreviation}
	if rest, ok := strings.CutPrefix(row, "! "); ok {
		m.formal, row = true, rest
	} else if rest, ok := strings.CutPrefix(row, "~ "); ok {
		m.kind, row = Southern, rest
	}
	forms, rest, ok := strings.Cut(row, "=")
	if !ok {
		return fmt.Errorf("%q: want \"typed = meaning\"", row)
	}
	means, cues, _ := strings.Cut(rest, "@")
	if m.words = Syllables(Normalize(means)); len(m.words) == 0 {
		return fmt.Errorf("%q has no meaning", row)
	}
	for cue := range strings.SplitSeq(cues, ",") {
		switch cue = strings.TrimSpace(cue); cue {
		case "":
		case "number":
			m.number = true
		default:
			if m.cues == nil {
				m.cues = map[string]struct{}{}
			}
			m.cues[Fold(cue)] = struct{}{}
		}
	}
	for form := range strings.SplitSeq(forms, ",") {
		words := Syllables(Normalize(form))
		if len(words) == 0 {
			return fmt.Errorf("%q: an empty form", row)
		}
		t.longest = max(t.longest, len(words))
		key := strings.Join(words, " ")
		t.meanings[key] = append(t.meanings[key], m)
		if folded := Fold(key); folded != key && m.kind == Southern {
			bare := m
			bare.bare = true
			t.meanings[folded] = append(t.meanings[folded], bare)
		}
	}
	return nil
}

// all returns the words of all meanings, in order.
func (t *abbreviations) all() []string {
	var all []string
	for _, meanings := range t.meanings {
		for _, m := range meanings {
			all = append(all, m.words...)
		}
	}
	slices.Sort(all)
	return all
}

// isForm reports whether word stands for another whatever is near.
func (t *abbreviations) isForm(word string) bool {
	for _, m := range t.meanings[word] {
		if !m.number && !m.bare && len(m.cues) == 0 {
			return true
		}
	}
	return false
}

// Expand writes out the formal abbreviations among words, those with one meaning only: "bhyt"
// becomes "bảo", "hiểm", "y", "tế". The result shares words' array when there is nothing to do.
func Expand(words []string) []string {
	t := table()
	for i, w := range words {
		if m := t.meanings[w]; len(m) > 0 && m[0].formal {
			out := append([]string{}, words[:i]...)
			for _, w := range words[i:] {
				if m := t.meanings[w]; len(m) > 0 && m[0].formal {
					out = append(out, m[0].words...)
				} else {
					out = append(out, w)
				}
			}
			return out
		}
	}
	return words
}
