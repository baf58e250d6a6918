package enrolment

import (
	"os/exec"
	"strings"
	"testing"

	"mooring/models"
)

// odd are addresses that a shell would make something else of, if it could.
var odd = []string{
	"https://portal.example", "https://portal.example:8443/it's", `https://portal.example/$(id)`, "https://portal.example/`id`", `https://portal.example/"; rm -rf x; "`,
	"https://portal.example/a b", "https://portal.example/%41&x=1", `https://portal.example/\`, "https://portal.example/‘’‚‛", "https://portal.example/${HOME}!!",
}

func lineOn(portal, os string, sum string) string {
	p := ShowPage{Portal: portal, Builds: models.AgentBuilds()}
	p.Key = models.SightOf("EK-7K3Q9-XW2MD-4HTRN-2P9EK-8PZVC", true)
	for i := range p.Builds {
		p.Builds[i].SHA256 = sum
	}
	for _, s := range systems {
		if s.os == os {
			return p.lines(s)[0].text
		}
	}
	return ""
}

// TestShellsTakeTheLinesAsTheyAreMeant has sh itself read the lines, with the programs that they start
// replaced by ones that say how they were called.
func TestShellsTakeTheLinesAsTheyAreMeant(t *testing.T) {
	const spies = `curl() { printf '<%s>' "$@"; echo; }; sha256sum() { cat; }; shasum() { cat; }; chmod() { :; }
start() { printf '<%s>' "$@"; echo; }
`
	for _, os := range []string{"linux", "darwin"} {
		file := map[string]string{"linux": "agents-linux-amd64", "darwin": "agents-darwin-arm64"}[os]
		for _, portal := range odd {
			line := strings.Replace(lineOn(portal, os, "abc"), "./"+file, "start", 1)
			out, err := exec.Command("sh", "-c", spies+line).CombinedOutput()
			want := "<-fsSo><" + file + "><" + portal + "/downloads/agents/" + file + ">\nabc *" + file + "\n" +
				"<-portal><" + portal + "><-key><EK-7K3Q9-XW2MD-4HTRN-2P9EK-8PZVC><-n><1>\n"
			if err != nil || string(out) != want {
				t.Errorf("%s: %v\n%s\nwant\n%s", line, err, out, want)
			}
		}
	}
}

// texts reads the quoted texts of a PowerShell line by PowerShell's rules: every kind of single quote
// begins and ends them, and two of them are one.
func texts(line string) (all []string, outside string) {
	quote := func(r rune) bool { return strings.ContainsRune("'‘’‚‛", r) }
	runes := []rune(line)
	for i := 0; i < len(runes); i++ {
		if !quote(runes[i]) {
			outside += string(runes[i])
			continue
		}
		var text []rune
		for i++; i < len(runes); i++ {
			if quote(runes[i]) {
				if i+1 >= len(runes) || !quote(runes[i+1]) {
					break
				}
				i++
			}
			text = append(text, runes[i])
		}
		all = append(all, string(text))
		outside += "T"
	}
	return all, outside
}

func TestPowerShellFindsNothingOutsideItsQuotes(t *testing.T) {
	const skeleton = "Invoke-WebRequest -UseBasicParsing -ErrorAction Stop -Uri T -OutFile agents-windows-amd64.exe; " +
		"if ((Get-FileHash -Algorithm SHA256 agents-windows-amd64.exe).Hash -eq T) { .\\agents-windows-amd64.exe -portal T -key T -n 1 } " +
		"else { Write-Error T }"
	for _, portal := range odd {
		all, outside := texts(lineOn(portal, "windows", "abc"))
		if outside != skeleton {
			t.Errorf("outside of its quotes the line reads\n%s", outside)
			continue
		}
		want := []string{portal + "/downloads/agents/agents-windows-amd64.exe", "abc", portal, "EK-7K3Q9-XW2MD-4HTRN-2P9EK-8PZVC"}
		for i := range want {
			if all[i] != want[i] {
				t.Errorf("text %d is %q, want %q", i, all[i], want[i])
			}
		}
	}
}

func TestWithoutAFileTheLineSaysHowToBuildIt(t *testing.T) {
	p := ShowPage{Portal: "https://portal.example", Builds: models.AgentBuilds()}
	p.Key = models.SightOf("EK-7K3Q9-XW2MD-4HTRN-2P9EK-8PZVC", true)
	n := 0
	for _, s := range systems {
		for _, l := range p.lines(s) {
			n++
			if !strings.Contains(l.make, "GOOS="+l.build.OS+" GOARCH="+l.build.Arch+" go build -o "+l.build.File+" ./cmd/agents") || l.title == "" {
				t.Errorf("%s is built by %q", l.build.File, l.make)
			}
			if strings.Contains(l.text, "downloads") || !strings.Contains(l.text, l.build.File+" -portal 'https://portal.example' -key 'EK-") {
				t.Errorf("%s is started by %q", l.build.File, l.text)
			}
		}
	}
	if n != len(models.AgentBuilds()) {
		t.Errorf("%d builds have lines, of %d", n, len(models.AgentBuilds()))
	}
}
