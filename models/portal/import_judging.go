package portal

import (
	"fmt"
	"strings"
	"time"

	"mooring/models"
	"mooring/models/store"
)

// judgement is the verdict on a row with what it would write, not yet with ids.
type judgement struct {
	row     *importedRow
	verdict models.RowVerdict
	// customer is the row's customer as it will be; changed names the fields that differ. contact is
	// a further contact, renamed one with another name, opened what is assigned.
	customer models.Customer
	changed  []string
	contact  *models.Contact
	renamed  *models.Contact
	opened   *opening
	claims   []claim
}

// opening is a plan to be assigned on a new account.
type opening struct {
	offer        models.Offer
	subscription models.Subscription
}

func refuse(row *importedRow, why ...string) judgement {
	return judgement{row: row, verdict: models.RowVerdict{Row: row.ImportRow, Outcome: models.RowRefused, Why: why}}
}

// judge looks at a batch as things are now. It writes nothing, so that trying and doing are judged by
// the same code.
func (im *importing) judge(v *store.View, batch []*importedRow) ([]judgement, error) {
	k, err := im.know(v, batch)
	if err != nil {
		return nil, err
	}
	lines := map[string]int{} // customers that rows of this batch are for
	judged := make([]judgement, len(batch))
	for i, row := range batch {
		if len(row.refused) > 0 {
			judged[i] = refuse(row, row.refused...)
			continue
		}
		judged[i] = im.judgeRow(&k, row, lines, v.Now)
	}
	return judged, nil
}

func (im *importing) judgeRow(k *known, row *importedRow, lines map[string]int, now time.Time) judgement {
	found, refusal := im.match(k, row, lines)
	if refusal != "" {
		return refuse(row, refusal)
	}
	j := judgement{row: row, verdict: models.RowVerdict{Row: row.ImportRow, Outcome: models.RowUnchanged}}
	if found == nil {
		j.verdict.Outcome = models.RowCreated
		j.customer = row.Begun(im.partner, now)
		j.contact = newContact(row.ImportRow, j.customer, now)
	} else {
		j.compare(found, now)
	}
	if refusal := j.assign(k, found, now); refusal != nil {
		return refuse(row, refusal...)
	}
	return j
}

// match finds the customer that a row is for: nobody for a new one. No two rows may be for one.
func (im *importing) match(k *known, row *importedRow, lines map[string]int) (*knownCustomer, string) {
	found, refusal := matched(k, row.ImportRow)
	if found == nil || refusal != "" {
		return nil, refusal
	}
	line, taken := lines[found.ID]
	if !taken {
		line, taken = im.claims.at(customerClaim(found.ID))
	}
	switch {
	case taken:
		return nil, fmt.Sprintf("Line %d is for the same customer, %s.", line, found.ID)
	case row.TimeZone != "" && row.TimeZone != found.TimeZone:
		return nil, fmt.Sprintf("The time zone of %s is %s. End dates depend on it, so a file does not change it.", found.ID, found.TimeZone)
	case found.ArchivedAt != nil:
		return nil, fmt.Sprintf("%s (%s) is archived. Restore the customer first.", found.Name, found.ID)
	}
	lines[found.ID] = row.Line
	return found, ""
}

func matched(k *known, row models.ImportRow) (*knownCustomer, string) {
	if c := k.byRef[row.ExternalRef]; c != nil && row.ExternalRef != "" {
		return c, ""
	}
	found := k.named(row)
	switch {
	case len(found) == 0:
		return nil, ""
	case len(found) > 1:
		return nil, fmt.Sprintf("%s and %s both have this company and email. Enter an external_ref.", found[0].ID, found[1].ID)
	case row.ExternalRef != "" && found[0].ExternalRef != "":
		return nil, fmt.Sprintf("%s has this company and email, and the external_ref %s.", found[0].ID, found[0].ExternalRef)
	}
	return found[0], ""
}

// compare notes how a customer who is there differs from what the row wishes.
func (j *judgement) compare(found *knownCustomer, now time.Time) {
	row := j.row.ImportRow
	j.customer, j.changed = row.Applied(found.Customer)
	j.verdict.CustomerID = found.ID
	j.claims = append(j.claims, customerClaim(found.ID))
	if old := models.PlainName(found.Name); old != models.PlainName(j.customer.Name) {
		for _, c := range found.contacts { // or a later row would take the old name for a stranger's
			j.claims = append(j.claims, contactClaim(old, strings.ToLower(c.Email)))
		}
	}
	if have := found.contact(row.Email); row.Email != "" && have == nil {
		j.contact = newContact(row, j.customer, now)
	} else if have != nil && have.Name != row.ContactName() {
		renamed := *have
		renamed.Name = row.ContactName()
		j.renamed = &renamed
	}
	if j.contact != nil || j.renamed != nil {
		j.changed = append(j.changed, "contact")
	}
	if len(j.changed) > 0 {
		j.verdict.Outcome = models.RowChanged
	}
}

func newContact(row models.ImportRow, c models.Customer, now time.Time) *models.Contact {
	if row.Email == "" {
		return nil
	}
	return &models.Contact{
		RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.ID, Name: row.ContactName(), Email: row.Email, CreatedAt: now,
	}
}

// assign judges the row's plan. It says what speaks against it, or nothing.
func (j *judgement) assign(k *known, found *knownCustomer, now time.Time) []string {
	wish := j.row.Assignment
	if wish == nil {
		return nil
	}
	offer, refusal := k.offer(wish.PlanKey)
	if refusal != "" {
		return []string{refusal}
	}
	if found != nil {
		if held := found.inFamily(offer.Product.Family); held != nil {
			if done, refusal := j.beside(*held, offer, now); done || refusal != nil {
				return refusal
			}
		}
	}
	if refusal := models.NeedsCode(offer); refusal != "" {
		return []string{refusal}
	}
	s, err := models.Assigned(*wish, offer, j.customer, now)
	if err != nil {
		return sentences(err)
	}
	j.opened = &opening{offer, s}
	j.verdict.Opens = true
	if j.verdict.Outcome == models.RowUnchanged {
		j.verdict.Outcome = models.RowChanged
	}
	return nil
}

// beside judges the row's plan where the customer already has an account of the family. It is done if
// the account has all that the row asks for.
func (j *judgement) beside(held store.HeldInFamily, offer models.Offer, now time.Time) (done bool, refusal []string) {
	s := heldSituation(held, j.customer, offer, now)
	if s.Gives(*j.row.Assignment) {
		j.verdict.AccountID = held.Account.ID
		return true, nil
	}
	allowed, sentence := models.RuleOnSecondPlan(s)
	if !allowed {
		return false, []string{sentence}
	}
	j.verdict.Why = append(j.verdict.Why, sentence)
	return false, nil
}

func sentences(err error) (all []string) {
	p, ok := models.ProblemIn(err)
	if !ok || len(p.Fields) == 0 {
		return []string{err.Error()}
	}
	for _, f := range p.Fields {
		all = append(all, f.Message)
	}
	return all
}
