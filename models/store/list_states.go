package store

import (
	"regexp"

	"mooring/models"
)

// instant is what stands for a moment in the conditions below: now, the end of the longest time in
// which anything ends soon, and the beginning of the longest in which anything is in grace or locked.
var instant = regexp.MustCompile(`:(now|soon|after)\b`)

const (
	uncancelled = "(l.cancelled_at IS NULL OR l.cancelled_at > :now)"
	running     = uncancelled + " AND l.ends_at > :now AND l.suspended_at IS NULL"
	// NOT keeps SQLite with the few lines that were never activated, away from the many that have not ended.
	waiting   = "l.activated_at IS NULL AND " + uncancelled + " AND NOT (l.ends_at <= :now) AND l.suspended_at IS NULL"
	justEnded = uncancelled + " AND l.ends_at <= :now AND l.ends_at > :after"
)

// stateConditions say of a line what Subscription.State says of a subscription. A test holds the two
// together.
var stateConditions = map[models.State]string{
	models.Scheduled:      "(" + waiting + " AND l.starts_at > :now)",
	models.AwaitingCode:   "(" + waiting + " AND l.starts_at <= :now AND l.activation = 'by code')",
	models.AwaitingSignIn: "(" + waiting + " AND l.starts_at <= :now AND l.activation NOT IN ('by code', 'on a date'))",
	models.Active: "(" + running + ` AND (l.activated_at IS NOT NULL AND l.soon_at > :now
		OR l.activated_at IS NULL AND l.starts_at <= :now AND l.activation = 'on a date'))`,
	models.EndingSoon: "(l.activated_at IS NOT NULL AND " + running + " AND l.soon_at <= :now AND l.ends_at <= :soon)",
	models.Grace:      "(" + justEnded + " AND l.suspended_at IS NULL AND l.grace_until > :now)",
	models.Locked:     "(" + justEnded + " AND l.grace_until <= :now AND l.locked_until > :now)",
	models.Ended:      "(" + uncancelled + " AND l.ends_at <= :now AND l.locked_until <= :now)",
	models.Suspended:  "(l.suspended_at IS NOT NULL AND " + uncancelled + " AND l.grace_until > :now)",
	models.Cancelled:  "(l.cancelled_at IS NOT NULL AND l.cancelled_at <= :now)",
}

var accountViews = map[string]string{
	"":                      "",
	models.ViewEndsSoon:     stateConditions[models.EndingSoon],
	models.ViewOverSeats:    "(l.in_use > l.seats AND l.closed_at IS NULL AND " + uncancelled + ")",
	models.ViewNotActivated: "(" + waiting + " AND (l.starts_at > :now OR l.activation <> 'on a date'))",
	models.ViewGrace: "(" + justEnded + ` AND l.locked_until > :now
		AND (l.suspended_at IS NULL OR l.grace_until <= :now))`,
	models.ViewSuspended: stateConditions[models.Suspended],
	models.ViewReplaced:  "(l.replaced_by_id IS NOT NULL AND l.in_use > 0)",
}

var customerViews = map[string]string{
	"":                        "l.archived_at IS NULL",
	models.ViewWithoutAccount: "(l.archived_at IS NULL AND l.accounts = 0)",
	models.ViewArchived:       "l.archived_at IS NOT NULL",
}
