package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a step may take on a busy machine.
const patience = 45 * time.Second

// A tab looks at one page at a time, with cookies of its own.
type tab struct {
	ctx   context.Context
	close func()
	watch watch
}

func (b *chromium) open() (*tab, error) {
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t := &tab{ctx: ctx, close: cancel}
	// The tab lives as long as the first context it is used with, so that one has no deadline.
	err := chromedp.Listen(ctx, t.watch.note)
	if err == nil {
		err = t.do(chromedp.Func(t.watch.start), chromedp.Func(focused))
	}
	if err != nil {
		cancel()
		return nil, fmt.Errorf("opening a tab: %w", err)
	}
	return t, nil
}

// visit goes to a state in a theme and waits until the page stands still.
func (t *tab) visit(origin string, s state, theme string, at size) error {
	t.watch.forget()
	if err := t.do(chromedp.Func(media(theme)), chromedp.EmulateViewport(int64(at.width), int64(at.height)), chromedp.Navigate(origin+s.Go)); err != nil {
		return fmt.Errorf("going there: %w", err)
	}
	if status := t.watch.status(); status != s.Status {
		return fmt.Errorf("the page answers %d, not %d", status, s.Status)
	}
	var there bool
	if err := t.eval(fmt.Sprintf(freeze, quoted(s.Ready)), &there); err != nil {
		return err
	}
	if !there {
		return fmt.Errorf("the page never got ready: nothing fits %s", s.Ready)
	}
	return t.settle()
}

// resize changes the window.
func (t *tab) resize(to size) error {
	if err := t.do(chromedp.EmulateViewport(int64(to.width), int64(to.height))); err != nil {
		return fmt.Errorf("resizing: %w", err)
	}
	// The page hears of its new size a little later; what is measured in between is of neither.
	if err := t.eval(fmt.Sprintf(resized, to.width, to.height), nil); err != nil {
		return fmt.Errorf("resizing: %w", err)
	}
	return t.settle()
}

// freeze waits for the page and stops all motion. The style goes in as an adopted sheet, because the
// content policy blocks style elements. What takes the focus by itself does so when it is first drawn,
// and scrolls there; only after that can the page be brought back to rest.
const freeze = `(async () => {
	for (let i = 0; i < 200 && !document.querySelector(%s); i++) await new Promise(r => setTimeout(r, 25));
	const sheet = new CSSStyleSheet();
	sheet.replaceSync("*, *::before, *::after { animation: none !important; transition: none !important;" +
		" caret-color: transparent !important; scroll-behavior: auto !important }");
	document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
	document.documentElement.setAttribute("data-capture", "");
	await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
	document.activeElement?.blur();
	scrollTo(0, 0);
	return document.documentElement.hasAttribute("data-ready") && !!document.body.dataset.state;
})()`

const resized = `new Promise(r => { const look = () => innerWidth === %d && innerHeight === %d ? r(true) : requestAnimationFrame(look); look() })`

const drawn = `document.fonts.ready.then(() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(true)))))`

func (t *tab) settle() error {
	if err := t.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 0, 0)); err != nil {
		return err
	}
	return t.eval(drawn, nil)
}

// focused has the tab behave as if it were the one in front, whichever is.
func focused(ctx context.Context, t *chromedp.Target) error {
	_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return err
}

func media(theme string) func(context.Context, *chromedp.Target) error {
	return func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}})
		return err
	}
}

// overflow is by how many pixels the page is wider than the window.
func (t *tab) overflow() (pixels int, err error) {
	err = t.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth", &pixels)
	return pixels, err
}

// shoot takes a picture of the window, or of the whole page.
func (t *tab) shoot(full bool) ([]byte, error) {
	if !full {
		return do(t, chromedp.CaptureScreenshot())
	}
	return do(t, whole)
}

func whole(ctx context.Context, t *chromedp.Target) ([]byte, error) {
	m, err := cdp.Call(ctx, t, page.GetLayoutMetrics, cdp.Empty{})
	if err != nil {
		return nil, err
	}
	yes := true
	got, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: &yes, FromSurface: &yes,
		Clip: &page.Viewport{Width: m.CSSContentSize.Width, Height: m.CSSContentSize.Height, Scale: 1},
	})
	return got.Data, err
}

// eval runs js in the page from outside it, waits for its promise and decodes the result into out.
func (t *tab) eval(js string, out any) error {
	raw, err := do(t, chromedp.Evaluate[json.RawMessage]("(async () => JSON.stringify(await ("+js+")) ?? 'null')()", func(e *runtime.EvaluateParams) {
		yes := true
		e.AwaitPromise, e.ReturnByValue = &yes, &yes
	}))
	if err != nil || out == nil {
		return err
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), out)
}

func (t *tab) do(steps ...chromedp.Action[chromedp.Void]) error {
	_, err := do(t, chromedp.Steps(steps...))
	return err
}

func do[T any](t *tab, step chromedp.Action[T]) (T, error) {
	ctx, done := context.WithTimeout(t.ctx, patience)
	defer done()
	return chromedp.Run(ctx, step)
}

func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil { // strings always become JSON
		panic(err)
	}
	return string(b)
}
