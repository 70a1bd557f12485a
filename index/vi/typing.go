package vi

import (
	"strings"
)

// A typed tone key of telex, in the order of the tones.
const telexTones = "fsrxj"

// A typed tone key of VNI, in the order of the tones.
const vniTones = "21345"

// untype reads a word whose telex or VNI keys were never turned into marks: "ngheof", "hooj",
// "ho65". ok is false when the word holds no such key or makes no syllable.
func untype(word string) (syllable string, ok bool) {
	runes := []rune(word)
	if len(runes) < 2 || len(runes) > 10 || !isFolded(word) {
		return "", false
	}
	t := typist{}
	changed := false
	for _, r := range runes {
		switch {
		case t.mark(r):
			changed = true
		case r >= 'a' && r <= 'z':
			t.out = append(t.out, r)
		default:
			return "", false
		}
	}
	if !changed {
		return "", false
	}
	return t.syllable()
}

// A typist turns keys into letters.
type typist struct {
	out  []rune
	tone int8
}

// mark applies a key that changes what was typed before, and reports whether it is one.
func (t *typist) mark(key rune) bool {
	if i := strings.IndexRune(telexTones, key); i >= 0 && t.hasVowel() {
		t.tone = int8(i + 1)
		return true
	}
	if i := strings.IndexRune(vniTones, key); i >= 0 && t.hasVowel() {
		t.tone = int8(i + 1)
		return true
	}
	switch key {
	case 'a', 'e', 'o', '6':
		return t.shape(key, map[rune]rune{'a': 'â', 'e': 'ê', 'o': 'ô'})
	case 'w', '7', '8':
		return t.horn()
	case 'd', '9':
		if len(t.out) > 0 && t.out[0] == 'd' && (key == '9' || len(t.out) == 1 || t.hasVowel()) {
			t.out[0] = 'đ'
			return true
		}
	}
	return false
}

func (t *typist) hasVowel() bool {
	for _, r := range t.out {
		if letterOf(r).isVowel() {
			return true
		}
	}
	return false
}

// shape puts a circumflex on the last vowel that takes it; a letter key only on its own kind.
func (t *typist) shape(key rune, to map[rune]rune) bool {
	for i := len(t.out) - 1; i >= 0; i-- {
		r := t.out[i]
		if circumflexed, ok := to[r]; ok && (key == '6' || r == key) {
			if key != '6' && i < len(t.out)-1 && letterOf(t.out[len(t.out)-1]).isVowel() {
				return false // oao, eo: vowels of their own
			}
			t.out[i] = circumflexed
			return true
		}
	}
	return false
}

// horn puts a horn or a breve on the vowels that take one: uo together, else the last.
func (t *typist) horn() bool {
	to := map[rune]rune{'u': 'ư', 'o': 'ơ', 'a': 'ă'}
	for i := len(t.out) - 1; i >= 0; i-- {
		marked, ok := to[t.out[i]]
		if !ok {
			continue
		}
		if t.out[i] == 'a' && i > 0 && t.out[i-1] == 'u' && !(i > 1 && t.out[i-2] == 'q') {
			i, marked = i-1, 'ư' // ưa
		}
		t.out[i] = marked
		if i > 0 && marked == 'ơ' && t.out[i-1] == 'u' {
			t.out[i-1] = 'ư'
		}
		return true
	}
	return false
}

// syllable puts the tone on its seat and checks what came out.
func (t *typist) syllable() (string, bool) {
	for i := 1; i < len(t.out); i++ { // the horn of ươ is typed once
		switch pair := string(t.out[i-1 : i+1]); {
		case pair == "ưo", pair == "uơ" && i < len(t.out)-1:
			t.out[i-1], t.out[i] = 'ư', 'ơ'
		}
	}
	if t.tone > 0 {
		for i, r := range t.out {
			if l := letterOf(r); l.isVowel() {
				t.out[i] = l.withTone(t.tone)
				break
			}
		}
		placeTone(t.out)
	}
	word := wordToken(string(t.out))
	return word, isSyllable(word)
}

var (
	onsets = wordSet("b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
	rhymes = wordSet("a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu " +
		"i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao " +
		"oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot u ua uan uang uat uay uc ue uech uen uenh " +
		"ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uyn uynh uyt uyu " +
		"y yem yen yeng yet yeu")
)

func wordSet(words string) map[string]struct{} {
	set := map[string]struct{}{}
	for w := range strings.FieldsSeq(words) {
		set[w] = struct{}{}
	}
	return set
}

// isSyllable reports whether word has the shape of a Vietnamese syllable.
func isSyllable(word string) bool {
	bare := Fold(word)
	for n := min(3, len(bare)-1); n >= 0; n-- {
		if _, ok := onsets[bare[:n]]; ok || n == 0 {
			if _, ok := rhymes[bare[n:]]; ok {
				return true
			}
		}
	}
	return false
}

// otherTone swaps hỏi and ngã, which southern speech does not tell apart: "hổ" → "hỗ". ok is false
// for a word with neither.
func otherTone(word string) (swapped string, ok bool) {
	runes := []rune(word)
	for i, r := range runes {
		switch l := letterOf(r); l.tone {
		case 3:
			runes[i] = l.withTone(4)
			return string(runes), true
		case 4:
			runes[i] = l.withTone(3)
			return string(runes), true
		}
	}
	return "", false
}
