// Package referral is a resident's case on its way through the hands of officers: what is sent, to
// which desk, and what may be done with it next. It is pure: no database, no Telegram, no clock.
package referral

import "policybot/knowledge"

// Matter is what a case is about, and the whole of what officers get to read of it: masked, and
// shown to the resident word for word before it is sent.
//
// The session holds the Matter of the last answer, so that "Gửi cán bộ phường/xã" knows what to
// hand over. Whoever ends a turn with a result of its own (a calculator, a check) sets it: a later
// answer replaces it whole.
type Matter struct {
	// Question is what the resident asked, masked; for a calculator: what was worked out.
	Question string `json:"question"`
	// Lead is the answer in a line; empty: there was none.
	Lead string `json:"lead,omitempty"`
	// Sources are what the answer rests on, as they are printed; empty: none.
	Sources []string        `json:"sources,omitempty"`
	Topic   knowledge.Topic `json:"topic,omitempty"` // empty: not known
	// Facts are what the resident has stated, a line each, as officers read it ("Diện: hộ cận
	// nghèo"); empty: none. They hold nothing that tells who the person is.
	Facts []string `json:"facts,omitempty"`
}
