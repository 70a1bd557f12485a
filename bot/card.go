package bot

import (
	"slices"
	"time"

	"policybot/bot/referral"
	"policybot/bot/screens"
	"policybot/knowledge"
)

// vietnam is the time of the country, which has known no summer time since 1975.
var vietnam = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// caseView is a referral as screens show it.
type caseView struct {
	referral.Referral
	Ward, Desk string // in full
	OfCity     bool   // the desk is that of the city
	Nobody     bool   // no officer of the desk is linked
	Topic      string
	By         string // the holder's name; empty: nobody
	Text       string // what is passed on; empty: nothing
}

func (t *turn) caseView(r referral.Referral, table referral.Table) caseView {
	return caseView{Referral: r, Ward: t.deskName(r.Ward), Desk: t.deskName(r.Desk), OfCity: r.Desk == referral.City,
		Nobody: len(table.Desk(r.Desk).Officers) == 0, Topic: topicName(r.Matter.Topic), By: table.Officer(r.Holder).Name}
}

func topicName(topic knowledge.Topic) string {
	for _, name := range topicNames {
		if name.Topic == topic {
			return name.Label
		}
	}
	return ""
}

// Clock writes a time as people read it.
func (caseView) Clock(at time.Time) string { return at.In(vietnam).Format("15:04 02/01/2006") }

// on is a button on a referral, as it stands now.
func on(r referral.Referral, label string, v Verb) Button {
	return Button{label, Action{Verb: v, Case: r.Code, Version: r.Version}}
}

// cardScreen is the number of a referral's card, the same in every chat.
func cardScreen(code referral.Code) int { return -code.Number() }

// postCard shows the card of a referral in a chat of officers: anew, or in the place of the one that
// is there.
func (t *turn) postCard(chat ChatID, r referral.Referral, table referral.Table, anew bool) error {
	html, err := screens.Write("card", t.caseView(onOneCard(r), table))
	if err != nil {
		return err
	}
	reply := Reply{Screen: cardScreen(r.Code), HTML: html}
	if worksAt(chat, r.Desk, table) {
		reply.Buttons = cardButtons(r)
	}
	if !anew {
		reply.Replaces = reply.Screen
	}
	t.Posts = append(t.Posts, Post{chat, reply})
	return nil
}

// What a card has room for, so that it stays one message, which can be edited: of what was added the
// latest questions, and of each its beginning.
const (
	mostAdded = 3
	mostFacts = 12
)

func onOneCard(r referral.Referral) referral.Referral {
	r.Matter.Facts = r.Matter.Facts[:min(len(r.Matter.Facts), mostFacts)]
	added := r.Added[max(0, len(r.Added)-mostAdded):]
	r.Added = nil
	for _, m := range added {
		r.Added = append(r.Added, referral.Matter{Question: shortened(m.Question, 200)})
	}
	return r
}

// worksAt reports whether a chat is that of a desk, or of an officer of it. A card may still stand
// where it was before it went to another desk.
func worksAt(chat ChatID, desk knowledge.WardCode, table referral.Table) bool {
	return table.Groups[desk] == chat ||
		slices.ContainsFunc(table.Officers, func(o referral.Officer) bool { return o.Chat == chat && o.Serves(desk) })
}

// cardButtons are what may be done with a referral, by somebody.
func cardButtons(r referral.Referral) []Button {
	switch r.State {
	case referral.Sent:
		return []Button{on(r, "Nhận", CaseAccept)}
	case referral.Accepted, referral.Waiting:
		return holderButtons(r)
	}
	return nil
}

// holderButtons are what the holder may do.
func holderButtons(r referral.Referral) []Button {
	buttons := []Button{on(r, "Trả lời", CaseReply), on(r, "Xong", CaseClose)}
	if r.State == referral.Accepted {
		buttons = append(buttons, on(r, "Chờ bổ sung", CaseAsk))
	}
	buttons = append(buttons, on(r, "Trả lại", CaseRelease))
	if r.Desk != referral.City {
		buttons = append(buttons, on(r, "Không thuộc phạm vi", CaseDecline))
	}
	return buttons
}
