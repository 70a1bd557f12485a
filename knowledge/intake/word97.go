package intake

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	convertWait = 90 * time.Second
	maxText     = 32 << 20
)

// converters turn an old Word file into text, the first that is installed. The file lies in the
// directory given, where the text may be written too.
var converters = []struct {
	program string
	args    func(dir, file string) []string
	output  string // the file that is written; empty: standard output
}{
	{"antiword", func(_, file string) []string { return []string{"-m", "UTF-8.txt", "-w", "0", file} }, ""},
	{"soffice", officeArgs, "old.txt"},
	{"libreoffice", officeArgs, "old.txt"},
}

func officeArgs(dir, file string) []string {
	return []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir, file}
}

// readDOC reads a Word 97-2003 file through a program that can, within a time limit and in a
// directory of its own.
func readDOC(ctx context.Context, data []byte) (*source, error) {
	failed := ""
	for _, c := range converters {
		path, err := exec.LookPath(c.program)
		if err != nil {
			continue
		}
		text, err := convert(ctx, path, c.args, c.output, data)
		if err != nil {
			failed = c.program
			continue
		}
		s, err := readText(text)
		if err != nil {
			return nil, err
		}
		s.format, s.lines = DOC, cells(s.lines)
		s.doubt(Place{}, "đọc qua "+c.program+": số tự động và bảng có thể thiếu, nên so với bản gốc")
		return s, nil
	}
	if failed != "" {
		return nil, refuse("tệp Word đời cũ (.doc) mà "+failed+" không đọc được", "mở bằng Word và lưu lại thành .docx")
	}
	return nil, refuse("tệp Word đời cũ (.doc), máy này chưa có chương trình đọc", "cài antiword hoặc LibreOffice, hoặc mở bằng Word và lưu lại thành .docx")
}

func convert(ctx context.Context, program string, args func(dir, file string) []string, output string, data []byte) (text []byte, err error) {
	dir, err := os.MkdirTemp("", "policyimport-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, "old.doc")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, convertWait)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args(dir, file)...)
	cmd.Dir = dir
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	if output != "" {
		if out, err = os.ReadFile(filepath.Join(dir, output)); err != nil {
			return nil, err
		}
	}
	if len(out) > maxText {
		return nil, errTooLarge
	}
	return out, nil
}

// cells takes the rows of tables apart, which antiword prints between upright strokes.
func cells(lines []line) []line {
	var all []line
	for _, l := range lines {
		if !strings.HasPrefix(l.text, "|") {
			all = append(all, l)
			continue
		}
		for cell := range strings.SplitSeq(l.text, "|") {
			if cell = strings.TrimSpace(cell); cell != "" {
				all = append(all, line{text: cell, place: l.place, table: 1})
			}
		}
	}
	return all
}
