package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const decree = "Số: 77/2030/NĐ-CP\nHà Nội, ngày 01 tháng 3 năm 2030\nNGHỊ ĐỊNH\nVề ghe\nCăn cứ Luật Ghe thuyền;\n" +
	"Điều 1. Phạm vi\n1. Ghe.\n2. Đò.\nĐiều 2. Hiệu lực\nNghị định này có hiệu lực từ ngày 15 tháng 4 năm 2030.\nTM. CHÍNH PHỦ\n"

// call runs the command, and returns what it printed.
func call(args ...string) (stdout, stderr string, err error) {
	var out, errs bytes.Buffer
	err = run(context.Background(), args, &out, &errs)
	return out.String(), errs.String(), err
}

func put(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

func TestSomeFilesFail(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "nhap")
	good, empty, error404 := put(t, dir, "a.txt", decree), put(t, dir, "b.pdf", ""), put(t, dir, "c.pdf", "<html><title>404</title></html>")
	stdout, stderr, err := call(good, empty, "-out", out, error404)
	if err == nil || err.Error() != "2/3 tệp không nhập được" {
		t.Errorf("error %v", err)
	}
	if lines := strings.Split(strings.TrimSpace(stderr), "\n"); len(lines) != 2 ||
		!strings.HasPrefix(lines[0], "policyimport: "+empty+": tệp rỗng") || !strings.HasPrefix(lines[1], "policyimport: "+error404+": tệp mang đuôi .pdf nhưng là trang web (“404”)") {
		t.Errorf("stderr is %q", stderr)
	}
	if got := names(t, out); got != "nd-77-2030.yaml" {
		t.Errorf("written: %q, want the good one and nothing else", got)
	}
	if want := "a.txt  TXT   –      nd-77-2030  2     2      0     0"; !strings.Contains(stdout, want) {
		t.Errorf("the table has no line %q:\n%s", want, stdout)
	}
}

func TestNothingIsWrittenWhenAllFail(t *testing.T) {
	out := filepath.Join(t.TempDir(), "nhap")
	stdout, _, err := call(put(t, t.TempDir(), "a.pdf", "%PDF-1.4 nothing"), "-out", out)
	if err == nil || stdout != "" || names(t, out) != "" {
		t.Errorf("error %v, printed %q, wrote %q", err, stdout, names(t, out))
	}
}

// A draft that somebody has worked on stays as it is.
func TestDraftsAreNotOverwritten(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	file := put(t, dir, "a.txt", decree)
	if _, _, err := call(file, "-out", out); err != nil {
		t.Fatal(err)
	}
	first := filepath.Join(out, "nd-77-2030.yaml")
	if stdout, _, err := call(file, "-out", out); err != nil || !strings.Contains(stdout, "đã có sẵn, không đổi") {
		t.Errorf("again: error %v, printed %s", err, stdout)
	}
	if err := os.WriteFile(first, []byte("công sức của người khác"), 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, _, err := call(file, "-out", out)
	if err != nil || !strings.Contains(stdout, "giữ nguyên bản cũ") {
		t.Errorf("over another: error %v, printed %s", err, stdout)
	}
	if got := names(t, out); got != "nd-77-2030-2.yaml nd-77-2030.yaml" {
		t.Errorf("files are %q", got)
	}
	if text, err := os.ReadFile(first); err != nil || string(text) != "công sức của người khác" {
		t.Errorf("the old draft reads %q, %v", text, err)
	}
}

func TestCompareWithEarlierDraft(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	if _, _, err := call(put(t, dir, "a.txt", decree), "-out", out); err != nil {
		t.Fatal(err)
	}
	newer := put(t, dir, "b.txt", strings.ReplaceAll(decree, "2. Đò.\n", "2. Xuồng.\n"))
	stdout, _, err := call("-against", out, newer, "-out", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if want := "SỬA nd-77-2030/d1/k2, đoạn 8\n    cũ:  Đò.\n    mới: Xuồng.\n"; !strings.Contains(stdout, want) {
		t.Errorf("printed\n%s\nwithout\n%s", stdout, want)
	}
}

func TestUsage(t *testing.T) {
	if _, stderr, err := call("-h"); !errors.Is(err, flag.ErrHelp) || !strings.Contains(stderr, "-against") {
		t.Errorf("-h: error %v, printed %q", err, stderr)
	}
	for _, args := range [][]string{{}, {"-out"}, {"a.pdf", "-nothing"}} {
		if _, _, err := call(args...); !errors.Is(err, errUsage) {
			t.Errorf("%q: error %v, want bad usage", args, err)
		}
	}
	if _, _, err := call("a.pdf", "-against", filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "không có thư mục này") {
		t.Errorf("-against a folder that is not there: %v", err)
	}
	dir := t.TempDir()
	put(t, dir, "a.yaml", "- {id: a, nothing: b}\n- {id: c, nothing: d}\n")
	if _, _, err := call("a.pdf", "-against", dir); err == nil || !strings.Contains(err.Error(), "a.yaml:1: unknown-key: nothing") || strings.Contains(err.Error(), "\n") {
		t.Errorf("-against drafts with faults: %v", err)
	}
}
