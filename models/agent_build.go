package models

// AgentBuild is the agents' software for one kind of device.
type AgentBuild struct {
	OS     string // as Go names it
	Arch   string
	File   string
	SHA256 string // in hex; empty where the portal has no such file to offer
}

// AgentBuilds lists every build that there can be, in the order people look for them.
func AgentBuilds() []AgentBuild {
	return []AgentBuild{
		{OS: "linux", Arch: "amd64", File: "agents-linux-amd64"},
		{OS: "linux", Arch: "arm64", File: "agents-linux-arm64"},
		{OS: "windows", Arch: "amd64", File: "agents-windows-amd64.exe"},
		{OS: "darwin", Arch: "arm64", File: "agents-darwin-arm64"},
		{OS: "darwin", Arch: "amd64", File: "agents-darwin-amd64"},
	}
}
