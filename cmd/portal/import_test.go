package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

const customersFile = `external_ref,company,city,country,last_name,email,plan,units
N-1,New Mill Ltd,Leeds,GB,Lee,ann@newmill.example,endpoint-standard,5
88123,Bramley Dental Group,London,GB,Dr Helen Bramley,helen@bramley.example,Endpoint Advanced,50
N-2,"=cmd, Inc",Leeds,Britain,,,,
88123,Bramley Dental Group,Reading,GB,Dr Helen Bramley,helen@bramley.example,,
N-3,New Wharf,Leeds,GB,,,,
`

// importing runs `portal import` and gives what it printed.
func importing(t *testing.T, w *portaltest.World, stdin string, args ...string) (out, progress string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err = importCommand(context.Background(), w.Portal, models.Operator(), args, strings.NewReader(stdin), &stdout, &stderr)
	return stdout.String(), stderr.String(), err
}

func saved(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "customers.csv")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestImportingAFileByCommand(t *testing.T) {
	w := portaltest.New(t)
	file := saved(t, customersFile)
	refused := filepath.Join(t.TempDir(), "refused.csv")

	tried, _, err := importing(t, w, "", file, "-dry-run", "-as", "ines@halden.example")
	if err == nil || err.Error() != "3 of 5 rows were refused" {
		t.Error("tried:", err)
	}
	done, _, err := importing(t, w, "", "-as", "Ines@halden.example", "-refused", refused, file)
	if err == nil || err.Error() != "3 of 5 rows were refused" {
		t.Error("done:", err)
	}
	again, _, err := importing(t, w, customersFile, "-", "-as", "tom@halden.example")
	if err == nil || err.Error() != "3 of 5 rows were refused" {
		t.Error("again:", err)
	}

	const no = `line 3 refused: C-1042 already has Endpoint Standard on A-20418 with 42 agents. Assigning another plan would open a second account. Modify the plan instead.
line 4 refused: Enter a country as its two letters, such as DE.
line 5 refused: Line 3 has the same external_ref.
`
	want := "line 2 would be created: New Mill Ltd with account\n" + no + "line 6 would be created: New Wharf\n" +
		"Tried for Halden Partners; nothing was changed. Rows: 5. Created: 2, changed: 0, unchanged: 0, refused: 3. Accounts opened: 1.\n"
	if diff := cmp.Diff(want, tried); diff != "" {
		t.Errorf("tried (-want +got)\n%s", diff)
	}
	want = "line 2 created: New Mill Ltd C-70001 with account A-70001\n" + no + "line 6 created: New Wharf C-70002\n" +
		"Imported for Halden Partners. Rows: 5. Created: 2, changed: 0, unchanged: 0, refused: 3. Accounts opened: 1.\n"
	if diff := cmp.Diff(want, done); diff != "" {
		t.Errorf("done (-want +got)\n%s", diff)
	}
	want = no + "Imported for Halden Partners. Rows: 5. Created: 0, changed: 0, unchanged: 2, refused: 3. Accounts opened: 0.\n"
	if diff := cmp.Diff(want, again); diff != "" {
		t.Errorf("again (-want +got)\n%s", diff)
	}
	wantRefused(t, refused)
}

func wantRefused(t *testing.T, file string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(content), "\r\n")
	if len(lines) != 5 || lines[0] != "\ufeff"+`"external_ref","company","city","country","last_name","email","plan","units","line","problem"` ||
		lines[2] != `"N-2","'=cmd, Inc","Leeds","Britain","","","","","4","Enter a country as its two letters, such as DE."` {
		t.Errorf("%q", lines)
	}
}

func TestAFileThatCannotBeReadToItsEndChangesNothing(t *testing.T) {
	w := portaltest.New(t)
	broken := customersFile + "N-4,M\xfcller,Leeds,GB,,,,\n"

	for _, args := range [][]string{{saved(t, broken)}, {"-"}} {
		out, _, err := importing(t, w, broken, append(args, "-as", "ines@halden.example")...)

		if err == nil || !strings.HasPrefix(err.Error(), "Line 7 is not UTF-8") || !strings.HasSuffix(err.Error(), "Nothing was imported") || out != "" {
			t.Errorf("%v, %q", err, out)
		}
	}
	if out, _, _ := importing(t, w, customersFile, "-", "-as", "ines@halden.example", "-dry-run"); !strings.Contains(out, "line 2 would be created") {
		t.Error(out)
	}
}

func TestWhatTheImportCommandRefuses(t *testing.T) {
	w := portaltest.New(t)
	file := saved(t, customersFile)
	for _, c := range []struct {
		when string
		args []string
		want string
	}{
		{"no file is named", nil, "which file?"},
		{"two files are named", []string{file, "other.csv"}, "one file at a time"},
		{"the file is not there", []string{file + "x"}, "no such file"},
		{"a flag is unknown", []string{file, "-force"}, "-force"},
		{"nobody signs in as this", []string{file, "-as", "nobody@halden.example"}, "Nobody signs in as nobody@halden.example."},
		{"the user may not import", []string{file, "-as", "maya@halden.example"}, "Your role does not include this."},
		{"nobody says whose customers they are", []string{file}, "Say which partner the customers belong to."},
		{"the partner is another's", []string{file, "-as", "ines@halden.example", "-partner", demo.Tidewater}, "There is nothing here."},
		{"the refused rows would replace the file", []string{file, "-as", "ines@halden.example", "-refused", file}, "a file of their own"},
	} {
		t.Run(c.when, func(t *testing.T) {
			out, _, err := importing(t, w, "", c.args...)
			if err == nil || !strings.Contains(err.Error(), c.want) || out != "" {
				t.Errorf("%v, %q", err, out)
			}
		})
	}
	if content, err := os.ReadFile(file); err != nil || string(content) != customersFile {
		t.Errorf("the file was changed: %v", err)
	}
}

func TestAnImportTellsHowFarItIs(t *testing.T) {
	w := portaltest.New(t)
	var file strings.Builder
	file.WriteString("company,city,country\n")
	for range progressEvery + 1 {
		file.WriteString("Nameless,,\n")
	}

	_, progress, _ := importing(t, w, file.String(), "-", "-as", "ines@halden.example", "-dry-run")

	if progress != "10000 rows\n" {
		t.Errorf("%q", progress)
	}
}

func TestWhatAFileSaysStaysOnItsLine(t *testing.T) {
	got := verdictLine(models.RowVerdict{Row: models.ImportRow{Line: 2}, Outcome: models.RowRefused, Why: []string{"There is no plan called \x1b[2Jx\ny."}}, false)
	if got != "line 2 refused: There is no plan called  [2Jx y.\n" {
		t.Errorf("%q", got)
	}
}
