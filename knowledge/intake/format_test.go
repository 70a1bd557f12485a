package intake_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"policybot/knowledge/intake"
)

// Each file is refused in one line that says what it is and what to do.
func TestRefused(t *testing.T) {
	const ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	t.Setenv("PATH", t.TempDir()) // no converter is installed
	for _, test := range []struct{ name, data, want string }{
		{"a.pdf", "", "tệp rỗng"},
		{"a.pdf", "\x00\x00\x00\x00", "không nhận ra loại tệp"},
		{"a.pdf", "<!DOCTYPE html><title>404 - Not found</title><p>Không có</p>", "là trang web (“404 - Not found”)"},
		{"a.docx", ole + "Word", "là Word đời cũ"},
		{"a.doc", ole + "Word", "cài antiword"},
		{"a.doc", ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", "mật khẩu"},
		{"a.html", "%PDF-1.4", "là PDF"},
		{"a.jpg", "\xff\xd8\xff\xe0", "tệp ảnh"},
		{"a.html", "<html><title>Tin tức</title><p>Hôm nay trời mưa.</p></html>", "“Tin tức” không phải văn bản luật"},
		{"a.txt", "Kính gửi bà con", "không thấy số hiệu"},
		{"a.txt", "LuËt ghe thuyÒn\n§iÒu 1. Ph¹m vi", "bảng mã cũ TCVN3"},
	} {
		var r intake.Reader
		_, err := r.Read(context.Background(), test.name, []byte(test.data))
		if _, refused := errors.AsType[*intake.RefusedError](err); !refused || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s %.20q: error %v, want a refusal with %q", test.name, test.data, err, test.want)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: the refusal is more than a line: %q", test.name, err)
		}
	}
}

func TestRefusedFiles(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large.pdf")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 200<<20); err != nil {
		t.Fatal(err)
	}
	var r intake.Reader
	for name, want := range map[string]string{dir: "thư mục", large: "200 MB", filepath.Join(dir, "none.pdf"): "không có tệp"} {
		if _, err := r.File(context.Background(), name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", name, err, want)
		}
	}
}

// An old Word file goes through the program that is installed; here one that prints a decree.
func TestOldWord(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Replace(decree, "Số: 77/2030/NĐ-CP\nCỘNG HÒA", "|Số: 77/2030/NĐ-CP   |CỘNG HÒA", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nexec /bin/cat " + text + "\n"
	if err := os.WriteFile(filepath.Join(dir, "antiword"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	d := read(t, "a.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	if d.Number != "77/2030/NĐ-CP" || intake.Count(d.Units, intake.Article) != 4 || d.Format != intake.DOC {
		t.Errorf("read %s with %d articles as %s", d.Number, intake.Count(d.Units, intake.Article), d.Format)
	}
}
