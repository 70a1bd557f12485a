package simulator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// hold gives a phone to somebody.
func (p *tab) hold(side, person string) {
	p.t.Helper()
	p.run(chromedp.SetAttributeValue(css("#"+side+" .log"), "aria-live", "old"), chromedp.SetValue(css("#"+side+" .person"), person),
		chromedp.Evaluate[chromedp.Void](`document.querySelector("#`+side+` .person").dispatchEvent(new Event("change"))`))
	p.wait(`document.querySelector("#` + side + ` .person").value === "` + person + `" && document.querySelector("#` + side + ` .log").ariaLive === "polite"`)
}

// shows waits until the newest message of a phone says something.
func (p *tab) shows(side, text string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`[...document.querySelectorAll("#%s .bubble:not(.mine)")].at(-1)?.innerText.includes(%q)`, side, text))
}

// TestReferral takes the household of the article from its question to a closed referral, on two
// phones.
func TestReferral(t *testing.T) {
	p := serve(t, t.TempDir()).open(t, 1280, 800)
	p.hold("resident", "1002")
	p.wait(`document.querySelectorAll("#officer .bubble").length >= 2`) // the invitation was opened
	p.run(chromedp.Click(`//section[@id="resident"]//div[@class="tries"]/button[1]`))
	p.shows("resident", "Căn cứ")
	p.press("resident", "Gửi cán bộ phường/xã")
	p.shows("resident", "Phường Trung Nhứt")
	p.press("resident", "Phường Trung Nhứt")
	p.shows("resident", "Đồng ý gửi")
	p.press("resident", "Thêm số điện thoại")
	p.wait(`document.querySelectorAll("#resident .keys button").length > 1`)
	p.run(click("#resident .keys button")) // the one that shares one's own number
	p.wait(`[...document.querySelectorAll("#resident .mine .medium")].at(-1)?.innerText.includes("Anh Sáu: 84")`)
	p.shows("resident", "Đồng ý gửi")
	p.wait(`document.querySelectorAll("#resident .keys button").length === 0`)
	p.press("resident", "Đồng ý gửi")
	p.shows("resident", "CT-")
	p.wait(`document.querySelector("#why").innerText.includes("mới → chờ nhận")`)
	p.shows("officer", "Chưa ai nhận")
	if card := p.last("officer"); strings.Contains(card, "Anh Sáu") || strings.Contains(card, "84000") {
		t.Errorf("the card names the resident before anybody has accepted: %q", card)
	}
	p.press("officer", "Nhận")
	p.shows("officer", "84000001002") // now that somebody has
	p.shows("resident", "Chị Lan")
	p.press("officer", "Trả lời")
	p.shows("officer", "Viết cho người dân")
	p.say("officer", "chị mang <b>sổ hộ khẩu</b> ra phường gặp em nhé")
	p.shows("resident", "<b>sổ hộ khẩu</b>")
	p.say("resident", "dạ sáng mai em ra")
	p.shows("officer", "sáng mai em ra")
	p.press("officer", "Xong")
	p.shows("officer", "Đã đóng phiếu")
	p.shows("resident", "đã giải quyết xong")

	p.hold("officer", "2002") // a colleague sees that it is over, and gets nothing to press
	p.wait(`!document.querySelector("#officer .log").innerText.includes("Chưa ai nhận")`)
	if n := eval[int](p, `[...document.querySelectorAll("#officer .buttons button")].filter(b => b.innerText === "Nhận").length`); n > 0 {
		t.Error("a closed referral can be accepted")
	}
}

// TestGroup: a referral to a ward whose officers share a group is seen there, and answered in private.
func TestGroup(t *testing.T) {
	p := serve(t, t.TempDir()).open(t, 1280, 800)
	p.hold("officer", "2003")
	p.wait(`document.querySelectorAll("#officer .chat option").length === 2`)
	p.run(chromedp.Evaluate[chromedp.Void](`(s => { s.selectedIndex = [...s.options].findIndex(o => o.label.includes("Ninh Kiều")); s.dispatchEvent(new Event("change")); })(document.querySelector("#officer .chat"))`))
	p.shows("officer", "Nhóm này nay nhận phiếu")
	p.say("resident", "cận nghèo nằm viện trả bao nhiêu")
	p.press("resident", "Gửi cán bộ phường/xã")
	p.shows("resident", "phường, xã nào")
	p.say("resident", "phường Ninh Kiều")
	p.press("resident", "Phường Ninh Kiều")
	p.shows("resident", "Đồng ý gửi")
	p.press("resident", "Đồng ý gửi")
	p.shows("officer", "Chưa ai nhận")
	p.press("officer", "Nhận")
	p.wait(`document.querySelector("#officer .toast").innerText.includes("tin nhắn riêng")`)
	p.wait(`[...document.querySelectorAll("#officer .chat option")].some(o => o.label.includes("tin mới"))`)
	p.shows("resident", "Chị Hạnh")
}

// TestAdmin: who looks after the service has its commands, and is told what nobody asked for.
func TestAdmin(t *testing.T) {
	s := serve(t, t.TempDir())
	p := s.open(t, 1280, 800)
	p.hold("officer", "2006")
	p.shows("officer", "Chào bà con")
	p.say("officer", "/dskhoa")
	p.shows("officer", "khóa")
	if err := s.sim.TellAdmins(t.Context(), "Tệp <b>nội dung</b> có lỗi."); err != nil {
		t.Fatal(err)
	}
	p.shows("officer", "Tệp nội dung có lỗi.")
}
