package enrolment

import (
	"strings"

	"mooring/models"
	"mooring/views/link"
)

// A line is pasted into a terminal as it stands. Whatever it holds of the portal's settings is quoted for
// the shell that reads it.
type line struct {
	build models.AgentBuild
	title string // what kind of device
	text  string // downloads, checks and starts the agent; or starts it, once it is built
	make  string // builds the agent from its source, where the portal offers no file
}

// system is what people call the devices of one operating system.
type system struct {
	os, name string
	arches   map[string]string
}

var systems = []system{
	{"linux", "Linux", map[string]string{"amd64": "x86-64", "arm64": "ARM64"}},
	{"windows", "Windows, in PowerShell", map[string]string{"amd64": "x86-64"}},
	{"darwin", "macOS", map[string]string{"arm64": "Apple silicon", "amd64": "Intel"}},
}

// lines are the lines for one operating system.
func (p ShowPage) lines(s system) (all []line) {
	for _, b := range p.Builds {
		if b.OS != s.os {
			continue
		}
		l := line{build: b, title: s.arches[b.Arch]}
		switch {
		case b.SHA256 == "":
			l.make = "CGO_ENABLED=0 GOOS=" + b.OS + " GOARCH=" + b.Arch + " go build -o " + b.File + " ./cmd/agents"
			l.text = p.start(b)
		case b.OS == "windows":
			l.text = p.powerShell(b)
		default:
			l.text = p.shell(b)
		}
		all = append(all, l)
	}
	return all
}

// shell is for sh and everything like it.
func (p ShowPage) shell(b models.AgentBuild) string {
	check := "sha256sum"
	if b.OS == "darwin" {
		check = "shasum -a 256"
	}
	return "curl -fsSo " + b.File + " " + inShell(p.Portal+link.AgentBuild(b.File)) +
		" && echo '" + b.SHA256 + " *" + b.File + "' | " + check + " -c - && chmod +x " + b.File + " && " + p.start(b)
}

func (p ShowPage) powerShell(b models.AgentBuild) string {
	return "Invoke-WebRequest -UseBasicParsing -ErrorAction Stop -Uri " + inPowerShell(p.Portal+link.AgentBuild(b.File)) + " -OutFile " + b.File +
		"; if ((Get-FileHash -Algorithm SHA256 " + b.File + ").Hash -eq '" + b.SHA256 + "') { " + p.start(b) +
		" } else { Write-Error 'This is not the file that the portal offers. It was not started.' }"
}

// start runs one agent: the program can be a fleet of them.
func (p ShowPage) start(b models.AgentBuild) string {
	from, quoted := "./", inShell
	if b.OS == "windows" {
		from, quoted = `.\`, inPowerShell
	}
	return from + b.File + " -portal " + quoted(p.Portal) + " -key " + quoted(p.Key.Whole) + " -n 1"
}

// inShell is a text that sh takes as it stands.
func inShell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// quotes end a text in PowerShell, whichever of them began it.
var quotes = strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛")

// inPowerShell is a text that PowerShell takes as it stands.
func inPowerShell(s string) string { return "'" + quotes.Replace(s) + "'" }
