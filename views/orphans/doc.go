// Package orphans holds the orphan radar, agents that report where nobody means them to, and the page that
// retires an empty account.
package orphans
