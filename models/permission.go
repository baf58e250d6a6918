package models

import "slices"

// Role is what a person does for their company, or what kind of caller this is.
type Role string

const (
	RoleAdmin          Role = "admin"
	RoleAccountManager Role = "account manager"
	RoleLicenceManager Role = "licence manager"
	RoleSupport        Role = "support"
	RoleBilling        Role = "billing"
	RoleAuditor        Role = "auditor"
	// RoleContact is a customer's own contact: sees their own company, changes nothing.
	RoleContact Role = "contact"
	// RoleAgent is the software on a device.
	RoleAgent Role = "agent"
	// RolePortal is the portal itself and whoever operates it.
	RolePortal Role = "portal"
)

// StaffRoles lists the roles of partner staff in the order people read them.
var StaffRoles = []Role{RoleAdmin, RoleAccountManager, RoleLicenceManager, RoleSupport, RoleBilling, RoleAuditor}

// Permission is one thing an actor may be allowed to do.
type Permission string

const (
	SeeCustomers    Permission = "see customers and accounts"
	EditCustomers   Permission = "add and edit customers"
	ImportCustomers Permission = "import customers"
	AssignPlans     Permission = "assign a first plan"
	ModifyPlans     Permission = "modify plans"
	ReassignPlans   Permission = "reassign plans"
	SuspendPlans    Permission = "suspend and resume plans"
	CancelPlans     Permission = "cancel and end plans"
	CarryAgents     Permission = "carry agents over"
	MergeAgents     Permission = "merge agents"
	ReleaseSeats    Permission = "release seats"
	RetireAccounts  Permission = "retire empty accounts"
	SeePlans        Permission = "see the plans on sale"
	EditPlans       Permission = "create and edit plans"
	SeeMoney        Permission = "see prices"
	SeeEnrolmentKey Permission = "see enrolment keys"
	RotateKeys      Permission = "rotate enrolment keys"
	ReportAgents    Permission = "report as an agent"
	RunPortal       Permission = "run the portal"
)

// allowed is the one table of who may do what. Pages, commands and tests read it.
var allowed = map[Permission][]Role{
	SeeCustomers:    {RoleAdmin, RoleAccountManager, RoleLicenceManager, RoleSupport, RoleBilling, RoleAuditor, RoleContact},
	EditCustomers:   {RoleAdmin, RoleAccountManager},
	ImportCustomers: {RoleAdmin, RoleAccountManager},
	AssignPlans:     {RoleAdmin, RoleAccountManager, RoleLicenceManager},
	ModifyPlans:     {RoleAdmin, RoleAccountManager, RoleLicenceManager},
	ReassignPlans:   {RoleAdmin, RoleLicenceManager},
	SuspendPlans:    {RoleAdmin, RoleAccountManager, RoleLicenceManager, RoleBilling},
	CancelPlans:     {RoleAdmin, RoleLicenceManager},
	CarryAgents:     {RoleAdmin, RoleAccountManager, RoleLicenceManager},
	MergeAgents:     {RoleAdmin, RoleAccountManager, RoleLicenceManager},
	ReleaseSeats:    {RoleAdmin, RoleAccountManager, RoleLicenceManager, RoleSupport},
	RetireAccounts:  {RoleAdmin, RoleLicenceManager},
	SeePlans:        {RoleAdmin, RoleAccountManager, RoleLicenceManager, RoleSupport, RoleBilling, RoleAuditor},
	EditPlans:       {RoleAdmin},
	SeeMoney:        {RoleAdmin, RoleAccountManager, RoleLicenceManager, RoleBilling, RoleAuditor},
	SeeEnrolmentKey: {RoleAdmin, RoleAccountManager, RoleLicenceManager, RoleSupport},
	RotateKeys:      {RoleAdmin, RoleAccountManager, RoleLicenceManager},
	ReportAgents:    {RoleAgent},
	RunPortal:       {},
}

// Permissions lists every permission there is.
func Permissions() []Permission {
	var all []Permission
	for p := range allowed {
		all = append(all, p)
	}
	slices.Sort(all)
	return all
}

// May reports whether the actor's role allows this. It says nothing about what the actor can see:
// that is the wall's business.
func (a Actor) May(p Permission) bool {
	if a.Role == RolePortal {
		return true
	}
	return slices.Contains(allowed[p], a.Role)
}

// RolesFor names the roles of partner staff that may do this, in the order people read them.
func RolesFor(p Permission) []Role {
	var roles []Role
	for _, r := range StaffRoles {
		if slices.Contains(allowed[p], r) {
			roles = append(roles, r)
		}
	}
	return roles
}
