package floor

import (
	"bytes"
	"net/http"
	"strconv"
	"time"
)

const readAccount = `SELECT a.id, a.data_center, a.created_at, a.activated_at, a.sealed_key, c.id, c.name, c.time_zone,
	s.seats, s.starts_at, s.ends_on, s.ends_at, s.renews, s.suspended_at, s.cancelled_at, t.name, t.price_minor, t.features, t.policy, p.name, u.name
	FROM accounts a JOIN customers c ON c.id = a.customer_id JOIN products p ON p.id = a.product_id
	JOIN subscriptions s ON s.partner_id = a.partner_id AND s.account_id = a.id AND s.cancelled_at IS NULL
	JOIN plan_versions t ON t.plan_id = s.plan_id AND t.number = s.plan_number
	LEFT JOIN users u ON u.id = c.owner_id WHERE a.root_id = $1 AND a.partner_id = $2 AND a.id = $3`

const readAgents = `SELECT g.id, g.device_name, g.group_name, g.app_version, w.seen_at
	FROM agents g LEFT JOIN sightings w ON w.agent_id = g.id
	WHERE g.root_id = $1 AND g.partner_id = $2 AND g.account_id = $3 AND g.released_at IS NULL`

const readEvents = `SELECT kind, at, actor_name, detail FROM events
	WHERE root_id = $1 AND partner_id = $2 AND account_id = $3 AND account_id <> '' ORDER BY seq DESC LIMIT 20`

const readContacts = `SELECT name, email FROM contacts WHERE partner_id = $1 AND customer_id = $2 ORDER BY created_at LIMIT 50`

// account reads what the account page shows: the account, its agents, its history, its contacts.
func (s *server) account(r *http.Request, b *bytes.Buffer) error {
	q := r.URL.Query()
	root, partner, id := q.Get("root"), q.Get("partner"), r.PathValue("id")
	customer, err := s.head(r, b, root, partner, id)
	if err != nil {
		return err
	}
	if err := s.agents(r, b, root, partner, id); err != nil {
		return err
	}
	if err := s.events(r, b, root, partner, id); err != nil {
		return err
	}
	rows, err := s.pool.Query(r.Context(), readContacts, partner, customer)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name, email string
		if err := rows.Scan(&name, &email); err != nil {
			return err
		}
		cells(b, name, email)
	}
	b.WriteString("</table>")
	return rows.Err()
}

func (s *server) head(r *http.Request, b *bytes.Buffer, root, partner, id string) (customer string, err error) {
	var center, key, name, zone, endsOn, plan, features, policy, product string
	var owner *string
	var created, starts time.Time
	var activated, ends, suspended, cancelled *time.Time
	var seats, price int
	var renews bool
	err = s.pool.QueryRow(r.Context(), readAccount, root, partner, id).Scan(&id, &center, &created, &activated, &key, &customer, &name, &zone,
		&seats, &starts, &endsOn, &ends, &renews, &suspended, &cancelled, &plan, &price, &features, &policy, &product, &owner)
	if err != nil {
		return "", err
	}
	words(b, "<h1>%s</h1><p>%s, %s, %s, %s</p><dl>%d seats, %d, %s, %t, %s, %s</dl><table>", name, id, plan, product, center,
		seats, price, endsOn, renews, moment(&created), moment(activated))
	return customer, nil
}

func (s *server) agents(r *http.Request, b *bytes.Buffer, root, partner, id string) error {
	rows, err := s.pool.Query(r.Context(), readAgents, root, partner, id)
	if err != nil {
		return err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var agent, device, group, version string
		var seen *time.Time
		if err := rows.Scan(&agent, &device, &group, &version, &seen); err != nil {
			return err
		}
		n++
		cells(b, agent, device, group, version, moment(seen))
	}
	cells(b, strconv.Itoa(n))
	return rows.Err()
}

func (s *server) events(r *http.Request, b *bytes.Buffer, root, partner, id string) error {
	rows, err := s.pool.Query(r.Context(), readEvents, root, partner, id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var kind, actor, detail string
		var at time.Time
		if err := rows.Scan(&kind, &at, &actor, &detail); err != nil {
			return err
		}
		cells(b, kind, moment(&at), actor, detail)
	}
	return rows.Err()
}
