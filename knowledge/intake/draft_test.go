package intake_test

import (
	"bytes"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"policybot/knowledge"
	"policybot/knowledge/content"
	"policybot/knowledge/intake"
)

// besides returns the content with a draft among its documents.
func besides(t *testing.T, draft []byte) fs.FS {
	t.Helper()
	files := fstest.MapFS{"documents/nhap.yaml": {Data: draft}}
	err := fs.WalkDir(content.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(content.FS, name)
		files[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestDraftLoadsBesideTheContent(t *testing.T) {
	var draft bytes.Buffer
	d := read(t, "nghi-dinh.txt", []byte(decree))
	if err := intake.WriteDraft(&draft, "nghi: định #1.txt", []*intake.Document{d}); err != nil {
		t.Fatal(err)
	}
	l, err := knowledge.Load(besides(t, draft.Bytes()))
	if err != nil {
		t.Fatalf("%v\n%s", err, draft.String())
	}
	got := l.Document("nd-77-2030")
	if got == nil || got.Number != d.Number || got.Title != d.Title || got.Confidence != knowledge.Unconfirmed || !got.ConfirmedOn.IsZero() {
		t.Fatalf("the draft reads as %+v", got)
	}
	p := l.Provision("nd-77-2030/d2/k2/c")
	if p == nil || p.Text != "Cháu." || p.Summary != "" {
		t.Errorf("provision reads as %+v", p)
	}
	if p := l.Provision("nd-77-2030/d2/k1"); p == nil || p.Applies.From.String() != "2031-01-01" {
		t.Errorf("the exception is lost: %+v", p)
	}
	if p := l.Provision("nd-77-2030/d3/k1"); p == nil || p.Text != "Sửa đổi, bổ sung Điều 4 như sau:\n“Điều 4. Vé 1. Vé 10.000 đồng một lượt.\n2. Trẻ em 5.000 đồng.”." {
		t.Errorf("the quoted words read as %+v", p)
	}
}

// What content cannot name, as a point right under an article, goes into the text around it.
func TestDraftKeepsUnnameableUnits(t *testing.T) {
	d := read(t, "a.txt", []byte("Số: 1/2030/NĐ-CP\nNGHỊ ĐỊNH\nVề ghe\nCăn cứ Luật;\nĐiều 1. Gồm:\na) ghe;\nb) đò.\nĐiều 2. Hết.\n"))
	var draft bytes.Buffer
	if err := intake.WriteDraft(&draft, "a.txt", []*intake.Document{d}); err != nil {
		t.Fatal(err)
	}
	l, err := knowledge.LoadDocuments(fstest.MapFS{"a.yaml": {Data: draft.Bytes()}})
	if err != nil {
		t.Fatal(err)
	}
	if p := l.Provision("nd-1-2030/d1"); p == nil || p.Text != "Gồm:\na) ghe;\nb) đò." {
		t.Errorf("provision reads as %+v", p)
	}
}

// A clause that has days of its own keeps them, whatever is said of its article.
func TestDraftTakesTheNarrowestDays(t *testing.T) {
	d := read(t, "a.txt", []byte("Số: 1/2030/NĐ-CP\nNGHỊ ĐỊNH\nVề ghe\nCăn cứ Luật;\nĐiều 1. Ghe.\n1. Một.\n2. Hai.\nĐiều 2. Hiệu lực\n"+
		"1. Nghị định này có hiệu lực từ ngày 01 tháng 5 năm 2030.\n2. Khoản 2 Điều 1 của Nghị định này có hiệu lực từ ngày 01 tháng 01 năm 2031.\n"+
		"3. Điều 1 của Nghị định này có hiệu lực từ ngày 01 tháng 6 năm 2030.\n"))
	var draft bytes.Buffer
	if err := intake.WriteDraft(&draft, "a.txt", []*intake.Document{d}); err != nil {
		t.Fatal(err)
	}
	l, err := knowledge.LoadDocuments(fstest.MapFS{"a.yaml": {Data: draft.Bytes()}})
	if err != nil {
		t.Fatalf("%v\n%s", err, draft.String())
	}
	for id, want := range map[knowledge.ProvisionID]string{"nd-1-2030/d1/k1": "2030-06-01…", "nd-1-2030/d1/k2": "2031-01-01…", "nd-1-2030/d2": "2030-05-01…"} {
		if got := l.Provision(id).Applies.String(); got != want {
			t.Errorf("%s applies %s, want %s", id, got, want)
		}
	}
}

// The drafts of all real documents load.
func TestDraftsOfTheGazetteLoad(t *testing.T) {
	dir := gazette(t)
	files, err := fs.Glob(os.DirFS(dir), "html/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(os.DirFS(dir), name)
		if err != nil {
			t.Fatal(err)
		}
		readAll(t, name, data)
	}
}

// A regulation issued with a decision numbers its articles anew: it becomes a document of its own.
func TestDraftOfAttachedRegulation(t *testing.T) {
	d := read(t, "a.txt", []byte(`Số: 3/2030/QĐ-TTg
Hà Nội, ngày 01 tháng 3 năm 2030
QUYẾT ĐỊNH
Ban hành Quy chế đi ghe
Căn cứ Luật Ghe thuyền;
Điều 1. Ban hành kèm theo Quyết định này Quy chế đi ghe.
Điều 2. Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2030.
THỦ TƯỚNG
Trần Văn Lái
QUY CHẾ
Đi ghe
(Ban hành kèm theo Quyết định số 3/2030/QĐ-TTg ngày 01 tháng 3 năm 2030)
Chương I
CHUNG
Điều 1. Giữ trật tự
1. Ngồi yên.
2. Không đứng.
Điều 2. Áo phao
Mặc áo phao.
Phụ lục
Mẫu số 01
Điều 1. Tôi cam kết.
`))
	if got, want := outline(d.Attached[0].Units), "Chương I CHUNG\n  Điều 1 Giữ trật tự\n    khoản 1 | Ngồi yên.\n    khoản 2 | Không đứng.\n  Điều 2 Áo phao | Mặc áo phao.\n"; got != want {
		t.Errorf("attached:\n%s\nwant:\n%s", got, want)
	}
	if len(d.Units) != 2 || len(d.Annexes) != 2 || d.Signer != "Trần Văn Lái" {
		t.Errorf("%d units, annexes %q, signer %q", len(d.Units), d.Annexes, d.Signer)
	}
	var draft bytes.Buffer
	if err := intake.WriteDraft(&draft, "a.txt", []*intake.Document{d}); err != nil {
		t.Fatal(err)
	}
	l, err := knowledge.LoadDocuments(fstest.MapFS{"a.yaml": {Data: draft.Bytes()}})
	if err != nil {
		t.Fatal(err)
	}
	if p := l.Provision("qd-3-2030-ttg-kem-theo/d1/k2"); p == nil || p.Text != "Không đứng." || p.Source() != "3/2030/QĐ-TTg, Điều 1 khoản 2" {
		t.Errorf("provision reads as %+v", p)
	}
}
