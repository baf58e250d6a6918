package demo

import (
	"fmt"
	"time"

	"mooring/models"
)

// fleet says how many agents an account has and in what condition; the rest are offline.
type fleet struct {
	total, online, quiet, never int
	idle                        int // how many of the quiet have been so for more than a month
	fresh                       int // how many of them enrolled this morning
	named                       []device
}

// device is one agent told by name.
type device struct {
	name, group, os, version string
	enrolled                 string
	seen                     string // empty for one of the online
	fingerprint              string // empty for a device that was never set up anew
}

// Seen is the last check-in of an agent.
type Seen = models.Sighting

// whole is a fleet that is online to the last agent.
func whole(n int) fleet { return fleet{total: n, online: n} }

// enrol puts the agents of an account into the world.
func (b *builder) enrol(a models.Account, f fleet) {
	for i := range f.total {
		d := f.device(i)
		g := models.Agent{
			ID:     fmt.Sprintf("G-%s%04d", digits(a.ID), i+1),
			RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID,
			DeviceID: fmt.Sprintf("device-%s-%d", digits(a.ID), i+1), Fingerprint: fmt.Sprintf("device-%s-%d", digits(a.ID), i+1), DeviceName: d.name,
			GroupName: d.group, OS: d.os, AppVersion: d.version,
			EnrolledAt: a.ActivatedAt.Add(time.Duration(7*(i+1)) * time.Minute),
		}
		if d.fingerprint != "" {
			g.Fingerprint = d.fingerprint
		}
		if d.enrolled != "" {
			g.EnrolledAt = at(d.enrolled)
		}
		b.world.Agents = append(b.world.Agents, g)
		if seen, ok := f.seen(i, d); ok {
			b.world.Sightings = append(b.world.Sightings, Seen{
				AgentID: g.ID, SeenAt: seen, Sequence: int64(seen.Sub(g.EnrolledAt)/(10*time.Minute)) + 1,
			})
		}
	}
}

// seen is when the agent of this number last checked in: the online ones come first, then the
// offline, the quiet and those that were never seen.
func (f fleet) seen(i int, d device) (time.Time, bool) {
	n := time.Duration(i)
	switch {
	case d.seen != "":
		return at(d.seen), true
	case i < f.online:
		return Now.Add(-(2 + n*7%31) * time.Minute), true
	case i < f.total-f.quiet-f.never:
		return Now.Add(-(26 + n*5%100) * time.Hour), true
	case i < f.total-f.never-f.idle:
		return Now.Add(-(8+n%20)*24*time.Hour - n*time.Minute), true
	case i < f.total-f.never:
		return Now.Add(-(33+n*7%50)*24*time.Hour - n*time.Minute), true
	}
	return time.Time{}, false
}

var (
	kinds = []device{
		{name: "DESK", group: "Office", os: "Windows 11 24H2"},
		{name: "LAPTOP", group: "Mobile", os: "Windows 11 23H2"},
		{name: "FRONT", group: "Front office", os: "Windows 10 22H2"},
		{name: "MAC", group: "Mobile", os: "macOS 15.3"},
		{name: "SRV", group: "Servers", os: "Windows Server 2022"},
	}
	versions = []string{"14.0.2", "14.0.2", "14.0.2", "14.0.1", "14.0.2", "13.4.9", "14.0.2"}
)

func (f fleet) device(i int) device {
	if i < len(f.named) {
		return f.named[i]
	}
	d := kinds[i%len(kinds)]
	d.name = fmt.Sprintf("%s-%03d", d.name, i+1)
	d.version = versions[i%len(versions)]
	if i < f.fresh {
		d.enrolled = "2026-03-12 08:58"
	}
	return d
}
