package eval

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// WriteTable writes a report for people.
func (r Report) WriteTable(out io.Writer) {
	fmt.Fprintf(out, "content %s, asked on %s\n\n", r.Content, r.On)
	r.tables(out)
	list(out, "probes that miss their card, with its rank in each typing (0: not found) and how they end", lines(r.Missed))
	list(out, "cards that are nearly the same", r.Near)
	list(out, "cases that did not end as they must", r.Failed)
}

// lines joins the misses of one probe, which stand one after the other.
func lines(missed []Miss) (all []string) {
	for i, m := range missed {
		ended := fmt.Sprintf("%s %d %s", m.Typing, m.Rank, m.Ending)
		if m.First != m.Card {
			ended += " " + string(m.First)
		}
		if i > 0 && missed[i-1].File == m.File && missed[i-1].Line == m.Line && missed[i-1].Card == m.Card {
			all[len(all)-1] += "; " + ended
			continue
		}
		all = append(all, fmt.Sprintf("%s:%d: %s: %s: %s", m.File, m.Line, m.Card, m.Text, ended))
	}
	return all
}

// String writes the pair on a line.
func (p Pair) String() string {
	return fmt.Sprintf("%s:%d: %s and %s, %s %.2f: %s | %s", p.File, p.Line, p.A, p.B, p.What, p.Overlap, p.TextA, p.TextB)
}

// String writes the failure on a line.
func (f Failure) String() string {
	return fmt.Sprintf("%s, %s: %s (card %q): %s", f.ID, f.Typing, f.Why, f.Card, f.Text)
}

func (r Report) tables(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	defer w.Flush() //nolint:errcheck // the table is for people; what cannot be written cannot be told
	fmt.Fprintln(w, "probes\tasked\tR@1\tR@3\tMRR\tsaid\toffered\tworked out\twrong card")
	for _, f := range r.Probes {
		fmt.Fprintf(w, "%s\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\n", f.Typing, f.Asked, rate(f.First, f.Asked), rate(f.Three, f.Asked),
			f.MRR, rate(f.Said, f.Asked), rate(f.Offered, f.Asked), rate(f.Worked, f.Asked), rate(f.Wrong, f.Asked))
	}
	if len(r.Cases) == 0 {
		return
	}
	fmt.Fprintln(w, "\t\t\t\t\t\t\t\t\ncases\ttopic\tasked\tdecision right\toutcome right\tanswer right\twrongly answered\tcritical\t")
	for _, s := range r.Cases {
		topic := s.Topic
		if topic == "" {
			topic = "all"
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%.4f\t%.4f\t%.4f (%d)\t%.4f (%d)\t%d\t\n", s.Typing, topic, s.Asked, rate(s.Decided, s.Asked),
			rate(s.Exact, s.Asked), rate(s.Right, s.Answered), s.Answered, rate(s.Wrongly, s.Barred), s.Barred, s.Critical)
	}
}

func list[T any](out io.Writer, title string, all []T) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s: %d\n", title, len(all))
	for _, one := range all {
		fmt.Fprintln(out, one)
	}
}

// slack is how much a rate may fall before it counts: half a point of the probes is a few wordings
// more or less.
const slack = 0.005

// Worse says what is worse than in an accepted run, a line each; nothing when the run may be accepted.
// What the accepted run did not measure is not compared.
func (r Report) Worse(accepted Report) []string {
	var worse []string
	fell := func(what string, before, now float64) {
		if now < before-slack {
			worse = append(worse, fmt.Sprintf("%s fell from %.4f to %.4f", what, before, now))
		}
	}
	for _, old := range accepted.Probes {
		for _, now := range r.Probes {
			if now.Typing == old.Typing {
				name := "probes, " + string(now.Typing) + ": "
				fell(name+"R@1", rate(old.First, old.Asked), rate(now.First, now.Asked))
				fell(name+"not answered with a wrong card", 1-rate(old.Wrong, old.Asked), 1-rate(now.Wrong, now.Asked))
			}
		}
	}
	for _, old := range accepted.Cases {
		for _, now := range r.Cases {
			if now.Typing == old.Typing && now.Topic == old.Topic {
				name := fmt.Sprintf("cases, %s %s: ", now.Typing, now.Topic)
				fell(name+"decision right", rate(old.Decided, old.Asked), rate(now.Decided, now.Asked))
				fell(name+"answer right", rate(old.Right, old.Answered), rate(now.Right, now.Answered))
				fell(name+"not answered wrongly", 1-rate(old.Wrongly, old.Barred), 1-rate(now.Wrongly, now.Barred))
				fell(name+"critical cases not answered", -float64(old.Critical), -float64(now.Critical))
			}
		}
	}
	return worse
}
