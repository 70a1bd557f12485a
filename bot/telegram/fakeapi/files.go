package fakeapi

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"mime"
	"net/http"
	"path"
	"strings"
)

// Telegram's limits on files, in bytes: what a bot may download, and what may be sent as a photo.
const (
	maxDownload = 20 << 20
	maxPhoto    = 10 << 20
)

// A stored file is on Telegram's servers, under its file_id.
type stored struct {
	File File
	Kind string
	Data []byte
}

// store keeps a file of a kind and gives it its identifiers.
func (s *Server) store(kind, name string, data []byte) *stored {
	w := &s.world
	w.NextFile++
	ext := path.Ext(name)
	f := &stored{Kind: kind, Data: data, File: File{
		ID:       fmt.Sprintf("AgAC%s-%d-%d", kind, w.NextFile, w.Bot.ID),
		UniqueID: fmt.Sprintf("AQAD%d", w.NextFile),
		Size:     len(data),
		Path:     fmt.Sprintf("%ss/file_%d%s", kind, w.NextFile, ext),
	}}
	switch kind {
	case "photo":
		if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil {
			f.File.Width, f.File.Height = c.Width, c.Height
		}
	case "document", "audio", "video", "animation":
		f.File.Name = name
		f.File.MimeType = cmp.Or(mime.TypeByExtension(ext), http.DetectContentType(data))
	case "voice":
		f.File.MimeType = "audio/ogg"
	case "sticker":
		f.File.Type, f.File.Width, f.File.Height = "regular", 512, 512
	}
	w.Files[f.File.ID] = f
	return f
}

// attach puts a stored file into a message. A photo comes in two sizes, the whole one last.
func (m *Message) attach(s *Server, f *stored) {
	file := f.File
	file.Path = ""
	switch f.Kind {
	case "photo":
		small := file
		small.ID, small.UniqueID = file.ID+"-s", file.UniqueID+"s"
		small.Width, small.Height = max(file.Width/4, 1), max(file.Height/4, 1)
		s.world.Files[small.ID] = f
		m.Photo = []File{small, file}
	case "document":
		m.Document = &file
	case "voice":
		m.Voice = &file
	case "audio":
		m.Audio = &file
	case "video":
		m.Video = &file
	case "animation":
		m.Animation = &file
	case "video_note":
		m.VideoNote = &file
	case "sticker":
		m.Sticker = &file
	}
}

// file is the message's medium, or nil.
func (m *Message) file() *File {
	if n := len(m.Photo); n > 0 {
		return &m.Photo[n-1]
	}
	return cmp.Or(m.Document, m.Voice, m.Audio, m.Video, m.Animation, m.VideoNote, m.Sticker)
}

// media is the method that sends one kind of file, uploaded or by file_id.
func media(kind string) func(*Server, *call) (any, error) {
	return func(s *Server, c *call) (any, error) {
		to, err := s.writable(c)
		if err != nil {
			return nil, err
		}
		m := &Message{}
		if m.Caption, m.CaptionEntities, err = c.messageCaption(); err != nil {
			return nil, err
		}
		f, err := s.fileOf(c, kind)
		if err != nil {
			return nil, err
		}
		f.File.Duration = max(f.File.Duration, int(c.num("duration")))
		m.attach(s, f)
		return s.send(c, to, m)
	}
}

// fileOf finds the file a call sends: in the request, or on the servers.
func (s *Server) fileOf(c *call, kind string) (*stored, error) {
	ref := c.params[kind]
	up, ok := c.files[kind]
	if name, isAttached := strings.CutPrefix(ref, "attach://"); isAttached {
		up, ok = c.files[name]
	}
	if ok {
		if err := checkUpload(kind, up); err != nil {
			return nil, err
		}
		return s.store(kind, up.name, up.data), nil
	}
	f := s.world.Files[ref]
	switch {
	case ref == "":
		return nil, bad("there is no %s in the request", kind)
	case strings.HasPrefix(ref, "http://"), strings.HasPrefix(ref, "https://"):
		return nil, bad("failed to get HTTP URL content")
	case f == nil:
		return nil, bad("wrong file identifier/HTTP URL specified")
	case f.Kind != kind:
		return nil, bad("can't use file of type %s as %s", title(f.Kind), title(kind))
	}
	return f, nil
}

func checkUpload(kind string, up upload) error {
	if len(up.data) == 0 {
		return bad("file must be non-empty")
	}
	if kind != "photo" {
		return nil
	}
	if len(up.data) > maxPhoto {
		return bad("file of size %d bytes is too big for a photo; the maximum size is %d bytes", len(up.data), maxPhoto)
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(up.data))
	switch {
	case err != nil:
		return bad("IMAGE_PROCESS_FAILED")
	case c.Width+c.Height > 10_000 || c.Width > 20*c.Height || c.Height > 20*c.Width:
		return bad("PHOTO_INVALID_DIMENSIONS")
	}
	return nil
}

func title(kind string) string { return strings.ToUpper(kind[:1]) + kind[1:] }

func (s *Server) getFile(c *call) (any, error) {
	f := s.world.Files[c.params["file_id"]]
	switch {
	case f == nil:
		return nil, bad("invalid file_id")
	case f.File.Size > maxDownload:
		return nil, bad("file is too big")
	}
	return File{ID: c.params["file_id"], UniqueID: f.File.UniqueID, Size: f.File.Size, Path: f.File.Path}, nil
}

// download serves what getFile pointed to.
func (s *Server) download(at string) response {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.world.Files {
		if f.File.Path == at {
			return response{http.StatusOK, "application/octet-stream", f.Data}
		}
	}
	return (&apiError{Code: http.StatusNotFound, Description: "Not Found"}).response()
}

// File returns the content of a file by its file_id, for the people's phones.
func (s *Server) File(id string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.world.Files[id]
	if f == nil {
		return nil, false
	}
	return f.Data, true
}
