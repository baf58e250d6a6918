// Package accounts holds the page of one account: what it has, what state that is in, how its agents
// are, and what happened to it. Changing what it has is the business of views/subscriptions.
package accounts
