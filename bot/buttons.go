package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"policybot/bot/answer"
	"policybot/bot/privacy"
	"policybot/knowledge"
)

var (
	menuButton     = Button{"Chọn chủ đề", Action{Verb: ShowMenu}}
	rephraseButton = Button{"Hỏi cách khác", Action{Verb: Rephrase}}
	referButton    = Button{"Gửi cán bộ phường/xã", Action{Verb: Refer}}

	calculatorsButton = Button{"Tính thử, kiểm tra", Action{Verb: ShowFlows}}
)

// topicNames are what residents may choose from, in this order.
var topicNames = []struct {
	Topic knowledge.Topic
	Label string
}{
	{knowledge.Poverty, "Hộ nghèo, cận nghèo"},
	{knowledge.Insurance, "Bảo hiểm y tế"},
	{knowledge.Training, "Học nghề, việc làm"},
	{knowledge.Credit, "Vay vốn"},
	{knowledge.Assistance, "Trợ cấp, hưu trí"},
	{knowledge.Schooling, "Học phí"},
	{knowledge.Living, "Nhà, điện, pháp lý"}, // and Justice, which has few questions
}

// topics are the buttons of the menu.
func (t *turn) topics() []Button {
	var buttons []Button
	for _, topic := range topicNames {
		buttons = append(buttons, Button{topic.Label, Action{Verb: ShowTopic, Text: string(topic.Topic)}})
	}
	return append(buttons, calculatorsButton)
}

func isTopic(name string) bool {
	if knowledge.Topic(name) == knowledge.Justice {
		return true
	}
	for _, topic := range topicNames {
		if string(topic.Topic) == name {
			return true
		}
	}
	return false
}

// buttons are the choices under an answer.
func (t *turn) buttons(a answer.Answer) []Button {
	var buttons []Button
	for _, o := range a.Options {
		do := Action{Verb: ShowCard, Card: string(o.Card), Text: t.Record.Question, Day: dayOf(a)}
		if o.Card == "" {
			do = Action{Verb: Ask, Text: privacy.Mask(o.Ask)}
		}
		buttons = append(buttons, Button{o.Label, do})
	}
	if a.Card == nil && len(a.Provisions) > 0 {
		basis := Action{Verb: ShowBasis, Text: privacy.Mask(a.Asked)}
		return append(buttons, Button{"Xem căn cứ", basis}, referButton, Button{"Chưa đúng ý", Action{Verb: NotRight}})
	}
	if a.Card == nil || a.Card.Topic == knowledge.Beyond {
		return append(buttons, t.wayOut(a)...)
	}
	on := func(v Verb) Action { return Action{Verb: v, Card: string(a.Card.ID), Day: dayOf(a)} }
	if len(a.Provisions) > 0 {
		buttons = append(buttons, Button{"Xem căn cứ", on(ShowBasis)})
	}
	if len(a.More) > 0 {
		buttons = append(buttons, Button{"Xem thêm", on(ShowMore)})
	}
	if t.procedureOn(a.Card.Procedure, a.Day) != nil {
		buttons = append(buttons, Button{"Thủ tục, giấy tờ", on(ShowSteps)})
	}
	if len(a.Card.Next) > 0 {
		buttons = append(buttons, Button{"Câu hỏi liên quan", on(ShowNext)})
	}
	if kind, label, offered := t.flows.For(a); offered {
		buttons = append(buttons, Button{label, Action{Verb: StartFlow, Flow: kind}})
	}
	return append(buttons, referButton, Button{"Chưa đúng ý", on(NotRight)})
}

// wayOut are the choices where there is no card: no outcome is a dead end.
func (t *turn) wayOut(a answer.Answer) []Button {
	switch a.Outcome {
	case knowledge.NoEvidence, knowledge.CannotConclude, knowledge.Crisis:
		return []Button{referButton, menuButton}
	case knowledge.Social:
		return []Button{menuButton}
	}
	return []Button{rephraseButton, menuButton}
}

// dayOf is the day a button keeps: none when the answer is for the day it is asked.
func dayOf(a answer.Answer) knowledge.Date {
	if a.Dated {
		return a.Day
	}
	return knowledge.Date{}
}

// press does what a button says. One that the session no longer knows is stale, and harmless.
func (t *turn) press(ctx context.Context, tap Tap) error {
	i := slices.IndexFunc(t.Session.Screens, func(s Screen) bool { return s.Number == tap.Screen })
	if i < 0 || tap.Version != 0 && tap.Version != t.Session.Screens[i].Version || tap.Button < 0 || tap.Button >= len(t.Session.Screens[i].Buttons) {
		return t.show("stale", nil, knowledge.Step, menuButton)
	}
	do := t.Session.Screens[i].Buttons[tap.Button].Action
	if do.Case != "" {
		return t.pressOnCase(ctx, do)
	}
	t.askNothing()
	day := do.Day
	if day.IsZero() {
		day = t.Inbound.Day
	}
	switch do.Verb {
	case Ask, AsTyped:
		return t.ask(ctx, answer.Question{Text: do.Text, Day: t.Inbound.Day, AsTyped: do.Verb == AsTyped})
	case NotRight:
		t.Record.Card = do.Card
		return t.show("not-right", nil, knowledge.Step, rephraseButton, menuButton, referButton)
	case ShowMenu:
		return t.show("menu", nil, knowledge.Step, t.topics()...)
	case ShowFlows:
		return t.show("calculators", nil, knowledge.Step, t.calculators()...)
	case ShowTopic:
		return t.topic(knowledge.Topic(do.Text), day)
	case Rephrase:
		return t.show("rephrase", nil, knowledge.Step, menuButton)
	case Refer:
		return t.begin()
	case ReferOn, ReferPlace, ReferWard, ReferWords, ReferNumber, ReferNone, ReferSend, ReferDrop:
		return t.pressOnDraft(ctx, do)
	}
	if done, err := t.pressFlow(do); done || err != nil {
		return err
	}
	if do.Verb == ShowBasis && do.Card == "" {
		return t.basisOf(ctx, do.Text)
	}
	return t.pressOnAnswer(do, day)
}

// pressOnAnswer does what a button about a card of the content says.
func (t *turn) pressOnAnswer(do Action, day knowledge.Date) error {
	card := t.library.Card(knowledge.CardID(do.Card))
	if card == nil || !t.library.Shows(card) { // the content has changed since
		return t.show("stale", nil, knowledge.Step, menuButton)
	}
	a, err := t.answers.Card(card, day, t.Inbound.Day)
	if err != nil {
		return err
	}
	switch do.Verb {
	case ShowCard:
		t.Session.Before = card.Ask[0]
		return t.reply(a, answer.Question{Text: do.Text})
	case ShowMore:
		t.note(a)
		return t.show("more", newView(a, t.Inbound.Day), knowledge.Step, t.buttons(a)...)
	case ShowBasis:
		t.note(a)
		return t.show("basis", a, knowledge.Step, referButton, menuButton)
	case ShowSteps:
		t.restOn(a)
		return t.procedure(card, day)
	case ShowNext:
		return t.questions("Câu hỏi liên quan", t.cardsOn(card.Next, day), do.Day)
	}
	return fmt.Errorf("no button does %q", do.Verb)
}

// basisOf shows what the answer to a question rests on, where a rule gave it and not a card.
func (t *turn) basisOf(ctx context.Context, question string) error {
	a, err := t.answers.Answer(ctx, answer.Question{Text: question, Day: t.Inbound.Day})
	if err != nil {
		return err
	}
	t.note(a)
	return t.show("basis", a, knowledge.Step, referButton, menuButton)
}

// cardsOn returns the cards of the needs that hold on the day.
func (t *turn) cardsOn(ids []knowledge.CardID, day knowledge.Date) []*knowledge.Card {
	var cards []*knowledge.Card
	for _, id := range ids {
		for _, c := range t.library.CardsOn(day) {
			if (c.ID == id || c.WordingsOf == id) && !t.isBlocked(c, day) {
				cards = append(cards, c)
				break
			}
		}
	}
	return cards
}

// topic shows the first questions of a topic.
func (t *turn) topic(topic knowledge.Topic, day knowledge.Date) error {
	const most = 7
	t.rests = append(t.rests, rest{topic: topic})
	var cards []*knowledge.Card
	for _, c := range t.library.CardsOn(day) {
		if inTopic(c, topic) && c.Outcome == knowledge.Answered && len(cards) < most && !t.isBlocked(c, day) {
			cards = append(cards, c)
		}
	}
	title := string(topic)
	for _, name := range topicNames {
		if name.Topic == topic {
			title = name.Label
		}
	}
	return t.questions(title, cards, knowledge.Date{})
}

// inTopic reports whether a card is offered under a topic of the menu.
func inTopic(c *knowledge.Card, topic knowledge.Topic) bool {
	return c.Topic == topic || c.Topic == knowledge.Justice && topic == knowledge.Living
}

// questions shows cards as numbered choices.
func (t *turn) questions(title string, cards []*knowledge.Card, day knowledge.Date) error {
	var lines []answer.Option
	var buttons []Button
	for i, c := range cards {
		label := strconv.Itoa(i + 1)
		lines = append(lines, answer.Option{Label: label, Line: c.Ask[0]})
		buttons = append(buttons, Button{label, Action{Verb: ShowCard, Card: string(c.ID), Day: day}})
	}
	data := struct {
		Title     string
		Questions []answer.Option
	}{title, lines}
	return t.show("topic", data, knowledge.Step, append(buttons, menuButton)...)
}

// procedure shows the procedure that goes with a card.
func (t *turn) procedure(card *knowledge.Card, day knowledge.Date) error {
	p := t.procedureOn(card.Procedure, day)
	if p == nil {
		return t.show("stale", nil, knowledge.Step, menuButton)
	}
	v, err := t.view(p, day)
	if errors.Is(err, knowledge.ErrNotKnown) {
		return t.show("no-evidence", nil, knowledge.NoEvidence, referButton, menuButton)
	}
	if err != nil {
		return fmt.Errorf("procedure %s: %w", p.ID, err)
	}
	return t.show("procedure", v, knowledge.Step, referButton, menuButton)
}

// procedureOn returns the procedure that applies on a day, or nil.
func (t *turn) procedureOn(id knowledge.ProcedureID, day knowledge.Date) *knowledge.Procedure {
	p := t.library.Procedure(id)
	if p == nil || !p.Applies.Contains(day) {
		return nil
	}
	return p
}

// view fills the texts of a procedure for a day.
func (t *turn) view(p *knowledge.Procedure, day knowledge.Date) (procedureView, error) {
	t.rests = append(t.rests, rest{topic: p.Topic, basis: p.Basis})
	var failed error
	fill := func(text string) string {
		s, used, err := t.library.Text(text, day)
		failed = errors.Join(failed, err)
		for _, v := range used {
			t.rests = append(t.rests, rest{basis: v.Basis})
		}
		return s
	}
	v := procedureView{Title: p.Title, Who: fill(p.Who), Where: fill(p.Where), Days: fill(p.Days), Signer: fill(p.Signer),
		Objection: fill(p.Object), NotChecked: p.Confidence != knowledge.Checked}
	if answer.IsOld(p.ConfirmedOn, t.Inbound.Day) {
		v.Old = p.ConfirmedOn
	}
	if p.Fee != nil {
		v.Fee = fill(*p.Fee)
	}
	for _, s := range p.Papers {
		v.Papers = append(v.Papers, fill(s))
	}
	for _, s := range p.Steps {
		v.Steps = append(v.Steps, fill(s))
	}
	for _, id := range p.Basis {
		if q := t.library.Provision(id); q != nil {
			v.Sources = append(v.Sources, answer.Source(q))
		}
	}
	return v, failed
}
