package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"policybot/bot"
	"policybot/knowledge"
)

// ask answers one question, or a batch of them.
func ask(ctx context.Context, a *app, args []string) error {
	flags := a.flags("ask")
	on := flags.String("on", "", "the `day` it is asked, as 2026-11-23; empty: today")
	asJSON := flags.Bool("json", false, "write the answer as JSON")
	batch := flags.String("batch", "", "answer the questions of a `file`, a JSON object a line; - is standard input")
	chosen := choose(flags, "POLICYBOT_CONTENT", "POLICYBOT_TZ")
	if err := a.parse(flags, args); err != nil {
		return err
	}
	s, err := a.readSettings(chosen)
	if err != nil {
		return err
	}
	day, err := s.dayFlag(*on)
	if err != nil {
		return err
	}
	text := strings.Join(flags.Args(), " ")
	switch {
	case *batch != "" && text != "":
		return &usageError{"ask takes a question or -batch, not both"}
	case *batch != "" && !*asJSON:
		return &usageError{"-batch goes with -json"}
	case *batch == "" && strings.TrimSpace(text) == "":
		return &usageError{"ask wants a question"}
	}
	q, err := newAsker(ctx, a, s)
	if err != nil {
		return err
	}
	if *batch != "" {
		return q.file(ctx, a, *batch, day)
	}
	out, err := q.turns(ctx, []string{text}, day)
	if err != nil {
		return err
	}
	if *asJSON {
		return writeJSON(a.stdout, out)
	}
	_, err = fmt.Fprintln(a.stdout, out.Text)
	return err
}

// asker puts questions to the bot and writes down what comes back.
type asker struct {
	bot    *bot.Bot
	memory *bot.Memory
}

func newAsker(ctx context.Context, a *app, s settings) (*asker, error) {
	l, err := s.library()
	if err != nil {
		return nil, err
	}
	memory := bot.NewMemory()
	b, err := conversation(ctx, a.logger(s), l, memory)
	return &asker{b, memory}, err
}

// batchLine is one line of a batch.
type batchLine struct {
	ID    string          `json:"id"`
	Text  *string         `json:"text"`
	Turns []string        `json:"turns"`
	On    *knowledge.Date `json:"on"`
}

// reply is what is written for a question.
type reply struct {
	ID         string                  `json:"id,omitempty"`
	Outcome    knowledge.Outcome       `json:"outcome"`
	Text       string                  `json:"text,omitempty"`
	Buttons    []string                `json:"buttons,omitempty"`
	Sources    []string                `json:"sources,omitempty"`
	Provisions []knowledge.ProvisionID `json:"provisions,omitempty"`
	Understood string                  `json:"understood,omitempty"`
	Referral   bool                    `json:"referral"`
	Millis     float64                 `json:"ms"`
	Error      string                  `json:"error,omitempty"`
}

// file answers a batch in its order. A line that cannot be read is answered in its place.
func (q *asker) file(ctx context.Context, a *app, name string, day knowledge.Date) error {
	in := a.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("open the batch: %w", err)
		}
		defer f.Close()
		in = f
	}
	seen := map[string]bool{}
	reader := bufio.NewReader(in)
	for {
		line, err := reader.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := writeJSON(a.stdout, q.line(ctx, line, day, seen)); err != nil {
				return fmt.Errorf("write the answers: %w", err)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the batch: %w", err)
		}
	}
}

// line answers one line of a batch.
func (q *asker) line(ctx context.Context, raw []byte, day knowledge.Date, seen map[string]bool) reply {
	in, err := readLine(raw)
	if err == nil && seen[in.ID] {
		err = fmt.Errorf("id %q stands on an earlier line as well", in.ID)
	}
	seen[in.ID] = true
	if err != nil {
		return reply{ID: in.ID, Outcome: knowledge.Failed, Error: err.Error()}
	}
	if in.On != nil {
		day = *in.On
	}
	turns := in.Turns
	if in.Text != nil {
		turns = []string{*in.Text}
	}
	out, err := q.turns(ctx, turns, day)
	if err != nil {
		return reply{ID: in.ID, Outcome: knowledge.Failed, Error: err.Error()}
	}
	out.ID = in.ID
	return out
}

// readLine reads a line strictly. With an error it still returns the ID, when there is one.
func readLine(raw []byte) (batchLine, error) {
	var in batchLine
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	err := dec.Decode(&in)
	if err == nil && dec.More() {
		err = errors.New("more than one JSON value on the line")
	}
	if err != nil {
		var id struct{ ID string }
		_ = json.Unmarshal(raw, &id) // best effort: the line is faulty, its ID may still be readable
		return batchLine{ID: id.ID}, fmt.Errorf("read the line: %w", err)
	}
	switch {
	case in.ID == "":
		return in, errors.New(`want an "id"`)
	case (in.Text == nil) == (len(in.Turns) == 0):
		return in, errors.New(`want either "text" or "turns"`)
	case in.On != nil && in.On.IsZero():
		return in, errors.New(`"on" is empty: want a day written as 2026-11-23`)
	}
	return in, nil
}

// turns holds one conversation and returns the last reply.
func (q *asker) turns(ctx context.Context, texts []string, day knowledge.Date) (reply, error) {
	last, err := q.hold(ctx, "batch", texts, day, func(text string) string { return text })
	if err != nil {
		return reply{}, err
	}
	return written(last), nil
}

// hold holds one conversation in a chat of its own and returns its last turn. A text that reads as a
// button's label presses it; the others are typed by write.
func (q *asker) hold(ctx context.Context, chat bot.ChatID, texts []string, day knowledge.Date, write func(string) string) (bot.Turn, error) {
	defer q.memory.Forget(chat)
	var last bot.Turn
	for _, text := range texts {
		in := bot.Inbound{Chat: chat, Day: day}
		if in.Tap = pressed(last, text); in.Tap == nil {
			in.Text = write(text)
		}
		turn, err := q.bot.Handle(ctx, in)
		if err != nil {
			return bot.Turn{}, err
		}
		q.memory.Commit(turn)
		last = turn
	}
	return last, nil
}

// pressed returns the button that text names, on the newest screen that has it, or nil.
func pressed(t bot.Turn, text string) *bot.Tap {
	for _, screen := range slices.Backward(t.Session.Screens) {
		for i, b := range screen.Buttons {
			if strings.EqualFold(strings.TrimSpace(text), b.Label) {
				return &bot.Tap{Screen: screen.Number, Button: i}
			}
		}
	}
	return nil
}

// written puts a turn into the form of the interface.
func written(t bot.Turn) reply {
	out := reply{Outcome: t.Record.Outcome, Sources: t.Record.Sources, Provisions: t.Record.Provisions,
		Understood: t.Record.Understood, Referral: t.Record.Referral, Millis: float64(t.Record.Took.Microseconds()) / 1000}
	var texts []string
	for _, r := range t.Replies {
		texts = append(texts, r.Plain())
		for _, b := range r.Buttons {
			out.Buttons = append(out.Buttons, b.Label)
		}
	}
	out.Text = strings.Join(texts, "\n\n")
	return out
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
