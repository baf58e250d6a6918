package demo

import (
	"time"

	"mooring/models"
)

// At is the world as it stands at a moment. Everything keeps its distance from now: dates and
// moments move by whole days of the customer's calendar, so that times of day stay, and check-ins
// keep their exact age. What happened earlier on the day of Now happened the day before, where it
// would otherwise lie ahead.
func At(now time.Time) World {
	w := base()
	if now.Equal(Now) {
		w.Hours = past(w.Hours, now)
		return w
	}
	now = now.UTC()
	s := shifts{now: now, of: map[string]shift{"": newShift(warsaw, now)}}
	w.Now = now
	for _, c := range w.Customers {
		s.of[c.ID] = newShift(c.TimeZone, now)
	}
	s.partners(&w)
	s.customers(&w)
	s.held(&w)
	s.carried(&w)
	s.hours(&w)
	for i := range w.Sightings {
		w.Sightings[i].SeenAt = now.Add(-Now.Sub(w.Sightings[i].SeenAt))
	}
	for i := range w.Events {
		e := &w.Events[i]
		sh := s.of[e.CustomerID]
		e.At = sh.moment(e.At)
		e.Detail.EndsOn, e.Detail.EndedOn = sh.date(e.Detail.EndsOn), sh.date(e.Detail.EndedOn)
	}
	inOrder(w.Events)
	return w
}

// shift moves what belongs to one calendar.
type shift struct {
	loc  *time.Location
	days int
	now  time.Time
}

func newShift(zoneName string, now time.Time) shift {
	loc := zone(zoneName)
	return shift{loc, models.DateOf(Now, loc).DaysUntil(models.DateOf(now, loc)), now}
}

func (s shift) moment(t time.Time) time.Time {
	moved := t.In(s.loc).AddDate(0, 0, s.days)
	if !t.After(Now) && moved.After(s.now) {
		moved = moved.AddDate(0, 0, -1)
	}
	return moved.UTC()
}

func (s shift) maybe(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	moved := s.moment(*t)
	return &moved
}

func (s shift) date(d models.Date) models.Date {
	if d == "" {
		return ""
	}
	return d.AddDays(s.days)
}

// subscription moves a term, and works out again what follows from its dates.
func (s shift) subscription(sub models.Subscription) models.Subscription {
	onDate := sub.StartsOn != "" && sub.StartsAt.Equal(sub.StartsOn.StartIn(s.loc))
	anchored := sub.StartsOn != "" && sub.AnchorDay == sub.StartsOn.Day()
	sub.StartsOn, sub.CreatedAt = s.date(sub.StartsOn), s.moment(sub.CreatedAt)
	sub.SuspendedAt, sub.CancelledAt, sub.ActivatedAt = s.maybe(sub.SuspendedAt), s.maybe(sub.CancelledAt), s.maybe(sub.ActivatedAt)
	sub.StartsAt = s.moment(sub.StartsAt)
	if onDate {
		sub.StartsAt = sub.StartsOn.StartIn(s.loc)
	}
	if sub.EndsOn == "" {
		return sub
	}
	sub = sub.Ending(s.date(sub.EndsOn), s.loc)
	sub.AnchorDay = sub.EndsOn.AddDays(1).Day()
	if anchored {
		sub.AnchorDay = sub.StartsOn.Day()
	}
	return sub
}

// shifts are the shifts of the customers by id, and that of the partners under no id.
type shifts struct {
	now time.Time
	of  map[string]shift
}

func (s shifts) partners(w *World) {
	sh := s.of[""]
	for i := range w.Partners {
		w.Partners[i].CreatedAt = sh.moment(w.Partners[i].CreatedAt)
	}
	for i := range w.Users {
		w.Users[i].CreatedAt = sh.moment(w.Users[i].CreatedAt)
	}
	for i := range w.Products {
		w.Products[i].CreatedAt = sh.moment(w.Products[i].CreatedAt)
	}
	for i := range w.Plans {
		p := &w.Plans[i]
		p.CreatedAt, p.RetiredAt, p.LockedAt = sh.moment(p.CreatedAt), sh.maybe(p.RetiredAt), sh.maybe(p.LockedAt)
	}
	for i := range w.Terms {
		w.Terms[i].CreatedAt = sh.moment(w.Terms[i].CreatedAt)
	}
}

func (s shifts) customers(w *World) {
	for i := range w.Customers {
		c := &w.Customers[i]
		c.CreatedAt, c.ArchivedAt = s.of[c.ID].moment(c.CreatedAt), s.of[c.ID].maybe(c.ArchivedAt)
	}
	for i := range w.Contacts {
		k := &w.Contacts[i]
		k.CreatedAt = s.of[k.CustomerID].moment(k.CreatedAt)
	}
	for i := range w.Proposals {
		p := &w.Proposals[i]
		sh := s.of[p.CustomerID]
		p.CreatedAt, p.ExpiresAt, p.UsedAt = sh.moment(p.CreatedAt), sh.moment(p.ExpiresAt), sh.maybe(p.UsedAt)
		p.Shown.At, p.Shown.EndsOn = sh.moment(p.Shown.At), sh.date(p.Shown.EndsOn)
	}
}

func (s shifts) held(w *World) {
	for i := range w.Accounts {
		a := &w.Accounts[i].Account
		sh := s.of[a.CustomerID]
		a.CreatedAt, a.ActivatedAt, a.ReplacedAt = sh.moment(a.CreatedAt), sh.maybe(a.ActivatedAt), sh.maybe(a.ReplacedAt)
		a.ClosedAt, a.PurgedAt = sh.maybe(a.ClosedAt), sh.maybe(a.PurgedAt)
	}
	for i := range w.Subscriptions {
		w.Subscriptions[i] = s.of[w.Subscriptions[i].CustomerID].subscription(w.Subscriptions[i])
	}
	for i := range w.Agents {
		g := &w.Agents[i]
		g.EnrolledAt = s.of[g.CustomerID].moment(g.EnrolledAt)
	}
}

func (s shifts) carried(w *World) {
	for i := range w.Carries {
		c := &w.Carries[i]
		sh := s.of[c.CustomerID]
		c.CreatedAt, c.DeadlineAt = sh.moment(c.CreatedAt), sh.moment(c.DeadlineAt)
	}
	for i := range w.Carried {
		k := &w.Carried[i]
		sh := s.of[k.CustomerID]
		k.ToldAt, k.MovedAt = sh.maybe(k.ToldAt), sh.maybe(k.MovedAt)
	}
}

// hours move with their account's calendar, as what happened to the account does.
func (s shifts) hours(w *World) {
	days := map[string]int{}
	for _, a := range w.Accounts {
		days[a.ID] = s.of[a.CustomerID].days
	}
	for i := range w.Hours {
		w.Hours[i].Hour += int64(24 * days[w.Hours[i].AccountID])
	}
	w.Hours = past(w.Hours, s.now)
}
