package fakeapi

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
)

// Telegram's limits on texts, in UTF-16 units.
const (
	maxText    = 4096
	maxCaption = 1024
)

// units is the number of UTF-16 units of a character.
func units(r rune) int { return max(utf16.RuneLen(r), 1) }

// length is the length of a text in UTF-16 units.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += units(r)
	}
	return n
}

// formatted reads a text parameter with its parse mode or explicit entities, as for a message text
// or a caption. The text comes back as people will see it: without tags, trimmed.
func (c *call) formatted(text, entities string) (string, []Entity, error) {
	src := clean(c.params[text])
	var ents []Entity
	switch mode := c.params["parse_mode"]; strings.ToLower(mode) {
	case "":
		if err := c.decode(entities, &ents); err != nil {
			return "", nil, err
		}
		for _, e := range ents {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > length(src) {
				return "", nil, bad("can't parse entities: entity %q at %d of %d units is outside the text",
					e.Type, e.Offset, e.Length)
			}
		}
	case "html":
		var err error
		if src, ents, err = parseHTML(src); err != nil {
			return "", nil, bad("can't parse entities: %s", err)
		}
	case "markdown", "markdownv2":
		return "", nil, bad("fakeapi: parse_mode %s is not simulated; the bot writes HTML", mode)
	default:
		return "", nil, bad("unsupported parse_mode")
	}
	out, ents := trim(src, ents)
	return out, ents, nil
}

// clean drops what Telegram drops before it looks at a text: carriage returns; other control
// characters become spaces.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return -1
		case r < ' ' && r != '\n':
			return ' '
		}
		return r
	}, s)
}

// trim cuts white space at both ends, moves the entities along and sorts them.
func trim(text string, ents []Entity) (string, []Entity) {
	out := strings.TrimLeft(text, " \n")
	lead := length(text) - length(out)
	out = strings.TrimRight(out, " \n")
	size := length(out)
	var moved []Entity
	for _, e := range ents {
		begin, end := max(e.Offset-lead, 0), min(e.Offset-lead+e.Length, size)
		if begin < end {
			e.Offset, e.Length = begin, end-begin
			moved = append(moved, e)
		}
	}
	slices.SortStableFunc(moved, func(a, b Entity) int {
		if a.Offset != b.Offset {
			return a.Offset - b.Offset
		}
		return b.Length - a.Length
	})
	return out, moved
}

var commandOrMention = regexp.MustCompile(`(?:^|[\s(])(/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?|@[A-Za-z][A-Za-z0-9_]{3,31})`)

// found adds the commands and mentions that Telegram finds by itself in what people write.
func found(text string) []Entity {
	var ents []Entity
	for _, at := range commandOrMention.FindAllStringSubmatchIndex(text, -1) {
		kind := "bot_command"
		if text[at[2]] == '@' {
			kind = "mention"
		}
		ents = append(ents, Entity{Type: kind, Offset: length(text[:at[2]]), Length: length(text[at[2]:at[3]])})
	}
	return ents
}

// addressed reports whether a text speaks to the bot: a command that names no other bot, or a
// mention.
func addressed(text string, ents []Entity, bot string) bool {
	u := utf16.Encode([]rune(text))
	for _, e := range ents {
		part := string(utf16.Decode(u[e.Offset : e.Offset+e.Length]))
		_, name, named := strings.Cut(part, "@")
		if e.Type == "bot_command" && e.Offset == 0 && !named || named && strings.EqualFold(name, bot) {
			return true
		}
	}
	return false
}
