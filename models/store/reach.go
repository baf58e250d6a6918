package store

import (
	"slices"

	"gorm.io/gorm/schema"

	"mooring/models"
)

const (
	rootColumn     = "root_id"
	partnerColumn  = "partner_id"
	customerColumn = "customer_id"
	accountColumn  = "account_id"
	idColumn       = "id"
)

// ground is what the wall needs to know about a table.
type ground struct {
	table                            string
	root, partner, customer, account bool // has this column
}

func groundOf(s *schema.Schema) ground {
	has := func(column string) bool { return s.FieldsByDBName[column] != nil }
	return ground{
		table: s.Table, root: has(rootColumn), partner: has(partnerColumn),
		customer: has(customerColumn), account: has(accountColumn),
	}
}

// tenant reports whether rows of this table belong to somebody in a partner tree.
func (g ground) tenant() bool { return g.root }

// fence is one condition: the column holds one of the values. Without values nothing passes.
type fence struct {
	column string
	values []string
}

func only(column string, values ...string) fence {
	return fence{column, slices.DeleteFunc(values, func(v string) bool { return v == "" })}
}

// fences are all that keeps an actor's reading or writing of a table inside their reach.
// A table that is closed to the actor is ErrClosed.
func fences(who models.Actor, g ground, writing bool) ([]fence, error) {
	switch who.Reach {
	case models.ReachAll:
		return nil, nil
	case models.ReachDoor:
		return nil, closedUnless(doorTables[g.table])
	case models.ReachRoot, models.ReachPartner, models.ReachCustomers, models.ReachAccount:
	default:
		return nil, ErrNoActor
	}
	if !g.tenant() {
		return nil, closedUnless(ownTables[g.table])
	}
	root := only(rootColumn, who.RootID)
	if who.Reach == models.ReachRoot {
		return []fence{root}, nil
	}
	if g.table == partnersTable {
		return shared(who, root, idColumn, writing)
	}
	if !g.partner {
		return nil, ErrClosed
	}
	if writing && rootWritten[g.table] {
		return nil, ErrClosed
	}
	if catalogueTables[g.table] {
		return shared(who, root, partnerColumn, writing)
	}
	partner := []fence{root, only(partnerColumn, who.PartnerID)}
	if partnerTables[g.table] {
		return partner, nil
	}
	return narrow(who, g, partner)
}

// shared is what a partner reads of its distributor's beside its own, and writes only of its own.
func shared(who models.Actor, root fence, column string, writing bool) ([]fence, error) {
	if !writing {
		return []fence{root, only(column, who.PartnerID, who.RootID)}, nil
	}
	if who.Reach != models.ReachPartner {
		return nil, ErrClosed
	}
	return []fence{root, only(column, who.PartnerID)}, nil
}

// narrow keeps a customer's contact to their customers and an agent to its account.
func narrow(who models.Actor, g ground, partner []fence) ([]fence, error) {
	switch {
	case who.Reach == models.ReachPartner:
		return partner, nil
	case who.Reach == models.ReachCustomers && g.table == customersTable:
		return append(partner, only(idColumn, slices.Clone(who.CustomerIDs)...)), nil
	case who.Reach == models.ReachCustomers && g.customer:
		return append(partner, only(customerColumn, slices.Clone(who.CustomerIDs)...)), nil
	case who.Reach == models.ReachAccount && g.table == accountsTable:
		return append(partner, only(idColumn, who.AccountID)), nil
	case who.Reach == models.ReachAccount && g.account:
		return append(partner, only(accountColumn, who.AccountID)), nil
	}
	return nil, ErrClosed
}

func closedUnless(open bool) error {
	if open {
		return nil
	}
	return ErrClosed
}

// place is where a row belongs, as it says itself.
type place struct{ root, partner, customer, account, id string }

func (p place) at(column string) string {
	switch column {
	case rootColumn:
		return p.root
	case partnerColumn:
		return p.partner
	case customerColumn:
		return p.customer
	case accountColumn:
		return p.account
	}
	return p.id
}

// inside reports whether a row at this place would be found behind these fences.
func inside(p place, fs []fence) bool {
	for _, f := range fs {
		if !slices.Contains(f.values, p.at(f.column)) {
			return false
		}
	}
	return true
}

// sees is the tripwire's own judgement. It asks the actor and not the fences, so that a mistake in
// one of the two is found by the other.
func sees(who models.Actor, table string, p place) bool {
	if who.Reach == models.ReachAll || who.Reach == models.ReachDoor && doorTables[table] {
		return true
	}
	owner := p.partner
	if table == partnersTable {
		owner = p.id
	}
	if who.SeesPartner(p.root, owner) {
		return wide(table) || seesWithin(who, table, p)
	}
	return wide(table) && !partnerTables[table] && p.root != "" && p.root == who.RootID && owner == p.root
}

// wide tables are not narrowed to customers or accounts.
func wide(table string) bool {
	return catalogueTables[table] || partnerTables[table] || table == partnersTable
}

func seesWithin(who models.Actor, table string, p place) bool {
	customer, account := p.customer, p.account
	if table == customersTable {
		customer = p.id
	}
	if table == accountsTable {
		account = p.id
	}
	return who.SeesCustomer(customer) && (who.Reach != models.ReachAccount || account != "" && account == who.AccountID)
}
