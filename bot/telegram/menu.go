package telegram

import (
	"context"

	tg "github.com/go-telegram/bot"
	tgmodels "github.com/go-telegram/bot/models"
)

// introduce tells Telegram what the bot shows of itself: commands for each kind of chat, and
// descriptions. Without a language they are for people whose app speaks another one; the bot
// speaks Vietnamese all the same. What fails is set at the next start.
func (a *Adapter) introduce(ctx context.Context) {
	for _, language := range []string{"", "vi"} {
		for name, set := range introductions(a.api.lib, language) {
			if err := withTime(ctx, set); err != nil && ctx.Err() == nil {
				a.lg.Warn("introduction not set", "what", name, "language", language, "err", verdictOf(err).why)
			}
		}
	}
}

func introductions(lib *tg.Bot, language string) map[string]func(context.Context) error {
	commands := func(scope tgmodels.BotCommandScope, list []tgmodels.BotCommand) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := lib.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: list, Scope: scope, LanguageCode: language})
			return err
		}
	}
	return map[string]func(context.Context) error{
		"private commands": commands(&tgmodels.BotCommandScopeAllPrivateChats{}, residentCommands),
		"group commands":   commands(&tgmodels.BotCommandScopeAllGroupChats{}, groupCommands),
		"description": func(ctx context.Context) error {
			_, err := lib.SetMyDescription(ctx, &tg.SetMyDescriptionParams{Description: description, LanguageCode: language})
			return err
		},
		"short description": func(ctx context.Context) error {
			_, err := lib.SetMyShortDescription(ctx, &tg.SetMyShortDescriptionParams{ShortDescription: shortDescription, LanguageCode: language})
			return err
		},
	}
}
