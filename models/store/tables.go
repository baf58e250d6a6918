package store

// The lists below say which tables are not simply a tenant's. A table with root_id and partner_id
// that stands in none of them belongs to its partner, and every change to it needs an event.

// catalogueTables hold what a distributor offers: its partners read those rows beside their own.
var catalogueTables = set("products", "plans", "plan_versions", "plan_grants")

// rootWritten are catalogue tables that only the distributor writes: their rows carry a reseller's id
// and are not the reseller's to make.
var rootWritten = set("plan_grants")

// doorTables are all that the doorkeeper can see: enough to say who is asking.
var doorTables = set("sessions", "users", "partners", "contacts", "throttles", "sign_in_links",
	"enrolment_keys", "agent_tokens")

// ownTables belong to no tenant and are open to everybody who works here.
var ownTables = set("forms", "installation")

// partnerTables are the portal's own records about one partner. Whoever belongs to the partner keeps
// them, however narrow their reach inside it.
var partnerTables = set("event_heads")

// eventless tables may change without an event: they hold no fact about a customer.
var eventless = set(proposalsTable, "sessions", "throttles", "forms", "sightings", "account_hours", "agent_tokens",
	"sign_in_links", "event_heads", "installation", "partners", importsTable)

// appendOnly tables are written once and never changed.
var appendOnly = set(eventsTable)

const (
	eventsTable    = "events"
	proposalsTable = "proposals"
	importsTable   = "imports"
	partnersTable  = "partners"
	customersTable = "customers"
	accountsTable  = "accounts"
)

func set(names ...string) map[string]bool {
	all := make(map[string]bool, len(names))
	for _, name := range names {
		all[name] = true
	}
	return all
}
