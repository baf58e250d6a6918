package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
)

func begin(t testing.TB, n int) (*ledger, options) {
	t.Helper()
	o := options{portal: "http://a.example", key: "k", n: n, state: filepath.Join(t.TempDir(), "agents.json")}
	return reopen(t, o), o
}

func reopen(t testing.TB, o options) *ledger {
	t.Helper()
	l, err := openLedger(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.close)
	return l
}

func put(t testing.TB, l *ledger, i int, token string) {
	t.Helper()
	s := l.look(l.Agents[i])
	s.Token = token
	if err := l.put(l.Agents[i], s); err != nil {
		t.Fatal(err)
	}
}

func tokens(l *ledger) (all []string) {
	for _, d := range l.Agents {
		all = append(all, d.Token)
	}
	return all
}

func TestAFileCutAnywhereHoldsWhatWasWaitedFor(t *testing.T) {
	l, o := begin(t, 3)
	ends := []int{l.whole + 1}
	want := [][]string{{"", "", ""}}
	for i, token := range []string{"a", "b", "c", "d", "e"} {
		put(t, l, i%3, token)
		ends, want = append(ends, l.whole+1+l.size), append(want, tokens(l))
	}
	l.close()
	text, err := os.ReadFile(o.state)
	if err != nil {
		t.Fatal(err)
	}
	for cut := ends[0]; cut <= len(text); cut++ {
		for _, rest := range []string{"", "\x00\x00\x00\x00"} { // as a file system may leave a page
			if err := os.WriteFile(o.state, append(bytes.Clone(text[:cut]), rest...), 0o600); err != nil {
				t.Fatal(err)
			}
			last := 0
			for last+1 < len(ends) && ends[last+1] <= cut {
				last++
			}
			if got := tokens(stateOf(t, o.state)); !reflect.DeepEqual(got, want[last]) {
				t.Fatalf("cut at %d of %d: %v, want %v", cut, len(text), got, want[last])
			}
		}
	}
	again := reopen(t, o)
	put(t, again, 0, "after a torn end")
	if got := tokens(stateOf(t, o.state)); got[0] != "after a torn end" {
		t.Errorf("then %v", got)
	}
}

func TestManyAgentsWaitForOneWriting(t *testing.T) {
	const n = 10_000
	l, o := begin(t, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { put(t, l, i, strconv.Itoa(i)) })
	}
	all.Wait()
	for i, token := range tokens(stateOf(t, o.state)) {
		if token != strconv.Itoa(i) {
			t.Fatalf("device %d has %q", i, token)
		}
	}
}

func TestTheFileStaysSmallAndPrivate(t *testing.T) {
	l, o := begin(t, 2)
	for i := range 1501 {
		if err := l.put(l.Agents[1], standing{Token: strings.Repeat("x", 1000), Reserved: int64(i)}); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.Stat(o.state)
	if err != nil || file.Size() > 3<<19 || file.Mode().Perm() != 0o600 {
		t.Errorf("%d bytes, mode %v, %v", file.Size(), file.Mode(), err)
	}
	if got := stateOf(t, o.state).Agents[1].Reserved; got != 1500 {
		t.Errorf("the last of many is %d", got)
	}
}

func TestWhatCannotBeWrittenDidNotHappen(t *testing.T) {
	l, o := begin(t, 1)
	put(t, l, 0, "kept")
	l.putDown()
	gone := filepath.Dir(o.state)
	if err := os.Rename(gone, gone+".away"); err != nil {
		t.Fatal(err)
	}
	if err := l.put(l.Agents[0], standing{Token: "not kept"}); err == nil || tokens(l)[0] != "kept" {
		t.Errorf("%v, and it has %v", err, tokens(l))
	}
	if err := os.Rename(gone+".away", gone); err != nil {
		t.Fatal(err)
	}
	put(t, l, 0, "kept again")
	if got := tokens(stateOf(t, o.state)); got[0] != "kept again" {
		t.Errorf("the file has %v", got)
	}
}

func TestAFileOfTheFirstFleetsIsRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "agents.json")
	const old = "{\n \"portal\": \"http://a.example\",\n \"key\": \"k\",\n \"agents\": [\n  {\n   \"device_id\": \"dev-12345678\",\n   \"name\": \"DESK-0001\",\n" +
		"   \"group\": \"Office\",\n   \"os\": \"Windows\",\n   \"version\": \"14.0.2\",\n   \"agent_id\": \"G-1\",\n   \"token\": \"t\",\n   \"reserved\": 120\n  }\n ]\n}"
	if err := os.WriteFile(file, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	l := reopen(t, options{portal: "http://a.example", n: 2, state: file})
	if sequence, err := l.next(l.Agents[0]); err != nil || sequence != 121 || l.Agents[0].Token != "t" || l.Agents[1].AgentID != "" {
		t.Errorf("%+v goes on with %d, %v", l.Agents[0], sequence, err)
	}
}

func TestAFleetThatEndedWellCountsOnWithoutAGap(t *testing.T) {
	l, o := begin(t, 1)
	for want := int64(1); want <= reserve+5; want++ {
		if got, err := l.next(l.Agents[0]); err != nil || got != want {
			t.Fatalf("%d, %v, want %d", got, err, want)
		}
		if kept := stateOf(t, o.state).Agents[0].Reserved; kept < want {
			t.Fatalf("%d is out and the file says %d", want, kept)
		}
	}
	if err := l.settle(); err != nil {
		t.Fatal(err)
	}
	l = reopen(t, o)
	if got, err := l.next(l.Agents[0]); err != nil || got != reserve+6 {
		t.Errorf("%d, %v", got, err)
	}
}
