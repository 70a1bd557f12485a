package intake

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// numbering works out the numbers that Word prints before the paragraphs of its lists.
type numbering struct {
	abstract map[string]map[int]*listLevel // by abstractNumId
	lists    map[string]*wordList          // by numId
	styles   map[string]wordStyle
	counts   map[string][]int // by abstractNumId: how far each level has got
}

type listLevel struct {
	format, text string // "decimal", "%1."
	start        int
}

type wordList struct {
	abstract string
	starts   map[int]int
	begun    bool
}

type wordStyle struct {
	basedOn, list string
	level         int
}

const maxLevels = 9

func newNumbering() *numbering {
	return &numbering{
		abstract: map[string]map[int]*listLevel{}, lists: map[string]*wordList{},
		styles: map[string]wordStyle{}, counts: map[string][]int{},
	}
}

func (n *numbering) readDefinitions(d *xml.Decoder) error {
	var abstract, list string
	level, override := 0, -1
	return walk(d, func(t xml.Token) {
		e, ok := t.(xml.StartElement)
		if !ok {
			return
		}
		val := attr(e, "val")
		switch e.Name.Local {
		case "abstractNum":
			abstract, list = attr(e, "abstractNumId"), ""
			n.abstract[abstract] = map[int]*listLevel{}
		case "num":
			list, override = attr(e, "numId"), -1
			n.lists[list] = &wordList{starts: map[int]int{}}
		case "abstractNumId":
			if l := n.lists[list]; l != nil {
				l.abstract = val
			}
		case "lvl":
			level, _ = strconv.Atoi(attr(e, "ilvl"))
			if list == "" && n.abstract[abstract] != nil {
				n.abstract[abstract][level] = &listLevel{start: 1}
			}
		case "lvlOverride":
			override, _ = strconv.Atoi(attr(e, "ilvl"))
		case "startOverride":
			if l := n.lists[list]; l != nil && override >= 0 {
				l.starts[override], _ = strconv.Atoi(val)
			}
		case "start", "numFmt", "lvlText":
			if l := n.abstract[abstract][level]; l != nil && list == "" {
				l.set(e.Name.Local, val)
			}
		}
	})
}

func (l *listLevel) set(key, val string) {
	switch key {
	case "start":
		l.start, _ = strconv.Atoi(val)
	case "numFmt":
		l.format = val
	case "lvlText":
		l.text = val
	}
}

func (n *numbering) readStyles(d *xml.Decoder) error {
	var id string
	return walk(d, func(t xml.Token) {
		e, ok := t.(xml.StartElement)
		if !ok {
			return
		}
		s := n.styles[id]
		switch e.Name.Local {
		case "style":
			id = attr(e, "styleId")
			s = wordStyle{}
		case "basedOn":
			s.basedOn = attr(e, "val")
		case "numId":
			s.list = attr(e, "val")
		case "ilvl":
			s.level, _ = strconv.Atoi(attr(e, "val"))
		}
		n.styles[id] = s
	})
}

// label counts a paragraph and returns what Word prints before it, with a space after; empty for
// a paragraph in no list.
func (n *numbering) label(style, list string, level int) string {
	if list == "" {
		list, level = n.ofStyle(style)
	}
	l := n.lists[list]
	if list == "0" || l == nil || level < 0 || level >= maxLevels || n.abstract[l.abstract] == nil {
		return ""
	}
	levels := n.abstract[l.abstract]
	counts := n.counts[l.abstract]
	if counts == nil {
		counts = make([]int, maxLevels)
		for i := range counts {
			counts[i] = unset
		}
		n.counts[l.abstract] = counts
	}
	if !l.begun {
		l.begun = true
		for i, start := range l.starts {
			if i >= 0 && i < maxLevels {
				counts[i] = start - 1
			}
		}
	}
	count(counts, levels, level)
	if levels[level] == nil || levels[level].format == "none" {
		return ""
	}
	if levels[level].format == "bullet" {
		return "- "
	}
	text := levels[level].text
	for i := range level + 1 {
		format := "decimal"
		if levels[i] != nil {
			format = levels[i].format
		}
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), spell(counts[i], format))
	}
	return text + " "
}

// unset marks a level that has not been counted since the one above it went on.
const unset = -1 << 20

func count(counts []int, levels map[int]*listLevel, level int) {
	for i := range level + 1 {
		start := 1
		if levels[i] != nil {
			start = levels[i].start
		}
		switch {
		case counts[i] == unset:
			counts[i] = start
		case i == level:
			counts[i]++
		}
	}
	for i := level + 1; i < maxLevels; i++ {
		counts[i] = unset
	}
}

func (n *numbering) ofStyle(style string) (string, int) {
	for range 20 { // styles may be based on one another in a ring
		s, known := n.styles[style]
		if !known || s.list != "" {
			return s.list, s.level
		}
		style = s.basedOn
	}
	return "", 0
}

// spell writes a number as Word does in that format.
func spell(n int, format string) string {
	if n < 1 {
		return strconv.Itoa(n)
	}
	switch format {
	case "lowerLetter", "upperLetter":
		s := strings.Repeat(string(rune('a'+(n-1)%26)), min((n-1)/26+1, 8))
		if format == "upperLetter" {
			s = strings.ToUpper(s)
		}
		return s
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	if n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			b.WriteString(r.text)
			n -= r.value
		}
	}
	return b.String()
}
