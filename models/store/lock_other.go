//go:build !unix || solaris || aix

package store

import "context"

// lockFolder has no lock to take on these systems: start one portal at a time on a new SQLite file.
func lockFolder(context.Context, string) (unlock func(), err error) { return func() {}, nil }
