package floor

import (
	"bytes"
	"net/http"
	"strconv"
)

const countCustomers = `SELECT count(*) FROM (SELECT 1 FROM customers c
	WHERE c.root_id = $1 AND c.partner_id = $2 AND c.archived_at IS NULL LIMIT 1001) AS bounded`

const listCustomers = `SELECT c.id, c.name, c.city, c.external_ref, c.sort_key,
	coalesce((SELECT u.name FROM users u WHERE u.id = c.owner_id), '') AS owner,
	(SELECT count(*) FROM accounts a WHERE a.partner_id = c.partner_id AND a.customer_id = c.id AND a.closed_at IS NULL) AS accounts
	FROM customers c WHERE c.root_id = $1 AND c.partner_id = $2 AND c.archived_at IS NULL AND (c.sort_key, c.id) > ($3, $4)
	ORDER BY c.sort_key, c.id LIMIT 51`

// customers lists 51 customers of one partner behind a place, and counts them up to a thousand.
func (s *server) customers(r *http.Request, b *bytes.Buffer) error {
	q := r.URL.Query()
	root, partner := q.Get("root"), q.Get("partner")
	var count int
	if err := s.pool.QueryRow(r.Context(), countCustomers, root, partner).Scan(&count); err != nil {
		return err
	}
	words(b, "<h1>%d customers</h1><table>", count)
	rows, err := s.pool.Query(r.Context(), listCustomers, root, partner, q.Get("sort"), q.Get("id"))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, name, city, ref, key, owner string
		var accounts int
		if err := rows.Scan(&id, &name, &city, &ref, &key, &owner, &accounts); err != nil {
			return err
		}
		cells(b, id, name, city, strconv.Itoa(accounts), owner, ref)
	}
	b.WriteString("</table>")
	return rows.Err()
}
