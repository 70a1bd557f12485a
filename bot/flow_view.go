package bot

import (
	"strings"
	"unicode/utf8"

	"policybot/bot/flow"
	"policybot/bot/screens"
)

// resultView is the result of a flow as its screen shows it.
type resultView struct {
	view
	Flow  string
	Facts []flow.Told
	Steps *procedureView // papers, where, by when; nil: not shown
}

func (t *turn) resultView(r flow.Result) (*resultView, error) {
	v := &resultView{view: newView(r.Answer, t.Inbound.Day), Flow: r.Flow, Facts: r.Facts}
	if r.Procedure != nil {
		steps, err := t.view(r.Procedure, t.Inbound.Day)
		if err != nil {
			return nil, err
		}
		steps.Where, steps.Days = sentence(steps.Where), sentence(steps.Days)
		v.Steps = &steps
	}
	return v, nil
}

// fit leaves out of a result that is too long the sources but the main one, then the list of facts,
// the procedure, the last lines; cut reports whether anything but sources is left out. "Xem thêm" has all of it.
func (v *resultView) fit() (cut bool, err error) {
	for {
		html, err := screens.Write("flow-result", v)
		if err != nil || utf8.RuneCountInString((Reply{HTML: html}).Plain()) <= longest {
			return cut, err
		}
		switch {
		case len(v.Sources) > 1:
			v.Sources = v.Sources[:len(v.Sources)-1]
		case len(v.Facts) > 0: // the arithmetic shows what of them counts
			v.Facts, cut = nil, true
		case v.Steps != nil:
			v.Steps, cut = nil, true
		case len(v.Bullets) > 1:
			v.Bullets, cut = v.Bullets[:len(v.Bullets)-1], true
		default:
			return cut, nil
		}
	}
}

// sentence returns the first sentence of a text.
func sentence(s string) string {
	if i := strings.Index(s, ". "); i >= 0 {
		return s[:i+1]
	}
	return s
}
