package telegram

import (
	"context"

	"policybot/bot"
)

// TellAdmins sends the administrators a message that nobody asked for. It is stored, and goes out as soon
// as Telegram takes it; one who never wrote to the bot cannot be reached, and is given up.
func (a *Adapter) TellAdmins(ctx context.Context, html string) error {
	var all []Outgoing
	for _, id := range a.cfg.Admins {
		calls, err := a.keys.render(place{chat: id}, bot.Reply{HTML: html}, 0)
		if err != nil {
			return err
		}
		all = append(all, calls...)
	}
	if err := a.store.Add(ctx, all...); err != nil {
		return err
	}
	a.sender.look()
	return nil
}
