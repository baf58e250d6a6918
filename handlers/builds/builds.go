// Package builds offers the agents' software from a folder: exactly the files whose names the portal
// knows, and nothing else that lies there. The folder is opened for each question, so that it may be
// replaced while the portal runs, and no name and no link leads out of it.
package builds

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"
	"time"

	"mooring/models"
)

// Shelf is the folder. An empty one offers nothing.
type Shelf struct {
	folder string

	mu   sync.Mutex
	sums map[string]sum
}

// sum is the hash of a file as long as the file looks the same.
type sum struct {
	size    int64
	changed time.Time
	hex     string
}

// New is a shelf on a folder, or one without anything.
func New(folder string) *Shelf { return &Shelf{folder: folder, sums: map[string]sum{}} }

// List is every build there can be, each with its hash if it is there. A file that cannot be read is not.
func (s *Shelf) List() []models.AgentBuild {
	all := models.AgentBuilds()
	for i := range all {
		f, err := s.Open(all[i].File)
		if err != nil {
			continue
		}
		all[i].SHA256, err = s.sumOf(all[i].File, f)
		if closing := f.Close(); err != nil || closing != nil {
			all[i].SHA256 = ""
		}
	}
	return all
}

// Open opens one of the files. Everything else is not there: other names, folders, and links that lead
// out of the shelf.
func (s *Shelf) Open(file string) (*os.File, error) {
	known := slices.ContainsFunc(models.AgentBuilds(), func(b models.AgentBuild) bool { return b.File == file })
	if s.folder == "" || !known {
		return nil, fs.ErrNotExist
	}
	root, err := os.OpenRoot(s.folder)
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }()
	// Opening a pipe would wait for somebody to write into it.
	if info, err := root.Stat(file); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(fs.ErrNotExist, err)
	}
	return root.Open(file)
}

// sumOf reads a file through, unless it has not changed since the last time.
func (s *Shelf) sumOf(name string, f *os.File) (string, error) {
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.sums[name]; known.hex != "" && known.size == info.Size() && known.changed.Equal(info.ModTime()) {
		return known.hex, nil
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	found := sum{info.Size(), info.ModTime(), hex.EncodeToString(h.Sum(nil))}
	s.sums[name] = found
	return found.hex, nil
}
