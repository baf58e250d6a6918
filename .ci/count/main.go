// Command count runs `go test -json` with the arguments it is given and tells it shortly: a line for
// each package, what failing tests said in full, why tests were skipped, and on the last line how many
// passed, failed and were skipped. It fails when a test or a build did, and when no test ran at all.
//
//	go run ./.ci/count [-also COMMAND] -- ./...
//
// -also names a command to run after the tests. If its output has a line like our last one, its figures
// are added; otherwise it counts as one test.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

func main() {
	also := flag.String("also", "", "a command to run after the tests and to count with them")
	flag.Parse()

	t := newTally(os.Stdout)
	test := exec.Command("go", append([]string{"test", "-json"}, flag.Args()...)...)
	err := follow(test, t.read)
	t.finish(err)
	if *also != "" {
		t.add(*also, alongside(*also))
	}
	t.last()
	if !t.good() {
		os.Exit(1)
	}
}

// follow runs cmd, hands its standard output to read and returns how it ended.
func follow(cmd *exec.Cmd, read func(io.Reader)) error {
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	read(out)
	return cmd.Wait()
}

var figures = regexp.MustCompile(`(?m)^(\d+) passed, (\d+) failed, (\d+) skipped$`)

// alongside runs a command and returns what it counted.
func alongside(command string) (c counts) {
	words := strings.Fields(command)
	var said bytes.Buffer
	err := follow(exec.Command(words[0], words[1:]...), func(r io.Reader) {
		lines := bufio.NewScanner(io.TeeReader(r, &said))
		for lines.Scan() {
			if !figures.MatchString(lines.Text()) {
				fmt.Println(lines.Text())
			}
		}
	})
	if all := figures.FindAllString(said.String(), -1); len(all) > 0 {
		// The pattern holds three numbers, so this cannot fail.
		_, _ = fmt.Sscanf(all[len(all)-1], "%d passed, %d failed, %d skipped", &c.passed, &c.failed, &c.skipped)
	} else if err == nil {
		c.passed = 1
	}
	if err != nil && c.failed == 0 {
		c.failed = 1
	}
	return c
}
