package fakeapi

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestParseHTMLRefuses(t *testing.T) {
	for src, want := range map[string]string{
		"ô <br>":                          `Unsupported start tag "br" at byte offset 3`,
		"<p>x</p>":                        `Unsupported start tag "p" at byte offset 0`,
		"3 < 4":                           `Unsupported start tag "" at byte offset 2`,
		"<ul><li>":                        `Unsupported start tag "ul" at byte offset 0`,
		"a <b":                            "Unclosed start tag at byte offset 2",
		"<b>x":                            `Can't find end tag corresponding to start tag "b"`,
		"<b><i>x</b></i>":                 `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
		"x</b>":                           "Unexpected end tag at byte offset 1",
		"<b>x</b":                         "Unclosed end tag at byte offset 4",
		"<span>x</span>":                  `Tag "span" must have class "tg-spoiler" at byte offset 0`,
		"<span class='x'>x</span>":        `Tag "span" must have class "tg-spoiler" at byte offset 0`,
		"<i =a>x</i>":                     `Empty attribute name in the tag "i" at byte offset 0`,
		"<i a>x</i>":                      `Expected equal sign in declaration of an attribute of the tag "i" at byte offset 0`,
		"<b expandable>x</b>":             `Expected equal sign in declaration of an attribute of the tag "b" at byte offset 0`,
		"<a href=":                        `Unclosed start tag "a" at byte offset 0`,
		"<a href ":                        `Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0`,
		`<a href="x`:                      "Unclosed start tag at byte offset 0",
		"<a href=http://a.vn>x</a>":       "Unexpected end of name token at byte offset 8",
		"<a href=a,b>x</a>":               "Unexpected end of name token at byte offset 8",
		"&#xD800;":                        "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units",
		"<b>thiếu & <i>đóng</i> <u>x</b>": `Unmatched end tag at byte offset 31, expected "</u>", found "</b>"`,
		"Hộ nghèo: thu nhập <1.500.000 đồng": `Unsupported start tag "1.500.000" at byte offset 24`,
	} {
		text, ents, err := parseHTML(src)
		if err == nil {
			t.Errorf("%q: parsed to %q %+v", src, text, ents)
		} else if err.Error() != want {
			t.Errorf("%q:\n got %s\nwant %s", src, err, want)
		}
	}
}

func TestParseHTML(t *testing.T) {
	e := func(kind string, offset, length int) Entity {
		return Entity{Type: kind, Offset: offset, Length: length}
	}
	link := e("text_link", 0, 1)
	link.URL = "http://telegram.org/?a=1&b=2"
	mention := e("text_mention", 0, 2)
	mention.User = &User{ID: 42}
	pre := e("pre", 0, 1)
	pre.Language = "go"
	emoji := e("custom_emoji", 0, 2)
	emoji.CustomEmojiID = "536"
	for _, tt := range []struct {
		src, text string
		want      []Entity
	}{
		{"Điều 5", "Điều 5", nil},
		{"<b>a</b> <strong>b</strong>", "a b", []Entity{e("bold", 0, 1), e("bold", 2, 1)}},
		{"<i>a</i><em>b</em>", "ab", []Entity{e("italic", 0, 1), e("italic", 1, 1)}},
		{"<u>a</u><ins>b</ins>", "ab", []Entity{e("underline", 0, 1), e("underline", 1, 1)}},
		{"<s>a</s><strike>b</strike><del>c</del>", "abc",
			[]Entity{e("strikethrough", 0, 1), e("strikethrough", 1, 1), e("strikethrough", 2, 1)}},
		{`<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>`, "ab", []Entity{e("spoiler", 0, 1), e("spoiler", 1, 1)}},
		{"<blockquote>a</blockquote><blockquote expandable>b</blockquote>", "ab",
			[]Entity{e("blockquote", 0, 1), e("expandable_blockquote", 1, 1)}},
		{"<code>a</code><pre>b</pre>", "ab", []Entity{e("code", 0, 1), e("pre", 1, 1)}},
		{`<pre><code class="language-go">a</code></pre>`, "a", []Entity{pre}},
		{`<code class="language-go">a</code>`, "a", []Entity{e("code", 0, 1)}},
		{`<tg-emoji emoji-id="536">🏠</tg-emoji>`, "🏠", []Entity{emoji}},
		{`<a href="telegram.org?a=1&amp;b=2">x</a>`, "x", []Entity{link}},
		{`<a href="tg://user?id=42">An</a>`, "An", []Entity{mention}},
		{`<a href="nowhere">x</a>`, "x", nil},
		{"<B>x</b >", "x", []Entity{e("bold", 0, 1)}},
		{"<b>x</>", "x", []Entity{e("bold", 0, 1)}},
		{"<b></b>x", "x", nil},
		{"🏠<b>🏠&lt;</b>", "🏠🏠<", []Entity{e("bold", 2, 3)}},
		{"&lt;&gt;&amp;&quot;&apos;&#39;&#x27;&lt", `<>&"'''<`, nil},
		{"&nbsp;&laquo;&#12345678;A&B", "&nbsp;&laquo;&#12345678;A&B", nil},
		{"1 > 0", "1 > 0", nil},
	} {
		text, ents, err := parseHTML(tt.src)
		if err != nil {
			t.Errorf("%q: %v", tt.src, err)
			continue
		}
		if text != tt.text {
			t.Errorf("%q: text %q, want %q", tt.src, text, tt.text)
		}
		if diff := cmp.Diff(tt.want, ents); diff != "" {
			t.Errorf("%q: entities (-want +got)\n%s", tt.src, diff)
		}
	}
}

func TestTrim(t *testing.T) {
	text, ents := trim("\n  <x  ", []Entity{{Type: "bold", Offset: 0, Length: 4}, {Type: "italic", Offset: 4, Length: 3}, {Type: "code", Offset: 5, Length: 2}})
	want := []Entity{{Type: "bold", Offset: 0, Length: 1}, {Type: "italic", Offset: 1, Length: 1}}
	if diff := cmp.Diff(want, ents); text != "<x" || diff != "" {
		t.Errorf("%q (-want +got)\n%s", text, diff)
	}
}

// FuzzParseHTML: entities lie within the text, and escaped text comes back as it was.
func FuzzParseHTML(f *testing.F) {
	f.Add("<b>x</b> & <a href='a.vn'>y</a>")
	f.Add("<pre><code class=\"language-go\">x</code></pre>&#x110000;")
	f.Fuzz(func(t *testing.T, src string) {
		if !utf8.ValidString(src) {
			return
		}
		if text, ents, err := parseHTML(src); err == nil {
			for _, e := range ents {
				if e.Offset < 0 || e.Length < 1 || e.Offset+e.Length > length(text) {
					t.Errorf("%q: entity %+v outside %q", src, e, text)
				}
			}
		}
		escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(src)
		if text, ents, err := parseHTML(escaped); err != nil || text != src || ents != nil {
			t.Errorf("escaped %q: %q %v %v", escaped, text, ents, err)
		}
	})
}
