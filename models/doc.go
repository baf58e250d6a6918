// Package models holds the nouns of the portal and the rules about them. It needs nothing but the
// standard library, and it knows neither databases nor pages.
//
// A [Partner] is a company in the tree: the distributor at the top, resellers under it. Partners look
// after customers. A [Customer] is a company that uses a product; an [Account] is one customer's
// account for one product, the tenant that its agents report to. It is generated when a plan is
// assigned. "Account" alone always means this, never a sign-in. A [User] is a person who signs in.
//
// A [Product] is what is licensed. A [Plan] is a template in the catalogue, in numbered versions of
// its [PlanTerms]; a [Subscription] is a plan as assigned to one account: seats, dates, renewal. A
// seat is one protected device that the subscription pays for; an [Agent] is software on a device
// and reports to exactly one account.
//
// To assign gives an account its first plan of a product family. To modify changes what is assigned
// and leaves account and agents where they are. To reassign assigns another plan to a customer who
// already runs that family: on an activated SaaS account this generates a new account and leaves the
// agents on the old one, which is what the portal exists to prevent from happening by accident.
//
// The portal's own words: an [Actor] asks for something. A wish is what was asked for, such as a
// [Modification]. A [Ruling] is what the portal says of a change before anybody commits to it; an
// [Advisory] says what would really happen and what to do instead. A [Proposal] is a change that has
// not happened yet, which can be looked at, agreed to once, and found again. An [Event] is one line
// of history. A [Problem] is an error that a person can do something about.
//
// Facts are stored, states are derived: no field holds a status.
package models
