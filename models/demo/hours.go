package demo

import (
	"time"

	"mooring/models"
)

// SilentAccount is where seven of twelve agents fell silent when the plan was modified two days ago.
const SilentAccount = DatedAccount

// reported says how many agents of an account were seen in every hour, and how many from a moment on.
type reported struct {
	account       string
	before, since int
	from          string
}

func hours() []reported {
	return []reported{
		{SilentAccount, 11, 5, "2026-03-10 15:00"},
		// Agents that moved from the one to the other are not missed.
		{LeavingAccount, 41, 14, "2026-03-11 10:00"},
		{ArrivingAccount, 0, 27, "2026-03-11 10:00"},
	}
}

// count puts the hours into the world, from ten days ago on; those that lie ahead are for a world that
// stands later on its day.
func (b *builder) count(r reported) {
	from := models.HourOf(at(r.from))
	for h := models.HourOf(Now.Add(-10 * 24 * time.Hour)); h < models.HourOf(Now.Add(26*time.Hour)); h++ {
		n := r.before
		if h >= from {
			n = r.since
		}
		if n > 0 {
			b.world.Hours = append(b.world.Hours, models.HourCount{AccountID: r.account, Hour: h, Agents: n})
		}
	}
}

// past are the hours of a world that are over.
func past(hours []models.HourCount, now time.Time) (over []models.HourCount) {
	for _, h := range hours {
		if h.Hour < models.HourOf(now) {
			over = append(over, h)
		}
	}
	return over
}

// quieted are the agents of the silent account that have not been seen since the change.
func quieted() []device {
	return []device{
		{name: "MILL-01", group: "Mill", os: "Windows 11 24H2", version: "14.0.2", seen: "2026-03-10 15:04"},
		{name: "MILL-02", group: "Mill", os: "Windows 11 24H2", version: "14.0.2", seen: "2026-03-10 15:08"},
		{name: "MILL-03", group: "Mill", os: "Windows 11 24H2", version: "14.0.1", seen: "2026-03-10 14:57"},
		{name: "MILL-04", group: "Mill", os: "Windows 10 22H2", version: "13.4.9", seen: "2026-03-10 15:11"},
		{name: "YARD-01", group: "Yard", os: "Windows 11 23H2", version: "14.0.2", seen: "2026-03-10 15:02"},
		{name: "YARD-02", group: "Yard", os: "Windows 11 23H2", version: "14.0.2", seen: "2026-03-10 15:10"},
		{name: "SCALE", group: "Yard", os: "Windows 10 22H2", version: "13.4.9", seen: "2026-03-10 14:59"},
	}
}
