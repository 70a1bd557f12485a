package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"policybot/knowledge"
	"policybot/knowledge/check"
)

// checkContent lists every fault of the content. Warnings are listed and do not fail.
func checkContent(_ context.Context, a *app, args []string) error {
	flags := a.flags("check")
	on := flags.String("on", "", "count freshness from this `day`; empty: today")
	lang := flags.String("lang", "en", "explain in `vi|en`")
	counts := flags.Bool("counts", false, "count the content by topic, confidence and age instead")
	chosen := choose(flags, "POLICYBOT_CONTENT", "POLICYBOT_TZ")
	if err := a.parse(flags, args); err != nil {
		return err
	}
	if *lang != string(check.Vietnamese) && *lang != string(check.English) {
		return &usageError{fmt.Sprintf("-lang is %q: want vi or en", *lang)}
	}
	s, err := a.readSettings(chosen)
	if err != nil {
		return err
	}
	day, err := s.dayFlag(*on)
	if err != nil {
		return err
	}
	if *counts {
		return a.count(s, day, check.Lang(*lang))
	}
	return a.check(s, day, check.Lang(*lang))
}

// count prints how much content there is.
func (a *app) count(s settings, day knowledge.Date, lang check.Lang) error {
	l, err := s.library()
	if err != nil {
		return err
	}
	head := "what\tall\tneeds\tdrafts\tA\tB\tC\tno law\t≤ 30 days\t≤ 90 days\tolder"
	if lang == check.Vietnamese {
		head = "loại\tsố mục\tnhu cầu\tnháp\tA\tB\tC\tkhông dựa luật\tđối chiếu ≤ 30 ngày\t≤ 90 ngày\tcũ hơn"
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, head)
	for _, n := range check.Counts(l, day) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", n.Of, n.All, n.Needs, n.Drafts, n.Sure[knowledge.Checked],
			n.Sure[knowledge.OneSource], n.Sure[knowledge.Unconfirmed], n.Sure[""], n.Fresh, n.Aging, n.Old)
	}
	return w.Flush()
}

func (a *app) check(s settings, day knowledge.Date, lang check.Lang) error {
	files, err := s.files()
	if err != nil {
		return err
	}
	l, err := knowledge.Load(files)
	if faults, ok := errors.AsType[knowledge.Faults](err); ok {
		for _, f := range faults {
			a.report(check.Finding{Fault: f, Severity: check.Error}, lang)
		}
		return fmt.Errorf("the content has %d faults", len(faults))
	}
	if err != nil {
		return err
	}
	faults, warnings := 0, 0
	for _, f := range check.Run(l, day) {
		a.report(f, lang)
		if f.Severity == check.Error {
			faults++
		} else {
			warnings++
		}
	}
	if faults > 0 {
		return fmt.Errorf("the content has %d faults and %d warnings", faults, warnings)
	}
	fmt.Fprintf(a.stdout, "ok: %d documents, %d figures, %d cards, %d procedures, %d wards; %d warnings\n",
		len(l.Documents), len(l.Figures), len(l.Cards), len(l.Procedures), len(l.Wards), warnings)
	return nil
}

func (a *app) report(f check.Finding, lang check.Lang) {
	fmt.Fprintf(a.stdout, "%s:%d: %s [%s] %s\n", f.File, f.Line, f.Severity, f.Rule, check.Explain(f.Fault, lang))
}
