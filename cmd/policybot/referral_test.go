package main

import (
	"hash/fnv"
	"os"
	"testing"

	"policybot/bot/bottest"
	"policybot/bot/referral"
	"policybot/knowledge"
)

// TestReferralsOnTelegram plays dialogues of residents with officers: through the adapter, the index
// and SQLite, each with a city of its own.
func TestReferralsOnTelegram(t *testing.T) {
	bottest.Run(t, os.DirFS("testdata/dialogues"), "*.txtar", func(t *testing.T) bottest.Player {
		r := newRadio(t)
		return &company{r.phone(6000), map[string]*phone{}}
	})
}

// company is a [bottest.Company] on phones.
type company struct {
	*phone
	others map[string]*phone
}

func (c *company) Person(_ *testing.T, name string) bottest.Watcher {
	if name == "" || name == "me" {
		return c.phone
	}
	if c.others[name] == nil {
		h := fnv.New32a()
		h.Write([]byte(name))
		c.others[name] = c.radio.phone(7000 + int64(h.Sum32()%1_000_000))
	}
	return c.others[name]
}

func (c *company) Link(t *testing.T, name string, place knowledge.WardCode) {
	role := referral.Plain
	if place == referral.City {
		role = referral.Duty
	}
	inv, err := c.db.Invite(t.Context(), place, "Cán bộ "+name, role)
	if err != nil {
		t.Fatal(err)
	}
	c.Person(t, name).Say(t, "/start "+inv.Payload, knowledge.NewDate(2026, 11, 23))
}
