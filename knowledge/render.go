package knowledge

import (
	"fmt"
	"strings"
	"text/template"
)

// Rendered is a card as it reads on a day, with the figures it shows.
type Rendered struct {
	Answer  string
	Bullets []string
	More    []string
	Used    []Value
	// Named are the documents and provisions whose number or days it shows.
	Named []ProvisionID
}

// Render writes a card as it reads on a day. The error is [ErrNotKnown] when a figure in its answer
// has no known value for that day; a bullet that lacks one is left out.
//
// The templates may call:
//
//	{{fig "base_salary"}}         the figure on the day, with its unit
//	{{since "base_salary"}}       the day from which it is so, as 01/07/2026
//	{{until "base_salary"}}       the last day for which it is known to be so; empty: no end known
//	{{prev "base_salary"}}        the value before; empty: none known
//	{{next "base_salary"}}        the value after; empty: none known
//	{{next_since "base_salary"}}  the first day of the value after
//	{{at "base_salary" "2025-01-01"}}  the value on another day
//	{{doc "nd-188-2025"}}         the number of a document
//	{{from "nd-338-2025"}}        the first day a provision applies to; empty: not known
//	{{last "nd-338-2025"}}        the last day a provision applies to; empty: no end known
//	{{day}}                       the day itself
func (l *Library) Render(c *Card, on Date) (Rendered, error) {
	w := &writer{library: l, on: on}
	answer, err := w.text(c.Answer)
	if err != nil {
		return Rendered{}, fmt.Errorf("card %s: %w", c.ID, err)
	}
	out := Rendered{Answer: answer}
	if out.Bullets, err = w.lines(c.Bullets); err != nil {
		return Rendered{}, fmt.Errorf("card %s: bullets: %w", c.ID, err)
	}
	if out.More, err = w.lines(c.More); err != nil {
		return Rendered{}, fmt.Errorf("card %s: more: %w", c.ID, err)
	}
	out.Used, out.Named = w.used, w.named
	return out, nil
}

// Text writes one template as it reads on a day, as [Library.Render] does.
func (l *Library) Text(text string, on Date) (string, []Value, error) {
	w := &writer{library: l, on: on}
	s, err := w.text(text)
	return s, w.used, err
}

// writer fills templates and remembers the figures they used.
type writer struct {
	library *Library
	on      Date
	used    []Value
	named   []ProvisionID
}

func (w *writer) text(s string) (string, error) {
	if !strings.Contains(s, "{{") {
		return s, nil
	}
	t, err := template.New("").Option("missingkey=error").Funcs(w.funcs()).Parse(s)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if err := t.Execute(&b, nil); err != nil {
		return "", err
	}
	return strings.TrimSpace(b.String()), nil
}

// lines fills each template; one whose figure is not known, or which comes out empty, is left out.
func (w *writer) lines(all []string) ([]string, error) {
	var out []string
	for _, s := range all {
		before, named := w.used, w.named
		text, err := w.text(s)
		switch {
		case isNotKnown(err), err == nil && text == "":
			w.used, w.named = before, named
		case err != nil:
			return nil, err
		default:
			out = append(out, text)
		}
	}
	return out, nil
}

func (w *writer) funcs() template.FuncMap {
	l := w.library
	return template.FuncMap{
		"fig": func(name string) (string, error) { return w.show(l.Figure(name, w.on)) },
		"since": func(name string) (string, error) {
			v, err := w.use(l.Figure(name, w.on))
			return v.Period.From.Vietnamese(), err
		},
		"until": func(name string) (string, error) {
			v, err := w.use(l.Figure(name, w.on))
			return v.Period.Last().Vietnamese(), err
		},
		"prev":       func(name string) (string, error) { return w.maybe(l.Previous(name, w.on)) },
		"next":       func(name string) (string, error) { return w.maybe(l.Next(name, w.on)) },
		"next_since": func(name string) string { v, _ := l.Next(name, w.on); return v.Period.From.Vietnamese() },
		"at": func(name, day string) (string, error) {
			on, err := ParseDate(day)
			if err != nil {
				return "", err
			}
			return w.show(l.Figure(name, on))
		},
		"doc": func(id string) (string, error) {
			d := l.Document(DocumentID(id))
			if d == nil {
				return "", fmt.Errorf("no document has the ID %q", id)
			}
			w.named = append(w.named, ProvisionID(id))
			return d.Name(), nil
		},
		"from": func(id string) (string, error) { p, err := w.applies(id); return p.From.Vietnamese(), err },
		"last": func(id string) (string, error) { p, err := w.applies(id); return p.Last().Vietnamese(), err },
		"day":  func() string { return w.on.Vietnamese() },
	}
}

func (w *writer) applies(id string) (Period, error) {
	p := w.library.Provision(ProvisionID(id))
	if p == nil {
		return Period{}, fmt.Errorf("no provision has the ID %q", id)
	}
	w.named = append(w.named, p.ID)
	return p.Applies, nil
}

func (w *writer) use(v Value, err error) (Value, error) {
	if err == nil {
		w.used = append(w.used, v)
	}
	return v, err
}

func (w *writer) show(v Value, err error) (string, error) {
	if _, err := w.use(v, err); err != nil {
		return "", err
	}
	return v.Amount.String(), nil
}

func (w *writer) maybe(v Value, known bool) (string, error) {
	if !known {
		return "", nil
	}
	return w.show(v, nil)
}
