package vi

// placeTone moves the tone mark of a word to the vowel where the older spelling puts it, which
// most law texts follow: hoà → hòa, thuý → thúy, qúy → quý. A word that is not one Vietnamese
// syllable with one tone is left as it is. It works in place.
func placeTone(word []rune) {
	first, last, at := -1, -1, -1
	var tone int8
	for i, r := range word {
		l := letterOf(r)
		if l.bare == 0 {
			return
		}
		if !l.isVowel() {
			continue
		}
		if first < 0 {
			first = i
		} else if last != i-1 {
			return // two groups of vowels: more than one syllable
		}
		last = i
		if l.tone != 0 {
			if tone != 0 {
				return
			}
			tone, at = l.tone, i
		}
	}
	if tone == 0 || first == last {
		return
	}
	if to := toneSeat(word, first, last); to != at {
		word[at] = letterOf(word[at]).withTone(0)
		word[to] = letterOf(word[to]).withTone(tone)
	}
}

// toneSeat returns which of the vowels word[first..last] carries the tone.
func toneSeat(word []rune, first, last int) int {
	if first > 0 && first < last {
		onset, glide := letterOf(word[first-1]).bare, letterOf(word[first]).shape
		if onset == 'q' && glide == 'u' || first == 1 && onset == 'g' && glide == 'i' {
			first++ // the u of qu and the i of gi belong to the consonant
		}
	}
	for i := last; i >= first; i-- { // ươ: on the second
		switch letterOf(word[i]).shape {
		case 'ă', 'â', 'ê', 'ô', 'ơ', 'ư':
			return i
		}
	}
	switch closed := last < len(word)-1; {
	case first == last:
		return first
	case last-first >= 2 || closed:
		return first + 1
	default:
		return first
	}
}
