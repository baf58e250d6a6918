// Command withpostgres starts one PostgreSQL cluster, runs a command that finds it in
// MOORING_TEST_POSTGRES, and stops it. Test packages share that cluster, each test in a database of its
// own, instead of starting one each.
//
//	go run ./.ci/withpostgres go test ./...
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"

	"mooring/models/store/pgtest"
)

const variable = "MOORING_TEST_POSTGRES"

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: withpostgres COMMAND [ARGUMENT ...]")
		os.Exit(2)
	}
	os.Exit(run(os.Args[1:]))
}

func run(command []string) int {
	if os.Getenv(variable) == "" {
		address, stop, err := pgtest.StartCluster("")
		if err != nil {
			fmt.Fprintln(os.Stderr, "withpostgres:", err)
			return 1
		}
		defer stop()
		if err := os.Setenv(variable, address); err != nil {
			fmt.Fprintln(os.Stderr, "withpostgres:", err)
			return 1
		}
	}
	// An interrupt reaches the command as well; this one stays to stop the cluster.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return exit.ExitCode()
	case err != nil:
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		return 1
	}
	return 0
}
