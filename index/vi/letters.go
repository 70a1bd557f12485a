package vi

import "unicode"

// A letter says what a rune of a Vietnamese word is made of.
type letter struct {
	bare  rune // without any mark, lower case: a for Ằ, d for Đ; 0: no letter of the alphabet
	shape rune // without the tone mark, lower case: ă for Ằ
	tone  int8 // 0 none, then huyền, sắc, hỏi, ngã, nặng
	row   int8 // row of vowelRows, -1 for a consonant
	upper bool
}

// vowelRows lists each vowel without a tone and with the five tone marks.
var vowelRows = [...][]rune{
	[]rune("aàáảãạ"), []rune("ăằắẳẵặ"), []rune("âầấẩẫậ"), []rune("eèéẻẽẹ"),
	[]rune("êềếểễệ"), []rune("iìíỉĩị"), []rune("oòóỏõọ"), []rune("ôồốổỗộ"),
	[]rune("ơờớởỡợ"), []rune("uùúủũụ"), []rune("ưừứửữự"), []rune("yỳýỷỹỵ"),
}

// bareVowels holds the bare vowel of each row of vowelRows.
const bareVowels = "aaaeeiooouuy"

// endOfLetters is the first rune beyond the alphabet, whose last letter is ỹ.
const endOfLetters = 'ỹ' + 1

var letters = spellOut()

func spellOut() *[endOfLetters]letter {
	var table [endOfLetters]letter
	add := func(r rune, l letter) {
		table[r] = l
		l.upper = true
		table[unicode.ToUpper(r)] = l
	}
	for row, vowels := range vowelRows {
		for tone, r := range vowels {
			add(r, letter{bare: rune(bareVowels[row]), shape: vowels[0], tone: int8(tone), row: int8(row)})
		}
	}
	for _, r := range "bcdfghjklmnpqrstvwxz" {
		add(r, letter{bare: r, shape: r, row: -1})
	}
	add('đ', letter{bare: 'd', shape: 'đ', row: -1})
	return &table
}

// letterOf returns what r is made of; its bare rune is 0 when r is no letter of the alphabet.
func letterOf(r rune) letter {
	if r < 0 || r >= endOfLetters {
		return letter{}
	}
	return letters[r]
}

func (l letter) isVowel() bool { return l.bare != 0 && l.row >= 0 }

// withTone returns the vowel l with another tone, in its own case.
func (l letter) withTone(tone int8) rune {
	r := vowelRows[l.row][tone]
	if l.upper {
		return unicode.ToUpper(r)
	}
	return r
}
