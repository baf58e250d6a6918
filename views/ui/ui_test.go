package ui

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"mooring/views/frame"
)

// drawn is the component as a browser would read it, with the children it is given.
func drawn(t *testing.T, c templ.Component, children ...templ.Component) *goquery.Document {
	t.Helper()
	ctx := frame.With(t.Context(), frame.Frame{FormKey: func(action string) string { return "key of " + action }})
	ctx = templ.WithChildren(ctx, templ.Join(children...))
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func attr(t *testing.T, doc *goquery.Document, selector, name string) string {
	t.Helper()
	found := doc.Find(selector)
	if found.Length() != 1 {
		t.Fatalf("%d of %s, want one", found.Length(), selector)
	}
	return found.AttrOr(name, "")
}

func TestAComponentIsATemplateAndAStyleFileOfOneName(t *testing.T) {
	names := func(pattern, ext string) (out []string) {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			out = append(out, strings.TrimSuffix(filepath.Base(f), ext))
		}
		return out
	}
	templates, styles := names("*.templ", ".templ"), names("../../static/css/components/*.css", ".css")
	if !slices.Equal(templates, styles) || len(templates) == 0 {
		t.Errorf("templates %v\nstyles %v", templates, styles)
	}
}

func TestNoTemplateStylesOrScriptsInPlace(t *testing.T) {
	forbidden := regexp.MustCompile(`\sstyle=|\son[a-z]+=|hx-on|hx-vals=.js:|<style|<script[^ ]|hx-script`)
	for _, dir := range []string{".", "../layout"} {
		files, err := filepath.Glob(dir + "/*.templ")
		if err != nil || len(files) == 0 {
			t.Fatal("no templates", err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if found := forbidden.FindString(string(text)); found != "" {
				t.Errorf("%s says %q, which the content policy forbids", f, found)
			}
		}
	}
}

func TestAFieldIsJoinedToItsLabelHintAndError(t *testing.T) {
	doc := drawn(t, NumberField(Field{ID: "seats", Label: "Seats", Hint: "42 are in use", Error: "Enter 42 or more", Value: "30"}))

	if got := attr(t, doc, "label", "for"); got != "seats" {
		t.Errorf("the label is for %q", got)
	}
	if got := attr(t, doc, "input", "aria-describedby"); got != "seats-hint seats-error" {
		t.Errorf("described by %q", got)
	}
	if got := attr(t, doc, "input", "name"); got != "seats" {
		t.Errorf("named %q", got)
	}
	if attr(t, doc, "input", "aria-invalid") != "true" || attr(t, doc, "input", "value") != "30" {
		t.Error("what was typed is lost, or not marked as wrong")
	}
	if got := doc.Find("#seats-error").Text(); strings.Join(strings.Fields(got), " ") != "Error: Enter 42 or more" {
		t.Errorf("the error says %q", got)
	}
}

func TestAFieldWithoutHintAndErrorDescribesNothing(t *testing.T) {
	for name, c := range map[string]templ.Component{
		"text": TextField(Field{ID: "x", Label: "X"}), "area": TextArea(Field{ID: "x", Label: "X"}),
		"confirm": TypedConfirm(Typed{Expect: "A-20418"}), "group": FieldGroup(Group{ID: "x", Legend: "X"}),
	} {
		if n := drawn(t, c).Find("[aria-describedby], [aria-invalid]").Length(); n != 0 {
			t.Errorf("%s: %d elements describe something", name, n)
		}
	}
}

func TestTheErrorSummaryLeadsToTheFields(t *testing.T) {
	errors := []FieldError{{"reason-1", "Choose why"}, {"", "Try again later"}}
	doc := drawn(t, ErrorSummary(errors))

	if got := attr(t, doc, "a", "href"); got != "#reason-1" {
		t.Errorf("leads to %q", got)
	}
	if doc.Find("[data-testid=error-summary] li").Length() != 2 {
		t.Error("an error without a field is lost")
	}
	if ErrorOf(errors, "reason-1") != "Choose why" || ErrorOf(errors, "note") != "" {
		t.Error("an error went to the wrong field")
	}
	if drawn(t, ErrorSummary(nil)).Find(".errors").Length() != 0 {
		t.Error("no errors still make a summary")
	}
}

func TestEveryFormCarriesTheKeyOfItsAddress(t *testing.T) {
	doc := drawn(t, Form(Sheet{Action: "/accounts/A-20418/plan", Live: "impact-preview"}))
	if got := attr(t, doc, "input[name=_form]", "value"); got != "key of /accounts/A-20418/plan" {
		t.Errorf("the key is %q", got)
	}
	if attr(t, doc, "form", "method") != "post" || attr(t, doc, "form", "hx-params") != "not _form" {
		t.Error("the key would end up in an address")
	}
}

func TestAMeterWarnsOnlyBeyondWhatThereIs(t *testing.T) {
	for _, c := range []struct {
		used, of    int
		tone, width string
	}{
		{0, 50, "", "0"},
		{42, 50, "", "84"},
		{50, 50, "", "100"},
		{51, 50, "warn", "100"},
		{55, 50, "warn", "100"},
		{56, 50, "bad", "100"},
		{1, 0, "bad", "100"},
		{0, 0, "", "0"},
	} {
		doc := drawn(t, Meter(c.used, c.of))
		if got := attr(t, doc, "svg", "data-tone"); got != c.tone {
			t.Errorf("%d of %d is %q, want %q", c.used, c.of, got, c.tone)
		}
		if got := attr(t, doc, ".fill", "width"); got != c.width {
			t.Errorf("%d of %d fills %s, want %s", c.used, c.of, got, c.width)
		}
	}
}

func TestAStackBarLeavesOutWhatIsNotThere(t *testing.T) {
	doc := drawn(t, StackBar([]Part{{OK, 37, "online"}, {Warn, 0, "quiet"}, {Off, 1, "never seen"}}))
	if got := attr(t, doc, "svg", "aria-label"); got != "37 online, 1 never seen" {
		t.Errorf("read as %q", got)
	}
	if got := attr(t, doc, "rect.fill-off", "x"); got != "37" {
		t.Errorf("the last part begins at %s", got)
	}
	if drawn(t, StackBar([]Part{{OK, 0, "online"}})).Find("svg, ul").Length() != 0 {
		t.Error("nothing still makes a bar")
	}
}

func TestIdsInSentencesStayWhole(t *testing.T) {
	doc := drawn(t, Words("A-20418 <b>stays</b> beside A-7K3Q9XW2. T-shirts break."))
	var refs []string
	doc.Find(".ref").Each(func(_ int, s *goquery.Selection) { refs = append(refs, s.Text()) })
	if !slices.Equal(refs, []string{"A-20418", "A-7K3Q9XW2"}) {
		t.Errorf("kept whole: %v", refs)
	}
	if doc.Find("b").Length() != 0 || !strings.Contains(doc.Text(), "<b>stays</b>") {
		t.Error("the sentence was read as HTML")
	}
}

func TestAButtonIsALinkOnlyWhenItLeadsSomewhere(t *testing.T) {
	link := drawn(t, Action(Press{Label: "Renew", Also: "Quayside", Href: "/x", Variant: Primary, Size: Small, TestID: "renew"}))
	if attr(t, link, "a[data-testid=renew]", "class") != "btn btn-primary btn-s" || strings.Join(strings.Fields(link.Find("a").Text()), " ") != "Renew Quayside" {
		t.Error(link.Html())
	}
	if got := attr(t, drawn(t, Button(Danger, "Go", "")), "button", "type"); got != "submit" {
		t.Errorf("a button is of type %q", got)
	}
	if got := attr(t, drawn(t, Action(Press{Label: "More", Opens: "m"})), "button", "type"); got != "button" {
		t.Errorf("a button that opens a menu is of type %q", got)
	}
	if got := attr(t, drawn(t, Action(Press{Label: "Filters", Icon: "funnel", IconOnly: true})), "button", "aria-label"); got != "Filters" {
		t.Errorf("an icon alone is called %q", got)
	}
}

func TestAPagerShowsOnlyTheNeighboursThereAre(t *testing.T) {
	doc := drawn(t, Pager(Pages{Shown: "20 of 1,000+ customers", Next: "?after=x"}))
	if doc.Find("a[rel=prev]").Length() != 0 || attr(t, doc, "a[rel=next]", "href") != "?after=x" {
		t.Error(doc.Html())
	}
}

func TestThePreviewSaysWhatStaysAndWhatChanges(t *testing.T) {
	doc := drawn(t, Preview(Effects{ID: "impact-preview", Rows: []Effect{
		{Thing: "Plan", From: "Standard", To: "Advanced"}, {Thing: "Seats", From: "50", To: "50"},
	}}))
	if doc.Find("del").Text() != "Standard" || doc.Find("ins").Text() != "Advanced" || doc.Find(".muted").Text() != "no change" {
		t.Error(doc.Html())
	}
	if doc.Find(".total").Length() != 0 {
		t.Error("there is a sum of nothing")
	}
}

func TestAnAdvisoryCarriesItsNumbers(t *testing.T) {
	doc := drawn(t, Advisory(Warning{
		Headline: "Reassigning would leave 42 agents behind", Agents: 42, Account: "A-20418", NewAccount: "A-20977",
		TestID: "reassign-advisory", Facts: []Telling{AgentsTelling("Agents affected", 42, "")},
	}))
	for name, want := range map[string]string{"data-agents": "42", "data-account": "A-20418", "data-new-account": "A-20977"} {
		if got := attr(t, doc, "[data-testid=reassign-advisory]", name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := strings.TrimSpace(doc.Find("[data-testid=advisory-agents]").Text()); got != "42" {
		t.Errorf("the number is %q", got)
	}
	if got := doc.Find("h1#page-title").Text(); got != "Warning: Reassigning would leave 42 agents behind" {
		t.Errorf("the heading is %q", got)
	}
}

func TestAHostileAddressStaysAnAddress(t *testing.T) {
	doc := drawn(t, ButtonLink(Plain, "/x\" onclick=\"alert(1)", "Go", ""))
	if doc.Find("[onclick]").Length() != 0 || doc.Find("a").Length() != 1 {
		t.Error(doc.Html())
	}
}
