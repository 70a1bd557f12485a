package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"policybot/knowledge/intake"
)

// write puts the draft of a file into a folder. A draft that lies there already and reads
// differently may hold somebody's work: it stays, and the new one gets a name of its own.
func write(dir, source string, documents []*intake.Document) (path, note string, err error) {
	var text bytes.Buffer
	if err := intake.WriteDraft(&text, filepath.Base(source), documents); err != nil {
		return "", "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", "", fmt.Errorf("tạo thư mục: %w", err)
	}
	base := filepath.Join(dir, draftName(source, documents))
	for n := 1; ; n++ {
		path = base + ".yaml"
		if n > 1 {
			path = fmt.Sprintf("%s-%d.yaml", base, n)
		}
		old, err := os.ReadFile(path)
		switch {
		case errors.Is(err, os.ErrNotExist):
			if n > 1 {
				note = "đã có bản nháp khác cùng tên: giữ nguyên bản cũ, ghi bản này sang tên mới"
			}
			return path, note, writeNew(path, text.Bytes())
		case err != nil:
			return "", "", err
		case bytes.Equal(old, text.Bytes()):
			return path, "bản nháp đã có sẵn, không đổi", nil
		}
	}
}

// draftName is named after the document, or after the page when it holds many.
func draftName(source string, documents []*intake.Document) string {
	if len(documents) == 1 {
		return string(documents[0].ID)
	}
	base := filepath.Base(source)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// writeNew writes a file that is there as a whole or not at all, and never over another one.
func writeNew(path string, text []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".nhap-*")
	if err != nil {
		return err
	}
	defer func() {
		if gone := os.Remove(f.Name()); !errors.Is(gone, os.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}()
	_, err = f.Write(text)
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = os.Link(f.Name(), path); err == nil || errors.Is(err, os.ErrExist) {
		return err
	}
	return os.Rename(f.Name(), path) // the file system has no links
}
