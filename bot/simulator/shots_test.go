package simulator_test

import (
	"context"
	"os"
	"path/filepath"
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
	for _, shot := range []struct {
		name          string
		width, height int64
		scheme, tab   string
	}{
		{"may-tinh", 1280, 800, "light", ""},
		{"may-tinh-toi", 1280, 800, "dark", ""},
		{"dien-thoai", 360, 740, "light", ""},
		{"dien-thoai-toi", 360, 740, "dark", ""},
		{"dien-thoai-vi-sao", 360, 740, "light", "reasons"},
		{"dien-thoai-can-bo", 360, 740, "light", "officer"},
	} {
		p := s.open(t, shot.width, shot.height, media(shot.scheme))
		if p.said("resident") == 0 {
			p.say("resident", "can ngheo nam vien tra nhieu hong")
			p.run(chromedp.Click(chromedp.CSS("#next-year")))
			p.wait(`!document.getElementById("travelled").hidden`)
			p.say("resident", "the ho gia dinh nam vien 10 trieu tra may dong")
		}
		if shot.tab != "" {
			p.run(chromedp.Click(chromedp.CSS(`.tabs [data-tab="` + shot.tab + `"]`)))
		}
		png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, shot.name+".png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
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
