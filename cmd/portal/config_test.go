package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestTheFolderOfBuildsMustBeThere(t *testing.T) {
	folder := t.TempDir()
	for given, want := range map[string]string{"": "", folder: "", filepath.Join(folder, "not-there"): "is not a folder"} {
		c, err := configFrom(func(name string) string { return map[string]string{"AGENT_BUILDS": given}[name] })
		if want == "" && (err != nil || c.AgentBuilds != given) || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %q, %v", given, c.AgentBuilds, err)
		}
	}
}
