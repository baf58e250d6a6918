package store

import (
	"errors"

	"mooring/models"
)

// ErrSettled says that the database already holds something.
var ErrSettled = errors.New("store: the database is not empty")

// Settled is a world with what only the portal can make: the hash that everybody's password has, the
// hashes of the enrolment keys by account, and of the agents' tokens by agent.
type Settled struct {
	models.World
	PasswordHash string
	KeyHashes    map[string]string
	TokenHashes  map[string]string
}

const settleStep = 200

// Settle fills an empty database with a world. Its history is recounted as it was.
func (t *Tx) Settle(w Settled) error {
	if n, err := t.CountUsers(); err != nil || n > 0 {
		return errors.Join(err, ErrSettled)
	}
	users := append([]models.User(nil), w.Users...)
	for i := range users {
		users[i].PasswordHash = w.PasswordHash
	}
	for i := range w.Grants {
		w.Grants[i].CreatedAt = w.Now
	}
	for _, err := range []error{
		inSteps(t, w.Partners), inSteps(t, users), inSteps(t, w.Products), inSteps(t, w.Plans), inSteps(t, w.Terms),
		inSteps(t, w.Grants), t.settleCustomers(w), t.settleContacts(w), inSteps(t, w.Proposals), t.settleAccounts(w),
		inSteps(t, w.Subscriptions), t.settleAgents(w), inSteps(t, w.Hours),
	} {
		if err != nil {
			return err
		}
	}
	for _, e := range w.Events {
		if err := t.chain([]models.Event{e}); err != nil {
			return err
		}
	}
	return nil
}

// inSteps stores rows a few hundred at a time, so that no statement grows out of bounds.
func inSteps[T any](t *Tx, rows []T) error {
	for len(rows) > 0 {
		step := rows[:min(len(rows), settleStep)]
		if err := t.db.Create(&step).Error; err != nil {
			return err
		}
		rows = rows[len(step):]
	}
	return nil
}

func (t *Tx) settleCustomers(w Settled) error {
	rows := make([]customerRow, len(w.Customers))
	for i, c := range w.Customers {
		rows[i] = *rowOf(c)
	}
	return inSteps(t, rows)
}

func (t *Tx) settleContacts(w Settled) error {
	rows := make([]contactRow, len(w.Contacts))
	for i, k := range w.Contacts {
		rows[i] = *contactRowOf(k)
	}
	return inSteps(t, rows)
}

func (t *Tx) settleAccounts(w Settled) error {
	accounts, keys := w.accountRows()
	for i := range accounts { // one by one: a successor has to be there before what it replaced
		if err := t.db.Create(&accounts[i]).Error; err != nil {
			return err
		}
	}
	return inSteps(t, keys)
}

func (w Settled) accountRows() ([]models.Account, []enrolmentKey) {
	accounts := make([]models.Account, len(w.Accounts))
	keys := make([]enrolmentKey, len(w.Accounts))
	for i, a := range w.Accounts {
		accounts[i] = a.Account
		keys[i] = enrolmentKey{
			Hash: w.KeyHashes[a.ID], RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID, CreatedAt: a.CreatedAt,
		}
	}
	return accounts, keys
}

func (t *Tx) settleAgents(w Settled) error {
	members, tokens := w.memberRows()
	if err := inSteps(t, agentRows(w.Agents)); err != nil {
		return err
	}
	if err := inSteps(t, members); err != nil {
		return err
	}
	for _, err := range []error{inSteps(t, tokens), inSteps(t, w.Carries), inSteps(t, w.Carried)} {
		if err != nil {
			return err
		}
	}
	return nil
}

func (w Settled) memberRows() ([]membership, []agentToken) {
	var members []membership
	var tokens []agentToken
	moves := map[string]models.CarriedAgent{}
	for _, k := range w.Carried {
		if k.MovedAt != nil {
			moves[k.AgentID] = k
		}
	}
	for _, a := range w.Agents {
		m := membership{
			AgentID: a.ID, Number: 1, RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.AccountID, JoinedAt: a.EnrolledAt,
		}
		if k, moved := moves[a.ID]; moved {
			before := m
			before.AccountID, before.LeftAt = k.AccountID, k.MovedAt
			m.Number, m.CarryID, m.JoinedAt = 2, &k.CarryID, *k.MovedAt
			members = append(members, before)
		}
		members = append(members, m)
		if hash := w.TokenHashes[a.ID]; hash != "" {
			tokens = append(tokens, agentToken{
				Hash: hash, RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.AccountID, AgentID: a.ID, CreatedAt: a.EnrolledAt,
			})
		}
	}
	return members, tokens
}
