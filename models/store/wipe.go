package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Wipe removes everything that a database holds, its schema as well. Whoever calls it has made sure that
// nothing in it is worth keeping. Nobody may have the database open.
func Wipe(ctx context.Context, o Options) error {
	if path, ok := strings.CutPrefix(o.URL, "sqlite:"); ok {
		var errs []error
		for _, file := range []string{path, path + "-wal", path + "-shm"} {
			if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
		return errors.Join(errs...)
	}
	url := o.MigrateURL
	if url == "" {
		url = o.URL
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
	return err
}
