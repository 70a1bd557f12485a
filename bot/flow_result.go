package bot

import (
	"strings"
	"unicode/utf8"

	"policybot/bot/answer"
	"policybot/bot/flow"
	"policybot/bot/referral"
	"policybot/bot/screens"
	"policybot/knowledge"
)

// result shows what follows from the facts, in full or as far as a message should go.
func (t *turn) result(whole bool) error {
	g := *t.Session.Flow
	r, err := t.flows.Conclude(g.State, t.Inbound.Day)
	if err != nil {
		return err
	}
	g.Done, g.Asking = true, false
	t.going(g)
	t.note(r.Answer)
	t.Record.Card = "flow:" + string(g.Kind)
	t.Session.Matter = matterOfResult(r)
	v, err := t.resultView(r)
	if err != nil {
		return err
	}
	cut := false
	if !whole {
		if cut, err = v.fit(); err != nil {
			return err
		}
	}
	return t.show("flow-result", v, r.Outcome, t.resultButtons(r, cut)...)
}

// resultButtons are the choices under a result.
func (t *turn) resultButtons(r flow.Result, cut bool) []Button {
	var buttons []Button
	if len(r.Facts) > 0 {
		buttons = append(buttons, changeButton)
	}
	if len(r.Provisions) > 0 {
		buttons = append(buttons, Button{"Xem căn cứ", Action{Verb: ResultBasis}})
	}
	if cut {
		buttons = append(buttons, Button{"Xem thêm", Action{Verb: ResultMore}})
	}
	if r.Procedure != nil {
		buttons = append(buttons, Button{"Thủ tục, giấy tờ", Action{Verb: ResultSteps}})
	}
	if t.Session.Flow.Kind == flow.Household && r.Procedure != nil { // it may be poor or near-poor
		buttons = append(buttons, Button{t.flows.Title(flow.Supports), Action{Verb: StartFlow, Flow: flow.Supports}})
	}
	return append(buttons, referButton, restartButton, menuButton)
}

// behindResult shows the provisions or the procedure that go with a result.
func (t *turn) behindResult(what Verb) error {
	r, err := t.flows.Conclude(t.Session.Flow.State, t.Inbound.Day)
	if err != nil {
		return err
	}
	t.note(r.Answer)
	if what == ResultBasis {
		return t.show("basis", r.Answer, knowledge.Step, resultButton, referButton, menuButton)
	}
	if r.Procedure == nil {
		return t.result(false)
	}
	v, err := t.view(r.Procedure, t.Inbound.Day)
	if err != nil {
		return err
	}
	return t.show("procedure", v, knowledge.Step, resultButton, referButton, menuButton)
}

// matterOfResult is what a result is about, for handing it to an officer.
func matterOfResult(r flow.Result) *referral.Matter {
	m := &referral.Matter{Question: r.Flow, Lead: r.Lead, Topic: r.Topic}
	for _, f := range r.Facts {
		m.Facts = append(m.Facts, f.Title+": "+f.Value)
	}
	for _, p := range r.Provisions[:min(shownSources, len(r.Provisions))] {
		m.Sources = append(m.Sources, answer.Source(p))
	}
	return m
}

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
