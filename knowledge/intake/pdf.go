package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

const (
	maxPages    = 2000
	engineStart = 2 * time.Minute // compiling the engine takes seconds, once a machine
	memoryPages = 16 * 1024       // of 64 KiB: what a hostile PDF may use at most, 1 GiB
	pdfWait     = 3 * time.Minute // for one file; the longest decrees take seconds
)

// pdfEngine is PDFium in its sandbox: it sees no file but the bytes it is given.
type pdfEngine struct {
	pool     pdfium.Pool
	instance pdfium.Pdfium
}

// newPDFEngine starts PDFium. Compiling it takes about two seconds, and a tenth of one when the
// result of the last time lies in the user's cache.
func newPDFEngine(ctx context.Context) (*pdfEngine, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages)
	if dir, err := os.UserCacheDir(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "policyimport")); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 1, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: config,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	instance, err := pool.GetInstance(engineStart)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start PDFium: %w", err), pool.Close())
	}
	return &pdfEngine{pool, instance}, nil
}

func (e *pdfEngine) Close() error { return errors.Join(e.instance.Close(), e.pool.Close()) }

// errStuck says that the engine did not come back from a file and can be used no more.
var errStuck = refuse("PDF đọc mãi không xong", "lấy bản khác; tệp này có thể hỏng")

// readPDF takes the text layer of a PDF apart into lines. The engine cannot be stopped inside a
// file, except at three times the price for all; when it takes too long it is left behind.
func (e *pdfEngine) readPDF(ctx context.Context, data []byte) (*source, error) {
	type result struct {
		s   *source
		err error
	}
	done := make(chan result, 1)
	go func() {
		s, err := e.read(ctx, data)
		done <- result{s, err}
	}()
	ctx, cancel := context.WithTimeout(ctx, pdfWait)
	defer cancel()
	select {
	case r := <-done:
		return r.s, r.err
	case <-ctx.Done():
		return nil, errStuck
	}
}

func (e *pdfEngine) read(ctx context.Context, data []byte) (*source, error) {
	opened, err := e.instance.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return nil, refuse("PDF có mật khẩu", "lấy bản không khóa")
	case err != nil:
		return nil, refuse("PDF hỏng, không mở được", "tải lại tệp từ trang Công báo")
	}
	defer e.instance.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: opened.Document})
	counted, err := e.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, fmt.Errorf("count pages: %w", err)
	}
	if counted.PageCount > maxPages {
		return nil, refuse(fmt.Sprintf("PDF có %d trang, hơn mức %d", counted.PageCount, maxPages), "tách riêng văn bản cần nhập")
	}
	pages := make([][]line, counted.PageCount)
	for i := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if pages[i], err = e.readPage(opened.Document, i); err != nil {
			return nil, refuse(fmt.Sprintf("PDF hỏng ở trang %d", i+1), "tải lại tệp từ trang Công báo")
		}
	}
	return fromPages(PDF, pages)
}

func (e *pdfEngine) readPage(doc references.FPDF_DOCUMENT, index int) ([]line, error) {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: index}}
	letters, err := e.instance.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: page, Mode: requests.GetPageTextStructuredModeChars,
	})
	if err != nil {
		return nil, err
	}
	// The font is asked for once a run of letters: for each letter it takes ten times as long.
	runs, err := e.instance.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: page, Mode: requests.GetPageTextStructuredModeRects, CollectFontInformation: true,
	})
	if err != nil {
		return nil, err
	}
	var lines []line
	for _, chars := range splitLines(withFonts(letters.Chars, runs.Rects)) {
		if l, ok := lineOf(chars); ok {
			l.place = Place{index + 1, len(lines) + 1}
			lines = append(lines, l)
		}
	}
	return lines, nil
}

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
