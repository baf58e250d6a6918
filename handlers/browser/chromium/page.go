package chromium

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a step may take on a machine busy with other tests.
const patience = 30 * time.Second

// A Page is one tab. Every method that cannot do what it says fails the test.
type Page struct {
	t      testing.TB
	ctx    context.Context
	frozen bool
	plain  bool // the page's own scripts are off
	watch  watch
}

// Page opens a tab of this size, with cookies of its own, in the light or the dark theme. It closes
// with the test.
func (b *Browser) Page(t testing.TB, width, height int, dark bool) *Page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &Page{t: t, ctx: ctx}
	// The tab lives as long as the first context it is used with, so that one has no deadline.
	if err := chromedp.Listen(ctx, p.watch.note); err != nil {
		t.Fatalf("chromium: opening a tab: %v", err)
	}
	theme := "light"
	if dark {
		theme = "dark"
	}
	p.do("preparing a tab", chromedp.EmulateViewport(int64(width), int64(height)), chromedp.Func(p.media(theme)),
		chromedp.Func(p.watch.start))
	return p
}

func (p *Page) media(theme string) func(context.Context, *chromedp.Target) error {
	return func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: theme},
				{Name: "prefers-reduced-motion", Value: "reduce"},
			},
		})
		return err
	}
}

// Resize changes the size of the tab.
func (p *Page) Resize(width, height int) {
	p.t.Helper()
	p.do("resizing", chromedp.EmulateViewport(int64(width), int64(height)))
}

// NoScript turns the page's own scripts off, from the next visit on. Eval and the rest still work.
func (p *Page) NoScript() {
	p.t.Helper()
	p.plain = true
	p.do("turning scripts off", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// SetCookie gives the tab a cookie for this URL, for instance a session.
func (p *Page) SetCookie(url, name, value string) {
	p.t.Helper()
	p.do("setting a cookie", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: url})
		return err
	}))
}

// Goto visits a URL and waits until it has loaded.
func (p *Page) Goto(url string) {
	p.t.Helper()
	p.do("going to "+url, chromedp.Navigate(url))
	p.settle()
}

// Click clicks the first element that css selects, and waits for the page it may lead to.
func (p *Page) Click(css string) {
	p.t.Helper()
	p.do("clicking "+css, chromedp.Click(chromedp.CSS(css)))
	p.settle()
}

// Submit clicks css and waits until the page it leads to has loaded.
func (p *Page) Submit(css string) {
	p.t.Helper()
	ctx, done := context.WithTimeout(p.ctx, patience)
	defer done()
	_, err := chromedp.Run(ctx, chromedp.WaitEvent(page.LoadEventFired, func(page.EventLoadEventFired) bool { return true },
		chromedp.Click(chromedp.CSS(css))))
	if err != nil {
		p.t.Fatalf("chromium: clicking %s and waiting for the next page: %v", css, err)
	}
	p.settle()
}

// Type types text into the first element that css selects, in place of what is there.
func (p *Page) Type(css, text string) {
	p.t.Helper()
	p.do("focusing "+css, chromedp.Focus(chromedp.CSS(css)))
	p.Eval("document.activeElement.select?.()", nil)
	if text == "" {
		text = kb.Backspace
	}
	p.do("typing into "+css, chromedp.KeyEvent(text))
}

// Press sends one key to what has the focus, such as "\t", kb.Enter or kb.Escape.
func (p *Page) Press(key string) {
	p.t.Helper()
	p.do("pressing a key", chromedp.KeyEvent(key))
	p.settle()
}

// Text is the text that is drawn in the first element that css selects.
func (p *Page) Text(css string) string {
	p.t.Helper()
	return run(p, "reading "+css, chromedp.Text(chromedp.CSS(css)))
}

// URL is where the tab is.
func (p *Page) URL() string {
	p.t.Helper()
	return run(p, "asking where the tab is", chromedp.Location())
}

// Eval runs js in the page, waits for its promise if it returns one, and decodes the result into
// out, which may be nil.
func (p *Page) Eval(js string, out any) {
	p.t.Helper()
	raw := run(p, "running "+js, chromedp.Evaluate[json.RawMessage]("(async () => JSON.stringify(await ("+js+")) ?? 'null')()", await))
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		p.t.Fatalf("chromium: reading the result of %s: %v", js, err)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal([]byte(text), out); err != nil {
		p.t.Fatalf("chromium: %s gave %s: %v", js, text, err)
	}
}

// Overflow is by how many pixels the page is wider than the window.
func (p *Page) Overflow() (pixels int) {
	p.t.Helper()
	p.Eval("document.documentElement.scrollWidth - document.documentElement.clientWidth", &pixels)
	return pixels
}

func (p *Page) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	run(p, what, chromedp.Steps(steps...))
}

func run[T any](p *Page, what string, step chromedp.Action[T]) T {
	p.t.Helper()
	ctx, done := context.WithTimeout(p.ctx, patience)
	defer done()
	got, err := chromedp.Run(ctx, step)
	for err != nil && left(err) && ctx.Err() == nil { // the page went on to another one while it was asked
		got, err = chromedp.Run(ctx, step)
	}
	if err != nil {
		p.t.Fatalf("chromium: %s: %v", what, err)
	}
	return got
}

// left reports whether a question found no page to answer it, because the tab was on its way to another.
func left(err error) bool {
	return strings.Contains(err.Error(), "Inspected target navigated or closed")
}
