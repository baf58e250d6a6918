// Package agents prints the pages about agents: all within reach, those of one account, and one with
// every move it made.
package agents
