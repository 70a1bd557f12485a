// Command policyimport reads official documents (gazette PDFs, Word files, web pages) into draft
// content files, says what it was unsure of, and compares them with content. It is a program of its
// own so that the PDF engine is no part of the service.
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
		fmt.Fprintln(os.Stderr, "policyimport:", err)
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "policyimport:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("sai cách dùng (-h để xem)")

// config is what the command line asks for.
type config struct {
	files   []string
	out     string
	against []string
}

// parse reads flags before, between and after the files.
func parse(args []string, stderr io.Writer) (config, error) {
	var c config
	flags := flag.NewFlagSet("policyimport", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&c.out, "out", ".", "`thư mục` để ghi bản nháp, mỗi tệp nguồn một tệp .yaml")
	flags.Func("against", "`thư mục` nội dung, hoặc bản nháp nhập trước đây, để so; có thể ghi nhiều lần", func(dir string) error {
		c.against = append(c.against, dir)
		return nil
	})
	flags.Usage = func() {
		fmt.Fprintln(stderr, "policyimport TỆP… [-out THƯ_MỤC] [-against THƯ_MỤC]\n\nĐọc văn bản PDF, DOCX, HTML thành bản nháp nội dung.")
		flags.PrintDefaults()
	}
	for rest := args; ; {
		if err := flags.Parse(rest); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return c, err
			}
			return c, fmt.Errorf("%w: %w", errUsage, err)
		}
		if flags.NArg() == 0 {
			break
		}
		c.files = append(c.files, flags.Arg(0))
		rest = flags.Args()[1:]
	}
	if len(c.files) == 0 {
		return c, fmt.Errorf("%w: cần ít nhất một tệp", errUsage)
	}
	return c, nil
}
