package referral_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"policybot/bot/referral"
	"policybot/knowledge"
	"policybot/knowledge/content"
)

var now = time.Date(2026, 11, 26, 14, 0, 0, 0, time.FixedZone("", 7*60*60))

func sent(t *testing.T) referral.Referral {
	t.Helper()
	r, err := referral.Referral{Code: referral.NewCode(), Ward: "31217", Desk: "31217"}.Move(referral.Send, 0, now)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMove(t *testing.T) {
	type step struct {
		event referral.Event
		by    referral.OfficerID
		want  referral.State // empty: it cannot be done
	}
	for name, steps := range map[string][]step{
		"the whole way":          {{referral.Accept, 7, referral.Accepted}, {referral.Reply, 7, referral.Accepted}, {referral.Close, 7, referral.Closed}, {referral.Helped, 0, referral.Closed}},
		"waits for the resident": {{referral.Accept, 7, referral.Accepted}, {referral.Ask, 7, referral.Waiting}, {referral.Answer, 0, referral.Accepted}},
		"taken back in time":     {{referral.Cancel, 0, referral.Cancelled}, {referral.Accept, 7, ""}, {referral.Reopen, 0, ""}},
		"taken back too late":    {{referral.Accept, 7, referral.Accepted}, {referral.Cancel, 0, ""}},
		"accepted twice":         {{referral.Accept, 7, referral.Accepted}, {referral.Accept, 8, ""}},
		"given back":             {{referral.Accept, 7, referral.Accepted}, {referral.Release, 7, referral.Sent}, {referral.Accept, 8, referral.Accepted}},
		"reopened once": {{referral.Accept, 7, referral.Accepted}, {referral.Close, 7, referral.Closed}, {referral.Reopen, 0, referral.Sent},
			{referral.Accept, 7, referral.Accepted}, {referral.Close, 7, referral.Closed}, {referral.Reopen, 0, ""}},
		"over to the city, once":     {{referral.Accept, 7, referral.Accepted}, {referral.Decline, 7, referral.Sent}, {referral.Accept, 9, referral.Accepted}, {referral.Decline, 9, ""}},
		"nothing before it is taken": {{referral.Reply, 7, ""}, {referral.Close, 7, ""}, {referral.Answer, 0, ""}, {referral.Send, 0, ""}, {"nothing", 0, ""}},
	} {
		t.Run(name, func(t *testing.T) {
			r := sent(t)
			for _, s := range steps {
				next, err := r.Move(s.event, s.by, now)
				if s.want == "" {
					if !errors.Is(err, referral.ErrMove) || next.State != r.State || next.Version != r.Version {
						t.Fatalf("%s in %s = %s version %d, %v; want ErrMove and nothing changed", s.event, r.State, next.State, next.Version, err)
					}
					continue
				}
				if err != nil || next.State != s.want {
					t.Fatalf("%s in %s = %s, %v; want %s", s.event, r.State, next.State, err, s.want)
				}
				r = next
			}
		})
	}
}

// TestAnyMoves: whatever comes in whatever order, a referral stays sound.
func TestAnyMoves(t *testing.T) {
	events := []referral.Event{referral.Send, referral.Accept, referral.Ask, referral.Answer, referral.Release, referral.Decline, referral.Close,
		referral.Cancel, referral.Reopen, referral.Reply, referral.Add, referral.Helped, referral.Talk, referral.Aside, ""}
	rapid.Check(t, func(t *rapid.T) {
		r, err := referral.Referral{Desk: "31217"}.Move(referral.Send, 0, now)
		if err != nil {
			t.Fatal(err)
		}
		reopened, at := 0, now
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			at = at.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "hours")) * time.Hour)
			event := rapid.SampledFrom(events).Draw(t, "event")
			next, err := r.Move(event, 7, at)
			if (next.Version != r.Version) != (next.State != r.State) || next.Version < r.Version {
				t.Fatalf("%s: version %d → %d as the state goes %s → %s", event, r.Version, next.Version, r.State, next.State)
			}
			if err != nil && !errors.Is(err, referral.ErrMove) {
				t.Fatal(err)
			}
			if err == nil && event == referral.Reopen {
				reopened++
			}
			r = next
			held := r.State == referral.Accepted || r.State == referral.Waiting
			switch {
			case held && (r.Holder == 0 || r.Taken.IsZero()):
				t.Fatalf("%s and nobody holds it", r.State)
			case r.State == referral.Sent && r.Holder != 0:
				t.Fatal("somebody holds what nobody has accepted")
			case r.State.IsOpen() == !r.Closed.IsZero():
				t.Fatalf("%s and closed %v", r.State, r.Closed)
			case !held && !r.TalkEnds.IsZero():
				t.Fatalf("%s and there is talk", r.State)
			case r.State == referral.Sent && r.Due.IsZero():
				t.Fatal("no word is owed")
			}
		}
		if reopened > 1 {
			t.Fatalf("reopened %d times", reopened)
		}
	})
}

func TestCodes(t *testing.T) {
	seen := map[referral.Code]bool{}
	for range 2000 {
		c := referral.NewCode()
		if len(c) != 7 || c.Number() <= 0 || referral.CodeOf(c.Number()) != c {
			t.Fatalf("code %q, number %d, back %q", c, c.Number(), referral.CodeOf(c.Number()))
		}
		seen[c] = true
	}
	if len(seen) < 1980 { // of 390,625 codes 2,000 drawn by lot have about five twins
		t.Errorf("2000 codes are only %d", len(seen))
	}
	for _, bad := range []referral.Code{"", "CT-", "CT-7K2", "CT-7K2MM", "CT-7K2A", "ct-7K2M", "XX-7K2M"} {
		if bad.Number() != 0 {
			t.Errorf("%q has number %d", bad, bad.Number())
		}
	}
	for _, bad := range []int{0, -5, 1, 12, 1 << 40} {
		if c := referral.CodeOf(bad); c != "" {
			t.Errorf("%d is code %q", bad, c)
		}
	}
}

// TestDue: by hand, on the calendar of November 2026; the 26th is a Thursday.
func TestDue(t *testing.T) {
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, 11, day, hour, minute, 0, 0, now.Location())
	}
	for _, c := range []struct{ in, want time.Time }{
		{at(26, 7, 30), at(27, 8, 0)},   // a day has seven and a half hours
		{at(26, 6, 0), at(27, 8, 0)},    // before the doors open
		{at(26, 14, 0), at(27, 14, 30)}, // 3 h, 4 h, 1 h
		{at(26, 12, 0), at(27, 14, 0)},  // 3.5 h, 4 h, half an hour
		{at(26, 20, 0), at(30, 8, 0)},   // 7.5 h on Friday, half an hour on Monday
		{at(28, 10, 0), at(31, 8, 0)},   // on a Saturday: Monday 7.5 h, Tuesday (the 1st of December)
		{at(27, 16, 30), at(30, 17, 0)}, // half an hour, and all of Monday
	} {
		if got := referral.Due(c.in); !got.Equal(c.want) {
			t.Errorf("Due(%s) = %s, want %s", c.in.Format("Mon 2 15:04"), got.Format("Mon 2 15:04"), c.want.Format("Mon 2 15:04"))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		in := now.Add(time.Duration(rapid.Int64Range(0, 400*24*60).Draw(t, "minutes")) * time.Minute)
		due := referral.Due(in)
		if !due.After(in) || due.Weekday() == time.Saturday || due.Weekday() == time.Sunday || due.Sub(in) > 5*24*time.Hour {
			t.Fatalf("Due(%s) = %s", in, due)
		}
	})
}

func officer(id referral.OfficerID, ward knowledge.WardCode, role referral.Role) referral.Officer {
	return referral.Officer{ID: id, Ward: ward, Role: role, Chat: referral.ChatID("chat" + string(ward) + string(role))}
}

func TestMay(t *testing.T) {
	r := referral.Referral{Desk: "31217", Ward: "31217", State: referral.Accepted, Holder: 1}
	holder, other := officer(1, "31217", referral.Plain), officer(2, "31217", referral.Plain)
	chief, elsewhere := officer(3, "31217", referral.Supervisor), officer(4, "31135", referral.Plain)
	duty, admin := officer(5, referral.City, referral.Duty), officer(6, referral.City, referral.Admin)
	for _, c := range []struct {
		who  referral.Officer
		may  []referral.Event
		name string
	}{
		{holder, []referral.Event{referral.Accept, referral.Reply, referral.Ask, referral.Release, referral.Decline, referral.Close}, "the holder"},
		{other, []referral.Event{referral.Accept}, "a colleague"},
		{chief, []referral.Event{referral.Accept, referral.Close}, "the supervisor"},
		{elsewhere, nil, "an officer of another ward"},
		{duty, nil, "an officer on duty for the city"},
		{admin, []referral.Event{referral.Accept, referral.Close}, "the admin"},
		{referral.Officer{}, nil, "nobody"},
	} {
		for _, e := range []referral.Event{referral.Accept, referral.Reply, referral.Ask, referral.Release, referral.Decline, referral.Close, referral.Cancel, referral.Reopen} {
			if got, want := c.who.May(e, r), slices.Contains(c.may, e); got != want {
				t.Errorf("%s may %s: %v, want %v", c.name, e, got, want)
			}
		}
	}
}

// TestEveryWardIsRouted: to its own desk where it has an officer, and else to the city's.
func TestEveryWardIsRouted(t *testing.T) {
	l, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Wards) != 103 {
		t.Fatalf("%d wards, want 103", len(l.Wards))
	}
	duty := officer(1000, referral.City, referral.Duty)
	for i, w := range l.Wards {
		own := officer(referral.OfficerID(i+1), w.Code, referral.Plain)
		full := referral.Table{Officers: []referral.Officer{duty, own}}
		if d := referral.Route(full, w.Code); d.Ward != w.Code || !slices.Equal(d.Chats(), []referral.ChatID{own.Chat}) {
			t.Errorf("%s: desk %s, chats %v", w.FullName(), d.Ward, d.Chats())
		}
		grouped := referral.Table{Officers: full.Officers, Groups: map[knowledge.WardCode]referral.ChatID{w.Code: "group"}}
		if d := referral.Route(grouped, w.Code); !slices.Equal(d.Chats(), []referral.ChatID{"group"}) {
			t.Errorf("%s with a group: chats %v", w.FullName(), d.Chats())
		}
		grouped.Officers = []referral.Officer{duty}
		for name, table := range map[string]referral.Table{"no officer": {Officers: []referral.Officer{duty}}, "a group without officers": grouped} {
			if d := referral.Route(table, w.Code); d.Ward != referral.City || !slices.Equal(d.Chats(), []referral.ChatID{duty.Chat}) {
				t.Errorf("%s, %s: desk %s, chats %v", w.FullName(), name, d.Ward, d.Chats())
			}
		}
		if d := referral.Route(referral.Table{}, w.Code); d.Ward != referral.City || len(d.Chats()) != 0 {
			t.Errorf("%s with nobody anywhere: desk %s, chats %v", w.FullName(), d.Ward, d.Chats())
		}
	}
}
