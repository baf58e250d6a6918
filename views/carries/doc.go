// Package carries holds the pages about agents that are carried over from one account to another: the form
// that begins it, how far it has come, who is missing, and calling it off.
package carries
