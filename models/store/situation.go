package store

import (
	"strings"

	"mooring/models"
)

// Situated is what the rules about another plan look at: an account with what it has, its agents, and
// the plan in question as it stands for the account's partner.
type Situated struct {
	Held
	Agents models.AgentCounts
	Target models.Offer
}

const (
	lockAccount = `SELECT a.id FROM accounts a WHERE {{wall.accounts a}} AND a.id = ? FOR UPDATE OF a`
	partnerOf   = `(SELECT o.partner_id FROM accounts o WHERE {{wall.accounts o}} AND o.id = ?)`
	planOf      = `(SELECT l.plan_id FROM subscriptions l WHERE {{wall l}} AND l.account_id = ?
		ORDER BY CASE WHEN l.cancelled_at IS NULL THEN 0 ELSE 1 END, l.created_at DESC, l.id LIMIT 1)`
)

var (
	offerOfPartner = `SELECT ` + offerColumns + strings.ReplaceAll(offerFrom, "= ?", "= "+partnerOf)
	targetByKey    = offerOfPartner + `AND n.key = ? LIMIT 2`
	targetAsIs     = offerOfPartner + `AND n.id = ` + planOf + ` LIMIT 1`
)

type lockedRow struct{ ID string }

// Situated reads the situation of an account. An empty plan key is the plan that is assigned.
func (v *View) Situated(accountID, planKey string) (Situated, error) {
	return v.situated(accountID, planKey)
}

// HoldSituated holds the account for this transaction and reads its situation as it is then.
func (t *Tx) HoldSituated(accountID, planKey string) (Situated, error) {
	var locked []lockedRow
	// Each statement sees what was there when it began, and the others begin when the lock was granted.
	return t.situated(accountID, planKey, ask{into: &locked, sql: lockAccount, args: []any{accountID}})
}

func (v *View) situated(accountID, planKey string, before ...ask) (s Situated, err error) {
	var held []Held
	var counts []models.AgentCounts
	var offers []offerRow
	target := ask{into: &offers, sql: targetAsIs, args: []any{accountID, accountID, accountID}}
	if planKey != "" {
		target = ask{into: &offers, sql: targetByKey, args: []any{accountID, accountID, planKey}}
	}
	if err := v.gather(append(before, ask{into: &held, sql: selectHeld, args: []any{accountID}}, v.askCounts(&counts, accountID), target)...); err != nil {
		return s, err
	}
	if len(held) == 0 || len(offers) == 0 || len(counts) == 0 {
		return s, models.Absent()
	}
	s.Held, s.Agents, s.Target = held[0], counted(counts[0]), models.Offer(offers[0])
	s.whole()
	return s, nil
}
