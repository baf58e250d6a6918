// Package chromium looks at pages in a real browser: what they look like, what they complain about,
// whether they work with and without scripts. One browser serves all tests of a package, every page
// is a tab with cookies of its own.
//
// Where no Chromium is installed Start skips the test, and fails it when MOORING_NEED_CHROMIUM is set,
// as it is in `make test`. MOORING_CHROMIUM names a binary that is not in the usual places.
package chromium

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// A Browser is one running Chromium.
type Browser struct {
	ctx     context.Context
	version string
	close   func()
}

var errNone = errors.New("no Chromium on this machine (apt install chromium, or set MOORING_CHROMIUM)")

var shared struct {
	sync.Mutex
	browser *Browser
	users   int
}

// Start returns the browser of this test process, starting it if need be. It stops with the last
// test that uses it; a TestMain that calls Keep keeps it between tests.
func Start(t testing.TB) *Browser {
	t.Helper()
	b, err := hold()
	if errors.Is(err, errNone) && os.Getenv("MOORING_NEED_CHROMIUM") == "" {
		t.Skipf("SKIPPED, NOT TESTED: %v", err)
	}
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	t.Cleanup(release)
	return b
}

// Keep starts the browser ahead of the tests of a package and returns what stops it after them.
// Where there is none it does nothing: the tests themselves skip or fail.
func Keep() (stop func()) {
	if _, err := hold(); err != nil {
		return func() {}
	}
	return release
}

// Version is what the browser calls itself, such as "Chrome/156.0.8078.79".
func (b *Browser) Version() string { return b.version }

func hold() (*Browser, error) {
	shared.Lock()
	defer shared.Unlock()
	if shared.browser == nil {
		b, err := launch()
		if err != nil {
			return nil, err
		}
		shared.browser = b
	}
	shared.users++
	return shared.browser, nil
}

func release() {
	shared.Lock()
	defer shared.Unlock()
	if shared.users--; shared.users == 0 {
		shared.browser.close()
		shared.browser = nil
	}
}

func launch() (*Browser, error) {
	path, err := find()
	if err != nil {
		return nil, err
	}
	// chromedp makes a fresh profile folder and removes it at the end.
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options(path)...)
	ctx, cancel := chromedp.NewContext(alloc)
	shut := func() {
		end, done := context.WithTimeout(ctx, 10*time.Second)
		defer done()
		_ = chromedp.Cancel(end)
		cancel()
		stop()
	}
	got, err := chromedp.CallBrowser(ctx, browser.GetVersion, cdp.Empty{})
	if err != nil {
		shut()
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	return &Browser{ctx: ctx, version: strings.Replace(got.Product, "Headless", "", 1), close: shut}, nil
}

func find() (string, error) {
	for _, name := range []string{os.Getenv("MOORING_CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "chrome-headless-shell"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNone
}

// options make two runs draw the same bytes, and keep the browser from calling home.
func options(path string) []chromedp.ExecAllocatorOption {
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
