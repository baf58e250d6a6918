package main

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"
)

// compared is which of the crowds CPU is compared at: 16 connections keep both cores busy.
const compared = 1

// report prints what was found, as Markdown.
func (b *bench) report(out io.Writer) {
	f := b.found
	fmt.Fprintf(out, "%d accounts with about ten agents each, filled in %s. %d cores, %s, %s, PostgreSQL %s, durable commits.\n\n",
		b.accounts, f.filled.Round(time.Second), runtime.NumCPU(), runtime.GOOS, runtime.Version(), f.postgres)
	fmt.Fprintln(out, "| page | CPU a request: portal + PostgreSQL | floor | times the floor | goal | statements | bytes |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|")
	for _, s := range f.subjects {
		fmt.Fprintln(out, s.cost())
	}
	fmt.Fprintln(out, "\n| page | connections | CPU | requests a second | p50 | p99 | floor: CPU | requests a second | p50 | p99 |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|")
	for _, s := range f.subjects {
		for i, o := range s.portal {
			fmt.Fprintf(out, "| %s | %d | %s |", s.name, o.connections, measures(o))
			if i < len(s.floor) {
				fmt.Fprintf(out, " %s |\n", measures(s.floor[i]))
			} else {
				fmt.Fprintln(out, " | | | |")
			}
		}
	}
	fmt.Fprintf(out, "\nMemory: %.0f MiB idle (goal 40), %.0f MiB after the load (goal 80). Cold start: %d ms (goal 300).\n",
		f.idle, f.busy, f.cold.Milliseconds())
	b.reportGrowth(out)
}

func (s finding) cost() string {
	p := s.portal[compared]
	cells := []string{s.name, fmt.Sprintf("%s (%s + %s)", micros(p.perRequest()), micros(p.each(p.cpu)), micros(p.each(p.database))), "", "", "", "", ""}
	if len(s.floor) > 0 {
		f := s.floor[compared]
		cells[2] = fmt.Sprintf("%s (%s + %s)", micros(f.perRequest()), micros(f.each(f.cpu)), micros(f.each(f.database)))
		cells[3] = fmt.Sprintf("%.2f", float64(p.perRequest())/float64(f.perRequest()))
	}
	if s.goal > 0 {
		cells[4] = fmt.Sprintf("%.1f", s.goal)
	}
	if s.statements > 0 {
		cells[5], cells[6] = fmt.Sprint(s.statements), fmt.Sprint(s.bytes)
	}
	return "| " + strings.Join(cells, " | ") + " |"
}

// reportGrowth says what the large list costs beside the small one, and the deep page beside the first.
func (b *bench) reportGrowth(out io.Writer) {
	cost := map[string]time.Duration{}
	for _, s := range b.found.subjects {
		cost[s.name] = s.portal[compared].perRequest()
	}
	first, deep := cost["customers, first page"], cost["customers, deep page"]
	fmt.Fprintf(out, "The deep page costs %.2f times the first.", float64(deep)/float64(first))
	if small := cost[fmt.Sprintf("customers, first page of %d accounts", b.small)]; small > 0 {
		fmt.Fprintf(out, " The list at %d accounts costs %.2f times the list at %d (goal 1.3).", b.accounts, float64(first)/float64(small), b.small)
	}
	fmt.Fprintln(out)
}

func (o outcome) each(d time.Duration) time.Duration { return d / time.Duration(max(1, o.requests)) }

func micros(d time.Duration) string { return fmt.Sprintf("%d µs", d.Microseconds()) }

func measures(o outcome) string {
	return fmt.Sprintf("%s | %.0f | %s | %s", micros(o.perRequest()), o.perSecond(), millis(o.p50), millis(o.p99))
}

func millis(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }
