package models

// CustomerDesk is what the pages for adding and editing a customer show.
type CustomerDesk struct {
	Partner  Partner     // whose customer it is; zero while that is still to be chosen
	Partners []Partner   // to choose from, for whoever sees several
	Owners   []StaffUser // who may look after it
	Customer Customer    // as it is stored; zero for a new one
	Contacts []Contact
	Wish     CustomerWish
	Likely   []Likeness
	// Stored says where the wish differs from what somebody else stored in the meantime.
	Stored  []CustomerDifference
	Problem *Problem
}

// New reports whether the customer is yet to be made.
func (d CustomerDesk) New() bool { return d.Customer.ID == "" }

// ArchiveDesk is what the page for archiving a customer shows.
type ArchiveDesk struct {
	Customer Customer
	Open     []HeldPlan // accounts that stand in the way
}

// RuleOnArchiving says whether a customer may be put away: only without an account that agents may
// still report to.
func RuleOnArchiving(held []HeldPlan) (open []HeldPlan) {
	for _, h := range held {
		if h.Account.Open() {
			open = append(open, h)
		}
	}
	return open
}
