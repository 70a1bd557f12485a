// Command indexbench measures how well and how fast index finds the gold documents of a question
// set: recall, MRR, nDCG and the reliability of the confidence, in three typings.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		fmt.Fprintln(os.Stderr, "indexbench:", err)
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "indexbench:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("bad usage (-h shows it)")

// A config is what the command line asks for.
type config struct {
	corpus, queries, qrels string
	typing                 string
	k                      int
	json                   bool
	dir                    string
}

func parse(args []string, stderr io.Writer) (config, error) {
	var c config
	flags := flag.NewFlagSet("indexbench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&c.corpus, "corpus", "", "`file` of documents, JSON lines (.gz or not): id, title, text, doc_name")
	flags.StringVar(&c.queries, "queries", "", "`file` of questions, JSON lines: id, text")
	flags.StringVar(&c.qrels, "qrels", "", "`file` of gold: question id, tab, document id, tab, 1")
	flags.StringVar(&c.typing, "typing", "full", "how the questions are typed: full, none (no diacritics) or half")
	flags.IntVar(&c.k, "k", 10, "hits asked for when timing")
	flags.BoolVar(&c.json, "json", false, "print one JSON object")
	flags.StringVar(&c.dir, "index", "", "`directory` of an index on disk, made if it is not there; empty: in memory")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return c, err
		}
		return c, fmt.Errorf("%w: %w", errUsage, err)
	}
	switch {
	case c.corpus == "" || c.queries == "" || c.qrels == "":
		return c, fmt.Errorf("%w: -corpus, -queries and -qrels are required", errUsage)
	case c.typing != "full" && c.typing != "none" && c.typing != "half":
		return c, fmt.Errorf("%w: -typing %q is none of full, none, half", errUsage, c.typing)
	case c.k < 1:
		return c, fmt.Errorf("%w: -k %d is below 1", errUsage, c.k)
	case flags.NArg() > 0:
		return c, fmt.Errorf("%w: unexpected %q", errUsage, flags.Arg(0))
	}
	return c, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	c, err := parse(args, stderr)
	if err != nil {
		return err
	}
	b, err := newBench(ctx, c)
	if err != nil {
		return err
	}
	report, err := b.measure(ctx)
	if err = errors.Join(err, b.ix.Close()); err != nil {
		return err
	}
	return report.print(stdout, c.json)
}
