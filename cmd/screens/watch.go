package main

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

// A watch keeps what the browser complains about: breaches of the content policy, errors and warnings on
// the console, exceptions, requests that failed. The status of the page itself is kept apart; it may be
// meant.
type watch struct {
	sync.Mutex
	problems []string
	page     int64
	asked    map[network.RequestID]asked
}

type asked struct {
	url      string
	document bool
}

func (w *watch) start(ctx context.Context, t *chromedp.Target) error {
	if _, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	_, err := cdp.Call(ctx, t, audits.Enable, cdp.Empty{})
	return err
}

func (w *watch) forget() {
	w.Lock()
	defer w.Unlock()
	w.problems, w.page, w.asked = nil, 0, map[network.RequestID]asked{}
}

func (w *watch) all() []string {
	w.Lock()
	defer w.Unlock()
	return slices.Clone(w.problems)
}

func (w *watch) status() int64 {
	w.Lock()
	defer w.Unlock()
	return w.page
}

// note runs on the goroutine that reads from the browser, so it only takes down what it sees.
func (w *watch) note(event any) {
	w.Lock()
	defer w.Unlock()
	switch e := event.(type) {
	case *audits.EventIssueAdded:
		w.policy(e.Issue)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			w.add("console %s: %s", e.Type, spoken(e.Args))
		}
	case *runtime.EventExceptionThrown:
		w.add("exception: %s", e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		if (e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning) && e.Entry.Source != log.EntrySourceNetwork {
			w.add("%s: %s", e.Entry.Source, e.Entry.Text)
		}
	default:
		w.traffic(event)
	}
}

func (w *watch) traffic(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		w.asked[e.RequestID] = asked{e.Request.URL, e.Type == network.ResourceTypeDocument}
	case *network.EventResponseReceived:
		if w.asked[e.RequestID].document {
			w.page = e.Response.Status
		} else if e.Response.Status >= 400 {
			w.add("request: %d for %s", e.Response.Status, e.Response.URL)
		}
	case *network.EventLoadingFailed:
		if !e.Canceled { // a page that is left cancels what it was loading
			w.add("request: %s for %s", e.ErrorText, w.asked[e.RequestID].url)
		}
	}
}

func (w *watch) policy(issue *audits.InspectorIssue) {
	if issue == nil || issue.Details == nil || issue.Details.ContentSecurityPolicyIssueDetails == nil {
		return
	}
	d := issue.Details.ContentSecurityPolicyIssueDetails
	w.add("content policy: %s %s breaks %s", d.ContentSecurityPolicyViolationType, d.BlockedURL, d.ViolatedDirective)
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
