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
//	> [label]            the person presses this button
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

// play goes through one dialogue line by line.
func play(t *testing.T, file, script string, typing Typing, p Player) {
	var seen Screen
	on := knowledge.NewDate(2026, 11, 23)
	for i, line := range strings.Split(script, "\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "", "#":
		case "on":
			day, err := knowledge.ParseDate(rest)
			if err != nil {
				t.Fatalf("%s: line %d: %v", file, i+1, err)
			}
			on = day
		case ">":
			if label, ok := strings.CutPrefix(rest, "["); ok {
				seen = p.Press(t, strings.TrimSuffix(label, "]"), on)
			} else {
				seen = p.Say(t, typing.Write(rest), on)
			}
		case "admin":
			seen = p.(Admin).Command(t, rest, on)
		default:
			if err := seen.check(word, rest); err != nil {
				t.Errorf("%s: line %d: %v\nthe screen was:\n%s\n%v", file, i+1, err, seen.Text, seen.Buttons)
			}
		}
	}
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
