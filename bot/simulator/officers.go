package simulator

import (
	"context"
	"fmt"

	"policybot/bot/referral"
	"policybot/bot/telegram/fakeapi"
)

// appoint links the officers as it is done in life: each gets an invitation and opens it. The
// administrator starts the bot, which may write to nobody else. Where there are officers already
// nothing happens.
func (w *world) appoint(ctx context.Context) error {
	table, err := w.db.Table(ctx)
	if err != nil || len(table.Officers) > 0 {
		return err
	}
	for _, p := range people {
		payload := ""
		switch {
		case p.ward != "":
			inv, err := w.db.Invite(ctx, p.ward, p.Name, p.office())
			if err != nil {
				return err
			}
			payload = inv.Payload
		case p.ID != admin:
			continue
		}
		if _, err := w.srv.Phone(p.User).Start(payload); err != nil {
			return fmt.Errorf("link %s: %w", p.Name, err)
		}
	}
	return w.save()
}

func (p person) office() referral.Role {
	switch {
	case p.ward == referral.City:
		return referral.Duty
	case p.leads:
		return referral.Supervisor
	}
	return referral.Plain
}

// groupID is the group in which the officers of Ninh Kiều work together; Trung Nhứt has none, so that
// both ways can be seen.
const groupID = -3001

// meetInGroup lets the officers of a ward add the bot to their group and make it that of their desk.
// It waits for them to be linked: the bot leaves the groups of others.
func (w *world) meetInGroup(ctx context.Context) error {
	if w.isIn(groupID, w.srv.Bot().ID) {
		return nil
	}
	var members []*fakeapi.Phone
	for _, p := range people {
		if p.ward == ninhKieu {
			members = append(members, w.srv.Phone(p.User))
		}
	}
	first := members[0]
	if err := w.srv.Wait(ctx, func() bool { return first.Last().From != nil && first.Last().From.ID == w.srv.Bot().ID }); err != nil {
		return nil //nolint:nilerr // the world has ended; the next start goes on with it
	}
	group := w.srv.Group(groupID, "Tổ chính sách Phường Ninh Kiều")
	for _, m := range members {
		m.In(group)
	}
	group.AddBot(first)
	if _, err := first.In(group).Send("/nhom"); err != nil {
		return fmt.Errorf("group of officers: %w", err)
	}
	return w.save()
}
