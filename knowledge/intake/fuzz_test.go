package intake_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"policybot/knowledge"
	"policybot/knowledge/intake"
)

// readAll reads whatever bytes, and checks what holds of every document.
func readAll(t *testing.T, name string, data []byte) {
	var r intake.Reader
	documents, err := r.Read(context.Background(), name, data)
	if err != nil {
		return
	}
	for _, d := range documents {
		inOrder(t, d)
	}
	loads(t, name, documents)
}

// loads checks that the draft of documents is one that the loader takes.
func loads(t *testing.T, name string, documents []*intake.Document) {
	t.Helper()
	var draft bytes.Buffer
	if err := intake.WriteDraft(&draft, name, documents); err != nil {
		t.Fatal(err)
	}
	if _, err := knowledge.LoadDocuments(fstest.MapFS{"a.yaml": {Data: draft.Bytes()}}); err != nil {
		t.Fatalf("the draft does not load: %v\n%s", err, draft.String())
	}
}

// inOrder checks that no number is there twice in one place, and that the text of every unit comes
// from the source.
func inOrder(t *testing.T, d *intake.Document) {
	seen := map[string]bool{}
	for path, u := range intake.All(d.Units) {
		name := ""
		for _, p := range path {
			if u.Level != intake.Article { // articles are numbered through the document
				name += p.Name() + "/"
			}
		}
		name += u.Name()
		if u.Level >= intake.Article && seen[name] {
			t.Fatalf("%s is there twice:\n%s", name, outline(d.Units))
		}
		seen[name] = true
		if strings.ContainsRune(u.Text, 0) {
			t.Fatalf("%s has a byte of zero", name)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte(decree))
	f.Add([]byte("Số: 1/2030/NĐ-CP\nĐiều 1. A\n1. “B\n2. C”\na) D\nđ) E\nĐiều 1a. F\nĐiều 2. (bãi bỏ)\nĐiều 2. G"))
	f.Add([]byte("Luật số: 1/2030/QH17\nLUẬT\n\"Điều 1. \"\nĐiều 1. Bổ sung điểm c vào sau điểm b khoản 2 Điều 6 Luật số 2/2020/QH14:\n“c) X"))
	f.Fuzz(func(t *testing.T, data []byte) { readAll(t, "a.txt", data) })
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte(codexPage))
	f.Fuzz(func(t *testing.T, data []byte) { readAll(t, "a.html", data) })
}

func FuzzWord(f *testing.F) {
	f.Add([]byte(wordBody(wordHead, listed(1, 0, "Một"), listed(1, 1, "Hai"), para("Điều 2. Ba"))), []byte(numberingXML))
	f.Add([]byte(wordBody("<w:tbl><w:del><w:p>", para("Điều 1. A"))), []byte("<w:num w:numId='1'><w:lvlOverride w:ilvl='99'/></w:num>"))
	f.Fuzz(func(t *testing.T, document, numbering []byte) {
		readAll(t, "a.docx", wordFile(t, map[string]string{"word/document.xml": string(document), "word/numbering.xml": string(numbering)}))
	})
}
