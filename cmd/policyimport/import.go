package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"policybot/knowledge"
	"policybot/knowledge/content"
	"policybot/knowledge/intake"
)

// run imports every file. Those that cannot be are named on stderr, one line each; the others are
// written all the same.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	c, err := parse(args, stderr)
	if err != nil {
		return err
	}
	versions, err := earlier(c.against)
	if err != nil {
		return err
	}
	if info, err := os.Stat(c.out); err == nil && !info.IsDir() {
		return fmt.Errorf("%s là một tệp: -out phải là thư mục", c.out)
	}
	var reader intake.Reader
	defer func() { err = errors.Join(err, reader.Close()) }()
	im := &importer{reader: &reader, out: c.out, versions: versions, compare: len(c.against) > 0}
	failed := 0
	for _, name := range c.files {
		if err := im.file(ctx, name); err != nil {
			failed++
			fmt.Fprintf(stderr, "policyimport: %s: %v\n", name, err)
			if ctx.Err() != nil {
				break
			}
		}
	}
	im.report(stdout)
	if failed > 0 {
		return fmt.Errorf("%d/%d tệp không nhập được", failed, len(c.files))
	}
	return nil
}

// earlier loads what the documents are compared with. A folder with documents in it is content;
// one with .yaml files is drafts. Without content, the built-in one says what rests on what.
func earlier(dirs []string) (v intake.Versions, err error) {
	if v.Content, err = knowledge.Load(content.FS); err != nil {
		return v, fmt.Errorf("nội dung đi kèm chương trình: %w", err)
	}
	for _, dir := range dirs {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return v, fmt.Errorf("-against %s: không có thư mục này", dir)
		}
		if _, err := os.Stat(filepath.Join(dir, "documents")); err == nil {
			if v.Content, err = knowledge.Load(os.DirFS(dir)); err != nil {
				return v, fmt.Errorf("-against %s: nội dung có lỗi, chạy policybot check -lang vi -content %s để xem (%w)", dir, dir, first(err))
			}
			continue
		}
		if v.Drafts, err = knowledge.LoadDocuments(os.DirFS(dir)); err != nil {
			return v, fmt.Errorf("-against %s: không phải thư mục nội dung, cũng không phải bản nháp đọc được (%w)", dir, first(err))
		}
	}
	return v, nil
}

// first is the first fault of content, which makes a line; other errors stay as they are.
func first(err error) error {
	if faults, ok := errors.AsType[knowledge.Faults](err); ok && len(faults) > 0 {
		return faults[0]
	}
	return err
}

// importer reads files and remembers what came of each.
type importer struct {
	reader   *intake.Reader
	out      string
	versions intake.Versions
	compare  bool
	done     []imported
}

// imported is what came of one document of a file.
type imported struct {
	file     string
	document *intake.Document
	draft    string // the file written
	note     string // how it was written; empty: as a new file
	changes  []intake.Change
}

func (im *importer) file(ctx context.Context, name string) error {
	documents, err := im.reader.File(ctx, name)
	if err != nil {
		return err
	}
	for _, d := range documents {
		d.Resolve(im.versions.Content)
	}
	path, note, err := write(im.out, name, documents)
	if err != nil {
		return err
	}
	for _, d := range documents {
		one := imported{file: name, document: d, draft: path, note: note}
		if im.compare {
			one.changes = intake.Compare(d, im.versions)
		}
		im.done = append(im.done, one)
	}
	return nil
}
