package intake

import (
	"bytes"
	"strings"
)

// readText reads plain text: pages end with a form feed, where there is any; lines may be broken by
// hand, or be whole paragraphs.
func readText(data []byte) (*source, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	var pages [][]line
	for i, page := range bytes.Split(data, []byte("\f")) {
		var lines []line
		for n, s := range strings.Split(string(page), "\n") {
			if text := clean(s); text != "" {
				lines = append(lines, line{text: text, place: Place{Page: i + 1, Line: n + 1}})
			}
		}
		if len(lines) > 0 {
			pages = append(pages, lines)
		}
	}
	s := &source{format: Text}
	repeated := repeatedHeads(pages)
	for _, page := range pages {
		s.lines = append(s.lines, withoutHeads(page, repeated)...)
	}
	if len(pages) > 1 {
		s.pages = len(pages)
		return s, nil
	}
	for i := range s.lines { // one page is no page: the line says all
		s.lines[i].place.Page = 0
	}
	return s, nil
}
