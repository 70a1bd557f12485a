package fakeapi

import (
	"regexp"
	"strconv"
)

// A menu is what the bot tells Telegram about itself.
type menu struct {
	Commands map[string][]Command // by scope and language: "chat:1001/vi", "default/"
	Texts    map[string]string    // by name and language: "description/vi"
	Button   string               // the menu button's type in all private chats; empty: as "default"
}

// A scope is a BotCommandScope.
type scope struct {
	Type string `json:"type"`
	Chat any    `json:"chat_id"`
	User int64  `json:"user_id"`
}

var (
	commandName  = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	languageCode = regexp.MustCompile(`^([a-z]{2})?$`)
)

const (
	maxCommands     = 100
	maxCommandWords = 256 // of a description
)

// menuKey names the place of a list of commands.
func (s *Server) menuKey(c *call) (string, error) {
	sc := scope{Type: "default"}
	if err := c.decode("scope", &sc); err != nil {
		return "", err
	}
	if !languageCode.MatchString(c.params["language_code"]) {
		return "", bad("invalid language code specified")
	}
	key := sc.Type
	if sc.Chat != nil {
		ref, isName := sc.Chat.(string)
		if n, ok := sc.Chat.(float64); ok && !isName {
			ref = strconv.FormatInt(int64(n), 10)
		}
		in, err := s.chatOf(&call{params: map[string]string{"chat_id": ref}})
		if err != nil {
			return "", err
		}
		key += ":" + strconv.FormatInt(in.Chat.ID, 10)
	}
	if sc.User != 0 {
		key += ":" + strconv.FormatInt(sc.User, 10)
	}
	return key + "/" + c.params["language_code"], nil
}

func (s *Server) setMyCommands(c *call) (any, error) {
	key, err := s.menuKey(c)
	if err != nil {
		return nil, err
	}
	var list []Command
	if err := c.decode("commands", &list); err != nil {
		return nil, err
	}
	if len(list) > maxCommands {
		return nil, bad("BOT_COMMANDS_TOO_MUCH")
	}
	for _, cmd := range list {
		switch {
		case !commandName.MatchString(cmd.Command):
			return nil, bad("BOT_COMMAND_INVALID")
		case cmd.Description == "" || length(cmd.Description) > maxCommandWords:
			return nil, bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	if s.world.Menu.Commands == nil {
		s.world.Menu.Commands = map[string][]Command{}
	}
	s.world.Menu.Commands[key] = list
	s.touch()
	return true, nil
}

func (s *Server) getMyCommands(c *call) (any, error) {
	key, err := s.menuKey(c)
	if err != nil {
		return nil, err
	}
	if list := s.world.Menu.Commands[key]; list != nil {
		return list, nil
	}
	return []Command{}, nil
}

func (s *Server) deleteMyCommands(c *call) (any, error) {
	key, err := s.menuKey(c)
	if err != nil {
		return nil, err
	}
	delete(s.world.Menu.Commands, key)
	s.touch()
	return true, nil
}

// commandsFor is the menu a person sees in a chat: the narrowest scope that has one, the person's
// language before none.
func (s *Server) commandsFor(in *chat, u User) []Command {
	id, user := strconv.FormatInt(in.Chat.ID, 10), strconv.FormatInt(u.ID, 10)
	scopes := []string{"chat:" + id, "all_private_chats", "default"}
	if in.Chat.Type != private {
		scopes = []string{"chat_member:" + id + ":" + user}
		if in.isAdmin(u.ID) {
			scopes = append(scopes, "chat_administrators:"+id)
		}
		scopes = append(scopes, "chat:"+id)
		if in.isAdmin(u.ID) {
			scopes = append(scopes, "all_chat_administrators")
		}
		scopes = append(scopes, "all_group_chats", "default")
	}
	for _, sc := range scopes {
		for _, key := range []string{sc + "/" + u.LanguageCode, sc + "/"} {
			if list := s.world.Menu.Commands[key]; len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

// setText is the method that sets one of the bot's texts, of at most limit UTF-16 units.
func setText(name string, limit int) func(*Server, *call) (any, error) {
	return func(s *Server, c *call) (any, error) {
		if !languageCode.MatchString(c.params["language_code"]) {
			return nil, bad("invalid language code specified")
		}
		if length(c.params[name]) > limit {
			return nil, bad("the bot's %s is longer than %d characters", name, limit)
		}
		if s.world.Menu.Texts == nil {
			s.world.Menu.Texts = map[string]string{}
		}
		s.world.Menu.Texts[name+"/"+c.params["language_code"]] = c.params[name]
		s.touch()
		return true, nil
	}
}

func getText(name string) func(*Server, *call) (any, error) {
	return func(s *Server, c *call) (any, error) {
		texts := s.world.Menu.Texts
		text, ok := texts[name+"/"+c.params["language_code"]]
		if !ok {
			text = texts[name+"/"]
		}
		return map[string]string{name: text}, nil
	}
}

func (s *Server) setChatMenuButton(c *call) (any, error) {
	button := struct {
		Type string `json:"type"`
	}{"default"}
	if err := c.decode("menu_button", &button); err != nil {
		return nil, err
	}
	if c.params["chat_id"] == "" {
		s.world.Menu.Button = button.Type
		s.touch()
		return true, nil
	}
	in, err := s.chatOf(c)
	if err != nil {
		return nil, err
	}
	if in.Chat.Type != private {
		return nil, bad("menu button can be set in private chats only")
	}
	in.Menu = button.Type
	return true, nil
}
