package referral

import (
	"time"

	"policybot/knowledge"
)

// Change is something that a turn does to referrals or officers. It is written together with the
// turn, or not at all.
type Change interface{ change() }

// Moved is a referral after an event. It counts only if the stored one is still the one that it was
// made from.
type Moved struct {
	Referral Referral // as it is now
	From     Referral // as it was; its zero value for one that is new
	Event    Event
	By       OfficerID // 0: the resident
}

// Linked binds an invitation to the chat of who opened it. It counts once.
type Linked struct {
	Officer OfficerID
	Chat    ChatID
}

// Left takes all rights from an officer.
type Left struct{ Officer OfficerID }

// Writes sets to which referral's resident an officer's next messages go; an empty Code: to none.
type Writes struct {
	Officer OfficerID
	Code    Code
	Until   time.Time
}

// Grouped makes a group the chat of a desk, in the place of any other.
type Grouped struct {
	Desk knowledge.WardCode
	Chat ChatID
}

func (Moved) change()   {}
func (Linked) change()  {}
func (Left) change()    {}
func (Writes) change()  {}
func (Grouped) change() {}

// Standing is what a person is to referrals.
type Standing struct {
	Officer Officer // the zero Officer: none
	// Talk is the referral whose officer waits for a word of this resident; empty: none.
	Talk Code
}
