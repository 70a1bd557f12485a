package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"policybot/bot/places"
	"policybot/bot/referral"
	"policybot/bot/store"
	"policybot/bot/telegram"
	"policybot/knowledge"
)

// officerCommands are the commands on officers.
var officerCommands = map[string]func(ctx context.Context, a *app, args []string) error{
	"invite": inviteOfficer, "list": listOfficers, "revoke": revokeOfficer,
}

// officers invites officers, lists them and takes their rights.
func officers(ctx context.Context, a *app, args []string) error {
	if len(args) == 0 || officerCommands[args[0]] == nil {
		return &usageError{"officer wants invite, list or revoke"}
	}
	return officerCommands[args[0]](ctx, a, args[1:])
}

// inviteOfficer makes an invitation and prints its link, once.
func inviteOfficer(ctx context.Context, a *app, args []string) error {
	flags := a.flags("officer invite")
	ward := flags.String("ward", "", "the `code` of the ward, as 31217; not for the roles of the city")
	name := flags.String("name", "", "the officer's `name`, as residents read it")
	role := flags.String("role", string(referral.Plain), "what they may do: officer, supervisor, duty or admin")
	chosen := choose(flags, "POLICYBOT_DATA", "POLICYBOT_LOG", "POLICYBOT_CONTENT", "TELEGRAM_API_URL")
	if err := a.parse(flags, args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return &usageError{fmt.Sprintf("officer invite takes no %q", flags.Arg(0))}
	}
	s, err := a.readSettings(chosen)
	if err != nil {
		return err
	}
	l, err := s.library()
	if err != nil {
		return err
	}
	desk := "the city"
	if !referral.Role(*role).OfCity() {
		w, err := wardOf(l, *ward)
		if err != nil {
			return err
		}
		desk = w.FullName()
	}
	db, err := a.beside(ctx, s)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // what was written is committed
	inv, err := db.Invite(ctx, knowledge.WardCode(*ward), *name, referral.Role(*role))
	if err != nil {
		return &usageError{err.Error()}
	}
	_, err = fmt.Fprintf(a.stdout, "officer %d, %s, %s of %s\n%s\nThe link works once, until %s. Give it to nobody else.\n",
		inv.Officer, *name, *role, desk, a.inviteLink(ctx, s, inv.Payload), inv.Until.In(s.Zone).Format("15:04 02/01/2006"))
	return err
}

// wardOf returns the ward with a code. Where a name was given it says which codes that may be.
func wardOf(l *knowledge.Library, code string) (*knowledge.Ward, error) {
	if i := slices.IndexFunc(l.Wards, func(w *knowledge.Ward) bool { return string(w.Code) == code }); i >= 0 {
		return l.Wards[i], nil
	}
	var like []string
	if found, _ := places.New(l.Wards).Search(code); len(found) > 0 {
		for _, f := range found {
			like = append(like, fmt.Sprintf("%s is %s", f.Ward.Code, f.Ward.FullName()))
		}
		return nil, &usageError{fmt.Sprintf("-ward is %q: want a code: %s", code, strings.Join(like, ", "))}
	}
	return nil, &usageError{fmt.Sprintf("-ward is %q: want the five digits of a ward of Cần Thơ, as 31217", code)}
}

// inviteLink is the deep link of an invitation. Without Telegram the bot's name is left open.
func (a *app) inviteLink(ctx context.Context, s settings, payload string) string {
	name := "YOUR_BOT"
	if token, err := a.secret("TELEGRAM_BOT_TOKEN"); err == nil && token != "" {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		if username, err := telegram.Username(ctx, telegram.Config{Token: telegram.Token(token), URL: s.API}); err == nil {
			name = username
		}
	}
	return "https://t.me/" + name + "?start=" + payload
}

// beside opens the database next to a service that may be running.
func (a *app) beside(ctx context.Context, s settings) (*store.DB, error) {
	return store.Open(ctx, a.logger(s), s.Data, store.Options{Sync: s.Sync, Beside: true})
}

// officerTool opens what the commands without flags of their own need.
func (a *app) officerTool(ctx context.Context, name string, args []string, most int) (s settings, db *store.DB, rest []string, err error) {
	flags := a.flags("officer " + name)
	chosen := choose(flags, "POLICYBOT_DATA", "POLICYBOT_LOG")
	if err := a.parse(flags, args); err != nil {
		return s, nil, nil, err
	}
	if flags.NArg() != most {
		return s, nil, nil, &usageError{fmt.Sprintf("officer %s wants %d arguments", name, most)}
	}
	if s, err = a.readSettings(chosen); err != nil {
		return s, nil, nil, err
	}
	db, err = a.beside(ctx, s)
	return s, db, flags.Args(), err
}

// listOfficers lists the officers and their invitations.
func listOfficers(ctx context.Context, a *app, args []string) error {
	s, db, _, err := a.officerTool(ctx, "list", args, 0)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // it was only read
	links, err := db.Links(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "id\tname\tward\trole\tstate")
	for _, l := range links {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", l.ID, l.Name, l.Ward, l.Role, linkState(l, s.Zone))
	}
	return w.Flush()
}

func linkState(l store.Link, zone *time.Location) string {
	at := func(t time.Time) string { return t.In(zone).Format("2006-01-02 15:04") }
	switch {
	case !l.Revoked.IsZero():
		return "revoked " + at(l.Revoked)
	case !l.Linked.IsZero():
		return "linked " + at(l.Linked)
	case l.IsOver():
		return "invitation over"
	}
	return "invited " + at(l.Invited)
}

// revokeOfficer takes an officer's rights at once.
func revokeOfficer(ctx context.Context, a *app, args []string) error {
	_, db, rest, err := a.officerTool(ctx, "revoke", args, 1)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // what was written is committed
	id, err := strconv.ParseInt(rest[0], 10, 64)
	if err != nil || id <= 0 {
		return &usageError{fmt.Sprintf("officer revoke: %q: want the id that officer list shows", rest[0])}
	}
	if err := db.Revoke(ctx, referral.OfficerID(id)); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "ok: officer %d may do nothing more. What they held is open to their desk again.\n", id)
	return err
}
