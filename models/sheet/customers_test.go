package sheet

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

// told is everything a file gives: a line for each row, and the error that ended it.
func told(file io.Reader) (all []string) {
	c, err := ReadCustomers(file)
	if err != nil {
		return []string{err.Error()}
	}
	for row, err := range c.Rows() {
		switch {
		case err != nil:
			all = append(all, err.Error())
		case len(row.Wrong) > 0:
			for _, w := range row.Wrong {
				all = append(all, fmt.Sprintf("%d! %s", row.Line, w.Message))
			}
		default:
			all = append(all, fmt.Sprintf("%d %s", row.Line, row.Company))
		}
	}
	return all
}

// The corpus: files as people send them, each with what the reader says of it.
func TestTheCorpusOfBadFiles(t *testing.T) {
	save := "Save it as CSV UTF-8 and import it again."
	for name, want := range map[string][]string{
		"good.csv":              {"2 Bramley Dental Group", "3 Birch Clinic"},
		"semicolons.csv":        {"2 Müller, Söhne & Co", "3 Zwei\nZeilen", "5 Drei"},
		"bom.csv":               {"2 Åkerlund"},
		"old-mac.csv":           {"2 One", "3 Two"},
		"tabs.csv":              {"The columns are separated by tabs. Save the file as CSV, with commas or semicolons, and import it again."},
		"empty.csv":             {"The file is empty."},
		"utf16le.csv":           {"The file is UTF-16 text. " + save},
		"utf16be.csv":           {"The file is UTF-16 text. " + save},
		"utf16-without-bom.csv": {"The file holds NUL characters; it may be UTF-16 text. " + save},
		"latin1.csv":            {"2 Plain", "Line 3 is not UTF-8; the file may be Latin-1 or Windows-1252. " + save},
		"latin1-header.csv":     {"Line 1 is not UTF-8; the file may be Latin-1 or Windows-1252. " + save},
		"workbook.xlsx.csv":     {"The file is a workbook, not CSV. " + save},
		"compressed.csv":        {"The file is compressed. Unpack it and import it again."},
		"nul.csv":               {"2 One", "Line 3 holds a NUL character. " + save},
		"open-quote.csv":        {"2 One", "Line 3 opens a quote that is never closed."},
		"row-too-long.csv":      {"2 One", "The row that begins on line 3 is longer than 64 KiB. A quote may not be closed."},
		"cell-4k.csv":           {"2 Fits"},
		"cell-too-long.csv":     {"2! Cell 4 is longer than 4 KiB.", "3 Next"},
		"text-after-quote.csv":  {"2! There is text after a closing quote. Double the quotes inside a cell.", "3 Next"},
		"stray-comma.csv":       {"2! The row has 4 cells and the header has 3.", "3! The row has 2 cells and the header has 3.", "4 Next"},
		"blank-lines.csv":       {"3 One", "6 Two"},
		"formulas.csv":          {"2 =HYPERLINK(\"x\")", "3 '=1+1", "4 't Hooft BV"},
		"bad-values.csv": {
			`2! In units, "12x" is not a whole number.`, `2! In start_date, "30/11/2026" is not a date like 2026-11-30.`,
			`2! In auto_renew, "perhaps" is neither yes nor no.`, "3 Fine",
		},
		"unknown-column.csv":   {`There is no column "phone". The columns are ` + strings.Join(Columns, ", ") + "."},
		"column-twice.csv":     {"The column city is there twice."},
		"missing-column.csv":   {"The column country is missing. company, city, country are required."},
		"too-many-columns.csv": {"The file has 70 columns. At most 64 can be read."},
		"headings.csv":         {"2 One"},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := os.Open(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()

			if diff := cmp.Diff(want, told(file)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestEveryFileOfTheCorpusIsTried(t *testing.T) {
	files, err := filepath.Glob("testdata/*.csv")
	if err != nil || len(files) != 28 {
		t.Errorf("%d files, %v", len(files), err)
	}
}

func TestARowBecomesAWish(t *testing.T) {
	c, err := ReadCustomers(strings.NewReader(strings.Join(Columns, ",") + "\n" +
		`X-1, Bramley ,1 Quay St,Leeds,Yorks,LS1,gb,Helen,Bramley,Helen@Bramley.example,helen,Europe/London,en,endpoint-standard,42,2026-04-01,2027-03-31,yes,"two
lines"` + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	yes := true
	want := models.ImportRow{
		Line: 2, ExternalRef: "X-1", Company: "Bramley", Address: "1 Quay St", City: "Leeds", Region: "Yorks", PostalCode: "LS1",
		Country: "GB", FirstName: "Helen", LastName: "Bramley", Email: "helen@bramley.example", TimeZone: "Europe/London", Note: "two\nlines",
		Assignment: &models.Assignment{PlanKey: "endpoint-standard", Seats: 42, StartsOn: "2026-04-01", EndsOn: "2027-03-31", Renews: &yes},
	}
	for row, err := range c.Rows() {
		row.Cells = nil
		if diff := cmp.Diff(want, row); err != nil || diff != "" {
			t.Errorf("%v (-want +got)\n%s", err, diff)
		}
	}
}

func TestRefusedRowsCanBeMendedAndReadAgain(t *testing.T) {
	source := "company;city;country;note\r\n=Evil;Leeds;XX;\"a;b\"\r\nFoo, Inc;Leeds;GB;x;y\r\n"
	c, err := ReadCustomers(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	refusals := NewRefusals(&file, c)
	for row, err := range c.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		refusals.Add(models.RowVerdict{Row: row, Outcome: models.RowRefused, Why: []string{"No.", "Not so."}})
		refusals.Add(models.RowVerdict{Row: row, Outcome: models.RowCreated})
	}
	if err := refusals.Flush(); err != nil {
		t.Fatal(err)
	}

	want := "\ufeff" + `"company";"city";"country";"note";"line";"problem"` + "\r\n" +
		`"'=Evil";"Leeds";"XX";"a;b";"2";"No. Not so."` + "\r\n" +
		`"Foo, Inc";"Leeds";"GB";"x";"y";"3";"No. Not so."` + "\r\n"
	if diff := cmp.Diff(want, file.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	again := told(&file)
	if diff := cmp.Diff([]string{"2 =Evil", "3! The row has 7 cells and the header has 6."}, again); diff != "" {
		t.Errorf("read again (-want +got)\n%s", diff)
	}
}

// endless is a file of so many rows, made while it is read.
type endless struct {
	rows, next int
	rest       []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		switch {
		case e.next > e.rows:
			return 0, io.EOF
		case e.next == 0:
			e.rest = []byte(strings.Join(Columns, ",") + "\n")
		default:
			e.rest = fmt.Appendf(nil, "R-%d,Company %d,Street %d,Leeds,Yorks,LS1,GB,Ann,Lee,ann%d@example.com,,,,endpoint-standard,%d,,,yes,\"a note, quoted\"\n",
				e.next, e.next, e.next, e.next, 1+e.next%50)
		}
		e.next++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	c, err := ReadCustomers(&endless{rows: models.MaxImportRows})
	if err != nil {
		t.Fatal(err)
	}
	before, most, rows := heap(), uint64(0), 0
	for row, err := range c.Rows() {
		if err != nil || len(row.Wrong) > 0 {
			t.Fatal(row.Line, row.Wrong, err)
		}
		if rows++; rows%20_000 == 0 {
			most = max(most, heap())
		}
	}
	if rows != models.MaxImportRows {
		t.Errorf("%d rows", rows)
	}
	if most > before+1<<20 {
		t.Errorf("the heap grew from %d to %d bytes", before, most)
	}
}

func TestAFileWithTooManyRowsIsRefusedAsAWhole(t *testing.T) {
	if rows, err := Check(&endless{rows: models.MaxImportRows}); err != nil || rows != models.MaxImportRows {
		t.Errorf("%d rows: %v", rows, err)
	}
	if _, err := Check(&endless{rows: models.MaxImportRows + 1}); !models.IsProblem(err, models.Invalid) {
		t.Errorf("one more: %v", err)
	}
}

func TestARowOfSeparatorsAloneHasAnEnd(t *testing.T) {
	got := told(strings.NewReader("company,city,country\n" + strings.Repeat(",", MaxRow+10)))
	want := []string{"The row that begins on line 2 is longer than 64 KiB. A quote may not be closed."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func FuzzReadingNeverPanicsAndEnds(f *testing.F) {
	f.Add([]byte("company,city,country\r\n\"a\"\"b\",c,DE\r\n"))
	f.Add([]byte("company;city;country\n'=x;\"y\n;z"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if rows, _ := Check(bytes.NewReader(file)); rows > len(file) {
			t.Errorf("%d rows in %d bytes", rows, len(file))
		}
	})
}

func BenchmarkReading(b *testing.B) {
	for b.Loop() {
		if _, err := Check(&endless{rows: 10_000}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*10_000/b.Elapsed().Seconds(), "rows/s")
}
