package main

import (
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"policybot/bot/store"
	"policybot/bot/telegram"
	"policybot/knowledge"
)

// settings are the choices made by environment or flags; flags win.
type settings struct {
	Content string         // folder of the content; empty: the one built in
	Zone    *time.Location // where "today" is told
	Level   slog.Level
	Data    string // folder of the database
	Listen  string // address of the webhook, or of the simulator
	Network bool   // the simulator may be used from other machines
	Ops     string // address of health and readiness
	Sync    store.Sync
	Admins  []int64 // Telegram ids
	API     string  // address of the Bot API
	Webhook string  // address Telegram pushes updates to; empty: long polling
	secrets
}

// secrets come from the environment or from files, never from flags. They print as ***.
type secrets struct {
	Token         telegram.Token // empty: no Telegram
	WebhookSecret telegram.Token
	Key           store.Key
}

// setting is one choice. Its value comes from the flag, else the environment, else def.
type setting struct {
	env, flag string
	def       string
	usage     string
	want      string // what is allowed
	set       func(s *settings, value string) bool
}

// webhookPath is where the webhook is served; the address Telegram is told must end in it.
const webhookPath = "/telegram/webhook"

var allSettings = []setting{
	{"POLICYBOT_CONTENT", "content", "", "answer from the content of a `folder`; empty: the one built in", "a folder",
		func(s *settings, v string) bool { s.Content = v; return true }},
	{"POLICYBOT_DATA", "data", "./data", "keep the database in a `folder`", "a folder",
		func(s *settings, v string) bool { s.Data = v; return true }},
	{"POLICYBOT_LISTEN", "listen", "127.0.0.1:8080", "serve the webhook, or the simulator, on an `address`", "host:port",
		func(s *settings, v string) bool { s.Listen = v; return isAddress(v) }},
	{"POLICYBOT_SIMULATOR", "simulator", "loopback", "who may use the simulator: `loopback|network`", "loopback (this machine) or network (everybody who reaches it)",
		func(s *settings, v string) bool { s.Network = v == "network"; return s.Network || v == "loopback" }},
	{"POLICYBOT_OPS_LISTEN", "ops-listen", "127.0.0.1:9090", "serve /healthz and /readyz on an `address`", "host:port",
		func(s *settings, v string) bool { s.Ops = v; return isAddress(v) }},
	{"POLICYBOT_SYNC", "sync", string(store.Normal), "what a commit survives: `normal|full`",
		"normal (the death of the process) or full (the loss of power as well)",
		func(s *settings, v string) bool {
			s.Sync = store.Sync(v)
			return s.Sync == store.Normal || s.Sync == store.Full
		}},
	{"POLICYBOT_LOG", "log", "info", "log from this `level` on", "debug, info, warn or error", setLevel},
	{"POLICYBOT_TZ", "tz", "Asia/Ho_Chi_Minh", "tell the day in this `zone`", "a time zone such as Asia/Ho_Chi_Minh",
		func(s *settings, v string) (ok bool) {
			var err error
			s.Zone, err = time.LoadLocation(v)
			return err == nil
		}},
	{"POLICYBOT_ADMINS", "admins", "", "administrators, by Telegram `ids`", "Telegram ids with commas between, such as 1234,5678", setAdmins},
	{"TELEGRAM_API_URL", "api-url", "https://api.telegram.org", "talk to the Bot API at an `address`", "something like https://api.telegram.org",
		func(s *settings, v string) bool {
			s.API = strings.TrimRight(v, "/")
			u, err := url.Parse(v)
			return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
		}},
	{"TELEGRAM_WEBHOOK_URL", "webhook-url", "", "let Telegram push updates to an `address`; empty: long polling",
		"https://…" + webhookPath, setWebhook},
}

func isAddress(v string) bool {
	_, port, err := net.SplitHostPort(v)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

func setLevel(s *settings, v string) bool {
	level, ok := map[string]slog.Level{
		"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError,
	}[v]
	s.Level = level
	return ok
}

func setAdmins(s *settings, v string) bool {
	for _, field := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' }) {
		id, err := strconv.ParseInt(field, 10, 64)
		if err != nil || id <= 0 {
			return false
		}
		s.Admins = append(s.Admins, id)
	}
	return true
}

// setWebhook takes plain HTTP on this machine only, as for a trial against a local Bot API server.
func setWebhook(s *settings, v string) bool {
	s.Webhook = v
	if v == "" {
		return true
	}
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || !strings.HasSuffix(u.Path, webhookPath) {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && ip != nil && ip.IsLoopback()
}

// choices are the values of flags, by the environment name of the setting; empty: not given.
type choices map[string]*string

// choose adds the flags of some settings to a command; no names: of all.
func choose(fs *flag.FlagSet, names ...string) choices {
	c := choices{}
	for _, one := range allSettings {
		if len(names) == 0 || slices.Contains(names, one.env) {
			c[one.env] = fs.String(one.flag, "", one.usage+" ("+one.env+")")
		}
	}
	return c
}

// readSettings reads flags and environment. A bad value is named, with what is allowed.
func (a *app) readSettings(c choices) (settings, error) {
	var s settings
	for _, one := range allSettings {
		if chosen := c[one.env]; chosen != nil && *chosen != "" {
			if !one.set(&s, *chosen) {
				return s, &usageError{fmt.Sprintf("-%s is %q: want %s", one.flag, *chosen, one.want)}
			}
			continue
		}
		value := a.getenv(one.env)
		if value == "" {
			value = one.def
		}
		if !one.set(&s, value) {
			return s, fmt.Errorf("%s is %q: want %s", one.env, value, one.want)
		}
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
