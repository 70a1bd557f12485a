package main

import (
	"context"
	"html"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"policybot/bot"
	"policybot/knowledge"
	"policybot/knowledge/check"
	"policybot/knowledge/content"
)

// copied is a copy of the built-in content that may be edited.
func copied(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(dir, content.FS); err != nil {
		t.Fatal(err)
	}
	return dir
}

// edit is a change of the handbook's example: lines taken out (-) and put in their place (+), in one
// item of a file, or at its end.
type edit struct{ file, item, before, after string }

var editForm = regexp.MustCompile("(?s)```diff\n# ([^\n,]+)(?:, ([^\n]+))?\n(.*?)```")

func handbookEdits(t *testing.T) (all []edit) {
	t.Helper()
	text, err := os.ReadFile("../../docs/noi-dung.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range editForm.FindAllStringSubmatch(string(text), -1) {
		e := edit{file: m[1], item: m[2]}
		for line := range strings.Lines(m[3]) {
			if line[0] == '-' {
				e.before += line[1:]
			} else {
				e.after += line[1:]
			}
		}
		all = append(all, e)
	}
	return all
}

func (e edit) apply(t *testing.T, dir string) {
	t.Helper()
	name := filepath.Join(dir, e.file)
	old, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := string(old)
	start, end := len(text), len(text)
	if e.item != "" {
		at := regexp.MustCompile(`(?m)^- (?:id|name): ` + regexp.QuoteMeta(e.item) + `$`).FindStringIndex(text)
		if at == nil {
			t.Fatalf("%s has no item %s", e.file, e.item)
		}
		start = at[0]
		if next := strings.Index(text[at[1]:], "\n- "); next >= 0 {
			end = at[1] + next + 1
		}
	}
	if n := strings.Count(text[start:end], e.before); e.before != "" && n != 1 {
		t.Fatalf("%s, %s: the lines to take out stand there %d times:\n%s", e.file, e.item, n, e.before)
	}
	item := strings.Replace(text[start:end], e.before, e.after, 1)
	if err := os.WriteFile(name, []byte(text[:start]+item+text[end:]), 0o644); err != nil {
		t.Fatal(err)
	}
}

// asked is what a bot says on a day.
func asked(t *testing.T, b *bot.Bot, text, on string) (string, bot.Turn) {
	t.Helper()
	day, err := knowledge.ParseDate(on)
	if err != nil {
		t.Fatal(err)
	}
	turn, err := b.Handle(t.Context(), bot.Inbound{Chat: "resident", Day: day, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return turn.Replies[0].Plain(), turn
}

func openCopy(t *testing.T, drafts bool) (*contents, *bot.Bot) {
	t.Helper()
	s := settings{Content: copied(t), Data: t.TempDir(), Zone: time.UTC}
	c, err := openContents(t.Context(), slog.New(slog.DiscardHandler), s, drafts)
	if err != nil {
		t.Fatal(err)
	}
	return c, c.newBot(bot.NewMemory())
}

// TestTheHandbooksExample makes the changes that the handbook tells, one after the other, in a copy of
// the content under a bot that runs: the one new figure reaches cards, rules and stated bills.
func TestTheHandbooksExample(t *testing.T) {
	c, b := openCopy(t, false)
	const bill = "thẻ hộ gia đình khám ngoại trú 400 ngàn trả mấy đồng"
	if text, _ := asked(t, b, "lương cơ sở bao nhiêu", "2027-07-01"); strings.Contains(text, "2.700.000") {
		t.Fatalf("before any change the bot says %q", text)
	}
	edits := handbookEdits(t)
	if len(edits) < 10 {
		t.Fatalf("the handbook's example has %d changes", len(edits))
	}
	told := map[string]bool{}
	for _, e := range edits {
		e.apply(t, c.s.Content)
		if e.item != "base_salary" && e.item != "bhyt-5-nam-lien-tuc-2027" {
			continue // not yet where the handbook runs check
		}
		l, err := knowledge.Load(os.DirFS(c.s.Content))
		if err != nil {
			t.Fatalf("after the change of %s: %v", e.file, err)
		}
		for _, f := range check.Run(l, knowledge.NewDate(2027, 5, 26)) {
			if f.Severity == check.Error || f.Rule == "now-known" {
				told[f.File+" "+f.Rule] = true
			}
		}
	}
	for _, want := range []string{"cards/insurance-premium.yaml now-known", "cards/insurance-thresholds.yaml now-known", "cards/insurance-premium.yaml basis-gap"} {
		if !told[want] {
			t.Errorf("on the way, check did not tell %s; it told %v", want, told)
		}
	}
	c.take(t.Context())
	if s := c.State(); len(s.Refused) > 0 {
		t.Fatalf("the new content is refused: %q", s.Refused)
	}
	for _, want := range []struct{ text, on, says, not string }{
		{"lương cơ sở bao nhiêu", "2027-06-30", "2.530.000 đồng", "2.700.000 đồng một tháng, từ"},
		{"lương cơ sở bao nhiêu", "2027-07-01", "2.700.000 đồng", "161/2026"},
		{"lương cơ sở bao nhiêu", "2027-07-01", "99/2027/NĐ-CP", ""},
		{"khám dưới bao nhiêu tiền thì bhyt trả hết", "2027-06-30", "379.500 đồng", ""},
		{"khám dưới bao nhiêu tiền thì bhyt trả hết", "2027-07-01", "405.000 đồng", ""},
		{bill, "2027-06-30", "80.000 đồng", ""},
		{bill, "2027-07-01", "0 đồng", "80.000 đồng"},
	} {
		text, turn := asked(t, b, want.text, want.on)
		if !strings.Contains(text, want.says) || want.not != "" && strings.Contains(text, want.not) {
			t.Errorf("%s, %s: outcome %s, want %q and not %q:\n%s", want.text, want.on, turn.Record.Outcome, want.says, want.not, text)
		}
	}
}

func change(t *testing.T, dir, name, before, after string) {
	t.Helper()
	file := filepath.Join(dir, name)
	text, err := os.ReadFile(file)
	if err == nil && !strings.Contains(string(text), before) {
		t.Fatalf("%s does not hold %q", name, before)
	}
	if err == nil {
		err = os.WriteFile(file, []byte(strings.Replace(string(text), before, after, 1)), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestFaultyFilesAreRefused: the last good content serves on, those who look after it are told, and
// what is good again is taken.
func TestFaultyFilesAreRefused(t *testing.T) {
	c, b := openCopy(t, false)
	first := c.State().Version
	admin := func(text string) string {
		turn, err := b.Handle(t.Context(), bot.Inbound{Chat: "admin", Admin: "1001", Day: knowledge.NewDate(2026, 11, 23), Text: text})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, r := range turn.Replies {
			all = append(all, r.Plain())
		}
		return strings.Join(all, "\n")
	}
	const question, on, figure = "cận nghèo đóng bhyt bao nhiêu", "2026-11-23", "34.155"
	var alarms []string
	c.alarm = func(_ context.Context, html string) error { alarms = append(alarms, html); return nil }
	for i, fault := range []struct{ name, before, after, want string }{
		{"cards/insurance-premium.yaml", "topic: insurance", "topik: insurance", "topik"},                  // not read
		{"figures/insurance-premium.yaml", `value: "2.530.000"`, `value: "2.630.000"`, "“2.630.000 đồng”"}, // not sound
	} {
		change(t, c.s.Content, fault.name, fault.before, fault.after)
		c.take(t.Context())
		if s := c.State(); len(s.Refused) == 0 || !strings.Contains(s.Refused[0], fault.want) || s.Version != first {
			t.Errorf("state %+v, want a refusal with %s", s, fault.want)
		}
		if text, _ := asked(t, b, question, on); !strings.Contains(text, figure) || strings.Contains(text, "từ chối") {
			t.Errorf("a resident reads %q", text)
		}
		if len(alarms) != 1+2*i || !strings.Contains(alarms[2*i], "bị từ chối") || !strings.Contains(alarms[2*i], html.EscapeString(fault.want)) {
			t.Errorf("administrators are told %q", alarms)
		}
		if text := admin("/noidung"); !strings.Contains(text, "bị từ chối") || !strings.Contains(text, first) {
			t.Errorf("/noidung says %q", text)
		}
		change(t, c.s.Content, fault.name, fault.after, fault.before)
		c.take(t.Context())
		if len(alarms) != 2+2*i || !strings.Contains(alarms[1+2*i], "đúng trở lại") {
			t.Errorf("administrators are told %q", alarms)
		}
	}
	change(t, c.s.Content, "documents/insurance.yaml", "title: Mức lương cơ sở", "title: Lương cơ sở")
	c.take(t.Context())
	if s := c.State(); len(s.Refused) > 0 || s.Version == first {
		t.Errorf("good again: %+v", s)
	}
	if text := admin("/noidung"); strings.Contains(text, "bị từ chối") || strings.Contains(text, first) {
		t.Errorf("/noidung says %q", text)
	}
}

// TestAVanishedCardLeavesHarmlessButtons: an older message keeps its buttons when its card is gone.
func TestAVanishedCardLeavesHarmlessButtons(t *testing.T) {
	c, _ := openCopy(t, false)
	const card = "bhyt-ma-the-can-ngheo"
	session := bot.Session{Version: 1, LastScreen: 1, Screens: []bot.Screen{{Number: 1, Version: 1}}}
	for _, verb := range []bot.Verb{bot.ShowCard, bot.ShowMore, bot.ShowBasis, bot.ShowSteps, bot.ShowNext, bot.NotRight} {
		session.Screens[0].Buttons = append(session.Screens[0].Buttons, bot.Button{Label: string(verb), Action: bot.Action{Verb: verb, Card: card}})
	}
	change(t, c.s.Content, "cards/insurance-card.yaml", "- id: "+card+"\n", "- id: "+card+"\n  draft: true\n")
	c.take(t.Context())
	if s := c.State(); len(s.Refused) > 0 {
		t.Fatal(s.Refused)
	}
	memory := bot.NewMemory()
	b := c.newBot(memory)
	for i := range session.Screens[0].Buttons {
		memory.Commit(bot.Turn{Inbound: bot.Inbound{Chat: "x"}, Session: session})
		turn, err := b.Handle(t.Context(), bot.Inbound{Chat: "x", Day: knowledge.NewDate(2026, 11, 23), Tap: &bot.Tap{Screen: 1, Button: i, Version: 1}})
		if err != nil || turn.Record.Outcome != knowledge.Step || len(turn.Replies) != 1 || len(turn.Replies[0].Buttons) == 0 {
			t.Errorf("button %d: %v, %+v", i, err, turn.Record)
		}
	}
}

// TestDraftsAreForThePreview: a draft answers on the trial page, marked; nobody else is shown it.
func TestDraftsAreForThePreview(t *testing.T) {
	for _, preview := range []bool{false, true} {
		c, b := openCopy(t, preview)
		file, err := os.OpenFile(filepath.Join(c.s.Content, "cards/living.yaml"), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		_, err = file.WriteString("\n- id: ban-nhap-thu\n  topic: living\n  draft: true\n  author: Ban nội dung\n  outcome: no_evidence\n" +
			"  ask: [xã có cho mượn máy bơm nước tưới vườn không]\n  answer: Chuyện mượn máy bơm thì hỏi UBND xã, phường.\n")
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		c.take(t.Context())
		if s := c.State(); len(s.Refused) > 0 {
			t.Fatal(s.Refused)
		}
		text, _ := asked(t, b, "xã có cho mượn máy bơm nước tưới vườn không", "2026-11-23")
		marked := strings.Contains(text, "BẢN NHÁP, người viết: Ban nội dung, chưa ai duyệt") && strings.Contains(text, "máy bơm")
		if marked != preview {
			t.Errorf("preview %v reads %q", preview, text)
		}
	}
}

// TestBlocksByFile: the file beside the database is heeded without a new start; a faulty one changes
// nothing, and says so.
func TestBlocksByFile(t *testing.T) {
	c, b := openCopy(t, false)
	const question, on = "cận nghèo đóng bhyt bao nhiêu", "2026-11-23"
	for _, step := range []struct{ file, says string }{
		{"", "34.155"},
		{"- {item: nd-188-2025/d6, reason: nghi sai, author: A, since: 2026-11-26}\n", "đang được kiểm tra lại"},
		{"- {item: nd-188-2025/d6, reasn: nghi sai, author: A}\n", "đang được kiểm tra lại"},
		{"- {item: nd-188-2025/d6, author: A}\n", "đang được kiểm tra lại"},
		{"- {item: nd-188-2025/d66, reason: nghi sai, author: A}\n- {item: nd-188-2025/d6, reason: nghi sai, author: A}\n", "đang được kiểm tra lại"},
		{"# mở hết\n", "34.155"},
	} {
		if err := os.WriteFile(filepath.Join(c.s.Data, knowledge.BlocksFile), []byte(step.file), 0o600); err != nil {
			t.Fatal(err)
		}
		c.take(t.Context())
		if text, _ := asked(t, b, question, on); !strings.Contains(text, step.says) {
			t.Errorf("with %q the bot says %q", step.file, text)
		}
		faulty := strings.Contains(step.file, "reasn") || strings.Contains(step.file, "d6, author") || strings.Contains(step.file, "d66")
		if got := c.State().Refused; (len(got) > 0) != faulty {
			t.Errorf("with %q: refused %q", step.file, got)
		}
	}
}

// TestFollow: a file is taken over when two looks in a row find it the same, within a minute by far.
func TestFollow(t *testing.T) {
	c, b := openCopy(t, false)
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(c.s.Data, knowledge.BlocksFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const question, on = "cận nghèo đóng bhyt bao nhiêu", "2026-11-23"
	synctest.Test(t, func(t *testing.T) {
		stop := start(make(chan error, 1), c.follow)
		defer func() {
			if err := stop(t.Context()); err != nil {
				t.Error(err)
			}
		}()
		synctest.Wait()
		write("- {item: nd-188-2025, reason: half written")
		time.Sleep(lookEvery + time.Second)
		write("- {item: nd-188-2025, reason: nghi sai, author: A}\n")
		time.Sleep(lookEvery)
		if got := c.State().Refused; len(got) > 0 {
			t.Errorf("a file that was being written is refused: %q", got)
		}
		time.Sleep(lookEvery)
		synctest.Wait()
		if text, _ := asked(t, b, question, on); !strings.Contains(text, "đang được kiểm tra lại") {
			t.Errorf("after %s the bot says %q", 3*lookEvery, text)
		}
	})
}

// TestDigestFollowsWhatIsRead: every file that is loaded changes it, and nothing else does.
func TestDigestFollowsWhatIsRead(t *testing.T) {
	c := &contents{s: settings{Content: copied(t), Data: t.TempDir()}}
	before := c.digest()
	for _, name := range []string{"notes.txt", "cards/notes.txt", "cards/.living.yaml.swp"} {
		if err := os.WriteFile(filepath.Join(c.s.Content, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if c.digest() != before {
		t.Error("a file that is not read changes the digest")
	}
	err := fs.WalkDir(os.DirFS(c.s.Content), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		last := c.digest()
		change(t, c.s.Content, name, "a", "á")
		if c.digest() == last {
			t.Errorf("a change of %s goes unnoticed", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{c.s.Content, c.s.Data} {
		last := c.digest()
		if err := os.WriteFile(filepath.Join(dir, knowledge.BlocksFile), []byte("#"), 0o600); err != nil {
			t.Fatal(err)
		}
		if c.digest() == last {
			t.Errorf("%s in %s goes unnoticed", knowledge.BlocksFile, dir)
		}
	}
}
