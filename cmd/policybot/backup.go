package main

import (
	"context"
	"fmt"

	"policybot/bot/store"
)

// backup copies the database while the service may be running.
func backup(ctx context.Context, a *app, args []string) error {
	s, file, err := a.fileCommand("backup", args)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, a.logger(s), s.Data, store.Options{Sync: s.Sync, Beside: true})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // it was only read; the copy is complete and checked
	if err := db.Backup(ctx, file); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "ok: %s. It can be used only with the POLICYBOT_KEY of this service, which is not in it.\n", file)
	return nil
}

// restore puts a backup in the place of a database that has been moved away.
func restore(ctx context.Context, a *app, args []string) error {
	s, file, err := a.fileCommand("restore", args)
	if err != nil {
		return err
	}
	if err := store.Restore(ctx, file, s.Data); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "ok: %s is the database of %s again. Start the service with the POLICYBOT_KEY of that time.\n"+
		"Messages that were sent after the backup may go out again; questions that came after it are lost.\n", file, s.Data)
	return nil
}

// fileCommand reads a command whose one argument is a file.
func (a *app) fileCommand(name string, args []string) (s settings, file string, err error) {
	flags := a.flags(name)
	chosen := choose(flags, "POLICYBOT_DATA", "POLICYBOT_LOG")
	if err := a.parse(flags, args); err != nil {
		return s, "", err
	}
	if flags.NArg() != 1 || flags.Arg(0) == "" {
		return s, "", &usageError{name + " wants one file"}
	}
	s, err = a.readSettings(chosen)
	return s, flags.Arg(0), err
}
