package bot

import (
	"context"
	"crypto/rand"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"policybot/bot/answer"
	"policybot/bot/places"
	"policybot/bot/privacy"
	"policybot/bot/referral"
	"policybot/knowledge"
)

// Draft is a referral that a resident is making.
type Draft struct {
	// Key names it, so that it is sent once however often the button is pressed.
	Key    string             `json:"key"`
	Begun  int64              `json:"begun"` // unix seconds
	Matter referral.Matter    `json:"matter"`
	Ward   knowledge.WardCode `json:"ward,omitempty"` // empty: not chosen yet
	// Desk is who gets it, as the resident was told.
	Desk    knowledge.WardCode `json:"desk,omitempty"`
	Contact string             `json:"contact,omitempty"` // a telephone number; empty: by way of the bot
	Asks    Asks               `json:"asks,omitempty"`
}

// Asks says what the next text is taken for.
type Asks string

// What is asked for. Empty: nothing, a text is a question.
const (
	AskedPlace  Asks = "place"
	AskedWords  Asks = "words"
	AskedNumber Asks = "number"
)

const (
	draftLife = 7 * 24 * 60 * 60 // seconds; a draft left for longer is forgotten
	mostWords = 1500             // letters of a resident's own words
)

var (
	onButton   = Button{"Tiếp tục gửi phiếu", Action{Verb: ReferOn}}
	dropButton = Button{"Thôi, không gửi", Action{Verb: ReferDrop}}
)

// keepDraft drops a draft whose time is over. Another is copied, so that a turn that fails leaves it as
// it was.
func (t *turn) keepDraft() {
	if t.Session.Draft == nil {
		return
	}
	d := *t.Session.Draft
	t.Session.Draft = &d
	if t.now.Unix()-d.Begun > draftLife {
		t.Session.Draft = nil
	}
}

// askNothing lets the next text be a question again: the person has turned to something else. A screen
// of the draft may ask anew.
func (t *turn) askNothing() {
	if t.Session.Draft != nil {
		t.Session.Draft.Asks = ""
	}
}

// begin begins a referral on what the last answer was about.
func (t *turn) begin() error {
	t.Record.Referral = true
	if !t.Inbound.isPrivate() {
		return t.show("refer-private", nil, knowledge.Step)
	}
	d := &Draft{Key: rand.Text(), Begun: t.now.Unix()}
	if t.Session.Matter != nil {
		d.Matter = *t.Session.Matter
		d.Matter.Question = shortened(d.Matter.Question, mostWords)
	}
	t.Session.Draft = d
	if t.Session.Place != "" {
		if found, _ := t.answers.Places().Search(t.Session.Place); len(found) > 0 {
			return t.offerWards(found)
		}
	}
	return t.askPlace()
}

// shortened is a text of at most so many letters.
func shortened(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// askPlace asks where the resident lives.
func (t *turn) askPlace() error {
	t.Session.Draft.Asks = AskedPlace
	buttons := []Button{dropButton}
	if w := t.ward(t.Session.Ward); w != nil {
		buttons = []Button{wardButton(w), dropButton}
	}
	return t.show("refer-place", nil, knowledge.Step, buttons...)
}

func (t *turn) ward(code knowledge.WardCode) *knowledge.Ward {
	if i := slices.IndexFunc(t.library.Wards, func(w *knowledge.Ward) bool { return w.Code == code }); i >= 0 {
		return t.library.Wards[i]
	}
	return nil
}

func wardButton(w *knowledge.Ward) Button {
	return Button{w.FullName(), Action{Verb: ReferWard, Text: string(w.Code)}}
}

// mostWards are shown at a time: with two more buttons they are eight.
const mostWards = 6

// offerWards shows the wards that may be meant, side by side. The resident chooses, even of one.
func (t *turn) offerWards(found []places.Found) error {
	t.Session.Draft.Asks = AskedPlace
	more := len(found) > mostWards
	found = found[:min(len(found), mostWards)]
	var buttons []Button
	for _, f := range found {
		buttons = append(buttons, wardButton(f.Ward))
	}
	data := struct {
		Found []places.Found
		More  bool
	}{found, more}
	return t.show("refer-wards", data, knowledge.Step, append(buttons, Button{"Nơi khác", Action{Verb: ReferPlace}}, dropButton)...)
}

// pressOnDraft does what a button about the draft says.
func (t *turn) pressOnDraft(ctx context.Context, do Action) error {
	d := t.Session.Draft
	switch {
	case do.Verb == ReferSend && (d == nil || d.Key != do.Text):
		return t.sentBefore(ctx, do.Text)
	case d == nil:
		return t.show("refer-gone", nil, knowledge.Step, referButton, menuButton)
	}
	t.Record.Referral = true
	switch do.Verb {
	case ReferPlace:
		return t.askPlace()
	case ReferWard:
		if w := t.ward(knowledge.WardCode(do.Text)); w != nil {
			d.Ward, t.Session.Ward = w.Code, w.Code
		}
	case ReferWords:
		return t.askWords()
	case ReferNumber:
		return t.askNumber("refer-number")
	case ReferNone:
		d.Contact = ""
	case ReferSend:
		return t.send(ctx)
	case ReferDrop:
		t.Session.Draft = nil
		return t.show("refer-dropped", nil, knowledge.Step, menuButton)
	}
	return t.next(ctx)
}

// next asks for what the draft lacks, and shows it when it lacks nothing.
func (t *turn) next(ctx context.Context) error {
	d := t.Session.Draft
	switch {
	case d.Ward == "":
		return t.askPlace()
	case d.Matter.Question == "":
		return t.askWords()
	}
	return t.consent(ctx, false)
}

func (t *turn) askWords() error {
	t.Session.Draft.Asks = AskedWords
	if q := t.Session.Draft.Matter.Question; q != "" {
		return t.show("refer-words", q, knowledge.Step, Button{"Giữ lời cũ", Action{Verb: ReferOn}}, dropButton)
	}
	return t.show("refer-words", "", knowledge.Step, dropButton)
}

// shareNumber is the key that shares the person's own number.
const (
	shareNumber = "📱 Gửi số của tôi"
	viaBot      = "Nhắn qua máy"
)

func (t *turn) askNumber(screen string) error {
	t.Session.Draft.Asks = AskedNumber
	if err := t.show(screen, nil, knowledge.Step); err != nil {
		return err
	}
	t.Replies[len(t.Replies)-1].Keys = &Keys{Contact: shareNumber, Texts: []string{viaBot}}
	return nil
}

// consentView is what the resident agrees to, word for word.
type consentView struct {
	Matter  referral.Matter
	Contact string
	Ward    string // in full
	City    bool   // the ward has no officer here: it goes to the city's
	Nobody  bool   // nor has the city
	Trial   bool   // nothing is sent from here
	Changed bool   // who gets it has changed since the resident was last told
	Months  int
}

// consent shows what will be sent, to whom, and for how long it is kept.
func (t *turn) consent(ctx context.Context, changed bool) error {
	table, err := t.cases.Table(ctx)
	if err != nil {
		return err
	}
	d := t.Session.Draft
	desk := referral.Route(table, d.Ward)
	d.Desk, d.Asks = desk.Ward, ""
	_, trial := t.cases.(none)
	v := consentView{Trial: trial, Matter: d.Matter, Contact: d.Contact, Ward: t.deskName(d.Ward), Changed: changed, Months: referral.Keep,
		City: desk.Ward == referral.City, Nobody: len(desk.Officers) == 0}
	number := Button{"Thêm số điện thoại", Action{Verb: ReferNumber}}
	if d.Contact != "" {
		number = Button{"Bỏ số điện thoại", Action{Verb: ReferNone}}
	}
	return t.show("refer-consent", v, knowledge.Step, Button{"Đồng ý gửi", Action{Verb: ReferSend, Text: d.Key}},
		Button{"Sửa lời", Action{Verb: ReferWords}}, number, Button{"Đổi nơi nhận", Action{Verb: ReferPlace}}, dropButton)
}

// deskName is a desk as people read it.
func (t *turn) deskName(code knowledge.WardCode) string {
	if w := t.ward(code); w != nil {
		return w.FullName()
	}
	return "Trực thành phố"
}

// writeDraft takes a text for what the draft asks for; false: it is something else.
func (t *turn) writeDraft(ctx context.Context, text string) (taken bool, err error) {
	d := t.Session.Draft
	if d == nil || d.Asks == "" {
		return false, nil
	}
	t.Record.Referral = true
	switch d.Asks {
	case AskedPlace:
		return t.writePlace(ctx, text)
	case AskedNumber:
		return t.writeNumber(ctx, text)
	}
	if urgent, err := t.isCrisis(ctx, text); urgent || err != nil {
		return false, err
	}
	if utf8.RuneCountInString(text) > mostWords {
		return true, t.show("refer-long", mostWords, knowledge.Step, dropButton)
	}
	d.Matter.Question = privacy.Mask(strings.TrimSpace(text))
	if t.Session.Matter == nil || t.Session.Matter.Question != d.Matter.Question {
		d.Matter.Lead, d.Matter.Sources = "", nil // they answered other words
	}
	return true, t.next(ctx)
}

// mostAside is how many syllables that have to do with no place may stand beside the name of one.
const mostAside = 2

// writePlace takes a text for the name of a place, unless it says more than that.
func (t *turn) writePlace(ctx context.Context, text string) (bool, error) {
	found, left := t.answers.Places().Search(text)
	if len(found) > 0 && left <= mostAside {
		return true, t.offerWards(found)
	}
	a, err := t.answers.Answer(ctx, answer.Question{Text: text, Day: t.Inbound.Day})
	if err != nil {
		return true, err
	}
	switch a.Outcome {
	case knowledge.NoEvidence, knowledge.OutOfScope, knowledge.Clarify:
		if len(found) > 0 {
			return true, t.offerWards(found)
		}
		return true, t.show("refer-noward", nil, knowledge.Step, Button{"Hỏi máy câu này", Action{Verb: Ask, Text: privacy.Mask(text)}}, dropButton)
	}
	return false, nil
}

var numberForm = regexp.MustCompile(`^(?:\+?84|0)[0-9]{8,10}$`)

// writeNumber takes a text for a telephone number, unless it has hardly a digit.
func (t *turn) writeNumber(ctx context.Context, text string) (bool, error) {
	if strings.TrimSpace(text) == viaBot {
		return true, t.setNumber(ctx, "")
	}
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-()", r) {
			return -1
		}
		return r
	}, text)
	if numberForm.MatchString(digits) {
		return true, t.setNumber(ctx, digits)
	}
	if strings.ContainsAny(text, "0123456789") && utf8.RuneCountInString(text) < 24 {
		return true, t.askNumber("refer-badnumber")
	}
	return false, nil
}

// shared takes a contact that was sent, if the draft asks for one.
func (t *turn) shared(ctx context.Context) (bool, error) {
	d := t.Session.Draft
	if d == nil || d.Asks != AskedNumber || t.Inbound.Sent != Contact {
		return false, nil
	}
	if t.Inbound.Contact == "" {
		return true, t.askNumber("refer-notyours")
	}
	return true, t.setNumber(ctx, "+"+strings.TrimPrefix(t.Inbound.Contact, "+"))
}

// setNumber takes a number, or none, and puts the phone's own keyboard back.
func (t *turn) setNumber(ctx context.Context, number string) error {
	t.Session.Draft.Contact = number
	if err := t.show("refer-noted", number, knowledge.Step); err != nil {
		return err
	}
	t.Replies[len(t.Replies)-1].Keys = &Keys{}
	return t.next(ctx)
}

// placeIn returns the unit that a question names, with its former district, so that it can be looked
// up again; empty: none that is beyond doubt the name of one.
func (t *turn) placeIn(text string) string {
	found, _ := t.answers.Places().Search(text)
	if len(found) == 0 || !found[0].Named {
		return ""
	}
	p := found[0].Because
	if p.District == "" {
		return p.Name
	}
	return p.Name + ", " + p.District
}

// isCrisis reports whether a text tells of danger: that is heard whatever was asked for.
func (t *turn) isCrisis(ctx context.Context, text string) (bool, error) {
	a, err := t.answers.Answer(ctx, answer.Question{Text: text, Day: t.Inbound.Day})
	return a.Outcome == knowledge.Crisis, err
}
