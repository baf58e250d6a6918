// Package plans holds the catalogue: the list of plans, the page of each, and the forms with which the
// admins of whoever made a plan change it.
package plans
