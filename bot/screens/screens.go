// Package screens holds what residents read around the answers: the templates of the bot's own
// words, in Telegram's HTML.
package screens

import (
	"embed"
	"fmt"
	"html/template"
	"strings"
)

//go:embed *.html
var files embed.FS

var all = template.Must(template.ParseFS(files, "*.html"))

// Write fills the named screen. Everything in data is escaped.
func Write(name string, data any) (string, error) {
	var b strings.Builder
	if err := all.ExecuteTemplate(&b, name+".html", data); err != nil {
		return "", fmt.Errorf("screen %s: %w", name, err)
	}
	return strings.TrimSpace(b.String()), nil
}
