package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"time"

	"policybot/bot"
	"policybot/bot/answer"
	"policybot/index"
	"policybot/knowledge"
	"policybot/knowledge/content"
)

// settings are the choices made by environment or flags; flags win.
type settings struct {
	Content string         // folder of the content; empty: the one built in
	Zone    *time.Location // where "today" is told
	Level   slog.Level
}

// readSettings reads the environment. A bad value is named, with what is allowed.
func (a *app) readSettings() (settings, error) {
	s := settings{Content: a.getenv("POLICYBOT_CONTENT")}
	name := a.getenv("POLICYBOT_TZ")
	if name == "" {
		name = "Asia/Ho_Chi_Minh"
	}
	var err error
	if s.Zone, err = time.LoadLocation(name); err != nil {
		return s, fmt.Errorf("POLICYBOT_TZ is %q: want a time zone such as Asia/Ho_Chi_Minh", name)
	}
	switch level := a.getenv("POLICYBOT_LOG"); level {
	case "", "info":
	case "debug":
		s.Level = slog.LevelDebug
	case "warn":
		s.Level = slog.LevelWarn
	case "error":
		s.Level = slog.LevelError
	default:
		return s, fmt.Errorf("POLICYBOT_LOG is %q: want debug, info, warn or error", level)
	}
	return s, nil
}

// logger writes to stderr.
func (a *app) logger(s settings) *slog.Logger {
	return slog.New(slog.NewJSONHandler(a.stderr, &slog.HandlerOptions{Level: s.Level}))
}

// today is the day in the zone of the settings.
func (s settings) today() knowledge.Date { return knowledge.DateOf(time.Now().In(s.Zone)) }

// dayFlag reads a -on flag; empty is today.
func (s settings) dayFlag(value string) (knowledge.Date, error) {
	if value == "" {
		return s.today(), nil
	}
	d, err := knowledge.ParseDate(value)
	if err != nil {
		return d, &usageError{"-on: " + err.Error()}
	}
	return d, nil
}

// files returns the content that the settings choose.
func (s settings) files() (fs.FS, error) {
	if s.Content == "" {
		return content.FS, nil
	}
	if info, err := os.Stat(s.Content); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("the content folder %q cannot be opened: want a folder with documents, figures, cards …", s.Content)
	}
	return os.DirFS(s.Content), nil
}

// library loads the content.
func (s settings) library() (*knowledge.Library, error) {
	files, err := s.files()
	if err != nil {
		return nil, err
	}
	l, err := knowledge.Load(files)
	if err != nil {
		first, rest, more := strings.Cut(err.Error(), "\n")
		if more {
			first += fmt.Sprintf(" (and %d more)", 1+strings.Count(rest, "\n"))
		}
		return nil, fmt.Errorf("the content has faults, run policybot check: %s", first)
	}
	return l, nil
}

// conversation builds the bot on a library, with sessions kept by s.
func conversation(ctx context.Context, lg *slog.Logger, l *knowledge.Library, s bot.Sessions) (*bot.Bot, error) {
	answers, err := answer.New(ctx, l, index.Build)
	if err != nil {
		return nil, err
	}
	return bot.New(lg, l, answers, s), nil
}
