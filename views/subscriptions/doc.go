// Package subscriptions holds the pages that change what is assigned to an account: modify, and the
// advisory that stands before a reassign.
package subscriptions
