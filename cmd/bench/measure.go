package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"
)

// subject is one thing that is measured: what the portal is asked for, and the floor for the same.
type subject struct {
	name   string
	on     *site
	portal ask
	floor  *ask
	goal   float64 // how many times the floor's CPU it may cost; 0 has no goal
}

// finding is what came out for one subject, by numbers of connections.
type finding struct {
	subject
	portal, floor []outcome
	bytes         int
	statements    int
}

type findings struct {
	subjects   []finding
	idle, busy float64 // MiB
	cold       time.Duration
	postgres   string
	filled     time.Duration
}

var crowds = []int{1, 16, 64}

func (b *bench) measure(ctx context.Context) error {
	b.found.cold, b.found.filled, b.found.idle = b.large.cold, b.large.filled, b.large.idle
	subjects, err := b.subjects(ctx)
	if err != nil {
		return err
	}
	for _, s := range subjects {
		fmt.Fprintf(os.Stderr, "%s\n", s.name)
		f, err := b.compare(ctx, s)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		b.found.subjects = append(b.found.subjects, f)
	}
	b.found.busy = b.large.portal.resident()
	return nil
}

func (b *bench) subjects(ctx context.Context) ([]subject, error) {
	l := b.large
	where := "root=P-F000&partner=" + l.partner
	all := []subject{{
		name: "customers, first page", on: l, goal: 2.5, portal: ask{requests: [][]byte{l.get("/customers")}, status: http.StatusOK},
		floor: &ask{requests: [][]byte{l.get("/customers?" + where)}, status: http.StatusOK},
	}, {
		name: "customers, deep page", on: l, goal: 2.5, portal: ask{requests: [][]byte{l.get("/customers?after=" + l.deep.key())}, status: http.StatusOK},
		floor: &ask{requests: [][]byte{l.get("/customers?" + where + "&" + url.Values{"sort": {l.deep.sort}, "id": {l.deep.id}}.Encode())}, status: http.StatusOK},
	}}
	account, floored := ask{status: http.StatusOK}, ask{status: http.StatusOK}
	for _, id := range l.ids {
		account.requests = append(account.requests, l.get("/accounts/"+id))
		floored.requests = append(floored.requests, l.get("/accounts/"+id+"?"+where))
	}
	all = append(all, subject{name: "account with ten agents", on: l, goal: 2.5, portal: account, floor: &floored})
	if b.smaller != nil {
		all = append(all, subject{
			name: fmt.Sprintf("customers, first page of %d accounts", b.small), on: b.smaller,
			portal: ask{requests: [][]byte{b.smaller.get("/customers")}, status: http.StatusOK},
		})
	}
	for _, path := range b.paths {
		all = append(all, subject{name: path, on: l, portal: b.asking(path)})
	}
	modify, err := b.modifications(ctx)
	if err != nil {
		return nil, err
	}
	least := ask{status: http.StatusSeeOther}
	for _, id := range l.ids[len(modify.requests):] { // others, for a change makes an open form old
		least.requests = append(least.requests, l.post("/accounts/"+id+"/plan?"+where, url.Values{"seats": {"120"}, "version": {"2"}}))
	}
	return append(all, subject{name: "modify a plan (write)", on: l, goal: 4, portal: modify, floor: &least}), nil
}

// asking is an address that somebody named, for one account after the other.
func (b *bench) asking(path string) ask {
	a := ask{status: http.StatusOK}
	for i, id := range b.large.ids {
		a.requests = append(a.requests, b.large.get(strings.NewReplacer("{account}", id, "{customer}", b.large.customers[i]).Replace(path)))
	}
	return a
}

var formVersion = regexp.MustCompile(`name="version" value="(\d+)"`)

// modifications opens the form of one account after the other; each is sent once.
func (b *bench) modifications(ctx context.Context) (ask, error) {
	a := ask{status: http.StatusSeeOther, once: true}
	for _, id := range b.large.ids[:min(len(b.large.ids)/2, 1000)] {
		path := "/accounts/" + id + "/plan"
		page, _, err := b.large.fetch(ctx, http.MethodGet, path, nil)
		if err != nil {
			return a, err
		}
		keys, version := formKey.FindAllStringSubmatch(page, -1), formVersion.FindStringSubmatch(page)
		if len(keys) == 0 || version == nil {
			return a, fmt.Errorf("%s has no form", path)
		}
		// The first form of a page is the one for signing out.
		a.requests = append(a.requests, b.large.post(path, url.Values{
			"_form": {keys[len(keys)-1][1]}, "version": {version[1]}, "seats": {"120"}, "term": {"keep"}, "renews": {"on"},
		}))
	}
	return a, nil
}

// compare loads portal and floor in turn, at each number of connections, after a load that nobody
// counts: connections learn their statements by and by.
func (b *bench) compare(ctx context.Context, s subject) (f finding, err error) {
	f.subject = s
	if f.statements, f.bytes, err = b.statements(ctx, s); err != nil {
		return f, err
	}
	for i, connections := range append([]int{20}, crowds...) {
		asked := s.portal
		if asked.once { // a quarter of the forms each time
			quarter := len(asked.requests) / 4
			asked.requests = asked.requests[i*quarter : (i+1)*quarter]
		}
		done, err := b.load(ctx, s.on.portal, asked, b.requests, connections)
		if err != nil {
			return f, err
		}
		f.portal = append(f.portal, done)
		if s.floor == nil {
			continue
		}
		if done, err = b.load(ctx, b.floor, *s.floor, done.requests, connections); err != nil {
			return f, err
		}
		f.floor = append(f.floor, done)
	}
	f.portal = f.portal[1:]
	if len(f.floor) > 0 {
		f.floor = f.floor[1:]
	}
	return f, nil
}
