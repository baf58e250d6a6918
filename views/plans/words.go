package plans

import (
	"mooring/models"
	"mooring/views/format"
	"mooring/views/ui"
)

var begins = map[models.Activation]struct{ short, long string }{
	models.FirstSignIn: {"First sign-in", "It activates by itself when the customer first signs in. The term counts from then."},
	models.OnDate:      {"On a date", "It activates at the start of a day that is chosen for each customer, in their time zone."},
	models.AtOnce:      {"When assigned", "It is active from the moment it is assigned."},
	models.ByCode:      {"By code", "It waits for an activation code."},
}

// standing says whether the viewer can assign the plan, and if not, why not.
func standing(r models.CatalogueRow) (ui.Tone, string) {
	switch r.Standing() {
	case models.OffSale:
		return ui.Off, "Retired, no longer sold"
	case models.OnHold:
		return ui.Wait, "Locked, not sold for now"
	case models.NotGranted:
		if !r.Plan.Shared() {
			return ui.Off, "Sold by " + r.Maker + " only"
		}
		return ui.Off, "Not granted to you"
	}
	return ui.OK, "On sale"
}

func stateOf(r models.CatalogueRow) string {
	switch r.Standing() {
	case models.OffSale:
		return "retired"
	case models.OnHold:
		return "locked"
	case models.NotGranted:
		return "not-granted"
	}
	return "live"
}

// accounts is "1 account", "14 accounts" or "1,000+ accounts".
func accounts(n int) string { return bounded(n, "account", "accounts") }

func bounded(n int, one, many string) string {
	return format.Bounded(min(n, models.CountBound), n > models.CountBound) + " " + format.Plural(n, one, many)
}

func months(t models.PlanTerms) string { return format.Count(t.TermMonths, "month", "months") }

func days(n int) string { return format.Count(n, "day", "days") }

// rules are the policy in words.
func rules(t models.PlanTerms) []string {
	p := t.Policy
	said := []string{"Reassigning asks for the typed account ID from " + format.Count(p.TypedIDFrom, "agent", "agents") + " on."}
	if p.ModifyOnly {
		said = []string{"It can be modified, never reassigned."}
	}
	if p.RefuseOverUse {
		said = append(said, "Agents above the seats are refused.")
	} else {
		said = append(said, "Agents above the seats are warned about.")
	}
	return append(said,
		"It is said to end soon "+days(p.EndingSoonDays)+" before its end.",
		"After the end everything works for "+days(p.GraceDays)+", then it is locked for "+days(p.LockedDays)+".",
	)
}

// mayBeSold says who sells the plan.
func mayBeSold(f models.PlanFile) string {
	switch {
	case !f.Plan.Shared():
		return "Only " + f.Maker
	case f.Resellers == 0:
		return "No reseller yet"
	}
	return bounded(f.Resellers, "reseller", "resellers")
}
