package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// supervise runs the server until its standard input ends, which happens when whoever started it
// stops or dies, and then tidies up.
const supervise = `
"$1/postgres" -D "$2/data" -k "$2" >"$2/log" 2>&1 &
server=$!
read -r _
kill -QUIT "$server" 2>/dev/null
wait "$server"
rm -rf "$2"
`

// configuration makes a server that is quick and forgetful, and reachable by its socket only.
const configuration = `
listen_addresses = ''
unix_socket_permissions = 0700
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = on
max_connections = 200
shared_buffers = 64MB
max_wal_size = 512MB
log_min_messages = fatal
`

// StartCluster starts a private cluster below the folder, or below the system's temporary folder
// when it is empty, and gives a superuser's URL. Settings come after those for tests. The cluster ends with
// stop, or with this process.
func StartCluster(folder string, settings ...string) (address string, stop func(), err error) {
	bin, err := findBinaries()
	if err != nil {
		return "", nil, err
	}
	as, err := serverAccount()
	if err != nil {
		return "", nil, err
	}
	var all []error
	for _, below := range candidates(folder) {
		address, stop, err := startBelow(below, bin, as, settings)
		if err == nil {
			return address, stop, nil
		}
		all = append(all, err)
	}
	return "", nil, errors.Join(all...)
}

// candidates are folders to try: root's own temporary folder may be closed to the server's account.
func candidates(folder string) []string {
	if folder != "" {
		return []string{folder}
	}
	return []string{os.TempDir(), "/tmp", "/var/tmp"}
}

func startBelow(below, bin string, as *account, settings []string) (string, func(), error) {
	home, err := os.MkdirTemp(below, "mooring-pg-")
	if err != nil {
		return "", nil, err
	}
	if err := initialise(home, bin, as, settings); err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(home))
	}
	cmd := exec.Command("/bin/sh", "-c", supervise, "sh", bin, home)
	cmd.Dir = home
	as.apply(cmd)
	leash, err := cmd.StdinPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(home))
	}
	hold(leash)
	stop := func() { end(leash, cmd) }
	u := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/postgres"}
	u.RawQuery = url.Values{"host": {home}, "port": {"5432"}, "sslmode": {"disable"}}.Encode()
	if err := answers(u.String()); err != nil {
		said, _ := os.ReadFile(filepath.Join(home, "log"))
		stop()
		return "", nil, fmt.Errorf("pgtest: the server did not start: %w\n%s", err, said)
	}
	return u.String(), stop, nil
}

// leashes keep the pipes from being closed as garbage while nobody is about to stop the cluster.
var leashes struct {
	sync.Mutex
	held []io.Closer
}

func hold(leash io.Closer) {
	leashes.Lock()
	defer leashes.Unlock()
	leashes.held = append(leashes.held, leash)
}

func end(leash io.Closer, cmd *exec.Cmd) {
	_ = leash.Close()
	_ = cmd.Wait()
}

func initialise(home, bin string, as *account, settings []string) error {
	if err := as.own(home); err != nil {
		return err
	}
	data := filepath.Join(home, "data")
	cmd := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust",
		"-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
	cmd.Dir = home
	as.apply(cmd)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("pgtest: initdb: %w\n%s", err, said)
	}
	f, err := os.OpenFile(filepath.Join(data, "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(configuration + strings.Join(append(settings, ""), "\n"))
	return errors.Join(err, f.Close())
}

// answers waits for the server to take connections.
func answers(address string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, address)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}
