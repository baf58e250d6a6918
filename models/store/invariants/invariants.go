// Package invariants holds what must be true of the rows at any moment, as queries that find what is
// not. Tests ask after every step, and `portal doctor` asks in production.
package invariants

import (
	"context"
	"fmt"
	"time"

	"mooring/models"
	"mooring/models/store"
)

// Invariant is one thing that must be true.
type Invariant struct {
	ID   string
	Says string
	// broken selects one text for each row that breaks it. It carries the wall's mark like every
	// other statement; whoever asks sees everything.
	broken string
}

// Finding is a row that breaks an invariant.
type Finding struct {
	Invariant
	Row string
}

// maxFindings bounds what one invariant reports.
const maxFindings = 20

// Check asks all of them, in one picture.
func Check(ctx context.Context, db *store.DB, now time.Time) ([]Finding, error) {
	var found []Finding
	err := db.Look(ctx, models.Operator(), now, func(v *store.View) error {
		for _, i := range all {
			rows, err := v.Broken(i.broken)
			if err != nil {
				return fmt.Errorf("asking %s: %w", i.ID, err)
			}
			for _, r := range rows[:min(len(rows), maxFindings)] {
				found = append(found, Finding{i, r})
			}
		}
		chains, err := v.BrokenChains()
		for _, c := range chains {
			found = append(found, Finding{chain, c})
		}
		return err
	})
	return found, err
}

var chain = Invariant{ID: "history-chain", Says: "Every event follows the one before it, without gaps and unaltered"}

var all = []Invariant{
	{"one-account-per-agent", "Every agent belongs to one account: with a seat it has one open membership, there; once released it has none", `
		SELECT g.id FROM agents g WHERE {{wall g}} AND (
			(SELECT count(*) FROM memberships m WHERE m.agent_id = g.id AND m.left_at IS NULL AND m.account_id = g.account_id)
				<> CASE WHEN g.released_at IS NULL THEN 1 ELSE 0 END
			OR NOT EXISTS (SELECT 1 FROM memberships m WHERE m.agent_id = g.id AND m.account_id = g.account_id))`},
	{"sightings-with-their-agent", "The last check-in of every agent stands under the account on which it holds a seat", `
		SELECT g.id FROM agents g LEFT JOIN sightings w ON w.agent_id = g.id
		WHERE {{wall g}} AND (w.agent_id IS NULL OR w.account_id <> CASE WHEN g.released_at IS NULL THEN g.account_id ELSE '' END)`},
	{"agents-with-their-customer", "An agent's account belongs to the agent's customer", `
		SELECT g.id FROM agents g JOIN accounts a ON a.id = g.account_id
		WHERE {{wall g}} AND (a.customer_id <> g.customer_id OR a.partner_id <> g.partner_id)`},
	{"tenant-of-parent", "What hangs on an account carries its partner, tree and customer", `
		SELECT s.id FROM subscriptions s JOIN accounts a ON a.id = s.account_id
		WHERE {{wall s}} AND (s.partner_id <> a.partner_id OR s.root_id <> a.root_id OR s.customer_id <> a.customer_id)`},
	{"one-live-account", "A customer has one live account of a product family, unless somebody made a second on purpose", `
		SELECT min(a.id) FROM accounts a WHERE {{wall a}} AND a.closed_at IS NULL AND a.purged_at IS NULL AND a.proposal_id IS NULL
		GROUP BY a.customer_id, a.family HAVING count(*) > 1`},
	{"second-account-on-purpose", "A second account of a family came of a used proposal with a reason", `
		SELECT a.id FROM accounts a LEFT JOIN proposals p ON p.id = a.proposal_id
		WHERE {{wall a}} AND a.proposal_id IS NOT NULL AND (p.used_at IS NULL OR p.result_id <> a.id OR p.why = '')`},
	{"one-live-subscription", "An account has one live subscription", `
		SELECT s.account_id FROM subscriptions s WHERE {{wall s}} AND s.cancelled_at IS NULL GROUP BY s.account_id HAVING count(*) > 1`},
	{"account-with-subscription", "Every account has a subscription", `
		SELECT a.id FROM accounts a WHERE {{wall a}} AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.account_id = a.id)`},
	{"periods-apart", "Periods of one account do not overlap", `
		SELECT s.id FROM subscriptions s JOIN subscriptions o ON o.account_id = s.account_id AND o.id > s.id
		WHERE {{wall s}} AND s.starts_at < coalesce(o.cancelled_at, o.ends_at, o.starts_at)
			AND o.starts_at < coalesce(s.cancelled_at, s.ends_at, s.starts_at)`},
	{"one-successor", "A replaced account has one successor of the same customer, which names the proposal", `
		SELECT a.id FROM accounts a LEFT JOIN accounts n ON n.id = a.replaced_by_id
		WHERE {{wall a}} AND a.replaced_by_id IS NOT NULL AND (n.id IS NULL OR n.customer_id <> a.customer_id OR n.proposal_id IS NULL)`},
	{"no-loops", "Chains of accounts have no loop: a successor is younger than what it replaced", `
		SELECT a.id FROM accounts a JOIN accounts n ON n.id = a.replaced_by_id
		WHERE {{wall a}} AND n.created_at < a.created_at`},
	{"proposal-of-reassign", "Every executed reassign has one proposal that says so", `
		SELECT a.id FROM accounts a WHERE {{wall a}} AND a.replaced_by_id IS NOT NULL AND (
			SELECT count(*) FROM proposals p WHERE p.account_id = a.id AND p.used_at IS NOT NULL AND p.result_id = a.replaced_by_id) <> 1`},
	{"replaced-by-open", "No account is replaced by a closed one", `
		SELECT a.id FROM accounts a JOIN accounts n ON n.id = a.replaced_by_id WHERE {{wall a}} AND n.closed_at IS NOT NULL`},
	{"undone-closed", "What came of a reassign that was undone is closed and replaces nothing", `
		SELECT p.id FROM proposals p JOIN accounts n ON n.id = p.result_id JOIN accounts a ON a.id = p.account_id
		WHERE {{wall p}} AND p.undone_at IS NOT NULL AND (n.closed_at IS NULL OR a.replaced_by_id = n.id)`},
	{"carry-adds-up", "A carry has as many agents as its total says", `
		SELECT c.id FROM carries c WHERE {{wall c}} AND c.total <> (SELECT count(*) FROM carry_agents k WHERE k.carry_id = c.id)`},
	{"carried-from-there", "An agent that is on a way elsewhere is in the account that the way leads from, and not released", `
		SELECT k.agent_id FROM carry_agents k JOIN carries c ON c.id = k.carry_id LEFT JOIN agents g ON g.id = k.agent_id
		WHERE {{wall k}} AND k.moved_at IS NULL AND k.dropped_at IS NULL
			AND (g.id IS NULL OR g.account_id <> c.account_id OR g.released_at IS NOT NULL)`},
	{"carried-to-there", "An agent that a carry moved has a membership of that carry in the account it led to", `
		SELECT k.agent_id FROM carry_agents k JOIN carries c ON c.id = k.carry_id
		WHERE {{wall k}} AND k.moved_at IS NOT NULL AND NOT EXISTS (
			SELECT 1 FROM memberships m WHERE m.agent_id = k.agent_id AND m.carry_id = c.id AND m.account_id = c.to_account_id)`},
	{"no-way-into-a-closed-account", "No agent is on a way into an account that is closed", `
		SELECT k.agent_id FROM carry_agents k JOIN carries c ON c.id = k.carry_id JOIN accounts b ON b.id = c.to_account_id
		WHERE {{wall k}} AND k.moved_at IS NULL AND k.dropped_at IS NULL AND c.cancelled_at IS NULL AND b.closed_at IS NOT NULL`},
	{"one-way-at-a-time", "An agent is on one way elsewhere at a time", `
		SELECT k.agent_id FROM carry_agents k WHERE {{wall k}} AND k.moved_at IS NULL AND k.dropped_at IS NULL
		GROUP BY k.agent_id HAVING count(*) > 1`},
	{"seats-in-bounds", "Seats are 1 to 999,999", `
		SELECT s.id FROM subscriptions s WHERE {{wall s}} AND (s.seats < 1 OR s.seats > 999999)`},
	{"on-premise-by-report", "An on-premise product became active by a report on record, never in the portal", `
		SELECT s.id FROM subscriptions s JOIN accounts a ON a.id = s.account_id JOIN products p ON p.id = a.product_id
		WHERE {{wall s}} AND p.kind = 'on-premise' AND s.activated_at IS NOT NULL AND NOT EXISTS (
			SELECT 1 FROM events e WHERE e.account_id = a.id AND e.kind = 'plan.activated')`},
	{"enrolled-once-active", "Agents enrol only on accounts that were activated", `
		SELECT DISTINCT g.account_id FROM agents g JOIN accounts a ON a.id = g.account_id
		WHERE {{wall g}} AND a.activated_at IS NULL`},
	{"key-of-account", "Every open account has an enrolment key", `
		SELECT a.id FROM accounts a WHERE {{wall a}} AND a.closed_at IS NULL AND NOT EXISTS (
			SELECT 1 FROM enrolment_keys k WHERE k.account_id = a.id)`},
	{"one-current-key", "The current enrolment key of an account is the one without an end", `
		SELECT a.id FROM accounts a WHERE {{wall a}} AND (
			SELECT count(*) FROM enrolment_keys k WHERE k.account_id = a.id AND k.valid_until IS NULL) <> 1`},
	{"newest-on-sale", "The version of a plan on sale is its newest, and there is no gap before it", `
		SELECT n.id FROM plans n WHERE {{wall.catalogue n}} AND (n.current <> (SELECT max(t.number) FROM plan_versions t WHERE t.plan_id = n.id)
			OR n.current <> (SELECT count(*) FROM plan_versions t WHERE t.plan_id = n.id))`},
	{"granted-from-above", "Only a distributor's plans are granted, to its own resellers", `
		SELECT g.plan_id FROM plan_grants g JOIN plans n ON n.id = g.plan_id JOIN partners p ON p.id = g.partner_id
		WHERE {{wall.catalogue g}} AND (n.partner_id <> n.root_id OR p.root_id <> n.root_id OR p.kind <> 'reseller')`},
	{"account-in-history", "The history of every account says how it began", `
		SELECT a.id FROM accounts a WHERE {{wall a}} AND NOT EXISTS (
			SELECT 1 FROM events e WHERE e.partner_id = a.partner_id AND e.account_id = a.id AND e.kind = 'account.created')`},
	{"doubled-devices", "Every device with a seat in two accounts of a customer is on record as one, and no other", `
		SELECT min(g.id) FROM agents g WHERE {{wall g}} AND g.released_at IS NULL AND g.fingerprint <> ''
		GROUP BY g.partner_id, g.customer_id, g.fingerprint HAVING count(DISTINCT g.account_id) > 1 AND NOT EXISTS (
			SELECT 1 FROM doubled_devices d WHERE d.partner_id = g.partner_id AND d.customer_id = g.customer_id AND d.fingerprint = g.fingerprint)
		UNION ALL
		SELECT d.fingerprint FROM doubled_devices d WHERE {{wall.owned d}} AND (
			SELECT count(DISTINCT g.account_id) FROM agents g WHERE g.partner_id = d.partner_id AND g.customer_id = d.customer_id
			AND g.fingerprint = d.fingerprint AND g.released_at IS NULL) < 2`},
	{"lines-of-accounts", "The line of every account in lists says what the account is", `
		SELECT a.id FROM accounts a
		LEFT JOIN account_lines l ON l.account_id = a.id LEFT JOIN account_line_now n ON n.account_id = a.id
		WHERE {{wall a}} AND (l.id IS NULL OR l.sort_key <> n.sort_key OR l.owner_id <> n.owner_id OR l.plan_id <> n.plan_id
			OR l.plan_number <> n.plan_number OR l.seats <> n.seats OR l.starts_at <> n.starts_at OR l.ends_on <> n.ends_on
			OR l.ends_at <> n.ends_at OR l.soon_at <> n.soon_at OR l.grace_until <> n.grace_until OR l.locked_until <> n.locked_until
			OR l.activated_at IS DISTINCT FROM n.activated_at OR l.suspended_at IS DISTINCT FROM n.suspended_at
			OR l.cancelled_at IS DISTINCT FROM n.cancelled_at OR l.closed_at IS DISTINCT FROM n.closed_at
			OR l.replaced_by_id IS DISTINCT FROM n.replaced_by_id OR length(l.words) <> length(n.words)
			OR l.in_use <> (SELECT count(*) FROM agents g WHERE g.partner_id = a.partner_id AND g.account_id = a.id AND g.released_at IS NULL))`},
	{"lines-of-customers", "The line of every customer in lists says what the customer is", `
		SELECT c.id FROM customers c
		LEFT JOIN customer_lines l ON l.customer_id = c.id LEFT JOIN customer_line_now n ON n.customer_id = c.id
		WHERE {{wall.customers c}} AND (l.id IS NULL OR l.sort_key <> n.sort_key OR l.owner_id <> n.owner_id OR l.accounts <> n.accounts
			OR l.archived_at IS DISTINCT FROM n.archived_at OR length(l.words) <> length(n.words))`},
	{"lines-of-agents", "The line of every agent in lists says what the agent is, and only agents that hold a seat have one", `
		SELECT g.id FROM agents g LEFT JOIN agent_lines l ON l.agent_id = g.id
		WHERE {{wall g}} AND ((l.id IS NULL) = (g.released_at IS NULL) OR l.partner_id <> g.partner_id OR l.customer_id <> g.customer_id
			OR l.account_id <> g.account_id OR l.enrolled_at <> g.enrolled_at OR (g.sort_key <> '' AND l.sort_key <> g.sort_key)
			OR (g.search_key <> '' AND substr(l.words, length(l.words) - length(g.search_key) + 1) <> g.search_key))`},
}
