package fakeapi

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// htmlTags are the tags Telegram knows, with the entity each makes.
var htmlTags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"span": "spoiler", "tg-spoiler": "spoiler", "tg-emoji": "custom_emoji", "tg-time": "date_time",
	"a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}

// An htmlParser reads Telegram's HTML: not a subset of real HTML but a grammar of its own, with
// error messages that name byte offsets.
type htmlParser struct {
	src      string
	pos      int
	out      strings.Builder
	units    int // UTF-16 units in out
	open     []openTag
	entities []Entity
}

// A parseError is what follows "can't parse entities: " in Telegram's answer, which is why it begins
// with a capital letter.
type parseError string

func (e parseError) Error() string { return string(e) }

func unparsable(format string, args ...any) error { return parseError(fmt.Sprintf(format, args...)) }

type openTag struct {
	name       string
	attrs      map[string]string
	units, out int // where its text begins, in UTF-16 units and in bytes of out
}

// parseHTML returns the text without tags, and its entities. The error is Telegram's text after
// "can't parse entities: ".
func parseHTML(src string) (string, []Entity, error) {
	p := &htmlParser{src: src}
	for p.pos < len(src) {
		var err error
		switch {
		case strings.HasPrefix(src[p.pos:], "</"):
			err = p.endTag()
		case src[p.pos] == '<':
			err = p.startTag()
		default:
			p.text()
		}
		if err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, unparsable("Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	for i := range p.entities {
		if p.entities[i].Type == "code" { // kept until here for the <pre> around it
			p.entities[i].Language = ""
		}
	}
	text := p.out.String()
	if !utf8.ValidString(text) {
		return "", nil, unparsable("Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units")
	}
	return text, p.entities, nil
}

// text copies one character, or one character reference.
func (p *htmlParser) text() {
	r, size := p.reference()
	if size == 0 {
		r, size = utf8.DecodeRuneInString(p.src[p.pos:])
	}
	p.pos += size
	if 0xD800 <= r && r <= 0xDFFF {
		p.out.WriteByte(0xFF) // makes the text invalid, which is reported at the end
		return
	}
	p.out.WriteRune(r)
	p.units += units(r)
}

// reference reads &lt; &gt; &amp; &quot; &apos; and numbers, the semicolon being optional; size 0
// means that there is none, and the ampersand stands for itself.
func (p *htmlParser) reference() (r rune, size int) {
	s := p.src[p.pos:]
	if s[0] != '&' {
		return 0, 0
	}
	var end int
	if strings.HasPrefix(s, "&#") {
		base, start := 10, 2
		if strings.HasPrefix(s, "&#x") {
			base, start = 16, 3
		}
		end = start + span(s[start:], func(c byte) bool { return isDigit(c) || base == 16 && isHex(c) })
		n, err := strconv.ParseInt(s[start:end], base, 32)
		if err != nil || n == 0 || n >= 0x10FFFF || end >= 10 {
			return 0, 0
		}
		r = rune(n)
	} else {
		end = 1 + span(s[1:], isLetter)
		known := map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"', "apos": '\''}
		if r = known[s[1:end]]; r == 0 {
			return 0, 0
		}
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	return r, end
}

func (p *htmlParser) startTag() error {
	begin := p.pos
	p.pos++
	name := strings.ToLower(p.token(func(c byte) bool { return !isSpace(c) && c != '>' }))
	if p.pos == len(p.src) {
		return unparsable("Unclosed start tag at byte offset %d", begin)
	}
	if _, ok := htmlTags[name]; !ok {
		return unparsable("Unsupported start tag %q at byte offset %d", name, begin)
	}
	tag := openTag{name: name, attrs: map[string]string{}, units: p.units, out: p.out.Len()}
	for {
		p.space()
		if p.pos < len(p.src) && p.src[p.pos] == '>' {
			p.pos++
			break
		}
		if err := p.attribute(tag, begin); err != nil {
			return err
		}
	}
	if name == "span" && tag.attrs["class"] != "tg-spoiler" {
		return unparsable(`Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	}
	p.open = append(p.open, tag)
	return nil
}

// attribute reads name=value. Of all attributes only expandable may go without a value.
func (p *htmlParser) attribute(tag openTag, begin int) error {
	unclosed := unparsable("Unclosed start tag %q at byte offset %d", tag.name, begin)
	if p.pos == len(p.src) {
		return unclosed
	}
	name := p.token(func(c byte) bool { return !isSpace(c) && c != '=' && c != '>' })
	if name == "" {
		return unparsable("Empty attribute name in the tag %q at byte offset %d", tag.name, begin)
	}
	p.space()
	if p.pos == len(p.src) || p.src[p.pos] != '=' {
		if tag.name == "blockquote" && name == "expandable" {
			tag.attrs[name] = "1"
			return nil
		}
		return unparsable("Expected equal sign in declaration of an attribute of the tag %q at byte offset %d", tag.name, begin)
	}
	p.pos++
	p.space()
	if p.pos == len(p.src) {
		return unclosed
	}
	value, err := p.value()
	if err != nil {
		return err
	}
	if p.pos == len(p.src) {
		return unparsable("Unclosed start tag at byte offset %d", begin)
	}
	tag.attrs[name] = value
	return nil
}

// value reads an attribute's value, quoted or a plain token.
func (p *htmlParser) value() (string, error) {
	quote, begin := p.src[p.pos], p.pos
	if quote != '"' && quote != '\'' {
		v := p.token(func(c byte) bool { return isLetter(c) || isDigit(c) || c == '.' || c == '-' })
		if p.pos < len(p.src) && !isSpace(p.src[p.pos]) && p.src[p.pos] != '>' {
			return "", unparsable("Unexpected end of name token at byte offset %d", begin)
		}
		return strings.ToLower(v), nil
	}
	var v strings.Builder
	for p.pos++; p.pos < len(p.src) && p.src[p.pos] != quote; {
		if r, size := p.reference(); size > 0 {
			v.WriteRune(r)
			p.pos += size
			continue
		}
		v.WriteByte(p.src[p.pos])
		p.pos++
	}
	if p.pos < len(p.src) {
		p.pos++
	}
	return v.String(), nil
}

func (p *htmlParser) endTag() error {
	begin := p.pos
	if len(p.open) == 0 {
		return unparsable("Unexpected end tag at byte offset %d", begin)
	}
	p.pos += 2
	name := strings.ToLower(p.token(func(c byte) bool { return !isSpace(c) && c != '>' }))
	p.space()
	if p.pos == len(p.src) || p.src[p.pos] != '>' {
		return unparsable("Unclosed end tag at byte offset %d", begin)
	}
	p.pos++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name { // </> closes whatever is open
		return unparsable("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	if p.units > tag.units {
		p.close(tag)
	}
	return nil
}

// close makes the entity of a tag that has text in it.
func (p *htmlParser) close(tag openTag) {
	e := Entity{Type: htmlTags[tag.name], Offset: tag.units, Length: p.units - tag.units}
	switch tag.name {
	case "a":
		if e = link(e, tag.attrs["href"], p.out.String()[tag.out:]); e.Type == "" {
			return // a wrong address is no error: the text stays, the link goes
		}
	case "blockquote":
		if tag.attrs["expandable"] != "" {
			e.Type = "expandable_blockquote"
		}
	case "tg-emoji":
		e.CustomEmojiID = tag.attrs["emoji-id"]
	case "tg-time":
		e.UnixTime, _ = strconv.ParseInt(tag.attrs["unix"], 10, 64)
	case "code":
		e.Language, _ = strings.CutPrefix(tag.attrs["class"], "language-")
	case "pre": // <pre><code class="language-x"> is one entity
		if n := len(p.entities); n > 0 {
			if last := p.entities[n-1]; last.Type == "code" && last.Offset == e.Offset && last.Length == e.Length && last.Language != "" {
				e.Language = last.Language
				p.entities = p.entities[:n-1]
			}
		}
	}
	p.entities = append(p.entities, e)
}

// link makes a link of an entity; without an address the text is the address. The type is empty
// when Telegram would drop the link.
func link(e Entity, href, text string) Entity {
	if href == "" {
		href = text
	}
	if id, ok := strings.CutPrefix(href, "tg://user?id="); ok {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return Entity{}
		}
		e.Type, e.User = "text_mention", &User{ID: n}
		return e
	}
	if !strings.Contains(href, "://") {
		href = "http://" + href
	}
	u, err := url.Parse(href)
	known := err == nil && slices.Contains([]string{"http", "https", "tg", "ton", "ftp"}, u.Scheme)
	if !known || u.Scheme != "tg" && !strings.Contains(u.Hostname(), ".") && u.Hostname() != "localhost" {
		return Entity{}
	}
	if u.Path == "" && u.Scheme != "tg" {
		u.Path = "/"
	}
	e.URL = u.String()
	return e
}

func (p *htmlParser) token(in func(byte) bool) string {
	n := span(p.src[p.pos:], in)
	p.pos += n
	return p.src[p.pos-n : p.pos]
}

func (p *htmlParser) space() { p.token(isSpace) }

// span counts the leading bytes of s that are in the set.
func span(s string, in func(byte) bool) int {
	for i := range len(s) {
		if !in(s[i]) {
			return i
		}
	}
	return len(s)
}

func isSpace(c byte) bool  { return c == ' ' || '\t' <= c && c <= '\r' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isHex(c byte) bool    { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
