package fakeapi_test

import (
	"strconv"
	"testing"

	"policybot/bot/telegram/fakeapi"
)

// BenchmarkTurn is what one question costs the fake: a text in, one getUpdates, one message out.
// The fake must be much faster than the bot it measures.
func BenchmarkTurn(b *testing.B) {
	srv := fakeapi.New(fakeapi.Options{Limits: &fakeapi.Limits{}})
	defer srv.Close()
	offset := 1
	for b.Loop() {
		chat := offset % 1000
		srv.Phone(fakeapi.User{ID: int64(chat + 1)}).Send("hộ cận nghèo đi khám bệnh trả bao nhiêu")
		offset++
		ask(b, srv, "getUpdates", form{"offset": strconv.Itoa(offset - 1)})
		ask(b, srv, "sendMessage", form{"chat_id": strconv.Itoa(chat + 1), "parse_mode": "HTML", "text": "<b>5 %</b>",
			"reply_markup": inline(`{"text":"Xem căn cứ","callback_data":"v1:a"}`)})
	}
}
