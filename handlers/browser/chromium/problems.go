package chromium

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Problems are what the browser complained about since the tab was opened or Forget was called:
// breaches of the content policy, errors and warnings on the console, exceptions, requests that
// failed or were answered with 400 and more (other than the page itself, whose status may be meant).
func (p *Page) Problems() []string {
	p.t.Helper()
	p.settle()
	return p.watch.all()
}

// Forget clears the list of problems.
func (p *Page) Forget() {
	p.watch.Lock()
	defer p.watch.Unlock()
	p.watch.problems = nil
}

// A watch keeps what the browser complains about.
type watch struct {
	sync.Mutex
	problems []string
	asked    map[network.RequestID]request
}

type request struct {
	url      string
	document bool
}

func (w *watch) all() []string {
	w.Lock()
	defer w.Unlock()
	return slices.Clone(w.problems)
}

// start asks for the events that chromedp does not ask for itself.
func (w *watch) start(ctx context.Context, t *chromedp.Target) error {
	if _, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	_, err := cdp.Call(ctx, t, audits.Enable, cdp.Empty{})
	return err
}

// note runs on the goroutine that reads from the browser, so it only takes down what it sees.
func (w *watch) note(event any) {
	w.Lock()
	defer w.Unlock()
	switch e := event.(type) {
	case *audits.EventIssueAdded:
		w.policy(e.Issue)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning || e.Type == runtime.ConsoleAPICalledTypeAssert {
			w.add("console %s: %s", e.Type, spoken(e.Args))
		}
	case *runtime.EventExceptionThrown:
		w.add("exception: %s", thrown(e.ExceptionDetails))
	case *log.EventEntryAdded:
		// Failed requests are taken down below, with their address.
		if (e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning) && e.Entry.Source != log.EntrySourceNetwork {
			w.add("%s: %s", e.Entry.Source, e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		if w.asked == nil {
			w.asked = map[network.RequestID]request{}
		}
		w.asked[e.RequestID] = request{e.Request.URL, e.Type == network.ResourceTypeDocument}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 && !w.asked[e.RequestID].document {
			w.add("request: %d for %s", e.Response.Status, e.Response.URL)
		}
	case *network.EventLoadingFailed:
		w.failed(e)
	}
}

func (w *watch) failed(e *network.EventLoadingFailed) {
	// A page that is left cancels what it was loading.
	if e.Canceled {
		return
	}
	w.add("request: %s for %s", e.ErrorText, w.asked[e.RequestID].url)
}

func (w *watch) policy(issue *audits.InspectorIssue) {
	if issue == nil || issue.Details == nil || issue.Details.ContentSecurityPolicyIssueDetails == nil {
		return
	}
	d := issue.Details.ContentSecurityPolicyIssueDetails
	what := string(d.ContentSecurityPolicyViolationType)
	if d.BlockedURL != "" {
		what += " of " + d.BlockedURL
	}
	w.add("content policy: %s breaks %s", what, d.ViolatedDirective)
}

func (w *watch) add(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(w.problems, text) {
		w.problems = append(w.problems, text)
	}
}

func spoken(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		word := string(a.Value)
		if a.Description != "" {
			word = a.Description
		}
		words = append(words, strings.Trim(word, `"`))
	}
	return strings.Join(words, " ")
}

func thrown(d *runtime.ExceptionDetails) string {
	text := d.Text
	if d.Exception != nil && d.Exception.Description != "" {
		text += " " + d.Exception.Description
	}
	return text
}
