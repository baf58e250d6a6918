package link

import (
	"net/url"
	"strconv"

	"mooring/models"
)

// ModifyPlanTo changes what an account has, with everything of the wish filled in.
func ModifyPlanTo(account string, m models.Modification) string {
	q := url.Values{"seats": {strconv.Itoa(m.Seats)}, "term": {string(m.Term)}, "version": {strconv.Itoa(m.Version)}}
	for name, value := range map[string]string{"plan": m.PlanKey, "ends-on": string(m.EndsOn)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if m.Renews {
		q.Set("renews", "yes")
	}
	return ModifyPlan(account) + "?" + q.Encode()
}
