// Package signin holds the pages for those who are not signed in yet: signing in, and choosing a
// password with a one-time link.
package signin
