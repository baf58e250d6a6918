package handlers_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mooring/handlers/browser"
	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

// sendsFile sends a file and says where that led.
func sendsFile(p *browser.Person, name, content string) string {
	p.Opens(link.ImportCustomers())
	p.Attaches("File of customers", name, []byte(content))
	p.Presses("Check the file")
	return p.At()
}

const march = `external_ref,company,city,country,last_name,email,login_name,plan,units
N-1,New Mill Ltd,Leeds,GB,Lee,ann@newmill.example,ann,endpoint-standard,5
88123,Bramley Dental Group,London,GB,Dr Helen Bramley,helen@bramley.example,,Endpoint Advanced,50
N-2,"=cmd, Inc",Leeds,Britain,,,,,
N-3,New Wharf,Leeds,GB,,,,,
`

func TestAFileIsCheckedThenImportedOnce(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		tom := signIn(t, siteOn(w), demo.Tom)
		tom.Opens(link.Customers())
		tom.Follows("Bulk import")
		tom.Attaches("File of customers", `C:\files\customers-march.csv`, []byte(march))
		tom.Presses("Check the file")
		tom.SeesStatus(http.StatusOK)
		tom.Sees("Import of customers-march.csv")
		for hook, want := range map[string]string{"rows-created": "2", "rows-changed": "0", "rows-refused": "2", "accounts-opened": "1", "columns-ignored": "login_name"} {
			if got := tom.Text(hook); got != want {
				t.Errorf("%s: %q, want %q", hook, got, want)
			}
		}
		tom.Sees("Modify the plan instead.")
		if found(t, w, "New Wharf") {
			t.Fatal("the check changed something")
		}
		again := tom.Clone()
		tom.PressesTwice("Import 2 rows")
		tom.Sees("2 rows imported")
		again.Presses("Import 2 rows") // in another tab, from the page as it was
		again.Sees("2 rows imported")
		tom.Back()
		tom.Presses("Import 2 rows")
		tom.Sees("2 rows imported")
		if got := tom.Text("rows-created"); got != "2" {
			t.Errorf("%s customers were added", got)
		}
		if !found(t, w, "New Wharf") {
			t.Error("nothing was imported")
		}
		w.Sound(t)
	})
}

func found(t *testing.T, w *portaltest.World, name string) bool {
	t.Helper()
	maya := signIn(t, siteOn(w), demo.Maya)
	for next, ok := link.Customers(), true; ok; next, ok = maya.Document().Find("a[rel=next]").Attr("href") {
		if maya.Opens(next); strings.Contains(maya.Body(), name) {
			return true
		}
	}
	return false
}

func TestRefusedRowsComeBackAsAFileThatCanBeMended(t *testing.T) {
	w := portaltest.New(t)
	ines := signIn(t, siteOn(w), demo.Ines)
	at := sendsFile(ines, "march.csv", march)
	ines.Opens(at + "/refused.csv")
	file := ines.Body()
	for _, want := range []string{`"88123","Bramley Dental Group"`, `"N-2","'=cmd, Inc","Leeds","Britain"`, `"4","Enter a country as its two letters, such as DE."`} {
		if !strings.Contains(file, want) {
			t.Errorf("no %s in\n%s", want, file)
		}
	}
	if got := ines.Header().Get("Content-Disposition"); got != `attachment; filename="refused-rows.csv"` {
		t.Error(got)
	}
	sendsFile(ines, "mended.csv", strings.Replace(file, "Britain", "GB", 1))
	if ines.Text("rows-created") != "1" || ines.Text("rows-refused") != "1" || ines.Text("columns-ignored") != "login_name, line, problem" {
		t.Errorf("%s new, %s refused, %s", ines.Text("rows-created"), ines.Text("rows-refused"), ines.Text("columns-ignored"))
	}
	ines.Presses("Import 1 row")
	ines.Opens(ines.At() + "/refused.csv")
	if got := ines.Body(); strings.Contains(got, "cmd, Inc") || !strings.Contains(got, "Bramley") {
		t.Errorf("after the import: %s", got)
	}
}

func TestTheSameFileTwiceLeavesNothingToImport(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := signIn(t, siteOn(w), demo.Ines)
		sendsFile(ines, "march.csv", march)
		ines.Presses("Import 2 rows")
		sendsFile(ines, "march.csv", march)
		if got := ines.Text("rows-unchanged"); got != "2" {
			t.Errorf("%s unchanged", got)
		}
		if ines.Has("submit-import") {
			t.Error("there is something to import")
		}
		ines.Sees("The rows that are not refused change nothing")
	})
}

func TestAFileThatCannotBeReadIsRefusedBesideItsField(t *testing.T) {
	w := portaltest.New(t)
	ines := signIn(t, siteOn(w), demo.Ines)
	const header = "company,city,country,email,last_name\n"
	many := func(rows int) string {
		var b strings.Builder
		b.WriteString(header)
		for i := range rows {
			fmt.Fprintf(&b, "Mill %d,Leeds,GB,a%d@example.com,Lee\n", i, i)
		}
		return b.String()
	}
	for _, c := range []struct{ when, file, want string }{
		{"it is empty", "", "The file is empty."},
		{"it has no rows", header, "The file has columns and no rows."},
		{"it is Latin-1", header + "M\xfcller,Ulm,DE,a@example.com,Lee\n", "Line 2 is not UTF-8; the file may be Latin-1"},
		{"a column is unknown", "company,city,country,phone\nA,B,GB,1\n", `There is no column “phone”.`},
		{"it has a row too many", many(models.MaxUploadRows + 1), "The file has more than 5,000 rows. Divide it."},
		{"it is a workbook", "PK\x03\x04xxxx", "The file is a workbook, not CSV."},
		{"it is a little too large", header + strings.Repeat("x", models.MaxUploadBytes), "The file is larger than 5 MB."},
	} {
		t.Run(c.when, func(t *testing.T) {
			sendsFile(ines, "file.csv", c.file)
			ines.SeesStatus(http.StatusUnprocessableEntity)
			ines.Sees(strings.NewReplacer("“", `"`, "”", `"`).Replace(c.want))
			if got := ines.Document().Find("#file[aria-invalid=true][aria-describedby~=file-error]").Length(); got != 1 {
				t.Error("the field does not say so")
			}
		})
	}
	ines.Opens(link.ImportCustomers())
	ines.Presses("Check the file")
	ines.SeesStatus(http.StatusUnprocessableEntity)
	ines.Sees("Choose a file.")

	sendsFile(ines, "file.csv", strings.Repeat("x", 9<<20))
	ines.SeesStatus(http.StatusRequestEntityTooLarge)
	ines.Sees("The file is larger than 5 MB.")
}

func TestOddCellsAreJudgedRowByRow(t *testing.T) {
	w := portaltest.New(t)
	ines := signIn(t, siteOn(w), demo.Ines)
	sendsFile(ines, "odd.csv", "company,city,country,external_ref,note\n"+
		"=HYPERLINK(\"x\"),Leeds,GB,O-1,\nLong,Leeds,GB,O-2,"+strings.Repeat("n", 4<<10+1)+"\nShort,Leeds,GB,O-3,fine\n")
	if ines.Text("rows-created") != "2" || ines.Text("rows-refused") != "1" {
		t.Errorf("%s new, %s refused", ines.Text("rows-created"), ines.Text("rows-refused"))
	}
	ines.Sees("Cell 5 is longer than 4 KiB.")
}

func TestOnlyWhoMayImportIsOfferedIt(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	for _, id := range []string{demo.Maya, demo.Priya, demo.Helen} {
		p := visit(t, site, id, link.ImportCustomers())
		p.SeesStatus(http.StatusForbidden)
		if p.Document().Find(`nav a[href="/imports/new"]`).Length() != 0 {
			t.Errorf("%s is offered an import", id)
		}
	}
}

func TestADistributorSaysWhoseCustomersAFileHolds(t *testing.T) {
	w := portaltest.New(t)
	sofia := signIn(t, siteOn(w), demo.Sofia)
	sendsFile(sofia, "march.csv", march)
	sofia.SeesStatus(http.StatusUnprocessableEntity)
	sofia.Sees("Choose the partner whose customers these are.")
	sofia.Selects("Whose customers are these?", "Tidewater")
	sofia.Attaches("File of customers", "march.csv", []byte(march))
	sofia.Presses("Check the file")
	sofia.Sees("Tidewater")
	if got := sofia.Text("rows-created"); got == "0" {
		t.Errorf("%s new customers", got)
	}
}

func TestAFileIsItsSendersAloneAndLastsADay(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	ines, tom := signIn(t, site, demo.Ines), signIn(t, site, demo.Tom)
	at := sendsFile(ines, "march.csv", march)
	tom.Opens(at)
	tom.SeesStatus(http.StatusNotFound)
	w.Pass(models.UploadLife)
	late := signIn(t, site, demo.Ines)
	late.Opens(at)
	late.SeesStatus(http.StatusNotFound)
}

func TestOnlyTheFormForFilesMayComeInParts(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Alters(func(r *http.Request) {
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	})
	maya.Posts(link.ModifyPlan(demo.BramleyAccount), url.Values{"seats": {"60"}})
	maya.SeesStatus(http.StatusConflict) // its key was not read
}

func TestTheTemplateIsAFileOfTheColumns(t *testing.T) {
	w := portaltest.New(t)
	ines := signIn(t, siteOn(w), demo.Ines)
	ines.Opens(link.ImportCustomers())
	ines.FollowsTestID("import-template")
	if got := ines.Body(); !bytes.HasPrefix([]byte(got), []byte("\ufeff\"external_ref\",\"company\"")) || strings.Contains(got, "login_name") {
		t.Errorf("%q", got)
	}
	template := ines.Body()
	at := sendsFile(ines, "filled.csv", template+`"T-1","Mill","1 Quay St","Leeds","Yorks","LS1","GB","Ann","Lee","ann@mill.example","Europe/London","endpoint-standard","5","","","yes","x"`)
	if ines.Text("rows-created") != "1" || ines.Text("accounts-opened") != "1" {
		t.Errorf("%s: %s", at, ines.Body())
	}
}
