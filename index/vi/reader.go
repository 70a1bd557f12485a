package vi

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// A RewriteKind says why a [Reader] changed a word.
type RewriteKind string

// The kinds of rewrites.
const (
	Abbreviation RewriteKind = "abbreviation" // bhyt → bảo hiểm y tế, ko → không
	Diacritics   RewriteKind = "diacritics"   // ngheo → nghèo
	Southern     RewriteKind = "southern"     // bịnh → bệnh, nhiu → nhiêu
	Slip         RewriteKind = "slip"         // nghoè → nghèo, a letter too many, too few or wrong
	Telex        RewriteKind = "telex"        // ngheof → nghèo, also VNI: ngheo2
)

// A Rewrite is one change a [Reader] made.
type Rewrite struct {
	From, To string
	Kind     RewriteKind
	// Doubtful is set when another reading was nearly as likely, so that the change may have
	// altered the meaning: show the resident what was understood.
	Doubtful bool
}

// A Reading is what a [Reader] made of a text.
type Reading struct {
	Original string
	Text     string    // normalised and restored: what to search for
	Rewrites []Rewrite // in the order of the text; empty when nothing was changed
}

// Doubtful reports whether a rewrite of r may have altered the meaning.
func (r Reading) Doubtful() bool {
	for _, w := range r.Rewrites {
		if w.Doubtful {
			return true
		}
	}
	return false
}

// A Reader turns what a person typed into what they mean. It is safe for concurrent use.
type Reader struct {
	model *model
	words *abbreviations
	slips *slips
}

// NewReader returns a Reader that knows the words of vocabulary, texts known to be spelt right:
// our own content. Its words and phrases are preferred to those of the language at large.
func NewReader(vocabulary iter.Seq[string]) (*Reader, error) {
	base, err := language()
	if err != nil {
		return nil, err
	}
	r := &Reader{model: newModel(base), words: table()}
	for _, w := range r.words.all() {
		if r.model.id(w) == unknown {
			r.model.addWord(w)
		}
	}
	for text := range vocabulary {
		if words := Syllables(Normalize(text)); !isBare(words) {
			r.model.learn(words, r.words.isForm)
		}
	}
	r.model.ready()
	r.slips = newSlips(maps.Keys(r.model.readings))
	return r, nil
}

// isBare reports whether words were typed without diacritics: three or more, none with a mark.
func isBare(words []string) bool {
	return len(words) > 2 && !slices.ContainsFunc(words, func(w string) bool { return !isFolded(w) })
}

// maxRead bounds what is read word by word, in bytes; what follows is only normalised.
const maxRead = 8 << 10

// Read makes out what text means. It never fails: a text that makes no sense comes back
// normalised.
func (r *Reader) Read(text string) Reading {
	clean := Normalize(text)
	head, tail := clean, ""
	if len(head) > maxRead {
		cut := maxRead
		if space := strings.LastIndexAny(head[:cut], " \n"); space > 0 {
			cut = space
		}
		head, tail = strings.ToValidUTF8(head[:cut], ""), head[cut:]
	}
	l := lattice{reader: r, text: head, tokens: tokenize(head)}
	out, rewrites := l.read()
	return Reading{Original: text, Text: out + tail, Rewrites: rewrites}
}
