package demo

import "mooring/models"

// company is a customer with what it has, as the lists of the demo tell it.
type company struct {
	id, name      string
	city, country string
	zone          string // Warsaw if empty
	owner         string // of the partner's staff
	contact       string
	email         string
	login         string // the contact's user, if the contact signs in
	ref, note     string
	since         string // the day before its first account if empty
	archived      string
	address       [3]string // street, region, postal code
	holds         []held
}

// held is one account of a company and its one subscription.
type held struct {
	id      string
	plan    string // its key
	version int    // of the plan; 0 is the one on sale
	seats   int
	fleet   fleet
	maker   string // a user; the owner of the customer if empty
	made    string // the day before it begins if empty
	begins  models.Date
	begun   string // when it activated; empty is not yet
	ends    models.Date
	lapses  bool // does not renew
	// seats at first, and when that changed
	before                               int
	raised                               string
	suspended, cancelled, closed, purged string
	replaces                             *proposed
	why                                  string // of a suspension or a cancellation
	events                               []models.Event
}

// add puts companies of a partner into the world.
func (b *builder) add(root, partner string, companies ...company) {
	for _, c := range companies {
		b.addCompany(root, partner, c)
	}
}

func (b *builder) addCompany(root, partner string, c company) {
	if c.zone == "" {
		c.zone = warsaw
	}
	if c.since == "" {
		made := c.holds[0].madeAt()
		c.since = made.AddDate(0, 0, -1).In(zone(warsaw)).Format("2006-01-02 15:04")
	}
	row := models.Customer{
		ID: c.id, RootID: root, PartnerID: partner, OwnerID: c.owner, Name: c.name,
		Address: c.address[0], City: c.city, Region: c.address[1], PostalCode: c.address[2], Country: c.country,
		TimeZone: c.zone, Currency: "EUR", ExternalRef: c.ref, Note: c.note,
		CreatedAt: at(c.since), ArchivedAt: maybe(c.archived), Version: 1,
	}
	maker := b.staff(c.owner, partner)
	b.tell(maker, models.Event{CustomerID: c.id, Kind: models.CustomerCreated, At: row.CreatedAt, Detail: models.Detail{Name: c.name}})
	if row.ArchivedAt != nil {
		row.Version++
		b.tell(maker, models.Event{CustomerID: c.id, Kind: models.CustomerArchived, At: *row.ArchivedAt, Detail: models.Detail{Name: c.name}})
	}
	b.world.Customers = append(b.world.Customers, row)
	b.addContact(row, c)
	for _, h := range c.holds {
		b.addHeld(row, h)
	}
}

func (b *builder) addContact(row models.Customer, c company) {
	k := models.Contact{
		ID: "K-" + digits(row.ID), RootID: row.RootID, PartnerID: row.PartnerID, CustomerID: row.ID,
		Name: c.contact, Email: c.email, CreatedAt: row.CreatedAt,
	}
	if c.login != "" {
		k.UserID = &c.login
	}
	b.contacts[row.ID] = k
	b.world.Contacts = append(b.world.Contacts, k)
}
