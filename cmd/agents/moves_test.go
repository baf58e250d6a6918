package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// reportIn is the last line of what a fleet printed.
func reportIn(t testing.TB, printed string) (r totals) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(printed), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &r); err != nil {
		t.Fatalf("the last line is %q: %v", lines[len(lines)-1], err)
	}
	return r
}

// add says whether every agent is in exactly one state.
func (t totals) add() bool {
	return t.Agents == t.Lost+t.Doubled+t.Elsewhere+t.Reporting+t.Moving+t.Released+t.Refused+t.Unreachable+t.Unenrolled
}

func in(account string) func(*moored) bool {
	return func(m *moored) bool { return m.account == account && m.next == "" }
}

func TestAgentsMoveThoughAnswersAreLost(t *testing.T) {
	q := newQuay(t)
	o := q.options(30)
	out := goOut(t, o, "all have checked in", q.all(30, checkedInOnce))
	if r := reportIn(t, out); r.Reporting != 30 || !r.add() {
		t.Errorf("at first %+v", r)
	}
	q.moveAll("A-2")
	q.loseAnswers(0.3)
	goOut(t, o, "all are in the other account", q.all(30, in("A-2")))
	q.loseAnswers(0)
	out = goOut(t, o, "all are still there", q.all(30, in("A-2")))
	if r := reportIn(t, out); r.Reporting != 30 || r.Moved != 30 || r.Lost+r.Doubled+r.Elsewhere != 0 || !r.add() {
		t.Errorf("in the end %+v", r)
	}
	for _, d := range stateOf(t, o.state).Agents {
		if d.AccountID != "A-2" || d.Next != nil {
			t.Errorf("it thinks %+v", d.standing)
		}
	}
}

func TestAMoveThatWasCalledOffLeavesTheAgentWhereItWas(t *testing.T) {
	q := newQuay(t)
	o := q.options(3)
	goOut(t, o, "all have checked in", q.all(3, checkedInOnce))
	book := reopen(t, o)
	for _, d := range book.Agents {
		s := book.look(d)
		s.Next = &promise{"mrg_agt_void", "A-2"}
		if err := book.put(d, s); err != nil {
			t.Fatal(err)
		}
	}
	book.close()
	was := q.saw().counted
	out := goOut(t, o, "they check in", func() bool { return q.saw().counted >= was+6 })
	if r := reportIn(t, out); r.Reporting != 3 || r.Moved != 0 || strings.Contains(out, "enrolled 3") {
		t.Errorf("%+v\n%s", r, out)
	}
}

func TestTokensAreRenewed(t *testing.T) {
	q := newQuay(t)
	o := q.options(5)
	goOut(t, o, "all have checked in", q.all(5, checkedInOnce))
	q.each(func(m *moored) { m.next, m.renewed = q.token(), false })
	out := goOut(t, o, "all have the new token", q.all(5, func(m *moored) bool { return m.renewed }))
	if r := reportIn(t, out); r.Reporting != 5 || r.Moved != 0 {
		t.Errorf("%+v\n%s", r, out)
	}
}

func TestAnAgentWhoseSeatIsTakenBackEnrolsAgainUnlessItIsNotTo(t *testing.T) {
	q := newQuay(t)
	o := q.options(4)
	goOut(t, o, "all have checked in", q.all(4, checkedInOnce))
	release := func() { q.each(func(m *moored) { m.released, m.last = true, 0 }) }

	release()
	out := goOut(t, o, "all are back and report", q.all(4, func(m *moored) bool { return !m.released && checkedInOnce(m) }))
	if r := reportIn(t, out); r.Reporting != 4 || r.Doubled+r.Lost != 0 {
		t.Errorf("back, %+v", r)
	}

	release()
	o.stayReleased = true
	var printed bytes.Buffer // it ends by itself: nobody is left
	if err := run(context.Background(), o, &printed, io.Discard); err != nil {
		t.Error(err)
	}
	if r := reportIn(t, printed.String()); r.Released != 4 || !r.add() {
		t.Errorf("staying away, %+v", r)
	}
}

// fleetAt starts the fleet as a process of its own.
func fleetAt(t *testing.T, q *quay, o options, out io.Writer, more ...string) *exec.Cmd {
	t.Helper()
	args := []string{"-portal", q.url, "-key", o.key, "-n", "40", "-every", "30ms", "-concurrency", "8", "-state", o.state}
	c := exec.Command(os.Args[0], append(args, more...)...)
	c.Env = append(os.Environ(), asCommand+"=1")
	c.Stdout, c.Stderr = out, os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() })
	return c
}

func TestAFleetThatIsKilledWhileItMovesLosesNobody(t *testing.T) {
	q := newQuay(t)
	q.loseAnswers(0.1)
	o := q.options(40)
	for round := range 20 { // it enrols for some, and then moves back and forth
		c := fleetAt(t, q, o, io.Discard, "-report", "json", "-duplicate", "20%", "-replay", "20%")
		time.Sleep(time.Duration(30+(37*round)%120) * time.Millisecond)
		if round >= 3 {
			q.moveAll([]string{"A-1", "A-2"}[round%2])
			time.Sleep(time.Duration((53*round)%90) * time.Millisecond)
		}
		_ = c.Process.Kill()
		_ = c.Wait()
	}
	q.loseAnswers(0)
	q.moveAll("A-3")

	var out bytes.Buffer
	c := fleetAt(t, q, o, &out, "-report", "json")
	eventually(t, "all are in the last account", q.all(40, in("A-3")))
	_ = c.Process.Signal(os.Interrupt)
	if err := c.Wait(); err != nil {
		t.Errorf("it ended with %v\n%s", err, &out)
	}
	if r := reportIn(t, out.String()); r.Agents != 40 || r.Reporting != 40 || r.Moved != 40 || !r.add() {
		t.Errorf("in the end %+v", r)
	}
	if n := strings.Count(out.String(), "\n"); n != 41 {
		t.Errorf("%d lines for 40 agents", n)
	}
}
