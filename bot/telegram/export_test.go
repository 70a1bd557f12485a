package telegram

import "policybot/bot"

// Pseudonym is the name a chat has in the conversation.
func Pseudonym(key []byte, chat int64) bot.ChatID { return newKeys(key).chatID(chat) }

// What the adapter says, for tests from outside.
const (
	ToastStale, ToastUnknown, ToastAgain = toastStale, toastUnknown, toastAgain
	Apology, NotHere                     = apology, notHere
)
