package portal

import (
	"mooring/models"
)

// made is what a new account needs and must not be made twice when its transaction is tried again.
type made struct {
	account      string
	subscription string
	sealed       string // the enrolment key
	keyHash      string
}

// makes prepares a new account with this id.
func (p *Portal) makes(account string) made {
	key := p.newEnrolmentKey()
	return made{account: account, subscription: p.ids.New(subscriptionID), sealed: p.keys.seal(key), keyHash: p.keys.index(key)}
}

// newEnrolmentKey is what agents present when they enrol: 25 characters in groups of five.
func (p *Portal) newEnrolmentKey() string {
	t := randomText(25)
	return "EK-" + t[:5] + "-" + t[5:10] + "-" + t[10:15] + "-" + t[15:20] + "-" + t[20:]
}

// generated is the account that an assignment makes, with the subscription on it. A plan that begins at
// once has activated it.
func (m made) generated(o models.Offer, s models.Subscription) (models.Account, models.Subscription) {
	s.ID, s.AccountID = m.subscription, m.account
	return models.Account{
		ID: m.account, RootID: s.RootID, PartnerID: s.PartnerID, CustomerID: s.CustomerID,
		ProductID: o.Product.ID, Family: o.Product.Family, DataCenter: o.Terms.DataCenter,
		SealedKey: m.sealed, CreatedAt: s.CreatedAt, ActivatedAt: s.ActivatedAt, Version: 1,
	}, s
}

// accountGenerated tells how an account began.
func accountGenerated(a models.Account, o models.Offer, s models.Subscription) models.Event {
	return onAccount(a, models.AccountCreated, models.Detail{Plan: o.Terms.Name, Seats: s.Seats, EndsOn: s.EndsOn})
}
