package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"policybot/bot"
	"policybot/bot/answer"
	"policybot/bot/eval"
	"policybot/index"
	"policybot/knowledge"
)

// evaluate scores the probe wordings of the cards and the question set of a file, and compares the
// scores with an accepted run.
func evaluate(ctx context.Context, a *app, args []string) error {
	flags := a.flags("eval")
	cases := flags.String("cases", "", "score the questions of a `file` too, a JSON object a line")
	baseline := flags.String("baseline", "", "compare with the accepted run in a `file`, as -json wrote it")
	model := flags.Bool("model", false, "let the model reword the answers")
	asJSON := flags.Bool("json", false, "write the report as JSON")
	short := flags.Bool("rates", false, "leave the lists out: rates only, as a baseline is kept")
	on := flags.String("on", "", "the `day` the questions are asked, as 2026-11-23; empty: today")
	chosen := choose(flags, "POLICYBOT_CONTENT", "POLICYBOT_TZ")
	if err := a.parse(flags, args); err != nil {
		return err
	}
	if *model {
		return errors.New("this build has no model: run eval without -model, answers are then as they are composed")
	}
	s, err := a.readSettings(chosen)
	if err != nil {
		return err
	}
	day, err := s.dayFlag(*on)
	if err != nil {
		return err
	}
	accepted, err := readBaseline(*baseline)
	if err != nil {
		return err
	}
	all, err := readCases(*cases)
	if err != nil {
		return err
	}
	r, err := a.measure(ctx, s, all, day)
	if err != nil {
		return err
	}
	if *short {
		r.Missed, r.Failed, r.Near = nil, nil, nil
	}
	if *asJSON {
		err = writeJSON(a.stdout, r)
	} else {
		r.WriteTable(a.stdout)
	}
	if worse := r.Worse(accepted); err == nil && len(worse) > 0 {
		return fmt.Errorf("worse than %s: %s", *baseline, strings.Join(worse, "; "))
	}
	return err
}

// measure makes the report.
func (a *app) measure(ctx context.Context, s settings, cases []eval.Case, day knowledge.Date) (r eval.Report, err error) {
	l, err := s.library()
	if err != nil {
		return r, err
	}
	answers, err := answer.New(ctx, l, index.Build)
	if err != nil {
		return r, err
	}
	r = eval.Report{Content: l.Version, On: day, Near: eval.Near(l)}
	if r.Probes, r.Missed, err = eval.Probes(ctx, l, answers, day, eval.Typings...); err != nil || len(cases) == 0 {
		return r, err
	}
	memory := bot.NewMemory()
	q := asker{bot.New(a.logger(s), l, answers, memory), memory}
	r.Cases, r.Failed, err = eval.Cases(ctx, q.hold, cases, day)
	return r, err
}

// readCases reads a question set; no name is an empty one.
func readCases(name string) ([]eval.Case, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open the cases: %w", err)
	}
	defer f.Close()
	all, err := eval.ReadCases(f)
	if err != nil {
		return nil, fmt.Errorf("read the cases in %s: %w", name, err)
	}
	return all, nil
}

// readBaseline reads an accepted run; no name is an empty one, which nothing is worse than.
func readBaseline(name string) (accepted eval.Report, err error) {
	if name == "" {
		return accepted, nil
	}
	text, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(text, &accepted)
	}
	if err != nil {
		return accepted, fmt.Errorf("read the accepted run: %w", err)
	}
	return accepted, nil
}
