package chromium

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// freeze goes in as an adopted style sheet, because the content policy blocks style elements.
const freeze = `(() => {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync("*, *::before, *::after { animation: none !important; transition: none !important;" +
		" caret-color: transparent !important; scroll-behavior: auto !important }");
	document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
	document.documentElement.setAttribute("data-capture", "");
})()`

// Fonts are there, and what changed was drawn. Without scripts a page gets no animation frames.
const (
	fonts = `document.fonts.ready.then(() => true)`
	drawn = `new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(true))))`
)

// Freeze stops all motion and hides the caret, on this page and those to come, and parks the mouse.
func (p *Page) Freeze() {
	p.t.Helper()
	p.frozen = true
	p.settle()
}

// settle waits until the page stands still.
func (p *Page) settle() {
	p.t.Helper()
	if p.frozen {
		p.Eval("document.documentElement.hasAttribute('data-capture') || "+freeze, nil)
		p.do("parking the mouse", chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 0, 0))
	}
	p.Eval(fonts, nil)
	if !p.plain {
		p.Eval(drawn, nil)
	}
}

// Screenshot is a picture of the window, as PNG.
func (p *Page) Screenshot() []byte {
	p.t.Helper()
	p.settle()
	return run(p, "taking a picture", chromedp.CaptureScreenshot())
}

// Full is a picture of the whole page, as PNG.
func (p *Page) Full() []byte {
	p.t.Helper()
	p.settle()
	return run(p, "taking a picture of the whole page", full)
}

func full(ctx context.Context, t *chromedp.Target) ([]byte, error) {
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

func await(e *runtime.EvaluateParams) {
	yes := true
	e.AwaitPromise, e.ReturnByValue = &yes, &yes
}
