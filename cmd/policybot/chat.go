package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"policybot/bot"
)

// inTerminal is a conversation in this terminal. Nothing of it is kept.
func inTerminal(ctx context.Context, a *app, args []string) error {
	flags := a.flags("chat")
	chosen := choose(flags, "POLICYBOT_CONTENT", "POLICYBOT_TZ", "POLICYBOT_LOG")
	if err := a.parse(flags, args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return &usageError{fmt.Sprintf("chat takes no %q", flags.Arg(0))}
	}
	s, err := a.readSettings(chosen)
	if err != nil {
		return err
	}
	q, err := newAsker(ctx, a, s)
	if err != nil {
		return err
	}
	return q.chat(ctx, a, s)
}

// chat talks with whoever sits at the terminal, until the input ends.
func (q *asker) chat(ctx context.Context, a *app, s settings) error {
	const chat = "terminal"
	fmt.Fprintln(a.stdout, "Trò chuyện thử trong cửa sổ này. Gõ câu hỏi, hoặc gõ chữ trên nút [ ]. Ctrl-D để thôi.")
	lines := make(chan string)
	failed := make(chan error, 1)
	go readLines(a.stdin, lines, failed) // ends with the input; the process ends with this function
	var last bot.Turn
	text := "/start"
	for {
		in := bot.Inbound{Chat: chat, Day: s.today(), Text: text}
		if tap := pressed(last, text); tap != nil {
			in.Text, in.Tap = "", tap
		}
		turn, err := q.bot.Handle(ctx, in)
		if err != nil {
			return err
		}
		q.memory.Commit(turn)
		show(a.stdout, turn)
		last = turn
		if text, err = nextLine(ctx, a.stdout, lines, failed); err != nil || text == "" {
			return err
		}
	}
}

func readLines(in io.Reader, lines chan<- string, failed chan<- error) {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		if line := strings.TrimSpace(scanner.Text()); line != "" {
			lines <- line
		}
	}
	failed <- errors.Join(scanner.Err())
}

// nextLine waits for a line; "" is the end of the input or of the program.
func nextLine(ctx context.Context, out io.Writer, lines <-chan string, failed <-chan error) (string, error) {
	fmt.Fprint(out, "\n> ")
	select {
	case line := <-lines:
		return line, nil
	case err := <-failed:
		fmt.Fprintln(out)
		return "", err
	case <-ctx.Done():
		fmt.Fprintln(out)
		return "", nil
	}
}

// show prints the replies of a turn with their buttons.
func show(out io.Writer, t bot.Turn) {
	for _, r := range t.Replies {
		fmt.Fprintf(out, "\n%s\n", r.Plain())
		var labels []string
		for _, b := range r.Buttons {
			labels = append(labels, "["+b.Label+"]")
		}
		if len(labels) > 0 {
			fmt.Fprintf(out, "\n%s\n", strings.Join(labels, "  "))
		}
	}
}
