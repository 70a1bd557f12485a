package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
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

// Close stops the engine.
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
	late := time.NewTimer(pdfWait)
	defer late.Stop()
	select {
	case r := <-done:
		return r.s, r.err
	case <-late.C:
		return nil, errStuck
	case <-ctx.Done():
		return nil, ctx.Err()
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
