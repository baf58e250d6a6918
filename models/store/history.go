package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mooring/models"
)

// eventHead is the end of one partner's chain of events.
type eventHead struct {
	PartnerID string `gorm:"primaryKey"`
	RootID    string
	Seq       int64
	Hash      string
}

func (eventHead) TableName() string { return "event_heads" }

var selectEvents = `SELECT ` + bareColumns("e", models.Event{}, "prev_hash", "hash") + ` FROM events e WHERE {{wall e}} `

// HistoryShown is how many events of an account or a customer are read with it.
const HistoryShown = 20

var historyOfAccount = selectEvents + `AND e.account_id = ? AND e.account_id <> '' ORDER BY e.seq DESC LIMIT ` + strconv.Itoa(HistoryShown)

// HistoryOfAccount lists the last events of an account, the newest first, without their hashes.
func (v *View) HistoryOfAccount(id string) ([]models.Event, error) {
	var found []models.Event
	err := v.rows(&found, historyOfAccount, id)
	return found, err
}

// HistoryOfCustomer lists the last events of a customer and its accounts, the newest first, without
// their hashes.
func (v *View) HistoryOfCustomer(id string) ([]models.Event, error) {
	var found []models.Event
	err := v.rows(&found, selectEvents+`AND e.customer_id = ? AND e.customer_id <> '' ORDER BY e.seq DESC LIMIT `+strconv.Itoa(HistoryShown), id)
	return found, err
}

// Of says whose events are meant: those of an account, those of a customer, or all within reach.
type Of struct{ Account, Customer string }

// lookedBehind is how many events are looked at for those that are no batch of a carry. There may be as many
// batches as agents.
const lookedBehind = "2000"

// EventsBehind lists the events behind one, the newest first, up to a limit, without the batches of carries and
// without their hashes. It looks at so many.
func (v *View) EventsBehind(of Of, last models.Event, limit int) ([]models.Event, error) {
	order, condition, args := "seq", "AND e.seq < ?", []any{last.Seq}
	switch {
	case of.Account != "":
		condition, args = "AND e.account_id = ? AND e.account_id <> '' "+condition, []any{of.Account, last.Seq}
	case of.Customer != "":
		condition, args = "AND e.customer_id = ? AND e.customer_id <> '' "+condition, []any{of.Customer, last.Seq}
	case v.Who.Reach == models.ReachRoot, v.Who.Reach == models.ReachAll:
		order, condition, args = "id", "AND e.id < ?", []any{last.ID} // numbers of several partners have no order
	case v.Who.Reach == models.ReachCustomers:
		condition = "AND e.customer_id <> '' " + condition
	}
	var found []models.Event
	sql := `SELECT * FROM (` + selectEvents + condition + ` ORDER BY e.` + order + ` DESC LIMIT ` + lookedBehind + `) AS b
		WHERE b.kind <> 'agents.moved' ORDER BY b.` + order + ` DESC LIMIT ` + strconv.Itoa(limit)
	err := v.gather(ask{into: &found, sql: sql, args: args})
	return found, err
}

// CountLines counts the lines of history on an account, up to the bound of lists.
func (v *View) CountLines(accountID string) (int, error) {
	var n []int
	err := v.rows(&n, `SELECT count(*) FROM (SELECT 1 FROM events e
		WHERE {{wall e}} AND e.account_id = ? AND e.account_id <> '' LIMIT 1001) AS bounded`, accountID)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
}

// record writes an event behind the last one of its partner.
func (t *Tx) record(e models.Event) error {
	if err := t.recordAll([]models.Event{e}); err != nil {
		return fmt.Errorf("recording %s: %w", e.Kind, err)
	}
	return nil
}

// recordAll writes events of one partner behind the last one, in their order, as the actor's.
func (t *Tx) recordAll(events []models.Event) error {
	for i := range events {
		e := &events[i]
		e.ActorID, e.ActorName, e.ActorRole = t.Who.ID, t.Who.Name, t.Who.Role
		e.Door, e.RequestID, e.At = t.Who.Door, t.Who.RequestID, t.Now
	}
	return t.chain(events)
}

// chain writes events of one partner as they are. The end of the partner's history is held for this
// transaction, so that they have one order and no gaps.
func (t *Tx) chain(events []models.Event) error {
	if len(events) == 0 {
		return nil
	}
	partnerID := events[0].PartnerID
	head, err := t.headOf(partnerID)
	if err != nil {
		return err
	}
	next := eventHead{PartnerID: partnerID, RootID: events[0].RootID, Seq: head.Seq, Hash: head.Hash}
	if head.PartnerID == "" {
		next.Hash = genesis(partnerID)
	}
	for i := range events {
		e := &events[i]
		next.Seq++
		e.Seq, e.PrevHash = next.Seq, next.Hash
		e.Hash = eventHash(*e)
		next.Hash = e.Hash
	}
	if err := t.add(&events); err != nil {
		return err
	}
	if head.PartnerID == "" {
		return t.add(&next)
	}
	return t.db.Model(&eventHead{}).Where("partner_id = ? AND seq = ?", partnerID, head.Seq).Select("seq", "hash").Updates(&next).Error
}

// headOf is the end of a partner's history, held for this transaction; empty where there is none yet.
func (t *Tx) headOf(partnerID string) (eventHead, error) {
	var heads []eventHead
	err := t.db.Clauses(clause.Locking{Strength: "UPDATE"}).Where("partner_id = ?", partnerID).Limit(1).Find(&heads).Error
	if len(heads) == 0 {
		return eventHead{}, err
	}
	return heads[0], err
}

func genesis(partnerID string) string {
	sum := sha256.Sum256([]byte("\x00mooring-history-v1" + partnerID))
	return hex.EncodeToString(sum[:])
}

// eventHash chains an event to the one before it. Fields are written with their length, so that no
// two events share one spelling.
func eventHash(e models.Event) string {
	detail, _ := json.Marshal(e.Detail)
	var b strings.Builder
	b.WriteString("\x01")
	for _, f := range []string{
		e.PrevHash, e.RootID, e.PartnerID, e.CustomerID, e.AccountID, fmt.Sprint(e.Seq), string(e.Kind),
		e.At.UTC().Format(time.RFC3339Nano), e.ActorID, e.ActorName, string(e.ActorRole), e.Door, e.RequestID, e.ProposalID, string(detail),
	} {
		fmt.Fprintf(&b, "%d:%s", len(f), f)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

// saved is the end of every guarded update: it happened, and here is why.
func (t *Tx) saved(res *gorm.DB, e models.Event) error {
	if err := matched(res); err != nil {
		return err
	}
	return t.record(e)
}

// matched turns an update that hit no row into the answer that its version was old.
func matched(res *gorm.DB) error {
	if res.Error == nil && res.RowsAffected == 0 {
		return models.Moved("Somebody changed this first.")
	}
	return res.Error
}
