package intake

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Format is what a file really is, whatever its name says.
type Format string

// The formats that can be told apart.
const (
	PDF     Format = "PDF"
	DOCX    Format = "DOCX"
	DOC     Format = "DOC" // Word 97-2003, an OLE file
	HTML    Format = "HTML"
	Text    Format = "TXT"
	Zip     Format = "ZIP"   // a zip file that is no Word document
	Image   Format = "IMAGE" // a picture, as of a scanned page
	Unknown Format = ""
)

// suffixes are the endings that names of files of a format have.
var suffixes = map[Format][]string{
	PDF:  {".pdf"},
	DOCX: {".docx", ".docm"},
	DOC:  {".doc"},
	HTML: {".html", ".htm", ".xhtml"},
	Text: {".txt"},
}

// RefusedError says why a file cannot be imported: what it is, and what to do about it. It reads in
// Vietnamese, for policy staff.
type RefusedError struct {
	What string // what the file is: "bản quét, không có lớp chữ"
	Do   string // what to do: "tìm bản Word …"
}

// Error is one line: what the file is, and what to do.
func (e *RefusedError) Error() string { return e.What + ": " + e.Do }

func refuse(what, do string) error { return &RefusedError{what, do} }

// inUTF8 turns what Windows calls Unicode text, UTF-16 with a byte order mark, into UTF-8. Other
// files stay as they are.
func inUTF8(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return data
	}
	units := make([]uint16, len(data)/2-1)
	for i := range units {
		units[i] = order.Uint16(data[2*i+2:])
	}
	return []byte(string(utf16.Decode(units)))
}

// sniff tells the format of a file from its content.
func sniff(data []byte) Format {
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 4096)], []byte("\xef\xbb\xbf")), " \t\r\n\x00")
	switch {
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return PDF
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		if bytes.Contains(data, []byte("word/document")) {
			return DOCX
		}
		return Zip
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return DOC
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")), bytes.HasPrefix(data, []byte("\x89PNG")),
		bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")), bytes.HasPrefix(data, []byte("GIF8")):
		return Image
	case isMarkup(head):
		return HTML
	case len(head) > 0 && utf8.Valid(data) && !bytes.ContainsRune(data, 0):
		return Text
	}
	return Unknown
}

func isMarkup(head []byte) bool {
	low := bytes.ToLower(head)
	if !bytes.HasPrefix(low, []byte("<")) {
		return false
	}
	return slices.ContainsFunc([]string{"<!doctype html", "<html", "<head", "<body", "<div", "<p", "<link", "<table", "<h1", "<h3", "<meta", "<span"},
		func(tag string) bool { return bytes.Contains(low, []byte(tag)) })
}

// recognise compares what a file is with what its name says, and refuses what cannot be read.
func recognise(name string, data []byte) (Format, error) {
	if len(data) == 0 {
		return Unknown, refuse("tệp rỗng (0 byte)", "tải lại văn bản")
	}
	format := sniff(data)
	switch format {
	case Unknown:
		return Unknown, refuse("không nhận ra loại tệp", "chỉ đọc được PDF có chữ, Word (.docx) và trang HTML")
	case Image:
		return Unknown, refuse("tệp ảnh, không có chữ để đọc", "tìm bản Word hoặc bản PDF có lớp chữ")
	case Zip:
		return Unknown, refuse("tệp nén ZIP, bên trong không phải văn bản Word", "giải nén rồi đưa từng tệp PDF, DOCX hoặc HTML")
	case DOC:
		if isEncryptedOffice(data) {
			return Unknown, refuse("tệp Word có mật khẩu", "mở bằng Word, bỏ mật khẩu rồi lưu lại")
		}
	}
	ending := strings.ToLower(filepath.Ext(name))
	if slices.Contains(suffixes[format], ending) || !isKnownEnding(ending) {
		return format, nil
	}
	return Unknown, refuse(mislabelled(format, ending, data))
}

func isKnownEnding(ending string) bool {
	for _, all := range suffixes {
		if slices.Contains(all, ending) {
			return true
		}
	}
	return false
}

func mislabelled(format Format, ending string, data []byte) (what, do string) {
	switch format {
	case HTML:
		title := pageTitle(data)
		if title != "" {
			title = " (“" + title + "”)"
		}
		return fmt.Sprintf("tệp mang đuôi %s nhưng là trang web%s", ending, title),
			"thường là trang báo lỗi; tải lại văn bản, hoặc đổi đuôi thành .html nếu đúng là văn bản"
	case DOC:
		return fmt.Sprintf("tệp mang đuôi %s nhưng là Word đời cũ (.doc)", ending),
			"mở bằng Word hoặc LibreOffice và lưu lại thành .docx"
	}
	return fmt.Sprintf("tệp mang đuôi %s nhưng là %s", ending, format),
		fmt.Sprintf("đổi đuôi thành %s nếu đúng là văn bản cần nhập", suffixes[format][0])
}

// isEncryptedOffice reports whether an OLE file is the wrapping of an encrypted Office document: it
// then has a stream of that name, in UTF-16.
func isEncryptedOffice(data []byte) bool {
	return bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"))
}
