package floor

import (
	"net/http"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

const changeSeats = `UPDATE subscriptions SET seats = seats + 1, version = version + 1
	WHERE root_id = $1 AND partner_id = $2 AND account_id = $3 AND cancelled_at IS NULL`

const addEvent = `INSERT INTO events (root_id, partner_id, customer_id, account_id, seq, kind, at, actor_id, actor_name, actor_role,
	door, request_id, proposal_id, detail, prev_hash, hash)
	VALUES ($1, 'floor', $2, $3, $4, 'plan.modified', $5, 'floor', 'The floor', 'none', 'page', '', '', $6, $7, $7)`

var seq atomic.Int64

// modify changes one row and adds one event, in one transaction.
func (s *server) modify(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	root, partner, id := q.Get("root"), q.Get("partner"), r.PathValue("id")
	err := r.ParseForm()
	if err == nil {
		err = pgx.BeginFunc(r.Context(), s.pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(r.Context(), changeSeats, root, partner, id); err != nil {
				return err
			}
			_, err := tx.Exec(r.Context(), addEvent, root, "", id, seq.Add(1), time.Now().UTC(),
				`{"Plan":"Endpoint Standard","Seats":12,"Before":11,"EndsOn":"2026-11-30"}`,
				"d2b0f1c3a4958677d2b0f1c3a4958677d2b0f1c3a4958677d2b0f1c3a4958677")
			return err
		})
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/accounts/"+id, http.StatusSeeOther)
}
