// Package link knows the address of every page. Views and redirects ask here, and nobody else writes one
// down; only the routes do, and a test compares the two. Ids and keys are escaped.
package link

import (
	"net/url"
	"strconv"

	"mooring/models"
)

// Home is the dashboard: what needs attention today.
func Home() string { return "/" }

// SignIn is where one signs in; SignOut takes a POST only.
func SignIn() string { return "/sign-in" }

// SignOut ends the session.
func SignOut() string { return "/sign-out" }

// Customers is the list of customers.
func Customers() string { return "/customers" }

// NewCustomer asks for the facts of a new customer.
func NewCustomer() string { return "/customers/new" }

// Customer is the page of one customer.
func Customer(id string) string { return "/customers/" + url.PathEscape(id) }

// EditCustomer changes the facts of a customer.
func EditCustomer(id string) string { return Customer(id) + "/edit" }

// AssignPlan gives a customer a plan, and with it an account.
func AssignPlan(customer string) string { return Customer(customer) + "/plans/assign" }

// Accounts is the list of accounts.
func Accounts() string { return "/accounts" }

// Account is the page of one account.
func Account(id string) string { return "/accounts/" + url.PathEscape(id) }

// AccountAgents lists the agents of an account.
func AccountAgents(account string) string { return Account(account) + "/agents" }

// Enrolment has what a new agent of an account needs: the key, and the lines that install it.
func Enrolment(account string) string { return Account(account) + "/enrolment" }

// ShowKey shows the enrolment key to whoever asks; it takes a POST only.
func ShowKey(account string) string { return Enrolment(account) + "/showing" }

// RotateKey gives an account another enrolment key.
func RotateKey(account string) string { return Enrolment(account) + "/rotation" }

// EndKey ends an older enrolment key; it takes a POST only.
func EndKey(account string) string { return Enrolment(account) + "/ending" }

// AgentBuild is a file of the agents' software.
func AgentBuild(file string) string { return "/downloads/agents/" + url.PathEscape(file) }

// AccountSeats says how the seats of an account are used, and takes seats back.
func AccountSeats(account string) string { return Account(account) + "/seats" }

// ReleaseSeats shows what taking back the seats of these agents would do.
func ReleaseSeats(account string, agents ...string) string {
	return AccountSeats(account) + "?" + url.Values{"agent": agents, "release": {"chosen"}}.Encode()
}

// Agents is the list of agents.
func Agents() string { return "/agents" }

// Agent is the page of one agent.
func Agent(id string) string { return "/agents/" + url.PathEscape(id) }

// AccountCreated tells what was made when an account came to be.
func AccountCreated(account string) string { return Account(account) + "/created" }

// ModifyPlan changes what the plan of an account gives, and keeps the account.
func ModifyPlan(account string) string { return Account(account) + "/plan" }

// ModifyPlanWith is the same with the wish already filled in. An empty plan and no seats are left out.
func ModifyPlanWith(account, planKey string, seats int) string {
	q := url.Values{}
	if planKey != "" {
		q.Set("plan", planKey)
	}
	if seats > 0 {
		q.Set("seats", strconv.Itoa(seats))
	}
	if len(q) == 0 {
		return ModifyPlan(account)
	}
	return ModifyPlan(account) + "?" + q.Encode()
}

// Watch lists the accounts whose agents fell silent after a change.
func Watch() string { return "/watch" }

// Reassign shows what reassigning would mean, and asks for the plan.
func Reassign(account string) string { return Account(account) + "/reassign" }

// ReassignTo is the whole advisory for one plan.
func ReassignTo(account, planKey string) string {
	return Reassign(account) + "/" + url.PathEscape(planKey)
}

// Suspension suspends the plan of an account; Resumption resumes it.
func Suspension(account string) string { return Account(account) + "/suspension" }

// Resumption ends a suspension.
func Resumption(account string) string { return Account(account) + "/resumption" }

// Cancellation ends what is assigned to an account; Restoration takes that back.
func Cancellation(account string) string { return Account(account) + "/cancellation" }

// Restoration takes a cancellation back.
func Restoration(account string) string { return Account(account) + "/restoration" }

// CarryAgents carries agents of an account over to another one.
func CarryAgents(account string) string { return Account(account) + "/carry" }

// CarryChosen is the same with some agents already chosen.
func CarryChosen(account string, agents ...string) string {
	return CarryAgents(account) + "?" + url.Values{"agent": agents, "pick": {string(models.PickList)}}.Encode()
}

// CarryAgentsTo is the same with the other account already chosen.
func CarryAgentsTo(account, to string) string {
	return CarryAgents(account) + "?" + url.Values{"to": {to}}.Encode()
}

// UndoReassign puts an account back to where it was before it was reassigned.
func UndoReassign(account string) string { return Account(account) + "/undo" }

// Carry shows how far agents have come on their way to another account.
func Carry(id string) string { return "/carries/" + url.PathEscape(id) }

// CarryEvents tells the same as a stream, as long as somebody looks.
func CarryEvents(id string) string { return Carry(id) + "/events" }

// MissingAgents lists the agents of a carry that have not moved, behind one of them or from the first.
func MissingAgents(carry, after string) string {
	if after == "" {
		return Carry(carry) + "/missing"
	}
	return Carry(carry) + "/missing?" + url.Values{"after": {after}}.Encode()
}

// MissingFile is a file of the same agents.
func MissingFile(carry string) string { return Carry(carry) + "/missing.csv" }

// CallOffCarry leaves the agents of a carry that have not moved where they are.
func CallOffCarry(id string) string { return Carry(id) + "/cancellation" }

// RetryCarry gives them more time; it takes a POST only.
func RetryCarry(id string) string { return Carry(id) + "/retry" }

// ImportCustomers takes a file of customers.
func ImportCustomers() string { return "/imports/new" }

// ImportTemplate is a file with the columns of an import and no rows.
func ImportTemplate() string { return "/imports/template.csv" }

// Import shows what a file of customers would do, or did.
func Import(id string) string { return "/imports/" + url.PathEscape(id) }

// RefusedRows is a file of the rows that an import refuses.
func RefusedRows(importID string) string { return Import(importID) + "/refused.csv" }

// Plans is the catalogue.
func Plans() string { return "/plans" }

// NewPlan asks for a new plan of the catalogue.
func NewPlan() string { return "/plans/new" }

// Plan is the page of one plan of the catalogue.
func Plan(key string) string { return "/plans/" + url.PathEscape(key) }

// EditPlan changes a plan of the catalogue.
func EditPlan(key string) string { return Plan(key) + "/edit" }

// ClonePlan asks for a new plan that starts as another one is.
func ClonePlan(key string) string { return NewPlan() + "?" + url.Values{"clone": {key}}.Encode() }

// RetirePlan takes a plan off sale.
func RetirePlan(key string) string { return Plan(key) + "/retire" }

// RestorePlan brings a retired plan back.
func RestorePlan(key string) string { return Plan(key) + "/restore" }

// Gallery shows every component and page in every state worth seeing; in the demo only.
func Gallery() string { return "/gallery" }

// GalleryStates lists the same for programs.
func GalleryStates() string { return Gallery() + "/states.json" }

// GalleryGo signs in whoever a state of a page belongs to, and leads there.
func GalleryGo(state string) string { return Gallery() + "/go/" + url.PathEscape(state) }

// GalleryExample draws a state that no other address leads to.
func GalleryExample(state string) string { return Gallery() + "/example/" + url.PathEscape(state) }

// ReassignToWith is the same for a number of seats; none is left out.
func ReassignToWith(account, planKey string, seats int) string {
	if seats <= 0 {
		return ReassignTo(account, planKey)
	}
	return ReassignTo(account, planKey) + "?seats=" + strconv.Itoa(seats)
}

// Welcome is where a one-time link leads.
func Welcome(token string) string { return "/welcome/" + url.PathEscape(token) }

// NewCustomerOf asks for the facts of a new customer of one partner.
func NewCustomerOf(partner string) string {
	return NewCustomer() + "?" + url.Values{"partner": {partner}}.Encode()
}

// ArchiveCustomer puts a customer away.
func ArchiveCustomer(id string) string { return Customer(id) + "/archive" }

// RestoreCustomer brings a customer back from the archive; it takes a POST only.
func RestoreCustomer(id string) string { return Customer(id) + "/restore" }

// Orphans is the orphan radar: what it shows of one kind, or of the first of which there is any.
func Orphans(kind models.OrphanKind) string {
	if kind == "" {
		return "/agents/orphans"
	}
	return "/agents/orphans?" + url.Values{"kind": {string(kind)}}.Encode()
}

// OrphansAfter is the page of the radar behind a place.
func OrphansAfter(kind models.OrphanKind, place string) string {
	return "/agents/orphans?" + url.Values{"kind": {string(kind)}, "after": {place}}.Encode()
}

// OrphansBefore is the page of the radar before a place.
func OrphansBefore(kind models.OrphanKind, place string) string {
	return "/agents/orphans?" + url.Values{"before": {place}, "kind": {string(kind)}}.Encode()
}

// MergeAgents makes one agent of two of a device: of this one and another, or the one that enrolled first.
func MergeAgents(agent, other string) string {
	if other == "" {
		return Agent(agent) + "/merge"
	}
	return Agent(agent) + "/merge?" + url.Values{"other": {other}}.Encode()
}

// RetireAccount closes an empty second account and moves its plan to the one with agents.
func RetireAccount(account string) string { return Account(account) + "/retirement" }
