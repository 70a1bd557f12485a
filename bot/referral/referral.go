package referral

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"policybot/knowledge"
)

// ChatID names a chat of the conversation by a pseudonym; that of a person is the one of their private
// chat. Empty: none.
type ChatID string

// Referral is a resident's case in the hands of a desk (phiếu chuyển).
type Referral struct {
	Code  Code
	Draft string // names the draft it was made from, so that one sent twice is one
	// Version counts the changes of state, from 1. Buttons carry the one they were drawn from.
	Version int
	// Writes counts how often it was stored. Of two changes that build on the same one only the first
	// counts.
	Writes   int
	State    State
	Resident ChatID // empty: forgotten
	Matter   Matter // empty: forgotten
	// Added is what the resident asked besides, within a day, and agreed to send.
	Added   []Matter
	Contact string             // a telephone number; empty: by way of the bot
	Ward    knowledge.WardCode // where the resident lives
	// Desk is whose officers see to it: those of a ward, or those on duty for the city.
	Desk    knowledge.WardCode
	Holder  OfficerID // who has accepted it; 0: nobody
	Consent string    // the version of the wording that the resident agreed to
	Sent    time.Time // when the resident agreed
	Taken   time.Time // when the holder accepted it; zero: nobody holds it
	// Due is when a first word is owed, see [Due].
	Due time.Time
	// TalkEnds is until when what the resident writes is for the officer, unless they say otherwise;
	// zero: it is for the bot.
	TalkEnds time.Time
	Closed   time.Time // zero: it is open
	Reopened bool
	// Gone says that the resident has stopped the bot, so that no word reaches them there.
	Gone bool
	// Shown are the chats that have its card.
	Shown []ChatID
}

// City is the desk of the officers on duty for the city (trực thành phố).
const City knowledge.WardCode = "city"

// State is where a referral stands.
type State string

// The states of a referral.
const (
	Sent      State = "sent"      // nobody has accepted it yet
	Accepted  State = "accepted"  // an officer sees to it
	Waiting   State = "waiting"   // the officer waits for the resident
	Closed    State = "closed"    // the officer is done
	Cancelled State = "cancelled" // the resident has taken it back
)

// IsOpen reports whether something is still to be done.
func (s State) IsOpen() bool { return s == Sent || s == Accepted || s == Waiting }

// Event is what happens to a referral.
type Event string

// The events. Those below Reopen are recorded and leave the state as it is.
const (
	Send    Event = "send"    // the resident agrees and sends it
	Accept  Event = "accept"  // an officer takes it (tiếp nhận)
	Ask     Event = "ask"     // the officer asks the resident for more (chờ bổ sung)
	Answer  Event = "answer"  // the resident writes to the officer
	Release Event = "release" // the officer gives it back to the desk
	Decline Event = "decline" // it is none of the desk's business: over to the city's duty desk
	Close   Event = "close"   // the officer is done (kết thúc)
	Cancel  Event = "cancel"  // the resident takes it back
	Reopen  Event = "reopen"  // the resident is not helped yet (mở lại), once

	Reply  Event = "reply"  // the officer writes to the resident
	Add    Event = "add"    // the resident asks more, within a day
	Helped Event = "helped" // the resident says that it was of use
	Talk   Event = "talk"   // the resident turns to the officer
	Aside  Event = "aside"  // the resident turns to the bot again
	Assign Event = "assign" // another desk has an officer for it now; see [Referral.To]
)

// moves are the states an event may come in, and the one it leads to; an empty one: the same.
var moves = map[Event]struct {
	from []State
	to   State
}{
	Send:    {[]State{""}, Sent},
	Accept:  {[]State{Sent}, Accepted},
	Ask:     {[]State{Accepted, Waiting}, Waiting},
	Answer:  {[]State{Accepted, Waiting}, Accepted},
	Release: {[]State{Accepted, Waiting}, Sent},
	Decline: {[]State{Accepted, Waiting}, Sent},
	Close:   {[]State{Accepted, Waiting}, Closed},
	Cancel:  {[]State{Sent}, Cancelled},
	Reopen:  {[]State{Closed}, Sent},
	Reply:   {[]State{Accepted, Waiting}, ""},
	Add:     {[]State{Sent, Accepted, Waiting}, ""},
	Helped:  {[]State{Closed}, ""},
	Talk:    {[]State{Accepted, Waiting}, ""},
	Aside:   {[]State{Accepted, Waiting, Closed}, ""},
}

// ErrMove says that a referral is not in a state for what was to be done with it.
var ErrMove = errors.New("not in this state")

// talkTime is how long after an officer's word a resident's text is taken for the answer.
const talkTime = 24 * time.Hour

// Move returns the referral as an event leaves it. By is the officer who did it; 0: the resident.
func (r Referral) Move(e Event, by OfficerID, at time.Time) (Referral, error) {
	m, known := moves[e]
	if !known || !slices.Contains(m.from, r.State) || e == Reopen && r.Reopened || e == Decline && r.Desk == City {
		return r, fmt.Errorf("%s a referral that is %q: %w", e, r.State, ErrMove)
	}
	if m.to != "" && m.to != r.State {
		r.State = m.to
		r.Version++
	}
	switch e {
	case Send:
		r.Sent, r.Due = at, Due(at)
	case Accept:
		r.Holder, r.Taken = by, at
	case Ask, Reply, Talk:
		r.TalkEnds = at.Add(talkTime)
	case Release:
		r.free()
	case Decline:
		r.free()
		r.Desk, r.Due = City, Due(at)
	case Close:
		r.Closed, r.TalkEnds = at, time.Time{}
	case Cancel:
		r.Closed = at
	case Reopen:
		r.free()
		r.Reopened, r.Closed, r.Due = true, time.Time{}, Due(at)
	case Aside:
		r.TalkEnds = time.Time{}
	}
	return r, nil
}

// free takes the referral out of its holder's hands.
func (r *Referral) free() { r.Holder, r.Taken, r.TalkEnds = 0, time.Time{}, time.Time{} }

// To returns the referral, which nobody has accepted, handed to another desk.
func (r Referral) To(desk knowledge.WardCode) Referral {
	r.Desk = desk
	r.Version++
	return r
}

// IsSame reports whether a new matter for a ward is one with an open referral of the same person, and
// so to be added to it: sent within a day before, to the same ward, and on the same topic.
func (r Referral) IsSame(m Matter, ward knowledge.WardCode, at time.Time) bool {
	return r.State.IsOpen() && r.Ward == ward && r.Matter.Topic == m.Topic && at.Sub(r.Sent) < 24*time.Hour
}
