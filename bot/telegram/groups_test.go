package telegram_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"policybot/bot"
	"policybot/bot/telegram"
	"policybot/bot/telegram/fakeapi"
)

// stored are the updates that were ever accepted.
type stored struct {
	telegram.Store
	bodies []string
}

func (s *stored) Accept(ctx context.Context, updates []telegram.Update) error {
	for _, u := range updates {
		s.bodies = append(s.bodies, string(u.Body))
	}
	return s.Store.Accept(ctx, updates)
}

func TestUnknownGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.start()
		owner := r.person(1)
		g := r.srv.Group(-500, "Xóm trên")
		in := owner.In(g)
		g.AddBot(owner)
		r.wait("leaving", func() bool { return len(r.srv.Calls("leaveChat")) == 1 })
		synctest.Wait()
		if got := r.said(in); !slices.Equal(got, []string{telegram.NotHere}) {
			t.Errorf("the group reads %q", got)
		}
		time.Sleep(2 * time.Minute)
		g.AddBot(owner)
		r.wait("leaving again", func() bool { return len(r.srv.Calls("leaveChat")) == 2 })
		synctest.Wait()
		if got := r.said(in); len(got) != 2 {
			t.Errorf("added again, the group reads %q", got)
		}
		muted := r.srv.Group(-501, "Nhóm không cho viết")
		muted.MuteBot(true)
		muted.AddBot(owner)
		r.wait("leaving where it may not write", func() bool { return len(r.srv.Calls("leaveChat")) == 3 })
	})
}

// TestKnownGroup: the bot answers what is for it and neither answers nor stores the rest, also as
// an administrator who sees everything; it follows the group to a new id.
func TestKnownGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{Bot: fakeapi.User{Username: "chinhsach_bot"}})
		kept := &stored{Store: r.db}
		r.store = kept
		r.cfg.Groups = func(_ context.Context, group, _ bot.ChatID) (bool, error) {
			key := []byte(adapterKey)
			return group == telegram.Pseudonym(key, -500) || group == telegram.Pseudonym(key, -9500), nil
		}
		r.start()
		owner := r.person(1)
		g := r.srv.Supergroup(-500, "Phường An Bình")
		g.AddTopic(7, "Hỏi đáp")
		in := owner.In(g)
		g.AddBot(owner)
		g.PromoteBot(owner)
		say(t, in, "chuyện riêng của nhóm")
		say(t, in, "/help@other_bot")
		say(t, in, "/help@chinhsach_bot")
		r.hears(in, "#1 /help")
		say(t, in, "nhờ @chinhsach_bot hộ nghèo là gì")
		r.hears(in, "#2 nhờ")
		if _, err := in.Reply(in.Last().ID, "còn cận nghèo"); err != nil {
			t.Fatal(err)
		}
		r.hears(in, "#3 còn cận nghèo")
		topic := in.Topic(7)
		say(t, topic, "/menu@chinhsach_bot")
		r.hears(topic, "#4 /menu")
		for _, body := range kept.bodies {
			if strings.Contains(body, "chuyện riêng") || strings.Contains(body, "other_bot") {
				t.Errorf("stored: %s", body)
			}
		}
		moved := g.Migrate(-9500)
		later := owner.In(moved)
		say(t, later, "/help@chinhsach_bot")
		r.hears(later, "#1 /help")
	})
}

// TestGroupMovesMeanwhile: what waits for a group's old id is sent to the new one.
func TestGroupMovesMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.cfg.Groups = func(context.Context, bot.ChatID, bot.ChatID) (bool, error) { return true, nil }
		r.start()
		owner := r.person(1)
		g := r.srv.Group(-500, "Phường")
		in := owner.In(g)
		g.AddBot(owner)
		down := r.srv.Fail(fakeapi.Fault{Method: "sendMessage", Status: 500})
		say(t, in, "/help")
		r.wait("a try", func() bool { return r.srv.Hits(down) > 0 })
		later := owner.In(g.Migrate(-9500))
		r.srv.Lift(down)
		r.hears(later, "#1 /help")
	})
}

func TestBlockedAndBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, fakeapi.Options{})
		r.start()
		p, other := r.person(1), r.person(2)
		say(t, p, "một")
		r.hears(p, "#1 một")
		down := r.srv.Fail(fakeapi.Fault{Method: "sendMessage", Status: 500})
		say(t, p, "hai")
		r.wait("a try", func() bool { return r.srv.Hits(down) > 0 })
		p.Block()
		r.srv.Lift(down)
		say(t, other, "người khác")
		r.hears(other, "#1 người khác")
		time.Sleep(5 * time.Minute)
		n := len(r.srv.Calls("sendMessage"))
		p.Unblock()
		time.Sleep(5 * time.Minute)
		if again := len(r.srv.Calls("sendMessage")); again != n {
			t.Errorf("%d calls after the person came back: what was for them before is gone", again-n)
		}
		say(t, p, "ba")
		r.hears(p, "#3 ba")
		p.DeleteAccount()
	})
}
