package telegram_test

import (
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"policybot/bot"
	"policybot/bot/telegram/fakeapi"
)

// TestAdmins: who is on the list is told apart in a private chat, for texts and presses; nobody else is.
func TestAdmins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		admin, other := r.person(1), r.person(2)
		r.cfg.Admins = []int64{admin.Chat()}
		var heard []string
		r.talk.change = func(turn *bot.Turn) { heard = append(heard, turn.Inbound.Admin) }
		r.start()
		say(t, admin, "/dskhoa")
		r.hears(admin, "#1")
		if _, err := admin.Press("Xem thêm"); err != nil {
			t.Fatal(err)
		}
		r.hears(admin, "#2")
		say(t, other, "/dskhoa")
		r.hears(other, "#1")
		if diff := cmp.Diff([]string{"1001", "1001", ""}, heard); diff != "" {
			t.Errorf("admins, - wanted, + told:\n%s", diff)
		}
	})
}
