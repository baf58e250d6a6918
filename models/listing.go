package models

import (
	"strings"
	"time"
)

// ListQuestion is how somebody looks at a list: which view of it, narrowed down to what, in which
// order, from where on. All of it stands in the address. What nothing is known of is empty.
type ListQuestion struct {
	View   string // a key of AccountViews or CustomerViews; "" is the first, which holds everything
	Search string // any part of a name, an account id or a contact's email address
	Plan   string // the key of a plan
	State  State
	Owner  string // the id of a member of staff
	// Presence and Customer narrow agents down; Customer is an id.
	Presence Presence
	Customer string
	Sort     Sort
	After    string // the key of the row that the page follows
	Before   string // the key of the row that the page precedes
}

// Narrowed reports whether anything but the view says which rows there are.
func (q ListQuestion) Narrowed() bool {
	return q.Search != "" || q.Plan != "" || q.State != "" || q.Owner != "" || q.Presence != "" || q.Customer != ""
}

// Sort is the order of a list: what by, and a minus in front if backwards.
type Sort string

const (
	ByName     Sort = "name"
	ByEnd      Sort = "ends" // accounts only; those without an end come last
	ByCreated  Sort = "created"
	ByEnrolled Sort = "enrolled" // agents only
	BySeen     Sort = "seen"     // agents only, and only a few thousand; the never seen come first
)

// By is the order without its direction.
func (s Sort) By() Sort { return Sort(strings.TrimPrefix(string(s), "-")) }

// Backwards reports whether the last come first.
func (s Sort) Backwards() bool { return strings.HasPrefix(string(s), "-") }

// Reversed is the same order, the other way round.
func (s Sort) Reversed() Sort {
	if s.Backwards() {
		return s.By()
	}
	return "-" + s
}

// ListView is one saved view of a list, and how many rows it holds, up to CountBound; one more says
// that there are more.
type ListView struct {
	Key   string
	Label string
	Count int
}

// The keys of views.
const (
	ViewEndsSoon       = "ends-soon"
	ViewOverSeats      = "over-seats"
	ViewNotActivated   = "not-activated"
	ViewGrace          = "grace"
	ViewSuspended      = "suspended"
	ViewReplaced       = "replaced"
	ViewWithoutAccount = "without-account"
	ViewArchived       = "archived"
	ViewReleased       = "released"
)

// AccountViews are the saved views of the accounts.
func AccountViews() []ListView {
	return []ListView{
		{Key: "", Label: "All"},
		{Key: ViewEndsSoon, Label: "Ends soon"},
		{Key: ViewOverSeats, Label: "Over seats"},
		{Key: ViewNotActivated, Label: "Not activated"},
		{Key: ViewGrace, Label: "In grace or locked"},
		{Key: ViewSuspended, Label: "Suspended"},
		{Key: ViewReplaced, Label: "Replaced with agents"},
	}
}

// CustomerViews are the saved views of the customers. Archived customers are in the last one only.
func CustomerViews() []ListView {
	return []ListView{
		{Key: "", Label: "All"},
		{Key: ViewWithoutAccount, Label: "Without an account"},
		{Key: ViewArchived, Label: "Archived"},
	}
}

// AgentViews are the saved views of agents. Those that were released are in the last one only.
func AgentViews(seated, released int) []ListView {
	return []ListView{
		{Key: "", Label: "With a seat", Count: seated},
		{Key: ViewReleased, Label: "Released", Count: released},
	}
}

// States lists every state in the order of a subscription's life.
func States() []State {
	return []State{Scheduled, AwaitingSignIn, AwaitingCode, Active, EndingSoon, Grace, Locked, Ended, Suspended, Cancelled}
}

// Choice is one value a list can be narrowed down to.
type Choice struct {
	Value string
	Label string
}

// Key is the state as addresses write it: "ending-soon".
func (s State) Key() string { return strings.ReplaceAll(string(s), " ", "-") }

// StateOf is the state that an address names; empty if it names none.
func StateOf(key string) State {
	for _, s := range States() {
		if s.Key() == key {
			return s
		}
	}
	return ""
}

// ListFrame is what stands around the rows of a list: how it was looked at as far as that was
// understood, what else it can be narrowed down to, and where its neighbours are.
type ListFrame struct {
	AsOf     time.Time
	Asked    ListQuestion
	Views    []ListView
	Plans    []Choice
	Owners   []Choice
	Count    int // of the rows that fit, up to CountBound; more is said as "1,000+"
	Previous string
	Next     string
	// Beyond says that more rows than Count may fit: nobody has looked at all of them.
	Beyond bool
	// Looked is how many rows the page was looked for among, if it was not filled and there are further
	// ones to look at.
	Looked int
	// Opened is what the names of rows begin with where the list was opened, instead of at its beginning;
	// what stands before is found by going back.
	Opened string
}

// AccountRow is one line of the list of accounts. Of the subscription and its terms it knows what
// the line shows and what its state follows from.
type AccountRow struct {
	ID           string
	CustomerID   string
	Customer     string
	Owner        string
	SortKey      string
	InUse        int // agents that take a seat
	CreatedAt    time.Time
	ReplacedByID *string
	Subscription Subscription
	Terms        PlanTerms
}

// State of the account's subscription.
func (r AccountRow) State(now time.Time) State { return r.Subscription.State(r.Terms, now) }

// AccountsPage is one page of the accounts.
type AccountsPage struct {
	ListFrame
	Rows []AccountRow
}

// CustomerRow is one line of the customers list: a customer with the number of its open accounts.
type CustomerRow struct {
	ID          string
	Name        string
	City        string
	ExternalRef string
	Owner       string
	SortKey     string
	CreatedAt   time.Time
	ArchivedAt  *time.Time
	Accounts    int
}

// CustomersPage is one page of the customers.
type CustomersPage struct {
	ListFrame
	Rows    []CustomerRow
	Adds    bool // whether the actor may add a customer
	Imports bool // whether the reader may bring customers in from a file
}

// CountBound is how far a list counts what it holds.
const CountBound = 1000
