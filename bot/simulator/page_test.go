package simulator_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"policybot/bot/store"
)

// css is a selector.
type css = chromedp.CSS

func click(selector css) chromedp.Action[chromedp.Void] { return chromedp.Click(selector) }

// TestAsk asks with and without marks, and once more in another year.
func TestAsk(t *testing.T) {
	p := serve(t, t.TempDir()).open(t, 1280, 800)
	p.say("resident", "hộ cận nghèo nằm viện phải trả bao nhiêu")
	marked := p.last("resident")
	p.say("resident", "ho can ngheo nam vien phai tra bao nhieu")
	if plain := p.last("resident"); firstLine(plain) != firstLine(marked) || !strings.Contains(plain, "100%") {
		t.Errorf("without marks: %q\nwith marks: %q", plain, marked)
	}
	p.run(chromedp.SetValue(css("#day"), "2026-11-26"), chromedp.Evaluate[chromedp.Void](`document.getElementById("day").onchange({target: document.getElementById("day")})`))
	p.wait(`!document.getElementById("travelled").hidden`)
	p.say("resident", "chuẩn nghèo ở phường bao nhiêu")
	before := p.last("resident")
	p.run(click("#next-year"))
	p.wait(`document.getElementById("travelled").innerText.includes("02/01/2027")`)
	p.say("resident", "chuẩn nghèo ở phường bao nhiêu")
	after := p.last("resident")
	if firstLine(before) == firstLine(after) {
		t.Errorf("the same answer on 2026-11-26 and on 2027-01-02: %q", after)
	}
	if why := p.text("#why"); !strings.Contains(why, "02/01/2027") {
		t.Errorf("the reasons do not tell the day: %q", why)
	}
	p.run(click("#real-day"))
	p.wait(`document.getElementById("travelled").hidden`)
}

func firstLine(message string) string {
	_, message, _ = strings.Cut(message, ": ") // who said it
	line, _, _ := strings.Cut(message, "\n")
	return line
}

// TestReasons looks at what stands beside an answer.
func TestReasons(t *testing.T) {
	p := serve(t, t.TempDir()).open(t, 1280, 800)
	p.say("resident", "can ngheo nam vien tra nhieu hong")
	p.wait(`document.querySelectorAll(".found li").length > 1`)
	why := p.text("#why")
	for _, want := range []string{"Trả lời được", "cận nghèo nằm viện", "Áp dụng từ", "Tìm kiếm", "ms"} {
		if !strings.Contains(why, want) {
			t.Errorf("the reasons lack %q: %s", want, why)
		}
	}
	p.run(click(".found summary"))
	p.wait(`document.querySelector(".found details").open`)
	if terms := p.text(".terms"); !strings.Contains(terms, "BM25") || !strings.Contains(terms, "nam vien") {
		t.Errorf("scores by term: %q", terms)
	}
	p.say("officer", "/menu")
	if n := eval[int](p, `document.querySelectorAll("#why .outcome").length`); n != 1 {
		t.Errorf("%d outcomes after an officer's turn, want the resident's one", n)
	}
	p.say("resident", "nhà 4 người mua bhyt hộ gia đình hết bao nhiêu")
	p.say("resident", "tính thử viện phí")
	for range 4 {
		if why := p.text("#why"); strings.Contains(why, "[object") || strings.Contains(why, "undefined") {
			t.Errorf("the reasons show %q", why)
		}
		p.run(chromedp.Evaluate[chromedp.Void](`document.querySelector("#turn-before").click()`))
	}
	p.press("resident", "Xem căn cứ")
	p.wait(`document.querySelector("#turn-place").innerText === "lượt 4/4"`)
	if why := p.text("#why"); !strings.Contains(why, "Xem căn cứ") {
		t.Errorf("the reasons do not name the button: %q", why)
	}
	p.run(click("#turn-before"), click("#turn-before"), click("#turn-before"))
	p.wait(`document.querySelector("#why").innerText.includes("can ngheo nam vien")`)
}

// TestKeyboard uses no mouse.
func TestKeyboard(t *testing.T) {
	p := serve(t, t.TempDir()).open(t, 1280, 800)
	keys := func(keys ...string) {
		t.Helper()
		for _, key := range keys {
			p.run(chromedp.KeyEvent(key))
		}
	}
	focus := func() string {
		return eval[string](p, `document.activeElement.innerText || document.activeElement.id || document.activeElement.className`)
	}
	keys(kb.Tab)
	if got := focus(); !strings.Contains(got, "Tới ô nhắn tin của bà con") {
		t.Fatalf("the first stop is %q", got)
	}
	keys(kb.Enter)
	p.wait(`document.activeElement.id === "resident-say"`)
	if ring := eval[string](p, `getComputedStyle(document.activeElement).outlineStyle`); ring == "none" {
		t.Error("the focus cannot be seen")
	}
	keys("chuẩn nghèo ở xã", kb.Enter)
	p.answered("resident", 0)
	p.wait(`document.activeElement.id === "resident-say" && document.activeElement.value.trim() === ""`)
	// Back from the field over the file and the commands to the last button of the answer.
	for range 10 {
		if focus() == "Chưa đúng ý" {
			break
		}
		p.run(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
	}
	before := p.said("resident")
	keys(" ")
	p.wait(fmt.Sprintf(`document.querySelectorAll("#resident .bubble").length > %d`, before))
	if said := p.last("resident"); strings.Contains(said, "Nút này") {
		t.Errorf("the button by keyboard: %q", said)
	}
	if live := eval[string](p, `document.querySelector("#resident .log").getAttribute("aria-live")`); live != "polite" {
		t.Errorf("new messages are announced %q", live)
	}
}

// TestEverythingIsNamed looks for what a screen reader could not name.
func TestEverythingIsNamed(t *testing.T) {
	p := serve(t, t.TempDir()).open(t, 1280, 800)
	p.say("resident", "vay von")
	nameless := eval[[]string](p, `[...document.querySelectorAll("button, select, input:not([hidden]), textarea, img, [role=log], section")]
		.filter(e => e.checkVisibility() && !(e.innerText || e.ariaLabel || e.hasAttribute("aria-labelledby") || e.labels?.length || e.alt !== undefined && e.tagName === "IMG"))
		.map(e => e.outerHTML.slice(0, 80))`)
	if len(nameless) > 0 {
		t.Errorf("without a name: %q", nameless)
	}
	if twice := eval[[]string](p, `[...document.querySelectorAll("[id]")].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)`); len(twice) > 0 {
		t.Errorf("two elements of one id: %q", twice)
	}
}

// TestSizes: no window and no size of letters makes one scroll sideways or hides the field.
func TestSizes(t *testing.T) {
	s := serve(t, t.TempDir())
	for _, c := range []struct {
		name          string
		width, height int64
		letters       string // CSS font size of the root
	}{
		{"phone", 360, 740, "100%"}, {"phone, large letters", 360, 740, "200%"}, {"phone on its side", 740, 360, "100%"},
		{"tablet", 820, 1180, "100%"}, {"window at 200 %", 640, 400, "100%"}, {"desk, large letters", 1280, 800, "200%"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := s.open(t, c.width, c.height)
			p.run(chromedp.Evaluate[chromedp.Void](`document.documentElement.style.fontSize = "` + c.letters + `"`))
			if p.said("resident") == 0 {
				p.say("resident", "chuẩn nghèo "+strings.Repeat("dài", 300))
			}
			for _, tab := range []string{"reasons", "officer", "resident"} {
				if eval[bool](p, `document.querySelector(".tabs").checkVisibility()`) {
					p.run(click(css(`.tabs [data-tab="` + tab + `"]`)))
				}
				if w := eval[int64](p, `Math.max(document.scrollingElement.scrollWidth, ...[...document.querySelectorAll(".log, #why")].map(e => e.scrollWidth > e.clientWidth + 1 ? 9999 : 0))`); w > c.width {
					t.Errorf("%s is %d wide in a window of %d: %q", tab, w, c.width, eval[[]string](p,
						fmt.Sprintf(`[...document.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > %d).map(e => e.outerHTML.slice(0, 90))`, c.width)))
				}
			}
			before := p.said("resident")
			p.run(chromedp.ScrollIntoView(css("#resident-say")), chromedp.SendKeys(css("#resident-say"), "/menu\r"))
			p.answered("resident", before)
		})
	}
}

// TestTextStaysText: nothing that a person writes becomes part of the page.
func TestTextStaysText(t *testing.T) {
	p := serve(t, t.TempDir()).open(t, 1280, 800)
	const evil = `<img src=x onerror="window.hacked=1"><script>window.hacked=2</script><b>đậm</b> javascript:alert(1) &lt;i&gt;`
	p.say("resident", evil)
	if said := eval[string](p, `document.querySelector("#resident .mine .text").textContent`); said != evil {
		t.Errorf("shown: %q", said)
	}
	if n := eval[int](p, `document.querySelectorAll("#resident .mine :is(img, script, b, a), #why :is(img, script, a)").length`); n > 0 {
		t.Errorf("%d elements came out of a text", n)
	}
	if eval[bool](p, `"hacked" in window`) {
		t.Error("a text was run")
	}
}

// TestPresses: a button pressed twice does its work once; one that the bot has forgotten does none.
func TestPresses(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir)
	p := s.open(t, 1280, 800)
	p.say("resident", "chuẩn nghèo ở xã")
	before := p.said("resident")
	p.run(chromedp.Evaluate[chromedp.Void](`(b => { b.click(); b.click(); })([...document.querySelectorAll("#resident .buttons button")].find(b => b.innerText === "Xem căn cứ"))`))
	p.answered("resident", before-1)
	p.wait(`document.querySelector("#resident .toast").innerText.includes("Đã nhận rồi")`)
	if n := p.said("resident"); n != before+1 {
		t.Errorf("%d messages after two presses, want one more than %d", n, before)
	}
	s.stop()
	if err := store.Remove(dir); err != nil {
		t.Fatal(err)
	}
	again := serveAt(t, dir, strings.TrimPrefix(s.addr, "http://"))
	p.wait(`document.getElementById("trouble").hidden && document.querySelectorAll("#resident .bubble").length > 0`)
	p.press("resident", "Câu hỏi liên quan")
	p.wait(`(document.querySelector("#resident .toast").innerText + [...document.querySelectorAll("#resident .bubble")].at(-1).innerText).includes("cũ")`)
	again.stop()
}

// TestOddMessages: an empty one, a very long one, one without letters.
func TestOddMessages(t *testing.T) {
	p := serve(t, t.TempDir()).open(t, 360, 740)
	p.run(chromedp.SendKeys(css("#resident-say"), "   \r"))
	p.say("resident", "🙂")
	if n := p.said("resident"); n != 2 {
		t.Errorf("%d messages after an empty one and a face, want the face and its answer", n)
	}
	before := p.said("resident")
	long := string([]rune(strings.Repeat("chuẩn nghèo ở xã ", 300))[:5000])
	p.run(chromedp.SetValue(css("#resident-say"), long), click("#resident .send"))
	p.wait(fmt.Sprintf(`document.querySelectorAll("#resident .bubble").length >= %d && document.querySelectorAll("#resident .mine").length === 3`, before+4))
	if got := eval[string](p, `[...document.querySelectorAll("#resident .mine .text")].slice(1).map(e => e.textContent).join("")`); len(got) < len(long)-9 {
		t.Errorf("%d bytes of a message of %d arrived", len(got), len(long))
	}
}

// TestSlowLine: on a slow line what is typed meanwhile is sent as well, in its order.
func TestSlowLine(t *testing.T) {
	p := serve(t, t.TempDir()).open(t, 1280, 800)
	p.run(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		slow := &network.Conditions{Latency: 300, DownloadThroughput: 50_000, UploadThroughput: 50_000}
		_, err := cdp.Call(ctx, t, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{slow}})
		return err
	}))
	for _, text := range []string{"một", "hai", "ba"} {
		p.run(chromedp.SetValue(css("#resident-say"), text), click("#resident .send"))
	}
	p.wait(`[...document.querySelectorAll("#resident .mine .text")].map(e => e.textContent).join(" ") === "một hai ba"`)
	if left := eval[string](p, `document.getElementById("resident-say").value`); left != "" {
		t.Errorf("%q is left in the field", left)
	}
}

// TestServerEnds: the page says that it has lost the bot, finds it again, and all that was said is
// still there; the conversation goes on.
func TestServerEnds(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir)
	p := s.open(t, 1280, 800)
	p.say("resident", "chuẩn nghèo ở xã")
	said := p.text("#resident .log")
	s.stop()
	p.wait(`!document.getElementById("trouble").hidden`)
	p.run(chromedp.SetValue(css("#resident-say"), "hộ nghèo vay vốn"), click("#resident .send"))
	p.wait(`document.querySelector("#resident .toast").innerText.includes("Chưa gửi được")`)
	serveAt(t, dir, strings.TrimPrefix(s.addr, "http://"))
	p.wait(`document.getElementById("trouble").hidden && document.querySelectorAll("#resident .bubble").length === 2`)
	if now := p.text("#resident .log"); now != said {
		t.Errorf("after the restart: %q\nbefore: %q", now, said)
	}
	if kept := eval[string](p, `document.querySelector("#resident-say").value`); kept != "hộ nghèo vay vốn" {
		t.Errorf("the text that could not be sent has become %q", kept)
	}
	before := p.said("resident")
	p.press("resident", "Xem căn cứ")
	p.answered("resident", before-1)
	if last := p.last("resident"); strings.Contains(last, "đã cũ") {
		t.Errorf("a button from before: %q", last)
	}
}

// TestKilled kills the process under the page's feet, and opens what it leaves behind.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	s, kill := serveChild(t, dir)
	p := s.open(t, 1280, 800)
	p.say("resident", "chuẩn nghèo ở xã")
	p.run(click("#next-year"))
	p.wait(`!document.getElementById("travelled").hidden`)
	said := p.text("#resident .log")
	kill()
	p.wait(`!document.getElementById("trouble").hidden`)
	if info, err := os.Stat(filepath.Join(dir, "key")); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the key: %v, %v", info, err)
	}
	serveAt(t, dir, strings.TrimPrefix(s.addr, "http://"))
	p.wait(`document.getElementById("trouble").hidden && document.querySelectorAll("#resident .bubble").length === 2`)
	if now := p.text("#resident .log"); now != said || eval[bool](p, `document.getElementById("travelled").hidden`) {
		t.Errorf("after the kill: %q\nbefore: %q", now, said)
	}
	p.say("resident", "/menu")
	if n := p.said("resident"); n != 4 {
		t.Errorf("%d messages, want 4: nothing twice", n)
	}
}

// TestTabs: two pages show the same world; one of them begins it anew.
func TestTabs(t *testing.T) {
	s := serve(t, t.TempDir())
	one, two := s.open(t, 1280, 800), s.open(t, 1280, 800)
	two.run(chromedp.SetValue(css("#resident .person"), "1003"), chromedp.Evaluate[chromedp.Void](`document.querySelector("#resident .person").dispatchEvent(new Event("change"))`))
	two.wait(`document.querySelector("#resident .about").innerText.includes("sinh viên")`)
	one.say("resident", "chuẩn nghèo ở xã")
	two.wait(`document.querySelector("#resident .person option[value='1001']").label.includes("tin mới")`)
	if n := two.said("resident"); n != 0 {
		t.Errorf("%d messages of somebody else", n)
	}
	two.run(click("#restart"), click("#restart-dialog [value=yes]"))
	one.wait(`document.querySelectorAll("#resident .bubble").length === 0`)
	two.say("resident", "học nghề được hỗ trợ gì")
	if n := two.said("resident"); n != 2 {
		t.Errorf("%d messages after a new beginning, want 2", n)
	}
}

// TestFiles: a picture is shown, and what the bot says to it.
func TestFiles(t *testing.T) {
	p := serve(t, t.TempDir()).open(t, 1280, 800)
	before := p.said("resident")
	picture, err := filepath.Abs("testdata/giay.png")
	if err != nil {
		t.Fatal(err)
	}
	p.run(chromedp.SetUploadFiles(css("#resident .file"), []string{picture}, chromedp.NodeReady))
	p.answered("resident", before)
	p.wait(`(i => i && i.complete && i.naturalWidth > 0)(document.querySelector("#resident .mine img"))`)
}
