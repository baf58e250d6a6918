package plans

import (
	"strings"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/pagetest"
)

// file is a plan of the demo world on its page, with so many accounts on each of its versions.
func file(key string, accounts ...int) models.PlanFile {
	w := demo.At(demo.Now)
	f := models.PlanFile{AsOf: demo.Now, Resellers: 2}
	f.Maker, f.Granted = "Northgate Distribution", true
	for _, p := range w.Plans {
		if p.Key == key && p.RootID == demo.Northgate {
			f.Plan = p
		}
	}
	for _, r := range w.Products {
		if r.ID == f.Plan.ProductID {
			f.Product = r
		}
	}
	for _, t := range w.Terms {
		if t.PlanID == f.Plan.ID {
			f.Terms = t
		}
	}
	for i, n := range accounts {
		t := f.Terms
		t.Number = len(accounts) - i
		f.Versions = append(f.Versions, models.PlanVersion{Terms: t, Accounts: n})
		f.Accounts += n
	}
	f.Plan.Current = len(accounts)
	return f
}

func form(f models.PlanFile) FormPage {
	return FormPage{PlanDesk: models.PlanDesk{PlanFile: f, Wish: models.PlanWishFor(f.Terms)}}
}

func TestThePanelCountsEachVersion(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), Form(form(file(demo.Standard, 1, 14, 0))))
	got := pagetest.Text(t, doc, "[data-testid=affected]")
	want := "Who is affected Version 3 1 account stays as it is Version 2 14 accounts stay as they are Resellers 2 resellers may sell it From now New assignments use version 4"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := pagetest.Text(t, doc, "[data-testid=affected-short]"); got != "15 accounts keep what they have. New assignments use version 4." {
		t.Errorf("%q", got)
	}
}

func TestThePanelOfAMuchEditedPlanStaysShort(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), Form(form(file(demo.Standard, 1, 2, 3, 4, 5, 600, 700, 800))))
	got := pagetest.Text(t, doc, "[data-testid=affected]")
	if !strings.Contains(got, "Earlier 1,000+ accounts stay as they are") || strings.Contains(got, "Version 3") {
		t.Errorf("%q", got)
	}
}

func TestARetiredPlanSaysThatAnEditSellsNothing(t *testing.T) {
	f := file(demo.Basic, 0)
	doc := pagetest.Draw(t, pagetest.Halden(), Form(form(f)))
	if got := pagetest.Text(t, doc, "[data-testid=affected]"); !strings.Contains(got, "None has this plan") || !strings.Contains(got, "retired until it is brought back") {
		t.Errorf("%q", got)
	}
	doc = pagetest.Draw(t, pagetest.Halden(), Retire(RetirePage{PlanDesk: models.PlanDesk{PlanFile: f}}))
	pagetest.Has(t, doc, true, "[data-testid=needless]")
	pagetest.Has(t, doc, false, "[data-testid=retire-form]")
}

func TestEveryErrorLeadsToItsField(t *testing.T) {
	p := FormPage{PlanDesk: models.PlanDesk{Grantees: []models.Grantee{{ID: "P-1", Name: "Halden"}}}, Refused: &models.Problem{Kind: models.Invalid}}
	for _, field := range []string{
		"product", "name", "edition", "summary", "features", "unit", "data-center", "activation", "price", "currency", "term", "renews",
		"typed-id", "ending-soon", "grace", "locked",
	} {
		p.Refused.Fields = append(p.Refused.Fields, models.FieldProblem{Field: field, Message: "Wrong: " + field})
	}
	doc := pagetest.Draw(t, pagetest.Halden(), Form(p))
	for _, f := range p.Refused.Fields {
		pagetest.Has(t, doc, true, `[data-testid=error-summary] a[href="#`+f.Field+`"]`, `[id="`+f.Field+`"]`)
		if strings.Count(pagetest.Said(doc), f.Message) != 2 {
			t.Errorf("%s is not said beside its field", f.Field)
		}
	}
	pagetest.Has(t, doc, true, `body[data-page="plan.new"][data-state=error]`)
}

func TestOnlyWhoMadeAPlanIsOfferedToChangeIt(t *testing.T) {
	locked := file(demo.Lite, 1)
	for _, c := range []struct {
		who   string
		f     models.PlanFile
		state string
		has   []string
		not   []string
	}{
		{demo.Sofia, file(demo.Standard, 1), "live", []string{"edit-plan", "retire-plan", "clone-plan", "plan-price", "plan-resellers"}, []string{"restore-plan"}},
		{demo.Sofia, file(demo.Basic, 1), "retired", []string{"edit-plan", "restore-plan"}, []string{"retire-plan"}},
		{demo.Sofia, locked, "locked", []string{"clone-plan"}, []string{"edit-plan", "retire-plan"}},
		{demo.Ines, file(demo.Standard, 1), "live", []string{"clone-plan", "plan-price"}, []string{"edit-plan", "retire-plan", "plan-resellers"}},
		{demo.Maya, file(demo.Standard, 1), "live", []string{"plan-price"}, []string{"edit-plan", "clone-plan"}},
		{demo.Priya, file(demo.Standard, 1), "live", []string{"plan-versions"}, []string{"plan-price"}},
	} {
		doc := pagetest.Draw(t, pagetest.Halden(), Show(ShowPage{PlanFile: c.f, Who: pagetest.Actor(c.who), In: time.UTC}))
		pagetest.Has(t, doc, true, `body[data-page="plan.overview"][data-state=`+c.state+`]`)
		for _, id := range c.has {
			pagetest.Has(t, doc, true, "[data-testid="+id+"]")
		}
		for _, id := range c.not {
			pagetest.Has(t, doc, false, "[data-testid="+id+"]")
		}
	}
}

func TestAnEmptyCatalogueSaysSo(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), List(ListPage{Who: pagetest.Actor(demo.Maya)}))
	pagetest.Has(t, doc, true, `body[data-page=plans][data-state=empty]`, "[data-testid=empty-state]")
}

func TestAResellersOwnPlanSaysWhoSellsIt(t *testing.T) {
	f := file(demo.Standard, 1)
	f.Plan.PartnerID, f.Maker, f.Granted = demo.Halden, "Halden Partners", false
	for who, want := range map[string]string{demo.Ines: "Your own", demo.Sofia: "Sold by Halden Partners only"} {
		row := f.CatalogueRow
		row.Granted = who == demo.Ines
		doc := pagetest.Draw(t, pagetest.Halden(), List(ListPage{CataloguePage: models.CataloguePage{Rows: []models.CatalogueRow{row}}, Who: pagetest.Actor(who)}))
		if got := pagetest.Text(t, doc, "[data-testid=plan-row-"+demo.Standard+"]"); !strings.Contains(got, want) {
			t.Errorf("%s reads %q", who, got)
		}
	}
}
