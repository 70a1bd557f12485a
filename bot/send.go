package bot

import (
	"context"
	"slices"

	"policybot/bot/referral"
	"policybot/bot/screens"
	"policybot/knowledge"
)

// send sends the draft: the resident has agreed.
func (t *turn) send(ctx context.Context) error {
	d := t.Session.Draft
	if d.Ward == "" || d.Matter.Question == "" {
		return t.next(ctx)
	}
	if _, trial := t.cases.(none); trial {
		return t.show("refer-trial", nil, knowledge.Step, menuButton)
	}
	table, err := t.cases.Table(ctx)
	if err != nil {
		return err
	}
	desk := referral.Route(table, d.Ward)
	if desk.Ward != d.Desk {
		return t.consent(ctx, true)
	}
	mine, err := t.cases.Referrals(ctx, Whose{Resident: t.Inbound.Chat})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(mine, func(r referral.Referral) bool { return r.Draft == d.Key }) {
		return t.sentBefore(ctx, d.Key)
	}
	t.Session.Draft = nil
	same := slices.IndexFunc(mine, func(r referral.Referral) bool { return r.IsSame(d.Matter, d.Ward, t.now) })
	if same >= 0 {
		return t.addTo(mine[same], d, table)
	}
	r, err := referral.Referral{Code: referral.NewCode(), Draft: d.Key, Resident: t.Inbound.Chat, Matter: d.Matter, Contact: d.Contact,
		Ward: d.Ward, Desk: desk.Ward, Consent: referral.Consent}.Move(referral.Send, 0, t.now)
	if err != nil {
		return err
	}
	t.Changes = append(t.Changes, referral.Moved{Referral: r, Event: referral.Send})
	for _, chat := range desk.Chats() {
		if err := t.postCard(chat, r, table, true); err != nil {
			return err
		}
	}
	return t.show("refer-sent", t.caseView(r, table), knowledge.Step, menuButton)
}

// addTo adds a draft to an open referral on the same matter.
func (t *turn) addTo(r referral.Referral, d *Draft, table referral.Table) error {
	next, err := r.Move(referral.Add, 0, t.now)
	if err != nil {
		return err
	}
	if d.Matter.Question != r.Matter.Question {
		next.Added = append(slices.Clone(r.Added), d.Matter)
	}
	if d.Contact != "" {
		next.Contact = d.Contact
	}
	if err := t.move(next, r, referral.Add, 0, table); err != nil {
		return err
	}
	holder := table.Officer(r.Holder)
	if holder.Chat != "" {
		if err := t.post(holder.Chat, "officer-added", t.caseView(next, table), holderButtons(next)...); err != nil {
			return err
		}
	}
	return t.show("refer-added", t.caseView(next, table), knowledge.Step, menuButton)
}

// sentBefore answers who agrees to a draft that is no more: it was sent, and its code is told again.
func (t *turn) sentBefore(ctx context.Context, key string) error {
	mine, err := t.cases.Referrals(ctx, Whose{Resident: t.Inbound.Chat})
	if err != nil {
		return err
	}
	i := slices.IndexFunc(mine, func(r referral.Referral) bool { return r.Draft == key })
	if i < 0 {
		return t.show("refer-gone", nil, knowledge.Step, referButton, menuButton)
	}
	table, err := t.cases.Table(ctx)
	if err != nil {
		return err
	}
	return t.show("refer-sent", t.caseView(mine[i], table), knowledge.Step, menuButton)
}

// post adds a message to another chat.
func (t *turn) post(to ChatID, screen string, data any, buttons ...Button) error {
	html, err := screens.Write(screen, data)
	if err != nil || to == "" {
		return err
	}
	t.Posts = append(t.Posts, Post{to, Reply{HTML: html, Buttons: buttons}})
	return nil
}

// move changes a referral, and its card wherever that is shown.
func (t *turn) move(next, from referral.Referral, e referral.Event, by referral.OfficerID, table referral.Table) error {
	t.Changes = append(t.Changes, referral.Moved{Referral: next, From: from, Event: e, By: by})
	for _, chat := range next.Shown {
		if err := t.postCard(chat, next, table, false); err != nil {
			return err
		}
	}
	return nil
}
