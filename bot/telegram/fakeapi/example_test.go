package fakeapi_test

import (
	"fmt"
	"net/http"
	"net/url"

	"policybot/bot/telegram/fakeapi"
)

// A resident asks, the bot's answer is lost on its way back, and the bot sends it again.
func Example() {
	srv := fakeapi.New(fakeapi.Options{})
	defer srv.Close()
	an := srv.Phone(fakeapi.User{ID: 1001, FirstName: "An"})
	an.Send("bhyt hộ cận nghèo")

	srv.Fail(fakeapi.Fault{Method: "sendMessage", Times: 1, Cut: true, AfterEffect: true})
	bot := &http.Client{Transport: srv} // or httptest.NewServer(srv), for real loopback HTTP
	for range 2 {
		resp, err := bot.PostForm("https://api.telegram.org/bot"+srv.Token()+"/sendMessage",
			url.Values{"chat_id": {"1001"}, "text": {"<b>Được hỗ trợ.</b>"}, "parse_mode": {"HTML"}})
		if err == nil {
			resp.Body.Close()
		}
		fmt.Println("answered:", err == nil)
	}
	for _, m := range an.Messages() {
		fmt.Println(m.From.FirstName+":", m.Text)
	}
	// Output:
	// answered: false
	// answered: true
	// An: bhyt hộ cận nghèo
	// Bot: Được hỗ trợ.
	// Bot: Được hỗ trợ.
}
