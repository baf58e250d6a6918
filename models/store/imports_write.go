package store

import (
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"mooring/models"
)

// HoldHistory holds the end of a partner's history, which every change of the partner's writes, so that
// two imports of one partner come one after the other and cannot both make the same customer.
func (t *Tx) HoldHistory(partnerID string) error {
	_, err := t.headOf(partnerID)
	return busy(err)
}

// Imported is what one row of an import writes, and why. Whatever is nil is not written.
type Imported struct {
	Created    *models.Customer
	Changed    *models.Customer
	NewContact *models.Contact
	Renamed    *models.Contact
	Opened     *Opened
	Events     []models.Event
}

// Opened is a new account with the hash of its enrolment key and what is assigned to it.
type Opened struct {
	Account      models.Account
	KeyHash      string
	Subscription models.Subscription
}

func (i Imported) silent() bool {
	writes := i.Created != nil || i.Changed != nil || i.NewContact != nil || i.Renamed != nil || i.Opened != nil
	return writes && len(i.Events) == 0
}

// AddImported stores a batch of rows in few statements. A row that changes something and does not say
// why is ErrNoEvent; ErrTaken says that somebody else stored one of them at the same moment.
func (t *Tx) AddImported(batch []Imported) error {
	if err := t.takeTime(); err != nil {
		return err
	}
	err := t.addImported(batch)
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return ErrTaken
	}
	return busy(err)
}

// takeTime lets the statements of this transaction run for a minute, as long as those of any other work
// that no page waits for: one of them may store hundreds of rows and write their lines in the lists.
func (t *Tx) takeTime() error {
	return t.set("statement_timeout", time.Minute)
}

// WaitAtMost bounds how long this transaction waits for each lock. SQLite has one writer, which waits for
// nobody.
func (t *Tx) WaitAtMost(patience time.Duration) error { return t.set("lock_timeout", patience) }

// set changes a limit of PostgreSQL for this transaction.
func (t *Tx) set(limit string, to time.Duration) error {
	if t.dialect != postgresDialect {
		return nil
	}
	_, err := t.db.Statement.ConnPool.ExecContext(t.db.Statement.Context, fmt.Sprintf("SET LOCAL %s = %d", limit, to.Milliseconds()))
	return err
}

// ErrBusy says that somebody else held a row for longer than the database waits. Trying again may do.
var ErrBusy = errors.New("store: somebody else is changing this")

// lockNotAvailable is PostgreSQL saying that somebody else held a row for too long.
const lockNotAvailable = "55P03"

func unlockable(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && e.Code == lockNotAvailable
}

func busy(err error) error {
	if unlockable(err) {
		return ErrBusy
	}
	return err
}

func (t *Tx) addImported(batch []Imported) error {
	var w importWriting
	for _, row := range batch {
		if row.silent() {
			return ErrNoEvent
		}
		if err := t.reviseImported(row); err != nil {
			return err
		}
		w.take(row, t.Now)
	}
	if err := w.write(t); err != nil {
		return err
	}
	return t.recordAll(w.events)
}

// importWriting gathers the new rows of a batch by table.
type importWriting struct {
	customers     []customerRow
	contacts      []contactRow
	accounts      []models.Account
	keys          []enrolmentKey
	subscriptions []models.Subscription
	events        []models.Event
}

func (w *importWriting) take(row Imported, now time.Time) {
	if row.Created != nil {
		w.customers = append(w.customers, *rowOf(*row.Created))
	}
	if row.NewContact != nil {
		w.contacts = append(w.contacts, *contactRowOf(*row.NewContact))
	}
	if o := row.Opened; o != nil {
		a := o.Account
		w.accounts = append(w.accounts, a)
		w.subscriptions = append(w.subscriptions, o.Subscription)
		w.keys = append(w.keys, enrolmentKey{
			Hash: o.KeyHash, RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID, CreatedAt: now,
		})
	}
	w.events = append(w.events, row.Events...)
}

func (w *importWriting) write(t *Tx) error {
	for _, rows := range []struct {
		many int
		all  any
	}{
		{len(w.customers), &w.customers},
		{len(w.contacts), &w.contacts},
		{len(w.accounts), &w.accounts},
		{len(w.keys), &w.keys},
		{len(w.subscriptions), &w.subscriptions},
	} {
		if rows.many == 0 {
			continue
		}
		if err := t.add(rows.all); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) reviseImported(row Imported) error {
	if row.Changed != nil {
		if err := t.reviseCustomer(*row.Changed); err != nil {
			return err
		}
	}
	if row.Renamed == nil {
		return nil
	}
	return matched(t.db.Model(&models.Contact{}).Where("id = ?", row.Renamed.ID).Select("name").Updates(row.Renamed))
}

func (t *Tx) reviseCustomer(c models.Customer) error {
	changed := rowOf(c)
	changed.Version++
	return matched(t.db.Model(&customerRow{}).Where("id = ? AND version = ?", c.ID, c.Version).
		Select("name", "address", "city", "region", "postal_code", "country", "time_zone", "external_ref", "note",
			"sort_key", "search_key", "plain_name", "version").Updates(changed))
}
