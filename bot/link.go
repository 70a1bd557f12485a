package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"policybot/bot/referral"
	"policybot/knowledge"
)

// InvitePrefix begins the payload of a deep link that links an officer; the secret follows.
const InvitePrefix = "cb-"

// invited links who opens an invitation as the officer it was made for.
func (t *turn) invited(ctx context.Context, secret string) error {
	if !t.Inbound.isPrivate() {
		return t.show("refer-private", nil, knowledge.Step)
	}
	o, err := t.cases.Invited(ctx, secret)
	if errors.Is(err, ErrNoCase) {
		return t.show("officer-noinvite", nil, knowledge.Step, menuButton)
	}
	if err != nil {
		return err
	}
	table, err := t.cases.Table(ctx)
	if err != nil {
		return err
	}
	o.Chat = t.Inbound.Chat
	t.Changes = append(t.Changes, referral.Linked{Officer: o.ID, Chat: o.Chat})
	table.Officers = append(slices.DeleteFunc(slices.Clone(table.Officers), func(p referral.Officer) bool { return p.Chat == o.Chat }), o)
	if err := t.show("officer-welcome", officerView{o, t.deskName(o.Ward)}, knowledge.Step); err != nil {
		return err
	}
	return t.handOver(ctx, o, table)
}

// officerView is an officer as screens show them.
type officerView struct {
	referral.Officer
	Desk string // in full
}

// handOver shows an officer what waits at their desk, and what waits at the city's for want of one in
// their ward.
func (t *turn) handOver(ctx context.Context, o referral.Officer, table referral.Table) error {
	waiting, err := t.cases.Referrals(ctx, Whose{Desk: o.Ward})
	if err != nil {
		return err
	}
	if o.Ward != referral.City {
		atCity, err := t.cases.Referrals(ctx, Whose{Desk: referral.City})
		if err != nil {
			return err
		}
		for _, r := range atCity {
			if r.Ward == o.Ward && r.State == referral.Sent && len(table.Desk(referral.City).Officers) == 0 {
				next := r.To(o.Ward)
				t.Changes = append(t.Changes, referral.Moved{Referral: next, From: r, Event: referral.Assign})
				waiting = append(waiting, next)
			}
		}
	}
	for _, r := range waiting[:min(len(waiting), mostHandedOver)] {
		if err := t.postCard(o.Chat, r, table, true); err != nil {
			return err
		}
	}
	return nil
}

// mostHandedOver are how many cards are shown at once; /phieu shows them again.
const mostHandedOver = 10

// desk shows an officer the open referrals of their desk (/phieu).
func (t *turn) desk(ctx context.Context, o referral.Officer) error {
	table, err := t.cases.Table(ctx)
	if err != nil {
		return err
	}
	if err := t.show("officer-desk", officerView{o, t.deskName(o.Ward)}, knowledge.Step); err != nil {
		return err
	}
	return t.handOver(ctx, o, table)
}

// leave takes an officer's rights at once, and gives what they hold back to their desk (/nghi).
func (t *turn) leave(ctx context.Context, o referral.Officer) error {
	table, err := t.cases.Table(ctx)
	if err != nil {
		return err
	}
	table.Officers = slices.DeleteFunc(slices.Clone(table.Officers), func(p referral.Officer) bool { return p.ID == o.ID })
	open, err := t.cases.Referrals(ctx, Whose{Desk: o.Ward})
	if err != nil {
		return err
	}
	t.Changes = append(t.Changes, referral.Left{Officer: o.ID})
	for _, r := range open {
		if r.Holder != o.ID {
			continue
		}
		next, err := r.Move(referral.Release, o.ID, t.now)
		if err != nil {
			return err
		}
		if err := t.move(next, r, referral.Release, o.ID, table); err != nil {
			return err
		}
		if err := t.spread(next, table); err != nil {
			return err
		}
	}
	return t.show("officer-left", officerView{o, t.deskName(o.Ward)}, knowledge.Step, menuButton)
}

// group makes a group the chat of the officer's desk (/nhom).
func (t *turn) group(ctx context.Context, o referral.Officer) error {
	v := officerView{o, t.deskName(o.Ward)}
	if t.Inbound.isPrivate() {
		return t.show("officer-howgroup", v, knowledge.Step)
	}
	t.Changes = append(t.Changes, referral.Grouped{Desk: o.Ward, Chat: t.Inbound.Chat})
	return t.show("officer-group", v, knowledge.Step)
}

// officerCommand runs the commands of officers; false: it is none, or no officer.
func (t *turn) officerCommand(ctx context.Context, name string) (bool, error) {
	run := map[string]func(context.Context, referral.Officer) error{"/nghi": t.leave, "/nhom": t.group, "/phieu": t.desk}[name]
	if run == nil {
		return false, nil
	}
	standing, err := t.cases.Standing(ctx, t.person())
	if err != nil || standing.Officer.ID == 0 {
		return false, err
	}
	return true, run(ctx, standing.Officer)
}

// invitation returns the secret in the payload of a deep link; empty: it is another link.
func invitation(payload string) string {
	secret, ok := strings.CutPrefix(payload, InvitePrefix)
	if !ok {
		return ""
	}
	return secret
}
