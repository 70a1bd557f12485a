package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"policybot/bot"
	"policybot/bot/answer"
	"policybot/index"
	"policybot/knowledge"
	"policybot/knowledge/content"
)

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

// conversation builds the bot on a library, with its state kept by s.
func conversation(ctx context.Context, lg *slog.Logger, l *knowledge.Library, s bot.Store) (*bot.Bot, error) {
	answers, err := answer.New(ctx, l, index.Build)
	if err != nil {
		return nil, err
	}
	return bot.New(lg, l, answers, s), nil
}
