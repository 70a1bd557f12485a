package intake

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
)

// fromPages makes one text of the pages of a document: running heads, page numbers, the box of the
// electronic signature and footnotes are taken out.
func fromPages(format Format, pages [][]line) (*source, error) {
	s := &source{format: format, pages: len(pages)}
	if err := s.requireText(pages); err != nil {
		return nil, err
	}
	repeated := repeatedHeads(pages)
	size := bodySize(pages)
	var notes footnotes
	for _, page := range pages {
		s.lines = append(s.lines, notes.take(withoutHeads(page, repeated), size)...)
	}
	s.notes = notes.lines
	setFlow(s.lines, size)
	return s, nil
}

// fewLetters is the number of letters on a page below which it is taken for a picture.
const fewLetters = 20

// requireText refuses scans, and notes single pages without text.
func (s *source) requireText(pages [][]line) error {
	var empty []int
	for i, page := range pages {
		letters := 0
		for _, l := range page {
			if !signature.MatchString(l.text) {
				letters += len([]rune(l.text))
			}
		}
		if letters < fewLetters {
			empty = append(empty, i+1)
		}
	}
	switch {
	case len(empty)*2 > len(pages):
		return refuse(fmt.Sprintf("bản quét: %d/%d trang chỉ có ảnh, không có lớp chữ", len(empty), len(pages)),
			"tìm bản Word hoặc bản PDF có chữ; máy không đoán chữ từ ảnh")
	case len(pages) == 0:
		return refuse("PDF không có trang nào", "tải lại văn bản")
	}
	for _, p := range empty {
		s.doubt(Place{Page: p}, "trang không có chữ (ảnh hoặc trang trắng): xem lại bản gốc")
	}
	return nil
}

var (
	gazetteHead = regexp.MustCompile(`(?i)^(?:\d+\s*)?CÔNG BÁO\s*/\s*Số.*$`)
	pageNumber  = regexp.MustCompile(`^(?:(?i:trang|page)\s*)?[-–]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?$`)
	signature   = regexp.MustCompile(`^(?:Người ký\s*:|Email\s*:\s*\S+@|Cơ quan\s*:|Thời gian ký\s*:|Ký bởi\s*:|Ngày ký\s*:|Signature Not Verified|Digitally signed)`)
)

// edge is how many lines at the top and the foot of a page may belong to its frame.
const edge = 4

// repeatedHeads returns the lines that stand at the edge of most pages, digits left out.
func repeatedHeads(pages [][]line) map[string]bool {
	count := map[string]int{}
	for _, page := range pages {
		seen := map[string]bool{}
		for i, l := range page {
			if key := headKey(l.text); key != "" && (i < edge || i >= len(page)-edge) && !seen[key] {
				seen[key] = true
				count[key]++
			}
		}
	}
	repeated := map[string]bool{}
	for key, n := range count {
		if n >= 4 && n*3 > len(pages) {
			repeated[key] = true
		}
	}
	return repeated
}

// headKey is a line without its digits; empty for lines that can be text.
func headKey(s string) string {
	key := strings.TrimSpace(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, s))
	if len([]rune(key)) < 6 || isHeading(s) {
		return ""
	}
	return key
}

func withoutHeads(page []line, repeated map[string]bool) []line {
	var kept []line
	for i, l := range page {
		atEdge := i < edge || i >= len(page)-edge
		switch {
		case signature.MatchString(l.text), gazetteHead.MatchString(l.text):
		case atEdge && pageNumber.MatchString(l.text):
		case atEdge && repeated[headKey(l.text)]:
		default:
			kept = append(kept, l)
		}
	}
	return kept
}

// bodySize is the size of the letters of the text: of the lines that begin articles where there
// are any, since forms and notes may outweigh the text.
func bodySize(pages [][]line) float64 {
	articles, all := map[float64]int{}, map[float64]int{}
	for _, page := range pages {
		for _, l := range page {
			all[l.size] += len(l.text)
			if articleForm.MatchString(l.text) {
				articles[l.size]++
			}
		}
	}
	if len(articles) > 0 {
		return mostCommon(articles)
	}
	return mostCommon(all)
}

// footnotes gathers the notes at the foot of pages, which may run over to the next.
type footnotes struct {
	lines []line
	marks marks // of the newest note
	ended bool  // the page before had none
}

var noteStart = regexp.MustCompile(`^[\[(]?(?:\d{1,3}|\*{1,3})[\])]\s*\p{L}|^\*{1,3}\s*\p{L}`)

// take keeps the notes of a page and returns the rest: notes are the lines in smaller letters down
// to its end, from one that begins with a mark, or from the top of that block where the last note
// of the page before goes on.
func (f *footnotes) take(page []line, size float64) []line {
	start := len(page)
	for start > 0 && page[start-1].size > 0 && page[start-1].size <= size-1 {
		start--
	}
	if !f.goesOn() {
		for start < len(page) && !page[start].marked && !noteStart.MatchString(page[start].text) {
			start++
		}
	}
	for _, l := range page[start:] {
		if l.marked {
			f.marks = marks{}
		}
		f.marks.read(l.text)
		f.lines = append(f.lines, l)
	}
	f.ended = start == len(page) && len(page) > 0
	return page[:start]
}

// goesOn reports whether the newest note has not come to its end.
func (f *footnotes) goesOn() bool {
	if len(f.lines) == 0 || f.ended {
		return false
	}
	last := f.lines[len(f.lines)-1].text
	return f.marks.depth() > 0 || !ends(last) || strings.HasSuffix(last, ":")
}

// setFlow tells from the indents which lines begin a paragraph. It leaves the flow unknown when
// the pages show no margin that most lines keep to.
func setFlow(lines []line, size float64) {
	count := map[int]int{}
	total := 0
	for _, l := range lines[:textEnd(lines)] {
		if l.size >= size-0.5 && len(l.text) > 40 {
			count[int(math.Round(l.left/2))]++
			total++
		}
	}
	margin := leftmost(count, total/8)
	flush, indented := 0, 0
	for at, n := range count {
		switch {
		case at > margin+3 && at < margin+40:
			indented += n
		case at >= margin-2 && at <= margin+3:
			flush += n
		}
	}
	if total < 8 || margin == 0 || flush*3 < total || indented*12 < total {
		return
	}
	for i := range lines {
		switch at := int(math.Round(lines[i].left / 2)); {
		case lines[i].size < size-0.5:
		case at > margin+3:
			lines[i].flow = begins
		case at >= margin-2:
			lines[i].flow = continues
		}
	}
}

// textEnd returns about where the text proper ends and forms begin, which have margins of their own.
func textEnd(lines []line) int {
	articles := false
	for i, l := range lines {
		articles = articles || articleForm.MatchString(l.text)
		if articles && (closing.MatchString(l.text) || annex.MatchString(l.text)) {
			return i
		}
	}
	return len(lines)
}

// leftmost returns the first position that, with its neighbours, many lines share; 0 when none has
// enough.
func leftmost(count map[int]int, enough int) int {
	for _, at := range slices.Sorted(maps.Keys(count)) {
		if near := count[at] + count[at+1] + count[at+2]; near > enough {
			best := at
			for _, other := range []int{at + 1, at + 2} {
				if count[other] > count[best] {
					best = other
				}
			}
			return best
		}
	}
	return 0
}
