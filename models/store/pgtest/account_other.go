//go:build !unix

package pgtest

import (
	"errors"
	"os/exec"
)

type account struct{}

func serverAccount() (*account, error) {
	return nil, errors.New("pgtest: a private cluster needs a Unix system; set MOORING_TEST_POSTGRES")
}

func (*account) apply(*exec.Cmd) {}

func (*account) own(string) error { return nil }
