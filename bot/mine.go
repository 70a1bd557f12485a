package bot

import (
	"context"
	"errors"

	"policybot/bot/privacy"
	"policybot/bot/referral"
	"policybot/knowledge"
)

// mostCases are listed at a time.
const mostCases = 5

// mine lists the referrals of a resident (/hoso).
func (t *turn) mine(ctx context.Context) error {
	if !t.Inbound.isPrivate() {
		return t.show("refer-private", nil, knowledge.Step)
	}
	all, err := t.cases.Referrals(ctx, Whose{Resident: t.Inbound.Chat})
	if err != nil {
		return err
	}
	table, err := t.cases.Table(ctx)
	if err != nil {
		return err
	}
	var views []caseView
	var buttons []Button
	for _, r := range all[:min(mostCases, len(all))] {
		views = append(views, t.caseView(r, table))
		switch {
		case r.State == referral.Sent:
			buttons = append(buttons, on(r, "Hủy "+string(r.Code), CaseCancel))
		case r.State == referral.Closed && !r.Reopened:
			buttons = append(buttons, on(r, "Mở lại "+string(r.Code), CaseReopen))
		case r.State.IsOpen():
			buttons = append(buttons, on(r, "Nhắn thêm "+string(r.Code), CaseTalk))
		}
	}
	if t.Session.Draft != nil {
		buttons = append(buttons, onButton)
	}
	return t.show("mine", views, knowledge.Step, append(buttons, menuButton)...)
}

// pressOnMine does what a button of a resident's own referral says.
func (t *turn) pressOnMine(do Action, r referral.Referral, table referral.Table) error {
	event := map[Verb]referral.Event{CaseCancel: referral.Cancel, CaseReopen: referral.Reopen, CaseHelped: referral.Helped,
		CaseAside: referral.Aside, CaseTalk: referral.Talk}[do.Verb]
	next, err := r.Move(event, 0, t.now)
	if errors.Is(err, referral.ErrMove) || do.Verb == CaseCancel && do.Version != r.Version {
		return t.show("mine-late", t.caseView(r, table), knowledge.Step, menuButton)
	}
	if err != nil {
		return err
	}
	if do.Verb == CaseReopen {
		if next, err = t.reopen(next, table); err != nil {
			return err
		}
	}
	if err := t.move(next, r, event, 0, table); err != nil {
		return err
	}
	screen := map[Verb]string{CaseCancel: "mine-cancelled", CaseReopen: "mine-reopened", CaseHelped: "mine-helped",
		CaseAside: "mine-aside", CaseTalk: "mine-talk"}[do.Verb]
	buttons := []Button{menuButton}
	if do.Verb == CaseTalk {
		buttons = []Button{on(next, "Hỏi máy chuyện khác", CaseAside)}
	}
	return t.show(screen, t.caseView(next, table), knowledge.Step, buttons...)
}

// reopen posts a referral that is opened again to its desk: a new card is noticed, an edited one is not.
func (t *turn) reopen(r referral.Referral, table referral.Table) (referral.Referral, error) {
	if len(table.Desk(r.Desk).Officers) == 0 {
		r.Desk = referral.Route(table, r.Ward).Ward
	}
	r.Shown = nil
	for _, chat := range table.Desk(r.Desk).Chats() {
		if err := t.postCard(chat, r, table, true); err != nil {
			return r, err
		}
	}
	return r, nil
}

// toOfficer passes on what a resident says to the officer of their referral; false: it is for the bot.
// Danger is for the bot, which knows whom to call.
func (t *turn) toOfficer(ctx context.Context, code referral.Code) (bool, error) {
	in := t.Inbound
	if in.Text == "" && in.Media == nil {
		return false, nil
	}
	if urgent, err := t.isCrisis(ctx, in.Text); urgent || err != nil {
		return false, err
	}
	r, table, err := t.caseAndTable(ctx, code)
	if err != nil {
		return false, err
	}
	next, err := r.Move(referral.Answer, 0, t.now)
	holder := table.Officer(r.Holder)
	switch {
	case errors.Is(err, referral.ErrMove):
		return true, t.show("mine-unheld", t.caseView(r, table), knowledge.Step, menuButton)
	case err != nil:
		return true, err
	case holder.Chat == "":
		return true, t.orphaned(r, table)
	}
	if err := t.move(next, r, referral.Answer, 0, table); err != nil {
		return true, err
	}
	if err := t.pass(holder.Chat, "officer-answer", t.caseView(next, table), on(next, "Trả lời", CaseReply), on(next, "Xong", CaseClose)); err != nil {
		return true, err
	}
	buttons := []Button{on(next, "Hỏi máy chuyện khác", CaseAside)}
	if in.Text != "" {
		buttons = append(buttons, Button{"Hỏi máy câu này", Action{Verb: Ask, Text: privacy.Mask(in.Text)}})
	}
	return true, t.show("mine-passed", t.caseView(next, table), knowledge.Step, buttons...)
}

// orphaned gives a referral back to its desk, because its holder is linked no more or has stopped the
// bot, and tells the resident that what they said went nowhere.
func (t *turn) orphaned(r referral.Referral, table referral.Table) error {
	next, err := r.Move(referral.Release, 0, t.now)
	if err != nil {
		return err
	}
	if err := t.move(next, r, referral.Release, 0, table); err != nil {
		return err
	}
	if err := t.spread(next, table); err != nil {
		return err
	}
	return t.show("mine-unheld", t.caseView(next, table), knowledge.Step, menuButton)
}

// mostCaption is how many letters fit under a picture, beside what we say there ourselves.
const mostCaption = 800

// pass posts what was said or sent to another chat. A caption that is too long goes before as a text.
func (t *turn) pass(to ChatID, screen string, v caseView, buttons ...Button) error {
	m := t.Inbound.Media
	if m == nil {
		v.Text = t.Inbound.Text
		return t.post(to, screen, v, buttons...)
	}
	v.Text = m.Caption
	if len([]rune(v.Text)) > mostCaption {
		if err := t.post(to, screen, v); err != nil {
			return err
		}
		v.Text = ""
	}
	if err := t.post(to, screen, v, buttons...); err != nil {
		return err
	}
	t.Posts[len(t.Posts)-1].Reply.Media = &Media{Kind: m.Kind, File: m.File}
	return nil
}

func (t *turn) caseAndTable(ctx context.Context, code referral.Code) (r referral.Referral, table referral.Table, err error) {
	if r, err = t.cases.Referral(ctx, code); err != nil {
		return r, table, err
	}
	table, err = t.cases.Table(ctx)
	return r, table, err
}

// wish answers who asks for an officer.
func (t *turn) wish() (bool, error) {
	if t.Inbound.isPrivate() && wantsOfficer(t.Inbound.Text) {
		t.Record.Question = privacy.Mask(t.Inbound.Text)
		return true, t.begin()
	}
	return false, nil
}
