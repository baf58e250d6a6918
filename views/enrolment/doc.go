// Package enrolment draws what stands before a new agent: the enrolment key of an account, the lines that
// install an agent with it, and how the key is replaced by another one.
package enrolment
