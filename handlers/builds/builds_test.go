package builds

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

const linux, mac = "agents-linux-amd64", "agents-darwin-arm64"

func put(t *testing.T, folder, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// listed is the hash of each file that the shelf offers.
func listed(s *Shelf) map[string]string {
	all := map[string]string{}
	for _, b := range s.List() {
		if b.SHA256 != "" {
			all[b.File] = b.SHA256
		}
	}
	return all
}

func TestTheShelfOffersTheFilesItKnowsAndNothingElse(t *testing.T) {
	folder, outside := t.TempDir(), t.TempDir()
	put(t, folder, linux, "an agent")
	put(t, folder, "notes.txt", "not for everybody")
	put(t, outside, "secret", "a secret")
	for link, to := range map[string]string{
		mac:                  filepath.Join(outside, "secret"), // leads out
		"agents-linux-arm64": linux,                            // stays inside
	} {
		if err := os.Symlink(to, filepath.Join(folder, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "agents-darwin-amd64"), 0o700); err != nil {
		t.Fatal(err)
	}
	s := New(folder)
	for _, name := range []string{"notes.txt", mac, "agents-darwin-amd64", "agents-windows-amd64.exe", "", ".", "..", "../secret", "/etc/passwd", linux + "/", "./" + linux, linux + "\x00"} {
		if f, err := s.Open(name); err == nil {
			_ = f.Close()
			t.Errorf("%q is offered", name)
		}
	}
	for _, name := range []string{linux, "agents-linux-arm64"} {
		f, err := s.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(f)
		if err != nil || f.Close() != nil || string(content) != "an agent" {
			t.Errorf("%s holds %q, %v", name, content, err)
		}
	}
	if got := listed(s); len(got) != 2 || got[linux] != hashOf("an agent") {
		t.Errorf("offered are %v", got)
	}
}

func TestAHashFollowsItsFile(t *testing.T) {
	folder := t.TempDir()
	s := New(folder)
	for i, content := range []string{"one", "another", "longer still"} {
		put(t, folder, linux, content)
		at := time.Date(2026, 3, 12, 12, i, 0, 0, time.UTC)
		if err := os.Chtimes(filepath.Join(folder, linux), at, at); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if got := listed(s)[linux]; got != hashOf(content) {
				t.Errorf("%q has the hash %s", content, got)
			}
		}
	}
	if err := os.Remove(filepath.Join(folder, linux)); err != nil {
		t.Fatal(err)
	}
	if got := listed(s); len(got) != 0 {
		t.Errorf("offered are %v", got)
	}
}

func TestAShelfWithoutAFolderOffersNothing(t *testing.T) {
	for _, folder := range []string{"", filepath.Join(t.TempDir(), "not-there")} {
		s := New(folder)
		if f, err := s.Open(linux); err == nil {
			_ = f.Close()
			t.Errorf("%q: a file is offered", folder)
		}
		if all := s.List(); len(listed(s)) != 0 || len(all) != 5 {
			t.Errorf("%q: offered are %v", folder, all)
		}
	}
}
