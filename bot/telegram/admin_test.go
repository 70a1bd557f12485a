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

// TestTellAdmins: a message that nobody asked for reaches every administrator, and nobody else.
func TestTellAdmins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		one, two, other := r.person(1), r.person(2), r.person(3)
		r.cfg.Admins = []int64{one.Chat(), two.Chat(), 4711} // the last one never wrote to the bot
		a := r.adapter()
		run(t, a)
		for _, p := range []*fakeapi.Phone{one, two, other} {
			say(t, p, "/start")
			r.hears(p, "#1")
		}
		if err := a.TellAdmins(t.Context(), "Tệp <b>mới</b> bị từ chối"); err != nil {
			t.Fatal(err)
		}
		r.hears(one, "Tệp mới bị từ chối")
		r.hears(two, "Tệp mới bị từ chối")
		synctest.Wait()
		if got := r.said(other); len(got) != 1 {
			t.Errorf("somebody else reads %q", got)
		}
	})
}
