package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
)

// report is the fleet at its end: every agent, and the counts.
type report struct {
	verdicts []verdict
	counts   counts
}

// totals are the last line. Agents is the sum of reporting, moving, released, refused, unreachable,
// unenrolled, elsewhere, doubled and lost; enrolled, moved and replaced are parts of it, counted besides.
type totals struct {
	Agents      int `json:"agents"`
	Lost        int `json:"lost"`
	Doubled     int `json:"doubled"`
	Elsewhere   int `json:"elsewhere"`
	Reporting   int `json:"reporting"`
	Moving      int `json:"moving"`
	Released    int `json:"released"`
	Refused     int `json:"refused"`
	Unreachable int `json:"unreachable"`
	Unenrolled  int `json:"unenrolled"`

	Enrolled int `json:"enrolled"`
	Moved    int `json:"moved"`
	Replaced int `json:"replaced"`

	CheckedIn  int `json:"checked_in"` // in this run, as what follows
	Duplicated int `json:"duplicated"`
	Replayed   int `json:"replayed"`
	Failed     int `json:"failed"`
}

func (r report) totals() totals {
	t := totals{
		Agents: len(r.verdicts), CheckedIn: r.counts.checkedIn,
		Duplicated: r.counts.duplicated, Replayed: r.counts.replayed, Failed: r.counts.failed,
	}
	in := map[state]*int{
		lost: &t.Lost, doubled: &t.Doubled, elsewhere: &t.Elsewhere, reporting: &t.Reporting, moving: &t.Moving,
		released: &t.Released, refusedNow: &t.Refused, unreachable: &t.Unreachable, unenrolled: &t.Unenrolled,
	}
	for _, v := range r.verdicts {
		*in[v.State]++
		t.Enrolled += one(v.AgentID != "")
		t.Moved += one(v.moved)
		t.Replaced += one(v.ReplacedBy != "")
	}
	return t
}

func one(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

// holds says whether nobody was lost or doubled.
func (r report) holds() bool {
	t := r.totals()
	return t.Lost == 0 && t.Doubled == 0
}

func (r report) write(out io.Writer, form string) error {
	b := bufio.NewWriter(out)
	if form == reportJSON {
		if err := r.writeJSON(b); err != nil {
			return err
		}
		return b.Flush()
	}
	if err := r.writeTable(b); err != nil {
		return err
	}
	return b.Flush()
}

// writeJSON writes a line for each agent, and the totals last.
func (r report) writeJSON(out io.Writer) error {
	lines := json.NewEncoder(out)
	for _, v := range r.verdicts {
		if err := lines.Encode(v); err != nil {
			return err
		}
	}
	return lines.Encode(r.totals())
}

func (r report) writeTable(out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "DEVICE\tNAME\tAGENT\tTHINKS IT IS IN\tPORTAL SAYS\tSEQUENCE\tSTATE")
	for _, v := range r.verdicts {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%d\t%s\n", v.DeviceID, v.Name, or(v.AgentID), or(v.Thinks), or(v.Portal), v.Sequence, v.says())
	}
	if err := table.Flush(); err != nil {
		return err
	}
	t := r.totals()
	_, err := fmt.Fprintf(out, "\n%d agents = %d reporting + %d moving + %d released + %d refused + %d unreachable + %d unenrolled + %d elsewhere + %d doubled + %d lost\n",
		t.Agents, t.Reporting, t.Moving, t.Released, t.Refused, t.Unreachable, t.Unenrolled, t.Elsewhere, t.Doubled, t.Lost)
	if err == nil {
		_, err = fmt.Fprintf(out, "of them %d enrolled, %d moved, %d in accounts that were replaced\n", t.Enrolled, t.Moved, t.Replaced)
	}
	return err
}

func (v verdict) says() string {
	says := string(v.State)
	if v.Note != "" {
		says += " (" + v.Note + ")"
	}
	if v.ReplacedBy != "" {
		says += ", replaced by " + v.ReplacedBy
	}
	return says
}

func or(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
