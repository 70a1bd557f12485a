// Package bot is the conversation with residents, without Telegram: it takes what a person did
// and gives back what they read next.
package bot

import (
	"context"
	"html"
	"regexp"
	"time"

	"policybot/bot/answer"
	"policybot/bot/flow"
	"policybot/bot/referral"
	"policybot/knowledge"
)

// ChatID names a conversation. It is a pseudonym: the person's name and number stop in the
// adapter that made it. That of a person is the one of their private chat.
type ChatID = referral.ChatID

// Inbound is one thing a person did: typed a text, pressed a button, or sent something else.
type Inbound struct {
	// Key names the update it came from. A repeat carries the same key; empty: nothing repeats.
	Key  string
	Chat ChatID
	// Person is who did it: in a group one of its members, in a private chat the same as Chat; empty:
	// the same as Chat.
	Person ChatID
	// Day is the day it is asked, in Cần Thơ. A question may be about another day.
	Day  knowledge.Date
	Text string
	Tap  *Tap  // the button pressed; nil: none
	Sent Other // what was sent instead of a text; empty: a text or a tap
	// Contact is the telephone number of a contact that was sent, if it is the sender's own; empty: none.
	Contact string
	Media   *Media // the photo, file or voice that was sent and can be passed on; nil: none
	// Admin names who asks when they look after this service, as its settings name them; empty: a
	// resident. It is set in private chats only.
	Admin string
	// Explain asks for the reasons in Turn.Answer, for somebody who looks on.
	Explain bool
}

// isPrivate reports whether it comes from the private chat of the person.
func (in Inbound) isPrivate() bool { return in.Person == "" || in.Person == in.Chat }

// Media is a photo, file or voice, by the name it has with the messenger.
type Media struct {
	Kind    string // photo, document, voice, audio or video
	File    string
	Caption string // what was written under it; empty: nothing
}

// Tap is a press of a button on a screen.
type Tap struct {
	// Action is what the button does, if the button says so itself, as under the card of a referral;
	// nil: the session knows.
	Action *Action
	Screen int // Reply.Screen of the message it stood on
	Button int // index among its buttons
	// Version is the Session.Version the button was drawn from, so that one of a session since
	// forgotten is known for what it is; 0: not told, as in a terminal.
	Version int
}

// Other is a message that is not text.
type Other string

// What people send besides text.
const (
	Voice    Other = "voice"
	Photo    Other = "photo"
	File     Other = "file"
	Sticker  Other = "sticker"
	Contact  Other = "contact"
	Location Other = "location"
	Edited   Other = "edited"  // a changed earlier message: never a new question
	Unusable Other = "another" // anything else
)

// Reply is one message to the person.
type Reply struct {
	// Screen numbers the message within its conversation, from 1; its buttons carry the number. A
	// number below zero is that of a referral's card, one in each chat; see cardScreen.
	Screen int
	// HTML is the text in Telegram's HTML, everything from outside escaped.
	HTML    string
	Buttons []Button
	// Replaces is the screen that this one takes the place of, by editing it; 0: a new message.
	Replaces int
	// Keys is a keyboard in the place of the phone's own, for one press; nil: none.
	Keys *Keys
	// Media is sent with the text under it; nil: a text alone.
	Media *Media
}

// Keys is a keyboard below the chat. What its keys say is sent as if it had been typed.
type Keys struct {
	Contact string   // the key that shares the person's own telephone number; empty: no such key
	Texts   []string // the others
}

// Post is a message to another chat than that of the turn. Its buttons say themselves what they do.
type Post struct {
	To    ChatID
	Reply Reply
}

var tagForm = regexp.MustCompile(`</?[a-z][^>]*>`)

// Plain returns the text without its tags, as a terminal shows it.
func (r Reply) Plain() string {
	return html.UnescapeString(tagForm.ReplaceAllString(r.HTML, ""))
}

// Button is a choice under a message. What it does is kept in the session, not in the button.
type Button struct {
	Label  string `json:"label"` // at most 24 characters
	Action Action `json:"action"`
}

// Action is what a button does.
type Action struct {
	Verb Verb   `json:"verb"`
	Card string `json:"card,omitempty"` // the card it is about
	// Text is the question it asks, or that a Card answers; the answer it gives in a flow.
	Text string `json:"text,omitempty"`
	// Case is the referral it is about, and Version the one it was drawn from. A button with a Case
	// holds outside of a session, and then carries nothing but these and the Verb.
	Case    referral.Code `json:"case,omitempty"`
	Version int           `json:"version,omitempty"`
	// Day is the day it is about; zero: the day of the press.
	Day  knowledge.Date `json:"day,omitzero"`
	Flow flow.Kind      `json:"flow,omitempty"` // the flow it is about
	Fact string         `json:"fact,omitempty"` // the fact of a flow it is about
}

// Verb names what a button does.
type Verb string

// The verbs.
const (
	Ask       Verb = "ask"       // ask Text
	ShowCard  Verb = "card"      // show a card
	ShowMore  Verb = "more"      // the long form of a card
	ShowBasis Verb = "basis"     // the provisions behind a card
	ShowSteps Verb = "procedure" // the procedure that goes with a card
	ShowNext  Verb = "next"      // questions near a card's
	ShowMenu  Verb = "menu"      // the topics
	ShowTopic Verb = "topic"     // the questions of a topic, named by Text
	Refer     Verb = "refer"     // hand over to an officer
	NotRight  Verb = "not-right" // the answer missed the question
	Rephrase  Verb = "rephrase"  // ask for other words
	AsTyped   Verb = "as-typed"  // take the words as they were typed

	ShowFlows   Verb = "flows"        // the calculators and checks
	StartFlow   Verb = "flow"         // begin Flow, or go on with it
	TellFact    Verb = "flow-tell"    // Fact of Flow is Text
	FlowBack    Verb = "flow-back"    // take the last answer back
	ResumeFlow  Verb = "flow-resume"  // ask on, or show the result
	PauseFlow   Verb = "flow-pause"   // leave it for later
	RestartFlow Verb = "flow-restart" // forget the answers and begin again
	ChangeFact  Verb = "flow-change"  // ask for Fact again; empty: choose which
	ResultMore  Verb = "flow-more"    // the long form of a result
	ResultBasis Verb = "flow-basis"   // the provisions behind a result
	ResultSteps Verb = "flow-steps"   // the procedure that goes with a result
)

// The verbs of making a referral.
const (
	ReferOn     Verb = "refer-on"     // go on with the draft
	ReferPlace  Verb = "refer-place"  // ask for the ward
	ReferWard   Verb = "refer-ward"   // send it to the ward with the code Text
	ReferWords  Verb = "refer-words"  // ask for other words
	ReferNumber Verb = "refer-number" // ask for a telephone number
	ReferNone   Verb = "refer-none"   // no telephone number
	ReferSend   Verb = "refer-send"   // agree, and send the draft with the key Text
	ReferDrop   Verb = "refer-drop"   // do not send it
)

// The verbs on a referral. They go into the buttons themselves, so they are short.
const (
	CaseAccept  Verb = "acc" // officer: take it
	CaseReply   Verb = "rep" // officer: write to the resident
	CaseStop    Verb = "stp" // officer: write no more
	CaseAsk     Verb = "wai" // officer: wait for the resident
	CaseRelease Verb = "rel" // officer: give it back
	CaseDecline Verb = "dec" // officer: none of our business
	CaseClose   Verb = "cls" // officer: done
	CaseTalk    Verb = "tlk" // resident: write to the officer
	CaseAside   Verb = "asd" // resident: write to the bot
	CaseCancel  Verb = "cnl" // resident: take it back
	CaseHelped  Verb = "hlp" // resident: it was of use
	CaseReopen  Verb = "rop" // resident: it was not
)

// Session is what the bot remembers of a conversation between turns.
type Session struct {
	// Version counts the turns, so that two writers cannot both build on the same one.
	Version int `json:"version"`
	// Screens are the latest messages with buttons, oldest first.
	Screens []Screen `json:"screens,omitempty"`
	// LastScreen is the number of the newest message.
	LastScreen int `json:"last_screen,omitempty"`
	// Before is the last question, masked, for a follow-up that leaves out what it is about; empty:
	// none.
	Before string `json:"before,omitempty"`
	// Matter is what the last answer was about, for handing it to an officer; nil: none yet. Whoever
	// shows a result of another kind sets it.
	Matter *referral.Matter `json:"matter,omitempty"`
	// Flow is the flow that is under way, or whose result was shown last; nil: none.
	Flow *Going `json:"flow,omitempty"`
	// Place is the unit that was named last in a question, by its name of then or now; empty: none.
	Place string             `json:"place,omitempty"`
	Ward  knowledge.WardCode `json:"ward,omitempty"`  // that was chosen last; empty: none yet
	Draft *Draft             `json:"draft,omitempty"` // of a referral; nil: none
}

// Screen is what the buttons of one message do.
type Screen struct {
	Number  int      `json:"number"`
	Version int      `json:"version"` // the Session.Version it was drawn from
	Buttons []Button `json:"buttons"`
}

// Sessions remembers conversations.
type Sessions interface {
	// Session returns the state of a conversation; the zero Session for one that is new.
	Session(ctx context.Context, chat ChatID) (Session, error)
}

// Blocks remembers what may not be answered from, by command of the administrators.
type Blocks interface {
	// Blocks returns what is blocked now, in the order it was.
	Blocks(ctx context.Context) (knowledge.Blocks, error)
	// BlockLog returns the latest changes, newest first, at most that many.
	BlockLog(ctx context.Context, most int) ([]BlockChange, error)
}

// BlockChange is something that an administrator has blocked, or freed again.
type BlockChange struct {
	knowledge.Block      // Author and Since are of the change
	Freed           bool // no longer blocked
}

// Store is what a bot reads at the start of a turn.
type Store interface {
	Sessions
	Blocks
	Trials
}

// Turn is one Inbound and everything it led to, to be committed at once.
type Turn struct {
	Inbound Inbound
	Session Session // as it is after the turn
	Replies []Reply
	Posts   []Post            // to others
	Changes []referral.Change // to referrals and officers, written with the rest or not at all
	// Toast is a short notice to who pressed a button, at most 200 letters; empty: none.
	Toast  string
	Record Record
	// Answer is what the replies were written from, for somebody who looks on; nil: no question was
	// answered. It holds what the person wrote and is never kept.
	Answer *answer.Answer
	// Blocked are the changes of what may be answered, to be kept with the turn.
	Blocked []BlockChange
	// Trials are drafts of golden cases, to be kept with the turn.
	Trials []Trial
}

// Record is what is kept of a turn for statistics and for finding gaps. It holds no person's data.
type Record struct {
	Question   string // masked; empty for a tap
	Understood string // masked, after rewriting; empty when it is the question itself
	Outcome    knowledge.Outcome
	Card       string
	Provisions []knowledge.ProvisionID
	Sources    []string
	Referral   bool   // a hand-over to an officer is the proposed next step
	Content    string // version of the content
	Took       time.Duration
}
