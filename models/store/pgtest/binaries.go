package pgtest

import (
	"cmp"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
)

var errNoBinaries = errors.New("pgtest: PostgreSQL's server programs are not installed")

// findBinaries looks where the environment says, then in PATH, then where distributions put them,
// newest version first.
func findBinaries() (string, error) {
	var folders []string
	if named := os.Getenv("PG_BIN"); named != "" {
		folders = append(folders, named)
	}
	if initdb, err := exec.LookPath("initdb"); err == nil {
		folders = append(folders, filepath.Dir(initdb))
	}
	folders = append(folders, distributions()...)
	for _, f := range folders {
		if executable(filepath.Join(f, "initdb")) && executable(filepath.Join(f, "postgres")) {
			return f, nil
		}
	}
	return "", errNoBinaries
}

func distributions() []string {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(folders, func(a, b string) int { return cmp.Compare(major(b), major(a)) })
	return folders
}

func major(folder string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
	if err != nil {
		return 0
	}
	return n
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && info.Mode()&0o111 != 0
}
