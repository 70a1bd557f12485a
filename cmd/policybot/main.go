// Command policybot answers residents of Cần Thơ on poverty status, health insurance and training,
// and looks after the content it answers from.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // the image has no time zones

	_ "golang.org/x/crypto/x509roots/fallback" // nor root certificates
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return
	}
	fmt.Fprintln(os.Stderr, "policybot:", strings.ReplaceAll(err.Error(), "\n", "; ")) // one line
	if _, usage := errors.AsType[*usageError](err); usage {
		os.Exit(2)
	}
	os.Exit(1)
}

// usageError is a command called the wrong way: exit code 2.
type usageError struct{ reason string }

func (e *usageError) Error() string { return e.reason + " (policybot -h lists the commands)" }

// command is one of the commands of policybot.
type command struct {
	name, args, does string
	run              func(ctx context.Context, app *app, args []string) error
}

var commands = []command{
	{"serve", "", "run the bot on Telegram; without TELEGRAM_BOT_TOKEN: the simulator, a page in the browser (the default command)", serve},
	{"chat", "", "talk with the bot in this terminal", inTerminal},
	{"ask", "[-on DATE] [-json] QUESTION | -batch FILE -json", "answer one question, or a file of them", ask},
	{"check", "[-on DATE] [-lang vi|en] [-counts]", "list every fault of the content, or count it", checkContent},
	{"eval", "[-cases FILE] [-baseline FILE] [-model] [-json]", "score how well questions are answered, and compare with an accepted run", evaluate},
	{"health", "", "ask the running service whether it lives", health},
	{"officer", "invite -ward CODE -name NAME [-role ROLE] | list | revoke ID", "link officers to wards by one-time invitations", officers},
	{"backup", "FILE", "copy the database to a new file, while the service may be running", backup},
	{"restore", "FILE", "put a backup into a data folder without a database, while no service is running", restore},
	{"version", "", "say which version this is", version},
}

// app is what every command gets from the outside.
type app struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
}

// run executes the command line args.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) error {
	a := &app{getenv, stdin, stdout, stderr}
	name := "serve"
	switch {
	case len(args) == 0:
	case args[0] == "-h" || args[0] == "-help" || args[0] == "--help":
		a.help()
		return nil
	case !strings.HasPrefix(args[0], "-"):
		name, args = args[0], args[1:]
	}
	for _, c := range commands {
		if c.name == name {
			return c.run(ctx, a, args)
		}
	}
	return &usageError{fmt.Sprintf("there is no command %q", name)}
}

// help lists the commands, and the settings that have no flag.
func (a *app) help() {
	fmt.Fprintln(a.stderr, "usage: policybot [command] [flags]")
	for _, c := range commands {
		fmt.Fprintf(a.stderr, "\n  policybot %s\n        %s\n", strings.TrimSpace(c.name+" "+c.args), c.does)
	}
	fmt.Fprint(a.stderr, "\npolicybot COMMAND -h lists the flags of a command, each with the environment variable it wins over.\n"+
		"Secrets come from the environment only: TELEGRAM_BOT_TOKEN, POLICYBOT_KEY, TELEGRAM_WEBHOOK_SECRET,\n"+
		"or from the files that TELEGRAM_BOT_TOKEN_FILE and so on name.\n")
}

// flags returns the flag set of a command; its errors are usage errors, its help goes to stderr.
func (a *app) flags(name string) *flag.FlagSet {
	fs := flag.NewFlagSet("policybot "+name, flag.ContinueOnError)
	fs.SetOutput(a.stderr)
	return fs
}

// parse reads the flags of a command.
func (a *app) parse(fs *flag.FlagSet, args []string) error {
	fs.SetOutput(io.Discard) // the error is reported once, by main
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fs.SetOutput(a.stderr)
		fs.Usage()
		return err
	}
	if err != nil {
		return &usageError{err.Error()}
	}
	return nil
}
