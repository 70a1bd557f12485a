package intake

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// parsePage parses a web page in whatever encoding it declares, unless it is UTF-8 all the same.
func parsePage(data []byte) (*html.Node, error) {
	if utf8.Valid(data) {
		return html.Parse(bytes.NewReader(data))
	}
	r, err := charset.NewReader(bytes.NewReader(data), "text/html")
	if err != nil {
		return nil, refuse("trang web không rõ bảng mã", "mở bằng trình duyệt rồi lưu lại")
	}
	return html.Parse(r)
}

// pageTitle returns the title of a web page; empty when it has none.
func pageTitle(data []byte) string {
	root, err := parsePage(data)
	if err != nil {
		return ""
	}
	title := ""
	eachNode(root, func(n *html.Node) bool {
		if n.DataAtom == atom.Title && title == "" {
			title = clean(textOf(n))
		}
		return title == ""
	})
	if letters := []rune(title); len(letters) > 80 {
		title = string(letters[:80]) + "…"
	}
	return title
}

// eachNode visits nodes in the order of the page; visit says whether to go into a node.
func eachNode(n *html.Node, visit func(*html.Node) bool) {
	if !visit(n) {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		eachNode(c, visit)
	}
}

func textOf(n *html.Node) string {
	var b strings.Builder
	eachNode(n, func(n *html.Node) bool {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		return true
	})
	return b.String()
}

// readHTML reads the paragraphs of a web page, each with the class it has.
func readHTML(root *html.Node) (*source, []string) {
	w := &pageWalker{source: &source{format: HTML}}
	w.node(root, style{})
	w.flush()
	return w.source, w.classes
}

// style is what a node has from those around it.
type style struct {
	bold, raised bool
	table        int
	class        string
}

// pageWalker gathers the paragraphs of a page.
type pageWalker struct {
	*source
	classes []string // of each line
	text    strings.Builder
	at      style // of the paragraph being gathered
	letters int
	bold    int
}

// unread are elements that are no part of the text of a page.
var unread = []atom.Atom{atom.Script, atom.Style, atom.Head, atom.Nav, atom.Noscript, atom.Template, atom.Iframe,
	atom.Form, atom.Button, atom.Select, atom.Svg, atom.Object, atom.Textarea}

var blocks = []atom.Atom{atom.P, atom.Div, atom.Li, atom.Tr, atom.Td, atom.Th, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4,
	atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Blockquote,
	atom.Pre, atom.Center, atom.Dd, atom.Dt, atom.Body, atom.Hr, atom.Br}

func (w *pageWalker) node(n *html.Node, at style) {
	switch {
	case n.Type == html.TextNode:
		w.write(n.Data, at)
		return
	case n.Type == html.ElementNode && (slices.Contains(unread, n.DataAtom) || isHidden(n)):
		return
	case n.Type != html.ElementNode && n.Type != html.DocumentNode:
		return
	}
	block := slices.Contains(blocks, n.DataAtom)
	if block {
		w.flush()
	}
	at = at.in(n)
	start := len(w.lines)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, at)
	}
	if block {
		w.flush()
	}
	if n.DataAtom == atom.Table {
		releaseLayout(w.lines[start:], at.table)
	}
}

func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "style" && strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none") {
			return true
		}
	}
	return false
}

func (at style) in(n *html.Node) style {
	switch n.DataAtom {
	case atom.B, atom.Strong, atom.H1, atom.H2, atom.H3, atom.H4:
		at.bold = true
	case atom.Table:
		at.table++
	case atom.Sup:
		at.raised = true
	}
	if slices.Contains(blocks, n.DataAtom) {
		at.class = ""
		for _, a := range n.Attr {
			if a.Key == "class" {
				at.class = a.Val
			}
		}
	}
	return at
}

// noteCall is how pages call a footnote.
var noteCall = regexp.MustCompile(`^\[\d{1,3}\]$`)

func (w *pageWalker) write(s string, at style) {
	if noteCall.MatchString(strings.TrimSpace(s)) {
		return
	}
	if mark := strings.Trim(strings.TrimSpace(s), "[]()"); at.raised && isDigits(mark) {
		before := []rune(w.text.String())
		s = ""
		if len(before) > 0 {
			s = raisedUnit(string(before[len(before)-1]), mark)
		}
	}
	if strings.TrimSpace(s) != "" {
		w.at.table, w.at.class = at.table, at.class
		w.letters += len(s)
		if at.bold {
			w.bold += len(s)
		}
	}
	w.text.WriteString(s)
}

func (w *pageWalker) flush() {
	text := clean(w.text.String())
	w.text.Reset()
	if text != "" && strings.Trim(text, "_-–—*. ") != "" {
		w.lines = append(w.lines, line{
			text: text, place: Place{Line: len(w.lines) + 1}, flow: begins, table: w.at.table,
			bold: w.letters > 0 && w.bold*2 > w.letters,
		})
		w.classes = append(w.classes, w.at.class)
	}
	w.at, w.letters, w.bold = style{}, 0, 0
}
