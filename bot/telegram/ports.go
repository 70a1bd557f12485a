package telegram

import (
	"context"
	"errors"
	"time"

	"policybot/bot"
)

// Update is one raw update as Telegram sent it.
type Update struct {
	ID   int64  // update_id
	Chat int64  // the chat whose order it belongs to; 0: none
	Body []byte // the JSON
}

// Outgoing is one call that waits in the outbox, already rendered.
type Outgoing struct {
	ID      int64  // its row
	Chat    int64  // the chat it goes to
	Group   bool   // a group has a slower limit
	Method  string // sendMessage, editMessageText …
	Body    []byte // parameters, JSON, without the chat
	Screen  int    // the bot.Reply.Screen it shows; 0: none
	Tries   int    // how often it was tried in vain
	Created time.Time
}

// ErrStale says that a turn was built on something that another turn has changed meanwhile, a session or
// a referral: nothing was written, and the update is to be handled again.
var ErrStale = errors.New("the conversation has moved on")

// Inbox keeps updates from the moment they come in until their turn is committed.
type Inbox interface {
	// Accept stores updates, all or none; one that is known already changes nothing.
	Accept(ctx context.Context, updates []Update) error
	// Waiting returns stored updates whose turn is not done, oldest first, with an ID above after.
	Waiting(ctx context.Context, after int64, limit int) ([]Update, error)
	// Commit writes a turn in one transaction: session, record, changes, outgoing calls, and the update
	// done and blanked. A turn whose update is done already changes nothing and returns false. Its
	// session must follow the stored one, by one version, and its changes build on what is stored;
	// otherwise the error is ErrStale.
	Commit(ctx context.Context, update int64, turn bot.Turn, out []Outgoing) (bool, error)
	// Done marks an update that leads to no turn, blanks it, and stores calls it led to, in one
	// transaction. An update that is done already changes nothing.
	Done(ctx context.Context, update int64, out ...Outgoing) error
}

// Outbox keeps calls to Telegram until they are done.
type Outbox interface {
	// Add stores calls that no update led to.
	Add(ctx context.Context, out ...Outgoing) error
	// Due returns calls to be tried now, in their order; of each chat only the first that waits.
	Due(ctx context.Context, now time.Time, limit int) ([]Outgoing, error)
	// Next returns when the earliest of the calls that Due would hold back at now is to be tried;
	// the zero time when none waits. So the sender sleeps until then, or until it is woken.
	Next(ctx context.Context, now time.Time) (time.Time, error)
	// Sent records success; message is the message_id Telegram gave, 0 for a call that has none.
	Sent(ctx context.Context, id int64, message int64, at time.Time) error
	// Again puts a call off until a time, for a reason.
	Again(ctx context.Context, id int64, until time.Time, reason string) error
	// Drop gives a call up, for a reason.
	Drop(ctx context.Context, id int64, reason string) error
	// Message returns the message_id that shows a screen of a chat; 0 when none was sent.
	Message(ctx context.Context, chat int64, screen int) (int64, error)
}

// Move is a group that has a new ID, and so a new pseudonym.
type Move struct {
	From, To int64
	Was, Is  bot.ChatID
}

// Chats keeps what is known of chats besides their conversation.
type Chats interface {
	// Blocked records that a person has stopped the bot, or has come back.
	Blocked(ctx context.Context, chat int64, blocked bool, at time.Time) error
	// Moved records that a group has a new ID, for it and for what waits to be sent to it.
	Moved(ctx context.Context, m Move) error
	// Address returns the chat with a pseudonym, and where a group has moved its new ID; 0: it is not
	// kept, and nothing can be posted there.
	Address(ctx context.Context, id bot.ChatID) (int64, error)
}
