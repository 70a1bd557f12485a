package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

// release is the version of the program; builds may set it with -ldflags "-X main.release=…".
var release = "0.1.0"

// version says which version this is: of the program, of its commit, of its content, of Go.
func version(_ context.Context, a *app, args []string) error {
	flags := a.flags("version")
	chosen := choose(flags, "POLICYBOT_CONTENT")
	if err := a.parse(flags, args); err != nil {
		return err
	}
	s, err := a.readSettings(chosen)
	if err != nil {
		return err
	}
	l, err := s.library()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "policybot %s, commit %s, content %s, %s\n", release, commit(), l.Version, runtime.Version())
	return err
}

// commit returns the revision the binary was built from, as far as the build noted it.
func commit() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return "unknown"
}
