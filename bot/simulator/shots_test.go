package simulator_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestShots writes the screenshots of the README into the folder that POLICYBOT_SHOTS names.
func TestShots(t *testing.T) {
	dir := os.Getenv("POLICYBOT_SHOTS")
	if dir == "" {
		t.Skip("POLICYBOT_SHOTS names no folder for screenshots")
	}
	s := serve(t, t.TempDir())
	p := s.open(t, 1280, 800, media("light"))
	p.hold("resident", "1002")
	p.run(chromedp.Click(`//section[@id="resident"]//div[@class="tries"]/button[1]`))
	p.shows("resident", "Căn cứ")
	p.shoot(dir, "vi-sao")
	p.press("resident", "Gửi cán bộ phường/xã")
	p.shows("resident", "Phường Trung Nhứt")
	p.press("resident", "Phường Trung Nhứt")
	p.shows("resident", "Đồng ý gửi")
	p.press("resident", "Đồng ý gửi")
	p.shows("officer", "Chưa ai nhận")
	p.press("officer", "Nhận")
	p.shows("resident", "Chị Lan")
	p.press("officer", "Trả lời")
	p.shows("officer", "Viết cho người dân")
	p.say("officer", "Chị mang giấy mới thoát nghèo ra phường, gặp em nhé.")
	p.shows("resident", "gặp em")
	p.shoot(dir, "phieu")
	for _, narrow := range []struct{ name, scheme, tab string }{
		{"dien-thoai", "light", "resident"}, {"dien-thoai-toi", "dark", "resident"},
		{"dien-thoai-can-bo", "light", "officer"}, {"dien-thoai-vi-sao", "dark", "reasons"},
	} {
		p := s.open(t, 360, 740, media(narrow.scheme))
		p.hold("resident", "1001")
		if p.said("resident") == 0 {
			p.say("resident", "can ngheo nam vien tra nhieu hong")
		}
		p.run(chromedp.Click(chromedp.CSS(`.tabs [data-tab="` + narrow.tab + `"]`)))
		p.shoot(dir, narrow.name)
		p.close()
	}
	p = s.open(t, 1280, 800, media("dark"))
	p.run(chromedp.Click(chromedp.CSS("#next-year")))
	p.wait(`!document.getElementById("travelled").hidden`)
	p.say("resident", "chuẩn nghèo ở phường bây giờ bao nhiêu")
	p.shoot(dir, "nam-sau-toi")
}

// shoot writes down what the page looks like.
func (p *tab) shoot(dir, name string) {
	p.t.Helper()
	text, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	seen, err := png.Decode(bytes.NewReader(text))
	if err != nil {
		p.t.Fatal(err)
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, paletted(seen)); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), out.Bytes(), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// paletted is a picture in its 256 most frequent colours, which is much smaller.
func paletted(m image.Image) *image.Paletted {
	times := map[color.Color]int{}
	b := m.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			times[m.At(x, y)]++
		}
	}
	colors := slices.SortedFunc(maps.Keys(times), func(c, d color.Color) int { return times[d] - times[c] })
	out := image.NewPaletted(b, colors[:min(len(colors), 256)])
	draw.Draw(out, b, m, b.Min, draw.Src)
	return out
}

// media makes the page look as for somebody who likes a colour scheme and no motion.
func media(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: "vi-VN"}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	})
}
