package imports

import (
	"strings"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/pagetest"
)

func check(r models.ImportReport, refused ...models.RefusedRow) ShowPage {
	return ShowPage{ImportCheck: models.ImportCheck{
		Upload:       models.Upload{ID: "I-1", FileName: "march.csv", Content: []byte("company"), CreatedAt: demo.Now, ExpiresAt: demo.Now.Add(models.UploadLife)},
		Partner:      models.Partner{Name: "Halden Partners"},
		ImportResult: models.ImportResult{Report: r, Refused: refused},
		Recognised:   []string{"company", "city"}, Ignored: []string{"language"},
	}}
}

func TestTheCheckHasOneButtonThatSaysHowManyRows(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), Show(check(models.ImportReport{Rows: 121, Created: 100, Changed: 18, Unchanged: 2, Refused: 1}, models.RefusedRow{Line: 7, Company: "Quay", Why: []string{"Enter a city."}})))
	pagetest.Has(t, doc, true, `body[data-page="import.check"][data-state=default]`, `form[action="/imports/I-1"] [data-testid=submit-import]`, `[data-testid=refused-rows] a[href="/imports/I-1/refused.csv"]`)
	for selector, want := range map[string]string{
		"[data-testid=submit-import]":         "Import 118 rows",
		"[data-testid=rows-created]":          "100",
		"[data-testid=columns-recognised]":    "company, city",
		"[data-testid=columns-ignored]":       "language",
		"[data-testid=refused-rows] tbody tr": "7 Quay Enter a city.",
	} {
		if got := pagetest.Text(t, doc, selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
}

func TestWithNothingToImportThereIsNoButton(t *testing.T) {
	for state, c := range map[string]struct {
		report models.ImportReport
		says   string
	}{
		"refused":   {models.ImportReport{Rows: 2, Refused: 2}, "Every row is refused"},
		"unchanged": {models.ImportReport{Rows: 2, Unchanged: 2}, "already has everything"},
	} {
		doc := pagetest.Draw(t, pagetest.Halden(), Show(check(c.report)))
		pagetest.Has(t, doc, true, `body[data-state=`+state+`]`, `[data-testid=nothing-to-import]`)
		pagetest.Has(t, doc, false, `[data-testid=submit-import]`)
		if got := pagetest.Said(doc); !strings.Contains(got, c.says) {
			t.Errorf("%q", got)
		}
	}
}

func TestAnImportThatRunsOffersNothingToPress(t *testing.T) {
	p := check(models.ImportReport{})
	p.Running = true
	doc := pagetest.Draw(t, pagetest.Halden(), Show(p))
	pagetest.Has(t, doc, true, `body[data-state=running]`, `[data-testid=import-running] a[href="/imports/I-1"]`)
	pagetest.Has(t, doc, false, `[data-testid=submit-import]`)
}

func TestAfterwardsThePageSaysWhatWasDone(t *testing.T) {
	p := check(models.ImportReport{Rows: 3, Created: 2, Refused: 1}, models.RefusedRow{Line: 4, Why: []string{"No."}})
	p.Upload.DoneAt = &demo.Now
	doc := pagetest.Draw(t, pagetest.Halden(), Show(p))
	pagetest.Has(t, doc, true, `body[data-page="import.done"]`, `[data-testid=import-check]`, `[data-testid=refused-rows]`, `[data-testid=go-customers]`)
	pagetest.Has(t, doc, false, `[data-testid=submit-import]`)
	if got := pagetest.Text(t, doc, "h1"); got != "2 rows imported" {
		t.Errorf("%q", got)
	}
}

func TestAHundredRefusedRowsStandInThePage(t *testing.T) {
	refused := make([]models.RefusedRow, 101)
	for i := range refused {
		refused[i] = models.RefusedRow{Line: i + 2, Why: []string{"No."}}
	}
	doc := pagetest.Draw(t, pagetest.Halden(), Show(check(models.ImportReport{Rows: 101, Refused: 101}, refused...)))
	if n := doc.Find("[data-testid=refused-rows] tbody tr").Length(); n != 100 {
		t.Errorf("%d rows", n)
	}
	if !strings.Contains(pagetest.Said(doc), "The first 100 of 101.") {
		t.Error("the page does not say that there are more")
	}
}
