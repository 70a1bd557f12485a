// Package bottest plays dialogues that a policy officer can read against a bot. Only tests import
// it.
package bottest

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"policybot/index/vi"
	"policybot/knowledge"
)

// Screen is what a person sees after a turn, and how it ended.
type Screen struct {
	Text    string // tags removed
	Buttons []string
	Outcome knowledge.Outcome // empty: the player cannot tell
	Sources []string          // of the provisions behind it; nil: the player cannot tell
	Stored  string            // what the turn's record says of the question
}

// Player holds one conversation with a bot.
type Player interface {
	// Say sends a text on a day; Press presses a button of the last screen by its label.
	Say(t *testing.T, text string, on knowledge.Date) Screen
	Press(t *testing.T, label string, on knowledge.Date) Screen
}

// Admin is a [Player] that knows an administrator, who gives commands in another chat.
type Admin interface {
	Command(t *testing.T, text string, on knowledge.Date) Screen
}

// Company is a Player with others beside them: officers, other residents.
type Company interface {
	Player
	// Person returns who has a name, the same each time.
	Person(t *testing.T, name string) Watcher
	// Link makes a person an officer; the place is a ward's code, or "city".
	Link(t *testing.T, name string, place knowledge.WardCode)
}

// Watcher is a Player whose phone changes by what others do.
type Watcher interface {
	Player
	// Watch returns what has come, or was changed, on the phone since its owner last acted or looked, as
	// soon as that is all right; in any case after some time.
	Watch(t *testing.T, ok func(Screen) bool) Screen
}

// Typing is a way people leave out diacritics.
type Typing string

// The ways of typing.
const (
	Full Typing = "full" // as written
	None Typing = "none" // no diacritics at all
	Half Typing = "half" // every second syllable without
)

// Write writes a text in a way of typing.
func (y Typing) Write(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		if y == None || y == Half && i%2 == 1 {
			words[i] = vi.Fold(w)
		}
	}
	return strings.Join(words, " ")
}

// Run plays every dialogue in the txtar files of a folder, each in the three typings. A file of a
// txtar archive is one dialogue; its lines are
//
//	on 2026-11-23        the day of what follows
//	> text               the person types this
//	> [label]            the person presses this button; "[Hủy…]": the one that begins so
//	officer> text        somebody else types this, or presses a button so; any word is a name
//	at officer           what follows is about the phone of somebody else; "at me": of the first person
//	link officer 31213   somebody is an officer of a ward, or with "city" of the city
//	admin /dskhoa        an administrator types this, in a chat of their own
//	outcome answered     how the turn ended
//	says 409.860 đồng    the screen holds this; several may be listed with |, one is enough
//	silent 95%           the screen does not hold this
//	cites 188/2025/NĐ-CP a source begins with this, or with one of several listed with |
//	offers label         there is such a button
//	# remark             for the reader
func Run(t *testing.T, files fs.FS, pattern string, start func(t *testing.T) Player) {
	names, err := fs.Glob(files, pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no dialogues match %s (%v)", pattern, err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range txtar.Parse(data).Files {
			for _, typing := range []Typing{Full, None, Half} {
				t.Run(d.Name+"/"+string(typing), func(t *testing.T) {
					play(t, name, string(d.Data), typing, start(t))
				})
			}
		}
	}
}

// stage is a dialogue that is being played.
type stage struct {
	first  Player
	typing Typing
	on     knowledge.Date
	seen   Screen
	watch  Watcher // whose phone is looked at; nil: of who acted last, as it was then
}

// play goes through one dialogue line by line.
func play(t *testing.T, file, script string, typing Typing, p Player) {
	s := &stage{first: p, typing: typing, on: knowledge.NewDate(2026, 11, 23)}
	for i, line := range strings.Split(script, "\n") {
		line = strings.TrimSpace(line)
		word, rest, _ := strings.Cut(line, " ")
		name, acts := strings.CutSuffix(word, ">")
		switch {
		case line == "" || word == "#":
		case word == "on":
			day, err := knowledge.ParseDate(rest)
			if err != nil {
				t.Fatalf("%s: line %d: %v", file, i+1, err)
			}
			s.on = day
		case acts:
			s.act(t, s.person(t, name), rest)
		case word == "admin":
			s.watch, s.seen = nil, p.(Admin).Command(t, rest, s.on)
		case word == "at":
			s.watch = s.person(t, rest).(Watcher)
		case word == "link":
			name, ward, _ := strings.Cut(rest, " ")
			p.(Company).Link(t, name, knowledge.WardCode(ward))
		default:
			if err := s.check(t, word, rest); err != nil {
				t.Errorf("%s: line %d: %v\nthe screen was:\n%s\n%v", file, i+1, err, s.seen.Text, s.seen.Buttons)
			}
		}
	}
}

// person returns who has a name; the first person has none, or "me".
func (s *stage) person(t *testing.T, name string) Player {
	if c, ok := s.first.(Company); ok {
		return c.Person(t, name)
	}
	if name != "" && name != "me" {
		t.Fatalf("there is no %s here", name)
	}
	return s.first
}

// act types a text, or presses a button.
func (s *stage) act(t *testing.T, who Player, what string) {
	s.watch = nil
	if label, ok := strings.CutPrefix(what, "["); ok {
		s.seen = who.Press(t, s.label(strings.TrimSuffix(label, "]")), s.on)
		return
	}
	s.seen = who.Say(t, s.typing.Write(what), s.on)
}

// label is the button that is meant, in full.
func (s *stage) label(said string) string {
	if begin, cut := strings.CutSuffix(said, "…"); cut {
		if i := slices.IndexFunc(s.seen.Buttons, func(b string) bool { return strings.HasPrefix(b, begin) }); i >= 0 {
			return s.seen.Buttons[i]
		}
	}
	return said
}

// check tells what the screen that is looked at lacks of an expectation.
func (s *stage) check(t *testing.T, word, want string) error {
	if s.watch != nil {
		s.seen = s.watch.Watch(t, func(now Screen) bool { return now.check(word, want) == nil })
	}
	return s.seen.check(word, want)
}

// check tells what a screen lacks of an expectation.
func (s Screen) check(word, want string) error {
	switch word {
	case "outcome":
		if s.Outcome != "" && string(s.Outcome) != want {
			return fmt.Errorf("outcome %s, want %s", s.Outcome, want)
		}
	case "says":
		if !slices.ContainsFunc(strings.Split(want, "|"), func(one string) bool { return strings.Contains(s.Text, strings.TrimSpace(one)) }) {
			return fmt.Errorf("does not say %q", want)
		}
	case "silent":
		if strings.Contains(s.Text, want) {
			return fmt.Errorf("says %q, which it must not", want)
		}
	case "cites":
		if s.Sources != nil && !slices.ContainsFunc(s.Sources, func(source string) bool { return startsWithOne(source, want) }) {
			return fmt.Errorf("cites %q, not %s", s.Sources, want)
		}
	case "offers":
		if !slices.Contains(s.Buttons, want) {
			return fmt.Errorf("has no button %q", want)
		}
	default:
		return fmt.Errorf("a dialogue has no %q", word)
	}
	return nil
}

func startsWithOne(source, want string) bool {
	for one := range strings.SplitSeq(want, "|") {
		if strings.HasPrefix(source, strings.TrimSpace(one)) {
			return true
		}
	}
	return false
}
