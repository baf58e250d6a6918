package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

var errNoChromium = errors.New("no Chromium on this machine (apt install chromium, or set MOORING_CHROMIUM)")

// chromium is the one browser of a run.
type chromium struct {
	ctx     context.Context
	version string // "Chrome/156.0.8078.79"
	close   func()
}

func findChromium() (string, error) {
	for _, name := range []string{os.Getenv("MOORING_CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "chrome-headless-shell"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNoChromium
}

func launch(ctx context.Context, path string) (*chromium, error) {
	alloc, stop := chromedp.NewExecAllocator(ctx, flags(path)...)
	tab, cancel := chromedp.NewContext(alloc)
	shut := func() {
		end, done := context.WithTimeout(tab, 10*time.Second)
		defer done()
		_ = chromedp.Cancel(end)
		cancel()
		stop()
	}
	got, err := chromedp.CallBrowser(tab, browser.GetVersion, cdp.Empty{})
	if err != nil {
		shut()
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	return &chromium{ctx: tab, version: strings.Replace(got.Product, "Headless", "", 1), close: shut}, nil
}

// flags make two runs draw the same, and keep the browser from calling home.
func flags(path string) []chromedp.ExecAllocatorOption {
	return append(
		chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("font-render-hinting", "none"),
		chromedp.Flag("disable-lcd-text", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("force-device-scale-factor", "1"),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("no-first-run", true),
		chromedp.Flag("mute-audio", true),
		chromedp.Flag("lang", "en-GB"),
	)
}

// major is the part of a version by which pictures differ.
func major(version string) string {
	_, number, _ := strings.Cut(version, "/")
	first, _, _ := strings.Cut(number, ".")
	return first
}
