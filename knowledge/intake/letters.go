package intake

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/klippa-app/go-pdfium/responses"
)

// char is one letter of a page. The size is 0 where the font is not known, as of spaces.
type char struct {
	text                     string
	left, right, bottom, top float64
	size                     float64
	bold                     bool
}

// withFonts gives each letter the font of the smallest run of letters that it lies in.
func withFonts(letters []*responses.GetPageTextStructuredChar, runs []*responses.GetPageTextStructuredRect) []char {
	chars := make([]char, len(letters))
	for i, c := range letters {
		at := c.PointPosition
		chars[i] = char{text: c.Text, left: at.Left, right: at.Right, bottom: at.Bottom, top: at.Top}
		x, y, best := (at.Left+at.Right)/2, (at.Top+at.Bottom)/2, math.Inf(1)
		for _, r := range runs {
			box := r.PointPosition
			if x < box.Left || x > box.Right || y < box.Bottom || y > box.Top {
				continue
			}
			if area := (box.Right - box.Left) * (box.Top - box.Bottom); area < best {
				best = area
				chars[i].size, chars[i].bold = printedSize(r.FontInformation), isBold(r.FontInformation)
			}
		}
	}
	return chars
}

// printedSize is the size of letters on paper, to half a point.
func printedSize(f *responses.FontInformation) float64 {
	return math.Round(cmp.Or(f.RenderedSize, f.Size)*2) / 2
}

func isBold(f *responses.FontInformation) bool {
	return f.Weight >= 600 || strings.Contains(f.Name, "Bold")
}

// brokenHyphen is what PDFium makes of a hyphen at the end of a line, where it takes the word to go
// on below.
const brokenHyphen = "\x02"

// splitLines cuts the letters of a page at the line ends that PDFium puts between them, and where
// it has drawn two lines together.
func splitLines(chars []char) [][]char {
	var lines [][]char
	start := 0
	for i, c := range chars {
		switch c.text {
		case "\n", "\r":
			lines = append(lines, chars[start:i])
			start = i + 1
		case brokenHyphen:
			chars[i].text = "-"
			lines = append(lines, chars[start:i+1])
			start = i + 1
		}
	}
	lines = append(lines, chars[start:])
	joined := lines[:0]
	for _, l := range lines {
		if len(l) == 0 {
			continue
		}
		if n := len(joined); n > 0 && sameRow(joined[n-1], l) {
			joined[n-1] = slices.Concat(joined[n-1], []char{{text: " "}}, l)
			continue
		}
		joined = append(joined, l)
	}
	return joined
}

// closeBy is how far apart, in points, two pieces of one printed line may stand.
const closeBy = 20

// sameRow reports whether PDFium has cut a printed line in two, as it does at the raised number of
// a footnote.
func sameRow(a, b []char) bool {
	la, okA := lineOf(a)
	lb, okB := lineOf(b)
	if !okA || !okB {
		return false
	}
	overlap := min(la.top, lb.top) - max(la.bottom, lb.bottom)
	return overlap > 0.5*min(la.top-la.bottom, lb.top-lb.bottom) && lb.left > la.left && lb.left-la.right < closeBy && lb.left-la.right > -2
}

// lineOf puts the letters of a line together. The small raised numbers that call a footnote are
// left out: they are no part of the text.
func lineOf(chars []char) (line, bool) {
	size := usualSize(chars)
	var b strings.Builder
	l := line{size: size}
	bold, visible := 0, 0
	before := ""
	for i, c := range chars {
		if isNoteMark(chars, i, size) {
			b.WriteString(raisedUnit(before, c.text))
			continue
		}
		b.WriteString(c.text)
		before = c.text
		if strings.TrimSpace(c.text) == "" {
			continue
		}
		if visible == 0 {
			l.marked = isDigits(c.text) && isSmall(c, size)
			l.left, l.bottom = c.left, c.bottom
		}
		visible++
		if c.bold {
			bold++
		}
		l.left, l.right = min(l.left, c.left), max(l.right, c.right)
		l.top, l.bottom = max(l.top, c.top), min(l.bottom, c.bottom)
	}
	l.text, l.bold = clean(b.String()), visible > 0 && bold*2 > visible
	return l, l.text != ""
}

// usualSize returns the size that most of the letters have.
func usualSize(chars []char) float64 {
	count := map[float64]int{}
	for _, c := range chars {
		if c.size > 0 && strings.TrimSpace(c.text) != "" {
			count[c.size]++
		}
	}
	return mostCommon(count)
}

func mostCommon[K float64 | int](count map[K]int) K {
	var best K
	for k, n := range count {
		if n > count[best] || n == count[best] && k > best {
			best = k
		}
	}
	return best
}

// isSmall tells the raised letters of a line from the others.
func isSmall(c char, size float64) bool { return c.size > 0 && c.size <= size*0.75 }

// isNoteMark reports whether a letter is a small digit set inside a line.
func isNoteMark(chars []char, i int, size float64) bool {
	return isDigits(chars[i].text) && isSmall(chars[i], size) &&
		slices.ContainsFunc(chars[:i], func(c char) bool { return strings.TrimSpace(c.text) != "" && !isSmall(c, size) })
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// raisedUnit returns ² or ³ where a raised digit belongs to a unit: m², km³.
func raisedUnit(before, digit string) string {
	if before != "m" {
		return ""
	}
	return map[string]string{"2": "²", "3": "³"}[digit]
}
