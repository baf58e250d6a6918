package models

import "slices"

// Reach is how far an actor sees into the partner tree.
type Reach string

const (
	// ReachRoot sees everything under one distributor.
	ReachRoot Reach = "distributor"
	// ReachPartner sees what one reseller owns.
	ReachPartner Reach = "reseller"
	// ReachCustomers sees the named customers of one partner.
	ReachCustomers Reach = "customer"
	// ReachAccount sees one account: the reach of an agent.
	ReachAccount Reach = "agent"
	// ReachDoor sees sessions, users and tokens and nothing else: enough to say who is asking.
	ReachDoor Reach = "doorkeeper"
	// ReachAll sees every tree of the installation. Only the portal's own work has it,
	// such as the clock, the doctor and the demo; no person and no token.
	ReachAll Reach = "installation"
)

// Actor is whoever asks the portal for something: a person, an agent, or the portal itself.
// Every piece of work names one; the wall inside the store keeps it to what the actor can see.
type Actor struct {
	// ID is a user's or agent's id, or the name of a part of the portal, such as "clock".
	ID   string
	Name string
	Role Role

	Reach       Reach
	RootID      string   // the distributor at the top of the actor's tree
	PartnerID   string   // the partner the actor belongs to; for a distributor, equal to RootID
	CustomerIDs []string // only with ReachCustomers
	AccountID   string   // only with ReachAccount

	// Door says how the actor came in: "page", "command", "agents" or "clock".
	Door string
	// RequestID joins the actor's work to one line of the log.
	RequestID string
}

// SeesPartner reports whether rows owned by this partner of this tree are within reach,
// leaving aside any narrowing to customers or to one account.
func (a Actor) SeesPartner(rootID, partnerID string) bool {
	switch a.Reach {
	case ReachAll:
		return true
	case ReachRoot:
		return rootID != "" && rootID == a.RootID
	case ReachPartner, ReachCustomers, ReachAccount:
		return rootID != "" && rootID == a.RootID && partnerID == a.PartnerID
	}
	return false
}

// SeesCustomer reports whether a row of this customer is within reach, given that its partner is.
func (a Actor) SeesCustomer(customerID string) bool {
	return a.Reach != ReachCustomers || slices.Contains(a.CustomerIDs, customerID)
}

// Doorkeeper is the actor who finds out who is asking.
func Doorkeeper(requestID string) Actor {
	return Actor{ID: "doorkeeper", Name: "the portal", Reach: ReachDoor, Door: "page", RequestID: requestID}
}

// Clock is the actor behind what the portal does by itself.
func Clock() Actor {
	return Actor{ID: "clock", Name: "the portal", Role: RolePortal, Reach: ReachAll, Door: "clock"}
}

// Operator is whoever runs commands on the machine itself, across every tree.
func Operator() Actor {
	return Actor{ID: "operator", Name: "the operator", Role: RolePortal, Reach: ReachAll, Door: "command"}
}
