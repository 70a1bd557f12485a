package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"policybot/bot/referral"
	"policybot/knowledge"
)

// writeTime is how long after the last press or message what an officer writes goes to the resident.
const writeTime = 10 * time.Minute

// pressOnCase does what a button on a referral says, for whoever may do it.
func (t *turn) pressOnCase(ctx context.Context, do Action) error {
	r, table, err := t.caseAndTable(ctx, do.Case)
	if errors.Is(err, ErrNoCase) {
		return t.notice("officer-gone", caseView{Referral: referral.Referral{Code: do.Case}})
	}
	if err != nil {
		return err
	}
	switch do.Verb {
	case CaseCancel, CaseReopen, CaseHelped, CaseTalk, CaseAside:
		if r.Resident != t.person() {
			return t.notice("officer-notyours", t.caseView(r, table))
		}
		return t.pressOnMine(do, r, table)
	}
	standing, err := t.cases.Standing(ctx, t.person())
	if err != nil {
		return err
	}
	return t.pressOnCard(do, r, table, standing.Officer)
}

// person is who acts.
func (t *turn) person() ChatID {
	if t.Inbound.isPrivate() {
		return t.Inbound.Chat
	}
	return t.Inbound.Person
}

var officerEvents = map[Verb]referral.Event{CaseAccept: referral.Accept, CaseReply: referral.Reply, CaseStop: referral.Reply, CaseAsk: referral.Ask,
	CaseRelease: referral.Release, CaseDecline: referral.Decline, CaseClose: referral.Close}

// pressOnCard does what an officer's button says: if they may, and if the referral still stands as
// it did when the button was drawn. Otherwise nothing changes, and they are shown how it stands.
func (t *turn) pressOnCard(do Action, r referral.Referral, table referral.Table, o referral.Officer) error {
	event := officerEvents[do.Verb]
	if code := o.Writing(t.now); code != "" && code != r.Code { // whoever turns to another is done with the one before
		t.Changes = append(t.Changes, referral.Writes{Officer: o.ID})
	}
	switch {
	case o.ID == 0:
		return t.notice("officer-unlinked", t.caseView(r, table))
	case !o.Serves(r.Desk):
		return t.notice("officer-elsewhere", t.caseView(r, table))
	case do.Verb == CaseStop:
		t.Changes = append(t.Changes, referral.Writes{Officer: o.ID})
		return t.notice("officer-stopped", t.caseView(r, table))
	}
	next, err := r.Move(event, o.ID, t.now)
	old := do.Version != r.Version && do.Verb != CaseReply // to write again changes no state
	switch {
	case err != nil && !errors.Is(err, referral.ErrMove):
		return err
	case (err != nil || old) && r.Holder == o.ID && r.State.IsOpen():
		return t.late("officer-yours", r, table, holderButtons(r)...)
	case err != nil || old:
		return t.late("officer-late", r, table)
	case !o.May(event, r):
		return t.late("officer-held", r, table)
	case do.Verb == CaseReply:
		return t.write(o, r, table)
	}
	return t.decide(do.Verb, next, r, table, o)
}

// decide carries out what an officer has decided on a referral, and tells the resident.
func (t *turn) decide(v Verb, next, r referral.Referral, table referral.Table, o referral.Officer) error {
	if err := t.move(next, r, officerEvents[v], o.ID, table); err != nil {
		return err
	}
	view := t.caseView(next, table)
	switch v {
	case CaseAccept:
		if err := t.post(r.Resident, "mine-accepted", view); err != nil {
			return err
		}
		return t.privately(o, "officer-accepted", view, holderButtons(next)...)
	case CaseAsk:
		return t.write(o, next, table)
	}
	if o.Writes == r.Code {
		t.Changes = append(t.Changes, referral.Writes{Officer: o.ID})
	}
	if v == CaseClose {
		if err := t.post(r.Resident, "mine-closed", view, closedButtons(next)...); err != nil {
			return err
		}
		return t.notice("officer-closed", view)
	}
	if v == CaseDecline {
		if err := t.post(r.Resident, "mine-declined", view); err != nil {
			return err
		}
	}
	if err := t.spread(next, table); err != nil {
		return err
	}
	return t.notice("officer-released", view)
}

// closedButtons ask the resident once whether it was of use.
func closedButtons(r referral.Referral) []Button {
	if r.Reopened {
		return nil
	}
	return []Button{on(r, "Có, cảm ơn", CaseHelped), on(r, "Chưa, xin mở lại", CaseReopen)}
}

// spread posts the card of a referral to the chats of its desk that do not show it.
func (t *turn) spread(r referral.Referral, table referral.Table) error {
	for _, chat := range table.Desk(r.Desk).Chats() {
		if slices.Contains(r.Shown, chat) {
			continue
		}
		if err := t.postCard(chat, r, table, true); err != nil {
			return err
		}
	}
	return nil
}

// write opens the way from an officer to the resident: what comes next in their private chat goes out.
func (t *turn) write(o referral.Officer, r referral.Referral, table referral.Table) error {
	if r.Gone {
		return t.privately(o, "officer-blocked", t.caseView(r, table), on(r, "Xong", CaseClose))
	}
	t.Changes = append(t.Changes, referral.Writes{Officer: o.ID, Code: r.Code, Until: t.now.Add(writeTime)})
	return t.privately(o, "officer-write", t.caseView(r, table), on(r, "Thôi, chưa trả lời", CaseStop))
}

// privately tells an officer something in their private chat, wherever they pressed.
func (t *turn) privately(o referral.Officer, screen string, v caseView, buttons ...Button) error {
	if t.Inbound.Chat == o.Chat {
		return t.show(screen, v, knowledge.Step, buttons...)
	}
	t.Record.Outcome = knowledge.Step
	t.Toast = "Mời xem tin nhắn riêng với máy."
	return t.post(o.Chat, screen, v, buttons...)
}

// notice tells who pressed: in a private chat with a message, in a group with a toast alone.
func (t *turn) notice(screen string, v caseView, buttons ...Button) error {
	if err := t.show(screen, v, knowledge.Step, buttons...); err != nil {
		return err
	}
	said := t.Replies[len(t.Replies)-1].Plain()
	t.Toast = string([]rune(said)[:min(len([]rune(said)), mostToast)])
	if !t.Inbound.isPrivate() {
		t.Replies = nil
	}
	return nil
}

// mostToast is how many letters Telegram shows above a chat.
const mostToast = 190

// late tells who pressed too late how the referral stands, and brings its card there up to date.
func (t *turn) late(screen string, r referral.Referral, table referral.Table, buttons ...Button) error {
	if slices.Contains(r.Shown, t.Inbound.Chat) {
		if err := t.postCard(t.Inbound.Chat, r, table, false); err != nil {
			return err
		}
	}
	return t.notice(screen, t.caseView(r, table), buttons...)
}

// toResident passes on what an officer writes to the resident of a referral.
func (t *turn) toResident(ctx context.Context, o referral.Officer, code referral.Code) error {
	if t.Inbound.Text == "" && t.Inbound.Media == nil {
		return t.show("officer-nomedia", nil, knowledge.Step)
	}
	r, table, err := t.caseAndTable(ctx, code)
	if err != nil && !errors.Is(err, ErrNoCase) {
		return err
	}
	next, moved := r.Move(referral.Reply, o.ID, t.now)
	if err != nil || moved != nil || !o.May(referral.Reply, r) {
		t.Changes = append(t.Changes, referral.Writes{Officer: o.ID})
		return t.show("officer-unsent", t.caseView(r, table), knowledge.Step)
	}
	if r.Gone {
		return t.show("officer-blocked", t.caseView(r, table), knowledge.Step, on(r, "Xong", CaseClose))
	}
	t.Changes = append(t.Changes, referral.Moved{Referral: next, From: r, Event: referral.Reply, By: o.ID},
		referral.Writes{Officer: o.ID, Code: code, Until: t.now.Add(writeTime)})
	view := t.caseView(next, table)
	if err := t.pass(r.Resident, "mine-reply", view, on(next, "Trả lời phường/xã", CaseTalk), on(next, "Hỏi máy chuyện khác", CaseAside)); err != nil {
		return err
	}
	return t.show("officer-sent", view, knowledge.Step, on(next, "Xong", CaseClose), on(next, "Ngưng trả lời", CaseStop))
}

// relay passes on what is part of a talk between an officer and a resident; false: it is for the bot.
func (t *turn) relay(ctx context.Context) (bool, error) {
	if !t.Inbound.isPrivate() || t.Inbound.Sent == Edited {
		return false, nil
	}
	standing, err := t.cases.Standing(ctx, t.Inbound.Chat)
	if err != nil {
		return false, err
	}
	if code := standing.Officer.Writing(t.now); code != "" {
		return true, t.toResident(ctx, standing.Officer, code)
	}
	if standing.Talk != "" {
		return t.toOfficer(ctx, standing.Talk)
	}
	if standing.Officer.ID != 0 && t.Inbound.Media != nil {
		return true, t.show("officer-idle", nil, knowledge.Step)
	}
	return false, nil
}
